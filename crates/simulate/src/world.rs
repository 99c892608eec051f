//! The state of the case on a day of a run.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::journal::Journal;
use crate::model::{Drawn, Model};
use crate::process::States;
use crate::pulls::Strengths;
use crate::silence::Silence;

pub mod joint;

use joint::{BodySway, Factors, Orders};

/// Everything that changes in a run.
#[derive(Debug)]
pub struct World {
    /// The day.
    pub day: Date,
    /// Whether a week of the run ends on this day: what moves by the week moves then and on no other day.
    pub weekly: bool,
    /// Weeks since the as-of date.
    pub week: u32,
    /// Whether the assembly is elected in the run ([`Model::elects`]).
    pub elects: bool,
    /// The beliefs as drawn for this run.
    pub drawn: Drawn,
    /// What the network's ties bring to this run.
    pub strengths: Strengths,
    /// What is taken out of this run, if anything is.
    pub silence: Option<Silence>,
    /// The assembly that sat on the as-of date, where its result is known.
    pub sitting: Option<Seats>,
    /// For each tie of the network the factor on its bandwidth.
    pub ties: Factors,
    /// For each stream of revenue the factor on its value.
    pub incomes: Factors,
    /// For each campaign what its patron has told the attacker.
    pub orders: Orders,
    /// Sway over the case's body; measured after each step.
    pub sway: BodySway,
    /// What each process keeps: private to it but for what it lets be read.
    pub states: States,
}

impl World {
    /// The world on the as-of date of a model, with the beliefs of a run.
    #[must_use]
    pub fn start(model: &Model<'_>, drawn: Drawn, silence: Option<&Silence>) -> Self {
        let mut strengths = Strengths::of(&model.network, &drawn);
        silence.into_iter().for_each(|silence| strengths.silence(silence));
        Self {
            day: model.start,
            weekly: false,
            week: 0,
            elects: model.elects(),
            strengths,
            silence: silence.cloned(),
            sitting: model.sitting.clone(),
            ties: Factors::start(model.network.ties.len()),
            incomes: Factors::start(model.case.revenues.len()),
            orders: Orders::start(model.case.campaigns.len()),
            sway: BodySway::default(),
            states: States::start(model, &drawn),
            drawn,
        }
    }

    /// The assembly that votes on the day: the newly elected one from its first session on, else the sitting one.
    pub fn house(&self, journal: &Journal) -> Option<&Seats> {
        let met =
            self.sitting.is_none() || !self.states.formation.progress().peek().days.is_empty();
        match (met, self.states.election.assembly().peek()) {
            (true, Some(_)) => self.states.election.assembly().get(journal).as_ref(),
            _ => self.sitting.as_ref(),
        }
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
    /// Women that each list owes at least, where the law says so by lists; empty where it does not.
    pub women: Vec<u32>,
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
