//! Whose "the government", "the army", "the parliament" is: the state's that was named last, by the order of the text.
//!
//! The nearest place that names a state decides: the sentence before the phrase, else the nearest sentence before it in
//! the paragraph, else the state the document is mostly about. Whoever acts on the body or speaks of it does not
//! mean his own. Where two states stand equally near, it is nobody's rather than a guess.

use super::Into;
use crate::antecedents::{Memory, Named};
use crate::chunks::{Clauses, Range};
use crate::mentions::Found;
use crate::records::Sense;
use crate::words::Tag;

/// A state as a sentence names it.
#[derive(Clone)]
pub(crate) struct Near {
    pub(crate) named: Named,
    /// Named as somebody, and not only as whose something else is.
    pub(crate) itself: bool,
}

impl Near {
    fn is(&self, id: &str) -> bool {
        self.named.actors.iter().any(|a| a == id)
    }
}

impl Into<'_> {
    /// The state that the body of a phrase is of; `besides` are actors that stand on the other side.
    pub(super) fn state_of(
        &self,
        c: &Clauses<'_>,
        memory: &Memory,
        range: Range,
        besides: &[String],
    ) -> Option<Named> {
        if matches!(c.word(range.end), "of" | "in" | "at") {
            let named = |f: &&Found| (range.end + 1..=range.end + 2).contains(&f.tokens.0);
            if let Some(whose) = self.states().find(named).and_then(|f| self.near(f)) {
                return Some(whose.named);
            }
            let at = range.end + 1 + usize::from(c.tag(range.end + 1) == Some(Tag::Det));
            if c.word(range.end) == "of" && c.tag(at) == Some(Tag::Name) {
                return None;
            }
        }
        let here = gathered(
            self.states().filter(|f| f.tokens.1 <= range.first).filter_map(|f| self.near(f)),
        );
        let paragraph = self.one.paragraph;
        let (in_paragraph, before): (&[Near], &[Near]) = match &memory.near {
            Some((at, near)) if *at == paragraph => (near, &[]),
            Some((_, near)) => (&[], near),
            None => (&[], &[]),
        };
        let home = memory.home.as_ref();
        let is_home = |near: &Near| home.is_some_and(|h| h.actors.iter().any(|id| near.is(id)));
        // "the Karstan border" names nobody who could be meant
        let counts = |near: &&Near| near.itself || is_home(near);
        let other = |near: &Near| {
            besides.iter().any(|id| near.is(id)) || self.means_another(c, near, range)
        };
        // whoever acts on it or speaks of it, and whoever stands on the other side, is not meant
        let nearest = [here.as_slice(), in_paragraph].into_iter().find_map(|list| {
            let left: Vec<&Near> = list.iter().filter(counts).filter(|near| !other(near)).collect();
            (!left.is_empty()).then_some(left)
        });
        let free = |h: &&Named| {
            !here.iter().any(|n| h.actors.iter().any(|id| n.is(id)) && other(n))
                && !h.actors.iter().any(|id| besides.contains(id))
        };
        let Some(nearest) = nearest else {
            let silent = here.is_empty() && !in_paragraph.iter().any(|near| counts(&near));
            // a paragraph that names no state goes on about the one that did all that was done in the last
            let acted = memory.acted.as_ref().filter(|_| silent).map(|(_, list)| list.as_slice());
            let only = acted.and_then(|list| if let [only] = list { Some(only) } else { None });
            let only = only.filter(|o| match home {
                Some(h) => h.actors == o.actors,
                None => !self.is_named_behind(range, &o.actors),
            });
            // and is about the document's own, unless another was named last
            let away = silent && !before.iter().filter(|near| near.itself).all(is_home);
            return only.or(home.filter(|_| !away)).filter(free).cloned();
        };
        match nearest[..] {
            [only] => {
                let behind = self.is_named_behind(range, &only.named.actors);
                (is_home(only) || !behind).then(|| only.named.clone())
            }
            _ => {
                let acts =
                    |h: &&Named| memory.acting_state.as_ref().is_some_and(|a| a.actors == h.actors);
                let among =
                    |h: &&Named| nearest.iter().any(|n| is_home(n) && h.actors == n.named.actors);
                home.filter(acts).filter(among).filter(free).cloned()
            }
        }
    }

    fn states(&self) -> impl Iterator<Item = &Found> {
        let state = |f: &&Found| self.lexicon.actors.get(f.actor).is_some_and(|a| a.is_state());
        self.one.found.iter().filter(state)
    }

    fn near(&self, found: &Found) -> Option<Near> {
        let actor = self.lexicon.actors.get(found.actor)?;
        let named = Named { span: found.span, actors: vec![actor.id.clone()] };
        Some(Near { named, itself: found.sense != Sense::Modifier })
    }

    /// The states of this sentence, by name and by what its phrases stand for.
    pub(super) fn states_here(&self) -> Vec<Near> {
        let by_name = self.states().filter_map(|f| self.near(f));
        let state = |id: &String| self.lexicon.actors.iter().any(|a| a.id == *id && a.is_state());
        let events = self.out.events.iter().rev().take_while(|e| e.sentence == self.index);
        let stood = events.flat_map(|e| e.sources.iter().chain(&e.recipients)).filter_map(|role| {
            let span = role.antecedent.as_ref()?.span();
            let id = role.actors.iter().find(|id| state(id))?;
            Some(Near { named: Named { span, actors: vec![id.clone()] }, itself: true })
        });
        gathered(by_name.chain(stood))
    }

    /// Whether a state named before the phrase does something to it or says something of it: "Karst
    /// urged the government", "Karst said that the army had fired". Not over an "and" or a comma: "Karst left, and
    /// the government said so".
    fn means_another(&self, c: &Clauses<'_>, near: &Near, range: Range) -> bool {
        let opens = range
            .first
            .checked_sub(2)
            .is_some_and(|i| c.is_break(i) || c.tag(i) == Some(Tag::Conj));
        let head = self.states().find(|f| f.span == near.named.span);
        let Some(head) = head.filter(|f| f.tokens.1 <= range.first && !opens) else { return false };
        let mut at = range.first;
        for _ in 0..4 {
            let Some(verb) = c.verb_before(at) else { return false };
            let subject = c.subject(&c.verb_group(verb));
            if subject.iter().any(|r| r.end == head.tokens.1) {
                return true;
            }
            at = verb;
        }
        false
    }

    /// Whether the sentence names the state behind the phrase as somebody else: "the army fired on Karstan
    /// soldiers".
    fn is_named_behind(&self, range: Range, state: &[String]) -> bool {
        self.states().any(|f| {
            let id = self.lexicon.actors.get(f.actor).map(|a| a.id.as_str());
            f.tokens.0 >= range.end && id.is_some_and(|id| state.iter().any(|s| s == id))
        })
    }
}

/// Each state once; named as somebody where it is so anywhere.
fn gathered(all: impl Iterator<Item = Near>) -> Vec<Near> {
    let mut out: Vec<Near> = Vec::new();
    for near in all {
        match out.iter_mut().find(|n| n.named.actors == near.named.actors) {
            Some(known) => {
                known.itself |= near.itself;
                known.named.span = near.named.span;
            }
            None => out.push(near),
        }
    }
    out
}
