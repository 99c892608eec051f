//! Compensatory seats: a second tier that brings lists towards their share of the whole.

use super::law::Law;
use super::tie::Ties;
use crate::Fault;

/// What a compensatory tier gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compensation {
    /// Seats each list is due of all seats.
    pub due: Vec<u32>,
    /// Compensatory seats of each list.
    pub added: Vec<u32>,
    /// District seats beyond what a list is due; the house grows by as many.
    pub overhang: Vec<u32>,
}

/// Compensatory seats for lists that already hold district seats.
///
/// The law divides `all_seats` by the national vote; each list gets what it is due less the
/// district seats it `holds`. A list that holds more than it is due keeps them, and nobody else
/// loses by it: the house grows by the overhang.
///
/// # Errors
/// As [`Law::apply`], and a row of another length.
///
/// Reference: `pukelsheim2017`, chapter 13. Checked by the catalog's two mixed-member elections,
/// one with overhang.
pub fn compensate(
    votes: &[u64],
    total_valid: u64,
    holds: &[u32],
    all_seats: u32,
    law: &Law,
    ties: Ties<'_>,
) -> Result<Compensation, Fault> {
    if holds.len() != votes.len() {
        return Err(Fault::length("holds", holds.len(), votes.len()));
    }
    let due = law.apply(votes, total_valid, all_seats, ties)?;
    let added = due.iter().zip(holds).map(|(d, h)| d.saturating_sub(*h)).collect();
    let overhang = due.iter().zip(holds).map(|(d, h)| h.saturating_sub(*d)).collect();
    Ok(Compensation { due, added, overhang })
}
