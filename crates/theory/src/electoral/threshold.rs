//! Thresholds: lists below a share of the vote take no part in the allocation.

use super::divisor::wide_product;
use crate::Fault;
use num_rational::Ratio;

/// A least share of the vote, as an exact fraction.
///
/// Reference: `pukelsheim2017`, chapter 7. Checked by the catalog's mixed-member entries, and by
/// tests of who stands exactly at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The share.
    pub share: Ratio<u64>,
    /// Whether a list needs more than the share; else at least as much.
    pub above: bool,
}

impl Threshold {
    /// At least this share.
    #[must_use]
    pub fn at_least(share: Ratio<u64>) -> Self {
        Self { share, above: false }
    }

    /// More than this share.
    #[must_use]
    pub fn more_than(share: Ratio<u64>) -> Self {
        Self { share, above: true }
    }

    /// Whether so many votes pass: `votes / (total / parts) >= share`, compared in whole numbers.
    ///
    /// # Errors
    /// A share with denominator zero or above one.
    pub fn passes(&self, votes: u64, total: u64, parts: u32) -> Result<bool, Fault> {
        let (over, under) = (u128::from(*self.share.numer()), u128::from(*self.share.denom()));
        if under == 0 || over > under {
            return Err(Fault::unfit("share", "between zero and one"));
        }
        let has = wide_product(u128::from(votes) * u128::from(parts), under);
        let needs = wide_product(over, u128::from(total));
        Ok(if self.above { has > needs } else { has >= needs })
    }

    /// The least votes that pass; none if no number of votes does.
    #[must_use]
    pub fn needed(&self, total: u64, parts: u32) -> Option<u64> {
        let (mut low, mut high) = (0, u64::MAX);
        if !self.passes(high, total, parts).ok()? {
            return None;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.passes(middle, total, parts).ok()? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(low)
    }
}

/// The votes that count: those of lists that pass, zero for the others.
#[must_use]
pub fn counted(votes: &[u64], passing: &[bool]) -> Vec<u64> {
    let keep = |(v, passes): (&u64, &bool)| if *passes { *v } else { 0 };
    votes.iter().zip(passing).map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_exactly_at_the_threshold_passes_if_it_says_at_least_and_not_if_it_says_more_than() {
        // In floating point .07 x 300 is above 21.
        let seven = Ratio::new(7, 100);
        assert_eq!(Threshold::at_least(seven).passes(21, 300, 1), Ok(true));
        assert_eq!(Threshold::more_than(seven).passes(21, 300, 1), Ok(false));
        assert_eq!(Threshold::more_than(seven).needed(300, 1), Some(22));
        // One quotient of 100 votes and 7 seats is 14 2/7.
        let one = Threshold::at_least(Ratio::new(1, 1));
        assert_eq!((one.passes(14, 100, 7), one.passes(15, 100, 7)), (Ok(false), Ok(true)));
    }
}
