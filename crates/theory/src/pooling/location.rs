//! Durations, swings and levels: a location for each country, learnt together with how far
//! countries lie apart and how wide each spreads.

use super::special::normalised;
use super::student_t::{StudentT, bisect};
use crate::Fault;
use crate::fault::{all_sound, finite, positive, sound, within};
use crate::normal::{cumulative, ln_cumulative};

/// Points of the grid: locations, spreads within a group, and spreads between groups.
const CENTRES: usize = 61;
const SCALES: usize = 16;
const BETWEEN: usize = 16;

/// How a record spreads about the location of its group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kernel {
    /// Normal: for the logarithm of a duration, a log-normal.
    Normal,
    /// Student's t, by its degrees of freedom: for swings.
    StudentT(f64),
}

impl Kernel {
    fn ln_density(self, z: f64) -> f64 {
        match self {
            Self::Normal => -0.5 * z * z - 0.5 * (2.0 * std::f64::consts::PI).ln(),
            Self::StudentT(df) => StudentT { location: 0.0, scale: 1.0, df }.ln_density(z),
        }
    }

    fn cumulative(self, z: f64) -> f64 {
        match self {
            Self::Normal => cumulative(z),
            Self::StudentT(df) => StudentT { location: 0.0, scale: 1.0, df }.cumulative(z),
        }
    }

    fn ln_survival(self, z: f64) -> f64 {
        match self {
            Self::Normal => ln_cumulative(-z),
            Self::StudentT(_) => self.cumulative(-z).max(f64::MIN_POSITIVE).ln(),
        }
    }
}

/// A record of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// The group, from zero.
    pub group: usize,
    /// The value; of a duration its logarithm.
    pub value: f64,
    /// Whether only this is known, that it is larger (a wait that was not seen to its end).
    pub censored: bool,
    /// How much the record counts; 1 for a whole one.
    pub weight: f64,
}

/// A distribution mixed of kernels.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    kernel: Kernel,
    /// Weight, location and scale of each part; the weights sum to one.
    parts: Vec<(f64, f64, f64)>,
}

impl Mixture {
    /// The probability of at most x.
    #[must_use]
    pub fn cumulative(&self, x: f64) -> f64 {
        let of = |(w, at, scale): &(f64, f64, f64)| w * self.kernel.cumulative((x - at) / scale);
        self.parts.iter().map(of).sum::<f64>().clamp(0.0, 1.0)
    }

    /// The value below which a share lies, by bisection.
    ///
    /// # Errors
    /// A share outside (0, 1).
    pub fn quantile(&self, share: f64) -> Result<f64, Fault> {
        within("share", &[share], |p| p > 0.0 && p < 1.0, "above 0 and below 1")?;
        let least = self.parts.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
        let most = self.parts.iter().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
        let mut width = self.parts.iter().map(|p| p.2).fold(0.0, f64::max);
        while self.cumulative(least - width) > share || self.cumulative(most + width) < share {
            width *= 2.0;
        }
        sound("the quantile", bisect(|x| self.cumulative(x), share, least - width, most + width))
    }

    /// The mean of the locations.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.parts.iter().map(|(w, at, _)| w * at).sum()
    }
}

/// Locations of groups that are alike, each with its own.
///
/// Mechanism: `value_i ~ kernel(location_j(i), sigma)`, `location_j ~ Normal(mu, tau)`. Priors:
/// `mu` uniform, `sigma` uniform on its logarithm, `tau` uniform (as `gelman2006` advises for
/// groups). The posterior is summed over a grid of 61 locations (over the range of the values), 16
/// of `sigma` (log-spaced from an eighth of the spread of all values to twice) and 16 of `tau`
/// (from 0 to twice); a group's own location is summed over the same 61. A censored record counts
/// by the probability of a larger value. Values keep their unit throughout.
///
/// Reference: `gelman2013`, section 5.4; `gelman2006`. Checked by the dyestuff yields of
/// `davies1972` (batches drawn together as restricted maximum likelihood has it), by the t
/// distribution that is exact for one group, and by simulation: nine in ten of new values lie in
/// the ninety-per-cent interval, in groups with a record and in new ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    kernel: Kernel,
    centres: Vec<f64>,
    scales: Vec<f64>,
    /// Per group, the weight of each location and scale, scales outermost; the last is a new group.
    groups: Vec<Vec<f64>>,
    /// Posterior means of the spreads within and between groups.
    spreads: (f64, f64),
}

impl Pooled {
    /// Learns from records of `groups` groups.
    ///
    /// # Errors
    /// No records but censored ones; records of groups that there are not, values or weights that
    /// are not finite or not positive; values that do not differ.
    pub fn fit(records: &[Record], groups: usize, kernel: Kernel) -> Result<Self, Fault> {
        if let Kernel::StudentT(df) = kernel {
            positive("degrees of freedom", df)?;
        }
        for (at, record) in records.iter().enumerate() {
            finite("value", record.value).map_err(|fault| fault.at(at))?;
            positive("weight", record.weight).map_err(|fault| fault.at(at))?;
            if record.group >= groups {
                let must = format!("below {groups}, the groups there are");
                return Err(Fault::whole("group", record.group as u64, must).at(at));
            }
        }
        let seen: Vec<f64> = records.iter().filter(|r| !r.censored).map(|r| r.value).collect();
        if seen.len() < 2 {
            return Err(Fault::length("records seen to their end", seen.len(), 2));
        }
        let mean = seen.iter().sum::<f64>() / seen.len() as f64;
        let square = seen.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
        let spread = (square / (seen.len() - 1) as f64).sqrt();
        if spread == 0.0 {
            return Err(Fault::nothing("the spread of values", "two that differ"));
        }
        sound("the spread of values", spread)?;
        let ends = |most: f64, v: &f64| most.max((v - mean).abs());
        let reach = seen.iter().fold(spread, ends);
        let step =
            |from: f64, to: f64, i: usize, n: usize| from + (to - from) * i as f64 / (n - 1) as f64;
        let centres: Vec<f64> =
            (0..CENTRES).map(|i| mean + step(-reach, reach, i, CENTRES)).collect();
        let scales: Vec<f64> =
            (0..SCALES).map(|i| spread * step(-3.0, 1.0, i, SCALES).exp2()).collect();
        let between: Vec<f64> =
            (0..BETWEEN).map(|i| 2.0 * spread * (i as f64 + 0.5) / BETWEEN as f64).collect();
        // What each group's records make of a location and a scale.
        let told = told(records, groups, kernel, &centres, &scales);
        // How locations of groups lie about mu: the normal on the grid.
        let drawn: Vec<Vec<Vec<f64>>> = (between.iter())
            .map(|tau| {
                let about = |mu: &f64| {
                    let z = |c: &f64| -0.5 * ((c - mu) / tau).powi(2);
                    normalised(&centres.iter().map(z).collect::<Vec<f64>>())
                };
                centres.iter().map(about).collect()
            })
            .collect();
        let cells = SCALES * BETWEEN * CENTRES;
        let mut logs = Vec::with_capacity(cells);
        for s in 0..SCALES {
            for about in &drawn {
                for weights in about {
                    let of = |told: &Vec<(f64, Vec<f64>)>| {
                        let (most, shares) = &told[s];
                        let sum: f64 = weights.iter().zip(shares).map(|(w, l)| w * l).sum();
                        most + sum.max(f64::MIN_POSITIVE).ln()
                    };
                    logs.push(told.iter().map(of).sum::<f64>());
                }
            }
        }
        let posterior = normalised(&logs);
        all_sound("the posterior", &posterior)?;
        let mut found = vec![vec![0.0; SCALES * CENTRES]; groups + 1];
        let mut spreads = (0.0, 0.0);
        for (cell, weight) in posterior.iter().enumerate() {
            let (s, b, m) = (cell / (BETWEEN * CENTRES), cell / CENTRES % BETWEEN, cell % CENTRES);
            spreads.0 += weight * scales[s];
            spreads.1 += weight * between[b];
            // What carries next to nothing is left out: it is most of the cells.
            if *weight < 1e-9 {
                continue;
            }
            let prior = &drawn[b][m];
            for (group, into) in found.iter_mut().enumerate() {
                let shares = told.get(group).map(|told| &told[s].1);
                let of = |c: usize| prior[c] * shares.map_or(1.0, |l| l[c]);
                let sum: f64 = (0..CENTRES).map(of).sum::<f64>().max(f64::MIN_POSITIVE);
                for c in 0..CENTRES {
                    into[s * CENTRES + c] += weight * of(c) / sum;
                }
            }
        }
        Ok(Self { kernel, centres, scales, groups: found, spreads })
    }

    /// What is predicted of the next record of a group; of a new group where none is named, or one
    /// beyond those learnt from.
    #[must_use]
    pub fn predict(&self, group: Option<usize>) -> Mixture {
        let new = self.groups.len() - 1;
        let cells = &self.groups[group.map_or(new, |g| g.min(new))];
        let kept = cells.iter().enumerate().filter(|(_, w)| **w > 1e-9);
        let sum: f64 = kept.clone().map(|(_, w)| w).sum();
        let part = |(cell, w): (usize, &f64)| {
            (w / sum, self.centres[cell % CENTRES], self.scales[cell / CENTRES])
        };
        Mixture { kernel: self.kernel, parts: kept.map(part).collect() }
    }

    /// The posterior means of the spread within groups and between them.
    #[must_use]
    pub fn spreads(&self) -> (f64, f64) {
        self.spreads
    }
}

/// Per group and scale, the likelihood of its records at each location, over the most of them, and
/// the logarithm of that most.
fn told(
    records: &[Record],
    groups: usize,
    kernel: Kernel,
    centres: &[f64],
    scales: &[f64],
) -> Vec<Vec<(f64, Vec<f64>)>> {
    let of = |group: usize| -> Vec<(f64, Vec<f64>)> {
        let own: Vec<&Record> = records.iter().filter(|r| r.group == group).collect();
        let at = |scale: &f64| {
            let log = |centre: &f64| -> f64 {
                let each = |r: &&Record| {
                    let z = (r.value - centre) / scale;
                    let log = match r.censored {
                        true => kernel.ln_survival(z),
                        false => kernel.ln_density(z) - scale.ln(),
                    };
                    r.weight * log
                };
                own.iter().map(each).sum()
            };
            let logs: Vec<f64> = centres.iter().map(log).collect();
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (most, logs.iter().map(|l| (l - most).exp()).collect())
        };
        scales.iter().map(at).collect()
    };
    (0..groups).map(of).collect()
}
