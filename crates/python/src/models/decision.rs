//! Decisions for Python.

use theory::decision::{choice, control, success as paired, wish};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, number, told};
use crate::array::Row;

/// What somebody who is held by others comes to want: the mean of wishes weighted by hold and care, in [-1, 1].
///
/// ``held``: how much of the chooser is each actor's, ``care``: how much each cares, ``wishes``: what each wishes; all of
/// the shape (actors,).
#[pyfunction]
pub fn settled_wish(held: Row, care: Row, wishes: Row) -> PyResult<f64> {
    told(wish::settled(&held.0, &care.0, &wishes.0))
}

/// What a threat costs the chooser who defies it, in [0, 1]: its exposure to what is threatened times the resolve of who
/// threatens, both in [0, 1].
#[pyfunction]
pub fn coercive_cost(exposure: f64, resolve: f64) -> PyResult<f64> {
    told(wish::coercive_cost(exposure, resolve))
}

/// Chooses among alternatives by utility with Gumbel noise (a logit choice): the position of the one chosen.
///
/// ``utility``: shape (alternatives,); ``precision``: 0 is a toss, large is the best; ``seed`` names the luck, the same
/// for the same seed.
#[pyfunction]
#[pyo3(signature = (utility, precision, *, seed))]
pub fn choose(utility: Row, precision: f64, seed: u64) -> PyResult<usize> {
    let luck: Vec<f64> = (0..utility.0.len() as u64).map(|at| number(seed, 0, at)).collect();
    told(choice::choose(&utility.0, precision, &luck))
}

/// The chances that a holder brings a decision of several bodies about, and that it stops one: a dict of ``impose`` and
/// ``block``.
///
/// ``bodies``: a list of triples (weights, control, quota): whole weights of the members, the chance in [0, 1] that each
/// is controlled, the weight that wins.
#[pyfunction]
pub fn reach(py: Python<'_>, bodies: Vec<(Vec<u64>, Row, u64)>) -> PyResult<Bound<'_, PyDict>> {
    let held = |(weights, control, quota): (Vec<u64>, Row, u64)| control::Held { weights, control: control.0, quota };
    let found = told(control::reach(&bodies.into_iter().map(held).collect::<Vec<_>>()))?;
    Ok(dict!(py, "impose": found.impose, "block": found.block))
}

/// Success, luck and decisiveness from paired runs: a dict of the three and the standard ``error`` of the last.
///
/// ``outcomes`` and ``without``: whether each run came out as the actor wanted, with it and without it; shape (runs,).
#[pyfunction]
pub fn success(py: Python<'_>, outcomes: Vec<bool>, without: Vec<bool>) -> PyResult<Bound<'_, PyDict>> {
    let found = told(paired::split(&outcomes, &without))?;
    Ok(dict!(py,
        "success": found.success,
        "luck": found.luck,
        "decisiveness": found.decisiveness,
        "error": found.error,
    ))
}
