//! Quantities in Arabic and Persian: a number in digits, its scale, and what is counted.

use super::{Lists, Tongue};
use crate::chunks::{Clauses, Range};
use crate::quantities::Measured;
use crate::records::Bound;
use crate::tokens::Kind;

/// Units by the kind of word that names them.
const UNITS: [&str; 14] = [
    "persons", "percent", "USD", "EUR", "dinar", "rial", "toman", "dirham", "lira", "pound",
    "seats", "km", "t", "barrel",
];

pub(crate) fn quantities(tongue: Tongue, c: &Clauses<'_>) -> Vec<Measured> {
    let lists = tongue.lists();
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.tokens.len() {
        match read(lists, c, i) {
            Some(found) => {
                i = found.tokens.1.max(i + 1);
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

fn read(lists: &Lists, c: &Clauses<'_>, i: usize) -> Option<Measured> {
    let token = c.tokens.get(i).filter(|t| t.kind == Kind::Number && !c.dated[i])?;
    let mut value: f64 = token.folded.replace([',', '٬'], "").replace('٫', ".").parse().ok()?;
    let mut end = i + 1;
    for (kind, scale) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)] {
        if let Some(at) = lists.at(kind, c.tokens, end) {
            (value, end) = (value * scale, at);
        }
    }
    // "14 مدنيا", "3 ملايين دولار"; in Persian a counter may stand between: "۱۴ نفر"
    let found = |at: usize| UNITS.iter().find_map(|u| Some((*u, lists.at(u, c.tokens, at)?)));
    let (unit, after) = found(end).or_else(|| {
        // votes are counted last: the word has other meanings
        Some(("votes", lists.at("votes", c.tokens, end)?))
    })?;
    let what = Range { first: end, end: after };
    let (mut first, mut bound) = (i, Bound::Exactly);
    for (kind, said) in
        [("about", Bound::About), ("at-least", Bound::AtLeast), ("at-most", Bound::AtMost)]
    {
        let opens = (i.saturating_sub(4)..i).find(|j| lists.at(kind, c.tokens, *j) == Some(i));
        if let Some(opens) = opens {
            (first, bound) = (opens, said);
        }
    }
    Some(Measured { what: Some(what), ..Measured::plain((first, after), value, bound, unit) })
}
