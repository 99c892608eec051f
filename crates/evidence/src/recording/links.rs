//! Events that answer or take back others.

use super::Into;
use crate::events::Undoing;
use crate::records::{Claim, Class, Event, Role, Stance};
use crate::span::Span;
use crate::words::singular;

/// Sentences back in which a reversal finds what it takes back.
const NEAR: usize = 2;
/// Sentences back where the noun names the kind of event and the two share an actor.
const FAR: usize = 12;

impl Into<'_> {
    /// Who rejects "the accusation" rejects whoever made it: the source of the last such event in
    /// the two sentences before. Gives that event's id.
    pub(super) fn answered(&self, recipients: &mut Vec<Role>) -> Option<String> {
        let known = recipients.iter().any(|r| !r.actors.is_empty());
        let said: &[Class] = recipients.iter().find_map(|r| {
            let head = r.quote.text().split_whitespace().next_back().unwrap_or("").to_lowercase();
            match singular(&head).as_str() {
                "accusation" | "allegation" | "charge" | "criticism" | "claim" => {
                    Some(&[Class::Accuse][..])
                }
                "demand" | "call" | "request" | "appeal" => Some(&[Class::Request][..]),
                "offer" | "proposal" | "plan" | "initiative" => {
                    Some(&[Class::Agree, Class::Request][..])
                }
                "threat" | "warning" | "ultimatum" => Some(&[Class::Threaten][..]),
                _ => None,
            }
        })?;
        let near = |e: &&Event| {
            let accused = e.class == Class::Accuse && e.sentence == self.index;
            said.contains(&e.class) && e.sentence + 2 >= self.index && (!known || accused)
        };
        let recent = self.out.events.iter().rev().take_while(|e| e.sentence + NEAR >= self.index);
        let earlier = recent.into_iter().find(near)?;
        if !known && !earlier.sources.is_empty() {
            recipients.clone_from(&earlier.sources);
        }
        Some(earlier.id.clone())
    }

    /// "The ministry disputed that": the last claim of somebody else, in the two sentences before.
    pub(super) fn denied(
        &self,
        stance: Stance,
        content: Span,
        actors: &[String],
    ) -> Option<String> {
        let words = content.of(self.text).to_lowercase();
        let list: Vec<&str> = words.split_whitespace().collect();
        let points = match list.as_slice() {
            ["that" | "this" | "it"] => true,
            [.., head] if list.len() <= 4 => matches!(
                singular(head.trim_end_matches(['.', ',', '"', '”'])).as_str(),
                "claim"
                    | "report"
                    | "accusation"
                    | "allegation"
                    | "figure"
                    | "charge"
                    | "statement"
                    | "account"
                    | "assertion"
                    | "version"
            ),
            _ => false,
        };
        if stance != Stance::Denial || !points {
            return None;
        }
        let fits = |c: &&Claim| {
            // in the same sentence what is denied stands before: ", a claim the army denied"
            (c.sentence < self.index || c.quote.span().end() < content.start())
                && c.sentence + 2 >= self.index
                && c.stance != Stance::Denial
                && (actors.is_empty() || c.actors.iter().all(|a| !actors.contains(a)))
        };
        let recent = self.out.claims.iter().rev().take_while(|c| c.sentence + NEAR >= self.index);
        recent.into_iter().find(fits).map(|c| c.id.clone())
    }

    /// The event that a reversal takes back: the last before it that is of the named kind, near it
    /// or with an actor in common. A reversal that names no recipient has those of what it
    /// takes back; who reverses is left open where it is not said.
    pub(super) fn undone(
        &self,
        undoing: Undoing,
        trigger: Span,
        sources: &[Role],
        recipients: &mut Vec<Role>,
    ) -> Option<usize> {
        let named = !undoing.classes.is_empty();
        let fits = |e: &&Event| {
            let back = self.index.saturating_sub(e.sentence);
            let before = e.trigger.span().end() <= trigger.start();
            let kind = if named {
                undoing.classes.contains(&e.class)
                    || e.declares.is_some_and(|d| undoing.classes.contains(&d))
            } else {
                !matches!(e.class, Class::Accuse | Class::Request | Class::Support | Class::Consult)
            };
            let stands = e.is_fact() || e.declares.is_some() || e.future && !e.negated;
            let free = e.undone_by.is_none() || undoing.resumes;
            before && kind && stands && free && back <= if named { FAR } else { NEAR }
        };
        let reach = |i: &usize| self.out.events[*i].sentence + FAR >= self.index;
        let recent = (0..self.out.events.len()).rev().take_while(reach);
        let at = recent.into_iter().find(|i| {
            let e = &self.out.events[*i];
            if !fits(&e) {
                return false;
            }
            if undoing.frees {
                let taken = matches!(e.mode.as_deref(), Some("abduct" | "torture"))
                    || e.class == Class::Coerce;
                return taken && shared(recipients, &e.recipients) == Some(true);
            }
            let same = shared(sources, &e.sources);
            let met = same.or(shared(recipients, &e.recipients));
            let back = self.index - e.sentence;
            // "the decision" alone may be anybody's: the same must have made it, or nobody is said to
            // reverse it
            if !named {
                let written = |roles: &[Role]| {
                    roles.iter().map(|r| r.quote.text().to_lowercase()).collect::<Vec<_>>()
                };
                let subject = !sources.is_empty() && written(sources) == written(&e.sources);
                let unsaid =
                    sources.is_empty() && (back == 0 || back == 1 && e.class != Class::Agree);
                let it = undoing.pronoun && back <= 1;
                return same == Some(true) || subject || unsaid || it;
            }
            // far back, a common actor must speak for it; near, none may speak against it
            if back > NEAR { met == Some(true) } else { same != Some(false) || met == Some(true) }
        })?;
        let earlier = &self.out.events[at];
        if recipients.iter().all(|r| r.actors.is_empty()) {
            recipients.clone_from(&earlier.recipients);
        }
        Some(at)
    }
}

/// Whether two parts have an actor in common; none where either names nobody known.
fn shared(a: &[Role], b: &[Role]) -> Option<bool> {
    let ids = |roles: &[Role]| roles.iter().flat_map(|r| r.actors.clone()).collect::<Vec<_>>();
    let (a, b) = (ids(a), ids(b));
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}
