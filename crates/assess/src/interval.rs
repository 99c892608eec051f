//! A quantity over many runs: its mean and the points below which given shares of the runs lie.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

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

/// Jeffreys's interval of a probability at a `level`, from `hits` in `tries`: the points of
/// Beta(hits + 1/2, tries - hits + 1/2), with the end 0 at no hits and 1 at nothing but hits (`brown2001`). Counts need
/// not be whole: they may be effective ones of weighted runs. All of \[0, 1\] without tries.
#[must_use]
pub fn jeffreys(hits: f64, tries: f64, level: f64) -> (f64, f64) {
    let tries = tries.max(0.0);
    let hits = hits.clamp(0.0, tries);
    if tries == 0.0 {
        return (0.0, 1.0);
    }
    let (a, b) = (hits + 0.5, tries - hits + 0.5);
    let tail = (1.0 - level) / 2.0;
    // Both shapes are above zero, so the distribution exists.
    let Ok(beta) = Beta::new(a, b) else { return (0.0, 1.0) };
    let at = |share: f64| beta.inverse_cdf(share);
    let low = if hits == 0.0 { 0.0 } else { at(tail) };
    let high = if hits == tries { 1.0 } else { at(1.0 - tail) };
    (low, high)
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

    #[test]
    fn jeffreys_intervals_are_those_of_the_published_table() {
        // Brown, Cai and DasGupta 2001, table 5: 95 % limits for n = 7 and n = 30, in their three digits.
        for (hits, tries, low, high) in
            [(1.0, 7.0, 0.016, 0.501), (3.0, 7.0, 0.139, 0.766), (0.0, 7.0, 0.0, 0.292)]
        {
            let (a, b) = jeffreys(hits, tries, 0.95);
            assert!((a - low).abs() < 6e-4 && (b - high).abs() < 6e-4, "{hits}/{tries}: {a} {b}");
        }
        assert_eq!(jeffreys(0.0, 0.0, 0.95), (0.0, 1.0));
    }
}
