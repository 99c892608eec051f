//! The continuous ranked probability score, of draws and in closed form.

use std::f64::consts::PI;

use super::sorted;
use crate::Fault;
use crate::fault::{finite, positive, sound};
use crate::normal::{cumulative, density, ln_cumulative};

/// A distribution whose score is known in closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    /// Normal, by mean and standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal, by mean and standard deviation of the logarithm.
    Lognormal {
        /// Mean of the logarithm.
        mean: f64,
        /// Standard deviation of the logarithm.
        sd: f64,
    },
    /// Logistic, by location and scale.
    Logistic {
        /// Location.
        location: f64,
        /// Scale.
        scale: f64,
    },
    /// Laplace, by location and scale.
    Laplace {
        /// Location.
        location: f64,
        /// Scale.
        scale: f64,
    },
    /// Uniform between two ends.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Exponential, by rate.
    Exponential {
        /// Rate.
        rate: f64,
    },
}

/// The score of a distribution for the value `y` that came about: `integral (F(x) - [y <= x])^2 dx`.
///
/// Closed forms, z standing for y less location over scale:
/// - normal `sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi))`;
/// - lognormal `y (2 Phi(w) - 1) - 2 e^(mean + sd^2/2) (Phi(w - sd) - Phi(-sd/sqrt 2))`,
///   `w = (ln y - mean)/sd`, the products taken by their logarithms;
/// - logistic `scale (|z| + 2 ln(1 + e^-|z|) - 1)`; Laplace `scale (|z| + e^-|z| - 3/4)`;
/// - uniform `(high - low) (|z - c| + c^2 - c + 1/3)`, c being z brought into 0..1;
/// - exponential `|y| - 2 F(y)/rate + 1/(2 rate)`.
///
/// In the units of the quantity.
///
/// # Errors
/// Parameters out of range, numbers not finite.
///
/// Reference: `gneiting2007`, `jordan2019`. Checked by numerical integration (property test) and the
/// catalog entry `crps-normal-at-mean`.
pub fn crps(law: Law, y: f64) -> Result<f64, Fault> {
    finite("the outcome", y)?;
    match law {
        Law::Normal { mean, sd } => {
            let z = standard(y, ("mean", mean), ("standard deviation", sd))?;
            let far = sd * (z * (2.0 * cumulative(z) - 1.0) + 2.0 * density(z) - 1.0 / PI.sqrt());
            apart(y, mean, z, far)
        }
        Law::Lognormal { mean, sd } => {
            finite("mean", mean)?;
            positive("standard deviation", sd)?;
            // The mean may be beyond any number where its product with a tail is not.
            let twice_mean_times = |x: f64| 2.0 * (mean + sd * sd / 2.0 + ln_cumulative(x)).exp();
            let spread = twice_mean_times(-sd / 2.0_f64.sqrt());
            if y <= 0.0 {
                // Nothing lies below zero, so the loss grows by the distance to it.
                return sound(SCORE, -y + spread);
            }
            let w = (y.ln() - mean) / sd;
            sound(SCORE, y * (2.0 * cumulative(w) - 1.0) - (twice_mean_times(w - sd) - spread))
        }
        Law::Logistic { location, scale } => {
            let z = standard(y, ("location", location), ("scale", scale))?.abs();
            apart(y, location, z, scale * (z + 2.0 * (-z).exp().ln_1p() - 1.0))
        }
        Law::Laplace { location, scale } => {
            let z = standard(y, ("location", location), ("scale", scale))?.abs();
            apart(y, location, z, scale * (z + (-z).exp() - 0.75))
        }
        Law::Uniform { low, high } => {
            let z = standard(y, ("low", low), ("high less low", high - low))?;
            let c = z.clamp(0.0, 1.0);
            let end = if z > 0.5 { high } else { low };
            apart(y, end, z, (high - low) * ((z - c).abs() + c * c - c + 1.0 / 3.0))
        }
        Law::Exponential { rate } => {
            positive("rate", rate)?;
            let below = -(-rate * y.max(0.0)).exp_m1();
            sound(SCORE, y.abs() - 2.0 * below / rate + 0.5 / rate)
        }
    }
}

const SCORE: &str = "the score";

/// A score worked out over the scale; where the outcome is so many scales away that their number
/// overflows, the distance to the distribution, from which it then differs by nothing.
fn apart(y: f64, from: f64, z: f64, score: f64) -> Result<f64, Fault> {
    sound(SCORE, if z.is_infinite() { (y - from).abs() } else { score })
}

fn standard(y: f64, at: (&'static str, f64), scale: (&'static str, f64)) -> Result<f64, Fault> {
    finite(at.0, at.1)?;
    positive(scale.0, scale.1)?;
    Ok((y - at.1) / scale.1)
}

/// The score of an ensemble as the distribution it is: `mean |x_i - y| - 1/2 mean_ij |x_i - x_j|`.
///
/// O(n log n).
///
/// # Errors
/// No draws, numbers not finite.
///
/// Reference: `gneiting2007`. Checked by the catalog entry `crps-ensemble-by-hand` and by the
/// integral of the squared step function (property test).
pub fn crps_ensemble(draws: &[f64], y: f64) -> Result<f64, Fault> {
    let (error, spread, unit) = parts(draws, y)?;
    let n = draws.len() as f64;
    sound(SCORE, (error / n - spread / (n * n)) * unit)
}

/// The same with the spread taken over distinct pairs, so that the number of draws does not bias it:
/// `mean |x_i - y| - sum_{i<j} |x_i - x_j| / (n (n - 1))`. With one draw it is the absolute error.
///
/// # Errors
/// As [`crps_ensemble`].
///
/// Reference: `ferro2014`. Checked by the catalog entry `crps-ensemble-by-hand`.
pub fn crps_fair(draws: &[f64], y: f64) -> Result<f64, Fault> {
    let (error, spread, unit) = parts(draws, y)?;
    let n = draws.len() as f64;
    let spread = if n > 1.0 { spread / (n * (n - 1.0)) } else { 0.0 };
    sound(SCORE, (error / n - spread) * unit)
}

/// The sum of distances to `y`, the sum of distances between pairs of draws, and the unit of both: a
/// power of two, one unless numbers are so large that the sums would overflow.
fn parts(draws: &[f64], y: f64) -> Result<(f64, f64, f64), Fault> {
    finite("the outcome", y)?;
    let order = sorted(draws)?;
    let n = order.len() as f64;
    let largest = order.iter().fold(y.abs(), |most, x| most.max(x.abs()));
    let unit = if largest > 1e270 { 2.0_f64.powi(200) } else { 1.0 };
    let error = order.iter().map(|x| (x / unit - y / unit).abs()).sum();
    let pairs = |(i, x): (usize, &f64)| (2.0 * i as f64 + 1.0 - n) * (x / unit);
    Ok((error, order.iter().enumerate().map(pairs).sum(), unit))
}
