//! What the words of a phrase tell of it: a chamber, a deed of words, an organ of a state, a list that
//! ends with "respectively".

use crate::chunks::{Clauses, Range};
use crate::events::{Scene, Seen};
use crate::records::Event;
use crate::words::{Tag, singular, words};

/// A chamber or an office is never "the faction".
pub(super) fn is_chamber(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["parliament", "council", "court", "ministry", "assembly", "senate", "congress", "cabinet"]
        .iter()
        .any(|word| lower.contains(word))
}

pub(super) fn is_verbal(event: &Event) -> bool {
    use crate::records::Class::{
        Accuse, Agree, Concede, Consult, Reject, Request, Support, Threaten,
    };
    matches!(
        event.class,
        Accuse | Agree | Concede | Consult | Reject | Request | Support | Threaten
    )
}

/// Whether the words after a nation's name, up to the end of the phrase, are an organ of its state.
pub(super) fn is_organ(c: &Clauses<'_>, range: Range, from: usize) -> bool {
    (from..range.end).any(|i| {
        let word = c.word(i);
        let one = singular(word);
        let organ = words().titles.contains(one.as_str())
            || words().institutions.contains(one.as_str())
            || words().institutions.contains(word);
        let forces = matches!(
            one.as_str(),
            "troop"
                | "soldier"
                | "warship"
                | "jet"
                | "warplane"
                | "plane"
                | "diplomat"
                | "negotiator"
                | "airstrike"
                | "sanction"
                | "peacekeeper"
                | "warhead"
                | "side"
        );
        let private = matches!(
            one.as_str(),
            "party"
                | "movement"
                | "militia"
                | "group"
                | "faction"
                | "front"
                | "brigade"
                | "bloc"
                | "list"
                | "union"
                | "alliance"
                | "coalition"
                | "opposition"
                | "activist"
                | "journalist"
                | "analyst"
                | "researcher"
                | "cleric"
                | "wing"
                | "organisation"
                | "organization"
                | "politician"
                | "candidate"
                | "leader"
                | "league"
        );
        (organ || forces) && !private && c.tag(i) != Some(Tag::Poss)
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
