//! What a run comes to, read off its world.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::Model;
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
    /// The alternative that came of each of [`Model::matters`], in their order; none where nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<Option<usize>>,
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

impl Model<'_> {
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
        let mut matters = Vec::with_capacity(self.matters.len());
        self.processes.iter().for_each(|p| p.settled(self, world, &mut matters));
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
            matters,
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
