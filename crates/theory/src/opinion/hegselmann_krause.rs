//! Bounded confidence after Hegselmann and Krause: everyone averages those not too far away.
//!
//! It refuses partial steps: all move at once.

use crate::Fault;
use crate::fault::within;

/// One step: each opinion becomes the mean of all opinions within its holder's confidence of it.
///
/// Mechanism: `x_i' = mean { x_j : |x_j - x_i| <= e_i }`, its own included. A distance counts as within
/// confidence up to one part in 10^12, so that opinions written in decimals do not fall out by
/// rounding.
///
/// # Errors
/// Unequal lengths, opinions not finite, confidence below zero.
///
/// Reference: `hegselmann2002`. Checked by the catalog entry `bounded-confidence-by-hand` and by the
/// property that order is kept and the range never grows.
pub fn step(opinion: &[f64], confidence: &[f64]) -> Result<Vec<f64>, Fault> {
    check(opinion, confidence)?;
    Ok(stepped(opinion, confidence))
}

fn check(opinion: &[f64], confidence: &[f64]) -> Result<(), Fault> {
    if opinion.len() != confidence.len() {
        return Err(Fault::length("confidence", confidence.len(), opinion.len()));
    }
    within("opinion", opinion, |x| x.abs() <= 1e100, "a number of size at most 1e100")?;
    within("confidence", confidence, |e| e >= 0.0, "zero or more")
}

fn stepped(opinion: &[f64], confidence: &[f64]) -> Vec<f64> {
    let one = |(x, e): (&f64, &f64)| {
        let near = |y: &&f64| (*y - x).abs() <= e * (1.0 + 1e-12);
        // The mean of differences: equal opinions stay exactly equal.
        let (sum, count) =
            opinion.iter().filter(near).fold((0.0, 0.0), |(s, n), y| (s + (y - x), n + 1.0));
        if count > 0.0 { x + sum / count } else { *x }
    };
    opinion.iter().zip(confidence).map(one).collect()
}

/// Where opinions come to rest, and after how many steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// The opinions.
    pub opinion: Vec<f64>,
    /// How many steps changed something.
    pub steps: usize,
    /// Whether they came to rest within the steps allowed.
    pub settled: bool,
}

impl Rest {
    /// The opinions still held, each with the number of its holders, in rising order. Opinions closer
    /// than `apart` are one.
    pub fn camps(&self, apart: f64) -> Vec<(f64, usize)> {
        let mut order = self.opinion.clone();
        order.sort_by(f64::total_cmp);
        order
            .chunk_by(|a, b| b - a < apart)
            .map(|camp| (camp.iter().sum::<f64>() / camp.len() as f64, camp.len()))
            .collect()
    }
}

/// Steps until no opinion moves by more than 1e-12 of the largest, or `most` steps.
///
/// # Errors
/// As [`step`].
///
/// Reference: as [`step`].
pub fn settle(opinion: &[f64], confidence: &[f64], most: usize) -> Result<Rest, Fault> {
    check(opinion, confidence)?;
    let mut now = opinion.to_vec();
    let size = now.iter().map(|x| x.abs()).fold(0.0, f64::max);
    for steps in 0..most {
        let next = stepped(&now, confidence);
        let moved = next.iter().zip(&now).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if moved <= 1e-12 * size {
            return Ok(Rest { opinion: now, steps, settled: true });
        }
        now = next;
    }
    Ok(Rest { opinion: now, steps: most, settled: false })
}
