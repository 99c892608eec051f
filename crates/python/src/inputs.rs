//! Estimates as the inputs of somebody else's study: which matter, between which bounds, and what comes of a design.

use std::collections::BTreeMap;

use assess::Ask;
use assess::sensitivity::{Kind, Sensitivity, SensitivityError};
use case::{Belief, Case, Shape};
use pyo3::PyErr;
use pyo3::prelude::*;
use rayon::prelude::*;
use simulate::draw::Quantile;
use simulate::luck::Luck;
use simulate::model::BeliefId;
use simulate::play::{Play, Until};
use simulate::{Model, Outcome};
use study::Follow as _;

use crate::array::{Array, Grid};
use crate::fault;
use crate::watch::Watch;

/// In what an estimate is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// In its own unit.
    Value,
    /// In shares of belief.
    Share,
}

impl Scale {
    /// By its name in Python.
    pub fn named(name: &str) -> PyResult<Self> {
        match name {
            "value" => Ok(Self::Value),
            "share" => Ok(Self::Share),
            other => Err(fault::value(format!("scale: \"{other}\"; write \"value\" or \"share\""))),
        }
    }

    /// Between what an estimate is varied.
    pub fn bounds(self, belief: &Belief) -> [f64; 2] {
        match self {
            Self::Value => [belief.low, belief.high],
            Self::Share => [0.0, 1.0],
        }
    }

    /// The value that a number of a design stands for. One of several choices is the nearest of them.
    fn value(self, belief: &Belief, quantile: &Quantile, given: f64) -> f64 {
        match self {
            // A quantile function is for the open interval.
            Self::Share => quantile.at(given.clamp(1e-12, 1.0 - 1e-12)),
            Self::Value if belief.shape == Shape::Discrete => {
                let apart = |choice: &&(f64, f64)| (choice.0 - given).abs();
                let nearest = belief.choices.iter().min_by(|a, b| apart(a).total_cmp(&apart(b)));
                nearest.map_or(given, |choice| choice.0)
            }
            Self::Value => given,
        }
    }
}

/// The places of the estimates with the largest effects, the largest first, as many as are wanted. A correlated group
/// stands for its members that are not certain.
pub fn ranked(case: &Case, found: &Sensitivity, top: usize) -> Vec<BeliefId> {
    let places: BTreeMap<&str, BeliefId> =
        case.beliefs.iter().enumerate().map(|(at, belief)| (belief.path.as_str(), at)).collect();
    let of_group = |id: &str| -> Vec<BeliefId> {
        let group = case.groups.iter().find(|group| group.id == id);
        let members =
            group.iter().flat_map(|group| group.members.iter().map(|(member, _)| *member));
        members.filter(|at| case.beliefs[*at].low < case.beliefs[*at].high).collect()
    };
    let moved = found.screened.iter().filter(|screened| screened.size > 0.0);
    let inputs = moved.flat_map(|screened| match screened.input.kind {
        Kind::Estimate => places.get(screened.input.name.as_str()).copied().into_iter().collect(),
        Kind::Group => of_group(&screened.input.name),
        Kind::Others | Kind::Luck => Vec::new(),
    });
    inputs.take(top).collect()
}

/// Points at which the outcome is wanted: for each the values of some estimates.
pub struct Design<'m> {
    model: &'m Model<'m>,
    places: Vec<BeliefId>,
    points: Vec<Vec<f64>>,
}

impl<'m> Design<'m> {
    /// The points of a grid, each number checked against the estimate it is for.
    ///
    /// # Errors
    /// A name that is no estimate of the case or stands twice, a row of another length, a number out of its bounds.
    pub fn new(
        model: &'m Model<'m>,
        names: &[String],
        grid: &Grid,
        scale: Scale,
    ) -> PyResult<Self> {
        let beliefs = &model.case.beliefs;
        let place = |name: &String| {
            beliefs.iter().position(|belief| belief.path == *name).ok_or_else(|| {
                let near = case::diagnostic::nearest(name, beliefs.iter().map(|b| b.path.as_str()));
                let near =
                    near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
                fault::value(format!("names: the case has no estimate \"{name}\"{near}"))
            })
        };
        let places = names.iter().map(place).collect::<PyResult<Vec<_>>>()?;
        if let Some(at) = (1..places.len()).find(|at| places[..*at].contains(&places[*at])) {
            return Err(fault::value(format!("names: \"{}\" stands twice", names[at])));
        }
        if grid.width != names.len() {
            let (width, count) = (grid.width, names.len());
            return Err(fault::value(format!(
                "X: a row has {width} numbers, and there are {count} names"
            )));
        }
        let quantiles: Vec<Quantile> =
            places.iter().map(|at| Quantile::of(&beliefs[*at])).collect();
        let point = |(row, numbers): (usize, Vec<f64>)| {
            let number = |(at, given): (usize, f64)| {
                let belief = &beliefs[places[at]];
                let [low, high] = scale.bounds(belief);
                if (low..=high).contains(&given) {
                    return Ok(scale.value(belief, &quantiles[at], given));
                }
                let name = &belief.path;
                Err(fault::value(format!(
                    "X[{row}][{at}]: {given} for {name}; it lies between {low} and {high}"
                )))
            };
            numbers.into_iter().enumerate().map(number).collect()
        };
        let points = grid.rows().into_iter().enumerate().map(point).collect::<PyResult<_>>()?;
        Ok(Self { model, places, points })
    }

    /// How many points it has.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// The mean of each question over runs 0 to `runs`, at each point.
    ///
    /// # Errors
    /// If a run cannot be played, or in some run a question has no number.
    pub fn evaluate(&self, asks: &[Ask], seed: u64, runs: u32, watch: &Watch) -> PyResult<Array> {
        let until = asks.iter().map(Ask::reach).max().unwrap_or(Until::Assembly);
        let point = |values: &Vec<f64>| -> Result<Vec<f64>, SensitivityError> {
            let mut sums = vec![0.0; asks.len()];
            for run in 0..runs {
                if !watch.goes_on() {
                    return Err(SensitivityError::Stopped);
                }
                let outcome = self.play(values, seed, run, until)?;
                for (sum, ask) in sums.iter_mut().zip(asks) {
                    let number = ask.number(&outcome).or_else(|| ask.days_at_end(self.model.end));
                    *sum += number.ok_or(SensitivityError::NoNumber)?;
                }
                watch.done(1);
            }
            Ok(sums.into_iter().map(|sum| sum / f64::from(runs)).collect())
        };
        let found: Vec<_> = self.points.par_iter().map(point).collect();
        let found = found.into_iter().collect::<Result<Vec<_>, _>>();
        Ok(Array::rows(&found.map_err(|e| -> PyErr { fault::value(e) })?, asks.len()))
    }

    /// A run with some estimates set and the others drawn by its own luck.
    fn play(
        &self,
        values: &[f64],
        seed: u64,
        run: u32,
        until: Until,
    ) -> Result<Outcome, SensitivityError> {
        let mut drawn = self.model.draw(Luck::new(seed, run));
        self.places.iter().zip(values).for_each(|(at, value)| drawn.set(*at, *value));
        let play = Play { drawn: Some(drawn), until, ..self.model.play(seed, run) };
        Ok(play.go().map_err(SensitivityError::Step)?.outcome)
    }
}
