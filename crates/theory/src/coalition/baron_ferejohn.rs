//! Baron and Ferejohn's legislative bargaining: the proposer's advantage.

use crate::Fault;

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
/// Nothing to choose from unless 1 <= q <= n; a number out of range unless
/// 0 <= delta <= 1.
///
/// Reference: `baron1989`, proposition 3. Checked by the catalog, and by property tests: shares sum
/// to one and nobody gains by voting otherwise.
pub fn closed_rule(members: u32, votes: u32, delta: f64) -> Result<Equilibrium, Fault> {
    if votes == 0 || votes > members {
        return Err(Fault::whole("votes", votes, format!("from 1 to {members}, the members")));
    }
    if !(0.0..=1.0).contains(&delta) {
        return Err(Fault::number("delta", delta, "between 0 and 1"));
    }
    let (n, partners) = (f64::from(members), votes - 1);
    let partner = delta / n;
    let proposer = 1.0 - f64::from(partners) * partner;
    Ok(Equilibrium { proposer, partner, partners, expected: 1.0 / n })
}
