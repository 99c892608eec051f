//! What weighted runs answer to a question.

use std::collections::BTreeMap;

use serde::Serialize;

use super::weights::Weighed;
use crate::ask::Value;
use crate::indicators::Chance;

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Answer {
    /// Yes with this probability.
    Truth {
        /// The probability, with the interval that so many runs leave.
        chance: Chance,
    },
    /// A number.
    Number {
        /// The mean of those that have it.
        mean: f64,
        /// The 5 % point.
        low: f64,
        /// The median.
        median: f64,
        /// The 95 % point.
        high: f64,
        /// The share of runs in which it has not come about.
        missing: f64,
    },
    /// One of several names, the likeliest first.
    Names {
        /// Names and shares.
        shares: Vec<(String, f64)>,
    },
}

impl Answer {
    pub(super) fn of(values: &[Value], weighed: &Weighed) -> Self {
        let weights = weighed.weights();
        let all: f64 = weights.iter().sum();
        let mut numbers: Vec<(f64, f64)> = Vec::new();
        let mut names: BTreeMap<String, f64> = BTreeMap::new();
        let (mut yes, mut truths, mut missing) = (0.0, 0.0, 0.0);
        for (value, weight) in values.iter().zip(weights) {
            match value {
                Value::Truth(truth) => {
                    truths += weight;
                    yes += if *truth { *weight } else { 0.0 };
                }
                Value::Number(n) => numbers.push((*n, *weight)),
                Value::Name(name) => *names.entry(name.clone()).or_default() += weight,
                Value::Day(day) => *names.entry(day.to_string()).or_default() += weight,
                Value::Missing => missing += weight,
            }
        }
        let share = |w: f64| if all > 0.0 { w / all } else { 0.0 };
        if truths > 0.0 {
            return Self::Truth { chance: super::chance(share(yes), weighed.effective()) };
        }
        if numbers.is_empty() {
            if missing > 0.0 {
                names.insert("none".to_owned(), missing);
            }
            let mut shares: Vec<(String, f64)> =
                names.into_iter().map(|(name, w)| (name, share(w))).collect();
            shares.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            return Self::Names { shares };
        }
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        let have: f64 = numbers.iter().map(|(_, w)| w).sum();
        let at = |part: f64| {
            let mut below = 0.0;
            let mut found = numbers.last().map_or(0.0, |(n, _)| *n);
            for (n, weight) in &numbers {
                below += weight;
                if below >= part * have && *weight > 0.0 {
                    found = *n;
                    break;
                }
            }
            found
        };
        let mean = numbers.iter().map(|(n, w)| n * w).sum::<f64>() / have.max(f64::MIN_POSITIVE);
        Self::Number {
            mean,
            low: at(0.05),
            median: at(0.5),
            high: at(0.95),
            missing: share(missing),
        }
    }
}
