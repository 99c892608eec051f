//! Counts: how many events a period brings, in each country and over all.

use super::special::{ln_gamma, normalised};
use crate::Fault;
use crate::fault::{all_sound, positive, sound as number, within};

/// Points of the grid: mean rates, and spreads between groups.
const MEANS: usize = 120;
const SPREADS: usize = 40;

/// Events of one group; both may be fractions, where a record counts less than whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Events {
    /// How many events.
    pub count: f64,
    /// In how many units of time.
    pub exposure: f64,
}

/// A gamma distribution of a rate, in events a unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The shape, events counted.
    pub shape: f64,
    /// The inverse scale, time counted.
    pub inverse_scale: f64,
}

impl Rate {
    /// After events: `Gamma(shape + count, inverse scale + exposure)`.
    ///
    /// Reference: `gelman2013`, section 2.6. Checked by its asthma deaths.
    #[must_use]
    pub fn after(self, seen: Events) -> Self {
        Self { shape: self.shape + seen.count, inverse_scale: self.inverse_scale + seen.exposure }
    }

    /// Its mean, in events a unit of time.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.shape / self.inverse_scale
    }

    /// The probability of exactly n events in an exposure: negative binomial.
    #[must_use]
    pub fn chance_of(self, n: u32, exposure: f64) -> f64 {
        let n = f64::from(n);
        let ways = ln_gamma(self.shape + n) - ln_gamma(self.shape) - ln_gamma(n + 1.0);
        let none = self.shape * (self.inverse_scale / (self.inverse_scale + exposure)).ln();
        let share = exposure / (self.inverse_scale + exposure);
        let each = if n > 0.0 { n * share.ln() } else { 0.0 };
        (ways + none + each).exp()
    }
}

/// Rates of events in groups that are alike, each with its own.
///
/// Mechanism: `count_j ~ Poisson(lambda_j exposure_j)`, `lambda_j ~ Gamma(a, a / mu)`; the prior
/// density of `mu` is `mu^(-1/2)`, that of the spread between groups `a^(-1/2)` is uniform on
/// (0, 1), so that groups differ at most as an exponential does. The posterior is summed over a
/// grid of 120 means (log-spaced over a thousandfold on either side of the crude rate) by 40
/// spreads. What is predicted for group j is the mixture of negative binomials of
/// `Gamma(a + count_j, a / mu + exposure_j)`.
///
/// Reference: `gelman2013`, section 2.6, `christiansen1997`. Checked by the closed form of one
/// group and by simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct GammaPoisson {
    grid: Vec<(Rate, f64)>,
}

impl GammaPoisson {
    /// Learns from groups.
    ///
    /// # Errors
    /// No exposure at all; counts or exposures that are negative or not finite; events without
    /// exposure; rates beyond what a number holds.
    pub fn fit(groups: &[Events]) -> Result<Self, Fault> {
        let (mut count, mut exposure) = (0.0, 0.0);
        for (at, group) in groups.iter().enumerate() {
            let sound = |v: f64| v.is_finite() && v >= 0.0;
            within("count", &[group.count], sound, "finite and not negative")
                .and(within("exposure", &[group.exposure], sound, "finite and not negative"))
                .map_err(|fault| fault.at(at))?;
            if group.exposure == 0.0 && group.count > 0.0 {
                return Err(Fault::unfit("exposure", "positive where there are events").at(at));
            }
            count += group.count;
            exposure += group.exposure;
        }
        if exposure == 0.0 {
            return Err(Fault::nothing("exposure", "some, in at least one group"));
        }
        // Half an event more, so that a class without any has a rate to begin from.
        let crude = (count + 0.5) / exposure;
        let mut rates = Vec::with_capacity(MEANS * SPREADS);
        let mut logs = Vec::with_capacity(MEANS * SPREADS);
        for i in 0..MEANS {
            let place = 2.0 * (i as f64 + 0.5) / MEANS as f64 - 1.0;
            let mean = crude * 1000.0_f64.powf(place);
            for j in 0..SPREADS {
                let shape = ((j as f64 + 0.5) / SPREADS as f64).powi(-2);
                let rate = Rate { shape, inverse_scale: shape / mean };
                let of = |g: &Events| {
                    let after = rate.after(*g);
                    ln_gamma(after.shape) - ln_gamma(rate.shape)
                        + rate.shape * rate.inverse_scale.ln()
                        - after.shape * after.inverse_scale.ln()
                };
                rates.push(rate);
                // A step of the grid is one of the logarithm: the density mu^(-1/2) takes mu more.
                logs.push(0.5 * mean.ln() + groups.iter().map(of).sum::<f64>());
            }
        }
        let weights = normalised(&logs);
        all_sound("the posterior", &weights)?;
        Ok(Self { grid: rates.into_iter().zip(weights).collect() })
    }

    /// The probability of exactly n events in an exposure, for a group with its own record (which
    /// must be among what was learnt from; nothing for a new group).
    ///
    /// # Errors
    /// An exposure that is not positive, or a chance that is no number.
    pub fn chance_of(&self, n: u32, exposure: f64, own: Events) -> Result<f64, Fault> {
        positive("exposure", exposure)?;
        let of = |(rate, weight): &(Rate, f64)| weight * rate.after(own).chance_of(n, exposure);
        number("the chance", self.grid.iter().map(of).sum())
    }

    /// The mean rate of a group, in events a unit of time.
    #[must_use]
    pub fn mean(&self, own: Events) -> f64 {
        self.grid.iter().map(|(rate, weight)| weight * rate.after(own).mean()).sum()
    }
}
