//! Quantal (logit) choice: better options are likelier, not certain.

use crate::Fault;

/// Probabilities of options with utilities u_i at precision lambda.
///
/// p_i = exp(lambda u_i) / sum over j of exp(lambda u_j), computed after taking off the largest
/// exponent, so no utility overflows. At lambda = 0 all possible options are alike; as it grows the
/// best takes all. Minus infinity marks an impossible option (p = 0).
///
/// # Errors
/// [`Fault`]: nothing to choose from, a utility that is not a number or is plus infinity,
/// a bad precision, or every option impossible.
///
/// Reference: `mcfadden1974`, `mckelvey1995`. Checked by closed forms and property tests (sum to
/// one, order kept, unmoved by a shift of all utilities).
///
/// ```
/// use theory::coalition::quantal_choice::{choose, probabilities};
/// let p = probabilities(&[1.0, 0.0], 2.0)?;
/// assert!((p[0] - 1.0 / (1.0 + (-2.0_f64).exp())).abs() < 1e-15);
/// assert_eq!(choose(&p, 0.9)?, 1);
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn probabilities(utilities: &[f64], lambda: f64) -> Result<Vec<f64>, Fault> {
    if utilities.is_empty() {
        return Err(Fault::nothing("utilities", "at least one"));
    }
    if !(lambda.is_finite() && lambda >= 0.0) {
        return Err(Fault::number("lambda", lambda, "finite and from zero up"));
    }
    if let Some(position) = utilities.iter().position(|u| u.is_nan() || *u == f64::INFINITY) {
        let must = "finite, or minus infinity for the impossible";
        return Err(Fault::number("utilities", utilities[position], must).at(position));
    }
    let best = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if best == f64::NEG_INFINITY {
        return Err(Fault::nothing("possible choices", "at least one"));
    }
    let weight = |u: f64| {
        if u == f64::NEG_INFINITY { 0.0 } else { (lambda * (u - best)).exp() }
    };
    let mut p: Vec<f64> = utilities.iter().map(|u| weight(*u)).collect();
    let sum: f64 = p.iter().sum();
    p.iter_mut().for_each(|x| *x /= sum);
    Ok(p)
}

/// The option a uniform number in [0, 1) picks: the first whose cumulative probability exceeds it.
///
/// # Errors
/// A number outside [0, 1), no set of probabilities,
/// nothing to choose from.
///
/// Reference: `devroye1986`, inversion; one number always serves one choice, so scenarios stay
/// paired. Checked by property tests: shares of evenly spaced numbers are the probabilities.
pub fn choose(probabilities: &[f64], uniform: f64) -> Result<usize, Fault> {
    if !(0.0..1.0).contains(&uniform) {
        return Err(Fault::number("uniform", uniform, "at least 0 and below 1"));
    }
    let sum: f64 = probabilities.iter().sum();
    let legal = probabilities.iter().all(|p| *p >= 0.0) && (sum - 1.0).abs() < 1e-9;
    if !legal && !probabilities.is_empty() {
        return Err(Fault::unfit("probabilities", "numbers from zero up that add up to one"));
    }
    let mut reached = 0.0;
    let mut last = None;
    for (option, p) in probabilities.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        reached += p;
        last = Some(option);
        if uniform < reached {
            break;
        }
    }
    last.ok_or(Fault::nothing("probabilities", "at least one"))
}
