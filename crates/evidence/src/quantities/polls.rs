//! The shares of an opinion poll: each with the list it is of, the pollster, and how many were asked.
//!
//! Only in a sentence that names a poll and whose poll it is ("a poll by the institute", "an institute survey").
//! A share belongs to the name before it, as near as the share before that; one without a name between is of nobody.

use super::{Measured, listed};
use crate::chunks::{Clauses, Range};
use crate::words::{Tag, singular, words};

/// Gives the shares of a poll their lists, their pollster and their sample.
pub(super) fn complete(c: &Clauses<'_>, list: &mut [Measured]) {
    let given = list.iter().find_map(|m| m.by.filter(|_| m.unit == "percent"));
    let Some(by) = pollster(c).or(given).map(|by| without_poll(c, by)) else { return };
    let asked = sample(c, list);
    let mut from = 0;
    for m in list.iter_mut() {
        let first = m.tokens.0;
        let start = std::mem::replace(&mut from, m.tokens.1);
        if m.unit != "percent" {
            continue;
        }
        let of = (start..first).rev().filter(|i| c.tag(*i) == Some(Tag::Name)).find_map(|i| {
            let phrase = c.phrase_before(i)?;
            let own = phrase.end <= by.first || by.end <= phrase.first;
            let named = own && phrase.first >= start && phrase.end == i + 1;
            named.then(|| with_kind(c, phrase, first))
        });
        let named = m.by.is_some() && m.what.is_some_and(|w| c.has_name(w));
        if of.is_some() || named {
            m.what = of.or(m.what);
            m.by = Some(by);
            m.of = m.of.or(asked);
        }
    }
}

/// With the word for what it is behind its name: "the Harbour list".
fn with_kind(c: &Clauses<'_>, name: Range, until: usize) -> Range {
    let kind = |i: usize| {
        c.tag(i) == Some(Tag::Noun) && i < until && words().institutions.contains(c.word(i))
    };
    let end = if kind(name.end) { name.end + 1 } else { name.end };
    Range { end, ..name }
}

fn is_poll(c: &Clauses<'_>, i: usize) -> bool {
    listed("polls", &singular(c.word(i)))
}

/// A name, also of a firm that is written with a capital inside: "iPanel".
fn is_name(c: &Clauses<'_>, i: usize) -> bool {
    let inside = || c.tokens[i].span.of(c.text).contains(char::is_uppercase);
    c.tag(i) == Some(Tag::Name) || c.tag(i) == Some(Tag::Noun) && inside()
}

fn named(c: &Clauses<'_>, range: Range) -> bool {
    (range.first..range.end).any(|i| is_name(c, i))
}

/// Whose poll the sentence speaks of: "a poll by the institute", "the latest institute survey".
fn pollster(c: &Clauses<'_>) -> Option<Range> {
    (0..c.tokens.len()).filter(|i| is_poll(c, *i)).find_map(|i| {
        let by = (i + 1..i + 3).find(|j| matches!(c.word(*j), "by" | "from"));
        let behind = by.and_then(|j| c.phrase_at(j + 1)).filter(|p| named(c, *p));
        let before = || {
            let phrase = c.phrase_before(i)?;
            let name = Range { first: phrase.first, end: i };
            (name.first < i && is_name(c, i - 1)).then_some(name)
        };
        behind.or_else(before)
    })
}

/// The name alone: "Institute", of "Institute survey".
fn without_poll(c: &Clauses<'_>, by: Range) -> Range {
    let end = (by.first + 1..by.end).find(|i| is_poll(c, *i)).unwrap_or(by.end);
    let first = (by.first..end).find(|i| is_name(c, *i)).unwrap_or(by.first);
    Range { first, end }
}

/// How many were asked: the one number of people, or of those who answer, in the sentence.
pub(super) fn sample(c: &Clauses<'_>, list: &[Measured]) -> Option<f64> {
    let people = |m: &&Measured| {
        let asked = m.unit == "persons" || listed("asked", &singular(&m.unit));
        asked && m.per.is_none() && (m.tokens.0..m.tokens.1).all(|i| !c.is_date(i))
    };
    let mut found = list.iter().filter(people);
    let one = found.next().filter(|_| found.next().is_none())?;
    one.value.filter(|n| *n >= 100.0)
}

/// The number asked that a sentence gives of the poll before it: "The sample was 1,200 people".
pub(crate) fn sample_before(c: &Clauses<'_>, list: &[Measured]) -> Option<f64> {
    let speaks = (0..c.tokens.len()).any(|i| listed("samples", words().lemma(c.word(i))));
    let shares = list.iter().any(|m| m.unit == "percent" && m.by.is_some());
    sample(c, list).filter(|_| speaks && !shares)
}
