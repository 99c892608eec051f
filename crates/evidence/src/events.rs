//! Events: who did what to whom, when, and whether the document says that it happened.
//!
//! A trigger (verb or noun of the pattern table) gives the class; the chunker gives the roles; the
//! words around the verb give the four marks PLOVER calls auxiliary modes, and a fifth for hearsay.
//! An event that is negated, hypothetical or to come is kept and marked, and never counts as a
//! fact.

mod marks;
mod nouns;
mod scope;
mod suggested;
mod undoing;
mod verbs;

use jiff::civil::Date;

use crate::chunks::{Clauses, Range};
use crate::dates::When;
use crate::patterns::patterns;
use crate::records::Class;
use crate::span::Span;
use crate::words::{Tag, words};
pub(crate) use marks::finish_marks;
use marks::{date_for, marks_of};
use nouns::noun_event;
pub(crate) use scope::{List, disputed_at};
pub(crate) use suggested::{SUGGESTED, suggested, told_by};
pub(crate) use undoing::Undoing;
use verbs::{sides_of, verb_event};

/// An event before it is made a record.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) trigger: (usize, usize),
    pub(crate) class: Class,
    pub(crate) mode: Option<&'static str>,
    pub(crate) rule: &'static str,
    pub(crate) weight: u32,
    pub(crate) sources: Vec<Range>,
    pub(crate) recipients: Vec<Range>,
    pub(crate) reciprocal: bool,
    pub(crate) date: Option<usize>,
    pub(crate) count: Option<u32>,
    pub(crate) marks: Marks,
    pub(crate) declares: Option<Class>,
    /// Takes back an earlier event: of one of these classes, or of any where the list is empty.
    pub(crate) undoes: Option<Undoing>,
}

/// What keeps an event from being a plain fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) negated: bool,
    pub(crate) hypothetical: bool,
    pub(crate) future: bool,
    pub(crate) historical: bool,
    pub(crate) hedged: bool,
}

/// A date phrase of the sentence, placed.
pub(crate) struct Dated {
    pub(crate) tokens: (usize, usize),
    pub(crate) when: Option<When>,
    /// The day the text was sent from its place: no event's own date.
    pub(crate) dateline: bool,
}

/// What the events of a sentence are read from.
pub(crate) struct Scene<'a> {
    pub(crate) clauses: Clauses<'a>,
    pub(crate) dates: &'a [Dated],
    /// For each token, whether an actor of the lexicon is named there.
    pub(crate) known: &'a [bool],
    pub(crate) today: Option<Date>,
}

pub(crate) fn events(scene: &Scene<'_>) -> Vec<Seen> {
    let mut out: Vec<Seen> = Vec::new();
    let mut used = vec![false; scene.clauses.tokens.len()];
    let n = scene.clauses.tokens.len();
    for i in 0..n {
        let verbal = matches!(scene.clauses.tag(i), Some(Tag::Verb | Tag::Be | Tag::Have));
        if verbal && let Some((seen, found)) = verb_event(scene, i) {
            let turned_noun = found.turned;
            used[found.head..found.end.min(n)].fill(true);
            if let Some(noun) = turned_noun {
                used[noun] = true;
            }
            // the fight that killed is told once
            let group = scene.clauses.verb_group(i);
            let subject = scene.clauses.subject(&group);
            if seen.reciprocal && !sides_of(&scene.clauses, &subject).is_empty() {
                subject.iter().for_each(|r| used[r.end - 1] = true);
            }
            out.push(seen);
        }
    }
    // "carried out an operation targeting": one deed, however many of its words are verbs
    for n in 1..out.len() {
        let (before, after) = out.split_at_mut(n);
        let (Some(raid), targeting) = (before.last_mut(), &after[0]) else { continue };
        // "a raid targeting the depot": one deed, and the depot is its target
        if raid.class == targeting.class && raid.trigger.1 == targeting.trigger.0 {
            raid.trigger.1 = targeting.trigger.1;
            if raid.recipients.is_empty() {
                raid.recipients.clone_from(&targeting.recipients);
            }
        }
    }
    let heads: Vec<((usize, usize), Class)> = out.iter().map(|e| (e.trigger, e.class)).collect();
    out.retain(|e| {
        !heads.iter().any(|((from, to), class)| {
            *class == e.class && *from < e.trigger.0 && e.trigger.0 < *to
        })
    });
    // "a strike by the navy on the camp killed ten": who struck killed, and the camp was hit
    for seen in out.iter_mut().filter(|e| e.class == Class::Assault && !e.reciprocal) {
        let [deed] = seen.sources[..] else { continue };
        if deed.end > seen.trigger.0 {
            continue;
        }
        let struck = noun_event(scene, deed.end - 1).filter(|n| n.class == Class::Assault);
        if let Some(struck) = struck.filter(|n| !n.sources.is_empty()) {
            let hit = struck.recipients.into_iter().filter(|r| r.end <= seen.trigger.0);
            let hit: Vec<Range> = hit.filter(|r| !seen.recipients.contains(r)).collect();
            seen.recipients.extend(hit);
            seen.sources = struck.sources;
            used[deed.first..deed.end].fill(true);
        }
    }
    // "killed by a drone strike": the deed is told once
    for seen in out.iter().filter(|e| e.class == Class::Assault) {
        let of_noun = |i: &usize| {
            patterns().noun(&scene.clauses, *i).is_some_and(|m| m.pattern.class == seen.class)
        };
        let subject = scene.clauses.subject(&scene.clauses.verb_group(seen.trigger.0));
        subject.iter().map(|r| r.end - 1).filter(of_noun).for_each(|i| used[i] = true);
        for role in seen.sources.iter().chain(&seen.recipients) {
            let same = |i: usize| {
                patterns().noun(&scene.clauses, i).is_some_and(|m| m.pattern.class == seen.class)
            };
            if same(role.end - 1) {
                used[role.first..role.end].fill(true);
            }
        }
    }
    for i in 0..n {
        if !used[i]
            && matches!(scene.clauses.tag(i), Some(Tag::Noun | Tag::Name))
            && let Some(seen) = noun_event(scene, i)
        {
            // "an air strike" is no strike besides
            used[i..seen.trigger.1.min(n)].fill(true);
            out.push(seen);
        }
    }
    out.extend((0..n).filter_map(|i| duty(scene, i)));
    undoing::mark(scene, &mut out);
    out.sort_by_key(|e| e.trigger);
    out
}

/// "The league said that the island must pay": who says what others must do asks for it.
fn duty(scene: &Scene<'_>, must: usize) -> Option<Seen> {
    let c = &scene.clauses;
    // and "insisted that talks begin only after the island leaves"
    let condition =
        c.word(must) == "only" && matches!(c.word(must + 1), "after" | "if" | "once" | "when");
    let must = if condition { must + 1 } else { must };
    let bound =
        c.tag(must) == Some(Tag::Modal) && matches!(c.word(must), "must" | "should" | "ought");
    if !bound && !condition {
        return None;
    }
    let says = |j: &usize| {
        c.tag(*j) == Some(Tag::Verb)
            && matches!(
                words().lemma(c.word(*j)),
                "say"
                    | "announce"
                    | "declare"
                    | "conclude"
                    | "state"
                    | "tell"
                    | "stress"
                    | "insist"
                    | "demand"
            )
    };
    let verb = (0..must).rev().take_while(|j| !matches!(c.word(*j), ";" | ":")).find(says)?;
    if condition && !matches!(words().lemma(c.word(verb)), "insist" | "demand" | "stress") {
        return None;
    }
    let group = c.verb_group(verb);
    let sources = c.subject(&group);
    let main = (must + 1..(must + if condition { 9 } else { 5 }).min(c.tokens.len()))
        .find(|j| matches!(c.tag(*j), Some(Tag::Verb | Tag::Be)))?;
    let recipients = c.subject(&c.verb_group(main));
    let outside = recipients.iter().all(|r| r.first > verb) && !recipients.is_empty();
    if !outside || !sources.iter().any(|r| can_act(scene, *r)) || group.infinitive {
        return None;
    }
    let mut marks = marks_of(scene, &group);
    let date = date_for(scene, group.first, verb + 1, false);
    finish_marks(scene, date, &mut marks);
    Some(Seen {
        trigger: (verb, main + 1),
        class: Class::Request,
        mode: None,
        rule: "request.duty",
        weight: 2,
        sources,
        recipients,
        reciprocal: false,
        date,
        count: None,
        marks,
        declares: None,
        undoes: None,
    })
}

/// A phrase that can take part: a known actor at its head, or what reads like one.
pub(crate) fn can_act(scene: &Scene<'_>, range: Range) -> bool {
    let head = range.end.checked_sub(1);
    head.is_some_and(|h| scene.known[h])
        || scene.clauses.agentive(range)
        || scene.clauses.apposed_name(range).is_some()
}

pub(crate) fn is_dated(c: &Clauses<'_>, range: Range) -> bool {
    (range.first..range.end).all(|i| c.dated.get(i).copied().unwrap_or(false))
}

/// "40 million crowns", "12 percent of the vote": how much, and nobody.
pub(crate) fn is_measure(c: &Clauses<'_>, range: Range) -> bool {
    let counted = |j: usize| {
        matches!(c.word(j), "million" | "billion" | "trillion" | "percent" | "%" | "$" | "€" | "£")
    };
    (range.first.saturating_sub(1)..range.end).any(counted)
}

/// The words an event was read from, first to last.
pub(crate) fn extent(c: &Clauses<'_>, seen: &Seen) -> Option<Span> {
    let mut span = c.span(Range { first: seen.trigger.0, end: seen.trigger.1 })?;
    for role in seen.sources.iter().chain(&seen.recipients) {
        if let Some(other) = c.span(*role) {
            span = span.join(other);
        }
    }
    Some(span)
}
