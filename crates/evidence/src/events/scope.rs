//! Clauses that take the fact out of an event: conditions, and what somebody disputes.

use std::sync::OnceLock;

use crate::chunks::{Clauses, VerbGroup};
use crate::words::{Tag, rows, singular, words};

/// How far a clause's first word may stand before its verb.
const REACH: usize = 10;

/// The lists of `lexicon/english/scope.tsv`, which says what each is for.
#[derive(Clone, Copy)]
pub(crate) enum List {
    Waits,
    Claims,
    Disputes,
    Tells,
    Asks,
    Hearsay,
    GoesOn,
    Labour,
    Light,
    Open,
    ToCome,
    Frees,
    Reverses,
    Resumes,
    Says,
    Speaks,
    Near,
    False,
    Lasting,
    Alleges,
}

const NAMES: [&str; 20] = [
    "waits", "claims", "disputes", "tells", "asks", "hearsay", "goes-on", "labour", "light",
    "open", "to-come", "frees", "reverses", "resumes", "says", "speaks", "near", "false",
    "lasting", "alleges",
];

impl List {
    pub(crate) fn has(self, word: &str) -> bool {
        static LISTS: OnceLock<[Vec<&'static str>; NAMES.len()]> = OnceLock::new();
        let lists = LISTS.get_or_init(|| {
            NAMES.map(|name| {
                let file = rows(include_str!("../../lexicon/english/scope.tsv"));
                let own = file.filter(|row| row.first() == Some(&name));
                own.filter_map(|row| Some(row.get(1)?.split_whitespace())).flatten().collect()
            })
        });
        lists[self as usize].contains(&word)
    }
}

/// "Would stop once they withdrew", "only after they leave": the clause of the event is what
/// something else waits for.
pub(super) fn is_awaited(c: &Clauses<'_>, group: &VerbGroup) -> bool {
    // "only once they withdrew and surrendered": both
    if group.first > 0
        && matches!(c.word(group.first - 1), "and" | "or")
        && let Some(earlier) = c.verb_before(group.first - 1)
    {
        let earlier = c.verb_group(earlier);
        if earlier.first < group.first && is_awaited(c, &earlier) {
            return true;
        }
    }
    let reach = (group.first.saturating_sub(REACH)..group.first).rev();
    let opens = reach
        .take_while(|j| !c.is_finite(*j) && !c.is_break(*j))
        .find(|j| List::Waits.has(c.word(*j)));
    let Some(opens) = opens else { return false };
    let before = opens.checked_sub(1).map_or("", |b| c.word(b));
    if matches!(before, "only" | "until" | "unless") {
        return true;
    }
    // "would retaliate after the army shelled the town": that did happen
    let past = words().verbs.get(c.word(group.first)).is_some_and(|f| f.past && !f.base);
    if past && !matches!(c.word(opens), "once" | "until") {
        return false;
    }
    // what waits is the nearest verb before it, and is still to come
    let main = (0..opens).rev().find(|j| c.tag(*j) == Some(Tag::Verb) && !c.is_break(*j));
    main.is_some_and(|verb| {
        let main = c.verb_group(verb);
        main.modal || main.future
    })
}

/// "Reports that the army shelled the town are false": it did not.
pub(super) fn is_false(c: &Clauses<'_>, group: &VerbGroup) -> bool {
    let that =
        (group.first.saturating_sub(REACH)..group.first).rev().find(|j| c.word(*j) == "that");
    let claimed = that
        .and_then(|t| t.checked_sub(1))
        .is_some_and(|noun| List::Claims.has(&singular(c.word(noun))));
    claimed
        && (group.first + 1..c.tokens.len())
            .any(|j| c.tag(j) == Some(Tag::Be) && List::False.has(c.word(j + 1)))
}

/// "They were paid by the island, a report by the league claims": somebody says so, and the writer does not.
pub(super) fn is_alleged_behind(c: &Clauses<'_>, group: &VerbGroup) -> bool {
    let ends = |j: usize| {
        j >= c.tokens.len() || matches!(c.word(j), "." | ";" | "," | "”" | "\"") || c.is_date(j)
    };
    let mut near = group.first + 1..c.tokens.len();
    near.any(|j| {
        (List::Alleges.has(words().lemma(c.word(j))) || List::Alleges.has(c.word(j)))
            && ends(j + 1)
            && (j.saturating_sub(REACH)..j)
                .rev()
                .take_while(|k| !c.is_finite(*k))
                .any(|k| c.word(k) == "," && k > group.first && k + 1 < j)
    })
}

/// ", a claim the army denied": what was told before it is in dispute.
pub(super) fn is_disputed(c: &Clauses<'_>, group: &VerbGroup) -> bool {
    disputed_at(c, group.first).is_some()
}

/// The noun behind `from` that stands for what was told before it, where somebody disputes it.
pub(crate) fn disputed_at(c: &Clauses<'_>, from: usize) -> Option<usize> {
    let claim = (from + 1..c.tokens.len()).find(|j| {
        List::Claims.has(c.word(*j))
            && *j > 2
            && matches!(c.word(j - 1), "a" | "an" | "which" | "the")
            && c.is_break(j - 2)
    });
    claim.filter(|at| {
        (at + 1..(at + 10).min(c.tokens.len()))
            .take_while(|j| !matches!(c.word(*j), ";" | "."))
            .any(|j| List::Disputes.has(words().lemma(c.word(j))))
    })
}
