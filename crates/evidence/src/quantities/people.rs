//! People counted without the word: "killing eight.", "prompted 150,000 to flee", "and eleven others".

use super::number::number;
use super::{Measured, bound_before, listed, subject_of};
use crate::chunks::{Clauses, Range};
use crate::words::{Tag, words};

/// Reads a number that stands alone where people are counted: behind a verb that harms, or where the
/// sentence has counted people before and the number does something or has others of its kind.
pub(super) fn bare(c: &Clauses<'_>, i: usize, before: &[Measured]) -> Option<Measured> {
    if c.dated[i] {
        return None;
    }
    let (start, bound) = bound_before(c, i);
    let n = number(c, i)?;
    let (value, at) = (n.value?, n.end);
    let verb = start
        .checked_sub(1)
        .filter(|v| c.tag(*v) == Some(Tag::Verb) && listed("harms", words().lemma(c.word(*v))));
    let others = matches!(c.word(at), "others" | "more" | "other");
    let ends = c.tag(at).is_none_or(|t| matches!(t, Tag::Punct | Tag::Conj | Tag::Prep | Tag::Sub))
        || c.is_date(at);
    let moves = start.checked_sub(1).is_some_and(|v| listed("moves", words().lemma(c.word(v))));
    let does = c.tag(at + 1) == Some(Tag::Verb) || moves && c.tag(at + 1) == Some(Tag::Noun);
    let flees = c.tag(at) == Some(Tag::To) && does && value >= 3.0;
    let counted = before.iter().any(|m| m.unit == "persons");
    let measure = matches!(c.word(at), "%" | "$" | "°" | "-" | ":" | "/" | "(");
    if measure || !(verb.is_some() && (ends || others) || counted && (flees || others)) {
        return None;
    }
    let end = at + usize::from(others);
    let moved = || if flees { subject_of(c, start) } else { None };
    Some(Measured {
        what: verb.map(|v| Range { first: v, end }).or_else(moved),
        ..Measured::plain((start, end), value, bound, "persons")
    })
}
