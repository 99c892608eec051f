//! Swings: Student's t, whose tails leave room for the list that collapses.

use super::special::{incomplete_beta, ln_gamma};
use crate::Fault;
use crate::fault::{finite, positive, sound, within};

/// Steps by which the fit comes to rest.
const STEPS: usize = 500;

/// Student's t with a location and a scale.
///
/// Reference: `lange1989`. Checked by tabulated quantiles and by fits to simulated draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    /// The middle.
    pub location: f64,
    /// The scale; the standard deviation is larger.
    pub scale: f64,
    /// The degrees of freedom: few for heavy tails.
    pub df: f64,
}

impl StudentT {
    /// With sound parameters.
    ///
    /// # Errors
    /// A location that is not finite; a scale or degrees of freedom that are not positive.
    pub fn new(location: f64, scale: f64, df: f64) -> Result<Self, Fault> {
        finite("location", location)?;
        positive("scale", scale)?;
        positive("degrees of freedom", df)?;
        Ok(Self { location, scale, df })
    }

    /// The natural logarithm of the density at x.
    #[must_use]
    pub fn ln_density(&self, x: f64) -> f64 {
        let (df, z) = (self.df, (x - self.location) / self.scale);
        ln_gamma((df + 1.0) / 2.0)
            - ln_gamma(df / 2.0)
            - 0.5 * (df * std::f64::consts::PI).ln()
            - self.scale.ln()
            - (df + 1.0) / 2.0 * (z * z / df).ln_1p()
    }

    /// The probability of at most x.
    #[must_use]
    pub fn cumulative(&self, x: f64) -> f64 {
        let z = (x - self.location) / self.scale;
        let tail = 0.5 * incomplete_beta(self.df / 2.0, 0.5, self.df / (self.df + z * z));
        if z > 0.0 { 1.0 - tail } else { tail }
    }

    /// The value below which a share lies, by bisection.
    ///
    /// # Errors
    /// A share outside (0, 1), or a quantile beyond what a number holds.
    pub fn quantile(&self, share: f64) -> Result<f64, Fault> {
        within("share", &[share], |p| p > 0.0 && p < 1.0, "above 0 and below 1")?;
        let mut width = self.scale;
        while self.cumulative(self.location - width) > share
            || self.cumulative(self.location + width) < share
        {
            width *= 2.0;
        }
        sound(
            "the quantile",
            bisect(|x| self.cumulative(x), share, self.location - width, self.location + width),
        )
    }

    /// The likeliest one for draws that weigh alike, its degrees of freedom among those given.
    ///
    /// Mechanism: for each number of degrees of freedom, expectation and maximisation: draws weigh
    /// `(df + 1) / (df + z^2)`, the location is their weighted mean, the square of the scale the
    /// mean of weighted squares.
    ///
    /// # Errors
    /// Fewer than three draws, draws that are all alike or not finite, no degrees of freedom.
    ///
    /// Reference: `lange1989`. Checked by fits to draws of a known t.
    pub fn fit(draws: &[f64], among: &[f64]) -> Result<Self, Fault> {
        within("draws", draws, f64::is_finite, "finite")?;
        if draws.len() < 3 {
            return Err(Fault::length("draws", draws.len(), 3));
        }
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let spread = (draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        if spread == 0.0 {
            return Err(Fault::nothing("the spread of draws", "two that differ"));
        }
        let mut best: Option<(f64, Self)> = None;
        for df in among {
            let mut now = Self::new(mean, spread, *df)?;
            for _ in 0..STEPS {
                let weight = |x: &f64| {
                    let z = (x - now.location) / now.scale;
                    (df + 1.0) / (df + z * z)
                };
                let all: f64 = draws.iter().map(weight).sum();
                let location = draws.iter().map(|x| weight(x) * x).sum::<f64>() / all;
                let square = draws.iter().map(|x| weight(x) * (x - location).powi(2)).sum::<f64>();
                now = Self { location, scale: (square / n).sqrt(), df: *df };
            }
            let likelihood: f64 = draws.iter().map(|x| now.ln_density(*x)).sum();
            if likelihood.is_finite() && best.is_none_or(|(most, _)| likelihood > most) {
                best = Some((likelihood, now));
            }
        }
        best.map(|(_, found)| found).ok_or_else(|| Fault::nothing("degrees of freedom", "one"))
    }
}

/// Steps by the secant before the halves are taken.
const SECANTS: usize = 12;
/// How near to what the secants find, as a share of the whole range, the halving begins.
const NEAR: f64 = 1e-12;

/// Where a rising function comes to a share, between two ends, to the last bit: by halving, begun close to where secants
/// lead, if it is there.
pub(super) fn bisect(rising: impl Fn(f64) -> f64, share: f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = near(&rising, share, low, high);
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if rising(middle) < share { low = middle } else { high = middle }
    }
    low + (high - low) / 2.0
}

/// Two ends closer by, between which the function still comes to the share, by false position whose kept end is halved
/// (the Illinois rule, `dowell1971`).
fn near(rising: &impl Fn(f64) -> f64, share: f64, low: f64, high: f64) -> (f64, f64) {
    let (mut a, mut b) = (low, high);
    let (mut below, mut above) = (rising(a) - share, rising(b) - share);
    let mut last = 0.0;
    for _ in 0..SECANTS {
        let x = (a * above - b * below) / (above - below);
        if !(a < x && x < b) {
            break;
        }
        let off = rising(x) - share;
        if off < 0.0 {
            (a, below) = (x, off);
            above = if last < 0.0 { above / 2.0 } else { above };
        } else {
            (b, above) = (x, off);
            below = if last > 0.0 { below / 2.0 } else { below };
        }
        last = off;
        if b - a <= NEAR * (high - low) || off == 0.0 {
            break;
        }
    }
    // One of the two has come close; the other may be far.
    let x = if last < 0.0 { a } else { b };
    let (from, to) = ((x - NEAR * (high - low)).max(low), (x + NEAR * (high - low)).min(high));
    match (rising(from) < share, rising(to) < share) {
        (true, false) => (from, to),
        _ => (a, b),
    }
}
