//! Nash's bargaining solution with unequal weights.
//!
//! The outcome that maximises the weighted product of what everyone gains over not agreeing. The
//! module refuses to say what happens when not everyone can gain: that is an error, not a number.

use super::{finite, weights};
use crate::Fault;

/// How a surplus is split between actors whose utility is their share.
///
/// Mechanism: maximise `prod_i (x_i - d_i)^{w_i}` subject to `sum_i x_i = pie`; the solution is
/// `x_i = d_i + w_i / sum w * (pie - sum d)`.
///
/// # Errors
/// Nothing to agree on if the disagreement utilities exceed the pie; shapes and ranges.
///
/// Reference: `nash1950`, `kalai1977`. Checked by the closed form itself and by the
/// property that no other split has a larger product.
///
/// ```
/// use theory::bargaining::nash::split;
/// assert_eq!(split(10.0, &[1.0, 3.0], &[1.0, 2.0]), Ok(vec![3.0, 7.0]));
/// ```
pub fn split(pie: f64, disagreement: &[f64], weight: &[f64]) -> Result<Vec<f64>, Fault> {
    if disagreement.is_empty() {
        return Err(Fault::nothing("actors", "at least one"));
    }
    finite("disagreement", disagreement, disagreement.len())?;
    weights("weight", weight, disagreement.len())?;
    if pie.is_nan() || pie.abs() > 1e100 {
        return Err(Fault::number("pie", pie, "a number of size at most 1e100"));
    }
    let surplus = pie - disagreement.iter().sum::<f64>();
    if surplus < 0.0 {
        return Err(Fault::nothing(
            "outcomes better for everyone than not agreeing",
            "at least one: lower a disagreement utility",
        ));
    }
    let most = weight.iter().copied().fold(0.0, f64::max);
    let total: f64 = weight.iter().map(|w| w / most).sum();
    Ok(disagreement.iter().zip(weight).map(|(d, w)| d + w / most / total * surplus).collect())
}

/// One actor at the table over a single issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Party {
    /// Where it stands.
    pub position: f64,
    /// Its weight in the product.
    pub weight: f64,
    /// What not agreeing is worth to it: at most zero, the utility of its own position.
    pub disagreement: f64,
}

/// The point on one issue that maximises the weighted Nash product under quadratic loss.
///
/// Mechanism: `u_i(x) = -(x - x_i)^2`, and `x* = argmax sum_i w_i ln(u_i(x) - d_i)` over the x at
/// which every actor of positive weight gains. The sum is strictly concave there, so its slope is
/// bisected to the last bit. As all d_i go to minus infinity together x* goes to the weighted mean of
/// positions. For a reversion point r, `d_i = -(r - x_i)^2`.
///
/// # Errors
/// Nothing to agree on if no point is better for everyone than not agreeing; ranges.
///
/// Reference: `nash1950`, `achen2006`. Checked by the symmetric two-actor case, by the limit to the
/// weighted mean, and by the property that no other point has a larger product.
pub fn solution(parties: &[Party]) -> Result<f64, Fault> {
    if parties.is_empty() {
        return Err(Fault::nothing("actors", "at least one"));
    }
    let column = |of: fn(&Party) -> f64| parties.iter().map(of).collect::<Vec<_>>();
    let n = parties.len();
    finite("position", &column(|p| p.position), n)?;
    weights("weight", &column(|p| p.weight), n)?;
    finite("disagreement", &column(|p| p.disagreement), n)?;
    if let Some(actor) = parties.iter().position(|p| p.disagreement > 0.0) {
        let value = parties[actor].disagreement;
        return Err(Fault::number("disagreement", value, "at most 0").at(actor));
    }
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for p in parties.iter().filter(|p| p.weight > 0.0) {
        let reach = (-p.disagreement).sqrt();
        low = low.max(p.position - reach);
        high = high.min(p.position + reach);
    }
    if low == high {
        return Ok(low);
    }
    if low > high {
        return Err(Fault::nothing(
            "outcomes better for everyone than not agreeing",
            "at least one: lower a disagreement utility",
        ));
    }
    // The slope of the sum falls from plus to minus infinity between the two ends.
    let slope = |x: f64| -> f64 {
        let term = |p: &Party| {
            let reach = (-p.disagreement).sqrt();
            let gap = x - p.position;
            -2.0 * p.weight * gap / ((reach - gap) * (reach + gap))
        };
        parties.iter().filter(|p| p.weight > 0.0).map(term).sum()
    };
    for _ in 0..2000 {
        let middle = low / 2.0 + high / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low / 2.0 + high / 2.0)
}
