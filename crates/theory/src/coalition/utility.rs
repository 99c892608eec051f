//! What a coalition is worth to the party that forms it: the stated utility of quantal choice.
//!
//! Five terms, each between 0 and 1 in size, so that their weights can be read against each other.
//! Weights are the caller's; none is built in.

use super::quantal_choice::probabilities;
use crate::Fault;
use crate::fault::sound;

/// What the forming party knows of the others.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Seats of each party.
    pub seats: &'a [u64],
    /// Where each party stands, from 0 to 1.
    pub positions: &'a [f64],
    /// `ties[a][b]` from 0 to 1: how close a holds b.
    pub ties: &'a [Vec<f64>],
    /// `refuses[a][b]`: a will not sit with b.
    pub refuses: &'a [Vec<bool>],
}

/// How much each term counts, and how exact the choice is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The former's share of the coalition's seats, which by Gamson's law is its share of office.
    pub office: f64,
    /// Distance from the former to the coalition's mean position by seats; it counts against.
    pub distance: f64,
    /// Mean tie among members, both ways.
    pub ties: f64,
    /// Members beyond the former as a share of all parties; it counts against.
    pub members: f64,
    /// Precision of the quantal choice.
    pub precision: f64,
}

/// The worth of one coalition to `former`; minus infinity when a member refuses another.
///
/// U = a s_f / s_S - b |x_f - mean of x over S by seats| + c (mean tie within S) - d (|S| - 1) / n,
/// with a, b, c, d the weights of office, distance, ties and members.
///
/// # Errors
/// Tables of a wrong size for tables of the wrong size or a member out of range;
/// nothing to choose from when the former is not in the coalition;
/// nobody with a seat when it has no seats at all; a number that is not finite when a
/// number is not finite.
///
/// Reference: the terms are those of `martin2001`; their linear form and scaling are *Judged*.
/// Checked by the catalog entry `stated-utility-by-hand` and by tests: a refusal rules out, and closer
/// or better tied partners are never worth less.
pub fn worth(
    field: &Field<'_>,
    weights: &Weights,
    former: usize,
    members: &[usize],
) -> Result<f64, Fault> {
    let n = field.seats.len();
    check(field, n)?;
    if let Some(found) = members.iter().copied().find(|m| *m >= n) {
        return Err(Fault::whole("members", found as u64, format!("below {n}")));
    }
    if !members.contains(&former) {
        return Err(Fault::nothing("members", "the former among them"));
    }
    let pairs = || members.iter().flat_map(|a| members.iter().map(move |b| (*a, *b)));
    if pairs().any(|(a, b)| a != b && field.refuses[a][b]) {
        return Ok(f64::NEG_INFINITY);
    }
    let seats = |i: usize| field.seats[i] as f64;
    let all: f64 = members.iter().map(|i| seats(*i)).sum();
    if all <= 0.0 {
        return Err(Fault::nothing("seats", "at least one above zero"));
    }
    let mean: f64 = members.iter().map(|i| seats(*i) * field.positions[*i]).sum::<f64>() / all;
    let others = members.len() as f64 - 1.0;
    let bonds: f64 = pairs().filter(|(a, b)| a != b).map(|(a, b)| field.ties[a][b]).sum();
    let bond = if others > 0.0 { bonds / (others * (others + 1.0)) } else { 0.0 };
    let value = weights.office * seats(former) / all
        - weights.distance * (field.positions[former] - mean).abs()
        + weights.ties * bond
        - weights.members * others / n as f64;
    sound("the worth of a coalition", value)
}

/// The probability that `former` chooses each of these coalitions.
///
/// # Errors
/// As [`worth`] and [`probabilities`]; no possible choice when refusals rule out
/// every one.
///
/// Reference: `martin2001`, `mckelvey1995`. Checked by the catalog entry `stated-utility-by-hand`.
pub fn choice_among(
    field: &Field<'_>,
    weights: &Weights,
    former: usize,
    coalitions: &[Vec<usize>],
) -> Result<Vec<f64>, Fault> {
    let worth = |members: &Vec<usize>| worth(field, weights, former, members);
    let utilities = coalitions.iter().map(worth).collect::<Result<Vec<f64>, _>>()?;
    probabilities(&utilities, weights.precision)
}

fn check(field: &Field<'_>, n: usize) -> Result<(), Fault> {
    let lengths = [field.positions.len(), field.ties.len(), field.refuses.len()];
    let rows = field.ties.iter().map(Vec::len).chain(field.refuses.iter().map(Vec::len));
    if let Some(found) = lengths.into_iter().chain(rows).find(|found| *found != n) {
        return Err(Fault::length("positions, ties or refusals", found, n));
    }
    Ok(())
}
