//! The single transferable vote by Gregory's method on the last parcel.
//!
//! A surplus consists of the papers that came last: they are what brought a candidate over the quota.
//! The older rules count so, in whole hundredths or thousandths of a vote, by hand if need be. Passing
//! on all papers of the winner is another rule, [`super::stv`].

use super::MOST_CANDIDATES;
use super::stv::{Ranking, Stage, settle};
use super::tie::Ties;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Reverse;

/// What rules on the last parcel differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastParcel {
    /// Decimals a vote is kept to, the remainder ignored.
    pub decimals: u32,
    /// Whether the quota is a whole number of votes; else it is one of the last decimal.
    pub whole_quota: bool,
    /// Whether papers of an excluded candidate go by falling value; else in the order they came in.
    pub by_value: bool,
    /// Whether a surplus waits while it could not save the lowest candidate, and whether candidates who
    /// are out of reach of the next one together go together.
    pub postpones: bool,
    /// Whether level candidates are told apart by the earliest stage at which they were not level; else
    /// by the latest.
    pub earliest: bool,
}

impl LastParcel {
    /// Hundredths of a vote and a whole quota: `apni1962`, schedule 5, rules 47 to 52.
    pub const HUNDREDTHS: Self =
        Self { decimals: 2, whole_quota: true, by_value: true, postpones: true, earliest: true };

    /// Every paper is worth a thousand, and the quota is a number of thousandths: `seanad1947`, second
    /// schedule. Its order of preferences, which settles level candidates, is the caller's tie rule.
    pub const THOUSANDTHS: Self =
        Self { decimals: 3, whole_quota: false, by_value: false, postpones: false, earliest: true };
}

/// Decimals a vote may be kept to.
const MOST_DECIMALS: u32 = 9;

/// Papers with one ranking, and the place in it that has them.
#[derive(Clone, Copy)]
struct Papers<'b> {
    order: &'b [usize],
    at: usize,
    count: u64,
}

/// Papers that came to a candidate together, each at this value.
struct Parcel<'b> {
    value: u128,
    papers: Vec<Papers<'b>>,
}

struct Count<'b> {
    /// One vote.
    unit: u128,
    quota: u128,
    /// Whose votes can still grow.
    open: Vec<bool>,
    /// What each candidate received, in order.
    parcels: Vec<Vec<Parcel<'b>>>,
    tally: Vec<u128>,
    /// The tallies before every stage.
    past: Vec<Vec<u128>>,
    elected: Vec<usize>,
    /// Elected candidates whose surplus has not been transferred.
    surpluses: Vec<usize>,
    stages: Vec<Stage>,
}

/// Candidates elected, in order, and the stages of the count.
///
/// The Droop quota is the whole part of V / (S + 1), plus one, in votes or in the last decimal. Whoever
/// reaches it is elected and receives nothing more. The largest surplus goes first: of the papers that
/// the winner received last, those with a next continuing candidate pass on, each at the value it came
/// at or, if that is less, at surplus / papers that pass on, cut to the decimals. With no surplus left,
/// or none that could matter, the lowest candidate is excluded: first papers of first preference, then
/// the others, value by value or parcel by parcel, and whoever reaches the quota by one of them takes
/// no part in the next. The last places go to those who are left.
///
/// # Errors
/// [`Fault`]: nobody stands, no valid ballot, too many decimals, a refused tie.
///
/// Reference: `apni1962`, `seanad1947`; `tideman1995`. Checked by the catalog's published count and by
/// property tests: every seat is filled once, and no vote is made out of nothing.
pub fn last_parcel(
    ballots: &[Ranking],
    candidates: usize,
    seats: u32,
    rule: LastParcel,
    mut ties: Ties<'_>,
) -> Result<(Vec<usize>, Vec<Stage>), Fault> {
    let mut count = Count::new(ballots, candidates, seats, rule)?;
    let seats = seats as usize;
    while count.elected.len() < seats {
        count.elect();
        let mut standing: Vec<usize> = (0..candidates).filter(|c| count.open[*c]).collect();
        standing.sort_by(|a, b| count.tally[*b].cmp(&count.tally[*a]).then(a.cmp(b)));
        let left = seats.saturating_sub(count.elected.len());
        if standing.len() <= left {
            for c in standing {
                count.stages.push(Stage::Remaining(c, count.votes(count.tally[c])));
                count.elected.push(c);
            }
            break;
        }
        if left == 0 {
            break;
        }
        let waits = count.surplus_waits(&standing, rule);
        let before = count.tally.clone();
        if count.surpluses.is_empty() || waits {
            let losers = count.losers(&standing, left, rule, &mut ties)?;
            count.exclude(&losers, seats, rule);
        } else {
            let seat = seat_of(&count.elected);
            let winner = {
                let earlier = in_order(&count.past, rule.earliest);
                settle(&count.surpluses, &count.tally, earlier, true, seat, &mut ties)?
            };
            count.pass_surplus(winner);
        }
        count.past.push(before);
    }
    Ok((count.elected, count.stages))
}

fn seat_of(elected: &[usize]) -> u32 {
    u32::try_from(elected.len()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Earlier tallies, the earliest or the latest first.
fn in_order(past: &[Vec<u128>], earliest: bool) -> impl Iterator<Item = &[u128]> {
    let n = past.len();
    (0..n).map(move |k| past[if earliest { k } else { n - 1 - k }].as_slice())
}

impl<'b> Count<'b> {
    fn new(
        ballots: &'b [Ranking],
        candidates: usize,
        seats: u32,
        rule: LastParcel,
    ) -> Result<Self, Fault> {
        if candidates == 0 {
            return Err(Fault::nothing("lists", "at least one"));
        }
        if candidates > MOST_CANDIDATES {
            return Err(Fault::too_large("candidates", "at most 100,000"));
        }
        if rule.decimals > MOST_DECIMALS {
            return Err(Fault::whole("decimals", rule.decimals, "at most 9"));
        }
        let unit = 10_u128.pow(rule.decimals);
        let mut first: Vec<Parcel<'b>> =
            (0..candidates).map(|_| Parcel { value: unit, papers: Vec::new() }).collect();
        let mut valid = 0_u128;
        for ballot in ballots.iter().filter(|b| b.count > 0) {
            let place = ballot.order.iter().position(|c| *c < candidates);
            let Some(at) = place else { continue };
            valid += u128::from(ballot.count);
            let papers = Papers { order: &ballot.order, at, count: ballot.count };
            first[ballot.order[at]].papers.push(papers);
        }
        if valid == 0 && seats > 0 {
            return Err(Fault::nothing("votes", "at least one"));
        }
        let places = u128::from(seats) + 1;
        let quota = match rule.whole_quota {
            true => (valid / places + 1) * unit,
            false => valid * unit / places + 1,
        };
        let sum = |parcel: &Parcel<'_>| -> u128 {
            parcel.papers.iter().map(|p| u128::from(p.count) * unit).sum()
        };
        Ok(Self {
            unit,
            quota,
            open: vec![true; candidates],
            tally: first.iter().map(sum).collect(),
            parcels: first.into_iter().map(|parcel| vec![parcel]).collect(),
            past: Vec::new(),
            elected: Vec::new(),
            surpluses: Vec::new(),
            stages: Vec::new(),
        })
    }

    /// So many parts of a vote as a number of votes.
    fn votes(&self, parts: u128) -> BigRational {
        BigRational::new(BigInt::from(parts), BigInt::from(self.unit))
    }

    /// Whoever has reached the quota is elected, those with most votes first.
    fn elect(&mut self) {
        let reached = |c: &usize| self.open[*c] && self.tally[*c] >= self.quota;
        let mut reached: Vec<usize> = (0..self.open.len()).filter(reached).collect();
        reached.sort_by(|a, b| self.tally[*b].cmp(&self.tally[*a]).then(a.cmp(b)));
        for c in reached {
            self.open[c] = false;
            self.elected.push(c);
            if self.tally[c] > self.quota {
                self.surpluses.push(c);
            }
            self.stages.push(Stage::Elected(c, self.votes(self.tally[c])));
        }
    }

    /// All surpluses that have not been transferred.
    fn untransferred(&self) -> u128 {
        self.surpluses.iter().map(|c| self.tally[*c] - self.quota).sum()
    }

    /// Whether the surpluses together could not lift the lowest candidate, or the lowest together, to
    /// the next one. `standing` is in falling order.
    fn surplus_waits(&self, standing: &[usize], rule: LastParcel) -> bool {
        let surplus = self.untransferred();
        let (Some(lowest), Some(next)) = (standing.last(), standing.iter().rev().nth(1)) else {
            return false;
        };
        let gap = self.tally[*next] - self.tally[*lowest];
        rule.postpones && (surplus < gap || self.out_of_reach(standing) > 1)
    }

    /// How many of the lowest candidates have together, with all surpluses, fewer votes than the next.
    fn out_of_reach(&self, standing: &[usize]) -> usize {
        let mut sum = self.untransferred();
        let mut most = 1;
        for (k, pair) in standing.windows(2).rev().enumerate() {
            sum += self.tally[pair[1]];
            if sum < self.tally[pair[0]] {
                most = k + 1;
            }
        }
        most
    }

    fn losers(
        &self,
        standing: &[usize],
        left: usize,
        rule: LastParcel,
        ties: &mut Ties<'_>,
    ) -> Result<Vec<usize>, Fault> {
        let most = standing.len() - left;
        let together = if rule.postpones { self.out_of_reach(standing) } else { 1 };
        if (2..=most).contains(&together) {
            return Ok(standing.iter().rev().take(together).copied().collect());
        }
        let earlier = in_order(&self.past, rule.earliest);
        let seat = seat_of(&self.elected);
        Ok(vec![settle(standing, &self.tally, earlier, false, seat, ties)?])
    }

    /// Papers move to the next continuing candidates at this value; what they are worth there together.
    fn transfer(&mut self, papers: Vec<Papers<'b>>, value: u128) -> u128 {
        let mut to: Vec<Vec<Papers<'b>>> = vec![Vec::new(); self.open.len()];
        let mut moved = 0;
        for mut paper in papers {
            if let Some(next) = self.next(&paper) {
                paper.at = next;
                let worth = u128::from(paper.count) * value;
                let candidate = paper.order[next];
                self.tally[candidate] += worth;
                moved += worth;
                to[candidate].push(paper);
            }
        }
        for (candidate, papers) in to.into_iter().enumerate().filter(|(_, p)| !p.is_empty()) {
            self.parcels[candidate].push(Parcel { value, papers });
        }
        moved
    }

    /// The place of the next continuing candidate on these papers.
    fn next(&self, papers: &Papers<'_>) -> Option<usize> {
        let continuing = |c: &usize| self.open.get(*c).copied().unwrap_or(false);
        papers.order[papers.at..].iter().position(continuing).map(|k| papers.at + k)
    }

    fn pass_surplus(&mut self, winner: usize) {
        self.surpluses.retain(|c| *c != winner);
        let surplus = self.tally[winner] - self.quota;
        self.stages.push(Stage::Surplus(winner, self.votes(surplus)));
        self.tally[winner] = self.quota;
        let Some(last) = self.parcels[winner].pop() else { return };
        let passing: Vec<Papers<'b>> =
            last.papers.into_iter().filter(|p| self.next(p).is_some()).collect();
        let papers: u128 = passing.iter().map(|p| u128::from(p.count)).sum();
        if let Some(each) = surplus.checked_div(papers) {
            self.transfer(passing, last.value.min(each));
        }
    }

    fn exclude(&mut self, losers: &[usize], seats: usize, rule: LastParcel) {
        let mut parcels = Vec::new();
        let mut first = Parcel { value: self.unit, papers: Vec::new() };
        for loser in losers {
            self.open[*loser] = false;
            self.stages.push(Stage::Excluded(*loser, self.votes(self.tally[*loser])));
            self.tally[*loser] = 0;
            let mut own = std::mem::take(&mut self.parcels[*loser]).into_iter();
            first.papers.extend(own.next().into_iter().flat_map(|parcel| parcel.papers));
            parcels.extend(own);
        }
        if rule.by_value {
            parcels.sort_by_key(|parcel| Reverse(parcel.value));
            parcels =
                parcels.into_iter().fold(Vec::new(), |mut merged: Vec<Parcel<'b>>, parcel| {
                    match merged.last_mut().filter(|last| last.value == parcel.value) {
                        Some(last) => last.papers.extend(parcel.papers),
                        None => merged.push(parcel),
                    }
                    merged
                });
        }
        for parcel in std::iter::once(first).chain(parcels) {
            self.transfer(parcel.papers, parcel.value);
            self.elect();
            if self.elected.len() >= seats {
                break;
            }
        }
    }
}
