//! Escalation ladders: rungs, and the rates at which a rivalry climbs and comes down.
//!
//! A ladder is a birth-and-death process. That a crisis climbs one rung at a time is its strongest
//! assumption; an attack that skips rungs is several steps at once. The module refuses to know what
//! the rungs are: that is the case's to say.

use crate::Fault;
use crate::fault::sound;
use crate::fault::within;

/// A ladder of `up.len() + 1` rungs, counted from zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// `up[r]`: the rate of going from rung r to r + 1, per unit of time.
    pub up: Vec<f64>,
    /// `down[r]`: the rate of coming from rung r + 1 to r.
    pub down: Vec<f64>,
}

impl Ladder {
    fn check(&self, rungs: &[usize]) -> Result<usize, Fault> {
        if self.up.len() != self.down.len() {
            return Err(Fault::length("down", self.down.len(), self.up.len()));
        }
        for (name, rates) in [("a rate up", &self.up), ("a rate down", &self.down)] {
            within(name, rates, |r| (0.0..=1e9).contains(&r), "from 0 to 1e9")?;
        }
        let count = self.up.len() + 1;
        match rungs.iter().find(|r| **r >= count) {
            None => Ok(count),
            Some(r) => Err(Fault::whole("rung", *r as u64, format!("below {count}"))),
        }
    }

    /// The chance of standing on each rung after `time`, from rung `from`.
    ///
    /// Mechanism: uniformisation. With L the largest total rate, the chances are
    /// `sum_n Poisson(n; L t) v P^n`, v being all on `from` and `P = I + Q / L`; the sum stops once
    /// less than 1e-14 of the Poisson weight is left.
    ///
    /// # Errors
    /// Shapes and ranges; a time of more than 1e7 mean steps, where [`Ladder::standing`] is the
    /// answer.
    ///
    /// Reference: `jensen1953`; ladders after `kahn1965`. Checked by the closed form of two rungs
    /// (catalog entry `ladder-two-rungs`) and by the property that chances add up to one.
    pub fn chances(&self, from: usize, time: f64) -> Result<Vec<f64>, Fault> {
        self.forward(from, time, self.up.len())
    }

    /// The chance that rung `rung` is reached within `time`, from rung `from`.
    ///
    /// # Errors
    /// As [`Ladder::chances`], on the ladder that nobody leaves at `rung`.
    ///
    /// Reference: as [`Ladder::chances`], on the ladder that nobody leaves at `rung`.
    pub fn reaches(&self, from: usize, rung: usize, time: f64) -> Result<f64, Fault> {
        self.check(&[from, rung])?;
        if from >= rung {
            return Ok(1.0);
        }
        let mut top = self.clone();
        top.down[rung - 1] = 0.0;
        top.forward(from, time, rung).map(|chances| chances[rung])
    }

    /// The chances on the rungs up to `top`, which is not left upwards.
    fn forward(&self, from: usize, time: f64, top: usize) -> Result<Vec<f64>, Fault> {
        let count = self.check(&[from, top])?;
        let up = |r: usize| if r < top { self.up[r] } else { 0.0 };
        let down = |r: usize| {
            if r > 0 && r <= top { self.down[r - 1] } else { 0.0 }
        };
        let fastest = (0..count).map(|r| up(r) + down(r)).fold(0.0, f64::max);
        let steps = fastest * time;
        let must = "zero or more, and at most 1e7 mean steps long";
        within("the time", &[time], |t| t >= 0.0 && fastest * t <= 1e7, must)?;
        let mut now = vec![0.0; count];
        now[from] = 1.0;
        if steps == 0.0 {
            return Ok(now);
        }
        let mut sum = vec![0.0; count];
        let (mut log_weight, mut weighed) = (-steps, 0.0);
        let mut n = 0.0;
        loop {
            let weight = log_weight.exp();
            weighed += weight;
            sum.iter_mut().zip(&now).for_each(|(s, p)| *s += weight * p);
            if 1.0 - weighed < 1e-14 || (n > steps && weight < 1e-17) {
                break;
            }
            n += 1.0;
            log_weight += steps.ln() - n.ln();
            let mut next = vec![0.0; count];
            for (r, p) in now.iter().enumerate() {
                let (rise, fall) = (up(r) / fastest, down(r) / fastest);
                next[r] += p * (1.0 - rise - fall).max(0.0);
                if r + 1 < count {
                    next[r + 1] += p * rise;
                }
                if r > 0 {
                    next[r - 1] += p * fall;
                }
            }
            now = next;
        }
        let total: f64 = sum.iter().sum();
        Ok(sum.into_iter().map(|s| s / total).collect())
    }

    /// The share of time spent on each rung in the long run: `pi_r` in proportion to the product of
    /// `up[k] / down[k]` for k below r. None if some rung is never left downwards while it can be
    /// reached: then there is no way back.
    ///
    /// # Errors
    /// Shapes and ranges.
    ///
    /// Reference: `karlin1957`. Checked by the property that long times tend to it.
    pub fn standing(&self) -> Result<Option<Vec<f64>>, Fault> {
        self.check(&[])?;
        let mut logs = vec![0.0_f64];
        let mut log = 0.0;
        for (up, down) in self.up.iter().zip(&self.down) {
            if *up > 0.0 && *down == 0.0 {
                return Ok(None);
            }
            log += if *up == 0.0 { f64::NEG_INFINITY } else { up.ln() - down.ln() };
            logs.push(log);
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weight: Vec<f64> = logs.iter().map(|l| (l - most).exp()).collect();
        let total: f64 = weight.iter().sum();
        Ok(Some(weight.into_iter().map(|w| w / total).collect()))
    }

    /// The mean time until rung `rung` is first reached from rung `from`, infinite if it may never be.
    ///
    /// Mechanism: the mean time from r to r + 1 is `h_r = (1 + down_{r-1} h_{r-1}) / up_r`, and they
    /// add up.
    ///
    /// # Errors
    /// Shapes and ranges.
    ///
    /// Reference: `karlin1957`. Checked by the catalog entry `ladder-two-rungs`.
    pub fn mean_time(&self, from: usize, rung: usize) -> Result<f64, Fault> {
        self.check(&[from, rung])?;
        let (mut before, mut sum) = (0.0, 0.0);
        for r in 0..rung {
            let fall =
                if r > 0 && self.down[r - 1] > 0.0 { self.down[r - 1] * before } else { 0.0 };
            before = if self.up[r] > 0.0 { (1.0 + fall) / self.up[r] } else { f64::INFINITY };
            if r >= from {
                sum += before;
            }
        }
        // Only a rung that is never left upwards takes for ever.
        let blocked = |r: usize| self.up[r] == 0.0;
        if (from..rung).any(blocked) { Ok(f64::INFINITY) } else { sound("the mean time", sum) }
    }
}
