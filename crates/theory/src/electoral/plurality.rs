//! The candidates with most votes: what single-member plurality, SNTV and block vote come down to.

use super::tie::Ties;
use crate::Fault;

/// Positions of the `seats` candidates with most votes, in falling order of votes.
///
/// A candidate without a vote is never elected, so fewer may be returned. Level candidates need the
/// tie rule only where there is not a seat for each of them.
///
/// # Errors
/// No lists, or as the tie rule says.
///
/// Reference: `lijphart1994`. Checked by property tests.
pub fn most_votes(votes: &[u64], seats: u32, mut ties: Ties<'_>) -> Result<Vec<usize>, Fault> {
    if votes.is_empty() {
        return Err(Fault::nothing("lists", "at least one"));
    }
    let mut open: Vec<usize> = (0..votes.len()).filter(|i| votes[*i] > 0).collect();
    open.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(a.cmp(b)));
    let mut elected = Vec::new();
    while elected.len() < seats as usize && !open.is_empty() {
        let tied: Vec<usize> =
            open.iter().copied().take_while(|i| votes[*i] == votes[open[0]]).collect();
        let left = seats as usize - elected.len();
        let seat = u32::try_from(elected.len()).unwrap_or(u32::MAX).saturating_add(1);
        let winner = if tied.len() > left { ties.settle(seat, &tied)? } else { tied[0] };
        open.retain(|i| *i != winner);
        elected.push(winner);
    }
    Ok(elected)
}
