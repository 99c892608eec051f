//! The weighted median of positions: the pivot of an unbending vote on one dimension.
//!
//! It refuses issues of more than one dimension, where no median need exist.

use super::{finite, weights};
use crate::Fault;

/// The lowest position at which those at or below it hold at least half of all weight.
///
/// Mechanism: order actors by position (ties by number) and add up weights until they reach half of
/// the total. When they reach exactly half the lower of the two medians is given (*Judged*: the
/// theorem leaves any point between them).
///
/// # Errors
/// As [`weighted_mean`](super::weighted_mean::weighted_mean).
///
/// Reference: `black1948`. Checked by the round medians of the catalog entry
/// `scholz-emissions-rounds`, and by the property that neither side of it outweighs the other.
///
/// ```
/// use theory::bargaining::weighted_median::weighted_median;
/// assert_eq!(weighted_median(&[9.0, 1.0, 5.0], &[1.0, 1.0, 1.0]), Ok(5.0));
/// ```
pub fn weighted_median(position: &[f64], weight: &[f64]) -> Result<f64, Fault> {
    if position.is_empty() {
        return Err(Fault::nothing("actors", "at least one"));
    }
    finite("position", position, position.len())?;
    weights("weight", weight, position.len())?;
    let mut order: Vec<(f64, f64)> =
        position.iter().copied().zip(weight.iter().copied()).filter(|(_, w)| *w > 0.0).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = order.iter().map(|(_, w)| w).sum::<f64>() / 2.0;
    let mut below = 0.0;
    for (x, w) in &order {
        below += w;
        if below >= half {
            return Ok(*x);
        }
    }
    order.last().map(|(x, _)| *x).ok_or(Fault::nothing("actors", "at least one"))
}
