//! Rally and backlash: shocks to support, and how they fade.
//!
//! A rally lifts support and a backlash lowers it; most of either fades within months, some may stay.
//! The module refuses to say how large a shock is.

use crate::Fault;
use crate::fault::within;

/// A shock to support.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shock {
    /// When it struck.
    pub time: f64,
    /// Its size in log-odds: above zero a rally, below zero a backlash.
    pub size: f64,
    /// How long until half of what fades has faded.
    pub half_life: f64,
    /// The share that never fades, 0 to 1.
    pub lasting: f64,
}

/// The share in support at `time`, from a `baseline` share between 0 and 1 and the shocks so far.
///
/// Mechanism: `logit s(t) = logit s_0 + sum over t_k <= t of size_k (l_k + (1 - l_k) 2^-((t - t_k)/h_k))`.
/// In log-odds a shock does less where there is little room left, and support never leaves 0..1. A
/// size d moves support at one half by about d/4.
///
/// That rallies are sudden and fade is published; the log-odds, the lasting share and one law for rally
/// and backlash are *Judged*.
///
/// # Errors
/// A baseline not between 0 and 1, shocks not finite, a half-life that is not positive.
///
/// Reference: `mueller1970`, `baum2002`. Checked by the catalog entry `rally-by-hand` and by the property
/// that support stays within 0..1 and tends back to its baseline.
pub fn support(baseline: f64, shocks: &[Shock], time: f64) -> Result<f64, Fault> {
    within("baseline", &[baseline], |s| s > 0.0 && s < 1.0, "between 0 and 1")?;
    within("time", &[time], |t| t.abs() <= 1e100, "a number of size at most 1e100")?;
    let mut odds = (baseline / (1.0 - baseline)).ln();
    for (at, shock) in shocks.iter().enumerate() {
        let fault = |name, value, must| Err(Fault::number(name, value, must).at(at));
        if shock.size.is_nan() || shock.size.abs() > 1e6 {
            return fault("the size of shock", shock.size, "a number of size at most 1e6");
        }
        if shock.half_life.is_nan() || shock.half_life <= 0.0 {
            return fault("the half-life of shock", shock.half_life, "above zero");
        }
        if !(0.0..=1.0).contains(&shock.lasting) {
            return fault("the lasting share of shock", shock.lasting, "between 0 and 1");
        }
        if shock.time.is_nan() || shock.time.abs() > 1e100 {
            return fault("the time of shock", shock.time, "a number of size at most 1e100");
        }
        if shock.time <= time {
            let faded = (-(time - shock.time) / shock.half_life).exp2();
            odds += shock.size * (shock.lasting + (1.0 - shock.lasting) * faded);
        }
    }
    Ok(1.0 / (1.0 + (-odds).exp()))
}
