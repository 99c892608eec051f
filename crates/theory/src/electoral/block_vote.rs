//! Block vote: each voter names as many candidates as there are seats, and the most named win.

use super::MOST_CANDIDATES;
use super::plurality::most_votes;
use super::tie::Ties;
use crate::Fault;

/// Candidates elected when each ballot may name up to `seats` different candidates.
///
/// `ballots` pairs the candidates named with how many ballots name exactly them. A ballot that
/// names more candidates than there are seats, one twice or one that does not stand is spoilt and
/// not counted.
///
/// # Errors
/// As [`most_votes`]; no votes when no ballot is valid.
///
/// Reference: `lijphart1994`. Checked by the catalog entry `block-vote-by-hand` and a test: a
/// bare majority takes every seat.
pub fn block_vote(
    ballots: &[(Vec<usize>, u64)],
    candidates: usize,
    seats: u32,
    ties: Ties<'_>,
) -> Result<Vec<usize>, Fault> {
    if candidates > MOST_CANDIDATES {
        return Err(Fault::too_large("candidates", "at most 100,000"));
    }
    let mut votes = vec![0_u64; candidates];
    for (named, count) in ballots {
        let spoilt = named.len() > seats as usize
            || named.iter().enumerate().any(|(k, c)| *c >= candidates || named[..k].contains(c));
        if !spoilt {
            for c in named {
                let more = votes[*c].checked_add(*count);
                votes[*c] = more.ok_or(Fault::too_large("votes", "a sum of 64 bits"))?;
            }
        }
    }
    if candidates > 0 && votes.iter().all(|v| *v == 0) {
        return Err(Fault::nothing("votes", "at least one"));
    }
    most_votes(&votes, seats, ties)
}
