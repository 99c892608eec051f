//! What a chooser settles on: the wishes of all who hold a part of it, by how much they care.

use crate::Fault;
use crate::fault::within;

/// The settled wish of a chooser for one alternative, in \[-1, 1\]:
/// U = sum over i of V_i s_i u_i / sum over i of V_i s_i.
///
/// `held` is the chooser's row of total effects, V_i in \[0, 1\] (what i holds of where it ends
/// up, the chooser itself among them); `care` is s_i in \[0, 1\], how much i cares how the matter
/// comes out; `wishes` is u_i in \[-1, 1\], what i makes of the alternative left to itself. So one
/// who cares much moves one who cares little. Where nobody cares the chooser is indifferent: 0.
///
/// # Errors
/// [`Fault`]: rows of different length, a share, a care or a wish out of its range.
///
/// Reference: total effects `friedkin1990`; that wishes count by salience `achen2006`. Checked by a
/// worked example and by property tests (between the least and the greatest wish; unmoved by those
/// who do not care).
///
/// ```
/// use theory::decision::wish::settled;
/// // A patron holds a fifth of a client and cares twice as much.
/// let u = settled(&[0.2, 0.8], &[1.0, 0.5], &[1.0, -1.0])?;
/// assert!((u - (0.2 - 0.4) / 0.6).abs() < 1e-15);
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn settled(held: &[f64], care: &[f64], wishes: &[f64]) -> Result<f64, Fault> {
    for (name, row) in [("care", care), ("wishes", wishes)] {
        if row.len() != held.len() {
            return Err(Fault::length(name, row.len(), held.len()));
        }
    }
    within("held", held, |v| (-1e-9..=1.0 + 1e-9).contains(&v), "from 0 to 1")?;
    within("care", care, |s| (0.0..=1.0).contains(&s), "from 0 to 1")?;
    within("wishes", wishes, |u| (-1.0..=1.0).contains(&u), "from -1 to 1")?;
    let (mut sum, mut weight) = (0.0, 0.0);
    for ((v, s), u) in held.iter().zip(care).zip(wishes) {
        sum += v * s * u;
        weight += v * s;
    }
    Ok(if weight > 0.0 { (sum / weight).clamp(-1.0, 1.0) } else { 0.0 })
}

/// What a threat costs the chooser if it does what is threatened over, on the scale of wishes:
/// exposure times resolve, each in \[0, 1\].
///
/// Exposure is how hard the blow would fall: the pull of the threatener on the chooser by the tie
/// that would be cut or used. Resolve is how surely it falls. A weaker tie threatens less, so a
/// threat has a scale of its own: it does not hang on how strong the other threateners are.
///
/// # Errors
/// [`Fault`]: exposure or resolve outside \[0, 1\].
///
/// Reference: the cost of a threat carried out, weighed by its credibility, `schelling1960`. The
/// product is *Judged*.
pub fn coercive_cost(exposure: f64, resolve: f64) -> Result<f64, Fault> {
    within("exposure", &[exposure], |x| (0.0..=1.0).contains(&x), "from 0 to 1")?;
    within("resolve", &[resolve], |x| (0.0..=1.0).contains(&x), "from 0 to 1")?;
    Ok(exposure * resolve)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_care_does_not_count_and_nobody_makes_indifference() {
        assert_eq!(settled(&[0.5, 0.5], &[0.0, 0.3], &[1.0, -0.4]).unwrap(), -0.4);
        assert_eq!(settled(&[0.5, 0.5], &[0.0, 0.0], &[1.0, -0.4]).unwrap(), 0.0);
        assert!(settled(&[0.5], &[0.5, 0.1], &[1.0]).is_err());
        assert!(settled(&[0.5], &[0.5], &[1.5]).is_err());
    }

    #[test]
    fn a_weaker_tie_threatens_less_whoever_else_threatens() {
        assert_eq!(coercive_cost(0.5, 0.5).unwrap(), 0.25);
        assert!(coercive_cost(1.5, 0.5).is_err());
    }
}
