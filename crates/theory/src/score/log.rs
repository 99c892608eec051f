//! The logarithmic score.

use super::categories;
use crate::Fault;

/// Minus the natural logarithm of the probability given to what came about.
///
/// Infinite if that probability was zero: the score means it. A yes-or-no event is a forecast of two
/// categories.
///
/// # Errors
/// No categories, probabilities out of range or not adding up, an outcome not among them.
///
/// Reference: `good1952`. Checked by the catalog entry `log-by-hand`.
pub fn log(forecast: &[f64], outcome: usize) -> Result<f64, Fault> {
    categories(forecast, outcome)?;
    // Adding zero turns a score of minus zero into zero.
    Ok(-forecast[outcome].ln() + 0.0)
}
