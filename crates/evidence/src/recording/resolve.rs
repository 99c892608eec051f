//! Who a phrase names or stands for.

use super::Into;
use super::phrases::{is_chamber, is_of_nation, is_organ};
use crate::antecedents::{Memory, Named, Stands, is_somebody, listed};
use crate::chunks::{Clauses, Range};
use crate::mentions::Found;
use crate::records::{Form, Role, Sense};
use crate::span::Quote;
use crate::words::{Tag, singular, words};

impl Into<'_> {
    /// The parts of phrases; `besides` are the actors on the other side.
    pub(super) fn roles(
        &self,
        c: &Clauses<'_>,
        memory: &Memory,
        (ranges, besides): (&[Range], &[String]),
        acting: bool,
    ) -> Vec<Role> {
        ranges
            .iter()
            .filter_map(|range| {
                let bare = c.bare(c.with_title(*range));
                let mut role = Role {
                    quote: Quote::cut(self.text, c.span(bare)?),
                    actors: self.actors_in(c, bare, acting),
                    antecedent: None,
                };
                let whole = self.whole_of(c, *range).filter(|_| role.actors.is_empty());
                if let Some(whole) = whole {
                    role.actors = self.actors_in(c, whole, acting);
                    // "students of the island" do not act for it, its soldiers do
                    let own = is_organ(c, *range, range.first);
                    role.actors.retain(|id| !acting || own || !self.is_state(id));
                    if !role.actors.is_empty() {
                        let all = Range { first: bare.first, end: whole.end };
                        role.quote = Quote::cut(self.text, c.span(all)?);
                    }
                }
                if let Some(name) = c.apposed_name(*range) {
                    let named = self.actors_in(c, name, acting);
                    if !named.is_empty() {
                        role = Role {
                            quote: Quote::cut(self.text, c.span(name)?),
                            actors: named,
                            antecedent: None,
                        };
                    }
                }
                if role.actors.is_empty()
                    && let Some(named) = self.stood_for(c, memory, *range, besides)
                {
                    role.antecedent = Some(Quote::cut(self.text, named.span));
                    role.actors = named.actors;
                }
                Some(role)
            })
            .collect()
    }

    /// What a pronoun or short form is resolved to.
    pub(super) fn stood_for(
        &self,
        c: &Clauses<'_>,
        memory: &Memory,
        range: Range,
        besides: &[String],
    ) -> Option<Named> {
        match memory.stands_for(c, range) {
            Stands::Here(other) => {
                let other = c.bare(c.with_title(other));
                let named = Named { span: c.span(other)?, actors: self.actors_in(c, other, true) };
                let person =
                    |id: &String| self.lexicon.actors.iter().any(|a| a.id == *id && a.is_person());
                let unknown = named.actors.is_empty()
                    && (c.tag(other.end - 1) == Some(Tag::Name) || is_somebody(c, other));
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
            Stands::Organ => self.state_of(c, memory, range, besides),
            Stands::Before(named) => Some(named),
            Stands::Writer => memory.issuer.clone(),
            Stands::Nobody => self.holder(c, memory, range),
        }
    }

    /// A heading may say in whose name the document speaks: "Statement of the General Staff of".
    pub(crate) fn issuer(&self, memory: &mut Memory) {
        let speaks = |t: &crate::tokens::Token| {
            matches!(t.folded.as_str(), "communique" | "statement" | "declaration" | "bulletin")
        };
        let said = self.one.tokens.iter().position(speaks);
        let by = said.and_then(|at| self.one.found.iter().rfind(|f| f.tokens.0 > at));
        let actor = by.and_then(|f| self.lexicon.actors.get(f.actor).map(|a| (f.span, a)));
        if let (Some((span, actor)), None) = (actor, &memory.issuer) {
            memory.issuer = Some(Named { span, actors: vec![actor.id.clone()] });
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
        let near = self.states_here();
        if !near.is_empty() {
            memory.near = Some((self.one.paragraph, near));
        }
        // whoever is quoted by name in the sentence is "she" before whoever is only named
        let quoted =
            self.out.claims.iter().rev().take_while(|c| c.sentence == self.index).any(|c| {
                memory
                    .person
                    .as_ref()
                    .is_some_and(|p| c.speaker.as_ref().map(Quote::span) == Some(p.span))
            });
        if person.is_some() {
            memory.person = person;
        } else if let Some(span) = self.titled().filter(|_| !quoted) {
            memory.person = Some(Named { span, actors: Vec::new() });
        }
        if let Some(last) = self.out.events.last().filter(|e| e.sentence == self.index)
            && let Some(role) = last.sources.iter().find(|r| !r.actors.is_empty())
        {
            let span = role.antecedent.as_ref().unwrap_or(&role.quote).span();
            let actors = last.sources.iter().flat_map(|r| r.actors.clone()).collect();
            memory.acting = Some((Named { span, actors }, self.index));
        }
        let state = |id: &&String| self.lexicon.actors.iter().any(|a| a.id == **id && a.is_state());
        let here = self.out.events.iter().rev().take_while(|e| e.sentence == self.index);
        for role in here.flat_map(|e| &e.sources) {
            if let Some(id) = role.actors.iter().find(state) {
                let span = role.antecedent.as_ref().unwrap_or(&role.quote).span();
                let named = Named { span, actors: vec![id.clone()] };
                match &mut memory.acted {
                    Some((at, list)) if *at == self.one.paragraph => {
                        if !list.iter().any(|known| known.actors == named.actors) {
                            list.push(named.clone());
                        }
                    }
                    _ => memory.acted = Some((self.one.paragraph, vec![named.clone()])),
                }
                memory.acting_state = Some(named);
            }
        }
    }

    /// The first person of the sentence named behind an office: "Environment Minister Nia Brandt".
    fn titled(&self) -> Option<crate::span::Span> {
        let (tokens, tags) = (&self.one.tokens, &self.one.tags);
        let name = |i: usize| {
            tags.get(i) == Some(&Tag::Name) && !words().titles.contains(tokens[i].folded.as_str())
        };
        (1..tokens.len()).find_map(|i| {
            let office = words().titles.contains(tokens[i - 1].folded.as_str());
            let end = (i..tokens.len()).find(|j| !name(*j)).unwrap_or(tokens.len());
            let body = (i..end).any(|j| words().institutions.contains(tokens[j].folded.as_str()));
            (office && end > i && end - i <= 4 && !body)
                .then(|| tokens[i].span.join(tokens[end - 1].span))
        })
    }

    /// "Members of the front", "two saboteurs of the league": the body they belong to; never the one
    /// they are against.
    fn whole_of(&self, c: &Clauses<'_>, range: Range) -> Option<Range> {
        let head = singular(c.word(range.end.checked_sub(1)?));
        let against = listed("apart", &head);
        let named = c.tag(range.end - 1) == Some(Tag::Name);
        let whole = c.phrase_at(range.end + 1)?;
        (c.word(range.end) == "of" && !against && !named && whole.first <= range.end + 2)
            .then_some(whole)
    }

    fn is_state(&self, id: &str) -> bool {
        self.lexicon.actors.iter().any(|a| a.id == id && a.is_state())
    }

    /// Who holds an office on the day of the document: "the prime minister".
    fn holder(&self, c: &Clauses<'_>, memory: &Memory, range: Range) -> Option<Named> {
        let title = (range.first..range.end)
            .map(|i| c.word(i))
            .filter(|w| !matches!(*w, "the" | "then" | "current"))
            .collect::<Vec<_>>()
            .join(" ");
        let day = self.out.document.date.as_ref().map(|d| d.date)?;
        let state = memory.acting_state.as_ref().or(match memory.states.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        let holds = |a: &&crate::lexicon::LexiconActor| {
            a.roles.iter().any(|r| {
                let of = r.of.as_ref().is_none_or(|of| {
                    state.is_some_and(|s| s.actors.contains(of))
                        || self.in_phrase(c, range).is_some_and(|id| id == *of)
                });
                of && r.title.to_lowercase() == title && r.holds(day)
            })
        };
        let mut holders = self.lexicon.actors.iter().filter(holds);
        match (holders.next(), holders.next()) {
            (Some(one), None) => Some(Named { span: c.span(range)?, actors: vec![one.id.clone()] }),
            _ => None,
        }
    }

    fn in_phrase(&self, c: &Clauses<'_>, range: Range) -> Option<String> {
        self.actors_in(c, range, false).into_iter().next()
    }

    /// Actors a phrase names, the one at its head first. A nation's adjective counts only before a
    /// word for its state: "Veslan troops" are Vesla's, "Veslan militias" are not.
    pub(super) fn actors_in(&self, c: &Clauses<'_>, range: Range, acting: bool) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let inside = self.one.found.iter().rev().filter(|f| {
            // a name may bring its article: "the Harbour Front"
            let article = f.tokens.0 + 1 == range.first
                && f.tokens.1 > range.first
                && c.tag(f.tokens.0) == Some(Tag::Det);
            (f.tokens.0 >= range.first || article) && f.tokens.1 <= range.end
        });
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
            // whoever is hit hits a nation in its people and things; to act for it takes an organ
            // a former minister speaks for himself
            let past = acting
                && (range.first.saturating_sub(1)..found.tokens.0).any(|i| {
                    matches!(c.word(i), "former" | "ex" | "retired" | "exiled" | "ousted")
                });
            if past && !head {
                continue;
            }
            let for_it = |from| is_organ(c, range, from) || !acting && is_of_nation(c, range, from);
            if !head && state && !for_it(found.tokens.1) {
                continue;
            }
            if let Some(actor) = lexical.filter(|a| !out.contains(&a.id)) {
                out.push(actor.id.clone());
            }
        }
        out
    }
}
