//! When does it happen? Scenario discovery: boxes in what is not known about a case, as plain rules.
//!
//! Every run of an ensemble drew its estimates; an [`Ask`] of yes or no says in which runs a thing happened. PRIM
//! (`friedman1999`, for scenarios `bryant2010`) looks for the ranges of a few estimates in which it happens most. Luck
//! is no input: what hangs on chance alone has no box, and the answer says so.
//!
//! The first half of the runs finds the boxes, the second half judges them. Of the many estimates of a case those go
//! on whose values differ most between runs with and without the outcome (`hornberger1981`). A box *stands* only if,
//! in the second half, the outcome is denser in it than in what earlier boxes left by more than luck would have it
//! (binomial test at 5 %, divided by the number of boxes looked for), and denser than in all runs. Rules beyond [`MOST_RULES`] and rules that tell nothing are dropped
//! and the box is peeled anew from those left.
//!
//! Of the path from everything to the densest box the one is taken with the highest coverage x (density - base). That
//! choice is *Judged*; the whole path is handed on.

use serde::Serialize;
use simulate::Outcome;
use simulate::model::Model;
use simulate::process::StepError;
use theory::Fault;

use crate::ask::Ask;

mod gather;
mod search;
pub mod words;

pub use words::{Named, phrase};

/// The most rules of a box that a person can hold in mind at once.
pub const MOST_RULES: usize = 4;

/// How to look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// How many runs; half of them find boxes, half judge them.
    pub runs: u32,
    /// How many boxes to look for, one after the other, each among what the ones before left.
    pub boxes: usize,
    /// The most rules of a box, from 1 to [`MOST_RULES`].
    pub rules: usize,
    /// How many estimates go on from the screening.
    pub screened: usize,
    /// The least share of the runs that a box may hold.
    pub least_mass: f64,
    /// Which box of a path to take.
    pub choose: Choose,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            runs: 10_000,
            boxes: 3,
            rules: MOST_RULES,
            screened: 24,
            least_mass: 0.05,
            choose: Choose::Balanced,
        }
    }
}

/// Which box of a path to take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Choose {
    /// The highest coverage x (density - base).
    Balanced,
    /// The widest that is at least this dense where it was found, or the densest there is.
    Density(f64),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Discovery {
    /// Runs.
    pub runs: usize,
    /// The share of all runs in which it happened.
    pub base: f64,
    /// How many estimates and quantities were looked at.
    pub inputs: usize,
    /// Those that went on, the most telling first.
    pub screened: Vec<Screened>,
    /// The boxes, in the order in which they were found; those that do not stand say so.
    pub boxes: Vec<Found>,
}

impl Discovery {
    /// The boxes that hold outside the runs in which they were found.
    pub fn standing(&self) -> impl Iterator<Item = &Found> {
        self.boxes.iter().filter(|b| b.stands)
    }
}

/// An input that went on from the screening.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// What it is.
    pub input: Named,
    /// The greatest distance between its distribution functions with and without the outcome, in [0, 1].
    pub distance: f64,
    /// The chance of such a distance for any one of all inputs if none told anything (Bonferroni).
    pub p_value: f64,
}

/// What a box holds of some runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// Runs in it.
    pub runs: usize,
    /// Runs in it in which the outcome happened.
    pub with: usize,
    /// Its share of the runs.
    pub mass: f64,
    /// The share of the runs in it in which the outcome happened.
    pub density: f64,
    /// The share of the runs with the outcome that it holds.
    pub coverage: f64,
    /// The share of the runs in which the outcome happened, among those that earlier boxes left.
    pub base: f64,
}

/// A rule of a box.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Of which input.
    pub input: Named,
    /// The least value kept; none if there is no lower end.
    pub least: Option<f64>,
    /// The greatest value kept; none if there is no upper end.
    pub most: Option<f64>,
    /// The smallest and largest value of all runs.
    pub tried: (f64, f64),
    /// The quasi p-value in the runs that found it.
    pub found_p: f64,
    /// The quasi p-value in the runs that judge it.
    pub held_p: f64,
    /// For twelve equal pieces of `tried`: how many of all runs, and how many of them with the outcome.
    pub pieces: Vec<(u64, u64)>,
}

/// A step of the path from everything to the densest box.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// How many inputs are restricted.
    pub rules: usize,
    /// What it holds of the runs that found it.
    pub found: Fit,
    /// What it holds of the runs that judge it.
    pub held: Fit,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Its rules, the most telling first.
    pub rules: Vec<Rule>,
    /// The rules in words, to follow "when": "A is 0.3 or less and B is 0.2 or more".
    pub when: String,
    /// What it holds of the runs that found it.
    pub found: Fit,
    /// What it holds of the runs that did not: the numbers to go by.
    pub held: Fit,
    /// The 95 % interval of the density in the runs that did not find it (Jeffreys).
    pub density_interval: (f64, f64),
    /// The chance of so many runs with the outcome in it if it told nothing.
    pub p_value: f64,
    /// Whether it is more than luck: `p_value` below 5 % shared among the boxes looked for, and denser than all runs.
    pub stands: bool,
    /// The path it was taken from.
    pub path: Vec<Step>,
    /// Its place in the path.
    pub chosen: usize,
}

/// Why boxes cannot be looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum DiscoverError {
    /// A process could not take a step.
    Step(StepError),
    /// The question is no yes or no.
    NoTruth,
    /// A quantity to look at has no number in some run.
    NoNumber(String),
    /// The outcome happened in every run, or in none, or in too few to look for a box.
    TooFew {
        /// Runs in which it happened.
        with: usize,
        /// All runs.
        runs: usize,
    },
    /// Nobody wanted it any more.
    Stopped,
    /// The sizes of the search are out of range.
    Size(String),
    /// Peeling.
    Peel(Fault),
}

impl std::fmt::Display for DiscoverError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(error) => error.fmt(f),
            Self::NoTruth => f.write_str(
                "what is asked is no yes or no: compare it with something, such as government.days > 200",
            ),
            Self::NoNumber(what) => write!(
                f,
                "in some runs \"{what}\" is no number: look only at what every run has, such as turnout"
            ),
            Self::TooFew { with, runs } => write!(
                f,
                "it happened in {with} of {runs} runs: at least {LEAST} with it and {LEAST} without are needed; \
                 take more runs or ask for something less certain"
            ),
            Self::Stopped => f.write_str("it was stopped"),
            Self::Size(fault) => f.write_str(fault),
            Self::Peel(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for DiscoverError {}

/// The least number of runs with the outcome, and without, in each half of the runs.
const LEAST: usize = 20;

/// Looks for boxes in which `of` comes true. Beside the case's estimates it looks at the quantities
/// `also`, each a name and a number of the run. `go_on` is asked before each run: once it says no,
/// the search stops. `done` is called with the number of runs finished since the last call.
///
/// # Errors
/// [`DiscoverError`].
pub fn discover(
    model: &Model<'_>,
    of: &Ask,
    also: &[(String, Ask)],
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Discovery, DiscoverError> {
    discover_over(model, of, (also, &[]), plan, go_on, done)
}

/// As [`discover`], with the outcomes of runs that were played before under the plan's seed, from run 0 on: they are not
/// played again.
///
/// # Errors
/// [`DiscoverError`].
pub fn discover_over(
    model: &Model<'_>,
    of: &Ask,
    (also, had): (&[(String, Ask)], &[Outcome]),
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Discovery, DiscoverError> {
    if !(1..=MOST_RULES).contains(&plan.rules) {
        return Err(DiscoverError::Size(format!("{} rules: take 1 to {MOST_RULES}", plan.rules)));
    }
    if plan.boxes == 0 || plan.screened == 0 || !(0.005..0.5).contains(&plan.least_mass) {
        let fault = "take at least one box, one screened number, and a least mass of 0.005 to 0.5";
        return Err(DiscoverError::Size(fault.to_owned()));
    }
    if !of.is_truth() {
        return Err(DiscoverError::NoTruth);
    }
    let runs = gather::runs(model, of, (also, had), plan, go_on, done)?;
    search::boxes(&runs, plan)
}

/// Looks for boxes in any table: `names` are the columns of `rows`, `happened` says for each row whether the outcome
/// did. The first half of the rows finds, the second judges.
///
/// # Errors
/// [`DiscoverError`].
pub fn discover_in(
    names: Vec<Named>,
    rows: &[Vec<f32>],
    happened: Vec<bool>,
    plan: &Plan,
) -> Result<Discovery, DiscoverError> {
    let columns = (0..names.len())
        .map(|c| rows.iter().map(|r| r.get(c).copied().unwrap_or(0.0)).collect())
        .collect();
    search::boxes(&gather::Runs { names, columns, happened }, plan)
}

#[cfg(test)]
mod tests;
