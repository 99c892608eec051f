//! What to find out: the numbers whose knowing would narrow the forecast, the most worth first.

use serde::Serialize;

use super::inputs::{Input, Kind};
use super::variance::Share;

/// A number worth finding out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The estimate or group.
    pub input: Input,
    /// The share of the variance that is expected to go if it were known: its first-order share.
    pub removed: f64,
    /// The 95 % interval of `removed`.
    pub interval: (f64, f64),
    /// The standard deviation of what is asked once it is known, in its unit.
    pub deviation: f64,
    /// Whether the interval lies above zero; if not, more samples are needed before anybody is sent out.
    pub sure: bool,
}

/// The list: estimates and groups in falling first-order share, without those at or below zero.
///
/// The variance expected to be left once input i is known is V (1 - S_i), the expected value of perfect information
/// for squared error; `deviation` is the standard deviation of what is asked now.
pub(super) fn list(shares: &[Share], deviation: f64) -> Vec<Item> {
    let mut items: Vec<Item> = shares
        .iter()
        .filter(|s| matches!(s.input.kind, Kind::Estimate | Kind::Group) && s.first > 0.0)
        .map(|s| Item {
            input: s.input.clone(),
            removed: s.first,
            interval: s.first_interval,
            deviation: deviation * (1.0 - s.first).max(0.0).sqrt(),
            sure: s.first_interval.0 > 0.0,
        })
        .collect();
    items.sort_by(|a, b| b.removed.total_cmp(&a.removed));
    items
}
