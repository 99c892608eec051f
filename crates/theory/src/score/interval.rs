//! The interval score: narrow is good, missing is bad.

use super::sorted;
use crate::Fault;
use crate::fault::{finite, sound};

/// The score of the central interval from `low` to `high` that was to hold the outcome with
/// probability `level`: `(u - l) + 2/alpha (l - y)+ + 2/alpha (y - u)+` with `alpha = 1 - level`.
///
/// In the units of the quantity.
///
/// # Errors
/// An interval upside down, a level outside 0..1, numbers not finite.
///
/// Reference: `gneiting2007`, section 6.2. Checked by the catalog entry `interval-by-hand`.
pub fn interval(low: f64, high: f64, level: f64, y: f64) -> Result<f64, Fault> {
    for (name, value) in [("low", low), ("high", high), ("the outcome", y)] {
        finite(name, value)?;
    }
    if low > high {
        return Err(Fault::number("high", high, "at least low"));
    }
    let penalty = 2.0 / (1.0 - proper(level)?);
    let missed = penalty * (low - y).max(0.0) + penalty * (y - high).max(0.0);
    sound("the score", (high - low) + missed)
}

/// The interval of an ensemble between its `alpha/2` and `1 - alpha/2` quantiles, interpolated
/// linearly between ordered draws (type 7 of Hyndman and Fan).
///
/// # Errors
/// No draws, numbers not finite, a level outside 0..1.
///
/// Reference: `hyndman1996`. Checked by the catalog entry `interval-by-hand`.
pub fn interval_of_draws(draws: &[f64], level: f64) -> Result<(f64, f64), Fault> {
    let order = sorted(draws)?;
    let tail = (1.0 - proper(level)?) / 2.0;
    let at = |share: f64| {
        let place = share * (order.len() - 1) as f64;
        let below = order[(place.floor() as usize).min(order.len() - 1)];
        let above = order[(place.ceil() as usize).min(order.len() - 1)];
        if above == below {
            return below;
        }
        let (gap, part) = (above - below, place.fract());
        // Two draws at opposite ends of the numbers are farther apart than a number can say.
        if gap.is_finite() { below + gap * part } else { below * (1.0 - part) + above * part }
    };
    Ok((at(tail), at(1.0 - tail)))
}

fn proper(level: f64) -> Result<f64, Fault> {
    if level > 0.0 && level < 1.0 {
        Ok(level)
    } else {
        Err(Fault::number("level", level, "between 0 and 1"))
    }
}
