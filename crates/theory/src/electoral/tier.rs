//! Seats above the districts: how a second tier shares them out.

use super::compensatory::compensate;
use super::highest_averages::highest_averages_onto;
use super::law::{Formula, Law, Poll};
use super::threshold::counted;
use super::tie::Ties;
use crate::Fault;
use std::cmp::Reverse;

/// How seats of a second tier are shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierKind {
    /// They bring each list towards what it is due of all seats; the house does not grow.
    Compensatory,
    /// By the vote alone, whatever the districts gave.
    Parallel,
    /// By the seats won in districts.
    Winners,
    /// Seat by seat to the highest average, each list's district seats counted as its first ones.
    AdditionalMembers,
}

/// A second tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// Its seats.
    pub seats: u32,
    /// How they are shared out.
    pub kind: TierKind,
    /// Its threshold and its formula.
    pub law: Law,
}

impl Tier {
    /// Seats of each list above the districts, by its votes over the country and the seats it
    /// `holds`; `poll.seats` is not read.
    ///
    /// Compensatory seats are due less held, cut to the seats there are: where lists hold more than
    /// they are due, those who are due most of the rest go without first. Additional members go on
    /// from the seats held, so that a list with more than its due takes nothing from the size of the
    /// house and the others share what is left.
    ///
    /// # Errors
    /// As [`Law::apply`]; additional members by anything but highest averages.
    ///
    /// Reference: `pukelsheim2017`, chapter 13; additional members as in `scotland1998`. The cut of
    /// compensatory seats is *Judged*. Checked by the catalog's region of additional members.
    pub fn apply(&self, poll: &Poll<'_>, holds: &[u32], ties: Ties<'_>) -> Result<Vec<u32>, Fault> {
        if holds.len() != poll.votes.len() {
            return Err(Fault::length("holds", holds.len(), poll.votes.len()));
        }
        match self.kind {
            TierKind::Parallel => self.law.apply(&Poll { seats: self.seats, ..*poll }, ties),
            TierKind::Winners => {
                let held: Vec<u64> = holds.iter().map(|h| u64::from(*h)).collect();
                let plain = Law::plain(self.law.formula.clone());
                let poll = Poll::new(&held, held.iter().sum(), self.seats);
                plain.apply(&Poll { lists: &[], ..poll }, ties)
            }
            TierKind::Compensatory => {
                let all = holds.iter().fold(self.seats, |sum, held| sum.saturating_add(*held));
                let poll = Poll { seats: all, ..*poll };
                let mut added = compensate(&poll, holds, &self.law, ties)?.added;
                let mut excess = added.iter().sum::<u32>().saturating_sub(self.seats);
                while excess > 0 {
                    let most = (0..added.len()).max_by_key(|l| (added[*l], Reverse(*l)));
                    let Some(l) = most.filter(|l| added[*l] > 0) else { break };
                    added[l] -= 1;
                    excess -= 1;
                }
                Ok(added)
            }
            TierKind::AdditionalMembers => {
                let Formula::HighestAverages(divisor) = &self.law.formula else {
                    return Err(Fault::unfit("formula", "one of highest averages"));
                };
                let votes = counted(poll.votes, &self.law.passing(poll)?);
                let mut all = holds.to_vec();
                highest_averages_onto(&votes, self.seats, divisor, ties, &mut all)?;
                Ok(all.iter().zip(holds).map(|(all, held)| all - held).collect())
            }
        }
    }
}
