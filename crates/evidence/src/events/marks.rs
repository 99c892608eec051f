//! What keeps an event from being a plain fact, and when it was: negation, condition, future, past,
//! hearsay, date.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::scope::{List, is_alleged_behind, is_awaited, is_disputed, is_false};
use super::{Dated, Marks, Scene};
use crate::chunks::{Clauses, VerbGroup};
use crate::document_date::dates_another;
use crate::records::Class;
use crate::words::{Tag, rows, words};

/// Marks from the verb group, what governs it, and the clause it stands in.
pub(super) fn marks_of(scene: &Scene<'_>, group: &VerbGroup) -> Marks {
    let c = &scene.clauses;
    let mut marks = Marks {
        negated: group.negated,
        future: group.future,
        hypothetical: group.modal,
        ..Marks::default()
    };
    // "said that it would": the future as seen from the past
    if group.modal && c.word(group.first) == "would" && reported(c, group.first) {
        marks.hypothetical = false;
        marks.future = true;
    }
    // "would have sent" is hearsay or unreal; either way no plain fact
    if group.modal && group.perfect {
        marks.hedged = true;
    }
    let mut inner = group.clone();
    for _ in 0..6 {
        if !(inner.infinitive || inner.gerund) || c.tag(inner.first) == Some(Tag::Be) {
            break;
        }
        let before = inner.first.checked_sub(1).map_or("", |b| c.word(b));
        // "to file a complaint and to meet": both hang on one verb
        if inner.infinitive
            && matches!(before, "and" | "or")
            && let Some(earlier) = c.verb_before(inner.first - 1).map(|v| c.verb_group(v))
            && earlier.infinitive
        {
            inner = earlier;
            continue;
        }
        // ", killing two": goes with the verb of its clause and not with a purpose in between
        if inner.gerund && before == "," {
            let main = (0..inner.first).rev().find(|j| {
                c.tag(*j) == Some(Tag::Verb) && c.is_finite(*j) && !c.verb_group(*j).infinitive
            });
            if let Some(main) = main.map(|m| c.verb_group(m)) {
                marks.future |= main.future;
                marks.hypothetical |= main.modal;
                marks.negated ^= main.negated;
            }
            break;
        }
        // "a zone for launching": what something is for; but "jailed for spying" tells of the spying
        if inner.gerund && before == "for" {
            let told = c
                .verb_before(inner.first)
                .is_some_and(|v| List::Tells.has(words().lemma(c.word(v))));
            marks.hypothetical |= !told;
            break;
        }
        // "said that removing the ban is out of the question": a gerund that is itself the subject
        if inner.gerund && inner.first == 0 && !c.opening_subject(0).is_empty() {
            break;
        }
        if inner.gerund && (before == "that" || inner.first == 0) {
            marks.hypothetical = true;
            break;
        }
        let governor = if inner.gerund && !inner.infinitive {
            c.verb_before(inner.first).map(|v| (v, words().lemma(c.word(v))))
        } else {
            inner.first.checked_sub(1).and_then(|b| governor_of(c, b))
        };
        let Some((at, lemma)) = governor else {
            // "to sway votes": a purpose is no fact; a gerund without governor goes with its
            // sentence
            marks.hypothetical |= inner.infinitive;
            break;
        };
        match controllers().get(lemma) {
            Some(Effect::Fact) => {}
            Some(Effect::Future) => marks.future = true,
            Some(Effect::Hypothetical) => marks.hypothetical = true,
            Some(Effect::Negated) => marks.negated = !marks.negated,
            Some(Effect::Hedged) => marks.hedged = true,
            None => marks.hypothetical |= inner.infinitive,
        }
        if c.tag(at) != Some(Tag::Verb) {
            break;
        }
        inner = c.verb_group(at);
        marks.negated ^= inner.negated;
        marks.future |= inner.future;
        marks.hypothetical |= inner.modal;
    }
    for j in (group.first.saturating_sub(25)..group.first).rev() {
        let word = c.word(j);
        if matches!(word, ";" | "." | ":") {
            break;
        }
        // "if pressure grows, the minister said": what is said waits for it, the saying does not
        if word == "," && reporting(c, group.first + 1).is_some_and(|v| v + 1 == end_of(c, group)) {
            break;
        }
        if matches!(word, "if" | "unless" | "whether" | "lest")
            || word == "case" && j > 0 && c.word(j - 1) == "in"
            || word == "event" && c.word(j + 1) == "of"
        {
            marks.hypothetical = true;
        }
        if is_hearsay(word) {
            marks.hedged = true;
        }
        // a comma after the condition has closed it: "if asked, they attacked"
        if c.word(j) == "," && j + 12 < group.first {
            break;
        }
    }
    marks.hypothetical |= is_wished(c, group) || is_awaited(c, group);
    marks.hedged |= is_disputed(c, group) || is_alleged_behind(c, group);
    marks.negated |= is_false(c, group);
    if group.first > 0 && matches!(c.word(group.first - 1), "without") {
        marks.negated = true;
    }
    marks
}

/// One past the main verb of a group.
fn end_of(c: &Clauses<'_>, group: &VerbGroup) -> usize {
    let mut at = group.first;
    while matches!(
        c.tag(at),
        Some(Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Neg | Tag::Adv)
    ) {
        at += 1;
    }
    at + 1
}

/// "The demand that the island ease its dues": what is asked for has not happened.
fn is_wished(c: &Clauses<'_>, group: &VerbGroup) -> bool {
    let that = (group.first.saturating_sub(10)..group.first).rev().find(|j| c.word(*j) == "that");
    let asked = that.and_then(|t| t.checked_sub(1)).is_some_and(|before| {
        (before.saturating_sub(2)..=before).any(|j| List::Asks.has(words().lemma(c.word(j))))
    });
    let clear = that.is_some_and(|t| (t + 1..group.first).all(|j| !c.is_finite(j)));
    asked && clear
}

/// The verb or adjective just before an infinitive or gerund, over its object.
pub(super) fn governor_of<'a>(c: &'a Clauses<'_>, from: usize) -> Option<(usize, &'a str)> {
    (from.saturating_sub(10)..=from).rev().take_while(|j| !c.is_break(*j)).find_map(|j| {
        let lemma = words().lemma(c.word(j));
        let governs = c.tag(j) == Some(Tag::Verb)
            || controllers().contains_key(lemma) && c.tag(j) != Some(Tag::Name);
        let noun = matches!(
            lemma,
            "decision"
                | "move"
                | "order"
                | "plan"
                | "promise"
                | "threat"
                | "attempt"
                | "offer"
                | "agreement"
                | "refusal"
                | "pledge"
        );
        if noun && c.tag(j) == Some(Tag::Noun) {
            return Some((
                j,
                match lemma {
                    "decision" | "move" => "decide",
                    "plan" | "promise" | "agreement" | "pledge" => "plan",
                    "refusal" => "refuse",
                    _ => "attempt",
                },
            ));
        }
        governs.then_some((j, lemma))
    })
}

pub(super) fn is_hearsay(word: &str) -> bool {
    List::Hearsay.has(word)
}

/// Historical by its date; future by its date.
pub(crate) fn finish_marks(scene: &Scene<'_>, date: Option<usize>, marks: &mut Marks) {
    let when = date.and_then(|d| scene.dates.get(d)).and_then(|d| d.when);
    if let (Some(when), Some(today)) = (when, scene.today) {
        if let Ok(days) = when.to.until(today).map(|s| s.get_days()) {
            marks.historical |= days > 548;
        }
        marks.future |= when.from > today;
    }
}

/// The date phrase of the event: the nearest in its clause, else the only one of the sentence.
///
/// A date that describes a noun ("the June agreement") dates that noun and not the verb.
pub(super) fn date_for(scene: &Scene<'_>, first: usize, end: usize, noun: bool) -> Option<usize> {
    let c = &scene.clauses;
    let usable = |d: &Dated| {
        !d.dateline
            && (d.when.is_some() || d.tokens.1 - d.tokens.0 > 1)
            && (noun || !describes(c, d.tokens) && !dates_another(c.tokens, c.tags, d.tokens))
    };
    let distance = |d: &Dated| {
        let (a, b) = d.tokens;
        let (from, to) = if a >= end { (end, a) } else { (b, first) };
        // a comma sets a noun's own date nearer than one before it
        let commas = (from..to).filter(|j| noun && c.word(*j) == ",").count();
        to.saturating_sub(from) + 6 * commas
    };
    let barrier = |d: &Dated| {
        let (mut from, to) =
            if d.tokens.0 >= end { (end, d.tokens.0) } else { (d.tokens.1, first) };
        // "in October, when the government": the clause is the date's own
        let at = d.tokens.1 + usize::from(c.word(d.tokens.1) == ",");
        if at < first && matches!(c.word(at), "when" | "after" | "as") {
            from = at + 1;
        }
        // "a truce declared on 25 June": a participle right behind its noun parts nothing
        let reduced = noun && from == end && is_participle(c.word(end)) && c.word(end + 1) != "the";
        from += usize::from(reduced && from < to);
        // "the league, whose leader they held in May, said": the day is of the clause between the commas
        let walled = d.tokens.1 <= first
            && (d.tokens.1..first)
                .any(|j| c.word(j) == "," && c.relative_start(j).is_some_and(|s| s < d.tokens.0));
        // another finite verb or a subordinate clause between them
        usize::from(walled)
            + (from..to)
                .filter(|j| {
                    c.is_finite(*j) && c.tag(*j) == Some(Tag::Verb) && !c.is_reduced(*j)
                        || c.tag(*j) == Some(Tag::Sub)
                        || matches!(c.word(*j), ";" | "which" | "who")
                })
                .count()
    };
    let best = scene
        .dates
        .iter()
        .enumerate()
        .filter(|(_, d)| usable(d))
        .min_by_key(|(i, d)| (barrier(d), distance(d), *i));
    best.filter(|(_, d)| {
        let crossed = barrier(d);
        crossed == 0 && distance(d) <= 25 || crossed == 1 && d.tokens.0 <= 1
    })
    .map(|(i, _)| i)
}

fn is_participle(word: &str) -> bool {
    words().verbs.get(word).is_some_and(|f| f.participle)
}

/// Whether a date stands between a determiner or an owner and the noun it describes.
fn describes(c: &Clauses<'_>, (from, to): (usize, usize)) -> bool {
    let opened = from > 0 && matches!(c.tag(from - 1), Some(Tag::Det | Tag::Poss | Tag::Adj));
    let noun = matches!(c.tag(to), Some(Tag::Noun | Tag::Name | Tag::Adj));
    opened && noun && !matches!(c.word(from), "the" | "last" | "this" | "next")
}

/// Whether a verb of saying stands before, in the same sentence.
pub(super) fn reported(c: &Clauses<'_>, before: usize) -> bool {
    reporting(c, before).is_some()
}

/// The nearest verb of saying before `before`.
pub(super) fn reporting(c: &Clauses<'_>, before: usize) -> Option<usize> {
    (0..before)
        .rev()
        .find(|j| c.tag(*j) == Some(Tag::Verb) && List::Says.has(words().lemma(c.word(*j))))
}

/// What a statement of intent declares: to do good is to agree, to do harm is to threaten.
pub(super) fn declared(class: Class, marks: &Marks, ultimatum: bool) -> Option<Class> {
    if !marks.future {
        return None;
    }
    if ultimatum {
        return Some(Class::Threaten);
    }
    if marks.negated {
        return class.is_cooperative().then_some(Class::Reject);
    }
    match class {
        Class::Consult | Class::Cooperate | Class::Aid | Class::Concede | Class::Retreat => {
            Some(Class::Agree)
        }
        Class::Sanction | Class::Coerce | Class::Assault | Class::Mobilize | Class::Protest => {
            Some(Class::Threaten)
        }
        _ => None,
    }
}

/// What becomes of an act governed by a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Fact,
    Future,
    Hypothetical,
    Negated,
    Hedged,
}

pub(super) fn controllers() -> &'static HashMap<&'static str, Effect> {
    static TABLE: OnceLock<HashMap<&'static str, Effect>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../../lexicon/controllers.tsv"))
            .filter_map(|row| match row[..] {
                [_, lemma, effect] => Some((
                    lemma,
                    match effect {
                        "fact" => Effect::Fact,
                        "future" => Effect::Future,
                        "negated" => Effect::Negated,
                        "hedged" => Effect::Hedged,
                        _ => Effect::Hypothetical,
                    },
                )),
                _ => None,
            })
            .collect()
    })
}
