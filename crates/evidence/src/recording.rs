//! What the stages saw, made into records: each with its sentence, its span and its quote cut from the text.

use std::collections::BTreeMap;

use crate::candidates::Candidates;
use crate::chunks::{Clauses, Range};
use crate::claims::Said;
use crate::dates::{Today, place};
use crate::events::{Dated, Scene, Seen, extent};
use crate::lexicon::Lexicon;
use crate::quantities::Measured;
use crate::reading::{Read, Reading};
use crate::records::{
    Candidate, Claim, DateRecord, Event, Form, Mention, Quantity, Role, Sense, Sentence, record_id,
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

/// The last speaker named, for "he said".
#[derive(Default)]
pub(crate) struct Speakers {
    last: Option<(Quote, Vec<String>)>,
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

    pub(crate) fn dates(&mut self, today: Option<Today>, ahead: bool) {
        for phrase in &self.one.phrases {
            let (when, anchor) = place(&phrase.says, today, ahead);
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
            let Some(span) = c.span(Range {
                first: m.tokens.0,
                end: m.tokens.1,
            }) else {
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
                what: what
                    .and_then(|w| c.span(w))
                    .map(|s| Quote::cut(self.text, s)),
                actors,
                when: near.and_then(|d| d.when),
                also: m.also,
            });
        }
    }

    pub(crate) fn events(&mut self, scene: &Scene<'_>, list: Vec<Seen>) {
        let c = &scene.clauses;
        let mut turns: BTreeMap<Span, usize> = BTreeMap::new();
        for seen in list {
            let trigger = c.span(Range {
                first: seen.trigger.0,
                end: seen.trigger.1,
            });
            let (Some(trigger), Some(span)) = (trigger, extent(c, &seen)) else {
                continue;
            };
            let turn = turns.entry(span).or_default();
            let id = self.id("event", span, *turn);
            *turn += 1;
            let sources = self.roles(c, &seen.sources, true);
            let mut recipients = self.roles(c, &seen.recipients, false);
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
                when: seen
                    .date
                    .and_then(|d| scene.dates.get(d))
                    .and_then(|d| d.when),
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

    /// The event that a reversal takes back: the last fact of deeds in the two sentences before. A reversal without
    /// recipients of its own has those of what it takes back.
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
        if !sources
            .iter()
            .any(|a| earlier.sources.iter().any(|b| same(a, b)))
        {
            return None;
        }
        if recipients.iter().all(|r| r.actors.is_empty()) {
            recipients.clone_from(&earlier.recipients);
        }
        Some(at)
    }

    pub(crate) fn claims(&mut self, c: &Clauses<'_>, speakers: &mut Speakers, list: Vec<Said>) {
        for (turn, said) in list.into_iter().enumerate() {
            let first = said.speaker.first().map(|r| c.bare(*r));
            let last = said.speaker.last().copied();
            let span = first
                .and_then(|f| c.span(f))
                .zip(last.and_then(|l| c.span(l)))
                .map(|(a, b)| a.join(b));
            let Some(cue) = c.span(said.cue) else {
                continue;
            };
            let speaker = span.map(|s| Quote::cut(self.text, s));
            let mut actors: Vec<String> = Vec::new();
            for range in &said.speaker {
                for actor in self.actors_in(c, *range, true) {
                    if !actors.contains(&actor) {
                        actors.push(actor);
                    }
                }
            }
            let mut resolved = None;
            if said.pronoun {
                if let Some((quote, known)) = &speakers.last {
                    resolved = Some(quote.clone());
                    actors.clone_from(known);
                }
            } else if let Some(quote) = &speaker {
                speakers.last = Some((quote.clone(), actors.clone()));
            }
            self.out.claims.push(Claim {
                id: self.id("claim", said.content, turn),
                sentence: self.index,
                quote: Quote::cut(self.text, said.content),
                standing: self.one.standing,
                speaker,
                actors,
                resolved,
                cue: Quote::cut(self.text, cue),
                speech: said.speech,
                stance: said.stance,
                rule: said.rule.to_owned(),
            });
        }
    }

    fn roles(&self, c: &Clauses<'_>, ranges: &[Range], acting: bool) -> Vec<Role> {
        ranges
            .iter()
            .filter_map(|range| {
                let range = c.bare(c.with_title(*range));
                let span = c.span(range)?;
                Some(Role {
                    quote: Quote::cut(self.text, span),
                    actors: self.actors_in(c, range, acting),
                })
            })
            .collect()
    }

    /// Actors a phrase names, the one at its head first. A nation's adjective counts only before a word for its state:
    /// "Veslan troops" are Vesla's, "Veslan militias" are not.
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

/// A reversed event is known only once all are read; here the pairs are already linked and need no more than order.
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
