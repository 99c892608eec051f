//! Sensitivity analysis for Python.

use theory::sensitivity::prim::{self, Patience, Region};
use theory::sensitivity::sobol::{self, Bootstrap, Estimator};
use theory::sensitivity::{morris, regional};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, number, one_of, told};
use crate::array::{Array, Grid, Row};

/// The points at which a model is to be run for Sobol indices: shape (rows * (inputs + 2), inputs).
///
/// ``base``: two independent points a row, in [0, 1), shape (rows, 2 * inputs).
#[pyfunction]
pub fn sobol_points(base: Grid) -> PyResult<Array> {
    Ok(Array::rows(&told(sobol::points(&base.rows()))?, base.width / 2))
}

/// Sobol indices from the results at those points: a dict of ``first`` and ``total`` (inputs,) and their intervals
/// ``first_interval`` and ``total_interval`` (inputs, 2).
///
/// ``estimator``: "saltelli" or "jansen"; ``resamples`` of the bootstrap at ``level``, drawn by ``seed``.
#[pyfunction]
#[pyo3(signature = (inputs, results, estimator="saltelli", *, resamples=500, level=0.95, seed=1))]
pub fn sobol_indices<'py>(
    py: Python<'py>,
    inputs: usize,
    results: Row,
    estimator: &str,
    resamples: usize,
    level: f64,
    seed: u64,
) -> PyResult<Bound<'py, PyDict>> {
    let known = [("saltelli", Estimator::Saltelli), ("jansen", Estimator::Jansen)];
    let estimator = one_of("estimator", estimator, &known)?;
    let found = told(py.detach(|| {
        let draw = |resample: usize, place: usize| number(seed, resample as u32, place as u64);
        let bootstrap = Bootstrap { resamples, level, draw: &draw };
        sobol::indices(inputs, &results.0, estimator, Some(bootstrap))
    }))?;
    let row = |of: fn(&sobol::Index) -> f64| Array::row(found.iter().map(of).collect::<Vec<_>>());
    let ends = |of: fn(&sobol::Index) -> (f64, f64)| {
        let rows: Vec<Vec<f64>> = found.iter().map(of).map(|(low, high)| vec![low, high]).collect();
        Array::rows(&rows, 2)
    };
    Ok(dict!(py,
        "first": row(|index| index.first),
        "total": row(|index| index.total),
        "first_interval": ends(|index| index.first_interval),
        "total_interval": ends(|index| index.total_interval),
    ))
}

fn walked(inputs: usize, count: usize, levels: usize, seed: u64) -> PyResult<Vec<morris::Trajectory>> {
    told(morris::trajectories(inputs, count, levels, &|t, k| number(seed, t as u32, k as u64)))
}

/// The points of Morris's trajectories: shape (count * (inputs + 1), inputs), in [0, 1].
#[pyfunction]
#[pyo3(signature = (inputs, count, levels=4, *, seed=1))]
pub fn morris_trajectories(inputs: usize, count: usize, levels: usize, seed: u64) -> PyResult<Array> {
    let points: Vec<Vec<f64>> = walked(inputs, count, levels, seed)?.into_iter().flat_map(|walk| walk.points).collect();
    Ok(Array::rows(&points, inputs))
}

/// Elementary effects from the results at those points: a dict of ``mean``, ``size`` (mean absolute) and ``spread``, each
/// (inputs,). The other arguments are those of ``morris_trajectories``.
#[pyfunction]
#[pyo3(signature = (inputs, count, results, levels=4, *, seed=1))]
pub fn morris_effects(
    py: Python<'_>,
    inputs: usize,
    count: usize,
    results: Row,
    levels: usize,
    seed: u64,
) -> PyResult<Bound<'_, PyDict>> {
    let found = told(morris::effects(&walked(inputs, count, levels, seed)?, &results.0))?;
    let row = |of: fn(&morris::Effect) -> f64| Array::row(found.iter().map(of).collect::<Vec<_>>());
    Ok(dict!(py, "mean": row(|e| e.mean), "size": row(|e| e.size), "spread": row(|e| e.spread)))
}

/// A box for Python: an end without restriction is infinite.
fn told_of<'py>(py: Python<'py>, region: &Region) -> PyResult<Bound<'py, PyDict>> {
    let ends = |(low, high): &(Option<f64>, Option<f64>)| {
        vec![low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)]
    };
    let rows: Vec<Vec<f64>> = region.ends.iter().map(ends).collect();
    Ok(dict!(py,
        "ends": Array::rows(&rows, 2),
        "count": region.count,
        "mass": region.mass,
        "coverage": region.coverage,
        "density": region.density,
    ))
}

/// Boxes peeled from the whole inwards (PRIM): a list of dicts with ``ends`` (inputs, 2), ``count``, ``mass``, ``coverage``
/// and ``density``.
///
/// ``points``: (points, inputs); ``outcome``: not negative, 1 where the thing happened, (points,).
#[pyfunction]
#[pyo3(signature = (points, outcome, *, peel=0.05, least_mass=0.05))]
pub fn prim_peel(
    py: Python<'_>,
    points: Grid,
    outcome: Row,
    peel: f64,
    least_mass: f64,
) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let patience = Patience { peel, least_mass };
    let found = told(py.detach(|| prim::peel(&points.rows(), &outcome.0, patience)))?;
    found.iter().map(|region| told_of(py, region)).collect()
}

/// A box pasted back outwards as long as its density rises: a dict as ``prim_peel`` gives them. ``ends``: (inputs, 2).
#[pyfunction]
#[pyo3(signature = (ends, points, outcome, *, peel=0.05, least_mass=0.05))]
pub fn prim_paste(
    py: Python<'_>,
    ends: Grid,
    points: Grid,
    outcome: Row,
    peel: f64,
    least_mass: f64,
) -> PyResult<Bound<'_, PyDict>> {
    if ends.width != 2 {
        return Err(crate::fault::value("ends: give a lower and an upper end for each input"));
    }
    let end = |end: f64| end.is_finite().then_some(end);
    let ends = ends.cells.chunks(2).map(|pair| (end(pair[0]), end(pair[1]))).collect();
    let start = Region { ends, count: 0, mass: 0.0, coverage: 0.0, density: 0.0 };
    let patience = Patience { peel, least_mass };
    told_of(py, &told(py.detach(|| prim::paste(&start, &points.rows(), &outcome.0, patience)))?)
}

/// How far an input's values where a thing happened stand from those where it did not (Kolmogorov and Smirnov): a pair
/// of the distance in [0, 1] and its p-value.
#[pyfunction]
pub fn apart(values: Row, happened: Vec<bool>) -> PyResult<(f64, f64)> {
    if values.0.len() != happened.len() {
        return Err(crate::fault::value("values and happened: give as many of each"));
    }
    let found = regional::apart(&values.0, &happened);
    Ok((found.distance, found.p_value))
}
