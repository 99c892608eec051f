//! A quantity over many runs: its mean and the points below which given shares of the runs lie.

use serde::Serialize;

/// Mean, median and the 5, 25, 75 and 95 % points of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// The 5 % point.
    pub low: f64,
    /// The 25 % point.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The 75 % point.
    pub upper: f64,
    /// The 95 % point.
    pub high: f64,
}

impl Interval {
    /// The interval of some values; all zero if there are none.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let at = |share| quantile(&values, share);
        Self {
            mean,
            low: at(0.05),
            lower: at(0.25),
            median: at(0.5),
            upper: at(0.75),
            high: at(0.95),
        }
    }
}

/// The value at a share of sorted values: the inverse of the empirical distribution function (type 1 of
/// Hyndman and Fan, `hyndman1996`), so that counts stay counts. Zero if there are none.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_one_to_a_hundred_are_themselves() {
        let interval = Interval::of((1..=100).map(f64::from));
        assert_eq!((interval.low, interval.median, interval.high), (5.0, 50.0, 95.0));
        assert_eq!(interval.mean, 50.5);
        assert_eq!(Interval::of([]), Interval::default());
    }
}
