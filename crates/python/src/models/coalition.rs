//! Coalitions for Python.

use theory::coalition::formateur::{self, Selection};
use theory::coalition::formation_delay::{self as waiting, Circumstances, Delay};
use theory::coalition::minimum_size::{self, Smallest};
use theory::coalition::utility::{self, Field, Weights};
use theory::coalition::{baron_ferejohn, minimal_winning as minimal, policy, portfolio, quantal_choice as quantal};
use theory::power::game::WeightedGame;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, one_of, told};
use crate::array::{Array, Grid, Row};

/// More coalitions than anybody reads.
const CAP: usize = 100_000;

fn game(weights: Vec<u64>, quota: u64) -> PyResult<WeightedGame> {
    told(WeightedGame::new(weights, quota))
}

/// All minimal winning coalitions: a list of lists of positions. Raises ``ValueError`` if there are more than ``cap``.
#[pyfunction]
#[pyo3(signature = (weights, quota, *, cap=CAP))]
pub fn minimal_winning(py: Python<'_>, weights: Vec<u64>, quota: u64, cap: usize) -> PyResult<Vec<Vec<usize>>> {
    let game = game(weights, quota)?;
    told(py.detach(|| minimal::minimal_winning(&game, cap)))
}

/// The winning coalitions of least weight (``by="weight"``) or fewest members (``by="members"``).
#[pyfunction]
#[pyo3(signature = (weights, quota, by="weight", *, cap=CAP))]
pub fn smallest_winning(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: u64,
    by: &str,
    cap: usize,
) -> PyResult<Vec<Vec<usize>>> {
    let game = game(weights, quota)?;
    let by = one_of("by", by, &[("weight", Smallest::Weight), ("members", Smallest::Members)])?;
    told(py.detach(|| minimum_size::smallest_winning(&game, by, cap)))
}

/// Minimal winning coalitions of the smallest range. ``positions``: where each stands, on any scale, shape (n,).
#[pyfunction]
#[pyo3(signature = (weights, quota, positions, *, cap=CAP))]
pub fn minimal_range(
    py: Python<'_>,
    weights: Vec<u64>,
    quota: u64,
    positions: Row,
    cap: usize,
) -> PyResult<Vec<Vec<usize>>> {
    let game = game(weights, quota)?;
    told(py.detach(|| policy::minimal_range(&game, &positions.0, cap)))
}

/// Minimal connected winning coalitions: neighbours on the line that win together and not without either end.
#[pyfunction]
pub fn minimal_connected_winning(weights: Vec<u64>, quota: u64, positions: Row) -> PyResult<Vec<Vec<usize>>> {
    told(policy::minimal_connected_winning(&game(weights, quota)?, &positions.0))
}

/// The position of the member at the median of all weight.
#[pyfunction]
pub fn median_member(weights: Vec<u64>, quota: u64, positions: Row) -> PyResult<usize> {
    told(policy::median_member(&game(weights, quota)?, &positions.0))
}

/// Gamson's law: each member's share of all posts, by its seats; shape (members,), summing to 1.
#[pyfunction]
pub fn gamson_shares(seats: Vec<u64>) -> PyResult<Array> {
    Ok(Array::row(told(portfolio::gamson_shares(&seats))?))
}

/// Posts shared by turns, whoever is furthest below its due picking next: a list of pairs (member, post).
///
/// ``seats``: of each member; ``points``: what each post costs; ``wants[i][p]``: how much member i wants post p (what is
/// worth most if none is given).
#[pyfunction]
#[pyo3(signature = (seats, points, wants=None))]
pub fn share_posts(seats: Vec<u64>, points: Vec<u64>, wants: Option<Grid>) -> PyResult<Vec<(usize, usize)>> {
    let wants = wants.map_or_else(Vec::new, |wants| wants.rows());
    let picks = told(portfolio::share_posts(&seats, &points, &wants))?;
    Ok(picks.into_iter().map(|pick| (pick.member, pick.post)).collect())
}

/// The probability that each party is asked to form the government: shape (parties,).
///
/// ``tried``: positions of those who have failed; ``by``: "largest" (the largest first) or "seats" (in proportion), where
/// the seats of the ``incumbent`` count ``advantage`` times.
#[pyfunction]
#[pyo3(signature = (seats, tried=Vec::new(), by="largest", *, incumbent=None, advantage=1.0))]
pub fn recognition(
    seats: Vec<u64>,
    tried: Vec<usize>,
    by: &str,
    incumbent: Option<usize>,
    advantage: f64,
) -> PyResult<Array> {
    let largest = one_of("by", by, &[("largest", true), ("seats", false)])?;
    let selection = match (largest, incumbent) {
        (true, _) => Selection::LargestFirst,
        (false, Some(incumbent)) => Selection::Incumbency { incumbent, advantage },
        (false, None) => Selection::Proportional,
    };
    Ok(Array::row(told(formateur::recognition(&seats, &tried, selection))?))
}

/// Baron and Ferejohn's bargaining under a closed rule: a dict of what the ``proposer`` keeps, what each ``partner`` is
/// paid, how many ``partners`` there are and what each member has ``expected``; shares of 1.
#[pyfunction]
pub fn closed_rule(py: Python<'_>, members: u32, votes: u32, delta: f64) -> PyResult<Bound<'_, PyDict>> {
    let found = told(baron_ferejohn::closed_rule(members, votes, delta))?;
    Ok(dict!(py,
        "proposer": found.proposer,
        "partner": found.partner,
        "partners": found.partners,
        "expected": found.expected,
    ))
}

/// The probabilities of a logit choice: shape (options,). ``precision`` 0 makes all alike, a large one picks the best;
/// minus infinity is a utility of the impossible.
#[pyfunction]
pub fn quantal_choice(utilities: Row, precision: f64) -> PyResult<Array> {
    Ok(Array::row(told(quantal::probabilities(&utilities.0, precision))?))
}

/// The probability that a former chooses each of some coalitions: shape (coalitions,).
///
/// ``seats`` (n,); ``positions`` (n,) in [0, 1]; ``ties`` (n, n) in [0, 1]; ``refuses`` a list of lists of bools, who will
/// not sit with whom; ``former`` a position; ``coalitions`` lists of positions. ``weights`` are those of (office, distance,
/// ties, members).
#[pyfunction]
#[pyo3(signature = (seats, positions, ties, refuses, former, coalitions, *, weights=(1.0, 1.0, 1.0, 1.0), precision=1.0))]
#[allow(clippy::too_many_arguments)]
pub fn choice_among(
    seats: Vec<u64>,
    positions: Row,
    ties: Grid,
    refuses: Vec<Vec<bool>>,
    former: usize,
    coalitions: Vec<Vec<usize>>,
    weights: (f64, f64, f64, f64),
    precision: f64,
) -> PyResult<Array> {
    let ties = ties.rows();
    let field = Field { seats: &seats, positions: &positions.0, ties: &ties, refuses: &refuses };
    let (office, distance, tied, members) = weights;
    let weights = Weights { office, distance, ties: tied, members, precision };
    Ok(Array::row(told(utility::choice_among(&field, &weights, former, &coalitions))?))
}

/// Circumstances from a dict; what is missing is false or 0.
fn circumstances(given: &Bound<'_, PyDict>) -> PyResult<Circumstances> {
    let mut found = Circumstances::default();
    for (key, value) in given {
        match key.extract::<String>()?.as_str() {
            "post_election" => found.post_election = value.extract()?,
            "legislative_parties" => found.legislative_parties = value.extract()?,
            "polarisation" => found.polarisation = value.extract()?,
            "positive_parliamentarism" => found.positive_parliamentarism = value.extract()?,
            "majority_party" => found.majority_party = value.extract()?,
            "continuation_rule" => found.continuation_rule = value.extract()?,
            other => {
                let known = "post_election, legislative_parties, polarisation, positive_parliamentarism, majority_party \
                             and continuation_rule";
                return Err(crate::fault::value(format!("no circumstance \"{other}\"; known are {known}")));
            }
        }
    }
    Ok(found)
}

/// The hazard of a government forming ``here`` over that ``there``: above 1, sooner here.
///
/// Both are dicts of ``post_election``, ``legislative_parties`` (effective number), ``polarisation`` (0 to 1),
/// ``positive_parliamentarism``, ``majority_party`` and ``continuation_rule``; ``model`` is "all", "between" or "after"
/// elections.
#[pyfunction]
#[pyo3(signature = (here, there, model="all"))]
pub fn hazard_ratio(here: &Bound<'_, PyDict>, there: &Bound<'_, PyDict>, model: &str) -> PyResult<f64> {
    let known = [
        ("all", waiting::ALL_FORMATIONS),
        ("between", waiting::BETWEEN_ELECTIONS),
        ("after", waiting::AFTER_ELECTIONS),
    ];
    let model = one_of("model", model, &known)?;
    told(waiting::hazard_ratio(&model, &circumstances(here)?, &circumstances(there)?))
}

/// The probability that no government has formed by each day: a Weibull wait with this median (in days), shape and
/// hazard ratio; the shape of ``days``.
#[pyfunction]
#[pyo3(signature = (days, median, shape=1.31, ratio=1.0))]
pub fn delay(days: Row, median: f64, shape: f64, ratio: f64) -> PyResult<Array> {
    let delay = told(Delay::with_median(median, shape, ratio))?;
    Ok(Array::row(days.0.iter().map(|day| delay.survival(*day)).collect::<Vec<_>>()))
}
