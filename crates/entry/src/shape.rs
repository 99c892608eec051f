//! How belief is spread between the low and the high of an estimate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The shape of what is not known about an estimate between its low and its high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// The PERT distribution: a beta on \[low, high\] with mode `value` and concentration 4 (`malcolm1959`).
    #[default]
    Pert,
    /// A beta on \[0, 1\] with mean `value` whose standard deviation is (high - low) / (2 · 1.645), so that low and
    /// high are near its 5 % and 95 % points; for shares.
    Beta,
    /// Triangular on \[low, high\] with mode `value`.
    Triangular,
    /// Uniform on \[low, high\].
    Uniform,
    /// Normal with mean `value` whose 5 % and 95 % points are `low` and `high` on average.
    Normal,
    /// The logarithm is normal: median `value`, and `low` and `high` are the 5 % and 95 % points on average of their
    /// ratios to it; for what is above zero and errs by factors.
    Lognormal,
    /// One of `values`, with `weights`.
    Discrete,
    /// No spread at all: the value is known.
    Constant,
}

impl Shape {
    /// Its name in a case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pert => "pert",
            Self::Beta => "beta",
            Self::Triangular => "triangular",
            Self::Uniform => "uniform",
            Self::Normal => "normal",
            Self::Lognormal => "lognormal",
            Self::Discrete => "discrete",
            Self::Constant => "constant",
        }
    }
}

/// The 95 % point of the standard normal, by which ranges become standard deviations.
pub const Z95: f64 = 1.644_853_626_951_472;

/// The two shapes (alpha, beta) of a [`Shape::Beta`] with a mean and a range, by moments.
///
/// None if the mean is not between 0 and 1 or the range is too wide for any beta with this mean.
#[must_use]
pub fn beta_shapes(mean: f64, low: f64, high: f64) -> Option<(f64, f64)> {
    let deviation = (high - low) / (2.0 * Z95);
    let room = mean * (1.0 - mean);
    let concentration = room / (deviation * deviation) - 1.0;
    let sound = mean > 0.0 && mean < 1.0 && deviation > 0.0 && concentration > 0.0;
    sound.then_some((mean * concentration, (1.0 - mean) * concentration))
}
