//! Counting runs: which landmark and threshold tell most, and what a sign then tells.

use serde::Serialize;
use simulate::model::Model;
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::signs::Kind;
use super::watched::Watched;
use super::{Chance, Indicator};
use crate::interval::{jeffreys, quantile};

/// The least number of runs on each side of a sign, in the half that chooses.
const LEAST: usize = 15;
/// The level at which a sign stands, shared among all signs.
const LEVEL: f64 = 0.05;
/// The standard normal's 97.5 % point.
const Z: f64 = 1.959_963_985;

/// A likelihood ratio with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// The ratio.
    pub value: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

/// A table of two by two: runs by sign and outcome.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Four {
    pub(crate) seen_with: usize,
    pub(crate) seen_without: usize,
    pub(crate) unseen_with: usize,
    pub(crate) unseen_without: usize,
}

impl Four {
    pub(crate) fn add(&mut self, seen: bool, with: bool) {
        let cell = match (seen, with) {
            (true, true) => &mut self.seen_with,
            (true, false) => &mut self.seen_without,
            (false, true) => &mut self.unseen_with,
            (false, false) => &mut self.unseen_without,
        };
        *cell += 1;
    }

    pub(crate) fn all(&self) -> usize {
        self.seen_with + self.seen_without + self.unseen_with + self.unseen_without
    }

    fn cells(&self) -> [usize; 4] {
        [self.seen_with, self.seen_without, self.unseen_with, self.unseen_without]
    }

    /// Whether there are enough runs in both rows and both columns to say anything.
    fn enough(&self) -> bool {
        let [a, b, c, d] = self.cells();
        [a + b, c + d, a + c, b + d].iter().all(|n| *n >= LEAST)
    }

    /// Mutual information of sign and outcome, in bits.
    pub(crate) fn bits(&self) -> f64 {
        let [a, b, c, d] = self.cells().map(|n| n as f64);
        let all = a + b + c + d;
        let term = |n: f64, row: f64, column: f64| match n {
            0.0 => 0.0,
            n => n / all * (n * all / (row * column)).log2(),
        };
        let sum = term(a, a + b, a + c)
            + term(b, a + b, b + d)
            + term(c, c + d, a + c)
            + term(d, c + d, b + d);
        sum.max(0.0)
    }

    /// P(seen | with) / P(seen | without), with half a run added to each count and one to each sum.
    pub(crate) fn ratio(&self) -> Ratio {
        ratio((self.seen_with, self.unseen_with), (self.seen_without, self.unseen_without))
    }

    pub(crate) fn ratio_unseen(&self) -> Ratio {
        ratio((self.unseen_with, self.seen_with), (self.unseen_without, self.seen_without))
    }
}

fn ratio(with: (usize, usize), without: (usize, usize)) -> Ratio {
    let share = |(hit, miss): (usize, usize)| {
        let (hits, all) = (hit as f64 + 0.5, (hit + miss) as f64 + 1.0);
        (hits / all, 1.0 / hits - 1.0 / all)
    };
    let ((p, spread), (q, other)) = (share(with), share(without));
    let value = p / q;
    let half = Z * (spread + other).sqrt();
    Ratio { value, interval: (value * (-half).exp(), value * half.exp()) }
}

fn chance(hits: usize, all: usize) -> Chance {
    let value = hits as f64 / all.max(1) as f64;
    Chance { value, interval: jeffreys(hits as f64, all as f64, 0.95) }
}

/// The table of a sign at a landmark, over the open runs of a range. What is not known by then has not been seen.
pub(crate) fn count(
    watched: &Watched,
    outcome: &[bool],
    (day, sign, threshold): (usize, usize, f64),
    rows: std::ops::Range<usize>,
) -> Four {
    let mut four = Four::default();
    let values = &watched.values[day][sign];
    for row in rows.filter(|r| watched.open[day][*r]) {
        four.add(f64::from(values[row]) >= threshold, outcome[row]);
    }
    four
}

/// Thresholds worth trying at a landmark: 1 for events, quantiles of what has shown for the rest.
fn thresholds(watched: &Watched, day: usize, sign: usize, until: usize) -> Vec<f64> {
    if watched.signs[sign].kind == Kind::Event {
        return vec![1.0];
    }
    let values = &watched.values[day][sign][..until];
    let mut shown: Vec<f64> = (values.iter().zip(&watched.open[day]))
        .filter(|(v, open)| **open && v.is_finite())
        .map(|(v, _)| f64::from(*v))
        .collect();
    shown.sort_by(f64::total_cmp);
    let mut tried: Vec<f64> = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
        .iter()
        .map(|s| quantile(&shown, *s))
        .collect();
    if watched.signs[sign].kind == Kind::Count {
        tried.push(1.0);
    }
    // A number to watch for is one that people can say: shares in per cent, the rest in whole numbers.
    if watched.signs[sign].kind != Kind::Level {
        let by = if watched.signs[sign].id == "turnout" { 100.0 } else { 1.0 };
        tried.iter_mut().for_each(|t| *t = (by * *t).ceil() / by);
    }
    tried.sort_by(f64::total_cmp);
    tried.dedup();
    tried
}

/// The best landmark and threshold of a sign by the first half of the runs, read in the second. None if too few runs
/// show it, or all do.
pub(super) fn indicator(
    model: &Model<'_>,
    watched: &Watched,
    outcome: &[bool],
    sign: usize,
) -> Option<Indicator> {
    let runs = outcome.len();
    let middle = runs / 2;
    let mut best: Option<(f64, usize, f64)> = None;
    for day in 0..watched.days.len() {
        for threshold in thresholds(watched, day, sign, middle) {
            let four = count(watched, outcome, (day, sign, threshold), 0..middle);
            // Bits in an open run, times how often it is open: what watching is worth beforehand.
            let worth = four.bits() * four.all() as f64;
            if four.enough() && best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, day, threshold));
            }
        }
    }
    let (_, day, threshold) = best?;
    let four = count(watched, outcome, (day, sign, threshold), middle..runs);
    let (seen, unseen) =
        (four.seen_with + four.seen_without, four.unseen_with + four.unseen_without);
    let bits = four.bits();
    let statistic = 2.0 * std::f64::consts::LN_2 * bits * four.all() as f64;
    let by_luck = ChiSquared::new(1.0).map_or(1.0, |chi| chi.sf(statistic));
    let p_value = (by_luck * watched.signs.len() as f64).min(1.0);
    let by = watched.days[day];
    let of = &watched.signs[sign];
    Some(Indicator {
        what: of.words(threshold, by),
        ask: of.ask(model, threshold, by),
        sign: of.clone(),
        threshold,
        by,
        open: four.all() as f64 / (runs - middle).max(1) as f64,
        seen: seen as f64 / four.all().max(1) as f64,
        ratio: four.ratio(),
        ratio_unseen: four.ratio_unseen(),
        before: chance(four.seen_with + four.unseen_with, four.all()),
        if_seen: chance(four.seen_with, seen),
        if_unseen: chance(four.unseen_with, unseen),
        bits,
        p_value,
        stands: p_value < LEVEL && seen > 0 && unseen > 0,
        tripped: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_two_by_two_says_what_a_pencil_says() {
        let four = Four { seen_with: 30, seen_without: 10, unseen_with: 20, unseen_without: 40 };
        // P(seen | with) = 30.5/51, P(seen | without) = 10.5/51.
        assert!((four.ratio().value - 30.5 / 10.5).abs() < 1e-12);
        let half = Z * (1.0 / 30.5 - 1.0 / 51.0 + 1.0 / 10.5 - 1.0 / 51.0_f64).sqrt();
        assert!((four.ratio().interval.1 - 30.5 / 10.5 * half.exp()).abs() < 1e-12);
        // H(outcome) = 1 bit; H(outcome | sign) = 0.4 H(3/4) + 0.6 H(1/3).
        let h = |p: f64| -p * p.log2() - (1.0 - p) * (1.0 - p).log2();
        let bits = 1.0 - 0.4 * h(0.75) - 0.6 * h(1.0 / 3.0);
        assert!((four.bits() - bits).abs() < 1e-12);
    }
}
