//! Common deeds in Arabic and Persian, between actors that the case knows.

use super::{Lists, Tongue, begins, phrase};
use crate::chunks::{Clauses, Range};
use crate::events::{Marks, Scene, Seen, finish_marks};
use crate::records::Class;

/// Furthest a party stands from its verb, in tokens.
const REACH: usize = 14;

/// A verb of the list.
pub(crate) struct Act {
    class: Class,
    /// Its first word or words.
    head: Vec<String>,
    /// Verbs that must follow it; none where it is whole.
    carriers: Vec<Vec<String>>,
}

impl Act {
    /// The verbs of a row.
    pub(super) fn of(row: &[&'static str]) -> Vec<Act> {
        let [class, verbs] = row[..] else { return Vec::new() };
        let Some(class) = Class::from_word(class) else { return Vec::new() };
        let act = |verb: &str| {
            let (head, carriers) = verb.split_once('+').unwrap_or((verb, ""));
            let carriers = carriers.split(',').filter(|c| !c.is_empty()).map(phrase).collect();
            Act { class, head: phrase(head), carriers }
        };
        verbs.split_whitespace().map(act).collect()
    }
}

/// A verb found: from, to, whether it is denied, whether something is done to its subject.
struct Found {
    class: Class,
    first: usize,
    end: usize,
    negated: bool,
    passive: bool,
}

pub(crate) fn events(tongue: Tongue, scene: &Scene<'_>) -> Vec<Seen> {
    let c = &scene.clauses;
    let lists = tongue.lists();
    let found: Vec<Found> = (0..c.tokens.len()).filter_map(|i| find(tongue, lists, c, i)).collect();
    let mut out: Vec<Seen> = Vec::new();
    for (n, act) in found.iter().enumerate() {
        // a party belongs to the nearest verb on its side
        let before = n.checked_sub(1).and_then(|p| found.get(p)).map_or(0, |p| p.end);
        let after = found.get(n + 1).map_or(c.tokens.len(), |p| p.first);
        let (sources, recipients) = match tongue {
            Tongue::Arabic => arabic(scene, act, before, after),
            Tongue::Persian => persian(lists, scene, act, before),
        };
        if sources.is_empty() && recipients.is_empty() {
            continue;
        }
        let date = nearest_date(scene, act);
        let future = (act.first.saturating_sub(2)..act.end)
            .any(|j| lists.at("future", c.tokens, j).is_some());
        let mut marks = Marks { negated: act.negated, future, ..Marks::default() };
        finish_marks(scene, date, &mut marks);
        let mutual = matches!(act.class, Class::Consult | Class::Agree | Class::Cooperate);
        out.push(Seen {
            trigger: (act.first, act.end),
            class: act.class,
            mode: None,
            rule: match tongue {
                Tongue::Arabic => "act.arabic",
                Tongue::Persian => "act.persian",
            },
            weight: 1,
            reciprocal: mutual && recipients.is_empty() && sources.len() > 1,
            sources,
            recipients,
            date,
            count: None,
            marks,
            declares: None,
            undoes: None,
        });
    }
    out
}

fn find(tongue: Tongue, lists: &Lists, c: &Clauses<'_>, i: usize) -> Option<Found> {
    lists.acts.iter().find_map(|act| {
        let head = begins(&act.head, c.tokens, i)?;
        if act.carriers.is_empty() {
            let negated = i > 0 && lists.at("negative", c.tokens, i - 1) == Some(i);
            return Some(Found { class: act.class, first: i, end: head, negated, passive: false });
        }
        // "حمله کرد", "حمله موشکی کرد": the verb that carries the noun, or its denial, within three words
        (head..(head + 4).min(c.tokens.len())).find_map(|j| {
            act.carriers.iter().find_map(|carrier| {
                let denied = carrier.first().is_some_and(|w| c.word(j) == format!("ن{w}"));
                let end = if denied { Some(j + 1) } else { begins(carrier, c.tokens, j) }?;
                let passive = tongue == Tongue::Persian
                    && carrier.first().is_some_and(|w| w.starts_with("شد"))
                    && matches!(act.class, Class::Assault | Class::Coerce);
                Some(Found { class: act.class, first: i, end, negated: denied, passive })
            })
        })
    })
}

/// Runs of known names between two tokens.
fn named(scene: &Scene<'_>, from: usize, to: usize) -> Vec<Range> {
    let mut out: Vec<Range> = Vec::new();
    for i in from..to.min(scene.known.len()) {
        if !scene.known[i] || scene.clauses.dated[i] {
            continue;
        }
        match out.last_mut().filter(|r| r.end == i) {
            Some(last) => last.end = i + 1,
            None => out.push(Range { first: i, end: i + 1 }),
        }
    }
    out
}

/// Verb, doer, whom it is done to; or, as headlines have it, the doer first.
fn arabic(scene: &Scene<'_>, act: &Found, before: usize, after: usize) -> (Vec<Range>, Vec<Range>) {
    let c = &scene.clauses;
    let parts = |j: &usize| matches!(c.word(*j), "." | "؛" | ":" | "»" | "«");
    let from = (before..act.first).rev().find(parts).map_or(before, |j| j + 1);
    let to =
        (act.end..after.min(act.end + REACH)).find(parts).unwrap_or(after.min(act.end + REACH));
    let behind = named(scene, act.end, to);
    let front = named(scene, from.max(act.first.saturating_sub(4)), act.first);
    match (front.last().copied(), &behind[..]) {
        // the subject stands right behind its verb, else before it
        (_, [doer, rest @ ..]) if doer.first <= act.end + 2 => {
            (vec![*doer], rest.iter().take(1).copied().collect())
        }
        (Some(doer), rest) => (vec![doer], rest.iter().take(1).copied().collect()),
        (None, [other, ..]) => (Vec::new(), vec![*other]),
        (None, []) => (Vec::new(), Vec::new()),
    }
}

/// The doer first, whom it is done to before the verb.
fn persian(
    lists: &Lists,
    scene: &Scene<'_>,
    act: &Found,
    before: usize,
) -> (Vec<Range>, Vec<Range>) {
    let c = &scene.clauses;
    let parts = |j: &usize| matches!(c.word(*j), "." | "؛" | ":" | "»" | "«");
    let from = (before..act.first).rev().find(parts).map_or(before, |j| j + 1);
    let all = named(scene, from, act.first);
    // behind a preposition or before the mark of the object stands the other side
    let other = |r: &Range| {
        (r.first.saturating_sub(4)..r.first)
            .rev()
            .take_while(|j| *j >= from)
            .any(|j| lists.at("to", c.tokens, j).is_some())
            || (r.end..r.end + 3).any(|j| c.word(j) == "را")
    };
    let doers: Vec<Range> = all.iter().copied().filter(|r| !other(r)).take(1).collect();
    let others: Vec<Range> = all.iter().copied().filter(|r| !doers.contains(r)).take(1).collect();
    if act.passive { (others, doers) } else { (doers, others) }
}

fn nearest_date(scene: &Scene<'_>, act: &Found) -> Option<usize> {
    let usable = scene.dates.iter().enumerate().filter(|(_, d)| !d.dateline && d.when.is_some());
    usable.min_by_key(|(_, d)| d.tokens.0.abs_diff(act.first)).map(|(i, _)| i)
}
