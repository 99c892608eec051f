//! The single transferable vote, with surpluses passed on as exact fractions.

use super::tie::Ties;
use super::{ElectoralError, MOST_CANDIDATES};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// One ranking and how many ballots carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Candidates' positions, most liked first.
    pub order: Vec<usize>,
    /// Ballots.
    pub count: u64,
}

/// What happened at one stage of the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A candidate reached the quota with this many votes.
    Elected(usize, BigRational),
    /// The last places were filled without a quota, as no more candidates were left than seats.
    Remaining(usize, BigRational),
    /// The lowest candidate was excluded.
    Excluded(usize, BigRational),
}

/// Candidates elected, in order, and the stages of the count.
///
/// The Droop quota is the whole part of V / (S + 1), plus one. A candidate at or above it is
/// elected (the one with most votes first) and every ballot it holds passes to the next continuing
/// candidate at its value times surplus / total (weighted inclusive Gregory, exact fractions). When
/// nobody has the quota the lowest is excluded and its ballots pass on at their value. Level
/// candidates are settled by `ties`.
///
/// # Errors
/// [`ElectoralError`]: nobody stands, no valid ballot, a refused tie.
///
/// Reference: `tideman1995`. Checked by the catalog's worked example and property tests: a solid
/// coalition of k quotas elects at least k of its candidates.
pub fn single_transferable_vote(
    ballots: &[Ranking],
    candidates: usize,
    seats: u32,
    mut ties: Ties<'_>,
) -> Result<(Vec<usize>, Vec<Stage>), ElectoralError> {
    if candidates == 0 {
        return Err(ElectoralError::NoLists);
    }
    if candidates > MOST_CANDIDATES {
        return Err(ElectoralError::TooManyCandidates);
    }
    let legal = |r: &&Ranking| r.count > 0 && r.order.iter().any(|c| *c < candidates);
    let mut piles: Vec<(&[usize], BigRational)> = ballots
        .iter()
        .filter(legal)
        .map(|r| (r.order.as_slice(), BigRational::from_integer(r.count.into())))
        .collect();
    let valid: u128 = ballots.iter().filter(legal).map(|r| u128::from(r.count)).sum();
    if valid == 0 && seats > 0 {
        return Err(ElectoralError::NoVotes);
    }
    let quota = BigRational::from_integer(BigInt::from(valid / (u128::from(seats) + 1) + 1));
    let mut open = vec![true; candidates];
    let mut elected = Vec::new();
    let mut stages = Vec::new();
    while elected.len() < seats as usize {
        let left = seats as usize - elected.len();
        let seat = u32::try_from(elected.len()).unwrap_or(u32::MAX).saturating_add(1);
        let standing: Vec<usize> = (0..candidates).filter(|c| open[*c]).collect();
        let tally = count(&piles, &open);
        if standing.len() <= left {
            let mut rest = standing;
            rest.sort_by(|a, b| tally[*b].cmp(&tally[*a]).then(a.cmp(b)));
            for c in rest {
                let reached = tally[c] >= quota;
                let votes = tally[c].clone();
                let stage = if reached { Stage::Elected } else { Stage::Remaining };
                stages.push(stage(c, votes));
                elected.push(c);
            }
            break;
        }
        let Some(most) = standing.iter().map(|c| &tally[*c]).max() else {
            break;
        };
        if *most >= quota {
            let level: Vec<usize> =
                standing.iter().copied().filter(|c| tally[*c] == *most).collect();
            let winner = if level.len() > left { ties.settle(seat, &level)? } else { level[0] };
            let keep = (most - &quota) / most;
            for (order, value) in &mut piles {
                if holder(order, &open) == Some(winner) {
                    *value = &*value * &keep;
                }
            }
            piles.retain(|(_, value)| !value.is_zero());
            open[winner] = false;
            stages.push(Stage::Elected(winner, most.clone()));
            elected.push(winner);
        } else {
            let Some(least) = standing.iter().map(|c| &tally[*c]).min() else {
                break;
            };
            let level: Vec<usize> =
                standing.iter().copied().filter(|c| tally[*c] == *least).collect();
            let loser = if level.len() > 1 { ties.settle(seat, &level)? } else { level[0] };
            open[loser] = false;
            stages.push(Stage::Excluded(loser, least.clone()));
        }
    }
    Ok((elected, stages))
}

fn holder(order: &[usize], open: &[bool]) -> Option<usize> {
    order.iter().copied().find(|c| open.get(*c).copied().unwrap_or(false))
}

fn count(piles: &[(&[usize], BigRational)], open: &[bool]) -> Vec<BigRational> {
    let mut tally = vec![BigRational::zero(); open.len()];
    for (order, value) in piles {
        if let Some(c) = holder(order, open) {
            tally[c] += value;
        }
    }
    tally
}
