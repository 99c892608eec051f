//! How sure forecasts may be, learnt from those whose answer is known.

use crate::Fault;
use crate::fault::within;

use super::share_mean;

/// A probability drawn toward even odds: `logit q = slope * logit p`, with a slope in \[0, 1\]. The
/// law is the same for a question and for its opposite, since even odds are drawn nowhere.
///
/// # Errors
/// A probability or a slope outside \[0, 1\].
///
/// Reference: `cox1958`. Checked by odds worked by hand.
pub fn recalibrated(probability: f64, slope: f64) -> Result<f64, Fault> {
    within("the probability", &[probability], |p| (0.0..=1.0).contains(&p), "between 0 and 1")?;
    within("the slope", &[slope], |b| (0.0..=1.0).contains(&b), "between 0 and 1")?;
    Ok(drawn(probability, slope))
}

fn drawn(probability: f64, slope: f64) -> f64 {
    // Nothing times the odds of what is certain would be no number.
    if slope == 0.0 {
        return 0.5;
    }
    let odds = probability.ln() - (-probability).ln_1p();
    1.0 / (1.0 + (-slope * odds).exp())
}

/// The slope by which probabilities should be drawn toward even odds, learnt from those whose answer
/// is known: the posterior mean under an even prior on \[0, 1\], over a grid of 41, by the likelihood
/// `product q_i^{y_i} (1 - q_i)^{1 - y_i}` of what came. It never pushes a forecast away from even
/// odds: without any answer it is one half, and it nears one only where the record bears it out.
///
/// # Errors
/// Lists of unlike length, and probabilities that are not between 0 and 1 (both excluded).
///
/// Reference: `cox1958`. Checked by forecasts that are sure and right, sure and wrong, and by a
/// simulated forecaster who is as overconfident as is then found.
pub fn recalibration_slope(said: &[f64], came: &[bool]) -> Result<f64, Fault> {
    if said.len() != came.len() {
        return Err(Fault::length("answers", came.len(), said.len()));
    }
    within("probabilities", said, |p| p > 0.0 && p < 1.0, "between 0 and 1, and neither of them")?;
    share_mean(|slope| {
        let each = said.iter().zip(came).map(|(p, came)| {
            let q = drawn(*p, slope);
            if *came { q.ln() } else { (-q).ln_1p() }
        });
        Ok(each.sum())
    })
}
