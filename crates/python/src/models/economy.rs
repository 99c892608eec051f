//! Models of trade under pressure, for Python.

use theory::economy::{leontief, sanctions};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, told};
use crate::array::{Array, Grid, Row};

/// The output of each sector that meets a final demand: (I - A)^-1 d, in the units of the demand.
///
/// ``needs[i][j]``: what sector j needs of sector i's product for one unit of its own, shape (n, n); ``demand``: (n,).
#[pyfunction]
pub fn output(needs: Grid, demand: Row) -> PyResult<Array> {
    Ok(Array::row(told(leontief::output(&needs.rows(), &demand.0))?))
}

/// The output needed directly, at the suppliers of suppliers, and so on: shape (rounds + 1, n). Arguments as for
/// ``output``.
#[pyfunction]
pub fn rounds(needs: Grid, demand: Row, rounds: usize) -> PyResult<Array> {
    let rows = told(leontief::rounds(&needs.rows(), &demand.0, rounds))?;
    Ok(Array::rows(&rows, demand.0.len()))
}

/// How far each sector is put out of action, from 0 to 1, shape (n,).
///
/// ``depends[i][j]``: the loss of sector i if sector j fails altogether, (n, n); ``disturbance``: the loss from outside,
/// (n,); both in [0, 1].
#[pyfunction]
pub fn inoperability(depends: Grid, disturbance: Row) -> PyResult<Array> {
    Ok(Array::row(told(leontief::inoperability(&depends.rows(), &disturbance.0))?))
}

/// How much of its normal output each sector still makes when only the scarcest input binds, from 0 to 1, shape (n,).
///
/// ``depends[i][j]``: the share of sector i's output that stops without sector j's product; ``cut``: the share lost from
/// outside.
#[pyfunction]
pub fn bottleneck(depends: Grid, cut: Row) -> PyResult<Array> {
    Ok(Array::row(told(leontief::bottleneck(&depends.rows(), &cut.0))?))
}

/// How often sanctions have succeeded, by published counts: a list of dicts with ``dataset``, ``episodes``, ``count``,
/// ``low`` and ``high`` (shares) and ``citation``.
#[pyfunction]
pub fn sanctions_base_rates(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let rate = |rate: &sanctions::BaseRate| {
        Ok(dict!(py,
            "dataset": rate.dataset,
            "episodes": rate.episodes,
            "count": rate.count,
            "low": rate.low,
            "high": rate.high,
            "citation": rate.citation,
        ))
    };
    sanctions::BASE_RATES.iter().map(rate).collect()
}

/// The success score of an episode, 1 to 16 (9 or more is a success): ``result`` times ``contribution``, each judged from
/// 1 to 4.
#[pyfunction]
pub fn sanctions_success(result: u8, contribution: u8) -> PyResult<u8> {
    told(sanctions::success_score(result, contribution))
}
