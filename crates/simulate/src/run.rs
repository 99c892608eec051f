//! One run: a pure function of the case, the seed and the run's number.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Serialize;

use crate::journal::{Entry, Journal, Tracked};
use crate::luck::Luck;
use crate::model::Model;
use crate::process::StepError;
use crate::world::{Formation, Seats, World};

/// An office held by somebody without a list.
pub const NO_LIST: u8 = 254;
/// An office left empty on the day of confidence.
pub const EMPTY: u8 = 255;

/// What a run comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Seats of each list of the model.
    pub seats: Vec<u16>,
    /// Seats of small lists and independents.
    pub fringe: u16,
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
    /// The list that holds each office, [`NO_LIST`] or [`EMPTY`]. No entries where no government was formed.
    pub posts: Vec<u8>,
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

impl Model<'_> {
    /// The world on the as-of date, with the beliefs of a run.
    fn world(&self, luck: Luck) -> World {
        let mut assembly = Tracked::default();
        if !self.elects() {
            assembly.set(self.sitting(), None);
        }
        World {
            day: self.start,
            drawn: self.draw(luck),
            assembly,
            influence: Tracked::default(),
            minds: Tracked::default(),
            formation: Tracked::default(),
        }
    }

    /// The sitting assembly as the one that forms the next government.
    fn sitting(&self) -> Option<Seats> {
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

    fn play(&self, luck: Luck, journal: &Journal) -> Result<World, StepError> {
        let week: Span = 7.days();
        let mut world = self.world(luck);
        let mut next_week = self.start;
        while world.day < self.end {
            if next_week <= world.day {
                next_week = world.day.saturating_add(week);
            }
            // Dated appointments happen on their day, the rest by the week.
            let appointments = self.processes.iter().filter_map(|p| p.appointment(&world));
            let day = appointments.filter(|d| *d > world.day).fold(next_week, Date::min);
            world.day = day.min(self.end);
            for process in &self.processes {
                process.step(self, &mut world, luck, journal)?;
            }
            if world.formation.peek().confidence.is_some() {
                break;
            }
        }
        match journal.drawn_twice() {
            Some(name) => Err(StepError {
                process: "luck",
                fault: format!("\"{name}\" was drawn twice for one purpose on one day"),
            }),
            None => Ok(world),
        }
    }

    /// Runs one future.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn run(&self, seed: u64, run: u32) -> Result<Outcome, StepError> {
        let world = self.play(Luck::new(seed, run), &Journal::closed())?;
        Ok(self.outcome(&world))
    }

    /// Runs one future and tells it.
    ///
    /// # Errors
    /// If a process cannot take a step, or drew one number twice.
    pub fn tell(&self, seed: u64, run: u32) -> Result<Told, StepError> {
        let journal = Journal::open();
        let world = self.play(Luck::new(seed, run), &journal)?;
        Ok(Told { run, outcome: self.outcome(&world), journal: journal.into_entries() })
    }

    /// The seats of a run's assembly, without playing further than it needs.
    ///
    /// # Errors
    /// If a process cannot take a step.
    pub fn assembly(&self, seed: u64, run: u32) -> Result<Option<Seats>, StepError> {
        let (luck, journal) = (Luck::new(seed, run), Journal::closed());
        let mut world = self.world(luck);
        while let (None, Some(day)) = (
            world.assembly.peek(),
            self.processes.iter().filter_map(|p| p.appointment(&world)).min(),
        ) {
            world.day = day;
            for process in &self.processes {
                process.step(self, &mut world, luck, &journal)?;
            }
        }
        Ok(world.assembly.peek().clone())
    }

    fn outcome(&self, world: &World) -> Outcome {
        let none = Seats { lists: vec![0; self.lists.len()], ..Seats::default() };
        let seats = world.assembly.peek().as_ref().unwrap_or(&none);
        let formation = world.formation.peek();
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
            posts,
        }
    }

    fn posts(&self, formation: &Formation) -> Vec<u8> {
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
