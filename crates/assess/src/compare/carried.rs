//! Which process carried the effect of a scenario: how much of it goes when a process's path is switched off.
//!
//! Two ways of switching a path off, both run by run under the same luck.
//!
//! *Reading*: the process goes on reading the base, in a world where all others read the scenario. What goes is the
//! effect that comes in by this process's own reading; what reaches it through others stays (a natural indirect
//! effect, `pearl2001`). It wants a scenario that changes values and adds or removes nothing.
//!
//! *Absent*: the process is left out of base and scenario alike, and the effect is measured without it. What goes is
//! all that needs the process at all, its passing on of what others did too. Processes that make what is asked, such
//! as the election of a government that is asked for, cannot be left out: the row says so.
//!
//! Shares need not sum to the whole: one effect may need two processes at once, and then both carry it.

use rayon::prelude::*;
use serde::Serialize;
use simulate::blind::Blind;
use simulate::model::Model;
use simulate::play::{Play, Played};
use simulate::process::{StepError, election, formation};
use simulate::run::Outcome;

use crate::ask::{Ask, AskError};

/// An effect and what carried it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carried {
    /// What was asked.
    pub ask: String,
    /// The mean effect of the scenario.
    pub effect: f64,
    /// The half-width of its 95 % interval.
    pub error: f64,
    /// The paths, in the order in which the processes step; the last is all readings together.
    pub paths: Vec<Path>,
    /// Why no process can go on reading the base, if none can.
    pub unreadable: Option<String>,
}

/// What goes when a path is off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// The process; none for all together.
    pub process: Option<String>,
    /// With its reading of the change off.
    pub reading: Option<Off>,
    /// With the process left out.
    pub absent: Option<Off>,
    /// Why it cannot be left out, if it cannot.
    pub kept: Option<String>,
}

/// An effect with a path off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Off {
    /// The mean effect that is left.
    pub left: f64,
    /// What has gone: the effect less what is left.
    pub gone: f64,
    /// The half-width of the 95 % interval of `gone`.
    pub error: f64,
}

/// Why paths cannot be told apart.
#[derive(Debug, Clone, PartialEq)]
pub enum CarriedError {
    /// A process could not take a step.
    Step(StepError),
    /// What is asked cannot be asked of both.
    Ask(String, AskError),
    /// What is asked is no number in some run.
    NoNumber(String),
}

impl std::fmt::Display for CarriedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(error) => error.fmt(f),
            Self::Ask(text, error) => write!(f, "{text}: {error}"),
            Self::NoNumber(text) => write!(
                f,
                "{text}: it is no number in some runs; ask for a number every run has, or make it yes or no"
            ),
        }
    }
}

impl std::error::Error for CarriedError {}

/// Numbers of runs, ask by ask.
type Numbers = Vec<Vec<f64>>;
/// A process (none: all together), the effect without its reading, and without the process or why it stays.
type Tried = (Option<String>, Option<Numbers>, Result<Numbers, String>);

/// Switches each process's path off in turn and says how much of the scenario's effect goes. `done` is called with
/// the number of runs finished since the last call.
///
/// # Errors
/// [`CarriedError`].
pub fn carried(
    base: &Model<'_>,
    scenario: &Model<'_>,
    asks: &[String],
    (seed, runs): (u64, u32),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Carried>, CarriedError> {
    let all = |model: &Model<'_>,
               one: &(dyn Fn(u32) -> Result<Played, StepError> + Sync)|
     -> Result<Numbers, CarriedError> {
        let read: Vec<Ask> = (asks.iter())
            .map(|ask| Ask::read(ask, model).map_err(|e| CarriedError::Ask(ask.clone(), e)))
            .collect::<Result<_, _>>()?;
        let numbers = |run: u32| -> Result<Vec<f64>, CarriedError> {
            let outcome = one(run).map_err(CarriedError::Step)?.outcome;
            done(1);
            read.iter().zip(asks).map(|(ask, text)| number(ask, text, model, &outcome)).collect()
        };
        let rows: Vec<Vec<f64>> =
            (0..runs).into_par_iter().map(numbers).collect::<Result<_, _>>()?;
        Ok((0..asks.len()).map(|a| rows.iter().map(|row| row[a]).collect()).collect())
    };
    let before = all(base, &|run| base.play(seed, run).go())?;
    let after = all(scenario, &|run| scenario.play(seed, run).go())?;
    let effects = less(&after, &before);
    let unreadable = scenario.other_shape(base);
    let names: Vec<&str> = scenario.processes.iter().map(|p| p.name()).collect();
    let blind = |blind: &[&str]| -> Result<Option<Numbers>, CarriedError> {
        if unreadable.is_some() {
            return Ok(None);
        }
        let blind = Some(Blind { other: base, processes: blind });
        let blinded = all(scenario, &|run| Play { blind, ..scenario.play(seed, run) }.go())?;
        Ok(Some(less(&blinded, &before)))
    };
    let mut paths: Vec<Tried> = Vec::new();
    for name in &names {
        let absent = match kept(base, scenario, name) {
            Some(why) => Err(why),
            None => {
                let (mut old, mut new) = (base.case.clone(), scenario.case.clone());
                for case in [&mut old, &mut new] {
                    case.head.processes.retain(|p| p.get_ref() != name);
                }
                match (Model::new(&old), Model::new(&new)) {
                    (Ok(old), Ok(new)) => {
                        let before = all(&old, &|run| old.play(seed, run).go());
                        let after = all(&new, &|run| new.play(seed, run).go());
                        match (before, after) {
                            (Ok(before), Ok(after)) => Ok(less(&after, &before)),
                            (Err(CarriedError::Step(error)), _)
                            | (Ok(_), Err(CarriedError::Step(error))) => {
                                return Err(CarriedError::Step(error));
                            }
                            (Err(error), _) | (_, Err(error)) => Err(error.to_string()),
                        }
                    }
                    _ => Err("the case cannot run without it".to_owned()),
                }
            }
        };
        paths.push((Some((*name).to_owned()), blind(&[name])?, absent));
    }
    paths.push((None, blind(&names)?, Err("something must move".to_owned())));
    let told = |a: usize, ask: &String| {
        let (effect, error) = mean(&effects[a]);
        let off = |left: &Numbers| {
            let gone: Vec<f64> = effects[a].iter().zip(&left[a]).map(|(e, l)| e - l).collect();
            let (gone, error) = mean(&gone);
            Off { left: mean(&left[a]).0, gone, error }
        };
        let path = |(process, reading, absent): &Tried| Path {
            process: process.clone(),
            reading: reading.as_ref().map(&off),
            absent: absent.as_ref().ok().map(&off),
            kept: absent.as_ref().err().cloned(),
        };
        Carried {
            ask: ask.clone(),
            effect,
            error,
            paths: paths.iter().map(path).collect(),
            unreadable: unreadable.clone(),
        }
    };
    Ok(asks.iter().enumerate().map(|(a, ask)| told(a, ask)).collect())
}

/// Why a process cannot be left out, if it cannot.
fn kept(base: &Model<'_>, scenario: &Model<'_>, name: &str) -> Option<String> {
    let alone = base.processes.len() == 1 || scenario.processes.len() == 1;
    match name {
        election::NAME => {
            Some("without the election there is no new assembly to ask of".to_owned())
        }
        formation::NAME => {
            Some("without it no government is formed that could be asked of".to_owned())
        }
        _ if alone => Some("nothing else moves".to_owned()),
        _ => None,
    }
}

fn number(
    ask: &Ask,
    text: &str,
    model: &Model<'_>,
    outcome: &Outcome,
) -> Result<f64, CarriedError> {
    let number = ask.number(outcome).or_else(|| ask.days_at_end(model.end));
    number.ok_or_else(|| CarriedError::NoNumber(text.to_owned()))
}

fn less(after: &Numbers, before: &Numbers) -> Numbers {
    let pair = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a - b).collect();
    after.iter().zip(before).map(pair).collect()
}

/// The mean and the half-width of its 95 % interval.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, 1.96 * (variance / n).sqrt())
}
