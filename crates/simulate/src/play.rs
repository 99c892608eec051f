//! A future played: one loop, whatever is asked of it.
//!
//! A run is a pure function of the case, the seed and the run's number. How far it is played, who
//! looks at it, whether it is told and what some processes read instead of the case are fields of
//! [`Play`]; none of them moves what a run comes to before it ends, but for what is read elsewhere.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Serialize;

use crate::blind::{Blind, Step};
use crate::journal::{Entry, Journal};
use crate::luck::Luck;
use crate::model::{Drawn, Model};
use crate::person::{Choice, Person};
use crate::process::StepError;
use crate::run::Outcome;
use crate::silence::Silence;
use crate::weigh::Weigher;
use crate::world::{Seats, World};

/// How far a run is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Until the assembly that forms the next government is elected.
    Assembly,
    /// Until a government has won confidence.
    Government,
    /// Until a day is over.
    Day(Date),
    /// To the window's end.
    End,
}

impl Until {
    fn reached(self, world: &World) -> bool {
        match self {
            Self::Assembly => world.states.election.assembly().peek().is_some(),
            Self::Government => world.states.formation.progress().peek().confidence.is_some(),
            Self::Day(day) => world.day >= day,
            Self::End => false,
        }
    }
}

/// Days on which somebody wants to see how a run stands. Looking changes no run.
pub struct Looks<'l> {
    /// The days, rising; several may be the same.
    pub days: &'l [Date],
    /// Gets the place of a day and what the run would come to if it ended with it, without a
    /// course.
    pub look: &'l mut (dyn FnMut(usize, &Outcome) + 'l),
}

impl std::fmt::Debug for Looks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looks").field("days", &self.days).finish_non_exhaustive()
    }
}

impl Looks<'_> {
    /// Shows the run as it stands on all days before `day` from place `next` on; returns the first
    /// not shown.
    fn before(&mut self, day: Date, next: usize, stands: &mut dyn FnMut() -> Outcome) -> usize {
        let due = self.days[next..].iter().take_while(|d| **d < day).count();
        if due > 0 {
            let outcome = stands();
            (next..next + due).for_each(|at| (self.look)(at, &outcome));
        }
        next + due
    }
}

/// One future to be played: [`Model::play`] gives the plain one, of which any field may be set
/// before it goes.
#[derive(Debug)]
pub struct Play<'p> {
    /// The case made ready.
    pub model: &'p Model<'p>,
    /// The seed.
    pub seed: u64,
    /// The run's number under the seed.
    pub run: u32,
    /// The values of the beliefs, so that what is not known and chance can be moved apart; none to
    /// draw them by the run's own luck.
    pub drawn: Option<Drawn>,
    /// How far: what an outcome says of what has come about by then is what the whole run says, and
    /// what it says of later things is not.
    pub until: Until,
    /// Whether the run is told.
    pub journal: bool,
    /// Who looks at it on the way.
    pub looks: Option<Looks<'p>>,
    /// Which processes do not see what tells this case from another.
    pub blind: Option<Blind<'p>>,
    /// Whose say is taken out of it.
    pub silence: Option<&'p Silence>,
    /// Who takes an actor's decisions in it.
    pub person: Option<Person>,
}

/// A run that was played.
#[derive(Debug, Clone, Serialize)]
pub struct Played {
    /// The run's number.
    pub run: u32,
    /// What it came to.
    pub outcome: Outcome,
    /// The assembly that forms the next government, if there was one by the end.
    #[serde(skip)]
    pub assembly: Option<Seats>,
    /// What happened and why; empty unless the run is told.
    pub journal: Vec<Entry>,
    /// What was put to the person who takes an actor's decisions, in order; empty without one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

impl Model<'_> {
    /// Future number `run` under a seed, to the window's end, untold.
    #[must_use]
    pub fn play(&self, seed: u64, run: u32) -> Play<'_> {
        Play {
            model: self,
            seed,
            run,
            drawn: None,
            until: Until::End,
            journal: false,
            looks: None,
            blind: None,
            silence: None,
            person: None,
        }
    }
}

impl Play<'_> {
    /// Plays it.
    ///
    /// # Errors
    /// If a process cannot take a step, or, where the run is told, drew one number twice.
    pub fn go(self) -> Result<Played, StepError> {
        let Self { model, seed, run, drawn, until, journal, mut looks, blind, silence, person } =
            self;
        let luck = Luck::new(seed, run);
        let journal = if journal { Journal::open() } else { Journal::closed() }.with(person);
        let mut steps = Step::all(model, luck, blind.as_ref());
        let drawn = drawn.unwrap_or_else(|| model.draw(luck));
        let mut world = World::start(model, drawn, silence);
        let mut next_week = model.start;
        let mut shown = 0;
        let mut weigher = Weigher::of(model);
        let mut course = Vec::new();
        if let Some(weigher) = &mut weigher {
            model.weigh(weigher, &mut world, &journal)?;
            model.sample(&world, &mut course);
        }
        while world.day < model.end && !until.reached(&world) {
            model.advance(&mut world, &mut next_week, &steps);
            if let Some(looks) = &mut looks {
                let mut stands = || model.outcome(&world, Vec::new());
                shown = looks.before(world.day, shown, &mut stands);
            }
            for step in &mut steps {
                // What was read without an entry to show for it is no cause of the next process's
                // entries.
                let _reads = journal.scope();
                step.take(model, &mut world, luck, &journal)?;
            }
            if let Some(weigher) = &mut weigher {
                let sampled = world.weekly && world.week.is_multiple_of(4);
                // A story tells of sway whenever it has moved; else it is measured where somebody
                // reads it.
                let read = || steps.iter().any(|s| s.process.reads_sway(&world));
                if sampled || journal.is_open() || weigher.outdated(&world) || read() {
                    model.weigh(weigher, &mut world, &journal)?;
                }
                if sampled {
                    model.sample(&world, &mut course);
                }
            } else if world.states.formation.progress().peek().confidence.is_some() {
                break;
            }
        }
        if let Some(looks) = &mut looks {
            looks.before(Date::MAX, shown, &mut || model.outcome(&world, Vec::new()));
        }
        if let Some(name) = journal.drawn_twice() {
            let fault = format!("\"{name}\" was drawn twice for one purpose on one day");
            return Err(StepError { process: "luck", fault });
        }
        let outcome = model.outcome(&world, course);
        let assembly = world.states.election.assembly().peek().clone();
        let (journal, choices) = journal.into_told();
        Ok(Played { run, outcome, assembly, journal, choices })
    }
}

impl Model<'_> {
    /// The sitting assembly as the one that forms the next government.
    pub(crate) fn seated(&self) -> Option<Seats> {
        let sitting = self.case.sitting();
        let elected = self.election_day();
        let mut seats = Seats { lists: vec![0; self.lists.len()], elected, ..Seats::default() };
        for (id, held) in &sitting {
            if let Some(list) = self.list(id) {
                seats.lists[list] += held;
            }
        }
        let all = self.case.assembly.as_ref().map_or(0, |a| *a.seats.get_ref());
        seats.fringe = all.saturating_sub(seats.lists.iter().sum());
        elected.map(|_| seats)
    }

    /// Moves on to the next day on which something may happen: dated appointments happen on their
    /// day, the rest by the week.
    fn advance(&self, world: &mut World, next_week: &mut Date, steps: &[Step<'_>]) {
        let week: Span = 7.days();
        if *next_week <= world.day {
            *next_week = world.day.saturating_add(week);
            world.week += 1;
        }
        let appointments = steps.iter().filter_map(|s| s.process.appointment(world));
        let day = appointments.filter(|d| *d > world.day).fold(*next_week, Date::min);
        world.day = day.min(self.end);
        world.weekly = world.day == *next_week;
    }
}
