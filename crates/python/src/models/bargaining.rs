//! Bargaining for Python.

use theory::bargaining::exchange::{self as deals, Stake};
use theory::bargaining::expected_utility::{self as challenge, Field, Move};
use theory::bargaining::nash::{self, Party};
use theory::bargaining::smp::{self as model, Accommodation, Actor, Choice, Options};
use theory::bargaining::{weighted_mean as mean, weighted_median as median};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, number, told};
use crate::array::{Array, Grid, Row};
use crate::fault;

/// How a pie is split by the weighted Nash solution: shape (n,), summing to ``pie``.
///
/// ``disagreement``: what each has without agreement, ``weight``: its bargaining weight; both (n,).
#[pyfunction]
pub fn nash_split(pie: f64, disagreement: Row, weight: Row) -> PyResult<Array> {
    Ok(Array::row(told(nash::split(pie, &disagreement.0, &weight.0))?))
}

/// The point on one issue that maximises the weighted Nash product under quadratic loss, on the scale of positions.
///
/// ``position``, ``weight`` and ``disagreement`` (what no agreement is worth to each, at most 0): all (n,).
#[pyfunction]
pub fn nash_solution(position: Row, weight: Row, disagreement: Row) -> PyResult<f64> {
    let lengths = [weight.0.len(), disagreement.0.len()];
    if lengths.iter().any(|length| *length != position.0.len()) {
        return Err(fault::value("position, weight and disagreement: give as many of each"));
    }
    let rows = position.0.iter().zip(&weight.0).zip(&disagreement.0);
    let party = |((position, weight), disagreement): ((&f64, &f64), &f64)| Party {
        position: *position,
        weight: *weight,
        disagreement: *disagreement,
    };
    told(nash::solution(&rows.map(party).collect::<Vec<_>>()))
}

/// The mean position by weight (capability times salience), on the scale of positions; both (n,).
#[pyfunction]
pub fn weighted_mean(position: Row, weight: Row) -> PyResult<f64> {
    told(mean::weighted_mean(&position.0, &weight.0))
}

/// The median position by weight; both (n,).
#[pyfunction]
pub fn weighted_median(position: Row, weight: Row) -> PyResult<f64> {
    told(median::weighted_median(&position.0, &weight.0))
}

/// Stokman's exchanges of votes over several issues: a dict of ``before`` and ``after`` (the outcome on each issue) and
/// ``exchanges``, each a dict.
///
/// ``capability``, ``salience`` and ``position``: all of the shape (actors, issues).
#[pyfunction]
pub fn exchange(py: Python<'_>, capability: Grid, salience: Grid, position: Grid) -> PyResult<Bound<'_, PyDict>> {
    let shape = |grid: &Grid| (grid.width, grid.cells.len());
    if shape(&capability) != shape(&salience) || shape(&capability) != shape(&position) {
        return Err(fault::value("capability, salience and position: give them one shape, (actors, issues)"));
    }
    let cells = capability.cells.iter().zip(&salience.cells).zip(&position.cells);
    let stakes: Vec<Stake> = cells
        .map(|((capability, salience), position)| Stake {
            capability: *capability,
            salience: *salience,
            position: *position,
        })
        .collect();
    let stakes: Vec<Vec<Stake>> = stakes.chunks(capability.width.max(1)).map(<[Stake]>::to_vec).collect();
    let trade = told(py.detach(|| deals::trade(&stakes)))?;
    let deal = |deal: &deals::Exchange| {
        Ok(dict!(py,
            "giver": deal.giver,
            "taker": deal.taker,
            "gives": deal.gives,
            "takes": deal.takes,
            "giver_to": deal.giver_to,
            "taker_to": deal.taker_to,
            "gain": deal.gain,
        ))
    };
    Ok(dict!(py,
        "before": Array::row(trade.before),
        "after": Array::row(trade.after),
        "exchanges": trade.exchanges.iter().map(deal).collect::<PyResult<Vec<_>>>()?,
    ))
}

/// The expected utility model (Scholz's reconstruction) on one issue: a dict of ``positions`` (rounds + 1, n), ``exponents``
/// (rounds, n) and ``moves``, for each round a list of pairs (what, whom) with what "stays", "confronted", "compromises"
/// or "capitulates".
///
/// ``capability``, ``salience`` (0 to 1) and ``position``: all (n,).
#[pyfunction]
#[pyo3(signature = (capability, salience, position, rounds=10))]
pub fn expected_utility(
    py: Python<'_>,
    capability: Row,
    salience: Row,
    position: Row,
    rounds: usize,
) -> PyResult<Bound<'_, PyDict>> {
    let field = Field { capability: capability.0, salience: salience.0, position: position.0 };
    let played = told(py.detach(|| challenge::play(&field, rounds)))?;
    let moved = |moved: &Move| match moved {
        Move::Stays => ("stays", None),
        Move::Confronted(whom) => ("confronted", Some(*whom)),
        Move::Compromises(whom) => ("compromises", Some(*whom)),
        Move::Capitulates(whom) => ("capitulates", Some(*whom)),
    };
    let width = field.position.len();
    let starts = std::iter::once(field.position.clone());
    let positions: Vec<Vec<f64>> = starts.chain(played.iter().map(|round| round.position.clone())).collect();
    let exponents: Vec<Vec<f64>> = played.iter().map(|round| round.exponent.clone()).collect();
    let moves: Vec<Vec<_>> = played.iter().map(|round| round.moves.iter().map(moved).collect()).collect();
    Ok(dict!(py,
        "positions": Array::rows(&positions, width),
        "exponents": Array::rows(&exponents, width),
        "moves": moves,
    ))
}

/// The spatial model of politics over several issues: a dict of ``positions`` (a list of arrays (actors, issues), one a
/// turn, the start first), ``attitudes`` (turns, actors) and ``settled``.
///
/// ``capability``: (actors,); ``position`` and ``salience``: (actors, issues), 0 to 1, an actor's saliences summing to at
/// most 1. ``seed`` draws which bargain each takes; without it each takes the likeliest. The other choices are the
/// model's own.
#[pyfunction]
#[pyo3(signature = (capability, position, salience, *, most_turns=None, seed=None))]
pub fn smp(
    py: Python<'_>,
    capability: Row,
    position: Grid,
    salience: Grid,
    most_turns: Option<usize>,
    seed: Option<u64>,
) -> PyResult<Bound<'_, PyDict>> {
    let (positions, saliences) = (position.rows(), salience.rows());
    if positions.len() != capability.0.len() || saliences.len() != capability.0.len() {
        return Err(fault::value("capability, position and salience: give a row for each actor"));
    }
    let rows = capability.0.iter().zip(positions).zip(saliences);
    let actors: Vec<Actor> =
        rows.map(|((capability, position), salience)| Actor { capability: *capability, position, salience }).collect();
    let mut options = Options::default();
    options.most_turns = most_turns.unwrap_or(options.most_turns);
    let played = py.detach(|| match seed {
        None => model::play(&actors, &Accommodation::Identity, &options, Choice::Surest),
        Some(seed) => {
            let drawn = |turn: usize, actor: usize| number(seed, turn as u32, actor as u64);
            model::play(&actors, &Accommodation::Identity, &options, Choice::Drawn(&drawn))
        }
    });
    let played = told(played)?;
    let attitudes: Vec<Vec<f64>> = played.turns.iter().map(|turn| turn.attitude.clone()).collect();
    let positions: Vec<Array> = played.positions.iter().map(|rows| Array::rows(rows, position.width)).collect();
    Ok(dict!(py,
        "positions": positions,
        "attitudes": Array::rows(&attitudes, capability.0.len()),
        "settled": played.settled,
    ))
}
