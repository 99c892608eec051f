//! Counts that breed counts: events by month in many places, each exciting itself, with rates
//! pooled over all.
//!
//! The discrete cousin of the Hawkes process, for tables that hold months and not days. The module
//! refuses to hold luck: numbers in [0, 1) come in as they are asked for.

use crate::Fault;
use crate::fault::{sound, within};
use crate::pooling::ln_gamma;

/// A process of counts, the same in all places.
///
/// Mechanism: the count of step t is negative binomial with mean
/// `background + lasting M + excitation S` and shape `shape` (variance `mean + mean^2 / shape`); M
/// is the mean of all counts before, S their exponentially weighted mean, `S_t = memory S_(t-1) +
/// (1 - memory) y_t`, beginning with the first count. Counts a step.
///
/// Reference: `ferland2006`, with the negative binomial of `zhu2011`. Checked by a process found
/// again from its own draws and by the moments of its first step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelfExciting {
    /// The mean where nothing has happened yet.
    pub background: f64,
    /// How much the long mean of a place lasts.
    pub lasting: f64,
    /// How much recent counts excite.
    pub excitation: f64,
    /// How slowly recent counts are forgotten, in 0..1.
    pub memory: f64,
    /// The shape: small for counts that come in bursts.
    pub shape: f64,
}

/// What a place carries from step to step.
#[derive(Debug, Clone, Copy)]
struct State {
    recent: f64,
    sum: f64,
    steps: f64,
}

impl State {
    fn first(count: f64) -> Self {
        Self { recent: count, sum: count, steps: 1.0 }
    }

    fn then(self, count: f64, memory: f64) -> Self {
        Self {
            recent: memory * self.recent + (1.0 - memory) * count,
            sum: self.sum + count,
            steps: self.steps + 1.0,
        }
    }
}

impl SelfExciting {
    /// The mean of the next count.
    fn mean(&self, state: State) -> f64 {
        self.background + self.lasting * state.sum / state.steps + self.excitation * state.recent
    }

    fn is_sound(&self) -> bool {
        let positive = |v: f64| v.is_finite() && v > 0.0;
        [self.background, self.lasting, self.excitation, self.shape].into_iter().all(positive)
            && (0.0..1.0).contains(&self.memory)
            // Otherwise counts breed more than themselves and run away.
            && self.lasting + self.excitation < 1.0
    }

    /// The natural logarithm of the likelihood of series, each given its first count.
    #[must_use]
    pub fn ln_likelihood(&self, series: &[Vec<f64>]) -> f64 {
        let shape = self.shape;
        let none = ln_gamma(shape);
        let of = |counts: &Vec<f64>| {
            let Some(first) = counts.first() else { return 0.0 };
            let mut state = State::first(*first);
            let mut log = 0.0;
            for count in &counts[1..] {
                let mean = self.mean(state);
                log -= shape * (mean / shape).ln_1p();
                if *count > 0.0 {
                    log += ln_gamma(count + shape) - none - ln_gamma(count + 1.0)
                        + count * (mean / (shape + mean)).ln();
                }
                state = state.then(*count, self.memory);
            }
            log
        };
        series.iter().map(of).sum()
    }

    /// The likeliest process of series, by pattern search from a fixed start on the logarithms (of
    /// the memory the log odds).
    ///
    /// # Errors
    /// Counts that are negative or not finite; no series of two counts or more; nothing that
    /// happened; counts too large to have a likelihood.
    ///
    /// Reference: `hooke1961`. Checked by a process found again from its own draws.
    pub fn fit(series: &[Vec<f64>]) -> Result<Self, Fault> {
        for (at, counts) in series.iter().enumerate() {
            let count = |v: f64| v.is_finite() && v >= 0.0;
            within("counts", counts, count, "finite and not negative").map_err(|f| f.at(at))?;
        }
        if !series.iter().any(|counts| counts.len() > 1) {
            return Err(Fault::nothing("series", "one of two counts or more"));
        }
        if series.iter().flatten().all(|count| *count == 0.0) {
            return Err(Fault::nothing("events", "some, in at least one series"));
        }
        let process = |at: &[f64; 5]| Self {
            background: at[0].exp(),
            lasting: at[1].exp(),
            excitation: at[2].exp(),
            memory: 1.0 / (1.0 + (-at[3]).exp()),
            shape: at[4].exp(),
        };
        let value = |at: &[f64; 5]| {
            let process = process(at);
            if process.is_sound() { process.ln_likelihood(series) } else { f64::NEG_INFINITY }
        };
        let mut at = [0.02_f64.ln(), 0.2_f64.ln(), 0.5_f64.ln(), 0.0, 0.5_f64.ln()];
        let mut best = sound("the likelihood of the counts", value(&at))?;
        let mut step = 0.5;
        while step > 0.01 {
            let from = at;
            for axis in 0..at.len() {
                for way in [step, -step] {
                    let mut tried = at;
                    tried[axis] += way;
                    let found = value(&tried);
                    if found > best {
                        (at, best) = (tried, found);
                        break;
                    }
                }
            }
            if at == from {
                step /= 2.0;
                continue;
            }
            // The same way once more, as long as it pays.
            let mut leap = at;
            for (there, (here, before)) in leap.iter_mut().zip(at.iter().zip(&from)) {
                *there += here - before;
            }
            let found = value(&leap);
            if found > best {
                (at, best) = (leap, found);
            }
        }
        Ok(process(&at))
    }

    /// One way on from a history, step by step; `luck` gives numbers in [0, 1).
    ///
    /// # Errors
    /// No history; counts that are negative or not finite; a process that is not sound; a count beyond
    /// what a number holds.
    pub fn path(
        &self,
        history: &[f64],
        steps: usize,
        luck: &mut dyn FnMut() -> f64,
    ) -> Result<Vec<f64>, Fault> {
        let count = |v: f64| v.is_finite() && v >= 0.0;
        within("history", history, count, "finite and not negative")?;
        let Some(first) = history.first() else {
            return Err(Fault::nothing("history", "at least one count"));
        };
        if !self.is_sound() {
            return Err(Fault::unfit("the process", "positive, with less than one count a count"));
        }
        let mut state = history[1..]
            .iter()
            .fold(State::first(*first), |state, count| state.then(*count, self.memory));
        let mut all = Vec::with_capacity(steps);
        for _ in 0..steps {
            let mean = self.mean(state);
            let count = poisson(mean * gamma(self.shape, luck) / self.shape, luck);
            let count = sound("a count", count)?;
            state = state.then(count, self.memory);
            all.push(count);
        }
        Ok(all)
    }
}

/// A standard normal, by the polar form of two numbers.
fn normal(luck: &mut dyn FnMut() -> f64) -> f64 {
    let (u, v) = (1.0 - luck(), luck());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// A gamma of unit scale, by squeezed normals.
///
/// Reference: `marsaglia2000`.
fn gamma(shape: f64, luck: &mut dyn FnMut() -> f64) -> f64 {
    if shape < 1.0 {
        let power = (1.0 - luck()).powf(1.0 / shape);
        return power * gamma(shape + 1.0, luck);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let z = normal(luck);
        let v = (1.0 + c * z).powi(3);
        if v > 0.0 && (1.0 - luck()).ln() < 0.5 * z * z + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// A Poisson count, by adding up chances; far from zero by its normal.
fn poisson(mean: f64, luck: &mut dyn FnMut() -> f64) -> f64 {
    if mean > 500.0 {
        return (mean + mean.sqrt() * normal(luck)).round().max(0.0);
    }
    let u = luck();
    let mut chance = (-mean).exp();
    let (mut count, mut below) = (0.0, chance);
    while below < u && count < 1e4 {
        count += 1.0;
        chance *= mean / count;
        below += chance;
    }
    count
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn luck(mut state: u64) -> impl FnMut() -> f64 {
        move || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    const PROCESS: SelfExciting =
        SelfExciting { background: 0.4, lasting: 0.25, excitation: 0.5, memory: 0.5, shape: 0.8 };

    #[test]
    fn a_process_is_found_again_from_its_own_draws() {
        let mut luck = luck(1);
        let series: Vec<Vec<f64>> =
            (0..200).map(|_| PROCESS.path(&[1.0], 80, &mut luck).unwrap()).collect();
        let found = SelfExciting::fit(&series).unwrap();
        assert!((found.background - 0.4).abs() < 0.08, "{found:?}");
        assert!((found.lasting - 0.25).abs() < 0.1, "{found:?}");
        assert!((found.excitation - 0.5).abs() < 0.1, "{found:?}");
        assert!((found.memory - 0.5).abs() < 0.12, "{found:?}");
        assert!((found.shape - 0.8).abs() < 0.08, "{found:?}");
        assert!(found.ln_likelihood(&series) >= PROCESS.ln_likelihood(&series) - 1e-6);
    }

    #[test]
    fn the_first_step_has_the_moments_of_its_negative_binomial() {
        // History 4, 0: the long mean is 2, the recent one too; mean 0.4 + 0.5 + 1, variance + m^2
        // / 0.8.
        let mut luck = luck(2);
        let draws: Vec<f64> =
            (0..40_000).map(|_| PROCESS.path(&[4.0, 0.0], 1, &mut luck).unwrap()[0]).collect();
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / n;
        assert!((mean - 1.9).abs() < 0.05, "{mean}");
        assert!((variance - (1.9 + 1.9 * 1.9 / 0.8)).abs() < 0.4, "{variance}");
        // None at all: (1 + m / shape)^-shape.
        let none = draws.iter().filter(|d| **d == 0.0).count() as f64 / n;
        assert!((none - (1.0_f64 + 1.9 / 0.8).powf(-0.8)).abs() < 0.01, "{none}");
    }

    #[test]
    fn what_cannot_be_learnt_from_is_a_fault() {
        assert!(SelfExciting::fit(&[]).unwrap_err().is_absence());
        assert!(SelfExciting::fit(&[vec![0.0, 0.0]]).unwrap_err().is_absence());
        assert!(SelfExciting::fit(&[vec![1.0, -1.0]]).is_err());
        let wild = SelfExciting { excitation: 0.9, ..PROCESS };
        assert!(wild.path(&[1.0], 1, &mut || 0.5).is_err());
        assert!(PROCESS.path(&[], 1, &mut || 0.5).unwrap_err().is_absence());
    }
}
