//! What a forecast hangs on: which numbers of the case, if known better, would narrow it, and what is chance.
//!
//! The outcome is an [`Ask`] read as a number. Inputs are the case's estimates that are not certain, each at a point
//! of its own distribution; a correlated group is one input; and luck, every random draw of a run together, is one
//! more. Elementary effects over all of them (`morris1991`) pick the few that may matter; variance is then shared
//! out (`saltelli2010`) among those, all other numbers together, and luck. Inputs so made are independent, as the
//! indices want, and their shares tell what is not known from what is chance. Every number is a function of the
//! case, the seed and the sizes of the study, on any number of threads.
//!
//! A run is played no further than what is asked of it wants: seats need no government, and a government no later
//! weeks.
//!
//! Luck is named by the day it falls on. A number that moves a date therefore deals the luck of the days after it anew,
//! and its total share and its elementary effects hold that too. First-order shares, the share left to luck when all
//! numbers are known (luck's total share) and the tornado's means do not: they are what to go by.

use serde::Serialize;
use simulate::model::Model;
use simulate::process::StepError;
use theory::Fault;
use theory::sensitivity::VARIANCE;

use crate::ask::Ask;

mod collection;
mod inputs;
mod screening;
mod variance;

pub use collection::Item;
pub use inputs::{Input, Kind};
pub use screening::Screened;
pub use variance::{Share, Swing};

use inputs::{Block, Found, Space};

/// The most inputs whose shares are told apart: the sequence has 256 dimensions, two for each of these, for the
/// others and for luck.
pub const MOST_PICKED: usize = 126;
/// The most base points: the length of the sequence.
pub const MOST_SAMPLES: usize = 1 << 16;

/// How large a study is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Study {
    /// The seed of points, walks and luck.
    pub seed: u64,
    /// How many walks the screening makes through all inputs.
    pub walks: usize,
    /// How many base points the variance is shared out over; best a power of two. Zero: screening only.
    pub samples: usize,
    /// How many inputs, at most, are told apart.
    pub top: usize,
}

impl Study {
    /// The most runs it takes: (inputs + 1) for each walk, then for each base point one for each input told apart,
    /// the others and luck, two more, and (over 512 base points at most) two for each bar of the tornado.
    #[must_use]
    pub fn most_runs(&self, model: &Model<'_>, ask: &Ask) -> u64 {
        let inputs = Space::new(model, ask, self.seed).blocks().len() + 1;
        let picked = self.top.min(inputs);
        let swings = 2 * picked * self.samples.min(variance::MOST_SWINGS);
        ((inputs + 1) * self.walks + self.samples * (picked + 4) + swings) as u64
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// How many inputs were screened, luck among them.
    pub inputs: usize,
    /// How many of them no run hung on.
    pub idle: usize,
    /// All inputs, the largest effect first.
    pub screened: Vec<Screened>,
    /// How the variance is shared out; none if only screening was asked for.
    pub variance: Option<Variance>,
}

/// How the variance is shared out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variance {
    /// Base points.
    pub samples: usize,
    /// The mean of what is asked.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// The share of runs in which what is counted in days did not come about inside the window and was counted to
    /// the window's end.
    pub unreached: f64,
    /// Shares: the picked inputs in falling first order, then all other numbers (if any are left), then luck.
    pub shares: Vec<Share>,
    /// What the picked inputs' ends do to the mean, the widest first.
    pub tornado: Vec<Swing>,
    /// What to find out, the most worth first.
    pub collection: Vec<Item>,
}

/// Why a study cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub enum SensitivityError {
    /// A process could not take a step.
    Step(StepError),
    /// In some run what is asked has no number.
    NoNumber,
    /// The sizes of the study are out of range.
    Size(String),
    /// The design or its reading.
    Design(Fault),
    /// It was no longer wanted.
    Stopped,
}

impl std::fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Step(error) => error.fmt(f),
            Self::NoNumber => f.write_str(
                "in some runs what is asked is no number: ask for a number every run has, or make it yes or no, \
                 such as government.days < 200 or head == NAME",
            ),
            Self::Size(fault) => f.write_str(fault),
            Self::Stopped => f.write_str("stopped before the end"),
            Self::Design(fault) if fault.place.argument == VARIANCE => f.write_str(
                "what is asked came out the same in every run: nothing drives it; take more samples or ask for \
                 something less certain",
            ),
            Self::Design(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for SensitivityError {}

/// Finds what an outcome hangs on. `done` is called with the number of runs finished since the last call.
///
/// # Errors
/// [`SensitivityError`]: sizes out of range, a run that fails or has no number, an outcome without variance.
pub fn sensitivity<'m>(
    model: &'m Model<'m>,
    ask: &'m Ask,
    study: &Study,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Sensitivity, SensitivityError> {
    while_wanted(model, ask, study, &|| true, done)
}

/// The same, but `go_on` is asked before each run: once it says no, the study stops.
///
/// # Errors
/// As [`sensitivity`], and [`SensitivityError::Stopped`].
pub fn while_wanted<'m>(
    model: &'m Model<'m>,
    ask: &'m Ask,
    study: &Study,
    go_on: &'m (dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Sensitivity, SensitivityError> {
    for (what, found, least, most) in [
        ("inputs to tell apart", study.top, 1, MOST_PICKED),
        ("base points", study.samples, 0, MOST_SAMPLES),
        ("walks", study.walks, 1, 1 << 16),
    ] {
        if !(least..=most).contains(&found) {
            let fault = format!("{found} {what}: take {least} to {most}");
            return Err(SensitivityError::Size(fault));
        }
    }
    let mut space = Space::new(model, ask, study.seed);
    space.go_on = go_on;
    let mut blocks = space.blocks();
    blocks.push(Block::Luck);
    let effects = screening::screen(&space, &blocks, study.walks, study.seed, done)?;
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|a, b| effects[*b].size.total_cmp(&effects[*a].size).then(a.cmp(b)));
    let picked: Vec<usize> = (order.iter().copied())
        .filter(|at| blocks[*at] != Block::Luck && effects[*at].size > 0.0)
        .take(study.top)
        .collect();
    let variance = match study.samples {
        0 => None,
        _ => Some(share_out(&space, &blocks, &picked, study, done)?),
    };
    Ok(Sensitivity {
        inputs: blocks.len(),
        idle: effects.iter().filter(|e| e.size == 0.0).count(),
        screened: order.iter().map(|at| effects[*at].clone()).collect(),
        variance,
    })
}

/// Shares the variance out among the picked of all blocks, the rest of the numbers, and luck.
fn share_out(
    space: &Space<'_>,
    all: &[Block],
    picked: &[usize],
    study: &Study,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Variance, SensitivityError> {
    let mut blocks: Vec<Block> = picked.iter().map(|at| all[*at].clone()).collect();
    let left = (0..all.len()).filter(|at| !picked.contains(at) && all[*at] != Block::Luck);
    let left: Vec<&Block> = left.map(|at| &all[at]).collect();
    if !left.is_empty() {
        blocks.push(Space::together(&left));
    }
    blocks.push(Block::Luck);
    let base = variance::base(blocks.len(), study.samples, study.seed);
    let (mut shares, found) = variance::shares(space, &blocks, &base, study.seed, done)?;
    let tornado = variance::tornado(space, &blocks, picked.len(), &base, done)?;
    shares[..picked.len()].sort_by(|a, b| b.first.total_cmp(&a.first));
    let n = found.len() as f64;
    let mean = found.iter().map(|f| f.value).sum::<f64>() / n;
    let squares = found.iter().map(|f| (f.value - mean).powi(2)).sum::<f64>();
    let deviation = (squares / n).sqrt();
    Ok(Variance {
        samples: study.samples,
        mean,
        deviation,
        unreached: found.iter().filter(|f| f.unreached).count() as f64 / n,
        collection: collection::list(&shares, members(space, &blocks, &base, &found), deviation),
        shares,
        tornado,
    })
}

/// What knowing each member of the correlated groups alone would take, from the runs at the independent points.
fn members(
    space: &Space<'_>,
    blocks: &[Block],
    base: &[Vec<f64>],
    found: &[Found],
) -> Vec<collection::Member> {
    let case = space.model.case;
    let groups: Vec<usize> = (blocks.iter())
        .filter(|block| space.describe(block).kind == Kind::Group)
        .flat_map(|block| if let Block::Many(_, groups) = block { groups.as_slice() } else { &[] })
        .copied()
        .collect();
    if groups.is_empty() {
        return Vec::new();
    }
    let places: Vec<(usize, usize)> = (groups.iter())
        .flat_map(|g| case.groups[*g].members.iter().map(|(member, _)| (*g, *member)))
        .collect();
    let ys = values(found);
    let drawn: Vec<Vec<f64>> = (0..ys.len())
        .map(|at| {
            let (row, half) = (at / 2, at % 2);
            let point = &base[row][half * blocks.len()..(half + 1) * blocks.len()];
            let place = space.place(blocks, point, u32::try_from(row).unwrap_or(u32::MAX));
            let drawn = space.model.drawn(&place.uniforms, &place.factors);
            places.iter().map(|(_, member)| drawn.peek(*member)).collect()
        })
        .collect();
    let member = |(at, (group, belief)): (usize, &(usize, usize))| {
        let xs: Vec<f64> = drawn.iter().map(|row| row[at]).collect();
        let (ratio, error) = collection::ratio(&xs, &ys);
        let input = space.describe(&Block::One(*belief));
        collection::Member { input, group: case.groups[*group].id.clone(), ratio, error }
    };
    places.iter().enumerate().map(member).collect()
}

fn values(found: &[Found]) -> Vec<f64> {
    found.iter().map(|f| f.value).collect()
}

#[cfg(test)]
mod tests;
