//! Runs in which some processes do not see a change: they read another case of the same shape.
//!
//! A scenario changes numbers of a case; each process that reads them carries a part of the effect. A process that
//! goes on reading the base, in a world where all others read the scenario, has its own path switched off: what the
//! others do still reaches it through the world. The starting state of the world and the weighing of sway are the
//! scenario's.

use std::collections::BTreeSet;

use crate::journal::Journal;
use crate::luck::Luck;
use crate::model::{Drawn, Model};
use crate::process::formation::Regard;
use crate::process::{Process, StepError};
use crate::pulls::Strengths;
use crate::world::World;

/// One process of a run, with what it reads.
pub(crate) struct Step<'m> {
    pub process: &'m dyn Process,
    /// The case it reads, where that is not the run's own.
    pub elsewhere: Option<Box<Elsewhere<'m>>>,
}

/// Another case, drawn, and what is kept of its network between steps.
pub(crate) struct Elsewhere<'m> {
    model: &'m Model<'m>,
    drawn: Drawn,
    strengths: Strengths,
    regard: Regard,
}

impl Elsewhere<'_> {
    fn swap(&mut self, world: &mut World) {
        std::mem::swap(&mut self.drawn, &mut world.drawn);
        std::mem::swap(&mut self.strengths, &mut world.strengths);
        world.states.formation.exchange(&mut self.regard);
    }
}

/// Processes that do not see what tells a case from another.
#[derive(Debug, Clone, Copy)]
pub struct Blind<'b> {
    /// The case they read, which must be of the same shape ([`Model::other_shape`]).
    pub other: &'b Model<'b>,
    /// Their names.
    pub processes: &'b [&'b str],
}

impl<'m> Step<'m> {
    /// The steps of a model; those of the blind read their own case, drawn under the same luck.
    pub fn all(model: &'m Model<'m>, luck: Luck, blind: Option<&Blind<'m>>) -> Vec<Self> {
        let step = |(at, own): (usize, &'m dyn Process)| {
            let blind = blind.filter(|b| b.processes.contains(&own.name()));
            let others = blind.and_then(|b| Some((b.other, b.other.processes.get(at)?)));
            let Some((other, others)) = others else {
                return Step { process: own, elsewhere: None };
            };
            let drawn = other.draw(luck);
            let elsewhere = Elsewhere {
                model: other,
                strengths: Strengths::of(&other.network, &drawn),
                drawn,
                regard: Regard::default(),
            };
            Step { process: &**others, elsewhere: Some(Box::new(elsewhere)) }
        };
        model.processes.iter().map(|p| &**p).enumerate().map(step).collect()
    }

    pub fn take(
        &mut self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let Some(elsewhere) = &mut self.elsewhere else {
            return self.process.step(model, world, luck, journal);
        };
        elsewhere.swap(world);
        let taken = self.process.step(elsewhere.model, world, luck, journal);
        elsewhere.swap(world);
        taken
    }
}

impl Model<'_> {
    /// Why a process of this model cannot read the other's case: places in lists would not mean the same. None if it
    /// can.
    #[must_use]
    pub fn other_shape(&self, other: &Model<'_>) -> Option<String> {
        let paths =
            |m: &Model<'_>| m.case.beliefs.iter().map(|b| b.path.clone()).collect::<Vec<_>>();
        let (a, b) = (paths(self), paths(other));
        if a != b {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) =
                (a.into_iter().collect(), b.into_iter().collect());
            let only = a.symmetric_difference(&b).next();
            return Some(only.map_or_else(
                || "their estimates stand in another order".to_owned(),
                |path| format!("only one of them has {path}"),
            ));
        }
        let names = |m: &Model<'_>| m.processes.iter().map(|p| p.name()).collect::<Vec<_>>();
        let same = self.start == other.start
            && self.end == other.end
            && self.case.likeness() == other.case.likeness()
            && self.lists == other.lists
            && self.patrons == other.patrons
            && names(self) == names(other);
        (!same).then(|| "one of them has entries that the other has not".to_owned())
    }
}
