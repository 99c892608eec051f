//! Sobol indices: the share of the variance of the result that each input carries.
//!
//! It refuses to run the model: [`points`] says where to, [`indices`] reads the results.

use super::{results, uniform};
use crate::Fault;

/// Which estimator of the first-order index to use; the total index is always Jansen's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Estimator {
    /// `V_i = mean f(B) (f(AB_i) - f(A))`: good for small indices.
    #[default]
    Saltelli,
    /// `V_i = V - mean (f(B) - f(AB_i))^2 / 2`: good for large ones.
    Jansen,
}

/// The indices of one input, each with its bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// The share of variance due to this input alone.
    pub first: f64,
    /// The interval of `first`.
    pub first_interval: (f64, f64),
    /// The share in which it has a part, alone or with others.
    pub total: f64,
    /// The interval of `total`.
    pub total_interval: (f64, f64),
}

/// How to put an interval around the indices.
#[derive(Clone, Copy)]
pub struct Bootstrap<'a> {
    /// How many times to draw the rows anew.
    pub resamples: usize,
    /// The probability that the interval is to hold, for instance 0.95.
    pub level: f64,
    /// A number in [0, 1) for a resample and a place in it.
    pub draw: &'a dyn Fn(usize, usize) -> f64,
}

/// Results that differ by no more than this share of the largest differ by rounding alone.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Where to run the model: for each row of `base`, which holds 2d numbers in [0, 1), the d + 2
/// points A, B, AB_1 ... AB_d, AB_i being A with its i-th number from B.
///
/// A and B must be independent of each other, so the rows are best the points of a low-discrepancy
/// sequence of 2d dimensions. The caller scales the points to the inputs' own ranges or through
/// their inverse distribution functions.
///
/// # Errors
/// No rows, rows of odd or unequal length, numbers outside [0, 1).
///
/// Reference: `saltelli2010`. Checked by the closed forms of two test functions, see [`indices`].
pub fn points(base: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Fault> {
    let width = base.first().map_or(0, Vec::len);
    if width == 0 {
        return Err(Fault::nothing("rows and inputs", "at least one"));
    }
    if width % 2 == 1 {
        return Err(Fault::length("base", width, width + 1));
    }
    let mut points = Vec::with_capacity(base.len().saturating_mul(width / 2 + 2));
    for (at, row) in base.iter().enumerate() {
        if row.len() != width {
            return Err(Fault::length("base", row.len(), width).at(at));
        }
        for value in row {
            uniform(at, *value)?;
        }
        let (a, b) = row.split_at(width / 2);
        points.push(a.to_vec());
        points.push(b.to_vec());
        for (i, other) in b.iter().enumerate() {
            let mut mixed = a.to_vec();
            mixed[i] = *other;
            points.push(mixed);
        }
    }
    Ok(points)
}

/// The indices of each of `inputs`, from the `results` at [`points`], in that order.
///
/// Mechanism: with f centred on its mean and V its variance over A and B,
/// `S_i = V_i / V` by the [`Estimator`], and `T_i = mean (f(A) - f(AB_i))^2 / (2 V)`. The interval is
/// that of percentiles over rows drawn anew with replacement; without a bootstrap it is the estimate
/// itself. Estimates may stray a little outside 0..1: they are not cut.
///
/// # Errors
/// A number of results that does not fit, numbers not finite, results without variance.
///
/// Reference: `sobol2001`, `saltelli2010`, `jansen1999`. Checked by the closed forms of the Ishigami
/// function and the g-function (catalog entries `sobol-ishigami`, `sobol-g-function`).
pub fn indices(
    inputs: usize,
    found: &[f64],
    estimator: Estimator,
    bootstrap: Option<Bootstrap>,
) -> Result<Vec<Index>, Fault> {
    let width = inputs.saturating_add(2);
    if inputs == 0 || found.is_empty() {
        return Err(Fault::nothing("rows and inputs", "at least one"));
    }
    let rows = found.len() / width;
    results(found, rows.max(1).saturating_mul(width))?;
    let centre = found.chunks(width).map(|r| (r[0] + r[1]) / 2.0).sum::<f64>() / rows as f64;
    let centred: Vec<f64> = found.iter().map(|y| y - centre).collect();
    let (low, high) = found.iter().fold((f64::MAX, f64::MIN), |(l, h), y| (l.min(*y), h.max(*y)));
    if high - low <= ROUNDING * low.abs().max(high.abs()) {
        return Err(super::no_variance());
    }
    let row = |j: usize| &centred[j * width..(j + 1) * width];

    let estimate =
        estimate(inputs, (0..rows).map(row), estimator).ok_or_else(super::no_variance)?;
    let mut index: Vec<Index> = estimate
        .iter()
        .map(|&(first, total)| Index {
            first,
            first_interval: (first, first),
            total,
            total_interval: (total, total),
        })
        .collect();
    let Some(Bootstrap { resamples, level, draw }) = bootstrap else {
        return Ok(index);
    };
    if !(0.0..1.0).contains(&level) {
        return Err(Fault::number("level", level, "at least 0 and below 1"));
    }
    let mut again: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(resamples); inputs];
    let mut chosen = Vec::with_capacity(rows);
    for b in 0..resamples {
        chosen.clear();
        for place in 0..rows {
            let at = uniform(b, draw(b, place))? * rows as f64;
            chosen.push((at as usize).min(rows - 1));
        }
        let drawn = chosen.iter().map(|j| row(*j));
        if let Some(estimate) = self::estimate(inputs, drawn, estimator) {
            again.iter_mut().zip(estimate).for_each(|(all, one)| all.push(one));
        }
    }
    for (index, all) in index.iter_mut().zip(&again) {
        if !all.is_empty() {
            index.first_interval = percentiles(all.iter().map(|e| e.0).collect(), level);
            index.total_interval = percentiles(all.iter().map(|e| e.1).collect(), level);
        }
    }
    Ok(index)
}

/// First-order and total index of each input over some rows; none if they have no variance.
fn estimate<'a>(
    inputs: usize,
    rows: impl Iterator<Item = &'a [f64]>,
    estimator: Estimator,
) -> Option<Vec<(f64, f64)>> {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    let mut first = vec![0.0; inputs];
    let mut total = vec![0.0; inputs];
    for row in rows {
        let (a, b) = (row[0], row[1]);
        n += 1.0;
        sum += a + b;
        squares += a * a + b * b;
        for (i, ab) in row[2..].iter().enumerate() {
            first[i] += match estimator {
                Estimator::Saltelli => b * (ab - a),
                Estimator::Jansen => (b - ab) * (b - ab) / 2.0,
            };
            total[i] += (a - ab) * (a - ab) / 2.0;
        }
    }
    let mean = sum / (2.0 * n);
    let variance = squares / (2.0 * n) - mean * mean;
    if variance.is_nan() || variance <= 1e-14 * squares / (2.0 * n) || squares == 0.0 {
        return None;
    }
    let share = |(first, total): (f64, f64)| match estimator {
        Estimator::Saltelli => (first / n / variance, total / n / variance),
        Estimator::Jansen => (1.0 - first / n / variance, total / n / variance),
    };
    Some(first.into_iter().zip(total).map(share).collect())
}

fn percentiles(mut values: Vec<f64>, level: f64) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let last = values.len() - 1;
    let at = |share: f64| values[((share * last as f64).round() as usize).min(last)];
    (at((1.0 - level) / 2.0), at((1.0 + level) / 2.0))
}
