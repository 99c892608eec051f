//! Sway as a run moves it: measured where a step reads it, it is sampled or a story is told.

use crate::journal::{Journal, Known};
use crate::model::Model;
use crate::power::Power;
use crate::process::StepError;
use crate::world::World;

/// The change in sway that gets an entry.
const WORTH_TELLING: f64 = 0.01;

/// What measuring sway by the week remembers.
pub(crate) struct Weigher {
    quota: u32,
    /// Whether the house weighed last is a new one; none before the first time.
    new: Option<bool>,
    power: Power,
    factors: Vec<f64>,
    /// Sway as last told.
    told: Vec<f64>,
}

impl Weigher {
    /// None where nothing moves, or the case has no such body.
    pub fn of(model: &Model<'_>) -> Option<Self> {
        let case = model.case;
        let body = case.bodies.iter().find(|b| b.id.get_ref() == case.head.body.get_ref())?;
        model.moves().then(|| Self {
            quota: *body.quota.get_ref(),
            new: None,
            power: Power::default(),
            factors: Vec::new(),
            told: Vec::new(),
        })
    }

    /// Whether another house counts than the one weighed last.
    pub fn outdated(&self, world: &World) -> bool {
        self.new != Some(world.elects && world.states.election.assembly().peek().is_some())
    }
}

impl Model<'_> {
    /// Measures sway over the case's body as the network stands, and tells of it when somebody's
    /// has moved enough. What counts is the house that forms the next government: the new one from
    /// the day it is elected, until then the sitting one.
    pub(crate) fn weigh(
        &self,
        weigher: &mut Weigher,
        world: &mut World,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let factors = world.ties.iter().map(|t| *t.peek());
        let new = world.elects && world.states.election.assembly().peek().is_some();
        let same =
            !weigher.outdated(world) && factors.clone().zip(&weigher.factors).all(|(a, b)| a == *b);
        if same {
            return Ok(());
        }
        let _reads = journal.scope();
        weigher.factors.clear();
        weigher.factors.extend(factors);
        if weigher.new != Some(new) {
            weigher.new = Some(new);
            // Who counts is now counted in another house: what patrons follow is measured from here
            // on.
            world.sway.another_house();
            weigher.power =
                match (world.states.election.assembly().get(journal), &self.sitting_power) {
                    (Some(seats), _) if new => Power::of(self, seats, weigher.quota)
                        .map_err(|e| StepError { process: "sway", fault: e.to_string() })?,
                    (_, sitting) => sitting.clone().unwrap_or_default(),
                };
        }
        let sway = world.pulls(&self.network, journal, "sway")?.sway(&weigher.power.members);
        let moved = crate::quantity::focus(self)
            .filter_map(|a| Some((a, *weigher.told.get(a)?, sway[a])))
            .max_by(|a, b| (a.1 - a.2).abs().total_cmp(&(b.1 - b.2).abs()))
            .filter(|(_, before, now)| (before - now).abs() >= WORTH_TELLING);
        let mut by = world.sway.now().set_by();
        if let Some((actor, before, now)) = moved {
            by = journal.note(world.day, "sway", || {
                let label = self.case.actors[actor].label();
                format!("Sway of {label}: {:.1} %, from {:.1} %", 100.0 * now, 100.0 * before)
            });
            journal.known(by, Known::Nobody);
        }
        if moved.is_some() || weigher.told.is_empty() {
            weigher.told.clone_from(&sway);
        }
        world.sway.measured(sway, by);
        Ok(())
    }

    /// Adds the sway of those in focus and what processes let be followed to a run's course.
    pub(crate) fn sample(&self, world: &World, course: &mut Vec<f32>) {
        let sway = world.sway.now().peek();
        course.extend(crate::quantity::focus(self).map(|a| sway.get(a).map_or(0.0, |s| *s as f32)));
        self.processes.iter().for_each(|p| p.follow(self, world, course));
    }
}
