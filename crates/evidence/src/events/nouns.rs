//! Events named by a noun: "the raid on the harbour by the front", "eight visits".

use super::marks::{Effect, controllers, date_for, finish_marks, is_hearsay, marks_of};
use super::scope::List;
use super::verbs::{parted, party_behind, recipient_of_noun};
use super::{Marks, Scene, Seen, can_act, is_dated};
use crate::chunks::{Clauses, Range};
use crate::patterns::patterns;
use crate::records::Class;
use crate::words::{Tag, words};

pub(super) fn noun_event(scene: &Scene<'_>, i: usize) -> Option<Seen> {
    let c = &scene.clauses;
    let found = patterns().noun(c, i)?;
    let pattern = found.pattern;
    if pattern.guard {
        return None;
    }
    let whole = c.phrase_before(found.end - 1).filter(|p| p.first <= i && p.end >= found.end);
    let phrase = whole.or_else(|| c.phrase_before(i).filter(|p| p.end == i + 1))?;
    // "World War", "Truce Commission": part of a name
    let named = |j: usize| c.tag(j) == Some(Tag::Name) && !scene.known[j];
    if named(i) && i > 0 && named(i - 1) {
        return None;
    }
    // "a hunger strike" is no strike, "truce monitors" are no truce
    let ends_with_preposition = matches!(c.tag(found.end - 1), Some(Tag::Prep | Tag::To));
    let modifier = !ends_with_preposition
        && matches!(c.tag(found.end), Some(Tag::Noun))
        && !c.dated.get(found.end).copied().unwrap_or(false);
    let labour = found.pattern.class == Class::Assault && i > 0 && List::Labour.has(c.word(i - 1));
    if modifier || labour {
        return None;
    }
    // the event noun heads its phrase: not "the attack aircraft"
    if phrase.end < found.end {
        // the pattern runs on past its noun: "the fall of"
    } else if phrase.end != found.end && c.tag(found.end) != Some(Tag::Punct) {
        let next = c.phrase_at(found.end);
        if next.is_some_and(|n| n.first == found.end) {
            return None;
        }
    }
    let source_slot = pattern.slots.iter().find_map(|s| s.strip_prefix('<'));
    let mut recipients = if source_slot.is_some() {
        party_behind(scene, recipient_of_noun(c, &pattern.slots, i + 1))
    } else if ends_with_preposition {
        c.object(found.end)
    } else {
        recipient_of_noun(c, &pattern.slots, found.end)
    };
    let mut sources = c.after_preposition(found.end, &["by"], 10);
    if sources.is_empty() {
        sources.extend(owner(scene, phrase, i));
    }
    let between = sides(c, found.end);
    let mutual = pattern.slots.contains(&"between") && between.len() > 1;
    if mutual {
        // "talks between A and B": both take part, whoever holds them
        (sources, recipients) = (between, Vec::new());
    }
    if let Some(slot) = source_slot {
        sources = c.after_preposition(found.end.saturating_sub(1), &[slot], 10);
    }
    if sources.is_empty() {
        sources = answerable(c, phrase.first);
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
        if sources.is_empty() && !group.passive && controllers().contains_key(lemma) {
            sources = c.subject(&group);
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
    // "could become a ground for strikes": what the clause leaves open its nouns leave open
    if let Some(verb) = governing
        && (verb..phrase.first).all(|j| {
            !c.is_break(j)
                && c.tag(j) != Some(Tag::Sub)
                && !matches!(c.word(j), "since" | "after" | "before" | "until" | "following")
        })
    {
        let group = c.verb_group(verb);
        marks.hypothetical |= group.modal;
        marks.future |= group.future;
    }
    if recipients.is_empty()
        && matches!(pattern.class, Class::Consult | Class::Agree | Class::Cooperate)
        && sources.is_empty()
    {
        let between = c.after_preposition(found.end, &["between", "of"], 6);
        if between.len() > 1 {
            sources = between;
        }
    }
    sources = parted(c, parted(c, sources));
    recipients = parted(c, recipients);
    noun_marks(scene, phrase, &mut marks);
    recipients.retain(|r| !is_dated(c, *r));
    sources.retain(|r| !is_dated(c, *r) && !recipients.contains(r));
    let agentive = |list: &[Range]| list.iter().any(|r| can_act(scene, *r));
    let date = date_for(scene, phrase.first, found.end, true);
    // a talk named in passing is no meeting: it needs a date, a count, both sides, or a verb that
    // holds it
    let verbal =
        matches!(pattern.class, Class::Consult | Class::Agree | Class::Cooperate | Class::Request);
    let counted = (phrase.first..i).any(|j| count_word(c.word(j)).is_some());
    let both_sides = mutual || !sources.is_empty() && !recipients.is_empty();
    if verbal && date.is_none() && !counted && !governed && !both_sides {
        return None;
    }
    // a protest has its people even where none is named
    let peopled =
        date.is_some() && (pattern.class == Class::Protest || pattern.mode == Some("ceasefire"));
    if !(agentive(&sources) || agentive(&recipients) || peopled) {
        return None;
    }
    // a bare plural without a date is a habit, not an event: "attacks on the road"
    let plural = c.word(i).ends_with('s') && c.word(i) != "clashes";
    let count = (phrase.first..i).find_map(|j| count_word(c.word(j)));
    let definite = phrase.first > 0 && c.tag(phrase.first - 1) == Some(Tag::Det);
    if plural && date.is_none() && count.is_none() && !governed && !definite && !mutual {
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
        undoes: None,
    })
}

/// The sides of "talks between A and B", and of "battles rage between A and B".
fn sides(c: &Clauses<'_>, end: usize) -> Vec<Range> {
    let goes_on = c.tag(end) == Some(Tag::Verb) && List::GoesOn.has(words().lemma(c.word(end)));
    let from = if goes_on { end + 1 } else { end };
    let at = (from..from + 4).take_while(|j| !c.is_break(*j)).find(|j| c.word(*j) == "between");
    at.map_or_else(Vec::new, |at| c.sides_between(at))
}

/// Who is said to be behind what the phrase at `first` names: "was responsible for the raid".
pub(super) fn answerable(c: &Clauses<'_>, first: usize) -> Vec<Range> {
    let near = (first.saturating_sub(10)..first)
        .rev()
        .take_while(|j| !matches!(c.word(*j), ";" | "which" | "that"));
    let Some(at) = near.into_iter().find(|j| {
        matches!(
            (c.word(*j), c.word(j + 1)),
            (
                "responsible" | "responsibility" | "blame" | "guilty" | "involved",
                "for" | "of" | "in"
            )
        ) || c.word(*j) == "behind"
    }) else {
        return Vec::new();
    };
    c.verb_before(at).map_or_else(Vec::new, |verb| c.subject(&c.verb_group(verb)))
}

/// Whose act a noun is: "the Front's attack", "Veslan strikes".
pub(super) fn owner(scene: &Scene<'_>, phrase: Range, head: usize) -> Option<Range> {
    let c = &scene.clauses;
    // "its Gulf war": the possessor owns it, not the name between
    if c.tag(phrase.first) == Some(Tag::Poss) && c.word(phrase.first) != "'s" {
        return None;
    }
    let possessive =
        (phrase.first..head).rev().find(|j| c.tag(*j) == Some(Tag::Poss) && c.word(*j) == "'s");
    if let Some(at) = possessive {
        return (at > phrase.first).then_some(Range { first: phrase.first, end: at });
    }
    // a name written before the noun: adjective of a nation, or a force
    let last =
        (phrase.first..head).rev().find(|j| scene.known[*j] || c.tag(*j) == Some(Tag::Name))?;
    // "the Pier 9 raid" is named for a place; "island-backed protests" are not the island's
    let numbered = (last + 1..head).any(|j| c.tag(j) == Some(Tag::Num));
    let backed = c.word(last).split_once('-').is_some_and(|(_, end)| end.ends_with("ed"));
    if numbered || backed {
        return None;
    }
    let mut first = last;
    while first > phrase.first && (scene.known[first - 1] || c.tag(first - 1) == Some(Tag::Name)) {
        first -= 1;
    }
    Some(Range { first, end: last + 1 })
}

pub(super) fn count_word(word: &str) -> Option<u32> {
    const NAMES: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let known = NAMES.iter().position(|n| *n == word).and_then(|n| u32::try_from(n + 2).ok());
    known.or_else(|| word.parse().ok().filter(|n| (2..1000).contains(n)))
}

/// Verbs that add nothing to the noun they govern.
pub(super) fn is_light(lemma: &str) -> bool {
    List::Light.has(lemma)
}

/// Whether the verb governs the phrase: nothing but particles and determiners between.
pub(super) fn light_or_near(c: &Clauses<'_>, verb: usize, phrase: usize) -> bool {
    phrase - verb <= 4
        && (verb + 1..phrase).all(|j| {
            matches!(
                c.tag(j),
                Some(Tag::Det | Tag::Adv | Tag::Adj | Tag::Prep | Tag::Num | Tag::To | Tag::Neg)
            )
        })
}

/// Marks read from the words of a noun phrase and just before it.
pub(super) fn noun_marks(scene: &Scene<'_>, phrase: Range, marks: &mut Marks) {
    let c = &scene.clauses;
    // back to the last verb or mark: what stands before it is said of something else
    let parts = |j: &usize| c.is_break(*j) || matches!(c.tag(*j), Some(Tag::Verb | Tag::Sub));
    let near = phrase.first.saturating_sub(6)..phrase.first;
    let from = near.rev().find(parts).map_or(phrase.first.saturating_sub(6), |j| j + 1);
    for j in from..phrase.end {
        match c.word(j) {
            word if List::Open.has(word) && (j >= phrase.first || word != "against") => {
                marks.hypothetical = true;
            }
            word if List::ToCome.has(word) => marks.future = true,
            "no" | "without" => marks.negated = true,
            "since" | "aftermath" if j < phrase.first => marks.historical = true,
            word if is_hearsay(word) => marks.hedged = true,
            _ => {}
        }
    }
}
