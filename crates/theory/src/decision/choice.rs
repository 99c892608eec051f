//! Choosing: the logit model by its own luck, so that another world can be held against this one.

use crate::Fault;
use crate::fault::within;

/// The standard Gumbel number below which a share `u` of the distribution lies: -ln(-ln u).
///
/// # Errors
/// [`Fault`]: `u` not strictly between 0 and 1.
///
/// Reference: `gumbel1958`.
pub fn gumbel(u: f64) -> Result<f64, Fault> {
    within("u", &[u], |u| u > 0.0 && u < 1.0, "strictly between 0 and 1")?;
    Ok(-(-u.ln()).ln())
}

/// The alternative chosen: the one with the largest lambda u_a + g_a, the first of several alike.
///
/// `utility` holds u_a, one an alternative; `precision` is lambda; `luck` holds a uniform number of
/// its own for each alternative, made a standard Gumbel g_a. Over luck the shares are exactly those
/// of [`probabilities`](crate::coalition::quantal_choice::probabilities). In one run the luck stays
/// with the alternative, so a change of utility moves the choice only where it outweighs the luck
/// that was dealt: an alternative that only gains is never given up.
///
/// # Errors
/// [`Fault`]: nothing to choose from, rows of different length, a utility that is not finite, a bad
/// precision, luck outside (0, 1).
///
/// Reference: `mcfadden1974` for the shares; `oberst2019` for counterfactuals under the same luck.
/// Checked against the closed form by simulation, and by a property test of stability.
///
/// ```
/// use theory::decision::choice::choose;
/// assert_eq!(choose(&[1.0, 0.0], 2.0, &[0.5, 0.5])?, 0);
/// assert_eq!(choose(&[1.0, 0.0], 2.0, &[0.1, 0.9])?, 1);
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn choose(utility: &[f64], precision: f64, luck: &[f64]) -> Result<usize, Fault> {
    if utility.is_empty() {
        return Err(Fault::nothing("utility", "at least one"));
    }
    if luck.len() != utility.len() {
        return Err(Fault::length("luck", luck.len(), utility.len()));
    }
    within("utility", utility, f64::is_finite, "finite")?;
    within("precision", &[precision], |l| l.is_finite() && l >= 0.0, "finite and from zero up")?;
    let mut best = (0, f64::NEG_INFINITY);
    for (at, (u, own)) in utility.iter().zip(luck).enumerate() {
        let worth = precision * u + gumbel(*own)?;
        if worth > best.1 {
            best = (at, worth);
        }
    }
    Ok(best.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::coalition::quantal_choice::probabilities;

    /// Numbers that fill the square evenly: the additive recurrence with the plastic constant.
    fn spread(n: u32, k: u32) -> f64 {
        let g: f64 = 1.220_744_084_605_76;
        (0.5 + f64::from(n) / g.powi(k as i32 + 1)).fract().clamp(1e-12, 1.0 - 1e-12)
    }

    #[test]
    fn over_luck_the_shares_are_logit() {
        let (utility, precision) = ([0.4, -0.2, 0.1], 1.7);
        let expected = probabilities(&utility, precision).unwrap();
        let mut counts = [0_u32; 3];
        for n in 1..=40_000 {
            let luck = [spread(n, 0), spread(n, 1), spread(n, 2)];
            counts[choose(&utility, precision, &luck).unwrap()] += 1;
        }
        for (count, p) in counts.iter().zip(expected) {
            assert!((f64::from(*count) / 40_000.0 - p).abs() < 0.01, "{counts:?}");
        }
    }

    #[test]
    fn what_only_gains_is_never_given_up() {
        for n in 1..2_000 {
            let luck = [spread(n, 0), spread(n, 1), spread(n, 2)];
            let before = choose(&[0.1, 0.3, 0.0], 2.0, &luck).unwrap();
            let mut utility = [0.1, 0.3, 0.0];
            utility[before] += 0.2;
            assert_eq!(choose(&utility, 2.0, &luck).unwrap(), before);
        }
    }
}
