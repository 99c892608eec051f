//! The ranked probability score, for categories in an order.

use super::categories;
use crate::Fault;

/// The sum of squared differences of cumulative probabilities: `sum_{k<K} (F_k - O_k)^2`.
///
/// Near misses cost less than far ones. From 0 to K - 1; divide by that for a score of at most one.
/// With two categories it is the Brier score of the event.
///
/// # Errors
/// No categories, probabilities out of range or not adding up, an outcome not among them.
///
/// Reference: `epstein1969`, `murphy1971`. Checked by the catalog entry `ranked-by-hand`.
pub fn ranked_probability(forecast: &[f64], outcome: usize) -> Result<f64, Fault> {
    categories(forecast, outcome)?;
    let (mut sum, mut score) = (0.0, 0.0);
    for (k, p) in forecast.iter().enumerate().take(forecast.len() - 1) {
        sum += p;
        let came = f64::from(u8::from(k >= outcome));
        score += (sum - came).powi(2);
    }
    Ok(score)
}
