//! What the stages saw, made into records: each with its sentence, its span and its quote cut from
//! the text.

mod figures;
mod links;
mod naming;
mod organs;
mod phrases;
mod resolve;

use std::collections::BTreeMap;

pub(crate) use naming::candidates;
pub(crate) use organs::Near;
use phrases::{gapped, respectively};

use crate::antecedents::{Memory, Named};
use crate::chunks::{Clauses, Range};
use crate::claims::Said;
use crate::dates::Placed;
use crate::events::{Dated, Scene, Seen, extent, suggested, told_by};
use crate::lexicon::Lexicon;
use crate::quantities::{self, Measured};
use crate::reading::{Read, Reading};
use crate::records::{
    Claim, Class, DateRecord, Event, Mention, Quantity, Role, Sentence, Stance, record_id,
};
use crate::scorer::roles::Roles;
use crate::scorer::{self, ByPatterns, Scorer};
use crate::span::{Quote, Span};
use crate::words::Tag;

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
        // "The sample was 1,200 people": of the poll in the sentence before, in the same paragraph
        if let Some(asked) = quantities::sample_before(c, &list)
            && let [.., before, here] = self.out.sentences.as_slice()
            && before.paragraph == here.paragraph
        {
            let told = self.out.quantities.iter_mut().rev();
            for share in told.take_while(|q| q.sentence >= before.index) {
                if share.by.is_some() && share.unit == "percent" {
                    share.of = share.of.or(Some(asked));
                }
            }
        }
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
                by: m.by.and_then(|w| c.span(c.bare(w))).map(|s| Quote::cut(self.text, s)),
                when: near.and_then(|d| d.when),
                also: m.also,
                row: None,
                column: None,
            });
        }
    }

    pub(crate) fn events(&mut self, scene: &Scene<'_>, memory: &Memory, list: Vec<Seen>) {
        let c = &scene.clauses;
        let mut turns: BTreeMap<Span, usize> = BTreeMap::new();
        for seen in list
            .into_iter()
            .flat_map(|seen| respectively(scene, seen))
            .flat_map(|s| gapped(scene, s))
        {
            let trigger = c.span(Range { first: seen.trigger.0, end: seen.trigger.1 });
            let (Some(trigger), Some(span)) = (trigger, extent(c, &seen)) else {
                continue;
            };
            let turn = turns.entry(span).or_default();
            let id = self.id("event", span, *turn);
            *turn += 1;
            // claims are read first: whoever said what is rejected does not reject it
            let said = self
                .out
                .claims
                .iter()
                .rev()
                .find(|said| said.stance != Stance::Denial && said.sentence + 1 >= self.index);
            let said =
                said.filter(|said| seen.class == Class::Reject && said.sentence < self.index);
            let said = said.map_or_else(Vec::new, |said| said.actors.clone());
            let mut sources = self.roles(c, memory, (&seen.sources, &said), true);
            let doers: Vec<String> = sources.iter().flat_map(|r| r.actors.clone()).collect();
            let mut recipients = self.roles(c, memory, (&seen.recipients, &doers), false);
            let mut answers = None;
            if seen.class == Class::Reject {
                answers = self.answered(&mut recipients);
            }
            if let Some(undoing) = seen.undoes {
                match self.undone(undoing, trigger, &sources, &mut recipients) {
                    Some(at) => {
                        self.out.events[at].undone_by = Some(id.clone());
                        // whoever is let go without saying by whom is let go by the captor
                        if undoing.frees && sources.is_empty() {
                            sources.clone_from(&self.out.events[at].sources);
                        }
                    }
                    None if undoing.bare => continue,
                    None => {}
                }
            }
            // "denied that it meddles", "the Greens, who had been invited, rejected": whoever denies or rejects
            // does not do so to himself
            recipients.retain(|r| {
                let same = |s: &Role| !r.actors.is_empty() && s.actors == r.actors;
                let to_others = r.antecedent.is_some() || seen.class == Class::Reject;
                !to_others || !sources.iter().any(same)
            });
            // "the army fired on Karstan soldiers": it is not theirs
            for source in &mut sources {
                let own = |r: &Role| !r.actors.is_empty() && r.actors == source.actors;
                if source.antecedent.is_some()
                    && seen.class.is_material()
                    && recipients.iter().any(own)
                {
                    (source.actors, source.antecedent) = (Vec::new(), None);
                }
            }
            // "we" with nobody it could stand for is the writer
            let writer =
                |r: &Role| r.quote.text().eq_ignore_ascii_case("we") && r.actors.is_empty();
            if !sources.is_empty() && sources.iter().all(writer) {
                continue;
            }
            let event = self.event(scene, &seen, (id, span, trigger), (sources, recipients));
            self.out.events.push(Event { answers, ..event });
        }
    }

    /// The record of what was seen, with those who take part.
    fn event(
        &self,
        scene: &Scene<'_>,
        seen: &Seen,
        (id, span, trigger): (String, Span, Span),
        (sources, recipients): (Vec<Role>, Vec<Role>),
    ) -> Event {
        Event {
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
            answers: None,
            rule: seen.rule.to_owned(),
            weight: seen.weight,
            score: None,
            suggested: false,
        }
    }

    /// Weighs the events of the sentence, from `first` on, by its words; gives back an event that the
    /// words are sure of and no pattern found.
    pub(crate) fn weigh(
        &mut self,
        scene: &Scene<'_>,
        memory: &Memory,
        first: usize,
    ) -> Option<Event> {
        let c = &scene.clauses;
        let features = scorer::features(c.tokens, c.tags, c.dated);
        let events = self.out.events.get_mut(first..)?;
        let found = ByPatterns::of(events);
        let scorer = Scorer::built_in();
        let shares = scorer.shares(&features, &found);
        for event in events {
            let share = shares[scorer::label(event.declares.unwrap_or(event.class))];
            event.score = Some((share * 100.0).round() as u8);
        }
        let (label, share) = scorer::best(&shares);
        let class = *Class::ALL.get(label)?;
        let told = self.out.events[first..].iter().any(|e| e.class == class);
        if share < scorer::SURE || found.found.contains(&label) || told {
            return None;
        }
        let word = told_by(c, scorer, &features, class)?;
        let mut seen = suggested(scene, word, class);
        Roles::built_in().settle(scene, &mut seen);
        let trigger = c.span(Range { first: word, end: word + 1 })?;
        let span = extent(c, &seen)?;
        let sources = self.roles(c, memory, (&seen.sources, &[]), true);
        let doers: Vec<String> = sources.iter().flat_map(|r| r.actors.clone()).collect();
        let mut recipients = self.roles(c, memory, (&seen.recipients, &doers), false);
        // "the Guard, also called the Brotherhood": one party, under two names
        let same = |r: &Role| !r.actors.is_empty() && sources.iter().any(|s| s.actors == r.actors);
        recipients.retain(|r| !same(r));
        let id = self.id("suggested", span, 0);
        let event = self.event(scene, &seen, (id, span, trigger), (sources, recipients));
        Some(Event { suggested: true, score: Some((share * 100.0).round() as u8), ..event })
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
            let name = (said.speaker.len() == 1).then(|| c.apposed_name(*first)).flatten();
            let named = name.and_then(|n| c.span(n)).map(|n| Quote::cut(self.text, n));
            let speaker = named.unwrap_or_else(|| Quote::cut(self.text, a.join(b)));
            let spoken: Vec<Range> = name.map_or_else(|| said.speaker.clone(), |n| vec![n]);
            let mut actors: Vec<String> = Vec::new();
            for actor in spoken.iter().flat_map(|range| self.actors_in(c, *range, true)) {
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
            let mut resolved = None;
            // nobody denies what he says himself
            let answered =
                self.out.claims.last().filter(|last| {
                    said.stance == Stance::Denial && last.sentence + 1 >= self.index
                });
            let besides = answered.map_or_else(Vec::new, |last| last.actors.clone());
            if actors.is_empty()
                && name.is_none()
                && let Some(named) = self.stood_for(c, memory, *first, &besides)
            {
                resolved = Some(Quote::cut(self.text, named.span));
                actors = named.actors;
            } else if name.is_some() || c.tag(last.end - 1) == Some(Tag::Name) {
                // whoever is quoted by name is who "he" is next
                let actors = actors.clone();
                memory.person = Some(Named { span: speaker.span(), actors });
            }
            let answers = self.denied(said.stance, said.content, &actors);
            self.out.claims.push(Claim {
                id: self.id("claim", said.content, turn),
                sentence: self.index,
                quote: Quote::cut(self.text, said.content),
                standing: self.one.standing,
                speaker: Some(speaker),
                actors,
                resolved,
                cue: Quote::cut(self.text, cue),
                answers,
                speech: said.speech,
                stance: said.stance,
                rule: said.rule.to_owned(),
            });
        }
    }
}

/// A reversed event is known only once all are read; here the pairs are already linked and need no
/// more than order.
pub(crate) fn link_undone(events: &mut [Event]) {
    events.sort_by_key(|e| (e.sentence, e.trigger.span(), e.quote.span()));
}
