//! Sway over a body: who holds it, through which channel and through whom, with what we do not know about it.
//!
//! In each draw every estimate takes a value, the assembly is the one elected in that draw (or the
//! sitting one), its members weigh by their Shapley-Shubik index at the body's quota, and the tie
//! network is solved ([`simulate::sway`]), for one date ([`measure`]) and for several laid over
//! each other ([`course`]) alike. Means over draws add up to one; intervals are over draws.

mod account;
pub mod change;
pub mod course;
pub mod formal;
mod frame;
mod gap;
mod house;
mod level;
mod moves;
mod part;

pub use account::{Groups, Heading};
pub use gap::Gap;
pub use part::PartKind;

use std::collections::BTreeMap;

use case::Channel;
use serde::Serialize;
use simulate::luck::Luck;
use simulate::model::Model;
use simulate::play::{Play, Until};
use simulate::power::Power;
use simulate::process::StepError;
use simulate::pulls::{Strengths, Unsolved};
use simulate::sway::Influence;
use theory::Fault;

use self::level::{Sums, chunks};
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
    /// No date has an estimate, and why the first has none; none if no date is asked for.
    NoEstimate(Option<Gap>),
    /// A run to the election of the assembly could not be played.
    Step(StepError),
    /// Nobody was elected by the end of the window.
    NotElected,
    /// Members and quota make no game.
    Power(Fault),
    /// The tie network has no solution, with the ids of the actors.
    Network(Unsolved<String>),
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
            Self::NoEstimate(None) => f.write_str("no date has an estimate: no date is asked for"),
            Self::NoEstimate(Some(why)) => write!(f, "no date has an estimate: {why}"),
            Self::Step(error) => write!(f, "{error}"),
            Self::NotElected => f.write_str("nobody was elected inside the window"),
            Self::Power(error) => write!(f, "the power of the members: {error}"),
            Self::Network(error) => write!(f, "the tie network: {error}"),
        }
    }
}

impl std::error::Error for MeasureError {}

impl From<StepError> for MeasureError {
    fn from(error: StepError) -> Self {
        Self::Step(error)
    }
}

impl From<Fault> for MeasureError {
    fn from(error: Fault) -> Self {
        Self::Power(error)
    }
}

/// Draws of one model, summed up.
struct Draws {
    sums: Sums,
    fringe: Vec<f64>,
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
    let chosen: Vec<usize> = (0..case.actors.len()).collect();
    let ties = model.network.plan.ties();
    let one = |runs: std::ops::Range<u32>| -> Result<Draws, MeasureError> {
        let mut draws = Draws { sums: Sums::empty(chosen.len(), ties.len()), fringe: Vec::new() };
        for run in runs {
            let played = Play { until: Until::Assembly, ..model.play(seed, run) }.go()?;
            let seats = played.assembly.ok_or(MeasureError::NoAssembly)?;
            let power = Power::of(model, &seats, quota)?;
            let strengths = Strengths::of(&model.network, &model.draw(Luck::new(seed, run)));
            let id = |actor: usize| model.network.actors[actor].clone();
            let influence = Influence::solve(&model.network.plan, &strengths)
                .map_err(|error| MeasureError::Network(error.named(id)))?;
            draws.sums.add(&influence.sway(&power.members), &chosen);
            draws.fringe.push(power.fringe);
        }
        Ok(draws)
    };
    let all = chunks(draws.max(1), one)?;
    let sums: Vec<&Sums> = all.iter().map(|d| &d.sums).collect();
    let mut carried: Vec<Vec<usize>> = vec![Vec::new(); case.actors.len()];
    ties.iter().enumerate().for_each(|(tie, (from, _))| carried[*from].push(tie));
    let mut actors: Vec<(usize, ActorSway)> = (case.actors.iter().enumerate())
        .map(|(a, actor)| {
            let own = carried[a].iter().map(|tie| {
                let touched = &case.actors[ties[*tie].1];
                let channel = model.network.ties[*tie].2;
                (*tie, touched.id.get_ref().as_str(), touched.label(), channel)
            });
            let level = Sums::level(&sums, a, own);
            let row = ActorSway {
                actor: actor.id.get_ref().clone(),
                name: actor.name.clone(),
                label: actor.label().to_owned(),
                kind: actor.kind,
                total: level.total,
                own: level.own,
                channels: level.channels,
                hops: level.hops,
            };
            (a, row)
        })
        .filter(|(_, row)| row.total.mean > 1e-12)
        .collect();
    actors.sort_by(|(_, a), (_, b)| {
        b.total.mean.total_cmp(&a.total.mean).then(a.actor.cmp(&b.actor))
    });
    Ok(Measured {
        body: body.to_owned(),
        name: found.name.clone(),
        quota,
        draws: draws.max(1),
        elected: model.elects(),
        ahead: ahead(model, &actors, &sums),
        actors: actors.into_iter().map(|(_, row)| row).collect(),
        fringe: Interval::of(all.iter().flat_map(|d| d.fringe.iter().copied())),
    })
}

fn ahead(model: &Model<'_>, actors: &[(usize, ActorSway)], sums: &[&Sums]) -> Vec<Ahead> {
    let focus: Vec<&str> = model.case.head.focus.iter().map(|f| f.get_ref().as_str()).collect();
    // Already in the order of mean sway.
    let ranked: Vec<_> = actors.iter().filter(|(_, a)| focus.contains(&a.actor.as_str())).collect();
    let totals = |place: usize| sums.iter().flat_map(move |s| s.totals(place));
    let mut pairs = Vec::new();
    for (i, (a, first)) in ranked.iter().enumerate() {
        for (b, second) in &ranked[i + 1..] {
            let wins = totals(*a).zip(totals(*b)).filter(|(a, b)| a > b).count();
            pairs.push(Ahead {
                first: first.actor.clone(),
                second: second.actor.clone(),
                share: wins as f64 / totals(*a).count() as f64,
            });
        }
    }
    pairs
}
