//! The weighted mean of positions: the compromise model.
//!
//! The plainest procedure-free model, and on European Union decisions one of the most accurate. It
//! refuses to tell who gives way to whom.

use super::{finite, weights};
use crate::Fault;

/// The compromise between `position` with the given `weight`.
///
/// Mechanism: `x* = sum_i w_i x_i / sum_i w_i`, where the weight w_i of actor i is its capability
/// times its salience. Also the limit of the Nash solution under quadratic loss as disagreement
/// becomes unbearable, see [`nash`](super::nash).
///
/// # Errors
/// No actors, a weight that is negative, all weights zero, or a number that is not finite.
///
/// Reference: `achen2006`; `vandenbos1991`. Checked by the round means of the catalog entry
/// `scholz-emissions-rounds`, and by the property that the mean lies between the extremes.
///
/// ```
/// use theory::bargaining::weighted_mean::weighted_mean;
/// assert_eq!(weighted_mean(&[0.0, 10.0], &[3.0, 1.0]), Ok(2.5));
/// ```
pub fn weighted_mean(position: &[f64], weight: &[f64]) -> Result<f64, Fault> {
    if position.is_empty() {
        return Err(Fault::nothing("actors", "at least one"));
    }
    finite("position", position, position.len())?;
    weights("weight", weight, position.len())?;
    let most = weight.iter().copied().fold(0.0, f64::max);
    let total: f64 = weight.iter().map(|w| w / most).sum();
    Ok(position.iter().zip(weight).map(|(x, w)| x * (w / most / total)).sum())
}
