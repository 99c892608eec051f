//! The largest-remainder rule: whole quotas first, then the largest remainders.
//!
//! Remainders are integers over one common denominator, so they are compared exactly.

use super::quota::Quota;
use super::tie::Ties;
use crate::Fault;

/// What the rule did: seats, and how each list came by them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remainders {
    /// Seats of each list.
    pub seats: Vec<u32>,
    /// Seats by whole quotas.
    pub whole: Vec<u32>,
    /// Remainders, in votes times [`Self::scale`].
    pub remainder: Vec<u128>,
    /// What remainders are multiplied by: the quota's denominator.
    pub scale: u64,
    /// Lists that took a seat by remainder, in order.
    pub by_remainder: Vec<usize>,
    /// The list that would have taken one more seat.
    pub next: Option<usize>,
    /// Votes that list lacked to pass the last list that took one, its own quota unchanged.
    pub short_by: Option<u64>,
}

/// Seats by largest remainders.
///
/// List i with v_i votes gets the whole part of v_i / Q, where Q is the quota of `total_valid`
/// votes; seats left go one each to the lists with the largest v_i - Q * whole_i. `total_valid` may
/// exceed the sum of `votes` when votes of lists that are not given count towards the quota.
///
/// # Errors
/// [`Fault`]: no lists, total below the votes, a zero or too small quota, more seats left
/// than lists, a refused tie, a lot out of range.
///
/// Reference: `pukelsheim2017`, chapter 5. Checked by the catalog's electoral entries, and by
/// property tests: seats add up, and under Hare every list stays within one seat of its exact
/// share.
pub fn largest_remainder(
    votes: &[u64],
    total_valid: u64,
    seats: u32,
    quota: Quota,
    ties: Ties<'_>,
) -> Result<Vec<u32>, Fault> {
    Ok(largest_remainder_log(votes, total_valid, seats, quota, ties)?.seats)
}

/// As [`largest_remainder`], with whole quotas, remainders and who was next.
///
/// # Errors
/// As [`largest_remainder`].
pub fn largest_remainder_log(
    votes: &[u64],
    total_valid: u64,
    seats: u32,
    quota: Quota,
    mut ties: Ties<'_>,
) -> Result<Remainders, Fault> {
    if votes.is_empty() {
        return Err(Fault::nothing("lists", "at least one"));
    }
    let sum: u128 = votes.iter().map(|v| u128::from(*v)).sum();
    if u128::from(total_valid) < sum {
        return Err(Fault::whole(
            "total_valid",
            total_valid,
            format!("at least {sum}, the votes of the lists"),
        ));
    }
    if seats == 0 {
        return Ok(Remainders {
            seats: vec![0; votes.len()],
            whole: vec![0; votes.len()],
            remainder: votes.iter().map(|v| u128::from(*v)).collect(),
            scale: 1,
            by_remainder: Vec::new(),
            next: None,
            short_by: None,
        });
    }
    let (over, under) = quota.of(total_valid, seats)?;
    let (over, scale) = (u128::from(over), u128::from(under));
    let quotas: Vec<u128> = votes.iter().map(|v| u128::from(*v) * scale / over).collect();
    let remainder: Vec<u128> = votes.iter().map(|v| u128::from(*v) * scale % over).collect();
    let reached: u128 = quotas.iter().sum();
    if reached > u128::from(seats) {
        return Err(Fault::whole(
            "seats by whole quotas",
            reached,
            format!("at most {seats}: use a larger quota"),
        ));
    }
    // Each is at most `seats` by the check above, so it fits.
    let whole: Vec<u32> = quotas.iter().map(|q| u32::try_from(*q).unwrap_or(seats)).collect();
    let left = seats - u32::try_from(reached).unwrap_or(seats);

    let mut open: Vec<usize> = (0..votes.len()).filter(|i| votes[*i] > 0).collect();
    if left as usize > open.len() {
        return Err(Fault::whole(
            "seats left for remainders",
            left,
            format!(
                "at most {}, one a list: count the valid votes of these lists only",
                open.len()
            ),
        ));
    }
    open.sort_by(|a, b| remainder[*b].cmp(&remainder[*a]).then(a.cmp(b)));
    let mut result = whole.clone();
    let mut by_remainder = Vec::with_capacity(left as usize);
    for step in 0..left {
        let largest = open.first().map_or(0, |i| remainder[*i]);
        let tied: Vec<usize> =
            open.iter().copied().take_while(|i| remainder[*i] == largest).collect();
        // Lists that are level and will all be served need no tie rule.
        let winner = if tied.len() > (left - step) as usize {
            ties.settle(seats - left + step + 1, &tied)?
        } else {
            *tied.first().ok_or(Fault::nothing("lists", "at least one"))?
        };
        open.retain(|i| *i != winner);
        result[winner] += 1;
        by_remainder.push(winner);
    }
    let next = open.first().copied();
    let short_by = match (by_remainder.last(), next) {
        (Some(last), Some(next)) => {
            u64::try_from((remainder[*last] - remainder[next]) / scale + 1).ok()
        }
        _ => None,
    };
    Ok(Remainders { seats: result, whole, remainder, scale: under, by_remainder, next, short_by })
}
