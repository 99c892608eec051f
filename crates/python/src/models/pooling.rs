//! The outside view for Python.

use theory::pooling::{
    self, BetaBinomial, Events, GammaPoisson, Kernel, Pooled, Record, Span, StudentT, Trials,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, told};
use crate::array::{Array, Grid, Row};

/// Probabilities of one yes-or-no event joined by their log odds.
///
/// ``opinions``: in [0, 1], shape (n,); ``weights``: summing to 1, (n,).
#[pyfunction]
pub fn log_odds_pool(opinions: Row, weights: Row) -> PyResult<f64> {
    told(pooling::log_odds_pool(&opinions.0, &weights.0))
}

/// Distributions joined by their quantiles: shape (points,).
///
/// ``opinions``: evenly spaced quantiles in rising order, (n, points); ``weights``: summing to 1, (n,).
#[pyfunction]
pub fn quantile_pool(opinions: Grid, weights: Row) -> PyResult<Array> {
    let rows: Vec<&[f64]> = opinions.cells.chunks(opinions.width.max(1)).collect();
    Ok(Array::row(told(pooling::quantile_pool(&rows, &weights.0))?))
}

/// Weights of draws by which the means of functions come to their targets, nearest to even weights: a dict of
/// ``weights`` (draws,), ``effective`` (how many draws they are worth), ``reached``, ``taken`` and ``entropy``.
///
/// ``functions``: (functions, draws); ``targets``: (functions,); ``floor``: the least effective number of draws.
#[pyfunction]
#[pyo3(signature = (functions, targets, floor=0.0))]
pub fn tilt(py: Python<'_>, functions: Grid, targets: Row, floor: f64) -> PyResult<Bound<'_, PyDict>> {
    let found = told(py.detach(|| pooling::tilt(&functions.rows(), &targets.0, floor)))?;
    Ok(dict!(py,
        "weights": Array::row(found.weights),
        "effective": found.effective,
        "reached": Array::row(found.reached),
        "taken": found.taken,
        "entropy": found.entropy,
    ))
}

/// How many unweighted draws weights are worth.
#[pyfunction]
pub fn effective_sample_size(weights: Row) -> f64 {
    pooling::effective_sample_size(&weights.0)
}

/// Rates of yes in groups that are alike: a dict of the ``chance`` that the next trial of each group comes out yes
/// (groups,), that of a ``new`` group, and the mean ``alpha`` and ``beta``.
///
/// ``yes`` and ``trials``: of each group, (groups,).
#[pyfunction]
pub fn beta_binomial(py: Python<'_>, yes: Row, trials: Row) -> PyResult<Bound<'_, PyDict>> {
    let groups = pairs(&yes, &trials, |yes, trials| Trials { yes, trials })?;
    let found = told(py.detach(|| BetaBinomial::fit(&groups)))?;
    let chances = groups.iter().map(|own| told(found.chance(*own))).collect::<PyResult<Vec<_>>>()?;
    let shapes = found.shapes();
    Ok(dict!(py,
        "chance": Array::row(chances),
        "new": told(found.chance(Trials::default()))?,
        "alpha": shapes.alpha,
        "beta": shapes.beta,
    ))
}

/// Two rows as pairs.
fn pairs<T>(a: &Row, b: &Row, pair: fn(f64, f64) -> T) -> PyResult<Vec<T>> {
    if a.0.len() != b.0.len() {
        return Err(crate::fault::value("the two rows differ in length"));
    }
    Ok(a.0.iter().zip(&b.0).map(|(a, b)| pair(*a, *b)).collect())
}

/// Rates of events in groups that are alike: a dict of the ``mean`` rate of each group (groups,) and of a ``new`` one,
/// per unit of exposure.
///
/// ``count`` and ``exposure``: of each group, (groups,).
#[pyfunction]
pub fn gamma_poisson(py: Python<'_>, count: Row, exposure: Row) -> PyResult<Bound<'_, PyDict>> {
    let groups = pairs(&count, &exposure, |count, exposure| Events { count, exposure })?;
    let found = told(py.detach(|| GammaPoisson::fit(&groups)))?;
    let means = groups.iter().map(|own| found.mean(*own)).collect::<Vec<_>>();
    let none = Events { count: 0.0, exposure: 0.0 };
    Ok(dict!(py, "mean": Array::row(means), "new": found.mean(none)))
}

/// The share of waits that last longer than each time at which one ended: a dict of ``time``, ``survival`` and ``error``
/// (Greenwood), each (steps,).
///
/// ``length``: (waits,); ``ended``: whether it ended then or was only watched so long.
#[pyfunction]
pub fn kaplan_meier(py: Python<'_>, length: Row, ended: Vec<bool>) -> PyResult<Bound<'_, PyDict>> {
    if length.0.len() != ended.len() {
        return Err(crate::fault::value("length and ended: give as many of each"));
    }
    let spans = length.0.iter().zip(ended).map(|(length, ended)| Span { length: *length, ended, weight: 1.0 });
    let steps = told(pooling::kaplan_meier(&spans.collect::<Vec<_>>()))?;
    let of = |which: fn(&pooling::Step) -> f64| Array::row(steps.iter().map(which).collect::<Vec<_>>());
    Ok(dict!(py, "time": of(|s| s.time), "survival": of(|s| s.survival), "error": of(|s| s.error)))
}

/// Locations of groups that are alike, each with its own: quantiles of the next record, shape (groups + 1, shares), the
/// last row being a new group.
///
/// ``group`` (numbers from 0) and ``value``: of each record; ``censored``: whether only more than ``value`` is known;
/// ``df``: degrees of freedom of a Student's t (a normal if none are given); ``shares``: in (0, 1).
#[pyfunction]
#[pyo3(signature = (group, value, *, censored=None, df=None, shares=Row(vec![0.05, 0.5, 0.95])))]
pub fn location(
    py: Python<'_>,
    group: Vec<usize>,
    value: Row,
    censored: Option<Vec<bool>>,
    df: Option<f64>,
    shares: Row,
) -> PyResult<Array> {
    let censored = censored.unwrap_or_else(|| vec![false; group.len()]);
    if value.0.len() != group.len() || censored.len() != group.len() {
        return Err(crate::fault::value("group, value and censored: give as many of each"));
    }
    let groups = group.iter().max().map_or(0, |most| most + 1);
    let rows = group.into_iter().zip(&value.0).zip(censored);
    let records: Vec<Record> =
        rows.map(|((group, value), censored)| Record { group, value: *value, censored, weight: 1.0 }).collect();
    let kernel = df.map_or(Kernel::Normal, Kernel::StudentT);
    let found = told(py.detach(|| Pooled::fit(&records, groups, kernel)))?;
    let all = (0..groups).map(Some).chain([None]);
    let row = |group| {
        let next = found.predict(group);
        shares.0.iter().map(|share| told(next.quantile(*share))).collect::<PyResult<Vec<f64>>>()
    };
    Ok(Array::rows(&all.map(row).collect::<PyResult<Vec<_>>>()?, shares.0.len()))
}

/// The values of a Student's t below which shares lie: the shape of ``shares``.
#[pyfunction]
#[pyo3(signature = (shares, *, location=0.0, scale=1.0, df))]
pub fn student_t(shares: Row, location: f64, scale: f64, df: f64) -> PyResult<Array> {
    let law = told(StudentT::new(location, scale, df))?;
    let values = shares.0.iter().map(|share| told(law.quantile(*share)));
    Ok(Array::row(values.collect::<PyResult<Vec<_>>>()?))
}
