//! Models of opinion for Python.

use theory::opinion::{deffuant as pairwise, hegselmann_krause as bounded, rally};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, number, told};
use crate::array::{Array, Row};

/// Bounded confidence, stepped until opinions rest: a dict of ``opinion`` (shape (n,)), ``steps`` and ``settled``.
///
/// ``opinion``: (n,); ``confidence``: how far each listens, (n,); ``most``: steps after which to stop.
#[pyfunction]
#[pyo3(signature = (opinion, confidence, most=10_000))]
pub fn hegselmann_krause(
    py: Python<'_>,
    opinion: Row,
    confidence: Row,
    most: usize,
) -> PyResult<Bound<'_, PyDict>> {
    let rest = told(py.detach(|| bounded::settle(&opinion.0, &confidence.0, most)))?;
    Ok(dict!(py, "opinion": Array::row(rest.opinion), "steps": rest.steps, "settled": rest.settled))
}

/// Opinions after a number of meetings of two, each as likely as the other: shape (n,).
///
/// Two who stand closer than ``confidence`` each move the share ``pull`` of the way; ``seed`` says who meets.
#[pyfunction]
#[pyo3(signature = (opinion, confidence, pull, meetings, *, seed))]
pub fn deffuant(
    py: Python<'_>,
    opinion: Row,
    confidence: f64,
    pull: f64,
    meetings: usize,
    seed: u64,
) -> PyResult<Array> {
    let people = opinion.0.len();
    let met = py.detach(|| {
        let pairs = (0..meetings as u64).filter_map(|at| pairwise::pair(people, number(seed, 0, at)));
        pairwise::meet(&opinion.0, confidence, pull, &pairs.collect::<Vec<_>>())
    });
    Ok(Array::row(told(met)?))
}

/// The share in support at a time, in [0, 1], from a baseline share and shocks that fade.
///
/// ``shocks``: a list of tuples (time, size in log-odds, half-life, lasting share in [0, 1]).
#[pyfunction]
pub fn support(baseline: f64, shocks: Vec<(f64, f64, f64, f64)>, time: f64) -> PyResult<f64> {
    let shock = |(time, size, half_life, lasting)| rally::Shock { time, size, half_life, lasting };
    told(rally::support(baseline, &shocks.into_iter().map(shock).collect::<Vec<_>>(), time))
}
