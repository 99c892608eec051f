//! Bounded confidence after Deffuant and others: two meet, and draw closer if they are not too far
//! apart.
//!
//! It refuses to pick who meets: meetings come in as an argument.

use crate::Fault;
use crate::fault::within;

/// The opinions after some meetings, in order.
///
/// Mechanism: at a meeting of i and j, if `|x_i - x_j| < confidence` each moves the share `pull` of the
/// way to the other, `pull` being above 0 and at most one half. The mean never changes.
///
/// # Errors
/// Opinions not finite, a confidence below zero, a pull out of range, a meeting of somebody who is
/// not there.
///
/// Reference: `deffuant2000`. Checked by the catalog entry `deffuant-by-hand` and by the property that
/// the mean stays and the range never grows.
pub fn meet(
    opinion: &[f64],
    confidence: f64,
    pull: f64,
    meetings: &[(usize, usize)],
) -> Result<Vec<f64>, Fault> {
    within("opinion", opinion, |x| x.abs() <= 1e100, "a number of size at most 1e100")?;
    within("confidence", &[confidence], |e| e >= 0.0, "zero or more")?;
    within("pull", &[pull], |m| m > 0.0 && m <= 0.5, "above 0 and at most 1/2")?;
    let mut now = opinion.to_vec();
    for (at, &(i, j)) in meetings.iter().enumerate() {
        let (Some(x), Some(y)) = (now.get(i).copied(), now.get(j).copied()) else {
            let value = i.max(j) as f64;
            return Err(Fault::number("meeting", value, "of people there are").at(at));
        };
        if (x - y).abs() < confidence {
            now[i] = x + pull * (y - x);
            now[j] = y + pull * (x - y);
        }
    }
    Ok(now)
}

/// The two who meet for a number `draw` in [0, 1) among `people`, each pair being as likely: pairs
/// (0, 1), (0, 2), (1, 2), (0, 3), ... share the range evenly. None with fewer than two people or
/// more than 2^31, or for a draw outside the range.
pub fn pair(people: usize, draw: f64) -> Option<(usize, usize)> {
    if people > 1 << 31 {
        return None;
    }
    let pairs = people.checked_mul(people.checked_sub(1)?)? / 2;
    if pairs == 0 || !(0.0..1.0).contains(&draw) {
        return None;
    }
    let place = ((draw * pairs as f64) as usize).min(pairs - 1);
    let mut j = ((1.0 + (1.0 + 8.0 * place as f64).sqrt()) / 2.0) as usize;
    // The root may be off by one for very many people.
    while j * (j - 1) / 2 > place {
        j -= 1;
    }
    while (j + 1) * j / 2 <= place {
        j += 1;
    }
    Some((place - j * (j - 1) / 2, j))
}
