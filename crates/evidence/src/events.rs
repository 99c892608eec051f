//! Events: who did what to whom, when, and whether the document says that it happened.
//!
//! A trigger (verb or noun of the pattern table) gives the class; the chunker gives the roles; the words around the verb give
//! the four marks PLOVER calls auxiliary modes, and a fifth for hearsay. An event that is negated, hypothetical or to come is
//! kept and marked, and never counts as a fact.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::chunks::{Clauses, Range, VerbGroup};
use crate::dates::When;
use crate::patterns::{Match, patterns};
use crate::records::Class;
use crate::span::Span;
use crate::words::{Tag, rows, singular, words};

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
    pub(crate) undoes: bool,
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
            let turned_noun = found.turned.then(|| subject_head(scene, i)).flatten();
            used[found.head..found.end.min(n)].fill(true);
            if let Some(noun) = turned_noun {
                used[noun] = true;
            }
            out.push(seen);
        }
    }
    let free = used.iter().enumerate().filter(|(_, used)| !**used);
    for (i, _) in free {
        if matches!(scene.clauses.tag(i), Some(Tag::Noun | Tag::Name)) {
            out.extend(noun_event(scene, i));
        }
    }
    out.sort_by_key(|e| e.trigger);
    out
}

fn subject_head(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    let group = scene.clauses.verb_group(verb);
    let subject = scene.clauses.subject(&group);
    subject.last().map(|r| r.end - 1)
}

fn verb_event(scene: &Scene<'_>, i: usize) -> Option<(Seen, Match)> {
    let c = &scene.clauses;
    let group = c.verb_group(i);
    let noun = if group.passive {
        subject_head(scene, i)
    } else {
        None
    };
    let found = patterns().verb(c, i, group.passive, noun)?;
    let pattern = found.pattern;
    let subject = c.subject(&group);
    let (mut sources, mut recipients) = if group.passive {
        let by = c.after_preposition(found.end, &["by"], 14);
        let to = if found.turned {
            recipient_by_preposition(c, pattern.slots.as_slice(), found.end)
        } else if pattern.slots.iter().any(|s| *s == "obj" || *s == "to") {
            if group.reduced {
                reduced_subject(c, i)
            } else {
                subject.clone()
            }
        } else {
            recipient_by_preposition(c, pattern.slots.as_slice(), found.end)
        };
        (by, to)
    } else {
        (subject, recipients_of(c, &found))
    };
    let mut reciprocal =
        pattern.slots.contains(&"recip") && recipients.is_empty() && sources.len() > 1;
    if recipients.is_empty()
        && sources.len() > 1
        && matches!(
            pattern.class,
            Class::Agree | Class::Consult | Class::Cooperate
        )
    {
        reciprocal = true;
    }
    sources.retain(|r| !is_dated(c, *r));
    recipients.retain(|r| !is_dated(c, *r) && !sources.contains(r));
    let agentive = |list: &[Range]| list.iter().any(|r| can_act(scene, *r));
    let enough = if pattern.weak {
        agentive(&sources) && agentive(&recipients)
    } else {
        agentive(&sources) || agentive(&recipients)
    };
    if !enough {
        return None;
    }
    let mut marks = marks_of(scene, &group);
    let date = date_for(scene, group.first, found.end);
    finish_marks(scene, date, &mut marks);
    let declares = declared(scene, &group, pattern.class, &marks);
    let undoes = matches!(
        words().lemma(c.word(i)),
        "reverse" | "cancel" | "rescind" | "annul" | "revoke"
    );
    Some((
        Seen {
            trigger: (found.head, found.end),
            class: pattern.class,
            mode: pattern.mode,
            rule: pattern.rule,
            weight: u32::try_from(pattern.weight()).unwrap_or(1),
            sources,
            recipients,
            reciprocal,
            date,
            count: None,
            marks,
            declares,
            undoes,
        },
        found,
    ))
}

/// "assets held by": the noun before the participle.
fn reduced_subject(c: &Clauses<'_>, verb: usize) -> Vec<Range> {
    let before = verb.checked_sub(1 + usize::from(verb > 0 && c.is_break(verb - 1)));
    before
        .and_then(|b| c.phrase_before(b))
        .into_iter()
        .collect()
}

fn recipient_by_preposition(c: &Clauses<'_>, slots: &[&str], from: usize) -> Vec<Range> {
    for slot in slots {
        if matches!(*slot, "obj" | "recip" | "none") {
            continue;
        }
        let found = c.after_preposition(from, &[slot], 14);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn recipients_of(c: &Clauses<'_>, found: &Match) -> Vec<Range> {
    let verb = found.head;
    let particle = usize::from(
        found.pattern.weight() > 1 && found.end == verb + 2 && c.tag(verb + 1) != Some(Tag::Noun),
    );
    for slot in &found.pattern.slots {
        let phrases = match *slot {
            "recip" | "none" => Vec::new(),
            "obj" if found.pattern.class == Class::Threaten => threatened(c, verb + 1 + particle),
            "obj" => object_of(c, verb + 1 + particle),
            prep if c.word(found.end - 1) == prep && found.end > verb + 1 => c.object(found.end),
            prep => {
                // the preposition may stand before the last word of the pattern: "handed over to X its prisoners"
                let after = c.after_preposition(found.end, &[prep], 14);
                if after.is_empty() && found.end > verb + 1 {
                    c.after_preposition(verb + 1, &[prep], 10)
                } else {
                    after
                }
            }
        };
        if !phrases.is_empty() {
            return phrases;
        }
    }
    Vec::new()
}

/// The direct object; of "refuse to meet X" the object of the inner verb; of "demand that X" the inner subject.
fn object_of(c: &Clauses<'_>, from: usize) -> Vec<Range> {
    if c.word(from) == "that" {
        return c.object(from + 1);
    }
    if c.tag(from) == Some(Tag::To) && matches!(c.tag(from + 1), Some(Tag::Verb | Tag::Be)) {
        let inner = c.object(from + 2);
        if !inner.is_empty() {
            return inner;
        }
        return c.after_preposition(from + 2, &["with", "to", "on", "against", "from", "in"], 10);
    }
    if c.tag(from) == Some(Tag::Verb) {
        return c.object(from + 1);
    }
    c.object(from)
}

/// Whom a threat or a warning is for: its object, else the object of what is threatened.
fn threatened(c: &Clauses<'_>, from: usize) -> Vec<Range> {
    if c.word(from) != "that" {
        return object_of(c, from);
    }
    let verb = (from + 1..(from + 16).min(c.tokens.len())).find(|j| c.tag(*j) == Some(Tag::Verb));
    verb.map_or_else(Vec::new, |v| c.object(v + 1))
}

fn noun_event(scene: &Scene<'_>, i: usize) -> Option<Seen> {
    let c = &scene.clauses;
    let found = patterns().noun(c, i)?;
    let pattern = found.pattern;
    let phrase = c
        .phrase_before(found.end - 1)
        .filter(|p| p.first <= i && p.end >= found.end)?;
    // the event noun heads its phrase: not "the attack aircraft"
    if phrase.end != found.end && c.tag(found.end) != Some(Tag::Punct) {
        let next = c.phrase_at(found.end);
        if next.is_some_and(|n| n.first == found.end) {
            return None;
        }
    }
    let ends_with_preposition = c.tag(found.end - 1) == Some(Tag::Prep);
    let mut recipients = if ends_with_preposition {
        c.object(found.end)
    } else {
        recipient_by_preposition(c, &pattern.slots, found.end)
    };
    let mut sources = c.after_preposition(found.end, &["by"], 10);
    if sources.is_empty() {
        sources.extend(owner(scene, phrase, i));
    }
    let governing = c.verb_before(phrase.first);
    let mut marks = Marks::default();
    let mut governed = false;
    if let Some(verb) = governing
        && light_or_near(c, verb, phrase.first)
    {
        let group = c.verb_group(verb);
        marks = marks_of(scene, &group);
        let lemma = words().lemma(c.word(verb));
        if is_light(lemma) {
            governed = true;
            if sources.is_empty() && !group.passive {
                sources = c.subject(&group);
            }
        }
        match controllers().get(lemma) {
            Some(Effect::Future) => marks.future = true,
            Some(Effect::Hypothetical) => marks.hypothetical = true,
            Some(Effect::Negated) => marks.negated = true,
            Some(Effect::Hedged) => marks.hedged = true,
            _ => {}
        }
        if !governed && !matches!(controllers().get(lemma), Some(Effect::Negated)) {
            marks.negated = false;
        }
    }
    if recipients.is_empty()
        && matches!(
            pattern.class,
            Class::Consult | Class::Agree | Class::Cooperate
        )
        && sources.is_empty()
    {
        let between = c.after_preposition(found.end, &["between", "of"], 6);
        if between.len() > 1 {
            sources = between;
        }
    }
    noun_marks(scene, phrase, &mut marks);
    recipients.retain(|r| !is_dated(c, *r));
    sources.retain(|r| !is_dated(c, *r) && !recipients.contains(r));
    let agentive = |list: &[Range]| list.iter().any(|r| can_act(scene, *r));
    if !(agentive(&sources) || agentive(&recipients)) {
        return None;
    }
    let date = date_for(scene, phrase.first, found.end);
    // a bare plural without a date is a habit, not an event: "attacks on the road"
    let plural = c.word(i).ends_with('s') && c.word(i) != "clashes";
    let count = (phrase.first..i).find_map(|j| count_word(c.word(j)));
    let definite = phrase.first > 0 && c.tag(phrase.first - 1) == Some(Tag::Det);
    if plural && date.is_none() && count.is_none() && !governed && !definite {
        marks.hedged = true;
    }
    finish_marks(scene, date, &mut marks);
    let reciprocal = recipients.is_empty() && sources.len() > 1;
    Some(Seen {
        trigger: (i, found.end),
        class: pattern.class,
        mode: pattern.mode,
        rule: pattern.rule,
        weight: u32::try_from(pattern.weight()).unwrap_or(1),
        sources,
        recipients,
        reciprocal,
        date,
        count,
        marks,
        declares: None,
        undoes: false,
    })
}

/// Whose act a noun is: "the Front's attack", "Veslan strikes".
fn owner(scene: &Scene<'_>, phrase: Range, head: usize) -> Option<Range> {
    let c = &scene.clauses;
    let possessive = (phrase.first..head)
        .rev()
        .find(|j| c.tag(*j) == Some(Tag::Poss) && c.word(*j) == "'s");
    if let Some(at) = possessive {
        return (at > phrase.first).then_some(Range {
            first: phrase.first,
            end: at,
        });
    }
    // a name written before the noun: adjective of a nation, or a force
    let last = (phrase.first..head)
        .rev()
        .find(|j| scene.known[*j] || c.tag(*j) == Some(Tag::Name))?;
    let mut first = last;
    while first > phrase.first && (scene.known[first - 1] || c.tag(first - 1) == Some(Tag::Name)) {
        first -= 1;
    }
    Some(Range {
        first,
        end: last + 1,
    })
}

fn count_word(word: &str) -> Option<u32> {
    const NAMES: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let known = NAMES
        .iter()
        .position(|n| *n == word)
        .and_then(|n| u32::try_from(n + 2).ok());
    known.or_else(|| word.parse().ok().filter(|n| (2..1000).contains(n)))
}

/// Verbs that add nothing to the noun they govern.
fn is_light(lemma: &str) -> bool {
    matches!(
        lemma,
        "carry"
            | "launch"
            | "conduct"
            | "make"
            | "hold"
            | "pay"
            | "stage"
            | "mount"
            | "begin"
            | "start"
            | "undertake"
            | "wage"
            | "lead"
            | "open"
            | "perform"
            | "do"
            | "have"
            | "continue"
            | "execute"
            | "take"
    )
}

/// Whether the verb governs the phrase: nothing but particles and determiners between.
fn light_or_near(c: &Clauses<'_>, verb: usize, phrase: usize) -> bool {
    phrase - verb <= 4
        && (verb + 1..phrase).all(|j| {
            matches!(
                c.tag(j),
                Some(Tag::Det | Tag::Adv | Tag::Adj | Tag::Prep | Tag::Num | Tag::To | Tag::Neg)
            )
        })
}

/// A phrase that can take part: a known actor, a name, a pronoun, or a word for people who act.
fn can_act(scene: &Scene<'_>, range: Range) -> bool {
    let c = &scene.clauses;
    (range.first..range.end).any(|i| scene.known[i] || c.tag(i) == Some(Tag::Name)) || {
        let head = singular(c.word(range.end - 1));
        let head_plural = c.word(range.end - 1);
        words().titles.contains(head.as_str())
            || words().institutions.contains(head.as_str())
            || words().institutions.contains(head_plural)
            || is_people(&head)
            || matches!(
                head_plural,
                "he" | "she" | "they" | "it" | "them" | "him" | "who"
            )
    }
}

fn is_people(head: &str) -> bool {
    matches!(
        head,
        "troop"
            | "soldier"
            | "rebel"
            | "militant"
            | "guerrilla"
            | "gunman"
            | "gunmen"
            | "fighter"
            | "protester"
            | "protestor"
            | "demonstrator"
            | "student"
            | "worker"
            | "striker"
            | "crowd"
            | "mob"
            | "people"
            | "civilian"
            | "resident"
            | "villager"
            | "farmer"
            | "miner"
            | "teacher"
            | "employee"
            | "union"
            | "warship"
            | "plane"
            | "jet"
            | "aircraft"
            | "terrorist"
            | "hostage"
            | "prisoner"
            | "refugee"
            | "migrant"
            | "settler"
            | "nationalist"
            | "separatist"
            | "dissident"
            | "critic"
            | "ally"
            | "side"
            | "country"
            | "nation"
            | "state"
            | "government"
            | "insurgent"
            | "extremist"
            | "islamist"
            | "muslim"
            | "christian"
            | "jew"
            | "supporter"
            | "man"
            | "men"
            | "woman"
            | "women"
            | "child"
            | "children"
            | "youth"
            | "citizen"
            | "foreigner"
            | "negotiator"
            | "inspector"
            | "observer"
            | "peacekeeper"
            | "monitor"
            | "court"
            | "prosecutor"
            | "lawyer"
            | "police"
            | "policeman"
            | "policemen"
            | "army"
            | "group"
            | "wife"
            | "son"
            | "brother"
            | "daughter"
            | "family"
            | "member"
            | "voter"
            | "tribesman"
            | "tribesmen"
            | "clan"
            | "victim"
            | "detainee"
            | "driver"
            | "pilot"
            | "doctor"
            | "nurse"
            | "priest"
            | "monk"
            | "journalist"
            | "reporter"
    )
}

fn is_dated(c: &Clauses<'_>, range: Range) -> bool {
    (range.first..range.end).all(|i| c.dated.get(i).copied().unwrap_or(false))
}

/// Marks from the verb group, what governs it, and the clause it stands in.
fn marks_of(scene: &Scene<'_>, group: &VerbGroup) -> Marks {
    let c = &scene.clauses;
    let mut marks = Marks {
        negated: group.negated,
        future: group.future,
        hypothetical: group.modal,
        ..Marks::default()
    };
    // "would have sent" is hearsay or unreal; either way no plain fact
    if group.modal && group.perfect {
        marks.hedged = true;
    }
    let mut inner = group.clone();
    for _ in 0..3 {
        if !(inner.infinitive || inner.gerund) {
            break;
        }
        let governor = inner.first.checked_sub(1).and_then(|b| governor_of(c, b));
        let Some((at, lemma)) = governor else {
            // "to sway votes": a purpose is no fact; a gerund without governor goes with its sentence
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
    if group.first > 0 && matches!(c.word(group.first - 1), "without") {
        marks.negated = true;
    }
    marks
}

/// The verb or adjective just before an infinitive or gerund, over its object.
fn governor_of<'a>(c: &'a Clauses<'_>, from: usize) -> Option<(usize, &'a str)> {
    (from.saturating_sub(10)..=from)
        .rev()
        .take_while(|j| !c.is_break(*j))
        .find_map(|j| {
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

fn is_hearsay(word: &str) -> bool {
    matches!(
        word,
        "allegedly"
            | "reportedly"
            | "allegation"
            | "allegations"
            | "alleged"
            | "purportedly"
            | "rumour"
            | "rumor"
            | "rumours"
            | "rumors"
            | "unconfirmed"
            | "suspected"
            | "apparently"
            | "accused"
            | "accusing"
    )
}

/// Marks read from the words of a noun phrase and just before it.
fn noun_marks(scene: &Scene<'_>, phrase: Range, marks: &mut Marks) {
    let c = &scene.clauses;
    let from = phrase.first.saturating_sub(6);
    for j in from..phrase.end {
        match c.word(j) {
            "possible" | "potential" | "any" | "hypothetical" | "threatened" | "threat"
            | "threats" | "likely" | "proposed" | "prospect" | "risk" | "fear" | "fears"
            | "possibility" | "case" | "event" | "future" | "if" | "against"
                if j >= from && (j >= phrase.first || c.word(j) != "against") =>
            {
                marks.hypothetical = true;
            }
            "planned" | "upcoming" | "scheduled" | "forthcoming" | "looming" | "impending"
            | "expected" | "next" | "imminent" => marks.future = true,
            "no" | "without" => marks.negated = true,
            "since" | "aftermath" if j < phrase.first => marks.historical = true,
            word if is_hearsay(word) => marks.hedged = true,
            _ => {}
        }
    }
}

/// Historical by its date; future by its date.
fn finish_marks(scene: &Scene<'_>, date: Option<usize>, marks: &mut Marks) {
    let when = date.and_then(|d| scene.dates.get(d)).and_then(|d| d.when);
    if let (Some(when), Some(today)) = (when, scene.today) {
        if let Ok(days) = when.to.until(today).map(|s| s.get_days()) {
            marks.historical |= days > 548;
        }
        marks.future |= when.from > today;
    }
}

/// The date phrase of the event: the nearest in its clause, else the only one of the sentence.
fn date_for(scene: &Scene<'_>, first: usize, end: usize) -> Option<usize> {
    let c = &scene.clauses;
    let usable = |d: &Dated| d.when.is_some() || d.tokens.1 - d.tokens.0 > 1;
    let distance = |d: &Dated| {
        let (a, b) = d.tokens;
        if a >= end {
            a - end
        } else {
            first.saturating_sub(b)
        }
    };
    let barrier = |d: &Dated| {
        let (from, to) = if d.tokens.0 >= end {
            (end, d.tokens.0)
        } else {
            (d.tokens.1, first)
        };
        // another finite verb or a subordinate clause between them
        (from..to)
            .filter(|j| {
                c.is_finite(*j) && c.tag(*j) == Some(Tag::Verb)
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
        crossed == 0 && distance(d) <= 25 || crossed == 1 && d.tokens.0 == 0
    })
    .map(|(i, _)| i)
}

/// What a statement of intent declares: to do good is to agree, to do harm is to threaten.
fn declared(scene: &Scene<'_>, group: &VerbGroup, class: Class, marks: &Marks) -> Option<Class> {
    let would = scene.clauses.word(group.first) == "would"
        && (0..group.first).any(|j| {
            scene.clauses.tag(j) == Some(Tag::Verb)
                && matches!(
                    words().lemma(scene.clauses.word(j)),
                    "say" | "announce" | "tell" | "declare" | "state"
                )
        });
    if !(marks.future || would) {
        return None;
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
enum Effect {
    Fact,
    Future,
    Hypothetical,
    Negated,
    Hedged,
}

fn controllers() -> &'static HashMap<&'static str, Effect> {
    static TABLE: OnceLock<HashMap<&'static str, Effect>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../lexicon/controllers.tsv"))
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

/// The words an event was read from, first to last.
pub(crate) fn extent(c: &Clauses<'_>, seen: &Seen) -> Option<Span> {
    let mut span = c.span(Range {
        first: seen.trigger.0,
        end: seen.trigger.1,
    })?;
    for role in seen.sources.iter().chain(&seen.recipients) {
        if let Some(other) = c.span(*role) {
            span = span.join(other);
        }
    }
    Some(span)
}
