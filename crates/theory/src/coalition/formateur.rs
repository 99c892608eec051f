//! Who is asked first to form a government.

use crate::Fault;

/// How a formateur is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Selection {
    /// The largest party first, then the next: constitutional practice in many places.
    LargestFirst,
    /// With probability proportional to seats.
    Proportional,
    /// With probability proportional to seats, the incumbent's weight multiplied by this.
    Incumbency {
        /// The incumbent party.
        incumbent: usize,
        /// Times its seats.
        advantage: f64,
    },
}

/// The probability that each party is asked, those in `tried` aside.
///
/// Largest first puts all weight on the largest party not yet tried (the one written first if
/// level); the others spread it as seats do.
///
/// # Errors
/// Nothing to choose from when every party with seats has been tried;
/// tables of a wrong size or a number that is not finite for an incumbent or advantage out of
/// range.
///
/// Reference: `diermeier2004`. Checked by the catalog entry `formateur-by-hand` and by property tests: probabilities sum to one, and parties
/// tried or without seats get none.
pub fn recognition(
    seats: &[u64],
    tried: &[usize],
    selection: Selection,
) -> Result<Vec<f64>, Fault> {
    let open = |i: usize| seats[i] > 0 && !tried.contains(&i);
    let mut weight: Vec<f64> =
        (0..seats.len()).map(|i| if open(i) { seats[i] as f64 } else { 0.0 }).collect();
    match selection {
        Selection::LargestFirst => {
            let largest = (0..seats.len())
                .filter(|i| open(*i))
                .max_by(|a, b| seats[*a].cmp(&seats[*b]).then(b.cmp(a)));
            weight = (0..seats.len()).map(|i| f64::from(u8::from(Some(i) == largest))).collect();
        }
        Selection::Proportional => {}
        Selection::Incumbency { incumbent, advantage } => {
            if !(advantage.is_finite() && advantage >= 0.0) {
                return Err(Fault::number("advantage", advantage, "finite and from zero up"));
            }
            let found = incumbent;
            let fault = Fault::whole("incumbent", found as u64, format!("below {}", seats.len()));
            *weight.get_mut(incumbent).ok_or(fault)? *= advantage;
        }
    }
    let all: f64 = weight.iter().sum();
    if all <= 0.0 || !all.is_finite() {
        return Err(Fault::nothing("parties with seats that were not tried", "at least one"));
    }
    Ok(weight.into_iter().map(|w| w / all).collect())
}
