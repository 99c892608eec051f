//! What the stages saw, made into records: each with its sentence, its span and its quote cut from
//! the text.

use std::collections::BTreeMap;

use crate::antecedents::{Memory, Named, Stands};
use crate::candidates::Candidates;
use crate::chunks::{Clauses, Range};
use crate::claims::Said;
use crate::dates::Placed;
use crate::events::{Dated, Scene, Seen, extent};
use crate::lexicon::Lexicon;
use crate::mentions::Found;
use crate::quantities::Measured;
use crate::reading::{Read, Reading};
use crate::records::{
    Candidate, Claim, Class, DateRecord, Event, Form, Mention, Quantity, Role, Sense, Sentence,
    record_id,
};
use crate::span::{Quote, Span};
use crate::words::{Tag, singular, words};

/// One sentence on its way into a reading.
pub(crate) struct Into<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) index: usize,
    pub(crate) one: &'a Read,
    pub(crate) out: &'a mut Reading,
}

impl Into<'_> {
    fn id(&self, kind: &str, span: Span, turn: usize) -> String {
        record_id(&self.out.document.id, kind, span, turn)
    }

    pub(crate) fn sentence(&mut self) {
        self.out.sentences.push(Sentence {
            index: self.index,
            paragraph: self.one.paragraph,
            quote: Quote::cut(self.text, self.one.span),
            standing: self.one.standing,
        });
    }

    pub(crate) fn mentions(&mut self) {
        for found in &self.one.found {
            let Some(actor) = self.lexicon.actors.get(found.actor) else {
                continue;
            };
            self.out.mentions.push(Mention {
                id: self.id("mention", found.span, 0),
                sentence: self.index,
                quote: Quote::cut(self.text, found.span),
                standing: self.one.standing,
                actor: actor.id.clone(),
                form: found.form,
                sense: found.sense,
            });
        }
    }

    pub(crate) fn dates(&mut self, placed: &[Placed]) {
        for (phrase, Placed { when, anchor }) in self.one.phrases.iter().zip(placed) {
            let (when, anchor) = (*when, *anchor);
            self.out.dates.push(DateRecord {
                id: self.id("date", phrase.span, 0),
                sentence: self.index,
                quote: Quote::cut(self.text, phrase.span),
                standing: self.one.standing,
                when,
                anchor,
            });
        }
    }

    pub(crate) fn quantities(&mut self, c: &Clauses<'_>, places: &[Dated], list: Vec<Measured>) {
        for m in list {
            let Some(span) = c.span(Range { first: m.tokens.0, end: m.tokens.1 }) else {
                continue;
            };
            let what = m.what.map(|w| c.bare(w));
            let near = places
                .iter()
                .filter(|d| d.when.is_some())
                .min_by_key(|d| d.tokens.0.abs_diff(m.tokens.1));
            let actors = what.map_or_else(Vec::new, |w| self.actors_in(c, w, false));
            self.out.quantities.push(Quantity {
                id: self.id("quantity", span, 0),
                sentence: self.index,
                quote: Quote::cut(self.text, span),
                standing: self.one.standing,
                value: m.value,
                low: m.low,
                high: m.high,
                bound: m.bound,
                unit: m.unit,
                per: m.per,
                of: m.of,
                what: what.and_then(|w| c.span(w)).map(|s| Quote::cut(self.text, s)),
                actors,
                when: near.and_then(|d| d.when),
                also: m.also,
            });
        }
    }

    pub(crate) fn events(&mut self, scene: &Scene<'_>, memory: &Memory, list: Vec<Seen>) {
        let c = &scene.clauses;
        let mut turns: BTreeMap<Span, usize> = BTreeMap::new();
        for seen in list.into_iter().flat_map(|seen| respectively(scene, seen)) {
            let trigger = c.span(Range { first: seen.trigger.0, end: seen.trigger.1 });
            let (Some(trigger), Some(span)) = (trigger, extent(c, &seen)) else {
                continue;
            };
            let turn = turns.entry(span).or_default();
            let id = self.id("event", span, *turn);
            *turn += 1;
            let sources = self.roles(c, memory, &seen.sources, true);
            let mut recipients = self.roles(c, memory, &seen.recipients, false);
            if seen.class == Class::Reject {
                self.answered(&mut recipients);
            }
            let mut undone = None;
            if seen.undoes {
                undone = self.undone(&sources, &mut recipients);
            }
            if let Some(at) = undone {
                self.out.events[at].undone_by = Some(id.clone());
            }
            self.out.events.push(Event {
                id,
                sentence: self.index,
                quote: Quote::cut(self.text, span),
                standing: self.one.standing,
                trigger: Quote::cut(self.text, trigger),
                class: seen.class,
                mode: seen.mode.map(str::to_owned),
                sources,
                recipients,
                reciprocal: seen.reciprocal,
                when: seen.date.and_then(|d| scene.dates.get(d)).and_then(|d| d.when),
                date: seen
                    .date
                    .and_then(|d| self.one.phrases.get(d))
                    .map(|p| Quote::cut(self.text, p.span)),
                count: seen.count,
                negated: seen.marks.negated,
                hypothetical: seen.marks.hypothetical,
                future: seen.marks.future,
                historical: seen.marks.historical,
                hedged: seen.marks.hedged,
                declares: seen.declares,
                undone_by: None,
                rule: seen.rule.to_owned(),
                weight: seen.weight,
            });
        }
    }

    /// Who rejects "the accusation" rejects whoever made it: the source of the last such event in
    /// the two sentences before.
    fn answered(&self, recipients: &mut Vec<Role>) {
        if recipients.iter().any(|r| !r.actors.is_empty()) {
            return;
        }
        let said = recipients.iter().find_map(|r| {
            let head = r.quote.text().split_whitespace().next_back().unwrap_or("").to_lowercase();
            match singular(&head).as_str() {
                "accusation" | "allegation" | "charge" | "criticism" | "claim" => {
                    Some(Class::Accuse)
                }
                "demand" | "call" | "request" | "appeal" => Some(Class::Request),
                "offer" | "proposal" => Some(Class::Agree),
                "threat" | "warning" | "ultimatum" => Some(Class::Threaten),
                _ => None,
            }
        });
        let Some(said) = said else { return };
        let near = |e: &&Event| e.class == said && e.sentence + 2 >= self.index;
        let earlier = self.out.events.iter().rev().find(near);
        if let Some(earlier) = earlier.filter(|e| !e.sources.is_empty()) {
            recipients.clone_from(&earlier.sources);
        }
    }

    /// The event that a reversal takes back: the last fact of deeds in the two sentences before. A
    /// reversal without recipients of its own has those of what it takes back.
    fn undone(&self, sources: &[Role], recipients: &mut Vec<Role>) -> Option<usize> {
        let at = self.out.events.iter().rposition(|e| {
            e.sentence + 2 >= self.index && e.sentence <= self.index && e.is_fact() && !is_verbal(e)
        })?;
        let earlier = &self.out.events[at];
        let same = |a: &Role, b: &Role| {
            a.actors.iter().any(|x| b.actors.contains(x))
                || a.actors.is_empty()
                || b.actors.is_empty()
        };
        if !sources.iter().any(|a| earlier.sources.iter().any(|b| same(a, b))) {
            return None;
        }
        if recipients.iter().all(|r| r.actors.is_empty()) {
            recipients.clone_from(&earlier.recipients);
        }
        Some(at)
    }

    pub(crate) fn claims(&mut self, c: &Clauses<'_>, memory: &mut Memory, list: Vec<Said>) {
        for (turn, said) in list.into_iter().enumerate() {
            let (Some(first), Some(last)) = (said.speaker.first(), said.speaker.last()) else {
                continue;
            };
            let ends = c.span(c.bare(*first)).zip(c.span(*last));
            let (Some((a, b)), Some(cue)) = (ends, c.span(said.cue)) else {
                continue;
            };
            let speaker = Quote::cut(self.text, a.join(b));
            let mut actors: Vec<String> = Vec::new();
            for actor in said.speaker.iter().flat_map(|range| self.actors_in(c, *range, true)) {
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
            let mut resolved = None;
            if actors.is_empty()
                && let Some(named) = self.stood_for(c, memory, *first)
            {
                resolved = Some(Quote::cut(self.text, named.span));
                actors = named.actors;
            } else if c.tag(last.end - 1) == Some(Tag::Name) {
                // whoever is quoted by name is who "he" is next
                let actors = actors.clone();
                memory.person = Some(Named { span: speaker.span(), actors });
            }
            self.out.claims.push(Claim {
                id: self.id("claim", said.content, turn),
                sentence: self.index,
                quote: Quote::cut(self.text, said.content),
                standing: self.one.standing,
                speaker: Some(speaker),
                actors,
                resolved,
                cue: Quote::cut(self.text, cue),
                speech: said.speech,
                stance: said.stance,
                rule: said.rule.to_owned(),
            });
        }
    }

    fn roles(&self, c: &Clauses<'_>, memory: &Memory, ranges: &[Range], acting: bool) -> Vec<Role> {
        ranges
            .iter()
            .filter_map(|range| {
                let bare = c.bare(c.with_title(*range));
                let mut role = Role {
                    quote: Quote::cut(self.text, c.span(bare)?),
                    actors: self.actors_in(c, bare, acting),
                    antecedent: None,
                };
                if role.actors.is_empty()
                    && let Some(named) = self.stood_for(c, memory, *range)
                {
                    role.antecedent = Some(Quote::cut(self.text, named.span));
                    role.actors = named.actors;
                }
                Some(role)
            })
            .collect()
    }

    /// What a pronoun or short form is resolved to.
    fn stood_for(&self, c: &Clauses<'_>, memory: &Memory, range: Range) -> Option<Named> {
        match memory.stands_for(c, range) {
            Stands::Here(other) => {
                let other = c.bare(c.with_title(other));
                let named = Named { span: c.span(other)?, actors: self.actors_in(c, other, true) };
                let person =
                    |id: &String| self.lexicon.actors.iter().any(|a| a.id == *id && a.is_person());
                let unknown = named.actors.is_empty() && c.tag(other.end - 1) == Some(Tag::Name);
                let asked = matches!(c.word(range.first), "he" | "she" | "his" | "her");
                if asked && !unknown && !named.actors.iter().any(person) {
                    return memory.person.clone();
                }
                Some(named)
            }
            Stands::Group => {
                let group = |f: &&Found| {
                    let kind = self.lexicon.actors.get(f.actor);
                    f.tokens.1 <= range.first
                        && kind.is_some_and(|a| {
                            !a.is_state() && !a.is_person() && !is_chamber(&a.name)
                        })
                };
                let here = self.one.found.iter().rev().find(group);
                let named = here.and_then(|f| {
                    let actor = self.lexicon.actors.get(f.actor)?;
                    Some(Named { span: f.span, actors: vec![actor.id.clone()] })
                });
                named.or_else(|| memory.group.clone())
            }
            Stands::Before(named) => Some(named),
            Stands::Nobody => None,
        }
    }

    /// Remembers who this sentence named.
    pub(crate) fn remember(&self, memory: &mut Memory) {
        let mut states: Vec<Named> = Vec::new();
        let mut person = None;
        for found in &self.one.found {
            let Some(actor) = self.lexicon.actors.get(found.actor) else {
                continue;
            };
            let named = Named { span: found.span, actors: vec![actor.id.clone()] };
            if actor.is_state() {
                if found.sense != Sense::Place && !states.iter().any(|s| s.actors == named.actors) {
                    states.push(named);
                }
            } else if actor.is_person() {
                person = person.or(Some(named));
            } else if found.sense == Sense::Agent && !is_chamber(&actor.name) {
                memory.group = Some(named);
            }
        }
        if !states.is_empty() {
            memory.states = states;
        }
        if person.is_some() {
            memory.person = person;
        }
        let state = |id: &&String| self.lexicon.actors.iter().any(|a| a.id == **id && a.is_state());
        let here = self.out.events.iter().rev().take_while(|e| e.sentence == self.index);
        for role in here.flat_map(|e| &e.sources) {
            if let Some(id) = role.actors.iter().find(state) {
                let span = role.antecedent.as_ref().unwrap_or(&role.quote).span();
                memory.acting_state = Some(Named { span, actors: vec![id.clone()] });
            }
        }
    }

    /// Actors a phrase names, the one at its head first. A nation's adjective counts only before a
    /// word for its state: "Veslan troops" are Vesla's, "Veslan militias" are not.
    fn actors_in(&self, c: &Clauses<'_>, range: Range, acting: bool) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let inside = self
            .one
            .found
            .iter()
            .rev()
            .filter(|f| f.tokens.0 >= range.first && f.tokens.1 <= range.end);
        for found in inside {
            let compound = found.tokens.1 == found.tokens.0 + 1
                && c.tokens[found.tokens.0].span != found.span
                && matches!(found.form, Form::Name | Form::Demonym | Form::Metonym);
            let head = found.tokens.1 >= range.end;
            if compound && !head || acting && found.sense == Sense::Place {
                continue;
            }
            let lexical = self.lexicon.actors.get(found.actor);
            let state = lexical.is_some_and(|a| a.is_state());
            if !head && state && !is_organ(c, range, found.tokens.1) {
                continue;
            }
            if let Some(actor) = lexical.filter(|a| !out.contains(&a.id)) {
                out.push(actor.id.clone());
            }
        }
        out
    }
}

/// A chamber or an office is never "the faction".
fn is_chamber(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["parliament", "council", "court", "ministry", "assembly", "senate", "congress", "cabinet"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_verbal(event: &Event) -> bool {
    use crate::records::Class::{
        Accuse, Agree, Concede, Consult, Reject, Request, Support, Threaten,
    };
    matches!(
        event.class,
        Accuse | Agree | Concede | Consult | Reject | Request | Support | Threaten
    )
}

/// Whether the words after a nation's name, up to the end of the phrase, are an organ of its state.
fn is_organ(c: &Clauses<'_>, range: Range, from: usize) -> bool {
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
fn respectively(scene: &Scene<'_>, seen: Seen) -> Vec<Seen> {
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

/// A reversed event is known only once all are read; here the pairs are already linked and need no
/// more than order.
pub(crate) fn link_undone(events: &mut [Event]) {
    events.sort_by_key(|e| (e.sentence, e.trigger.span(), e.quote.span()));
}

pub(crate) fn candidates(text: &str, document: &str, gathered: Candidates) -> Vec<Candidate> {
    gathered
        .ranked()
        .into_iter()
        .filter_map(|(g, weight, kind)| {
            let first = *g.places.first()?;
            Some(Candidate {
                id: record_id(document, "candidate", first, 0),
                sentence: g.sentence,
                quote: Quote::cut(text, first),
                places: g.places,
                abbreviation: g.abbreviation,
                kind: kind.to_owned(),
                weight,
            })
        })
        .collect()
}
