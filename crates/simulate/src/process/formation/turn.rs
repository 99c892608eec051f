//! One step in hand: what it reads, and the state it is about to set.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{NAME, Progress};
use crate::journal::{EntryId, Journal};
use crate::luck::{Luck, Name, Who};
use crate::model::{BeliefId, ListId, Model};
use crate::process::StepError;
use crate::world::{Seats, Sitting, World};

/// One step in hand: what it reads, and the state it is about to set.
pub(crate) struct Turn<'t, 'c> {
    pub model: &'t Model<'c>,
    pub world: &'t World,
    pub seats: &'t Seats,
    pub luck: Luck,
    pub journal: &'t Journal,
    pub state: Progress,
    /// The entry last written in this step, a cause of the next one.
    pub last: Option<EntryId>,
}

impl Turn<'_, '_> {
    pub fn belief(&self, id: BeliefId) -> f64 {
        self.world.drawn.get(self.journal, id)
    }

    pub fn fault(&self, error: &dyn std::fmt::Display) -> StepError {
        StepError { process: NAME, fault: error.to_string() }
    }

    /// Writes an entry; the one before it in this step is among its causes.
    pub fn tell(&mut self, what: impl FnOnce(&Self) -> String) {
        self.journal.follow(self.last);
        self.last = self.journal.note(self.world.day, NAME, || what(self));
    }

    /// Keeps what became of a sitting of the stage in hand, one of `stages`.
    pub fn sat(&mut self, stages: usize, present: u32, votes: Option<u32>) {
        let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        self.state.sittings.resize(stages, None);
        let Some(kept) = self.state.sittings.get_mut(self.state.done) else { return };
        let first = Sitting { present: narrow(present), ..Sitting::default() };
        let sitting = kept.get_or_insert(first);
        sitting.held = sitting.held.saturating_add(1);
        sitting.votes = votes.map(narrow);
    }

    /// The nominee failed.
    pub fn close(&mut self, nominee: usize) {
        self.state.nominee = None;
        self.state.failed.push(nominee);
        self.state.closed.push(nominee);
    }

    pub fn held(&self, lists: &[ListId]) -> u32 {
        lists.iter().map(|l| self.seats.lists[*l]).sum()
    }

    /// The votes that lists bring when a share of their members is there and loyal.
    pub fn votes(&self, lists: &[ListId], share: f64) -> u32 {
        (f64::from(self.held(lists)) * share) as u32
    }

    pub fn names(&self, lists: &[ListId]) -> String {
        let mut lists = lists.to_vec();
        lists.sort_by_key(|l| (std::cmp::Reverse(self.seats.lists[*l]), *l));
        let names: Vec<&str> = lists.iter().map(|l| self.model.label(*l)).collect();
        names.join(", ")
    }

    pub fn bloc_name(&self) -> &str {
        match (self.state.umbrella, self.state.bloc.first()) {
            (Some(actor), _) => self.model.case.actors[actor].label(),
            (None, Some(list)) => self.model.label(*list),
            (None, None) => "nobody",
        }
    }

    /// What a list makes of a candidate once everybody has pulled.
    pub fn liking(&self, list: ListId, candidate: usize) -> f64 {
        self.world
            .states
            .formation
            .regard
            .minds
            .get(self.journal)
            .as_ref()
            .map_or(0.0, |minds| minds.of(list, candidate))
    }

    /// What sanctions on a list cost those who share offices with it.
    pub fn burden(&self, list: ListId) -> f64 {
        *self.world.states.sanctions.burden(self.model.lists[list]).get(self.journal)
    }

    /// A number for this try of the stage in hand. It hangs on the stage, on how many nominees have failed and on the
    /// try, not on the day: what only moves a date deals nobody other luck.
    pub fn uniform(&self, name: Name, who: Who) -> f64 {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (stage, round) = (short(self.state.done), short(self.state.failed.len()));
        self.numbered(name.nth(stage).nth(round).nth(self.state.tries), who)
    }

    /// A number that hangs on nothing but its name.
    pub fn numbered(&self, name: Name, who: Who) -> f64 {
        let dealt = self.seats.elected.unwrap_or(self.model.start);
        self.luck.uniform(self.journal, dealt, name, who)
    }

    /// A number that hangs on nothing but its name and may be looked at again.
    pub fn unseen(&self, name: Name, who: Who) -> f64 {
        let dealt = self.seats.elected.unwrap_or(self.model.start);
        self.luck.again(self.journal, dealt, name, who)
    }

    /// Whether something of this probability happens in this try.
    pub fn happens(&self, name: Name, who: Who, p: f64) -> bool {
        self.uniform(name, who) < p
    }

    /// Logit choice by one named number.
    pub fn choose(&self, utility: &[f64], precision: f64, name: Name) -> Result<usize, StepError> {
        use theory::coalition::quantal_choice::{choose, probabilities};
        let p = probabilities(utility, precision).map_err(|e| self.fault(&e))?;
        let u = self.uniform(name, Who::ALL);
        choose(&p, u).map_err(|e| self.fault(&e))
    }
}

/// A day some days later, at least one.
pub(super) fn later(day: Date, days: f64) -> Date {
    day.saturating_add((days.round().clamp(1.0, 100_000.0) as i64).days())
}
