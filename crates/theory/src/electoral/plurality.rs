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
    let open: Vec<usize> = (0..votes.len()).filter(|i| votes[*i] > 0).collect();
    leading(open, votes, seats as usize, 0, &mut ties)
}

/// Of the candidates `open` the `places` with most votes, in falling order; the lot for the k-th of them
/// is drawn for seat `before` + k.
pub(super) fn leading(
    mut open: Vec<usize>,
    votes: &[u64],
    places: usize,
    before: u32,
    ties: &mut Ties<'_>,
) -> Result<Vec<usize>, Fault> {
    open.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(a.cmp(b)));
    let places = places.min(open.len());
    let Some(least) = places.checked_sub(1).map(|last| votes[open[last]]) else {
        return Ok(Vec::new());
    };
    // Only those who have as many votes as the last one elected can hang on a tie.
    let sure = open.partition_point(|i| votes[*i] > least);
    let mut level: Vec<usize> =
        open[sure..].iter().copied().take_while(|i| votes[*i] == least).collect();
    open.truncate(sure);
    while open.len() < places {
        let seat = u32::try_from(open.len() + 1).unwrap_or(u32::MAX).saturating_add(before);
        let hangs = level.len() > places - open.len();
        let winner = if hangs { ties.settle(seat, &level)? } else { level[0] };
        level.retain(|i| *i != winner);
        open.push(winner);
    }
    Ok(open)
}
