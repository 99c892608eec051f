//! Compensatory seats: a second tier that brings lists towards their share of the whole.

use super::MOST_SEATS;
use super::law::{Law, Poll};
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
/// The law divides all seats of the poll by the national vote; each list gets what it is due less the
/// district seats it `holds`. A list that holds more than it is due keeps them, and nobody else
/// loses by it: the house grows by the overhang.
///
/// # Errors
/// As [`Law::apply`], a row of another length, and a list that holds more than 1,000,000 seats.
///
/// Reference: `pukelsheim2017`, chapter 13. Checked by the catalog's two mixed-member elections,
/// one with overhang.
pub fn compensate(
    poll: &Poll<'_>,
    holds: &[u32],
    law: &Law,
    ties: Ties<'_>,
) -> Result<Compensation, Fault> {
    if holds.len() != poll.votes.len() {
        return Err(Fault::length("holds", holds.len(), poll.votes.len()));
    }
    if holds.iter().any(|h| *h > MOST_SEATS) {
        return Err(Fault::too_large("holds", "at most 1,000,000 seats each"));
    }
    let due = law.apply(poll, ties)?;
    let added = due.iter().zip(holds).map(|(d, h)| d.saturating_sub(*h)).collect();
    let overhang = due.iter().zip(holds).map(|(d, h)| h.saturating_sub(*d)).collect();
    Ok(Compensation { due, added, overhang })
}
