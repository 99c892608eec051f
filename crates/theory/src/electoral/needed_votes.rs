//! How many votes a list needs for a number of seats, all other lists unchanged.
//!
//! Read forwards it says how far a list is from its next seat; read backwards, what a list missing
//! from a published count must have had.

use super::divisor::Divisor;
use super::highest_averages::highest_averages;
use super::tie::Ties;
use crate::Fault;

/// The least votes with which the list at `list` wins `wanted` seats, if any number of votes will
/// do.
///
/// Under highest averages a list's seats never fall as its votes rise, so the least number is found
/// by halving. Level lists are served in written order. What the list has in `votes` is
/// disregarded.
///
/// # Errors
/// As [`highest_averages`]; a row of another length when there is no such list.
///
/// Reference: `balinski2001` for monotonicity. Checked by property tests: with that many votes the
/// seats are won, with one fewer they are not.
pub fn needed_votes(
    votes: &[u64],
    list: usize,
    wanted: u32,
    seats: u32,
    divisor: &Divisor,
) -> Result<Option<u64>, Fault> {
    let mut votes = votes.to_vec();
    if list >= votes.len() {
        return Err(Fault::whole("list", list as u64, format!("below {}", votes.len())));
    }
    let mut wins = |own: u64| {
        votes[list] = own;
        // Nobody else may have a vote; then a list without one wins nothing either.
        match highest_averages(&votes, seats, divisor, Ties::WrittenOrder) {
            Ok(won) => Ok(won[list] >= wanted),
            Err(fault) if fault.is_absence() => Ok(wanted == 0),
            Err(fault) => Err(fault),
        }
    };
    let (mut low, mut high) = (0, u64::MAX);
    if !wins(high)? {
        return Ok(None);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if wins(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(low))
}
