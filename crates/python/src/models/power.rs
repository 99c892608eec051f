//! Power indices for Python.

use num_rational::BigRational;
use num_traits::ToPrimitive;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use theory::power::composed::{Body, ComposedGame};
use theory::power::{self, game::WeightedGame};

use super::{dict, told};
use crate::array::Array;

/// The game of these weights; a simple majority where no quota is given.
fn game(weights: Vec<u64>, quota: Option<u64>) -> PyResult<WeightedGame> {
    told(match quota {
        Some(quota) => WeightedGame::new(weights, quota),
        None => WeightedGame::majority(weights),
    })
}

fn float(exact: &BigRational) -> f64 {
    exact.to_f64().unwrap_or(f64::NAN)
}

fn floats(exact: &[BigRational]) -> Array {
    Array::row(exact.iter().map(float).collect::<Vec<_>>())
}

/// Fractions as Python has them, or an array of floats.
fn given<'py>(py: Python<'py>, values: &[BigRational], exact: bool) -> PyResult<Bound<'py, PyAny>> {
    if !exact {
        return floats(values).into_pyobject(py);
    }
    let fraction = py.import("fractions")?.getattr("Fraction")?;
    let all = values.iter().map(|value| fraction.call1((value.to_string(),)));
    Ok(PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)?.into_any())
}

/// The Shapley-Shubik index of every player: the share of orders in which it is pivotal. They sum to 1.
///
/// ``weights``: whole numbers, one a player; ``quota``: the weight that wins (more than half if none is given). Returns
/// floats of the shape (players,), or a list of ``fractions.Fraction`` with ``exact=True``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn shapley_shubik(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::shapley_shubik::shapley_shubik(&game)))?;
    given(py, &values, exact)
}

/// The normalised Banzhaf index: a player's swings over everybody's. They sum to 1. Arguments as for
/// ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn banzhaf(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::banzhaf::banzhaf(&game)))?;
    given(py, &values.normalised(), exact)
}

/// The Penrose-Banzhaf measure: the probability that a player's vote decides when all others vote by the toss of a
/// coin. Arguments as for ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn penrose(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::banzhaf::banzhaf(&game)))?;
    given(py, &values.penrose(), exact)
}

/// Coleman's measures: a dict of ``collectivity`` (the share of coalitions that win), ``prevent`` and ``initiate`` (for
/// each player swings over winning, and over losing, coalitions).
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn coleman(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
) -> PyResult<Bound<'_, PyDict>> {
    let game = game(weights, quota)?;
    let found = told(py.detach(|| power::coleman::coleman(&game)))?;
    Ok(dict!(py,
        "collectivity": float(&found.collectivity),
        "prevent": floats(&found.prevent),
        "initiate": floats(&found.initiate),
    ))
}

/// The Johnston index: a swing counts 1/k where k players of the coalition could swing. Arguments as for
/// ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn johnston(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::johnston::johnston(&game)))?;
    given(py, &values, exact)
}

/// The Deegan-Packel index: minimal winning coalitions are alike likely and share evenly. Arguments as for
/// ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn deegan_packel(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::deegan_packel::deegan_packel(&game)))?;
    given(py, &values, exact)
}

/// The public good index of Holler: minimal winning coalitions a player is in, over everybody's. Arguments as for
/// ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None, *, exact=false))]
pub fn holler(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::holler::holler(&game)))?;
    given(py, &values, exact)
}

/// The Owen value: Shapley-Shubik where players of one union stand together in every order.
///
/// ``unions``: for each player the number of its union, shape (players,).
#[pyfunction]
#[pyo3(signature = (weights, unions, quota=None, *, exact=false))]
pub fn owen(
    py: Python<'_>,
    weights: Vec<u64>,
    unions: Vec<usize>,
    quota: Option<u64>,
    exact: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let game = game(weights, quota)?;
    let values = told(py.detach(|| power::owen::owen(&game, &unions)))?;
    given(py, &values, exact)
}

/// Power in a decision of several bodies: a dict of ``shapley_shubik``, ``penrose``, ``prevent``, ``initiate`` (a list of
/// arrays, one a body) and ``collectivity``.
///
/// ``bodies``: a list of pairs (weights, quotas), quotas rising; ``routes``: a list of routes, each with the level it
/// needs of every body (0: not needed; k: its k-th quota). All bodies at their first quota if no route is given.
#[pyfunction]
#[pyo3(signature = (bodies, routes=None))]
pub fn composed(
    py: Python<'_>,
    bodies: Vec<(Vec<u64>, Vec<u64>)>,
    routes: Option<Vec<Vec<usize>>>,
) -> PyResult<Bound<'_, PyDict>> {
    let bodies = bodies.into_iter().map(|(weights, quotas)| Body { weights, quotas }).collect();
    let game = told(match routes {
        Some(routes) => ComposedGame::new(bodies, routes),
        None => ComposedGame::all_of(bodies),
    })?;
    let (shapley, penrose, coleman) =
        told(py.detach(|| Ok((game.shapley_shubik()?, game.penrose()?, game.coleman()?))))?;
    let rows = |rows: &[Vec<BigRational>]| rows.iter().map(|row| floats(row)).collect::<Vec<_>>();
    let of = |which: fn(&power::composed::Powers) -> &BigRational| -> Vec<Array> {
        let row = |row: &Vec<power::composed::Powers>| {
            Array::row(row.iter().map(|member| float(which(member))).collect::<Vec<_>>())
        };
        coleman.members.iter().map(row).collect()
    };
    Ok(dict!(py,
        "shapley_shubik": rows(&shapley),
        "penrose": rows(&penrose),
        "prevent": of(|member| &member.prevent),
        "initiate": of(|member| &member.initiate),
        "collectivity": float(&coleman.collectivity),
    ))
}

/// The Shapley-Shubik index as floats made from the exact counts, without the fractions between: the fast road for many
/// games. Arguments as for ``shapley_shubik``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn shapley_shubik_floats(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: Option<u64>,
) -> PyResult<Array> {
    let game = game(weights, quota)?;
    Ok(Array::row(told(py.detach(|| power::shapley_shubik::shapley_shubik_f64(&game)))?))
}

/// The normalised Banzhaf index, as ``shapley_shubik_floats``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn banzhaf_floats(py: Python<'_>, weights: Vec<u64>, quota: Option<u64>) -> PyResult<Array> {
    let game = game(weights, quota)?;
    Ok(Array::row(told(py.detach(|| power::banzhaf::normalised_f64(&game)))?))
}

/// The Penrose-Banzhaf measure, as ``shapley_shubik_floats``.
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn penrose_floats(py: Python<'_>, weights: Vec<u64>, quota: Option<u64>) -> PyResult<Array> {
    let game = game(weights, quota)?;
    Ok(Array::row(told(py.detach(|| power::banzhaf::penrose_f64(&game)))?))
}

/// Whether two coalitions without a common member can never both win.
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn is_proper(weights: Vec<u64>, quota: Option<u64>) -> PyResult<bool> {
    Ok(game(weights, quota)?.is_proper())
}

/// The game in which a coalition wins when it can block in this one: a pair (weights, quota).
#[pyfunction]
#[pyo3(signature = (weights, quota=None))]
pub fn dual(weights: Vec<u64>, quota: Option<u64>) -> PyResult<(Vec<u64>, u64)> {
    let dual = game(weights, quota)?.dual();
    Ok((dual.weights().to_vec(), dual.quota()))
}
