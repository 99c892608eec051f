//! What a deadlock teaches about itself: the longer talks have lasted and the more sittings have failed, the likelier
//! they go on to.
//!
//! Each episode has a temper of its own that nobody knows beforehand. Waiting and failing tell of it; with conjugate
//! laws what is learnt is a closed form, and no temper need be drawn.

use crate::Fault;
use crate::fault::{positive, within};

/// Checks a number that must not be below nothing.
fn at_least_nothing(argument: &'static str, value: f64) -> Result<(), Fault> {
    within(argument, &[value], |v| v.is_finite() && v >= 0.0, "0 or more and finite")
}

/// The probability that talks have not concluded once the hazard has added up to `waited`, over episodes whose hazard
/// is multiplied by a gamma frailty of mean one and this variance.
///
/// (1 + variance waited)^(-1 / variance); exp(-waited) where the variance is nothing.
///
/// # Errors
/// A number out of range if one is below nothing or not finite.
///
/// Reference: `vaupel1979`. Checked against the posterior of the frailty.
pub fn survival(waited: f64, variance: f64) -> Result<f64, Fault> {
    at_least_nothing("waited", waited)?;
    at_least_nothing("variance", variance)?;
    Ok(match variance > 1e-9 {
        true => (-(variance * waited).ln_1p() / variance).exp(),
        false => (-waited).exp(),
    })
}

/// The probability that talks conclude in the next step, of integrated hazard `hazard`, when they have not while the
/// hazard added up to `waited`.
///
/// 1 - survival(waited + hazard) / survival(waited): the same as updating the gamma law of the frailty by the wait.
///
/// # Errors
/// As [`survival`].
///
/// Reference: `vaupel1979`. Checked against the posterior of the frailty.
pub fn concludes(hazard: f64, waited: f64, variance: f64) -> Result<f64, Fault> {
    at_least_nothing("hazard", hazard)?;
    survival(waited, variance)?;
    // The quotient in one piece: far out both survivals are nothing.
    Ok(match variance > 1e-9 {
        true => {
            let (over, under) = (variance * hazard, 1.0 + variance * waited);
            // Where a product is beyond any number, one variance is taken out of both.
            let beyond = !(over.is_finite() && under.is_finite());
            let grown = if beyond { hazard / (1.0 / variance + waited) } else { over / under };
            -(-grown.ln_1p() / variance).exp_m1()
        }
        false => -(-hazard).exp_m1(),
    })
}

/// The probability that what has come about `times` times of `of` comes about again, when its chance in an episode is
/// drawn from a beta law of this mean that is worth `weight` tries.
///
/// (mean weight + times) / (weight + of): Polya's urn.
///
/// # Errors
/// A number out of range if the mean is outside \[0, 1\], the weight not above nothing, or `times` above `of`.
///
/// Reference: `eggenberger1923`. Checked by hand.
pub fn again(mean: f64, weight: f64, times: u32, of: u32) -> Result<f64, Fault> {
    within("mean", &[mean], |m| (0.0..=1.0).contains(&m), "from 0 to 1")?;
    positive("weight", weight)?;
    if times > of {
        return Err(Fault::whole("times", times, format!("at most {of}, the tries")));
    }
    Ok((mean * weight + f64::from(times)) / (weight + f64::from(of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_lowers_the_chance_as_the_posterior_of_the_frailty_says() {
        // Gamma of shape 2 and rate 2 (variance one half); after a wait of 3 its rate is 5. The next step's chance is one
        // less the Laplace transform of that gamma at the hazard.
        let (hazard, waited) = (0.2_f64, 3.0);
        let posterior = 1.0 - (5.0 / (5.0 + hazard)).powi(2);
        let p = concludes(hazard, waited, 0.5).unwrap();
        assert!((p - posterior).abs() < 1e-12, "{p} {posterior}");
        assert!(p < concludes(hazard, 0.0, 0.5).unwrap());
        // Without frailty a wait teaches nothing.
        let flat = concludes(hazard, waited, 0.0).unwrap();
        assert!((flat - (1.0 - (-hazard).exp())).abs() < 1e-12);
    }

    #[test]
    fn steps_add_up_to_the_survival() {
        let (variance, step) = (0.8, 0.07);
        let mut left = 1.0;
        for n in 0..200 {
            left *= 1.0 - concludes(step, step * f64::from(n), variance).unwrap();
        }
        assert!((left - survival(14.0, variance).unwrap()).abs() < 1e-12);
        assert!(concludes(0.1, 1e300, 2.0).unwrap() >= 0.0);
    }

    #[test]
    fn three_failures_make_a_fourth_likely() {
        assert_eq!(again(0.4, 1.0, 0, 0).unwrap(), 0.4);
        assert_eq!(again(0.4, 1.0, 3, 3).unwrap(), 0.85);
        assert!(again(0.4, 0.0, 0, 0).is_err() && again(0.4, 1.0, 2, 1).is_err());
    }
}
