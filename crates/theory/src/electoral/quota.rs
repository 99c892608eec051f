//! Quotas: how many votes a whole seat costs.
//!
//! A quota is an exact fraction of the valid vote, so whole seats and remainders are integers.

use crate::Fault;

/// The price of a seat in votes, with V valid votes and S seats.
///
/// Reference: `pukelsheim2017`, chapter 5. Checked by the catalog's electoral entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// V / S.
    Hare,
    /// The whole part of V / (S + 1), plus one.
    Droop,
    /// V / (S + 1), not rounded.
    HagenbachBischoff,
    /// V / (S + 2); it can promise more seats than there are.
    Imperiali,
    /// A number of votes fixed by law.
    Fixed(u64),
}

impl Quota {
    /// The quota as an exact fraction (numerator, denominator) of votes.
    ///
    /// # Errors
    /// No quota when it is zero or there are no seats to divide by.
    pub fn of(self, total_valid: u64, seats: u32) -> Result<(u64, u64), Fault> {
        let seats = u64::from(seats);
        let (over, under) = match self {
            Self::Hare => (total_valid, seats),
            Self::Droop => (if total_valid == 0 { 0 } else { total_valid / (seats + 1) + 1 }, 1),
            Self::HagenbachBischoff => (total_valid, seats + 1),
            Self::Imperiali => (total_valid, seats + 2),
            Self::Fixed(votes) => (votes, 1),
        };
        if over == 0 || under == 0 {
            Err(Fault::nothing("quota", "votes and seats to make one of"))
        } else {
            Ok((over, under))
        }
    }
}
