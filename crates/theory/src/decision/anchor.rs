//! How far wishes carry, learned from decisions that are settled: a posterior on a grid.
//!
//! A chooser takes alternative a with probability proportional to exp(lambda U_a(kappa)), where
//! U_a is its settled wish ([`settled`](super::wish::settled)) under a tie network in which every
//! actor holds kappa times its autonomy. kappa says how far anybody outside counts at all, lambda
//! how surely what is wanted more is done. Both are learned from what came of settled decisions.

use crate::Fault;
use crate::coalition::quantal_choice::probabilities;
use crate::fault::{positive, within};

/// The values of scale and precision that are considered, with how likely each pair is beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The values of kappa.
    pub scales: Vec<f64>,
    /// The values of lambda.
    pub precisions: Vec<f64>,
    /// The logarithm of the prior, scale by scale, one number a precision; any constant may be added.
    pub prior: Vec<Vec<f64>>,
}

impl Grid {
    /// A grid on which every pair is as likely as every other.
    #[must_use]
    pub fn level(scales: Vec<f64>, precisions: Vec<f64>) -> Self {
        let prior = vec![vec![0.0; precisions.len()]; scales.len()];
        Self { scales, precisions, prior }
    }
}

/// A settled decision, as the fit sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// For each scale of the grid the settled wish of the chooser for each alternative.
    pub wishes: Vec<Vec<f64>>,
    /// Which alternative was taken.
    pub outcome: usize,
    /// Decisions of one group count as one and are left out together.
    pub group: usize,
}

/// What is believed of scale and precision after the settled decisions.
#[derive(Debug, Clone)]
pub struct Posterior {
    grid: Grid,
    /// For each group the logarithm of its likelihood, pair by pair.
    groups: Vec<Vec<f64>>,
    sum: Vec<f64>,
}

/// The posterior over a grid: prior times likelihood, exactly, pair by pair.
///
/// A group's likelihood is the geometric mean of its decisions', so that it counts as one.
///
/// # Errors
/// [`Fault`]: an empty grid, a prior of another shape, a precision below zero, a decision with
/// wishes of another shape or out of \[-1, 1\], or an outcome that is none of its alternatives.
///
/// Reference: `mcfadden1974` for the likelihood; `talts2018` for how it is checked: over sets of
/// decisions that are drawn from the prior, the ranks of the true values are uniform.
pub fn posterior(grid: Grid, decisions: &[Settled]) -> Result<Posterior, Fault> {
    let (rows, columns) = (grid.scales.len(), grid.precisions.len());
    if rows == 0 || columns == 0 {
        return Err(Fault::nothing("grid", "at least one scale and one precision"));
    }
    if grid.prior.len() != rows {
        return Err(Fault::length("prior", grid.prior.len(), rows));
    }
    for (at, row) in grid.prior.iter().enumerate() {
        if row.len() != columns {
            return Err(Fault::length("prior", row.len(), columns).at(at));
        }
        within("prior", row, |p| !p.is_nan() && p < f64::INFINITY, "a logarithm")?;
    }
    let groups = decisions.iter().map(|d| d.group + 1).max().unwrap_or(0);
    let mut likelihood = vec![vec![0.0; rows * columns]; groups];
    let mut members = vec![0_u32; groups];
    for (at, decision) in decisions.iter().enumerate() {
        let own = log_likelihood(&grid, decision).map_err(|f| f.within("decisions", at))?;
        members[decision.group] += 1;
        likelihood[decision.group].iter_mut().zip(own).for_each(|(sum, l)| *sum += l);
    }
    for (row, n) in likelihood.iter_mut().zip(&members) {
        row.iter_mut().for_each(|l| *l /= f64::from((*n).max(1)));
    }
    let mut sum: Vec<f64> = grid.prior.iter().flatten().copied().collect();
    for row in &likelihood {
        sum.iter_mut().zip(row).for_each(|(s, l)| *s += l);
    }
    if sum.iter().all(|s| *s == f64::NEG_INFINITY) {
        return Err(Fault::unfit("prior", "possible somewhere"));
    }
    Ok(Posterior { grid, groups: likelihood, sum })
}

fn log_likelihood(grid: &Grid, decision: &Settled) -> Result<Vec<f64>, Fault> {
    if decision.wishes.len() != grid.scales.len() {
        return Err(Fault::length("wishes", decision.wishes.len(), grid.scales.len()));
    }
    let mut all = Vec::with_capacity(grid.scales.len() * grid.precisions.len());
    for wishes in &decision.wishes {
        within("wishes", wishes, |u| (-1.0..=1.0).contains(&u), "from -1 to 1")?;
        if decision.outcome >= wishes.len() {
            let must = format!("below {}", wishes.len());
            return Err(Fault::whole("outcome", decision.outcome as u64, must));
        }
        for precision in &grid.precisions {
            all.push(probabilities(wishes, *precision)?[decision.outcome].ln());
        }
    }
    Ok(all)
}

impl Posterior {
    /// The probability of each pair, scale by scale.
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        normalised(&self.sum)
    }

    /// The same without the decisions of a group.
    #[must_use]
    pub fn without(&self, group: usize) -> Vec<f64> {
        match self.groups.get(group) {
            Some(own) => {
                let mut less: Vec<f64> = self.sum.iter().zip(own).map(|(s, l)| s - l).collect();
                let prior = self.grid.prior.iter().flatten();
                for (at, (less, prior)) in less.iter_mut().zip(prior).enumerate() {
                    // What this group alone rules out is minus infinity in both.
                    if own[at] == f64::NEG_INFINITY {
                        let others = self.groups.iter().enumerate().filter(|(g, _)| *g != group);
                        *less = prior + others.map(|(_, row)| row[at]).sum::<f64>();
                    }
                }
                normalised(&less)
            }
            None => self.weights(),
        }
    }

    /// How likely each alternative of a decision is under weights of the grid's pairs.
    ///
    /// # Errors
    /// [`Fault`]: wishes or weights of another shape than the grid.
    pub fn predict(&self, weights: &[f64], wishes: &[Vec<f64>]) -> Result<Vec<f64>, Fault> {
        let (rows, columns) = (self.grid.scales.len(), self.grid.precisions.len());
        if weights.len() != rows * columns {
            return Err(Fault::length("weights", weights.len(), rows * columns));
        }
        if wishes.len() != rows {
            return Err(Fault::length("wishes", wishes.len(), rows));
        }
        within("weights", weights, |w| (0.0..=1.0 + 1e-9).contains(&w), "from 0 to 1")?;
        let mut all = vec![0.0; wishes.first().map_or(0, Vec::len)];
        for (row, wishes) in wishes.iter().enumerate() {
            for (column, precision) in self.grid.precisions.iter().enumerate() {
                let weight = weights[row * columns + column];
                if weight > 0.0 {
                    let p = probabilities(wishes, *precision)?;
                    all.iter_mut().zip(p).for_each(|(sum, p)| *sum += weight * p);
                }
            }
        }
        Ok(all)
    }

    /// The probability of each scale.
    #[must_use]
    pub fn scales(&self) -> Vec<(f64, f64)> {
        let (columns, weights) = (self.grid.precisions.len(), self.weights());
        let sums = weights.chunks_exact(columns).map(|row| row.iter().sum());
        self.grid.scales.iter().copied().zip(sums).collect()
    }

    /// The probability of each precision.
    #[must_use]
    pub fn precisions(&self) -> Vec<(f64, f64)> {
        let (columns, weights) = (self.grid.precisions.len(), self.weights());
        let sum = |c: usize| weights.iter().skip(c).step_by(columns).sum();
        self.grid.precisions.iter().copied().enumerate().map(|(c, l)| (l, sum(c))).collect()
    }
}

fn normalised(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut all: Vec<f64> = logs.iter().map(|l| (l - most).exp()).collect();
    let sum: f64 = all.iter().sum();
    all.iter_mut().for_each(|w| *w /= sum);
    all
}

/// The point below which a share of a distribution on points lies, between points in proportion on
/// the logarithm: points rise and lie above zero.
///
/// # Errors
/// [`Fault`]: no points, a point that is not above zero, a mass outside \[0, 1\], or a share outside it.
pub fn quantile(points: &[(f64, f64)], share: f64) -> Result<f64, Fault> {
    within("share", &[share], |s| (0.0..=1.0).contains(&s), "from 0 to 1")?;
    for (at, (point, mass)) in points.iter().enumerate() {
        positive("point", *point).map_err(|fault| fault.at(at))?;
        let share = |m: f64| (0.0..=1.0 + 1e-9).contains(&m);
        within("mass", &[*mass], share, "from 0 to 1").map_err(|fault| fault.at(at))?;
    }
    let Some(first) = points.first() else {
        return Err(Fault::nothing("points", "at least one"));
    };
    // The mass of a point lies half on either side of it.
    let (mut below, mut last) = (0.0, *first);
    let mut reached = 0.0;
    for point in points {
        let middle = below + point.1 / 2.0;
        if share <= middle {
            let part = if middle > reached { (share - reached) / (middle - reached) } else { 1.0 };
            return Ok((last.0.ln() + part * (point.0.ln() - last.0.ln())).exp());
        }
        (below, reached, last) = (below + point.1, middle, *point);
    }
    Ok(last.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let scales: Vec<f64> = (0..9).map(|k| 0.25 * 2_f64.powf(f64::from(k) / 2.0)).collect();
        let precisions = (1..=12).map(|l| 0.25 * f64::from(l)).collect();
        Grid::level(scales, precisions)
    }

    /// A patron that pulls with x on a chooser of autonomy 1 and wants the first of two things,
    /// which the chooser does not want.
    fn wishes(grid: &Grid, x: f64) -> Vec<Vec<f64>> {
        let one = |kappa: &f64| {
            let patron = x / (kappa + x);
            vec![patron - (1.0 - patron), (1.0 - patron) - patron]
        };
        grid.scales.iter().map(one).collect()
    }

    /// A number of its own in (0, 1) for every set and purpose.
    fn number(set: u64, purpose: u64) -> f64 {
        let mut z =
            set.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03);
        for _ in 0..2 {
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^= z >> 31;
        }
        ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Simulation-based calibration of the very code: scale and precision from the prior, outcomes
    /// from the model, and where the truth lies in the posterior.
    #[test]
    fn over_500_synthetic_sets_the_truth_lies_anywhere_in_the_posterior_alike() {
        let grid = grid();
        let (mut bins, mut bins_of_precision) = ([0_u32; 10], [0_u32; 10]);
        for set in 0..500 {
            let pick = |n: usize, purpose| ((number(set, purpose) * n as f64) as usize).min(n - 1);
            let (k, l) = (pick(grid.scales.len(), 1), pick(grid.precisions.len(), 2));
            let decisions: Vec<Settled> = (0..30)
                .map(|d| {
                    let wishes = wishes(&grid, 0.1 + 2.0 * number(set, 100 + d));
                    let p = probabilities(&wishes[k], grid.precisions[l]).unwrap();
                    let outcome = usize::from(number(set, 200 + d) >= p[0]);
                    Settled { wishes, outcome, group: d as usize }
                })
                .collect();
            let found = posterior(grid.clone(), &decisions).unwrap();
            let rank = |points: &[(f64, f64)], truth: usize, purpose| {
                let below: f64 = points[..truth].iter().map(|p| p.1).sum();
                below + number(set, purpose) * points[truth].1
            };
            let bin = |rank: f64| ((rank * 10.0) as usize).min(9);
            bins[bin(rank(&found.scales(), k, 3))] += 1;
            bins_of_precision[bin(rank(&found.precisions(), l, 4))] += 1;
        }
        // Chi-square with 9 degrees of freedom: 27.9 is passed once in a thousand.
        for bins in [bins, bins_of_precision] {
            let chi: f64 = bins.iter().map(|n| (f64::from(*n) - 50.0).powi(2) / 50.0).sum();
            assert!(chi < 27.9, "{chi} {bins:?}");
        }
    }

    #[test]
    fn a_patron_that_always_wins_against_the_chooser_counts_for_more() {
        let grid = grid();
        let case = |outcome, group| Settled { wishes: wishes(&grid, 0.5), outcome, group };
        let wins: Vec<Settled> = (0..20).map(|g| case(0, g)).collect();
        let loses: Vec<Settled> = (0..20).map(|g| case(1, g)).collect();
        let median =
            |d: &[Settled]| quantile(&posterior(grid.clone(), d).unwrap().scales(), 0.5).unwrap();
        assert!(
            median(&wins) < 0.4 && median(&loses) > 1.0,
            "{} {}",
            median(&wins),
            median(&loses)
        );
    }

    #[test]
    fn a_group_counts_as_one_and_is_left_out_whole() {
        let grid = grid();
        let case = |outcome, group| Settled { wishes: wishes(&grid, 0.5), outcome, group };
        let one = posterior(grid.clone(), &[case(0, 0)]).unwrap();
        let five = posterior(grid.clone(), &vec![case(0, 0); 5]).unwrap();
        let apart =
            |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
        assert!(apart(&one.weights(), &five.weights()) < 1e-12);
        let two = posterior(grid.clone(), &[case(0, 0), case(1, 1), case(0, 1)]).unwrap();
        assert!(apart(&two.without(1), &one.weights()) < 1e-12);
        let level = posterior(grid, &[]).unwrap();
        assert!(apart(&one.without(0), &level.weights()) < 1e-12);
    }

    #[test]
    fn quantiles_lie_between_the_points_on_the_logarithm() {
        let points = [(1.0, 0.25), (2.0, 0.5), (4.0, 0.25)];
        assert!((quantile(&points, 0.5).unwrap() - 2.0).abs() < 1e-12);
        assert!((quantile(&points, 0.3125).unwrap() - 2_f64.sqrt()).abs() < 1e-12);
        assert_eq!(quantile(&points, 0.0).unwrap(), 1.0);
        assert_eq!(quantile(&points, 1.0).unwrap(), 4.0);
        assert!(quantile(&[], 0.5).is_err());
    }
}
