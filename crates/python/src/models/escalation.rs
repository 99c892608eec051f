//! Models of crises for Python.

use theory::escalation::counts::SelfExciting;
use theory::escalation::hawkes::{self, Event, Hawkes};
use theory::escalation::ladder::Ladder;
use theory::escalation::signalling::{self as crisis, Payoffs};
use theory::escalation::quantal;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, number, told};
use crate::array::{Array, Grid, Row};

/// All equilibria of the crisis signalling game of Lewis and Schultz: a list of dicts with the probabilities
/// ``challenge``, ``resist`` and ``fight``, whether it is ``stable``, and ``outcomes`` (status quo, concession, war,
/// backing down).
///
/// Mean payoffs, those known to one side alone having a standard normal part beside.
#[pyfunction]
#[pyo3(signature = (*, status_quo_a, victory_a, concession_b, war_a, war_b, backing_down_a, victory_b))]
#[allow(clippy::too_many_arguments)]
pub fn signalling(
    py: Python<'_>,
    status_quo_a: f64,
    victory_a: f64,
    concession_b: f64,
    war_a: f64,
    war_b: f64,
    backing_down_a: f64,
    victory_b: f64,
) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let payoffs = Payoffs { status_quo_a, victory_a, concession_b, war_a, war_b, backing_down_a, victory_b };
    let found = told(py.detach(|| crisis::equilibria(&payoffs)))?;
    let equilibrium = |one: &crisis::Equilibrium| {
        Ok(dict!(py,
            "challenge": one.challenge,
            "resist": one.resist,
            "fight": one.fight,
            "stable": one.stable,
            "outcomes": Array::row(one.outcomes()),
        ))
    };
    found.iter().map(equilibrium).collect()
}

/// The same game among quantal responders who know each other's payoffs: a dict of ``challenge``, ``resist``, ``fight``.
#[pyfunction]
#[pyo3(signature = (*, status_quo_a, victory_a, concession_b, war_a, war_b, backing_down_a, victory_b, precision))]
#[allow(clippy::too_many_arguments)]
pub fn quantal_crisis(
    py: Python<'_>,
    status_quo_a: f64,
    victory_a: f64,
    concession_b: f64,
    war_a: f64,
    war_b: f64,
    backing_down_a: f64,
    victory_b: f64,
    precision: f64,
) -> PyResult<Bound<'_, PyDict>> {
    let payoffs = Payoffs { status_quo_a, victory_a, concession_b, war_a, war_b, backing_down_a, victory_b };
    let found = told(quantal::crisis(&payoffs, precision))?;
    Ok(dict!(py, "challenge": found.challenge, "resist": found.resist, "fight": found.fight))
}

/// The logit equilibrium of a game of two players: a pair of probabilities, of rows and of columns.
///
/// ``a[i, j]`` and ``b[i, j]``: payoffs of the row and of the column player; ``precision``: 0 is even play.
#[pyfunction]
pub fn logit_equilibrium(py: Python<'_>, a: Grid, b: Grid, precision: f64) -> PyResult<(Array, Array)> {
    let found = told(py.detach(|| quantal::logit(&a.rows(), &b.rows(), precision)))?;
    Ok((Array::row(found.rows), Array::row(found.columns)))
}

/// A ladder of escalation: a dict of the ``chances`` of each rung after ``time`` (shape (rungs,)), the ``standing`` shares
/// in the long run (None without a way back) and the ``mean_time`` until each rung is first reached, from rung ``start``.
///
/// ``up[r]``: the rate of going from rung r to r + 1, ``down[r]``: of coming back, per unit of time; both (rungs - 1,).
#[pyfunction]
#[pyo3(signature = (up, down, time, start=0))]
pub fn ladder(py: Python<'_>, up: Row, down: Row, time: f64, start: usize) -> PyResult<Bound<'_, PyDict>> {
    let ladder = Ladder { up: up.0, down: down.0 };
    let chances = told(ladder.chances(start, time))?;
    let times = (0..chances.len()).map(|rung| told(ladder.mean_time(start, rung)));
    let times = times.collect::<PyResult<Vec<f64>>>()?;
    Ok(dict!(py,
        "chances": Array::row(chances),
        "standing": told(ladder.standing())?.map(Array::row),
        "mean_time": Array::row(times),
    ))
}

/// A Hawkes process of several kinds of event, from what Python gives of it.
fn process(background: Row, excitation: Grid, decay: f64) -> Hawkes {
    Hawkes { background: background.0, excitation: excitation.rows(), decay }
}

fn events(times: &Row, kinds: Option<Vec<usize>>) -> PyResult<Vec<Event>> {
    let kinds = kinds.unwrap_or_else(|| vec![0; times.0.len()]);
    if kinds.len() != times.0.len() {
        return Err(crate::fault::value("times and kinds: give as many of each"));
    }
    Ok(times.0.iter().zip(kinds).map(|(time, kind)| Event { time: *time, kind }).collect())
}

/// The self-exciting process of one kind that makes some times likeliest: a dict of ``background``, ``excitation`` and
/// ``decay``, rates per unit of time. ``times``: rising, from 0 to ``until``, shape (events,).
#[pyfunction]
pub fn hawkes_fit(py: Python<'_>, times: Row, until: f64) -> PyResult<Bound<'_, PyDict>> {
    let found = told(py.detach(|| hawkes::fit(&times.0, until)))?;
    Ok(dict!(py,
        "background": Array::row(found.background),
        "excitation": Array::rows(&found.excitation, 1),
        "decay": found.decay,
    ))
}

/// Events of a self-exciting process from 0 to ``until``: a pair of times (an array) and kinds (a list).
///
/// ``background``: (kinds,); ``excitation[i, j]``: by how much an event of kind j raises the rate of kind i; ``decay`` per
/// unit of time. Raises ``ValueError`` at more than ``most`` events.
#[pyfunction]
#[pyo3(signature = (background, excitation, decay, until, *, seed, most=1_000_000))]
pub fn hawkes_simulate(
    py: Python<'_>,
    background: Row,
    excitation: Grid,
    decay: f64,
    until: f64,
    seed: u64,
    most: usize,
) -> PyResult<(Array, Vec<usize>)> {
    let process = process(background, excitation, decay);
    let found = told(py.detach(|| process.simulate(until, most, &|place| number(seed, 0, place))))?;
    let times = found.iter().map(|event| event.time).collect::<Vec<_>>();
    Ok((Array::row(times), found.iter().map(|event| event.kind).collect()))
}

/// The exact log-likelihood of events from 0 to ``until``. ``kinds``: of each event (all 0 if none are given).
#[pyfunction]
#[pyo3(signature = (background, excitation, decay, times, until, kinds=None))]
pub fn hawkes_log_likelihood(
    background: Row,
    excitation: Grid,
    decay: f64,
    times: Row,
    until: f64,
    kinds: Option<Vec<usize>>,
) -> PyResult<f64> {
    told(process(background, excitation, decay).log_likelihood(&events(&times, kinds)?, until))
}

/// The long-run rate of each kind: shape (kinds,), or None where the process runs away.
#[pyfunction]
pub fn hawkes_mean_rate(background: Row, excitation: Grid, decay: f64) -> PyResult<Option<Array>> {
    Ok(told(process(background, excitation, decay).mean_rate())?.map(Array::row))
}

/// Gaps between events in rescaled time, a list of arrays, one a kind: exponential with mean 1 if the model is right.
#[pyfunction]
#[pyo3(signature = (background, excitation, decay, times, until, kinds=None))]
pub fn hawkes_rescaled_gaps(
    background: Row,
    excitation: Grid,
    decay: f64,
    times: Row,
    until: f64,
    kinds: Option<Vec<usize>>,
) -> PyResult<Vec<Array>> {
    let gaps = process(background, excitation, decay).rescaled_gaps(&events(&times, kinds)?, until);
    Ok(told(gaps)?.into_iter().map(Array::row).collect())
}

/// The likeliest self-exciting process of counts: a dict of ``background``, ``lasting``, ``excitation``, ``memory`` and
/// ``shape``. ``series``: a list of arrays of counts a step, one a place.
#[pyfunction]
pub fn counts_fit(py: Python<'_>, series: Vec<Row>) -> PyResult<Bound<'_, PyDict>> {
    let series: Vec<Vec<f64>> = series.into_iter().map(|row| row.0).collect();
    let found = told(py.detach(|| SelfExciting::fit(&series)))?;
    Ok(dict!(py,
        "background": found.background,
        "lasting": found.lasting,
        "excitation": found.excitation,
        "memory": found.memory,
        "shape": found.shape,
    ))
}

/// One way on from a history of counts: shape (steps,). ``process`` is a dict as ``counts_fit`` gives it.
#[pyfunction]
#[pyo3(signature = (process, history, steps, *, seed))]
pub fn counts_path(process: &Bound<'_, PyDict>, history: Row, steps: usize, seed: u64) -> PyResult<Array> {
    let part = |name: &str| -> PyResult<f64> {
        let missing = || crate::fault::value(format!("process: \"{name}\" is missing"));
        process.get_item(name)?.ok_or_else(missing)?.extract()
    };
    let process = SelfExciting {
        background: part("background")?,
        lasting: part("lasting")?,
        excitation: part("excitation")?,
        memory: part("memory")?,
        shape: part("shape")?,
    };
    let mut place = 0;
    let mut luck = || {
        place += 1;
        number(seed, 0, place)
    };
    Ok(Array::row(told(process.path(&history.0, steps, &mut luck))?))
}
