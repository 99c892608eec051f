//! What has been seen since: an ensemble conditioned on observations, without running anything again.
//!
//! Each run is weighed by how well it agrees with what was seen. A yes or no keeps the runs in which it holds; a number
//! measured with a known error weighs each run by the likelihood of the measurement, exp(-((x - v) / s)^2 / 2)
//! (importance weights); a number, or several, without a stated error weighs by the same kernel on the distance, each
//! number in units of its standard deviation over the runs, as narrow as the runs allow (approximate Bayesian
//! computation, `beaumont2002`). Weights multiply. What is then forecast is the weighted runs: by Bayes's rule the
//! ensemble after what was seen, as far as the case's own likelihoods go.
//!
//! The effective sample size (sum w)^2 / sum w^2 (`kong1994`) says how many plain runs the weighted ones are worth. Below
//! [`WARN`] the answer comes with a warning; below [`REFUSE`] there is none, only how many runs it would take.
//!
//! An observation is put to a run **as it stands at the end of its day**, so that `failures >= 1` seen on a day means by
//! that day. What has not happened is no observation until it is given as one.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use simulate::model::Model;
use simulate::play::{Looks, Play};
use simulate::process::StepError;
use simulate::run::Outcome;

use crate::ask::{Ask, Value};
use crate::indicators::Chance;

mod answer;
mod observation;
mod weights;

pub use answer::Answer;
pub use observation::{Observation, ObservationError, ObservationFault, Seen, observed_since};

use weights::{Column, Weighed};

/// Fewer effective runs than this are warned of.
pub const WARN: f64 = 300.0;
/// Fewer effective runs than this give no answer.
pub const REFUSE: f64 = 50.0;

/// What was done with an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// The observation, as given.
    pub seen: String,
    /// Its day.
    pub on: Date,
    /// Whether its day lies after the as-of date, so that no forecast of that date could have used it.
    pub later: bool,
    /// Of a yes or no, its probability given those before it.
    pub probability: Option<f64>,
    /// Of a number without a stated error, the width of the kernel: for one number in its unit, for several in standard
    /// deviations.
    pub width: Option<f64>,
    /// How many numbers it is of.
    pub numbers: usize,
    /// The effective sample size after it.
    pub effective: f64,
}

/// A question before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The question.
    pub question: String,
    /// Before anything was seen.
    pub before: Answer,
    /// After all of it.
    pub after: Answer,
    /// After each observation in turn.
    pub path: Vec<Answer>,
    /// After each observation, had it been the only one; none where too few runs are left.
    pub alone: Vec<Option<Answer>>,
}

/// An ensemble after what was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Updated {
    /// Runs.
    pub runs: usize,
    /// How many plain runs the weighted ones are worth.
    pub effective: f64,
    /// Whether that is so few that the numbers are rough.
    pub few: bool,
    /// The observations, in the order of their days.
    pub observations: Vec<Taken>,
    /// The questions.
    pub questions: Vec<Moved>,
}

/// Why an ensemble cannot be conditioned.
#[derive(Debug, Clone, PartialEq)]
pub enum UpdateError {
    /// A process could not take a step.
    Step(StepError),
    /// An observation cannot be put to the runs.
    Observation(String),
    /// Too few runs agree with what was seen.
    TooFew {
        /// After which observation.
        seen: String,
        /// How many plain runs are left.
        effective: f64,
        /// Runs.
        runs: usize,
    },
}

impl std::fmt::Display for UpdateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(error) => error.fmt(f),
            Self::Observation(fault) => f.write_str(fault),
            Self::TooFew { seen, effective, runs } if *effective < 1.0 => write!(
                f,
                "no run of {runs} agrees with \"{seen}\" and what was seen before it: the case holds it next to \
                 impossible; take more --runs, look at the case, or give the observation an error (VALUE +- ERROR)"
            ),
            Self::TooFew { seen, effective, runs } => {
                let needed = *runs as f64 * 1.5 * WARN / effective;
                write!(
                    f,
                    "after \"{seen}\" the {runs} runs are worth only {effective:.0}, fewer than {REFUSE:.0}: take about \
                     --runs {:.0}, or give observations an error (VALUE +- ERROR)",
                    (needed / 1000.0).ceil() * 1000.0
                )
            }
        }
    }
}

impl std::error::Error for UpdateError {}

/// The runs as columns: what each showed of every observation, and what it answers to every question.
struct Runs {
    seen: Vec<Column>,
    answers: Vec<Vec<Value>>,
}

/// Conditions `runs` runs on what was seen and answers the questions before and after. `done` is called with the number
/// of runs finished since the last call.
///
/// # Errors
/// [`UpdateError`].
pub fn update(
    model: &Model<'_>,
    observations: &[Observation],
    questions: &[(String, Ask)],
    (seed, runs): (u64, u32),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Updated, UpdateError> {
    let mut observations = observations.to_vec();
    observations.sort_by_key(|o| o.on);
    if let Some(o) = observations.iter().find(|o| o.on < model.start || o.on > model.end) {
        return Err(UpdateError::Observation(format!(
            "\"{}\": {} lies outside the window, {} to {}",
            o.text, o.on, model.start, model.end
        )));
    }
    let gathered = gather(model, &observations, questions, (seed, runs), done)?;
    condition(&observations, questions, &gathered, model.start)
}

fn gather(
    model: &Model<'_>,
    observations: &[Observation],
    questions: &[(String, Ask)],
    (seed, runs): (u64, u32),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Runs, UpdateError> {
    // In rising order, as looking at a run wants them; several observations may share a day.
    let days: Vec<Date> = observations.iter().map(|o| o.on).collect();
    type Row = (Vec<Vec<Option<f64>>>, Vec<Value>);
    let rows: Vec<Result<Row, StepError>> = (0..runs)
        .into_par_iter()
        .with_min_len(16)
        .map(|run| {
            let mut seen = Vec::with_capacity(days.len());
            let mut look =
                |at: usize, stands: &Outcome| seen.push(observations[at].read_in(stands));
            let looks = Some(Looks { days: &days, look: &mut look });
            let outcome = Play { looks, ..model.play(seed, run) }.go()?.outcome;
            let answers = questions.iter().map(|(_, ask)| {
                match ask.came_true(&outcome, model.end).filter(|_| ask.is_truth()) {
                    Some(truth) => Value::Truth(truth),
                    None => ask.of(&outcome),
                }
            });
            let answers = answers.collect();
            done(1);
            Ok((seen, answers))
        })
        .collect();
    let mut seen: Vec<Vec<Vec<Option<f64>>>> = vec![Vec::new(); observations.len()];
    let mut answers: Vec<Vec<Value>> = vec![Vec::new(); questions.len()];
    for row in rows {
        let (shown, answered) = row.map_err(UpdateError::Step)?;
        seen.iter_mut().zip(shown).for_each(|(column, value)| column.push(value));
        answers.iter_mut().zip(answered).for_each(|(column, value)| column.push(value));
    }
    let columns = observations.iter().zip(seen).map(|(o, values)| o.column(&values));
    Ok(Runs { seen: columns.collect(), answers })
}

/// Weighs the runs by each observation in turn and answers the questions.
fn condition(
    observations: &[Observation],
    questions: &[(String, Ask)],
    runs: &Runs,
    start: Date,
) -> Result<Updated, UpdateError> {
    let count =
        runs.answers.first().map_or(0, Vec::len).max(runs.seen.first().map_or(0, Column::len));
    let plain = Weighed::all(count);
    let mut weighed = plain.clone();
    let mut taken = Vec::new();
    let answer = |weighed: &Weighed| -> Vec<Answer> {
        runs.answers.iter().map(|values| Answer::of(values, weighed)).collect()
    };
    let before = answer(&plain);
    let mut path: Vec<Vec<Answer>> = Vec::new();
    let mut alone: Vec<Option<Vec<Answer>>> = Vec::new();
    for (observation, column) in observations.iter().zip(&runs.seen) {
        let step = weighed.by(column);
        let effective = weighed.effective();
        if effective < REFUSE {
            let seen = observation.text.clone();
            return Err(UpdateError::TooFew { seen, effective, runs: count });
        }
        taken.push(Taken {
            seen: observation.text.clone(),
            on: observation.on,
            later: observation.on > start,
            probability: step.kept.filter(|_| column.is_truth()),
            width: step.width,
            numbers: observation.numbers(),
            effective,
        });
        path.push(answer(&weighed));
        let mut only = plain.clone();
        only.by(column);
        alone.push((only.effective() >= REFUSE).then(|| answer(&only)));
    }
    let after = answer(&weighed);
    let questions = questions.iter().enumerate().map(|(at, (question, _))| Moved {
        question: question.clone(),
        before: before[at].clone(),
        after: after[at].clone(),
        path: path.iter().map(|step| step[at].clone()).collect(),
        alone: alone.iter().map(|one| one.as_ref().map(|a| a[at].clone())).collect(),
    });
    Ok(Updated {
        runs: count,
        effective: weighed.effective(),
        few: weighed.effective() < WARN,
        questions: questions.collect(),
        observations: taken,
    })
}

fn chance(share: f64, effective: f64) -> Chance {
    let interval = crate::interval::jeffreys(share * effective, effective, 0.95);
    Chance { value: share, interval }
}

#[cfg(test)]
mod tests;
