//! One run: a pure function of the case, the seed and the run's number.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use crate::blind::Step;
use crate::journal::{Entry, Journal};
use crate::luck::Luck;
use crate::model::{Drawn, Model};
use crate::power::Power;
use crate::process::StepError;
use crate::process::formation::Progress;
use crate::world::{InDistrict, Seats, Sitting, World};

/// An office held by somebody without a list.
pub const NO_LIST: u8 = 254;
/// An office left empty on the day of confidence.
pub const EMPTY: u8 = 255;

/// What a run comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Seats of each list of the model.
    pub seats: Vec<u16>,
    /// Seats of small lists and independents.
    pub fringe: u16,
    /// What each district came to, in the order of the case's; empty where no election was run.
    pub districts: Vec<InDistrict>,
    /// Share of the valid vote of each list; empty where no election was run.
    pub shares: Vec<f32>,
    /// Turnout; 0 where no election was run.
    pub turnout: f32,
    /// The largest bloc's lists, as bits.
    pub bloc: u128,
    /// The largest bloc's seats.
    pub bloc_seats: u16,
    /// The coalition's lists, as bits; 0 if no government was formed.
    pub coalition: u128,
    /// The head of government, by place in the case's candidates.
    pub head: Option<u8>,
    /// Nominees who failed.
    pub failed: Vec<u8>,
    /// Failed tries of any stage.
    pub failures: u16,
    /// Days from election to the end of each stage that was reached.
    pub stage_days: Vec<u16>,
    /// Days from election to confidence.
    pub days: Option<u16>,
    /// The values of [`Model::quantities`], in their order; none for what did not come about.
    pub quantities: Vec<Option<f32>>,
    /// The values of [`Model::followed`] every four weeks, one sample after the other; none where nothing moves.
    pub course: Vec<f32>,
    /// What became of the sittings of each stage that elects an officer, in the order of the case's stages; none for
    /// other stages and for those that no sitting was held for in the run.
    #[serde(default)]
    pub sittings: Vec<Option<Sitting>>,
    /// The list that holds each office, [`NO_LIST`] or [`EMPTY`]. No entries where no government was formed.
    pub posts: Vec<u8>,
}

impl Outcome {
    /// The list with most seats, of several with as many the one with most votes, of those the first; none where
    /// nobody has a seat.
    #[must_use]
    pub fn largest(&self) -> Option<usize> {
        let votes = |list: usize| self.shares.get(list).copied().unwrap_or(0.0);
        (0..self.seats.len()).filter(|list| self.seats[*list] > 0).max_by(|a, b| {
            let by_seats = self.seats[*a].cmp(&self.seats[*b]);
            by_seats.then(votes(*a).total_cmp(&votes(*b))).then(b.cmp(a))
        })
    }
}

/// A run with its journal.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The run's number.
    pub run: u32,
    /// What it came to.
    pub outcome: Outcome,
    /// What happened and why.
    pub journal: Vec<Entry>,
}

/// How far a run is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Until the assembly that forms the next government is elected.
    Assembly,
    /// Until a government has won confidence.
    Government,
    /// To the window's end.
    End,
}

impl Until {
    fn reached(self, world: &World) -> bool {
        match self {
            Self::Assembly => world.states.election.assembly().peek().is_some(),
            Self::Government => world.states.formation.progress().peek().confidence.is_some(),
            Self::End => false,
        }
    }
}

/// The change in sway that gets an entry.
const WORTH_TELLING: f64 = 0.01;

/// What measuring sway by the week remembers.
struct Weigher {
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
    fn of(model: &Model<'_>) -> Option<Self> {
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
}

/// Who looks at a run: gets the place of the day, and how the run stands.
type Look<'l> = dyn FnMut(usize, &Outcome) + 'l;

/// Days on which somebody wants to see how a run stands.
pub(crate) struct Looks<'l> {
    days: &'l [Date],
    next: usize,
    look: Option<&'l mut Look<'l>>,
}

impl Looks<'_> {
    pub(crate) fn none() -> Self {
        Self { days: &[], next: 0, look: None }
    }

    /// Shows the run as it stands on all days before `day` that were not shown yet.
    fn before(&mut self, day: Date, stands: &mut dyn FnMut() -> Outcome) {
        let Some(look) = &mut self.look else { return };
        let due = self.days.get(self.next).is_some_and(|d| *d < day);
        if due {
            let outcome = stands();
            while self.days.get(self.next).is_some_and(|d| *d < day) {
                look(self.next, &outcome);
                self.next += 1;
            }
        }
    }
}

impl Weigher {
    /// Whether another house counts than the one weighed last.
    fn outdated(&self, model: &Model<'_>, world: &World) -> bool {
        self.new != Some(model.elects() && world.states.election.assembly().peek().is_some())
    }
}

impl Model<'_> {
    /// The sitting assembly as the one that forms the next government.
    pub(crate) fn sitting(&self) -> Option<Seats> {
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

    /// Moves on to the next day on which something may happen: dated appointments happen on their day, the rest by
    /// the week.
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

    /// The processes as this model reads them.
    pub(crate) fn steps(&self) -> Vec<Step<'_>> {
        self.processes.iter().map(|p| Step { process: &**p, elsewhere: None }).collect()
    }

    pub(crate) fn play(
        &self,
        drawn: Drawn,
        luck: Luck,
        journal: &Journal,
        until: Until,
        steps: &mut [Step<'_>],
        mut looks: Looks<'_>,
    ) -> Result<(World, Vec<f32>), StepError> {
        let mut world = World::start(self, drawn);
        let mut next_week = self.start;
        let mut weigher = Weigher::of(self);
        let mut course = Vec::new();
        if let Some(weigher) = &mut weigher {
            self.weigh(weigher, &mut world, journal)?;
            self.sample(&world, &mut course);
        }
        while world.day < self.end && !until.reached(&world) {
            self.advance(&mut world, &mut next_week, steps);
            looks.before(world.day, &mut || self.outcome(&world, Vec::new()));
            for step in &mut *steps {
                // What was read without an entry to show for it is no cause of the next process's entries.
                let _reads = journal.scope();
                step.take(self, &mut world, luck, journal)?;
            }
            if let Some(weigher) = &mut weigher {
                let sampled = world.weekly && world.week.is_multiple_of(4);
                // A story tells of sway whenever it has moved; else it is measured where somebody reads it.
                let read = || steps.iter().any(|s| s.process.reads_sway(&world));
                if sampled || journal.is_open() || weigher.outdated(self, &world) || read() {
                    self.weigh(weigher, &mut world, journal)?;
                }
                if sampled {
                    self.sample(&world, &mut course);
                }
            } else if world.states.formation.progress().peek().confidence.is_some() {
                break;
            }
        }
        looks.before(Date::MAX, &mut || self.outcome(&world, Vec::new()));
        match journal.drawn_twice() {
            Some(name) => Err(StepError {
                process: "luck",
                fault: format!("\"{name}\" was drawn twice for one purpose on one day"),
            }),
            None => Ok((world, course)),
        }
    }

    /// Runs one future.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn run(&self, seed: u64, run: u32) -> Result<Outcome, StepError> {
        let luck = Luck::new(seed, run);
        self.run_with(self.draw(luck), luck)
    }

    /// Runs one future with given values of the beliefs, so that what is not known and chance can be moved apart.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn run_with(&self, drawn: Drawn, luck: Luck) -> Result<Outcome, StepError> {
        self.run_until(drawn, luck, Until::End)
    }

    /// Runs one future no further than until something has come about: what an outcome says of that is what the
    /// whole run says, and what it says of later things is not.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn run_until(&self, drawn: Drawn, luck: Luck, until: Until) -> Result<Outcome, StepError> {
        let (world, course) =
            self.play(drawn, luck, &Journal::closed(), until, &mut self.steps(), Looks::none())?;
        Ok(self.outcome(&world, course))
    }

    /// Runs one future and shows how it stands at the end of each of some days, given in rising order: `look` gets the
    /// day's place and what the run would come to if it ended then, without a course. Looking changes no run.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn run_watched(
        &self,
        seed: u64,
        run: u32,
        days: &[Date],
        look: &mut dyn FnMut(usize, &Outcome),
    ) -> Result<Outcome, StepError> {
        let luck = Luck::new(seed, run);
        let looks = Looks { days, next: 0, look: Some(look) };
        let (world, course) = self.play(
            self.draw(luck),
            luck,
            &Journal::closed(),
            Until::End,
            &mut self.steps(),
            looks,
        )?;
        Ok(self.outcome(&world, course))
    }

    /// Runs one future and tells it.
    ///
    /// # Errors
    /// If a process cannot take a step, or drew one number twice.
    pub fn tell(&self, seed: u64, run: u32) -> Result<Told, StepError> {
        let journal = Journal::open();
        let luck = Luck::new(seed, run);
        let (world, course) = self.play(
            self.draw(luck),
            luck,
            &journal,
            Until::End,
            &mut self.steps(),
            Looks::none(),
        )?;
        let outcome = self.outcome(&world, course);
        Ok(Told { run, outcome, journal: journal.into_entries() })
    }

    /// The seats of a run's assembly, without playing further than it needs.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn assembly(&self, seed: u64, run: u32) -> Result<Option<Seats>, StepError> {
        let luck = Luck::new(seed, run);
        self.assembly_with(self.draw(luck), luck)
    }

    /// The seats of a run's assembly with given values of the beliefs.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn assembly_with(&self, drawn: Drawn, luck: Luck) -> Result<Option<Seats>, StepError> {
        let journal = Journal::closed();
        let mut world = World::start(self, drawn);
        let (moves, mut next_week) = (self.moves(), self.start);
        while world.states.election.assembly().peek().is_none() && world.day < self.end {
            if moves {
                self.advance(&mut world, &mut next_week, &self.steps());
            } else {
                let appointments = self.processes.iter().filter_map(|p| p.appointment(&world));
                let Some(day) = appointments.filter(|d| *d > world.day).min() else { break };
                world.day = day;
            }
            for process in &self.processes {
                process.step(self, &mut world, luck, &journal)?;
            }
        }
        Ok(world.states.election.assembly().peek().clone())
    }

    /// Measures sway over the case's body as the network stands, and tells of it when somebody's has moved enough.
    /// What counts is the house that forms the next government: the new one from the day it is elected, until then
    /// the sitting one.
    fn weigh(
        &self,
        weigher: &mut Weigher,
        world: &mut World,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let factors = world.ties.iter().map(|t| *t.peek());
        let new = self.elects() && world.states.election.assembly().peek().is_some();
        let same = !weigher.outdated(self, world)
            && factors.clone().zip(&weigher.factors).all(|(a, b)| a == *b);
        if same {
            return Ok(());
        }
        let _reads = journal.scope();
        weigher.factors.clear();
        weigher.factors.extend(factors);
        if weigher.new != Some(new) {
            weigher.new = Some(new);
            // Who counts is now counted in another house: what patrons follow is measured from here on.
            world.sway.another_house();
            weigher.power =
                match (world.states.election.assembly().get(journal), &self.sitting_power) {
                    (Some(seats), _) if new => Power::of(self, seats, weigher.quota)?,
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
        }
        if moved.is_some() || weigher.told.is_empty() {
            weigher.told.clone_from(&sway);
        }
        world.sway.measured(sway, by);
        Ok(())
    }

    fn sample(&self, world: &World, course: &mut Vec<f32>) {
        let sway = world.sway.now().peek();
        course.extend(crate::quantity::focus(self).map(|a| sway.get(a).map_or(0.0, |s| *s as f32)));
        self.processes.iter().for_each(|p| p.follow(self, world, course));
    }

    pub(crate) fn outcome(&self, world: &World, course: Vec<f32>) -> Outcome {
        let mut quantities = Vec::with_capacity(self.quantities.len());
        self.processes.iter().for_each(|p| p.report(self, world, &mut quantities));
        let none = Seats { lists: vec![0; self.lists.len()], ..Seats::default() };
        let seats = world.states.election.assembly().peek().as_ref().unwrap_or(&none);
        let formation = world.states.formation.progress().peek();
        let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        let bits = |lists: &[usize]| lists.iter().fold(0_u128, |bits, l| bits | 1 << l);
        let since = |day: Date| {
            seats.elected.and_then(|from| u16::try_from(day.since(from).ok()?.get_days()).ok())
        };
        let formed = formation.confidence.is_some();
        let posts = if formed { self.posts(formation) } else { Vec::new() };
        let short = |n: &usize| u8::try_from(*n).unwrap_or(u8::MAX);
        Outcome {
            seats: seats.lists.iter().map(|s| narrow(*s)).collect(),
            fringe: narrow(seats.fringe),
            districts: seats.districts.clone(),
            shares: (seats.votes.iter())
                .map(
                    |v| {
                        if seats.valid > 0 { (*v as f64 / seats.valid as f64) as f32 } else { 0.0 }
                    },
                )
                .collect(),
            turnout: seats.turnout as f32,
            bloc: bits(&formation.bloc),
            bloc_seats: narrow(formation.bloc.iter().map(|l| seats.lists[*l]).sum()),
            coalition: if formed { bits(&formation.coalition) } else { 0 },
            head: formation.nominee.filter(|_| formed).as_ref().map(short),
            failed: formation.failed.iter().map(short).collect(),
            failures: narrow(formation.failures),
            stage_days: formation.days.iter().filter_map(|d| since(*d)).collect(),
            days: formation.confidence.and_then(since),
            quantities,
            course,
            sittings: formation.sittings.clone(),
            posts,
        }
    }

    fn posts(&self, formation: &Progress) -> Vec<u8> {
        let mut posts = vec![NO_LIST; self.case.offices.len()];
        for (office, list) in &formation.posts {
            posts[*office] = u8::try_from(*list).unwrap_or(NO_LIST);
        }
        for office in &formation.empty {
            posts[*office] = EMPTY;
        }
        posts
    }
}
