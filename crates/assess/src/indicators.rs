//! What to watch for: dated, observable events after which an outcome is most likelier or less likely than before.
//!
//! Every run is looked at on some days (landmarks). By a landmark T a sign (an attack, a cut, a listing, seats won, a
//! step done) has shown or not. Over the runs in which the outcome is **still open** at T, the likelihood ratio of a
//! sign is P(shown by T | outcome) / P(shown by T | not). Only open runs count: in a run that is decided by T the sign
//! could be part of the outcome, or come after it, and a run that ends early has less time to show anything
//! (landmarking, `vanhouwelingen2012`). Quantities that the question itself reads, and others of the same process about
//! the same thing, are no signs.
//!
//! For each sign the landmark and threshold are chosen by mutual information in the first half of the runs; every number
//! reported is from the second half. Ratios have 95 % intervals (`katz1978`, with half a run added to each count),
//! probabilities Jeffreys's (`brown2001`). A sign *stands* if its G test in the second half is below 5 %, divided by the
//! number of signs.

use jiff::civil::Date;
use serde::Serialize;
use simulate::model::Model;
use simulate::process::StepError;

use crate::ask::Ask;

pub mod ach;
mod counts;
pub mod signs;
pub mod trip;
pub mod watched;

pub use ach::{Ach, Hypotheses, ach};
pub use counts::Ratio;
pub use signs::{Kind, Sign};
pub use trip::{Sighting, Tripped};
pub use watched::Watched;

/// How to look.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// How many runs; half choose what to watch for, half say what it tells.
    pub runs: u32,
    /// The days on which runs are looked at; empty for every four weeks.
    pub days: Vec<Date>,
    /// Whether to look at what must be measured too (shares, prices, favour), not only at what happens.
    pub levels: bool,
    /// The most indicators to give.
    pub top: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 1, runs: 10_000, days: Vec::new(), levels: false, top: 12 }
    }
}

/// A probability with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Chance {
    /// The probability.
    pub value: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

/// An event to watch for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicator {
    /// What happens, in words: "Attacks by A on B: 3 or more by 2031-05-01".
    pub what: String,
    /// The same as a question to a run on the day `by`, for `update --seen`.
    pub ask: String,
    /// The quantity it is of.
    pub sign: Sign,
    /// What it must reach.
    pub threshold: f64,
    /// The day by which it has happened or not.
    pub by: Date,
    /// The share of all runs in which the outcome is open on that day.
    pub open: f64,
    /// Of those, the share in which it has happened.
    pub seen: f64,
    /// P(happened | outcome) / P(happened | not).
    pub ratio: Ratio,
    /// P(not happened | outcome) / P(not happened | not).
    pub ratio_unseen: Ratio,
    /// The probability of the outcome where it is open on that day.
    pub before: Chance,
    /// If it has happened.
    pub if_seen: Chance,
    /// If it has not.
    pub if_unseen: Chance,
    /// Mutual information of the event and the outcome among open runs, in bits.
    pub bits: f64,
    /// The G test's p-value times the number of signs.
    pub p_value: f64,
    /// Whether it is more than luck.
    pub stands: bool,
    /// What the evidence shows of it, if it was looked at.
    pub tripped: Option<Tripped>,
}

/// What to watch for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicators {
    /// Runs.
    pub runs: usize,
    /// The probability of the outcome in all runs.
    pub base: f64,
    /// How many signs were looked at.
    pub signs: usize,
    /// The days on which runs were looked at, each with the share of runs in which the outcome was open.
    pub open: Vec<(Date, f64)>,
    /// The indicators that stand, the most telling first.
    pub indicators: Vec<Indicator>,
}

/// Why indicators cannot be found.
#[derive(Debug, Clone, PartialEq)]
pub enum IndicatorError {
    /// A process could not take a step.
    Step(StepError),
    /// The question is no yes or no.
    NoTruth,
    /// The outcome happened in every run, or in none.
    Certain {
        /// Runs in which it happened.
        with: usize,
        /// All runs.
        runs: usize,
    },
    /// Nobody wanted it any more.
    Stopped,
    /// A day lies outside the window.
    Day(String),
    /// Hypotheses cannot be told apart.
    Hypotheses(String),
}

impl std::fmt::Display for IndicatorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(error) => error.fmt(f),
            Self::NoTruth => f.write_str(
                "what is asked is no yes or no: compare it with something, such as government.days > 200",
            ),
            Self::Certain { with, runs } => write!(
                f,
                "it happened in {with} of {runs} runs: nothing can tell more; take more runs or ask for something \
                 less certain"
            ),
            Self::Stopped => f.write_str("it was stopped"),
            Self::Day(fault) | Self::Hypotheses(fault) => f.write_str(fault),
        }
    }
}

impl std::error::Error for IndicatorError {}

/// Finds what to watch for. `go_on` is asked before each run: once it says no, the search stops.
/// `done` is called with the number of runs finished since the last call.
///
/// # Errors
/// [`IndicatorError`].
pub fn indicators(
    model: &Model<'_>,
    of: &Ask,
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Indicators, IndicatorError> {
    if !of.is_truth() {
        return Err(IndicatorError::NoTruth);
    }
    let watched = watched::watch(model, std::slice::from_ref(of), plan, go_on, done)?;
    of_watched(model, &watched, plan)
}

/// Finds what to watch for in runs that were watched for one question.
///
/// # Errors
/// [`IndicatorError::Certain`].
pub fn of_watched(
    model: &Model<'_>,
    watched: &Watched,
    plan: &Plan,
) -> Result<Indicators, IndicatorError> {
    let runs = watched.class.len();
    let with = watched.class.iter().filter(|c| **c == 0).count();
    if with == 0 || with == runs {
        return Err(IndicatorError::Certain { with, runs });
    }
    let outcome: Vec<bool> = watched.class.iter().map(|c| *c == 0).collect();
    let mut found: Vec<Indicator> = (0..watched.signs.len())
        .filter_map(|sign| counts::indicator(model, watched, &outcome, sign))
        .collect();
    found.sort_by(|a, b| (b.bits * b.open).total_cmp(&(a.bits * a.open)));
    found.retain(|i| i.stands);
    found.truncate(plan.top);
    Ok(Indicators {
        runs,
        base: with as f64 / runs as f64,
        signs: watched.signs.len(),
        open: watched.days.iter().copied().zip(watched.open_shares()).collect(),
        indicators: found,
    })
}

#[cfg(test)]
mod tests;
