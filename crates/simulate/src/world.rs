//! The state of the case on a day of a run.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::journal::{Journal, Tracked};
use crate::model::{Drawn, ListId};
use crate::pulls::Strengths;

pub mod motion;

pub use motion::Motion;

/// Everything that changes in a run.
#[derive(Debug)]
pub struct World {
    /// The day.
    pub day: Date,
    /// Whether a week of the run ends on this day: what moves by the week moves then and on no other day.
    pub weekly: bool,
    /// Weeks since the as-of date.
    pub week: u32,
    /// The beliefs as drawn for this run.
    pub drawn: Drawn,
    /// What the network's ties bring to this run.
    pub strengths: Strengths,
    /// The assembly that sat on the as-of date, where its result is known.
    pub sitting: Option<Seats>,
    /// Seats of the assembly that forms the next government; none before it is elected.
    pub assembly: Tracked<Option<Seats>>,
    /// The factors on the ties' bandwidths with which the tie network was solved last; empty before it first was.
    pub solved_at: Tracked<Vec<f64>>,
    /// What actors by themselves make of the candidates.
    pub views: Views,
    /// What lists make of the candidates once everybody has pulled; settled when it is first needed.
    pub minds: Tracked<Option<Minds>>,
    /// How far the forming of a government has come.
    pub formation: Tracked<Formation>,
    /// What moves between elections.
    pub motion: Motion,
}

impl World {
    /// The assembly that votes on the day: the newly elected one from its first session on, else the sitting one.
    pub fn house(&self, journal: &Journal) -> Option<&Seats> {
        let met = self.sitting.is_none() || !self.formation.peek().days.is_empty();
        match (met, self.assembly.peek()) {
            (true, Some(_)) => self.assembly.get(journal).as_ref(),
            _ => self.sitting.as_ref(),
        }
    }
}

/// What actors by themselves make of the candidates, worked out when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// What sanctions cost each candidate's list at the time.
    pub burdens: Vec<f64>,
    /// Candidate by candidate, one number an actor.
    pub own: Vec<f64>,
}

/// What each list settles on for each candidate.
#[derive(Debug, Clone, Default)]
pub struct Minds {
    /// How many candidates there are.
    pub candidates: usize,
    /// List by list, one number a candidate.
    pub settled: Vec<f64>,
}

impl Minds {
    /// What a list settles on for a candidate.
    #[must_use]
    pub fn of(&self, list: ListId, candidate: usize) -> f64 {
        self.settled[list * self.candidates + candidate]
    }
}

/// What a district came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InDistrict {
    /// The list with most votes.
    pub first: u8,
    /// The lists that won seats, each with how many.
    pub seats: Vec<(u8, u16)>,
}

/// Who holds how many seats.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seats {
    /// Seats of each list of the model.
    pub lists: Vec<u32>,
    /// Seats of small lists and independents, taken together.
    pub fringe: u32,
    /// By district, in the order of the case's: who came first and who won seats; empty where the seats were not
    /// elected in the run.
    pub districts: Vec<InDistrict>,
    /// Votes of each list; empty where the seats were not elected in the run.
    pub votes: Vec<u64>,
    /// All valid votes.
    pub valid: u64,
    /// The share of registered voters who voted.
    pub turnout: f64,
    /// Election day.
    pub elected: Option<Date>,
}

/// What became of the sittings of a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// Members present at the first.
    pub present: u16,
    /// Votes at the last that elected somebody: those behind the winner.
    pub votes: Option<u16>,
    /// How many were held.
    pub held: u16,
}

/// How far the forming of a government has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Formation {
    /// Stages done.
    pub done: usize,
    /// The day on which the next stage is tried.
    pub due: Option<Date>,
    /// The day on which each stage was done.
    pub days: Vec<Date>,
    /// Failed tries so far.
    pub failures: u32,
    /// Failed tries of the stage in hand.
    pub tries: u32,
    /// The largest bloc: its lists.
    pub bloc: Vec<ListId>,
    /// The place of the bloc among the case's actors, if it is an umbrella.
    pub umbrella: Option<usize>,
    /// The coalition: its lists.
    pub coalition: Vec<ListId>,
    /// Weeks of talks on the package so far.
    pub talks: u32,
    /// Whether the talks on the package have concluded.
    pub agreed: bool,
    /// The nominee, by place in the case's candidates.
    pub nominee: Option<usize>,
    /// Nominees who failed, in order.
    pub failed: Vec<usize>,
    /// Names that are out of the question until every name has failed once.
    pub closed: Vec<usize>,
    /// What became of the sittings of each stage, as [`crate::run::Outcome::sittings`].
    pub sittings: Vec<Option<Sitting>>,
    /// Posts: office and the list that holds it.
    pub posts: Vec<(usize, ListId)>,
    /// Offices left empty on the day of confidence.
    pub empty: Vec<usize>,
    /// The day of confidence.
    pub confidence: Option<Date>,
}
