//! Small rules of chance that several processes share: counts, odds, days.

use jiff::ToSpan;
use jiff::civil::Date;

/// The largest mean a weekly count is drawn with, so that extreme beliefs stay finite.
pub const MOST: f64 = 1e4;

/// The number below which a share `u` of a Poisson distribution of this mean lies.
///
/// Up to a mean of 100 the distribution is summed; beyond, its normal approximation is inverted. Means end at
/// [`MOST`]; what is no number counts as 0. At a mean of 0 the count is 0.
#[must_use]
pub fn poisson(u: f64, mean: f64) -> u32 {
    if mean.is_nan() || mean <= 0.0 {
        return 0;
    }
    let mean = mean.min(MOST);
    if mean > 100.0 {
        let z = crate::luck::standard_normal(u);
        return (mean + z * mean.sqrt()).round().clamp(0.0, 2.0 * MOST) as u32;
    }
    let mut p = (-mean).exp();
    let (mut below, mut n) = (p, 0);
    while below < u && n < 1_000 {
        n += 1;
        p *= mean / f64::from(n);
        below += p;
    }
    n
}

/// The logistic function.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A chance moved by `shift` in log odds; 0 and 1 stay what they are.
#[must_use]
pub fn shifted(chance: f64, shift: f64) -> f64 {
    if chance <= 0.0 || chance >= 1.0 {
        return chance.clamp(0.0, 1.0);
    }
    logistic((chance / (1.0 - chance)).ln() + shift)
}

/// A day some days later, at least one.
#[must_use]
pub fn later(day: Date, days: f64) -> Date {
    day.saturating_add((days.round().clamp(1.0, 100_000.0) as i64).days())
}

/// Days from one day to another.
#[must_use]
pub fn days(from: Date, to: Date) -> f32 {
    to.since(from).map_or(0.0, |span| span.get_days() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_the_mean_and_the_spread_of_a_poisson() {
        for mean in [0.05, 1.3, 20.0, 300.0] {
            let n = 20_000;
            let all: Vec<f64> = (0..n)
                .map(|i| f64::from(poisson((f64::from(i) + 0.5) / f64::from(n), mean)))
                .collect();
            let m = all.iter().sum::<f64>() / f64::from(n);
            let v = all.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(n);
            assert!((m - mean).abs() < 0.01 * mean + 1e-3, "mean {m} for {mean}");
            assert!((v / mean - 1.0).abs() < 0.03, "variance {v} for {mean}");
        }
        assert_eq!(poisson(0.999, 0.0), 0);
        assert_eq!(poisson(0.999, f64::NAN), 0);
        assert!(poisson(0.999, f64::INFINITY) < 20_001);
    }

    #[test]
    fn odds_move_and_certainties_do_not() {
        assert!((shifted(0.5, 1.0) - logistic(1.0)).abs() < 1e-12);
        assert_eq!(shifted(0.0, 5.0), 0.0);
        assert_eq!(shifted(1.0, -5.0), 1.0);
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let from = jiff::civil::date(2031, 1, 31);
        assert_eq!(days(from, later(from, 400.0)), 400.0);
    }
}
