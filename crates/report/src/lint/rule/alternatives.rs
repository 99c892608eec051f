//! The fourth standard: alternatives are analysed.

use crate::lint::page::Purpose;
use crate::lint::{Rule, Standard};

pub(super) const ALTERNATIVES_MISSING: Rule = Rule {
    name: "alternatives-missing",
    standard: Standard::Alternatives,
    asks: "A part tells what else may happen: alternatives or scenarios.",
    fix: "add a part “Alternatives” with what would be otherwise, and why it was not judged likelier",
    look: |held, found| {
        if !held.page.has(Purpose::Alternatives) {
            found.at(1, "no part analyses alternatives");
        }
    },
};
