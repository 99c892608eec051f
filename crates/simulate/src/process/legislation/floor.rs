//! One step in hand: what it reads, and how a decision is written down.

use super::NAME;
use super::Passage;
use super::measure::Measure;
use crate::journal::Journal;
use crate::luck::Luck;
use crate::model::{BeliefId, Model};
use crate::process::StepError;
use crate::pulls::Pulls;
use crate::world::World;

/// One step in hand.
pub(super) struct Floor<'f, 'c> {
    pub model: &'f Model<'c>,
    pub world: &'f mut World,
    pub luck: Luck,
    pub journal: &'f Journal,
}

impl Floor<'_, '_> {
    pub fn belief(&self, id: BeliefId) -> f64 {
        self.world.drawn.get(self.journal, id)
    }

    pub fn name(&self, measure: &Measure) -> &str {
        &self.model.case.bills[measure.at].name
    }

    /// The pulls of the week.
    pub fn pulls(&self) -> Result<Pulls<'_>, StepError> {
        self.world.pulls(&self.model.network, self.journal, NAME)
    }

    /// Where each actor stands on the measure's issue once everybody has pulled.
    pub fn settled(&self, measure: &Measure) -> Result<Vec<Option<f64>>, StepError> {
        let own: Vec<Option<(f64, f64)>> = (self.model.positions.iter().enumerate())
            .map(|(actor, p)| {
                let own = p.iter().find(|p| p.0 == measure.issue);
                let own = own.filter(|_| !self.world.mutes(actor));
                own.map(|p| (self.belief(p.1), self.belief(p.2)))
            })
            .collect();
        Ok(self.pulls()?.settled(&own))
    }

    /// Writes down what has become of a measure.
    pub fn decide(
        &mut self,
        measure: &Measure,
        passage: Passage,
        what: impl FnOnce(&str) -> String,
    ) {
        let by = self.journal.note(self.world.day, NAME, || what(self.name(measure)));
        self.world.states.legislation.bills[measure.at].set(passage, by);
        self.world.states.legislation.agenda[measure.at].set(None, by);
    }
}
