//! How long it lasts when some were not seen to the end: the product-limit estimate.

use crate::Fault;
use crate::fault::{sound, within};

/// A wait: how long, whether its end was seen, and how much the record counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// How long it was watched, in any unit.
    pub length: f64,
    /// Whether it ended then; otherwise it was censored: it lasted at least so long.
    pub ended: bool,
    /// How much the record counts; 1 for a whole one.
    pub weight: f64,
}

/// A step of the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The time at which something ended.
    pub time: f64,
    /// The share that lasts longer.
    pub survival: f64,
    /// The standard error of that share (Greenwood).
    pub error: f64,
}

/// The share of waits that last longer than each time at which one ended:
/// `S(t) = product over t_i <= t of (1 - ended_i / watched_i)`, with Greenwood's error
/// `S sqrt(sum ended / (watched (watched - ended)))`. A wait censored at the time of an end was
/// watched then.
///
/// # Errors
/// No waits; lengths that are negative or not finite, weights that are not positive or too large.
///
/// Reference: `kaplan1958`. Checked by the remission times of Freireich and others (1963).
pub fn kaplan_meier(spans: &[Span]) -> Result<Vec<Step>, Fault> {
    if spans.is_empty() {
        return Err(Fault::nothing("spans", "at least one"));
    }
    for (at, span) in spans.iter().enumerate() {
        let length = |v: f64| v.is_finite() && v >= 0.0;
        within("length", &[span.length], length, "finite and not negative")
            .map_err(|fault| fault.at(at))?;
        crate::fault::positive("weight", span.weight).map_err(|fault| fault.at(at))?;
    }
    let mut order: Vec<&Span> = spans.iter().collect();
    order.sort_by(|a, b| a.length.total_cmp(&b.length));
    let mut watched: f64 = order.iter().map(|s| s.weight).sum();
    sound("the sum of the weights", watched)?;
    let (mut survival, mut sum) = (1.0, 0.0);
    let mut steps = Vec::new();
    for group in order.chunk_by(|a, b| a.length == b.length) {
        let ended: f64 = group.iter().filter(|s| s.ended).map(|s| s.weight).sum();
        if ended > 0.0 {
            let left = watched - ended;
            // The last wait of all, if it ended, leaves nobody; rounding must not leave a sliver.
            let none = left < 1e-9 * watched;
            survival = if none { 0.0 } else { survival * left / watched };
            sum += if none { 0.0 } else { ended / (watched * left) };
            let error = sound("the standard error", survival * sum.sqrt())?;
            steps.push(Step { time: group[0].length, survival, error });
        }
        watched -= group.iter().map(|s| s.weight).sum::<f64>();
    }
    Ok(steps)
}

/// The share that lasts longer than a time, by the steps of [`kaplan_meier`].
#[must_use]
pub fn survival_on(steps: &[Step], time: f64) -> f64 {
    steps.iter().take_while(|s| s.time <= time).last().map_or(1.0, |s| s.survival)
}
