//! Baron and Ferejohn's legislative bargaining: the proposer's advantage.

use super::CoalitionError;

/// The symmetric stationary equilibrium under a closed rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equilibrium {
    /// What the proposer keeps.
    pub proposer: f64,
    /// What each partner is paid: the discounted worth of waiting.
    pub partner: f64,
    /// Partners the proposer needs.
    pub partners: u32,
    /// What each member expects before a proposer is drawn.
    pub expected: f64,
}

/// Shares of a unit in the symmetric stationary equilibrium under a closed rule.
///
/// Of n members one, drawn with equal chance, offers a division; it passes with q votes, its own
/// included, or the game starts again with the pie worth delta as much. Everybody expects 1 / n, so
/// a vote costs delta / n: the proposer pays q - 1 members and keeps 1 - delta (q - 1) / n. With a
/// simple majority of an odd number that is 1 - delta (n - 1) / 2n.
///
/// # Errors
/// [`CoalitionError::NothingToChoose`] unless 1 <= q <= n; [`CoalitionError::BadPrecision`] unless
/// 0 <= delta <= 1.
///
/// Reference: `baron1989`, proposition 3. Checked by the catalog, and by property tests: shares sum
/// to one and nobody gains by voting otherwise.
pub fn closed_rule(members: u32, votes: u32, delta: f64) -> Result<Equilibrium, CoalitionError> {
    if votes == 0 || votes > members {
        return Err(CoalitionError::NothingToChoose);
    }
    if !(0.0..=1.0).contains(&delta) {
        return Err(CoalitionError::BadPrecision);
    }
    let (n, partners) = (f64::from(members), votes - 1);
    let partner = delta / n;
    let proposer = 1.0 - f64::from(partners) * partner;
    Ok(Equilibrium { proposer, partner, partners, expected: 1.0 / n })
}
