//! Scores for Python.

use theory::score::{self, Law};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, told};
use crate::array::Row;
use crate::fault;

/// The Brier score of yes-or-no forecasts: the mean of (p - o)^2, from 0 (best) to 1.
///
/// ``forecasts``: probabilities, shape (n,); ``outcomes``: bools, shape (n,).
#[pyfunction]
pub fn brier(forecasts: Row, outcomes: Vec<bool>) -> PyResult<f64> {
    told(score::brier(&forecasts.0, &outcomes))
}

/// The Brier score of one forecast over categories: the sum of (p_k - o_k)^2, from 0 (best) to 2.
///
/// ``forecast``: probabilities that sum to 1, shape (k,); ``outcome``: the position of what came true.
#[pyfunction]
pub fn brier_many(forecast: Row, outcome: usize) -> PyResult<f64> {
    told(score::brier_many(&forecast.0, outcome))
}

/// The Brier score in parts, a dict: ``reliability`` - ``resolution`` + ``uncertainty``. Arguments as for ``brier``.
#[pyfunction]
pub fn decompose(py: Python<'_>, forecasts: Row, outcomes: Vec<bool>) -> PyResult<Bound<'_, PyDict>> {
    let parts = told(score::decompose(&forecasts.0, &outcomes))?;
    Ok(dict!(py,
        "reliability": parts.reliability,
        "resolution": parts.resolution,
        "uncertainty": parts.uncertainty,
    ))
}

/// The logarithmic score: minus the natural logarithm of the probability of what came true; 0 is best. Arguments as for
/// ``brier_many``.
#[pyfunction]
pub fn log(forecast: Row, outcome: usize) -> PyResult<f64> {
    told(score::log(&forecast.0, outcome))
}

/// The ranked probability score over ordered categories: from 0 (best) to k - 1. Arguments as for ``brier_many``.
#[pyfunction]
pub fn ranked_probability(forecast: Row, outcome: usize) -> PyResult<f64> {
    told(score::ranked_probability(&forecast.0, outcome))
}

/// Bits of surprise at the bin that the outcome fell in, from draws; 0 is best.
///
/// ``edges``: lower ends of the bins, rising, shape (k,); ``draws``: shape (n,).
#[pyfunction]
pub fn ignorance(edges: Row, draws: Row, outcome: f64) -> PyResult<f64> {
    told(score::ignorance(&edges.0, &draws.0, outcome))
}

/// The continuous ranked probability score of a distribution, in the units of ``y``; 0 is best.
///
/// ``law`` is "normal" (mean, sd), "lognormal" (mean and sd of the logarithm), "logistic" or "laplace" (location,
/// scale), "uniform" (low, high) or "exponential" (rate); ``parameters`` are those in brackets, in that order.
#[pyfunction]
pub fn crps(law: &str, parameters: Row, y: f64) -> PyResult<f64> {
    let law = match (law, parameters.0.as_slice()) {
        ("normal", &[mean, sd]) => Law::Normal { mean, sd },
        ("lognormal", &[mean, sd]) => Law::Lognormal { mean, sd },
        ("logistic", &[location, scale]) => Law::Logistic { location, scale },
        ("laplace", &[location, scale]) => Law::Laplace { location, scale },
        ("uniform", &[low, high]) => Law::Uniform { low, high },
        ("exponential", &[rate]) => Law::Exponential { rate },
        (law, given) => {
            let count = given.len();
            let known = "normal, lognormal, logistic, laplace, uniform (two each) and exponential (one)";
            return Err(fault::value(format!("law: \"{law}\" with {count} parameters; known are {known}")));
        }
    };
    told(score::crps(law, y))
}

/// The continuous ranked probability score of an ensemble as the distribution it is, in the units of ``y``.
///
/// ``draws``: shape (n,).
#[pyfunction]
pub fn crps_ensemble(draws: Row, y: f64) -> PyResult<f64> {
    told(score::crps_ensemble(&draws.0, y))
}

/// The same, fair to small ensembles: the spread is taken over distinct pairs of draws.
#[pyfunction]
pub fn crps_fair(draws: Row, y: f64) -> PyResult<f64> {
    told(score::crps_fair(&draws.0, y))
}

/// The score of a central interval that was to hold ``y`` with probability ``level``: its width, and 2/(1 - level) times
/// by how much ``y`` lies outside, in the units of ``y``.
#[pyfunction]
pub fn interval(low: f64, high: f64, level: f64, y: f64) -> PyResult<f64> {
    told(score::interval(low, high, level, y))
}

/// The central interval of draws at a level: a pair (low, high).
#[pyfunction]
pub fn interval_of_draws(draws: Row, level: f64) -> PyResult<(f64, f64)> {
    told(score::interval_of_draws(&draws.0, level))
}

/// The reliability of probabilities over bins of equal width: a list of dicts with ``low``, ``high``, ``count``,
/// ``events``, ``forecast``, ``share`` and its 95 % interval ``wilson`` (None where a bin is empty).
#[pyfunction]
#[pyo3(signature = (forecasts, outcomes, bins=10))]
pub fn calibration(
    py: Python<'_>,
    forecasts: Row,
    outcomes: Vec<bool>,
    bins: usize,
) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let found = told(score::calibration(&forecasts.0, &outcomes, bins))?;
    let bin = |bin: &score::Bin| {
        Ok(dict!(py,
            "low": bin.low,
            "high": bin.high,
            "count": bin.count,
            "events": bin.events,
            "forecast": bin.forecast,
            "share": bin.share,
            "wilson": bin.wilson,
        ))
    };
    found.iter().map(bin).collect()
}

/// The skill of a score against a baseline's: 1 - score / baseline; 1 is perfect, 0 no better.
#[pyfunction]
pub fn skill(score: f64, baseline: f64) -> PyResult<f64> {
    told(score::skill(score, baseline))
}
