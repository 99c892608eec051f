//! Yes or no: how often it was so, in each country and over all.

use super::special::{ln_beta, normalised};
use crate::Fault;
use crate::fault::{all_sound, within};

/// Points of the grid: means, and spreads between groups.
const MEANS: usize = 80;
const SPREADS: usize = 60;

/// Trials of one group; both may be fractions, where a record counts less than whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trials {
    /// How many came out yes.
    pub yes: f64,
    /// How many there were.
    pub trials: f64,
}

/// A beta distribution of a share: what is believed of a rate of yes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The first shape, yes counted.
    pub alpha: f64,
    /// The second, no counted.
    pub beta: f64,
}

impl Share {
    /// After trials: `Beta(alpha + yes, beta + trials - yes)`.
    ///
    /// Reference: `gelman2013`, section 2.4. Checked by its placenta praevia example.
    #[must_use]
    pub fn after(self, seen: Trials) -> Self {
        Self { alpha: self.alpha + seen.yes, beta: self.beta + seen.trials - seen.yes }
    }

    /// Its mean: the probability that the next trial comes out yes.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }
}

/// Rates of yes in groups that are alike, each with its own.
///
/// Mechanism: `yes_j ~ Binomial(trials_j, theta_j)`, `theta_j ~ Beta(alpha, beta)`; the prior of
/// `alpha` and `beta` is uniform on the mean `m = alpha / (alpha + beta)` in (0, 1) and on
/// `(alpha + beta)^(-1/2)` in (0, 1), so that the spread of groups weighs at least one trial. The
/// posterior is summed over a grid of 80 means by 60 spreads. What is predicted for group j is
/// `E[(alpha + yes_j) / (alpha + beta + trials_j)]`, for a group without record `E[m]`.
///
/// Reference: `gelman2013`, section 5.3. Checked by its rats (E alpha 2.4, E beta 14.3) and by
/// simulation: of events said to be likely by p, a share p comes true.
#[derive(Clone, Debug, PartialEq)]
pub struct BetaBinomial {
    /// Shapes with their posterior weights.
    grid: Vec<(Share, f64)>,
}

impl BetaBinomial {
    /// Learns from groups; with none it holds the prior.
    ///
    /// # Errors
    /// Trials that are negative or not finite, more yes than trials, or more than arithmetic can tell
    /// apart.
    pub fn fit(groups: &[Trials]) -> Result<Self, Fault> {
        for (at, group) in groups.iter().enumerate() {
            let sound = |v: f64| v.is_finite() && v >= 0.0;
            within("trials", &[group.trials], sound, "finite and not negative")
                .map_err(|fault| fault.at(at))?;
            let sound = |v: f64| (0.0..=group.trials).contains(&v);
            within("yes", &[group.yes], sound, "between 0 and the trials")
                .map_err(|fault| fault.at(at))?;
        }
        let mut shapes = Vec::with_capacity(MEANS * SPREADS);
        let mut logs = Vec::with_capacity(MEANS * SPREADS);
        for i in 0..MEANS {
            // Closer together towards 0 and 1, where rare and common things lie; the sine is what
            // that change of measure takes.
            let u = (i as f64 + 0.5) / MEANS as f64 * std::f64::consts::PI;
            let mean = (u / 2.0).sin().powi(2);
            for j in 0..SPREADS {
                let spread = (j as f64 + 0.5) / SPREADS as f64;
                let precision = spread.powi(-2);
                let share = Share { alpha: mean * precision, beta: (1.0 - mean) * precision };
                let none = ln_beta(share.alpha, share.beta);
                let of = |g: &Trials| {
                    let after = share.after(*g);
                    ln_beta(after.alpha, after.beta) - none
                };
                shapes.push(share);
                logs.push(u.sin().ln() + groups.iter().map(of).sum::<f64>());
            }
        }
        let weights = normalised(&logs);
        all_sound("the posterior", &weights)?;
        Ok(Self { grid: shapes.into_iter().zip(weights).collect() })
    }

    /// The probability that the next trial of a group comes out yes, given its own record, which
    /// must be among what was learnt from; nothing for a new group.
    ///
    /// # Errors
    /// As [`BetaBinomial::fit`].
    pub fn chance(&self, own: Trials) -> Result<f64, Fault> {
        let sound = |v: f64| v.is_finite() && (0.0..=own.trials).contains(&v);
        within("yes", &[own.yes], sound, "between 0 and the trials")?;
        Ok(self.grid.iter().map(|(share, weight)| weight * share.after(own).mean()).sum())
    }

    /// The posterior means of alpha and beta.
    #[must_use]
    pub fn shapes(&self) -> Share {
        let mean = |of: fn(&Share) -> f64| self.grid.iter().map(|(s, w)| w * of(s)).sum();
        Share { alpha: mean(|s| s.alpha), beta: mean(|s| s.beta) }
    }
}
