//! The Brier score, and its split into reliability, resolution and uncertainty.

use super::{categories, events};
use crate::Fault;

/// The mean squared error of probabilities for yes-or-no events: `1/n sum (p_i - o_i)^2`.
///
/// From 0 (certain and right) to 1 (certain and wrong); always saying one half scores 1/4.
///
/// # Errors
/// No forecasts, unequal numbers, a probability out of range.
///
/// Reference: `brier1950` (halved, as is usual today). Checked by the catalog entry `brier-by-hand`.
pub fn brier(forecasts: &[f64], outcomes: &[bool]) -> Result<f64, Fault> {
    events(forecasts, outcomes)?;
    let loss = |(p, o): (&f64, &bool)| (p - f64::from(u8::from(*o))).powi(2);
    Ok(forecasts.iter().zip(outcomes).map(loss).sum::<f64>() / forecasts.len() as f64)
}

/// The Brier score of one forecast over several categories: `sum_k (p_k - o_k)^2`, from 0 to 2, as
/// Brier defined it.
///
/// # Errors
/// No categories, probabilities out of range or not adding up, an outcome not among them.
///
/// Reference: `brier1950`. Checked by the catalog entry `brier-many-by-hand`.
pub fn brier_many(forecast: &[f64], outcome: usize) -> Result<f64, Fault> {
    categories(forecast, outcome)?;
    let loss = |(k, p): (usize, &f64)| (p - f64::from(u8::from(k == outcome))).powi(2);
    Ok(forecast.iter().enumerate().map(loss).sum())
}

/// The Brier score in three parts: `reliability - resolution + uncertainty`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decomposition {
    /// How far stated probabilities are from the shares that came about: lower is better.
    pub reliability: f64,
    /// How far those shares are from the base rate: higher is better.
    pub resolution: f64,
    /// The spread of the outcomes themselves, which no forecaster can help.
    pub uncertainty: f64,
}

/// Splits the Brier score over groups of equal forecasts.
///
/// Mechanism: with n_g forecasts of value p_g, of which the share o_g came about, and base rate o:
/// `reliability = sum n_g (p_g - o_g)^2 / n`, `resolution = sum n_g (o_g - o)^2 / n`,
/// `uncertainty = o (1 - o)`. Exact, as the groups are of equal values.
///
/// # Errors
/// As [`brier`].
///
/// Reference: `murphy1973`. Checked by the property that the parts add up to the score.
pub fn decompose(forecasts: &[f64], outcomes: &[bool]) -> Result<Decomposition, Fault> {
    events(forecasts, outcomes)?;
    let n = forecasts.len() as f64;
    let mut order: Vec<(f64, bool)> =
        forecasts.iter().copied().zip(outcomes.iter().copied()).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let base = outcomes.iter().filter(|o| **o).count() as f64 / n;
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for group in order.chunk_by(|a, b| a.0 == b.0) {
        let size = group.len() as f64;
        let share = group.iter().filter(|(_, o)| *o).count() as f64 / size;
        let stated = group.first().map_or(0.0, |(p, _)| *p);
        reliability += size * (stated - share).powi(2) / n;
        resolution += size * (share - base).powi(2) / n;
    }
    Ok(Decomposition { reliability, resolution, uncertainty: base * (1.0 - base) })
}
