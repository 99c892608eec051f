//! Who is asked first to form a government.

use super::CoalitionError;

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
/// [`CoalitionError::NothingToChoose`] when every party with seats has been tried;
/// [`CoalitionError::Shape`] or [`CoalitionError::BadUtility`] for an incumbent or advantage out of
/// range.
///
/// Reference: `diermeier2004`. Checked by the catalog entry `formateur-by-hand` and by property tests: probabilities sum to one, and parties
/// tried or without seats get none.
pub fn recognition(
    seats: &[u64],
    tried: &[usize],
    selection: Selection,
) -> Result<Vec<f64>, CoalitionError> {
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
                return Err(CoalitionError::BadUtility { position: incumbent });
            }
            let found = incumbent;
            let fault = CoalitionError::Shape { expected: seats.len(), found };
            *weight.get_mut(incumbent).ok_or(fault)? *= advantage;
        }
    }
    let all: f64 = weight.iter().sum();
    if all <= 0.0 || !all.is_finite() {
        return Err(CoalitionError::NothingToChoose);
    }
    Ok(weight.into_iter().map(|w| w / all).collect())
}
