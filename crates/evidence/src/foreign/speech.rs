//! Who says what, in Arabic ("said the minister that") and Persian ("the minister said that").

use super::{Lists, Tongue};
use crate::chunks::{Clauses, Range};
use crate::claims::Said;
use crate::records::{Speech, Stance};

/// Most words of a speaker.
const LONGEST: usize = 12;

pub(crate) fn claims(tongue: Tongue, c: &Clauses<'_>) -> Vec<Said> {
    let lists = tongue.lists();
    (0..c.tokens.len()).filter_map(|i| said(tongue, lists, c, i)).take(1).collect()
}

fn said(tongue: Tongue, lists: &Lists, c: &Clauses<'_>, i: usize) -> Option<Said> {
    let (after, stance) = match lists.at("deny", c.tokens, i) {
        Some(after) => (after, Stance::Denial),
        None => (lists.at("say", c.tokens, i)?, Stance::Plain),
    };
    let ends = |j: usize| matches!(c.word(j), ":" | "،" | "." | "«" | "\"" | "“" | "؛");
    let that = |j: usize| lists.at("that", c.tokens, j);
    let (speaker, content) = match tongue {
        Tongue::Arabic => {
            let stop = (after..(after + LONGEST).min(c.tokens.len()))
                .find(|j| ends(*j) || that(*j).is_some())?;
            let end =
                (after..stop).find(|j| c.dated[*j]).map_or(stop, |j| over_preposition(lists, c, j));
            let from = that(stop).unwrap_or(stop);
            (Range { first: after, end }, from)
        }
        Tongue::Persian => {
            let start =
                (0..i).rev().take(LONGEST).take_while(|j| !ends(*j) && !c.dated[*j]).last()?;
            (Range { first: start, end: i }, that(after).unwrap_or(after))
        }
    };
    let first = (content..c.tokens.len()).find(|j| !ends(*j) || c.is_quote(*j))?;
    let last = if ends(c.tokens.len() - 1) { c.tokens.len() - 1 } else { c.tokens.len() };
    if speaker.first >= speaker.end || first >= last {
        return None;
    }
    let quoted = c.is_quote(first);
    Some(Said {
        content: c.span(Range { first, end: last })?,
        speaker: vec![speaker],
        cue: Range { first: i, end: after },
        speech: if quoted { Speech::Direct } else { Speech::Indirect },
        stance,
        rule: match tongue {
            Tongue::Arabic => "cue.arabic",
            Tongue::Persian => "cue.persian",
        },
    })
}

/// Where the preposition before a date begins: "قال الوزير في 5 مايو".
fn over_preposition(lists: &Lists, c: &Clauses<'_>, date: usize) -> usize {
    match date.checked_sub(1) {
        Some(before) if lists.at("to", c.tokens, before) == Some(date) => before,
        _ => date,
    }
}
