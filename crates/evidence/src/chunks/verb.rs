//! The words around a main verb: voice, tense, negation.

use super::{Clauses, VerbGroup};
use crate::words::{Tag, words};

impl Clauses<'_> {
    /// The verb group whose main verb is at `main`.
    pub(crate) fn verb_group(&self, main: usize) -> VerbGroup {
        let mut group = VerbGroup { first: main, ..VerbGroup::default() };
        let form = words().verbs.get(self.word(main));
        let (mut be, mut have, mut i) = (false, false, main);
        while i > 0 {
            let before = i - 1;
            match self.tag(before) {
                Some(Tag::Adv) => {}
                Some(Tag::Neg) => group.negated = true,
                Some(Tag::Be) => {
                    if group.infinitive && self.word(main) != "be" {
                        group.future = true; // "is to visit"
                    }
                    be = true;
                }
                Some(Tag::Have) => have = true,
                Some(Tag::Do) => {}
                Some(Tag::Modal) => {
                    if matches!(self.word(before), "will" | "shall") {
                        group.future = true
                    } else {
                        group.modal = true
                    }
                }
                Some(Tag::To) if !group.infinitive && i == group.first => group.infinitive = true,
                Some(Tag::Verb) if group.infinitive && self.word(before) == "going" => {
                    group.future = true
                }
                _ if self.dated.get(before).copied().unwrap_or(false) && before > 0 => {}
                _ if self.is_quote(before) => {}
                _ => break,
            }
            i = before;
            if matches!(
                self.tag(before),
                Some(Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::To | Tag::Neg)
            ) {
                group.first = before;
            }
            if main - i > 10 {
                break;
            }
        }
        // "to tighten the rules and impose a toll": the second infinitive goes without its "to"
        let plain = form.is_some_and(|f| f.base && !f.past);
        if plain && group.first == main && main > 1 && matches!(self.word(main - 1), "and" | "or") {
            let earlier = self.verb_before(main - 1);
            group.infinitive = earlier.is_some_and(|v| {
                v > 0 && self.tag(v - 1) == Some(Tag::To)
                    || v > 1
                        && self.tag(v - 1) == Some(Tag::Adv)
                        && self.tag(v - 2) == Some(Tag::To)
            });
        }
        let participle = form.is_some_and(|f| f.participle);
        if participle && !be && !have && group.first == main {
            // "has once again outright refused": words the classes do not know stand between
            let near = (main.saturating_sub(4)..main).rev();
            let parted = near.clone().find(|j| matches!(self.tag(*j), Some(Tag::Have | Tag::Be)));
            let open =
                |j: usize| matches!(self.tag(j), Some(Tag::Adv | Tag::Noun | Tag::Sub | Tag::Neg));
            if let Some(at) = parted.filter(|at| at + 1 < main && (at + 1..main).all(open)) {
                (group.first, have) = (at, self.tag(at) == Some(Tag::Have));
                be = !have;
            }
        }
        let ing = form.is_some_and(|f| f.ing);
        group.passive = be && participle && !ing;
        group.perfect = have;
        group.gerund = ing && !be;
        if participle && !be && !have && group.first == main && main > 0 {
            let after_noun = matches!(self.tag(main - 1), Some(Tag::Noun | Tag::Name | Tag::Adj))
                || self.tag(main - 1) == Some(Tag::Punct);
            // "dissolved on 3 May by the court"
            let by = (main + 1..main + 9).find(|i| !self.skips(*i));
            group.reduced = after_noun && by.is_some_and(|i| self.word(i) == "by");
            group.passive |= group.reduced;
        }
        // "Shelled at night by the front, the village burned"
        if participle && !ing && main == 0 && !self.opening_subject(0).is_empty() {
            group.reduced = (1..9).take_while(|i| !self.is_break(*i)).any(|i| self.word(i) == "by");
            group.passive |= group.reduced;
        }
        group
    }

    /// Whether the form at `i`, which might be past, is a participle behind its noun: "targets linked
    /// to the front", where the clause has its verb already.
    pub(crate) fn is_reduced(&self, i: usize) -> bool {
        let form = words().verbs.get(self.word(i));
        let participle = self.tag(i) == Some(Tag::Verb)
            && form.is_some_and(|f| f.participle && !f.third && !f.ing);
        let behind = i > 0 && matches!(self.tag(i - 1), Some(Tag::Noun | Tag::Name | Tag::Num));
        let goes_on = matches!(self.tag(i + 1), Some(Tag::Prep | Tag::To | Tag::Adv));
        if !participle || !behind || !goes_on {
            return false;
        }
        let parts = |j: &usize| {
            self.is_break(*j)
                || matches!(self.tag(*j), Some(Tag::Sub | Tag::Conj))
                || matches!(self.word(*j), "who" | "which" | "that")
        };
        let own = (0..i).rev().take_while(|j| !parts(j)).find(|j| self.is_finite(*j));
        // "said troops moved on the town": what is said has a verb of its own
        own.is_some_and(|v| {
            self.word(i + 1) == "by"
                || !matches!(
                    words().lemma(self.word(v)),
                    "say" | "claim" | "believe" | "report" | "think" | "insist" | "deny" | "add"
                )
        })
    }

    /// Whether a finite verb stands at `i`.
    pub(crate) fn is_finite(&self, i: usize) -> bool {
        match self.tag(i) {
            Some(Tag::Be | Tag::Modal | Tag::Do) => true,
            Some(Tag::Have) => true,
            Some(Tag::Verb) => {
                let form = words().verbs.get(self.word(i));
                let before = i.checked_sub(1).and_then(|b| self.tag(b));
                form.is_some_and(|f| (f.past || f.third || f.base) && !f.ing)
                    && before != Some(Tag::To)
            }
            _ => false,
        }
    }
}
