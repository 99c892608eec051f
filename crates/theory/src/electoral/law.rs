//! An electoral law as plain values: threshold, formula, bonus, in the order in which they apply.
//!
//! A law says nothing of its own about dates or places; a case keeps its dated versions. Choosing
//! persons from lists is [`super::open_list`] and [`super::womens_quota`].

use super::divisor::Divisor;
use super::highest_averages::highest_averages;
use super::largest_remainder::largest_remainder;
use super::quota::Quota;
use super::threshold::{counted, passing};
use super::tie::Ties;
use crate::Fault;
use num_rational::Ratio;

/// How votes become seats once it is settled whose votes count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Highest averages with this divisor sequence.
    HighestAverages(Divisor),
    /// Whole quotas, then largest remainders.
    LargestRemainder(Quota),
}

/// One version of a law for one tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// Least share of the valid vote, if there is a threshold.
    pub threshold: Option<Ratio<u64>>,
    /// The formula.
    pub formula: Formula,
    /// Seats set aside for the list with most votes, before the formula divides the rest.
    pub winner_bonus: u32,
}

impl Law {
    /// A law that is only a formula.
    #[must_use]
    pub fn plain(formula: Formula) -> Self {
        Self { threshold: None, formula, winner_bonus: 0 }
    }

    /// Seats of each list in one district.
    ///
    /// Threshold, then bonus, then formula. `total_valid` is what the threshold is a share of; a
    /// quota is taken of the votes that count. The bonus goes to the list with most votes, by
    /// `ties` if level.
    ///
    /// # Errors
    /// As the parts; too large a bonus when the bonus exceeds the seats.
    ///
    /// Reference: `pukelsheim2017`. Checked by the catalog: a bonus election, mixed-member
    /// elections and dated laws of one country.
    pub fn apply(
        &self,
        votes: &[u64],
        total_valid: u64,
        seats: u32,
        mut ties: Ties<'_>,
    ) -> Result<Vec<u32>, Fault> {
        let votes = match self.threshold {
            Some(share) => counted(votes, &passing(votes, total_valid, share, &[])?),
            None => votes.to_vec(),
        };
        let bonus = self.winner_bonus;
        let rest = seats.checked_sub(bonus).ok_or(Fault::whole(
            "winner_bonus",
            bonus,
            format!("at most {seats}, the seats there are"),
        ))?;
        let mut won = match &self.formula {
            Formula::HighestAverages(d) => highest_averages(&votes, rest, d, ties.again())?,
            Formula::LargestRemainder(quota) => {
                let total = votes.iter().try_fold(0_u64, |sum, v| sum.checked_add(*v));
                let total = total.ok_or(Fault::too_large("votes", "a sum of 64 bits"))?;
                largest_remainder(&votes, total, rest, *quota, ties.again())?
            }
        };
        if bonus > 0 {
            let most = votes.iter().max().copied().unwrap_or(0);
            let tied: Vec<usize> = (0..votes.len()).filter(|i| votes[*i] == most).collect();
            let winner = if tied.len() == 1 { tied[0] } else { ties.settle(1, &tied)? };
            won[winner] += bonus;
        }
        Ok(won)
    }
}
