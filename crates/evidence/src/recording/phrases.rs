//! What the words of a phrase tell of it: a chamber, an organ of a state, a list whose parts have dates
//! of their own.

use crate::antecedents::{listed, rows_of};
use crate::chunks::{Clauses, Range};
use crate::events::{Scene, Seen};
use crate::words::{Tag, singular, words};

/// A chamber or an office is never "the faction".
pub(super) fn is_chamber(name: &str) -> bool {
    let lower = name.to_lowercase();
    rows_of("chamber").iter().any(|word| lower.contains(word))
}

/// Whether the words after a nation's name are its people, firms, ships or acts, and no party of
/// their own and nobody's own name.
pub(super) fn is_of_nation(c: &Clauses<'_>, range: Range, from: usize) -> bool {
    (from..range.end).all(|i| {
        let one = singular(c.word(i));
        c.tag(i) != Some(Tag::Name) && !listed("private", &one) && c.tag(i) != Some(Tag::Poss)
    })
}

/// Whether the words after a nation's name, up to the end of the phrase, are an organ of its state.
pub(super) fn is_organ(c: &Clauses<'_>, range: Range, from: usize) -> bool {
    (from..range.end).any(|i| {
        let word = c.word(i);
        let one = singular(word);
        let organ = words().titles.contains(one.as_str())
            || words().institutions.contains(one.as_str())
            || words().institutions.contains(word);
        let private = listed("private", &one) || one == "leader" && i > from;
        (organ || listed("forces", &one)) && !private && c.tag(i) != Some(Tag::Poss)
    })
}

/// "A and B visited in May and June respectively" are two events.
pub(super) fn respectively(scene: &Scene<'_>, seen: Seen) -> Vec<Seen> {
    let c = &scene.clauses;
    let n = seen.sources.len();
    let mut after = seen.trigger.1..c.tokens.len();
    let Some(at) = after.find(|i| c.word(*i) == "respectively") else {
        return vec![seen];
    };
    let before: Vec<usize> =
        (0..scene.dates.len()).filter(|d| scene.dates[*d].tokens.1 <= at).collect();
    if n < 2 || before.len() < n {
        return vec![seen];
    }
    let dates = &before[before.len() - n..];
    if dates.iter().any(|d| scene.dates[*d].tokens.0 + 4 * n < at) {
        return vec![seen];
    }
    let pairs = seen.sources.iter().zip(dates);
    pairs
        .map(|(source, date)| Seen {
            sources: vec![*source],
            date: Some(*date),
            reciprocal: false,
            ..seen.clone()
        })
        .collect()
}

/// "Signed by A in May, and B in June" are two events: a second party with a date of its own, and no
/// verb between.
pub(super) fn gapped(scene: &Scene<'_>, seen: Seen) -> Vec<Seen> {
    let c = &scene.clauses;
    let one = || -> Option<Seen> {
        let [source] = seen.sources[..] else { return None };
        let date = scene.dates.get(seen.date?)?;
        if source.first < seen.trigger.1 || c.word(source.end) == "and" {
            return None;
        }
        let behind = source.end..=source.end + 2;
        let and = date.tokens.1 + usize::from(c.word(date.tokens.1) == ",");
        if !behind.contains(&date.tokens.0) || c.word(and) != "and" {
            return None;
        }
        let other = c.phrase_at(and + 1).filter(|p| p.first <= and + 2)?;
        let next = (0..scene.dates.len())
            .find(|d| (other.end..=other.end + 1).contains(&scene.dates[*d].tokens.0))?;
        (c.tag(other.end - 1) == Some(Tag::Name)).then(|| Seen {
            sources: vec![other],
            date: Some(next),
            ..seen.clone()
        })
    };
    let second = one();
    std::iter::once(seen).chain(second).collect()
}
