//! Sway over a body: who holds it, through which channel and through whom, with what we do not know about it.
//!
//! In each draw every estimate takes a value, the assembly is the one elected in that draw (or the sitting one),
//! its members weigh by their Shapley-Shubik index at the body's quota, and the tie network is solved. Means over
//! draws add up to one; intervals are over draws.

mod account;
pub mod change;
pub mod course;
mod flow;
pub mod formal;
mod frame;
mod house;
mod moves;
mod part;

pub use account::{Groups, Heading};
pub use part::PartKind;

use std::collections::BTreeMap;

use case::{Channel, Diagnostic};
use rayon::prelude::*;
use serde::Serialize;
use simulate::luck::Luck;
use simulate::model::Model;
use simulate::play::{Play, Until};
use simulate::power::Power;
use simulate::process::StepError;
use simulate::sway::{Hop, Influence, Sway};

use crate::interval::Interval;

/// Sway over a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The body's id.
    pub body: String,
    /// What it decides.
    pub name: String,
    /// Its quota.
    pub quota: u32,
    /// How many draws.
    pub draws: u32,
    /// Whether the members are those of an assembly that is yet to be elected.
    pub elected: bool,
    /// The actors with sway, most first.
    pub actors: Vec<ActorSway>,
    /// For each two actors of the case's focus: how often the first holds more sway than the second.
    pub ahead: Vec<Ahead>,
    /// Mean share of small lists and independents, of whom the case knows no ties.
    pub fringe: Interval,
}

/// Which of two actors holds more sway.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahead {
    /// The actor with more sway on average.
    pub first: String,
    /// The other.
    pub second: String,
    /// The share of draws in which it has more.
    pub share: f64,
}

/// One actor's sway.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorSway {
    /// The actor's id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// A short name for charts.
    pub label: String,
    /// Its kind.
    pub kind: case::actor::ActorKind,
    /// All of it.
    pub total: Interval,
    /// Mean share held by right of its own seats.
    pub own: f64,
    /// Mean share through each channel.
    pub channels: BTreeMap<Channel, f64>,
    /// Mean share through each first touch, most first.
    pub hops: Vec<Through>,
}

/// The mean share of an actor's sway that passes through another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Through {
    /// The actor touched first.
    pub actor: String,
    /// Its short name.
    pub label: String,
    /// By which channel.
    pub channel: Channel,
    /// The mean share.
    pub share: f64,
}

/// Why sway could not be measured.
#[derive(Debug)]
pub enum MeasureError {
    /// The case has no such body; the known ones.
    NoBody(String, Vec<String>),
    /// There is no assembly whose members could be weighed.
    NoAssembly,
    /// No date has such an actor; the known ones.
    NoActor(String, Vec<String>),
    /// No date has an estimate, and why the first has none.
    NoEstimate(String),
    /// A draw has no solution.
    Step(StepError),
    /// The case is not fit to run.
    Case(Vec<Diagnostic>),
}

impl std::fmt::Display for MeasureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoBody(name, known) => {
                write!(f, "the case has no body \"{name}\"; it has: {}", known.join(", "))
            }
            Self::NoAssembly => f.write_str(
                "nobody knows who sits in the assembly: add \"election\" to processes or rows to result.csv",
            ),
            Self::NoActor(name, known) => {
                write!(f, "the case has no actor \"{name}\"")?;
                match case::diagnostic::nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => write!(f, "; did you mean \"{near}\"?"),
                    None => Ok(()),
                }
            }
            Self::NoEstimate(why) => write!(f, "no date has an estimate: {why}"),
            Self::Step(error) => write!(f, "{error}"),
            Self::Case(findings) => write!(f, "the case has {} faults: run check", findings.len()),
        }
    }
}

impl std::error::Error for MeasureError {}

struct Draw {
    sway: Sway,
    fringe: f64,
    hops: Vec<Vec<Hop>>,
}

/// Measures sway over a body of the case in `draws` draws under a seed.
///
/// # Errors
/// [`MeasureError`].
pub fn measure(
    model: &Model<'_>,
    body: &str,
    seed: u64,
    draws: u32,
) -> Result<Measured, MeasureError> {
    let case = model.case;
    let Some(found) = case.bodies.iter().find(|b| b.id.get_ref() == body) else {
        let known = case.bodies.iter().map(|b| b.id.get_ref().clone()).collect();
        return Err(MeasureError::NoBody(body.to_owned(), known));
    };
    let quota = *found.quota.get_ref();
    let one = |run: u32| -> Result<Draw, MeasureError> {
        let play = Play { until: Until::Assembly, ..model.play(seed, run) };
        let played = play.go().map_err(MeasureError::Step)?;
        let seats = played.assembly.ok_or(MeasureError::NoAssembly)?;
        let power = Power::of(model, &seats, quota).map_err(MeasureError::Step)?;
        let drawn = model.draw(Luck::new(seed, run));
        let influence = Influence::solve(&model.network, &drawn, |_| 1.0).map_err(|e| {
            MeasureError::Step(StepError { process: "measure", fault: e.to_string() })
        })?;
        let hops =
            (0..case.actors.len()).map(|actor| influence.hops(&power.members, actor)).collect();
        Ok(Draw { sway: influence.sway(&power.members), fringe: power.fringe, hops })
    };
    let all: Vec<Draw> = (0..draws.max(1)).into_par_iter().map(one).collect::<Result<_, _>>()?;
    let n = all.len() as f64;
    let mut actors: Vec<ActorSway> = (case.actors.iter().enumerate())
        .map(|(a, actor)| {
            let mean = |f: &dyn Fn(&Draw) -> f64| all.iter().map(f).sum::<f64>() / n;
            ActorSway {
                actor: actor.id.get_ref().clone(),
                name: actor.name.clone(),
                label: actor.label().to_owned(),
                kind: actor.kind,
                total: Interval::of(all.iter().map(|d| d.sway.total(a))),
                own: mean(&|d| d.sway.own[a]),
                channels: Channel::ALL
                    .into_iter()
                    .map(|c| (c, mean(&|d| d.sway.by_channel[a][c.index()])))
                    .filter(|(_, share)| *share > 0.0)
                    .collect(),
                hops: through(model, a, &all),
            }
        })
        .filter(|row| row.total.mean > 1e-12)
        .collect();
    actors.sort_by(|a, b| b.total.mean.total_cmp(&a.total.mean).then(a.actor.cmp(&b.actor)));
    Ok(Measured {
        body: body.to_owned(),
        name: found.name.clone(),
        quota,
        draws: draws.max(1),
        elected: model.elects(),
        ahead: ahead(model, &actors, &all),
        actors,
        fringe: Interval::of(all.iter().map(|d| d.fringe)),
    })
}

fn ahead(model: &Model<'_>, actors: &[ActorSway], all: &[Draw]) -> Vec<Ahead> {
    let focus: Vec<&str> = model.case.head.focus.iter().map(|f| f.get_ref().as_str()).collect();
    // Already in the order of mean sway.
    let ranked: Vec<&str> =
        actors.iter().map(|a| a.actor.as_str()).filter(|a| focus.contains(a)).collect();
    let mut pairs = Vec::new();
    for (i, first) in ranked.iter().enumerate() {
        for second in &ranked[i + 1..] {
            let (Some(a), Some(b)) =
                (model.case.actor_index(first), model.case.actor_index(second))
            else {
                continue;
            };
            let wins = all.iter().filter(|d| d.sway.total(a) > d.sway.total(b)).count();
            pairs.push(Ahead {
                first: (*first).to_owned(),
                second: (*second).to_owned(),
                share: wins as f64 / all.len() as f64,
            });
        }
    }
    pairs
}

fn through(model: &Model<'_>, actor: usize, all: &[Draw]) -> Vec<Through> {
    // Every draw has the same ties in the same order.
    let Some(first) = all.first() else {
        return Vec::new();
    };
    let mut rows: Vec<Through> = (first.hops[actor].iter().enumerate())
        .map(|(i, hop)| {
            let touched = &model.case.actors[hop.through];
            let sum: f64 = all.iter().map(|d| d.hops[actor][i].share).sum();
            Through {
                actor: touched.id.get_ref().clone(),
                label: touched.label().to_owned(),
                channel: hop.channel,
                share: sum / all.len() as f64,
            }
        })
        .collect();
    rows.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.actor.cmp(&b.actor)));
    rows
}
