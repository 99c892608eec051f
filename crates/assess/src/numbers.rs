//! A stream of numbers in bounded memory: exact while there are few, then counted on a fine grid.

use std::collections::BTreeMap;

use crate::interval::{Interval, quantile};

/// Bits of a number's fraction that the grid keeps: neighbouring points differ by one part in 4,096, and whole
/// numbers up to 8,192 are exact.
const KEPT_BITS: u32 = 12;

/// Numbers taken in one after the other.
///
/// The first `exact` of them are kept as they are. Past that each is rounded to 13 significant bits and counted,
/// so that quantiles are right to one part in 8,192 and memory does not grow with the stream. The mean is exact up
/// to rounding. The order in which numbers come in changes the mean's last digit only.
#[derive(Debug, Clone)]
pub struct Numbers {
    exact: usize,
    few: Vec<f64>,
    many: BTreeMap<i64, u64>,
    count: u64,
    sum: f64,
}

impl Numbers {
    /// An empty stream that keeps up to `exact` numbers as they are.
    #[must_use]
    pub fn new(exact: usize) -> Self {
        Self { exact, few: Vec::new(), many: BTreeMap::new(), count: 0, sum: 0.0 }
    }

    /// Takes in a number. One that is not a number is left out.
    pub fn push(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.count += 1;
        self.sum += value;
        if self.many.is_empty() && self.few.len() < self.exact {
            self.few.push(value);
            return;
        }
        for early in self.few.drain(..) {
            *self.many.entry(grid(early)).or_default() += 1;
        }
        *self.many.entry(grid(value)).or_default() += 1;
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 if there were none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum / self.count.max(1) as f64
    }

    /// The values at shares given in rising order, by the inverse of the empirical distribution function; zeros if
    /// there were none.
    #[must_use]
    pub fn quantiles(&self, shares: &[f64]) -> Vec<f64> {
        if self.many.is_empty() {
            let mut sorted = self.few.clone();
            sorted.sort_by(f64::total_cmp);
            return shares.iter().map(|share| quantile(&sorted, *share)).collect();
        }
        let mut points = self.many.iter();
        let (mut below, mut at) = (0_u64, 0.0);
        shares
            .iter()
            .map(|share| {
                let rank = ((share * self.count as f64).ceil() as u64).clamp(1, self.count);
                while below < rank {
                    let Some((key, count)) = points.next() else { break };
                    (below, at) = (below + count, value(*key));
                }
                at
            })
            .collect()
    }

    /// Mean and quantiles together.
    #[must_use]
    pub fn interval(&self) -> Interval {
        let at = self.quantiles(&[0.05, 0.25, 0.5, 0.75, 0.95]);
        let [low, lower, median, upper, high] = at[..] else { return Interval::default() };
        Interval { mean: self.mean(), low, lower, median, upper, high }
    }

    /// The share of the numbers for which something holds; on the grid past the exact ones.
    #[must_use]
    pub fn share_where(&self, holds: impl Fn(f64) -> bool) -> f64 {
        let few = self.few.iter().filter(|v| holds(**v)).count() as u64;
        let many: u64 = self.many.iter().filter(|(k, _)| holds(value(**k))).map(|(_, n)| n).sum();
        (few + many) as f64 / self.count.max(1) as f64
    }
}

/// A number's place on the grid, in the order of numbers.
fn grid(value: f64) -> i64 {
    let dropped = f64::MANTISSA_DIGITS - 1 - KEPT_BITS;
    let half = 1_u64 << (dropped - 1);
    let bits = (value + 0.0).to_bits();
    // Infinity keeps its bits: adding to them would make it no number.
    let rounded = if value.is_finite() { bits + half } else { bits };
    let bits = (rounded >> dropped << dropped).cast_signed();
    // Negative numbers sort the other way round.
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// The number at a place of the grid.
fn value(key: i64) -> f64 {
    let bits = if key < 0 { i64::MIN.wrapping_sub(key) } else { key };
    f64::from_bits(bits.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_numbers_are_exact() {
        let mut numbers = Numbers::new(100);
        (1..=100).rev().for_each(|v| numbers.push(f64::from(v)));
        assert_eq!(numbers.interval(), Interval::of((1..=100).map(f64::from)));
    }

    #[test]
    fn many_numbers_are_right_to_the_grid_and_whole_ones_exact() {
        let mut numbers = Numbers::new(10);
        let mut whole = Numbers::new(10);
        let value = |i: u32| (f64::from(i) * 0.618_034).fract() * 3.0 - 1.0;
        (0..50_000).for_each(|i| numbers.push(value(i)));
        (0..50_000).for_each(|i| whole.push(f64::from(i % 400)));
        let exact = Interval::of((0..50_000).map(value));
        let close = numbers.interval();
        for (a, b) in
            [(exact.low, close.low), (exact.median, close.median), (exact.high, close.high)]
        {
            assert!((a - b).abs() <= a.abs() / 8192.0 + 1e-12, "{a} {b}");
        }
        assert!((exact.mean - close.mean).abs() < 1e-12);
        assert!(numbers.many.len() < 40_000);
        assert_eq!(whole.interval(), Interval::of((0..50_000).map(|i| f64::from(i % 400))));
        assert!((whole.share_where(|v| v < 100.0) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn infinity_and_zero_and_signs_keep_their_places() {
        for v in [0.0, -0.0, 1.0, -1.0, 3.5, -3.5, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(value(grid(v)), v);
        }
        let mut sorted = [-2.0, -1.0, 0.0, 0.5, 7.0].map(grid);
        sorted.sort_unstable();
        assert_eq!(sorted.map(value), [-2.0, -1.0, 0.0, 0.5, 7.0]);
        let mut none = Numbers::new(4);
        none.push(f64::NAN);
        assert_eq!((none.count(), none.interval()), (0, Interval::default()));
    }
}
