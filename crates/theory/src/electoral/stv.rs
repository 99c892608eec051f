//! The single transferable vote by the weighted inclusive Gregory method.
//!
//! Rules that pass on only the last parcel of papers are in [`super::last_parcel`]: they need to know
//! in which parcel a paper came, and here a ballot knows only its place and its value.

use super::MOST_CANDIDATES;
use super::tie::Ties;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// One ranking and how many ballots carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Candidates' positions, most liked first.
    pub order: Vec<usize>,
    /// Ballots.
    pub count: u64,
}

/// With what exactness the value of a ballot that passes on is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Exact fractions.
    Exact,
    /// This many decimals, the remainder ignored: five in the rules of `ssi2011_399`.
    Decimals(u32),
}

/// Decimals a value may be kept to.
const MOST_DECIMALS: u32 = 100;

/// What happened at one stage of the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A candidate reached the quota with this many votes.
    Elected(usize, BigRational),
    /// An elected candidate's surplus, this many votes, was passed on.
    Surplus(usize, BigRational),
    /// The last places were filled without a quota, as no more candidates were left than seats.
    Remaining(usize, BigRational),
    /// The lowest candidate was excluded.
    Excluded(usize, BigRational),
}

/// A ballot's ranking, the place in it that now has the votes, and what they are worth together.
struct Pile<'b> {
    order: &'b [usize],
    at: usize,
    count: BigInt,
    value: BigRational,
}

impl Pile<'_> {
    /// The votes pass to the next continuing candidate, or to nobody.
    fn pass_on(&mut self, open: &[bool]) {
        let continuing = |c: &usize| open.get(*c).copied().unwrap_or(false);
        let next = self.order[self.at..].iter().position(continuing);
        self.at = next.map_or(self.order.len(), |k| self.at + k);
    }

    fn holder(&self) -> Option<usize> {
        self.order.get(self.at).copied()
    }
}

/// Candidates elected, in order, and the stages of the count.
///
/// The Droop quota is the whole part of V / (S + 1), plus one. At the end of every stage all
/// candidates at or above it are deemed elected, and none of them receives a vote afterwards. Then
/// the largest surplus not yet passed on goes: every ballot its candidate holds passes to the next
/// continuing candidate at its value times surplus / total (weighted inclusive Gregory), kept as
/// `values` says. With no surplus left the lowest candidate is excluded and its ballots pass on at
/// their value. Level candidates are told apart by the latest stage at which they were not level,
/// and only then by `ties`.
///
/// # Errors
/// [`Fault`]: nobody stands, no valid ballot, too many decimals, a refused tie.
///
/// Reference: `tideman1995`; with five decimals `ssi2011_399`, rules 47 to 52. Checked by the
/// catalog's ward and worked examples and property tests: a solid coalition of k quotas elects at
/// least k of its candidates.
pub fn single_transferable_vote(
    ballots: &[Ranking],
    candidates: usize,
    seats: u32,
    values: Values,
    mut ties: Ties<'_>,
) -> Result<(Vec<usize>, Vec<Stage>), Fault> {
    if candidates == 0 {
        return Err(Fault::nothing("lists", "at least one"));
    }
    if candidates > MOST_CANDIDATES {
        return Err(Fault::too_large("candidates", "at most 100,000"));
    }
    let scale = match values {
        Values::Exact => None,
        Values::Decimals(d) if d > MOST_DECIMALS => {
            return Err(Fault::whole("decimals", d, "at most 100"));
        }
        Values::Decimals(d) => Some(BigRational::from_integer(BigInt::from(10).pow(d))),
    };
    let legal = |r: &&Ranking| r.count > 0 && r.order.iter().any(|c| *c < candidates);
    let mut open = vec![true; candidates];
    let mut piles = Vec::new();
    for ranking in ballots.iter().filter(legal) {
        let (count, value) = (ranking.count.into(), BigRational::one());
        let mut pile = Pile { order: &ranking.order, at: 0, count, value };
        pile.pass_on(&open);
        piles.push(pile);
    }
    let valid: u128 = ballots.iter().filter(legal).map(|r| u128::from(r.count)).sum();
    if valid == 0 && seats > 0 {
        return Err(Fault::nothing("votes", "at least one"));
    }
    let quota = BigRational::from_integer(BigInt::from(valid / (u128::from(seats) + 1) + 1));
    let (mut elected, mut stages) = (Vec::new(), Vec::new());
    let mut surpluses: Vec<usize> = Vec::new();
    let mut past: Vec<Vec<BigRational>> = Vec::new();
    while elected.len() < seats as usize {
        let tally = count(&piles, candidates);
        let falling = |a: &usize, b: &usize| tally[*b].cmp(&tally[*a]).then(a.cmp(b));
        let mut standing: Vec<usize> = (0..candidates).filter(|c| open[*c]).collect();
        standing.sort_by(falling);
        for c in standing.iter().copied().filter(|c| tally[*c] >= quota) {
            open[c] = false;
            elected.push(c);
            surpluses.push(c);
            stages.push(Stage::Elected(c, tally[c].clone()));
        }
        standing.retain(|c| open[*c]);
        let left = (seats as usize).saturating_sub(elected.len());
        if standing.len() <= left {
            stages.extend(standing.iter().map(|c| Stage::Remaining(*c, tally[*c].clone())));
            elected.extend(standing);
            break;
        }
        if left == 0 {
            break;
        }
        let seat = u32::try_from(elected.len()).unwrap_or(u32::MAX).saturating_add(1);
        let giver = if surpluses.is_empty() {
            let earlier = past.iter().rev().map(Vec::as_slice);
            let loser = settle(&standing, &tally, earlier, false, seat, &mut ties)?;
            open[loser] = false;
            stages.push(Stage::Excluded(loser, tally[loser].clone()));
            loser
        } else {
            let earlier = past.iter().rev().map(Vec::as_slice);
            let winner = settle(&surpluses, &tally, earlier, true, seat, &mut ties)?;
            surpluses.retain(|c| *c != winner);
            let surplus = &tally[winner] - &quota;
            for pile in piles.iter_mut().filter(|p| p.holder() == Some(winner)) {
                let value = &pile.value * &surplus / &tally[winner];
                pile.value =
                    scale.as_ref().map_or_else(|| value.clone(), |s| (&value * s).floor() / s);
            }
            stages.push(Stage::Surplus(winner, surplus));
            winner
        };
        piles.iter_mut().filter(|p| p.holder() == Some(giver)).for_each(|p| p.pass_on(&open));
        piles.retain(|p| p.holder().is_some() && !p.value.is_zero());
        past.push(tally);
    }
    Ok((elected, stages))
}

/// The candidate of `among` with most votes, or with fewest; level ones are told apart by the first of
/// the stages `earlier` at which they differed.
pub(super) fn settle<'t, T: Ord + 't>(
    among: &[usize],
    tally: &'t [T],
    earlier: impl Iterator<Item = &'t [T]>,
    most: bool,
    seat: u32,
    ties: &mut Ties<'_>,
) -> Result<usize, Fault> {
    let mut level = among.to_vec();
    level.sort_unstable();
    for votes in std::iter::once(tally).chain(earlier) {
        let all = level.iter().map(|c| &votes[*c]);
        let Some(best) = (if most { all.max() } else { all.min() }) else { break };
        level.retain(|c| votes[*c] == *best);
        if let [only] = level[..] {
            return Ok(only);
        }
    }
    ties.settle(seat, &level)
}

fn count(piles: &[Pile<'_>], candidates: usize) -> Vec<BigRational> {
    let mut tally = vec![BigRational::zero(); candidates];
    for pile in piles {
        if let Some(votes) = pile.holder().and_then(|c| tally.get_mut(c)) {
            *votes += &pile.value * &pile.count;
        }
    }
    tally
}
