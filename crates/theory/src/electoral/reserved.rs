//! Reserved seats: seats that only a group's own candidates can take.

use super::plurality::most_votes;
use super::tie::Ties;
use crate::Fault;

/// Seats set aside for one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The group.
    pub group: usize,
    /// Its seats.
    pub seats: u32,
}

/// Candidates elected to reserved seats, group by group.
///
/// `group[c]` is the group candidate c stands for, if any. Each reservation goes to the group's
/// candidates with most votes; votes for them may come from anybody, which is how large parties
/// come to choose minority members. What a group cannot fill stays empty.
///
/// # Errors
/// A row of another length unless there is one group entry a candidate, or as the tie rule
/// says.
///
/// Reference: `reynolds2005`. Checked by the catalog entry `reserved-seats-by-hand`.
pub fn reserved_seats(
    votes: &[u64],
    group: &[Option<usize>],
    reservations: &[Reservation],
    mut ties: Ties<'_>,
) -> Result<Vec<Vec<usize>>, Fault> {
    if votes.len() != group.len() {
        return Err(Fault::length("group", group.len(), votes.len()));
    }
    let elect = |r: &Reservation| {
        let own: Vec<u64> = votes
            .iter()
            .zip(group)
            .map(|(v, g)| if *g == Some(r.group) { *v } else { 0 })
            .collect();
        most_votes(&own, r.seats, ties.again())
    };
    reservations.iter().map(elect).collect()
}
