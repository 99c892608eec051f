//! Influence for Python.

use theory::influence::friedkin_johnsen::{self as settled, TotalEffects};
use theory::influence::matrix::Matrix;
use theory::influence::signed::{self, Direction, SignedNetwork, Tie};
use theory::influence::{integrated_control as control, linked_issues};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, one_of, told};
use crate::array::{Array, Grid, Row};

fn matrix(grid: &Grid) -> PyResult<Matrix> {
    told(Matrix::from_rows(&grid.rows()))
}

fn solved(influence: &Grid) -> PyResult<TotalEffects> {
    told(settled::total_effects(&matrix(influence)?))
}

/// Who moves whom in the end (Friedkin and Johnsen): V of the shape (n, n), V[j, i] being the share of i's start in where
/// j ends up; rows sum to 1.
///
/// ``influence[j, i]``: the weight that j gives i, not negative, each row summing to less than 1; the rest ties j to its
/// own start.
#[pyfunction]
pub fn total_effects(influence: Grid) -> PyResult<Array> {
    let solved = solved(&influence)?;
    let all = 0..solved.actors();
    let row = |on| all.clone().map(|of| solved.effect(on, of)).collect();
    Ok(Array::rows(&all.clone().map(row).collect::<Vec<Vec<f64>>>(), solved.actors()))
}

/// Where opinions settle: V times ``start``, shape (n,). Arguments as for ``total_effects``.
#[pyfunction]
pub fn settle(influence: Grid, start: Row) -> PyResult<Array> {
    Ok(Array::row(told(solved(&influence)?.settle(&start.0))?))
}

/// Where opinions on linked issues settle: shape (n, issues).
///
/// ``logic[k, l]``: how much a view of issue l carries over to k; ``start``: (n, issues).
#[pyfunction]
pub fn settle_linked(influence: Grid, logic: Grid, start: Grid) -> PyResult<Array> {
    let ends = linked_issues::settle_linked(&matrix(&influence)?, &matrix(&logic)?, &start.rows());
    Ok(Array::rows(&told(ends)?, start.width))
}

/// What of actor ``of``'s effect on ``on`` passes first through each neighbour: shape (n,).
#[pyfunction]
pub fn first_hops(influence: Grid, on: usize, of: usize) -> PyResult<Array> {
    Ok(Array::row(told(solved(&influence)?.first_hops(on, of))?))
}

/// The share of ``on`` that ``of`` controls, directly and at every remove.
#[pyfunction]
pub fn integrated_control(influence: Grid, on: usize, of: usize) -> PyResult<f64> {
    told(control::integrated_control(&solved(&influence)?, on, of))
}

/// A network of friendly and hostile ties.
fn network(actors: usize, ties: Vec<(usize, usize, bool)>, mutual: bool) -> PyResult<SignedNetwork> {
    let ties: Vec<Tie> = ties.into_iter().map(|(from, to, friendly)| Tie { from, to, friendly }).collect();
    told(if mutual { SignedNetwork::mutual(actors, &ties) } else { SignedNetwork::directed(actors, &ties) })
}

/// The PN centrality of every actor of a signed network: shape (actors,).
///
/// ``ties``: a list of triples (from, to, friendly); ``direction``: "mutual", "in" or "out".
#[pyfunction]
#[pyo3(signature = (actors, ties, direction="mutual"))]
pub fn pn_centrality(actors: usize, ties: Vec<(usize, usize, bool)>, direction: &str) -> PyResult<Array> {
    let known = [("mutual", Direction::Mutual), ("in", Direction::In), ("out", Direction::Out)];
    let direction = one_of("direction", direction, &known)?;
    let network = network(actors, ties, direction == Direction::Mutual)?;
    Ok(Array::row(told(signed::pn_centrality(&network, direction))?))
}

/// Triangles of a signed network: a dict of ``all``, ``balanced`` and the ``share`` balanced (None without triangles).
#[pyfunction]
pub fn triangles(py: Python<'_>, actors: usize, ties: Vec<(usize, usize, bool)>) -> PyResult<Bound<'_, PyDict>> {
    let found = signed::triangles(&network(actors, ties, true)?);
    Ok(dict!(py, "all": found.all, "balanced": found.balanced, "share": found.share()))
}

/// The index of frustration, exactly: a dict of the ties ``frustrated`` and whether each actor is ``with_first``.
///
/// Raises ``ValueError`` once ``limit`` partial divisions were looked at.
#[pyfunction]
#[pyo3(signature = (actors, ties, *, limit=10_000_000))]
pub fn frustration(
    py: Python<'_>,
    actors: usize,
    ties: Vec<(usize, usize, bool)>,
    limit: u64,
) -> PyResult<Bound<'_, PyDict>> {
    let network = network(actors, ties, true)?;
    let found = told(py.detach(|| signed::frustration(&network, limit)))?;
    Ok(dict!(py, "frustrated": found.frustrated, "with_first": found.with_first))
}

/// The balance of closed walks of all lengths, in [0, 1]: 1 if the network is balanced.
#[pyfunction]
pub fn walk_balance(actors: usize, ties: Vec<(usize, usize, bool)>) -> PyResult<f64> {
    Ok(signed::walk_balance(&network(actors, ties, true)?))
}
