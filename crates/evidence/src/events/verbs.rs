//! Events named by a verb: its pattern, its subject and its object.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::marks::{date_for, declared, finish_marks, marks_of, reported, reporting};
use super::nouns::count_word;
use super::scope::List;
use super::{Scene, Seen, can_act, is_dated, is_measure};
use crate::antecedents::listed;
use crate::chunks::{Clauses, Range, VerbGroup};
use crate::patterns::{Match, patterns};
use crate::records::Class;
use crate::words::{Tag, rows, singular, words};

/// "A group of diplomats" are the diplomats.
pub(super) fn parted(c: &Clauses<'_>, list: Vec<Range>) -> Vec<Range> {
    let part = |r: Range| {
        let head = singular(c.word(r.end - 1));
        let whole = listed("part", &head);
        // "two of the activists", "dozens of villagers"
        let whole = (whole || c.tag(r.end - 1) == Some(Tag::Num)) && c.word(r.end) == "of";
        if whole { c.phrase_at(r.end + 1).unwrap_or(r) } else { r }
    };
    list.into_iter().map(part).collect()
}

/// "The embargo that the island imposed": what was imposed stands before the relative pronoun.
fn relative_object(c: &Clauses<'_>, group: &VerbGroup) -> Option<usize> {
    let first = c.subject(group).first()?.first;
    let at = first - usize::from(first > 0 && c.tag(first - 1) == Some(Tag::Det));
    let that = at.checked_sub(1).filter(|j| matches!(c.word(*j), "that" | "which"))?;
    let noun = that.checked_sub(1 + usize::from(that > 0 && c.word(that - 1) == ","))?;
    matches!(c.tag(noun), Some(Tag::Noun | Tag::Name)).then_some(noun)
}

pub(super) fn subject_head(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    let group = scene.clauses.verb_group(verb);
    let subject = scene.clauses.subject(&group);
    subject.last().map(|r| r.end - 1)
}

pub(super) fn verb_event(scene: &Scene<'_>, i: usize) -> Option<(Seen, Match)> {
    let c = &scene.clauses;
    let group = c.verb_group(i);
    let noun = if group.passive { subject_head(scene, i) } else { relative_object(c, &group) };
    let found = patterns().verb(c, i, noun, group.passive)?;
    let pattern = found.pattern;
    if pattern.guard {
        return None;
    }
    // "sources consulted by the paper" are no talks
    if group.passive && pattern.class == Class::Consult && words().lemma(c.word(i)) == "consult" {
        return None;
    }
    // "whom it has fought since May": a state of things, and no deed of that day
    let since = (found.end..found.end + 4).any(|j| c.word(j) == "since" && c.is_date(j + 1));
    if since && group.perfect && List::Lasting.has(words().lemma(c.word(i))) {
        return None;
    }
    let subject = c.subject(&group);
    let (mut sources, mut recipients) = if group.passive {
        let by = c.after_preposition(found.end, &["by"], 14);
        let to = if found.turned.is_some() {
            // "was attacked by gunmen of the front": what follows the doer is his
            let doer = by.first().map_or(usize::MAX, |r| r.first);
            let mut of = recipient_by_preposition(c, pattern.slots.as_slice(), found.end);
            of.retain(|r| r.first < doer || !c.follows(r.first, "of"));
            let own = of.is_empty() && pattern.slots.contains(&"obj");
            let people = own && subject.iter().any(|r| can_act(scene, *r));
            if people { subject.clone() } else { of }
        } else if pattern.slots.iter().any(|s| *s == "obj" || *s == "to") {
            if group.reduced { reduced_subject(c, i) } else { subject.clone() }
        } else {
            recipient_by_preposition(c, pattern.slots.as_slice(), found.end)
        };
        (by, to)
    } else {
        (subject, party_behind(scene, recipients_of(c, &found)))
    };
    if pattern.slots.contains(&"recip") {
        // "held talks between A and B": the sides stand there
        let between = c.after_preposition(found.end, &["between"], 4);
        if between.len() > 1 {
            (sources, recipients) = (between, Vec::new());
        }
    }
    // "battles between A and B killed thirty": the sides did it, to each other
    let sides = if pattern.class == Class::Assault { sides_of(c, &sources) } else { Vec::new() };
    let of_battle = sides.len() > 1;
    if of_battle {
        (sources, recipients) = (sides, Vec::new());
    }
    sources = parted(c, parted(c, sources));
    recipients = parted(c, recipients);
    let mut reciprocal =
        of_battle || pattern.slots.contains(&"recip") && recipients.is_empty() && sources.len() > 1;
    if recipients.is_empty()
        && sources.len() > 1
        && matches!(pattern.class, Class::Agree | Class::Consult | Class::Cooperate)
    {
        reciprocal = true;
    }
    sources.retain(|r| !is_dated(c, *r));
    recipients.retain(|r| !is_dated(c, *r) && !sources.contains(r));
    // words and dealings are with somebody: a thing is not their other party
    let dealings = matches!(
        pattern.class,
        Class::Agree
            | Class::Consult
            | Class::Cooperate
            | Class::Threaten
            | Class::Support
            | Class::Request
    );
    // "meet a demand of 45 units": a measure is no party
    recipients.retain(|r| {
        pattern.class != Class::Concede
            || c.tag(r.first) != Some(Tag::Num)
            || can_act(scene, *r)
            || (r.first..r.end).any(|j| scene.known[j])
    });
    // "denied that it meddles": not to itself
    recipients.retain(|r| {
        pattern.class != Class::Reject || !matches!(c.word(r.first), "it" | "they" | "he" | "she")
    });
    recipients.retain(|r| {
        let party = can_act(scene, *r)
            || (r.first..r.end).any(|j| scene.known[j] || c.tag(j) == Some(Tag::Name));
        let done =
            matches!(c.word(r.end - 1), "war" | "fire" | "battle" | "coup" | "night" | "attack");
        let at = r.first - usize::from(r.first > 0 && c.tag(r.first - 1) == Some(Tag::Det));
        let governed = at > found.end && matches!(c.tag(at - 1), Some(Tag::Prep | Tag::To));
        party || !dealings && !done && !governed
    });
    let agentive = |list: &[Range]| list.iter().any(|r| can_act(scene, *r));
    let named = |r: &Range| (r.first..r.end).any(|j| scene.known[j]);
    let enough = if pattern.deed {
        !sources.is_empty() || !recipients.is_empty()
    } else if pattern.weak {
        agentive(&sources) && (agentive(&recipients) || recipients.iter().any(named))
    } else {
        agentive(&sources) || agentive(&recipients) || recipients.iter().any(|r| c.has_name(*r))
    };
    if pattern.thing && recipients.iter().any(|r| scene.known[r.end - 1]) {
        return None;
    }
    // deeds are done by somebody; only harm may come from a thing, such as a bomb
    let doer = group.passive
        || agentive(&sources)
        || pattern.class == Class::Assault && !sources.is_empty();
    // "it was agreed that", "it helps to": but "it shut three stations" is somebody
    let expletive = sources.first().is_some_and(|r| r.first == 0 && c.word(0) == "it")
        && (group.passive || matches!(c.word(found.head + 1), "that" | "to"));
    if !enough || !doer || expletive {
        return None;
    }
    if recipients.is_empty() && !reciprocal && !group.passive {
        recipients = left_open(scene, &found, &sources);
    }
    let mut marks = marks_of(scene, &group);
    marks.negated |= c.subject(&group).first().is_some_and(|r| nobody(c, *r));
    let from = match reporting(c, group.first) {
        // an announced agreement is dated by its announcement
        Some(verb) if pattern.class == Class::Agree => c.verb_group(verb).first,
        _ => governed_from(c, &group),
    };
    let date = date_for(scene, from, found.end, false).or_else(|| {
        // and where it is announced behind it: "have agreed to meet, both said on Friday"
        let said = (found.end..c.tokens.len())
            .find(|j| reporting(c, j + 1) == Some(*j) && pattern.class == Class::Agree)?;
        date_for(scene, c.verb_group(said).first, said + 1, false)
    });
    // "by August 31": a day by which something is to be done is no day of the asking
    let deadline = date.and_then(|d| scene.dates.get(d)).is_some_and(|d| {
        d.tokens.0 > 0 && matches!(c.word(d.tokens.0 - 1), "by" | "before" | "until")
    });
    let date = date.filter(|_| !(deadline && pattern.class == Class::Agree));
    let ahead = marks.future;
    finish_marks(scene, date, &mut marks);
    if deadline && pattern.class == Class::Request {
        marks.future = ahead;
    }
    let ultimatum = !group.negated && (found.end..c.tokens.len()).any(|j| c.word(j) == "unless");
    let declares = declared(pattern.class, &marks, ultimatum);
    // who announces that he will join has agreed to
    if pattern.class == Class::Agree && marks.future && !marks.negated && reported(c, group.first) {
        marks.future = marks.hypothetical;
    }
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
            count: times(c, found.end),
            marks,
            declares,
            undoes: None,
        },
        found,
    ))
}

/// The sides of a fight that is itself the subject: "clashes between A and B".
pub(super) fn sides_of(c: &Clauses<'_>, sources: &[Range]) -> Vec<Range> {
    let fight = sources.iter().find(|r| {
        matches!(
            singular(c.word(r.end - 1)).as_str(),
            "battle" | "clash" | "fighting" | "skirmish" | "firefight" | "fight" | "gunfight"
        ) && c.word(r.end) == "between"
    });
    // a verb behind the second side would make a clause of it: the phrases are taken one by one
    let first = fight.and_then(|r| c.phrase_at(r.end + 1));
    let second = first.filter(|r| c.word(r.end) == "and").and_then(|r| c.phrase_at(r.end + 1));
    first.into_iter().chain(second).collect()
}

/// "Neither side", "no country", "none of them": nobody did it.
fn nobody(c: &Clauses<'_>, range: Range) -> bool {
    let before = range.first.checked_sub(1).map_or("", |b| c.word(b));
    let negative = |w: &str| matches!(w, "no" | "neither" | "none" | "nobody");
    negative(before)
        || negative(c.word(range.first))
        || before == "the"
            && range.first > 2
            && c.word(range.first - 2) == "of"
            && negative(c.word(range.first - 3))
}

/// "Met twice", "visited eleven times", "on three occasions".
fn times(c: &Clauses<'_>, from: usize) -> Option<u32> {
    let until = (from + 9).min(c.tokens.len());
    (from..until).take_while(|j| !c.is_break(*j) && !c.is_finite(*j)).find_map(|j| {
        match (c.word(j), c.word(j + 1)) {
            ("twice", _) => Some(2),
            (word, "times" | "occasions") => count_word(word),
            _ => None,
        }
    })
}

/// Where the outermost verb that governs an infinitive begins: dates beside it are the infinitive's
/// too.
pub(super) fn governed_from(c: &Clauses<'_>, group: &VerbGroup) -> usize {
    let mut first = group.first;
    let mut inner = group.infinitive;
    for _ in 0..3 {
        let Some(verb) = c.verb_before(first).filter(|v| inner && first - v <= 6) else {
            break;
        };
        let outer = c.verb_group(verb);
        (first, inner) = (outer.first.min(first), outer.infinitive);
    }
    first
}

/// "assets held by": the noun before the participle.
pub(super) fn reduced_subject(c: &Clauses<'_>, verb: usize) -> Vec<Range> {
    if verb == 0 {
        return c.opening_subject(0);
    }
    let before = verb.checked_sub(1 + usize::from(verb > 0 && c.is_break(verb - 1)));
    let Some(found) = before.and_then(|b| c.phrase_before(b)) else { return Vec::new() };
    // "Ivo Venn, the leader killed by": he
    let at = found.first - usize::from(found.first > 0 && c.tag(found.first - 1) == Some(Tag::Det));
    let name = (at > 1 && c.word(at - 1) == ",").then(|| c.phrase_before(at - 2)).flatten();
    let name = name.filter(|n| n.end == at - 1 && c.tag(n.end - 1) == Some(Tag::Name));
    let apposed = name.filter(|_| !c.is_break(verb - 1) && at < found.first);
    vec![apposed.unwrap_or(found)]
}

/// As [`recipient_by_preposition`], within the noun's own phrase: not over a comma or an "and".
pub(super) fn recipient_of_noun(c: &Clauses<'_>, slots: &[&str], from: usize) -> Vec<Range> {
    let parts = |j: &usize| c.word(*j) == "," || c.tag(*j) == Some(Tag::Conj);
    let end = (from..c.tokens.len()).find(parts).unwrap_or(c.tokens.len());
    let mut found = recipient_by_preposition(c, slots, from);
    found.retain(|r| r.first < end || found_in_list(c, from, end));
    found
}

/// Whether a list that began before `end` goes on behind it: "raids on the port, the mill and".
fn found_in_list(c: &Clauses<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|j| matches!(c.tag(j), Some(Tag::Prep | Tag::To)))
}

pub(super) fn recipient_by_preposition(c: &Clauses<'_>, slots: &[&str], from: usize) -> Vec<Range> {
    for slot in slots {
        if matches!(*slot, "obj" | "recip" | "none" | "end") || slot.starts_with('<') {
            continue;
        }
        let found = c.after_preposition(from, &[slot], 14);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

pub(super) fn recipients_of(c: &Clauses<'_>, found: &Match) -> Vec<Range> {
    let verb = found.head;
    // "gave the island two ships": the first of two objects
    if found.pattern.slots.len() > 1
        && found.pattern.slots.contains(&"obj")
        && let Some(first) = c.phrase_at(verb + 1).filter(|p| c.has_name(*p))
        && matches!(c.tag(first.end), Some(Tag::Num | Tag::Det))
        && first.end < found.end
    {
        return vec![first];
    }
    let particle = usize::from(
        found.pattern.weight() > 1 && found.end == verb + 2 && c.tag(verb + 1) != Some(Tag::Noun),
    );
    for slot in &found.pattern.slots {
        let phrases = match *slot {
            "recip" | "none" => Vec::new(),
            // what follows the whole pattern
            "end" => object_of(c, found.end),
            "obj" if found.pattern.class == Class::Threaten => threatened(c, verb + 1 + particle),
            "obj" => object_of(c, verb + 1 + particle),
            prep if c.word(found.end - 1) == prep && found.end > verb + 1 => c.object(found.end),
            prep => {
                // the preposition may stand before the last word of the pattern: "handed over to X
                // its prisoners"
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

/// The prepositions of a row of `lexicon/english/prepositions.tsv`, in its order.
fn prepositions(of: &str) -> &'static [&'static str] {
    static ROWS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let file = rows(include_str!("../../lexicon/english/prepositions.tsv"));
        let named = file.filter_map(|row| Some((row[0], *row.get(1)?)));
        let each = |(names, list): (&'static str, &'static str)| {
            names.split('|').map(move |name| (name, list.split_whitespace().collect()))
        };
        named.flat_map(each).collect()
    });
    rows.get(of).map_or(&[], Vec::as_slice)
}

/// Those behind which a deed of the class has its party.
fn behind(class: Class) -> &'static [&'static str] {
    prepositions(class.word())
}

/// Whom a deed is done to where its pattern leaves that open: what follows the pattern as an object
/// ("refused to crown the heir", "took in the exiles"), else a party behind the preposition that
/// such deeds take ("sent ships to the island", "burned flags outside the embassy").
fn left_open(scene: &Scene<'_>, found: &Match, sources: &[Range]) -> Vec<Range> {
    let c = &scene.clauses;
    let fits = |r: &Range| !is_measure(c, *r) && !is_dated(c, *r) && !sources.contains(r);
    let party = |r: &Range| {
        can_act(scene, *r)
            || (r.first..r.end).any(|j| scene.known[j])
            || c.tag(r.first) == Some(Tag::Name)
    };
    // "provided the rebels with rockets", "asked the envoy to mediate": within the pattern's own words
    let within = (found.head + 1..found.end).find_map(|at| c.phrase_at(at));
    let within = within.filter(|r| r.end <= found.end && fits(r));
    if let Some(inner) = within
        && can_act(scene, inner)
        && found.pattern.class != Class::Mobilize
    {
        return parted(c, vec![inner]);
    }
    let next = found.end;
    let opens = matches!(
        c.tag(next),
        Some(Tag::To | Tag::Det | Tag::Poss | Tag::Num | Tag::Name | Tag::Noun | Tag::Adj)
    );
    if opens {
        // "threatened to quit the pact", "hailed the ruling": words are about things too; troops that
        // are sent are no party
        let class = found.pattern.class;
        let about = matches!(class, Class::Threaten | Class::Accuse | Class::Support)
            && matches!(c.tag(next), Some(Tag::To | Tag::Det | Tag::Poss));
        let mut object = object_of(c, next);
        object.retain(|r| fits(r) && (about || class != Class::Mobilize && party(r)));
        if !object.is_empty() {
            return parted(c, object);
        }
    }
    let mut after = c.after_preposition(next, behind(found.pattern.class), 6);
    after.retain(|r| fits(r) && party(r));
    if !after.is_empty() {
        return parted(c, after);
    }
    // "turned down the proposal", "lifted the curfew"
    let thing = matches!(
        found.pattern.class,
        Class::Reject | Class::Concede | Class::Retreat | Class::Coerce | Class::Sanction
    );
    let whole = within.filter(|r| thing && r.end == next);
    // "waived the fee for pilgrims", "dropped the case against the editor"
    let at_once = prepositions("object").contains(&c.word(next));
    let behind = whole.and_then(|_| c.phrase_at(next + 1)).filter(|r| at_once && fits(r));
    behind.or(whole).into_iter().collect()
}

/// Where the object is a thing and not a party, the party it belongs to or is aimed at: "the rights
/// of the islanders".
pub(super) fn party_behind(scene: &Scene<'_>, recipients: Vec<Range>) -> Vec<Range> {
    let c = &scene.clauses;
    let Some(last) = recipients.last().copied() else {
        return recipients;
    };
    let mut listed = c.listed_after(last.end);
    if !listed.is_empty() {
        let mut all = recipients;
        all.append(&mut listed);
        return all;
    }
    if recipients.iter().any(|r| can_act(scene, *r)) {
        return recipients;
    }
    let mut at = last.end;
    for _ in 0..3 {
        while c.tag(at) == Some(Tag::Adv) || c.dated.get(at).copied().unwrap_or(false) {
            at += 1;
        }
        if !prepositions("thing").contains(&c.word(at)) {
            break;
        }
        let found = c.object(at + 1);
        let Some(end) = found.last().map(|r| r.end) else {
            break;
        };
        if found.iter().any(|r| can_act(scene, *r)) {
            return found;
        }
        at = end;
    }
    recipients
}

/// The direct object; of "refuse to meet X" the object of the inner verb; of "demand that X" the
/// inner subject.
pub(super) fn object_of(c: &Clauses<'_>, from: usize) -> Vec<Range> {
    if c.word(from) == "that" {
        return c.object(from + 1);
    }
    if c.tag(from) == Some(Tag::To) && matches!(c.tag(from + 1), Some(Tag::Verb | Tag::Be)) {
        let inner = c.object(from + 2);
        if !inner.is_empty() {
            return inner;
        }
        return c.after_preposition(from + 2, prepositions("infinitive"), 10);
    }
    if c.tag(from) == Some(Tag::Verb) {
        return c.object(from + 1);
    }
    c.object(from)
}

/// Whom a threat or a warning is for: its object, else the object of what is threatened.
pub(super) fn threatened(c: &Clauses<'_>, from: usize) -> Vec<Range> {
    if c.word(from) != "that" {
        return object_of(c, from);
    }
    let verb = (from + 1..(from + 16).min(c.tokens.len())).find(|j| c.tag(*j) == Some(Tag::Verb));
    verb.map_or_else(Vec::new, |v| c.object(v + 1))
}
