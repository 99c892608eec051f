//! The seventh standard: change from earlier judgements is stated and explained.

use super::uncertainty::{beginning, is_item};
use crate::lint::page::Purpose;
use crate::lint::{Rule, Standard};

pub(super) const CHANGE_MISSING: Rule = Rule {
    name: "change-missing",
    standard: Standard::Change,
    asks: "Where a brief came before, this one says what changed since.",
    fix: "add a part “What changed”; say so too if nothing did",
    look: |held, found| {
        if held.has_earlier && !held.page.has(Purpose::Changes) {
            found.at(1, "a brief came before, and nothing says what changed since");
        }
    },
};

/// Words that lead from a change to what caused it.
const CAUSES: &[&str] = &[
    "after",
    "because",
    "since",
    "due to",
    "owing to",
    "following",
    "from the",
    "moved by",
    "rests on",
    "caused",
    "nothing in",
    "as the",
    "new:",
    "with the",
    "by the",
    "chance",
    "not known",
];

pub(super) const CHANGE_UNCAUSED: Rule = Rule {
    name: "change-without-cause",
    standard: Standard::Change,
    asks: "Every change says what caused it, or opens a note that does.",
    fix: "name the document, the event or the estimate that changed it, or say that none is known",
    look: |held, found| {
        let pieces = held.page.parts_for(Purpose::Changes).flat_map(|part| &part.pieces);
        for piece in pieces.filter(|piece| is_item(piece.kind)) {
            let words = piece.text.to_lowercase();
            let caused = CAUSES.iter().any(|cause| words.contains(cause));
            if !caused && piece.references.is_empty() {
                let words = beginning(&piece.text);
                found.at(piece.line(), format!("“{words}” names no cause"));
            }
        }
    },
};
