//! Several forecasts of one thing as one.

use crate::Fault;
use crate::fault::{finite, within};

/// Checks weights: as many as there are opinions, none negative, and sums to one.
fn weighed(opinions: usize, weights: &[f64]) -> Result<(), Fault> {
    if opinions == 0 {
        return Err(Fault::nothing("opinions", "at least one"));
    }
    if weights.len() != opinions {
        return Err(Fault::length("weights", weights.len(), opinions));
    }
    within("weights", weights, |w| (0.0..=1.0).contains(&w), "between 0 and 1")?;
    let sum: f64 = weights.iter().sum();
    within("the sum of the weights", &[sum], |s| (s - 1.0).abs() < 1e-9, "one")
}

/// Probabilities joined by their log odds: `logit p = sum_i w_i logit p_i`, the logarithmic opinion
/// pool of a yes-or-no event. It is externally Bayesian: evidence that all heard may be taken in
/// before or after pooling. An opinion of 0 or 1 with weight decides alone.
///
/// # Errors
/// No opinions, probabilities outside 0..1, weights that do not sum to one, and certain opinions
/// that contradict each other.
///
/// Reference: `genest1986`. Checked by the geometric mean of odds, worked by hand.
pub fn log_odds_pool(opinions: &[f64], weights: &[f64]) -> Result<f64, Fault> {
    weighed(opinions.len(), weights)?;
    within("opinions", opinions, |p| (0.0..=1.0).contains(&p), "between 0 and 1")?;
    let heard = opinions.iter().zip(weights).filter(|(_, w)| **w > 0.0);
    let odds: f64 = heard.map(|(p, w)| w * (p.ln() - (-p).ln_1p())).sum();
    if odds.is_nan() {
        return Err(Fault::unfit("opinions", "free of one that is sure of yes and one of no"));
    }
    Ok(1.0 / (1.0 + (-odds).exp()))
}

/// Distributions joined by their quantiles: point i of the result is the weighted mean of points i,
/// each list holding evenly spaced quantiles in rising order (Vincent averaging). Shape is kept: of
/// two normals comes a normal, of mean and standard deviation between theirs.
///
/// # Errors
/// No opinions, lists that differ in length or are not in rising order, weights that do not sum to
/// one.
///
/// Reference: `ratcliff1979`, `lichtendahl2013`. Checked by two normals.
pub fn quantile_pool(opinions: &[&[f64]], weights: &[f64]) -> Result<Vec<f64>, Fault> {
    weighed(opinions.len(), weights)?;
    let points = opinions[0].len();
    for (at, opinion) in opinions.iter().enumerate() {
        if opinion.len() != points {
            return Err(Fault::length("points", opinion.len(), points).at(at));
        }
        for (place, point) in opinion.iter().enumerate() {
            finite("points", *point).map_err(|fault| fault.at(at).at(place))?;
        }
        if !opinion.is_sorted() {
            return Err(Fault::unfit("points", "in rising order").at(at));
        }
    }
    let at = |i: usize| opinions.iter().zip(weights).map(|(o, w)| w * o[i]).sum();
    Ok((0..points).map(at).collect())
}
