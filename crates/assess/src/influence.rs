//! Who gets what he wants, by which channel, and whether it would have come out so anyway.
//!
//! Each run is played twice under the same luck: with an actor and with it silent ([`simulate::silence`]). How often a
//! matter came out as the actor wants it is its success; how often it would have in silence, its luck; the difference is
//! its decisiveness (`barry1980a`). An actor wants an alternative that it likes better in the run than the alternatives on
//! average; one that likes all alike wants none, and decides nothing. One silenced ensemble of an actor serves all matters
//! at once. With an actor go the agencies that speak for it: its camp.
//!
//! Of which channel, or neighbour, the difference is: the parts are taken out one by one in an order that luck deals each
//! run, and each is given what it changes (Shapley's value by random orders, `shapley1953`), so that the parts add up to
//! the whole in every run.
//!
//! What a camp can bring about and stop by the members it holds: [`theory::decision::control`], in the network as each run
//! draws it and the house as it comes to sit.

mod pairs;

use serde::Serialize;
use simulate::Outcome;
use simulate::model::Model;
use simulate::process::StepError;
use theory::Fault;

use self::pairs::Asked;
use crate::interval::Interval;

/// The points of the normal distribution between which nine tenths lie.
const NINE_TENTHS: f64 = 1.644_853_626_951_472_6;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The actors; empty for the case's focus.
    pub actors: Vec<String>,
    /// The id of the one matter asked about; none for all.
    pub of: Option<String>,
    /// How the difference is split.
    pub by: By,
    /// The seed.
    pub seed: u64,
    /// How many pairs of runs.
    pub runs: u32,
}

/// How decisiveness is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Not at all.
    #[default]
    Whole,
    /// By channel.
    Channel,
    /// By whom it touches first.
    Through,
}

/// Who gets what he wants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    /// How many pairs of runs.
    pub runs: u32,
    /// The actors, each with those that speak for it.
    pub camps: Vec<Camp>,
    /// The matters, in the order of the processes.
    pub matters: Vec<OfMatter>,
}

/// An actor with the agencies that speak for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Camp {
    /// The actor's id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub label: String,
    /// The short names of those that speak for it.
    pub with: Vec<String>,
}

/// A matter, and who gets his way in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfMatter {
    /// Its id.
    pub id: String,
    /// What is decided.
    pub name: String,
    /// What stands on the as-of date.
    pub stands: Option<String>,
    /// What comes of it: each alternative with its share of the runs; what is missing to 1 came to nothing.
    pub comes: Vec<(String, f64)>,
    /// The camps that want something of it.
    pub actors: Vec<OfActor>,
}

/// What an actor gets of a matter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfActor {
    /// The place of the camp.
    pub camp: usize,
    /// What it wants: the alternatives that it wants in most runs.
    pub wants: Vec<String>,
    /// What it wants in fewer, its wishes being drawn anew in each run, with the share of runs; what it wants in less than
    /// one of fifty is left out.
    pub sometimes: Vec<(String, f64)>,
    /// The share of runs that came out as it wants.
    pub success: f64,
    /// The share that would have without it.
    pub luck: f64,
    /// The difference.
    pub decisiveness: f64,
    /// Its 90 % interval, by the pairs of runs.
    pub between: (f64, f64),
    /// The share of runs in which the matter comes out otherwise without it, whether it likes that or not.
    pub moves: f64,
    /// The chance that the members it holds bring a decision about by themselves.
    pub impose: Interval,
    /// The chance that they stop one.
    pub block: Interval,
    /// The difference by its parts, in the order of the parts; empty if it was not asked for.
    pub parts: Vec<OfPart>,
}

impl OfActor {
    /// The chance that what it decides is of the sign that was counted: by the normal law of the mean of the pairs.
    #[must_use]
    pub fn sure(&self) -> f64 {
        let error = (self.between.1 - self.between.0) / 2.0 / NINE_TENTHS;
        match error > 0.0 {
            true => {
                statrs::function::erf::erf(
                    self.decisiveness.abs() / error / std::f64::consts::SQRT_2,
                ) / 2.0
                    + 0.5
            }
            false => 1.0,
        }
    }

    /// The chance that what it decides is less than a share of the runs either way, by the same law.
    #[must_use]
    pub fn within(&self, share: f64) -> f64 {
        let error = (self.between.1 - self.between.0) / 2.0 / NINE_TENTHS;
        if error <= 0.0 {
            return f64::from(u8::from(self.decisiveness.abs() < share));
        }
        let up_to = |x: f64| {
            let z = (x - self.decisiveness) / error / std::f64::consts::SQRT_2;
            f64::midpoint(1.0, statrs::function::erf::erf(z))
        };
        up_to(share) - up_to(-share)
    }
}

/// A part of decisiveness.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfPart {
    /// The channel or the neighbour.
    pub name: String,
    /// What it adds.
    pub share: f64,
    /// Its 90 % interval.
    pub between: (f64, f64),
}

/// Why it could not be told.
#[derive(Debug, thiserror::Error)]
pub enum InfluenceError {
    /// There is no such actor; the known ones.
    #[error("the case has no actor \"{0}\"{1}")]
    NoActor(String, String),
    /// There is no such matter.
    #[error("nothing of that id is decided in the runs: \"{0}\"{1}")]
    NoMatter(String, String),
    /// Nothing is decided.
    #[error(
        "nothing is decided in the runs of this case: add [[decision]] and \"decision\" to processes, or \"formation\""
    )]
    Nothing,
    /// The case has no focus and no actor was named.
    #[error("whose influence? Name it with --actor, or give the case a focus")]
    Nobody,
    /// Nobody wanted it any more.
    #[error("it was stopped")]
    Stopped,
    /// A run could not be played.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The numbers do not go together.
    #[error(transparent)]
    Theory(#[from] Fault),
}

/// Tells who gets what he wants.
///
/// # Errors
/// [`InfluenceError`].
pub fn influence(model: &Model<'_>, query: &Query) -> Result<Influence, InfluenceError> {
    while_wanted(model, query, &|| true, &|_| {})
}

/// The same, but `go_on` is asked before each pair of runs: once it says no, nothing is told. `done` is called with the
/// number of pairs finished since the last call.
///
/// # Errors
/// As [`influence`], and [`InfluenceError::Stopped`].
pub fn while_wanted(
    model: &Model<'_>,
    query: &Query,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Influence, InfluenceError> {
    let split = if query.by == By::Whole { 0 } else { query.runs.max(1) };
    let asked = Asked::new(model, query, split, &[])?;
    let runs = asked.runs(query.runs.max(1), go_on, done)?;
    asked.told(&runs, split > 0)
}

/// Who gets what he wants over runs that are there already, and by which parts.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeAndParts {
    /// Over all runs; decisiveness over the first [`Query::runs`] of them, which are played again without each actor. What
    /// would have come about without it is what came about less what it decides, so that what happens has one probability.
    pub whole: Influence,
    /// Over the first few, split as [`Query::by`] says.
    pub parts: Influence,
}

/// As [`while_wanted`], over runs that were played before: the outcomes of all runs from 0 on under the query's seed. The
/// first `split` pairs are split, each run being played once whatever is told of it.
///
/// # Errors
/// As [`while_wanted`].
pub fn over(
    model: &Model<'_>,
    query: &Query,
    split: u32,
    outcomes: &[Outcome],
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<WholeAndParts, InfluenceError> {
    let asked = Asked::new(model, query, split, outcomes)?;
    let all = u32::try_from(outcomes.len()).unwrap_or(u32::MAX).max(query.runs);
    let runs = asked.runs(all, go_on, done)?;
    let parts = asked.told(&runs[..runs.len().min(split as usize)], true)?;
    Ok(WholeAndParts { whole: asked.told(&runs, false)?, parts })
}
