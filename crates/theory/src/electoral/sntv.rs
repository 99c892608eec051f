//! The single non-transferable vote: one vote, several seats, and how lists manage their votes.
//!
//! Under SNTV seats go to candidates, so what a party wins depends on how many it nominates and how
//! evenly its voters spread over them. The second half of this file is that mechanism. Where the law
//! holds seats for women, it matters too which of a party's candidates are women, and how they do.

use super::MOST_CANDIDATES;
use super::plurality::most_votes;
use super::tie::Ties;
use super::womens_quota::{Candidate, Replacement, apply_best_losers};
use crate::Fault;
use std::ops::Range;

/// A party's candidates in a district, as shares of its votes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slate {
    /// The party's votes.
    pub votes: u64,
    /// Candidates it nominates.
    pub candidates: u32,
    /// Evenness from 0 (all votes for the first) to 1 (perfectly even): each candidate has this
    /// many times the votes of the one before.
    pub evenness: f64,
}

/// Votes of each candidate of a slate, in falling order; they add up to the slate's votes exactly.
///
/// Candidate k = 0, 1, ... gets a share proportional to e^k, with e the evenness; whole votes, the
/// rounding going to the first candidates. e = 1 is perfect vote management, small e a star and his
/// companions.
///
/// # Errors
/// An evenness outside [0, 1]; no lists without candidates;
/// too many candidates.
///
/// Reference: `cox1994` on strategy under SNTV; the geometric form is *Judged*. Checked by the
/// property that votes add up and fall.
pub fn candidate_votes(slate: Slate) -> Result<Vec<u64>, Fault> {
    if !(0.0..=1.0).contains(&slate.evenness) {
        return Err(Fault::number("evenness", slate.evenness, "between 0 and 1"));
    }
    if slate.candidates == 0 {
        return Err(Fault::nothing("lists", "at least one"));
    }
    if slate.candidates as usize > MOST_CANDIDATES {
        return Err(Fault::too_large("candidates", "at most 100,000"));
    }
    let weights: Vec<f64> = std::iter::successors(Some(1.0), |w| Some(w * slate.evenness))
        .take(slate.candidates as usize)
        .collect();
    let sum: f64 = weights.iter().sum();
    let mut votes: Vec<u64> =
        weights.iter().map(|w| (slate.votes as f64 * (w / sum)).floor() as u64).collect();
    let given: u128 = votes.iter().map(|v| u128::from(*v)).sum();
    // Rounding up of a huge float may give a vote or more too many: take it back from the first.
    let total = u128::from(slate.votes);
    if given > total {
        let excess = u64::try_from(given - total).unwrap_or(u64::MAX);
        votes[0] = votes[0].saturating_sub(excess);
    } else {
        let mut left = u64::try_from(total - given).unwrap_or(0);
        let share = left / u64::from(slate.candidates);
        votes.iter_mut().for_each(|v| *v += share);
        left -= share * u64::from(slate.candidates);
        votes.iter_mut().take(usize::try_from(left).unwrap_or(0)).for_each(|v| *v += 1);
    }
    Ok(votes)
}

/// Seats of each slate in one district under SNTV.
///
/// Every slate's votes are spread over its candidates by [`candidate_votes`]; the `seats`
/// candidates with most votes win. The same votes can buy very different numbers of seats: a slate
/// with too many candidates, or one star, wastes them.
///
/// # Errors
/// As [`candidate_votes`] and [`most_votes`].
///
/// Reference: `cox1994`, `reed1990`. Checked by the catalog entry `sntv-vote-management` and by
/// property tests: as long as a slate stands no more candidates than an even division would elect,
/// spreading its votes more evenly never costs it a seat (to one vote of rounding).
pub fn sntv_by_slates(slates: &[Slate], seats: u32, ties: Ties<'_>) -> Result<Vec<u32>, Fault> {
    let mut votes = Vec::new();
    let mut owner = Vec::new();
    for (i, slate) in slates.iter().enumerate() {
        for v in candidate_votes(*slate)? {
            votes.push(v);
            owner.push(i);
        }
    }
    let mut won = vec![0; slates.len()];
    for candidate in most_votes(&votes, seats, ties)? {
        won[owner[candidate]] += 1;
    }
    Ok(won)
}

/// Which candidates of a slate are women.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlateWomen {
    /// The share of its candidates who are women.
    pub share: f64,
    /// The share of its men who have more votes than its women: 0 puts women first, 1 puts them last.
    pub behind: f64,
    /// What makes whole candidates of both shares: numbers from 0 to below 1, drawn or, to round to the
    /// nearest, one half.
    pub lots: (f64, f64),
}

/// The places of women in a slate's falling order of votes.
///
/// Of c candidates w = floor(share c + u) are women, and m = floor(behind (c - w) + v) men stand before
/// them, u and v being the lots: over uniform lots the means are the shares, however small the slate.
///
/// # Errors
/// A share outside [0, 1] or a lot outside [0, 1).
///
/// *Judged*: that the women of a slate stand together in its order. Checked by property tests.
pub fn places_of_women(candidates: u32, women: SlateWomen) -> Result<Range<u32>, Fault> {
    for (name, share) in [("share", women.share), ("behind", women.behind)] {
        if !(0.0..=1.0).contains(&share) {
            return Err(Fault::number(name, share, "between 0 and 1"));
        }
    }
    for lot in [women.lots.0, women.lots.1] {
        if !(0.0..1.0).contains(&lot) {
            return Err(Fault::number("lots", lot, "from 0 to below 1"));
        }
    }
    let part = |share: f64, of: u32, lot: f64| ((share * f64::from(of) + lot) as u32).min(of);
    let count = part(women.share, candidates, women.lots.0);
    let before = part(women.behind, candidates - count, women.lots.1);
    Ok(before..before + count)
}

/// Seats of slates where the district must elect women.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithWomen {
    /// Seats of each slate.
    pub seats: Vec<u32>,
    /// For each man who gave way, his slate and that of the woman who came in.
    pub moved: Vec<(usize, usize)>,
    /// Women elected of each slate.
    pub women: Vec<u32>,
    /// Women still missing.
    pub missing: u32,
}

/// Seats of each slate in one district under SNTV with a quota of at least `least` women.
///
/// The candidates are those of [`sntv_by_slates`], the women among them those of [`places_of_women`];
/// where too few win by their own votes, [`apply_best_losers`].
///
/// # Errors
/// As these; another number of slates than of rows of `women`; more candidates than 100,000 in all.
///
/// Reference: as [`apply_best_losers`]. Checked by a district worked by hand and by property tests.
pub fn sntv_with_women(
    slates: &[Slate],
    women: &[SlateWomen],
    seats: u32,
    least: u32,
    mut ties: Ties<'_>,
) -> Result<WithWomen, Fault> {
    if women.len() != slates.len() {
        return Err(Fault::length("women", women.len(), slates.len()));
    }
    if slates.iter().map(|s| u64::from(s.candidates)).sum::<u64>() > MOST_CANDIDATES as u64 {
        return Err(Fault::too_large("candidates", "at most 100,000 in all"));
    }
    let mut candidates = Vec::new();
    for (list, (slate, women)) in slates.iter().zip(women).enumerate() {
        let places =
            places_of_women(slate.candidates, *women).map_err(|f| f.within("women", list))?;
        for (place, votes) in (0..).zip(candidate_votes(*slate)?) {
            candidates.push(Candidate { list, votes, woman: places.contains(&place) });
        }
    }
    let votes: Vec<u64> = candidates.iter().map(|c| c.votes).collect();
    let elected = most_votes(&votes, seats, ties.again())?;
    let after = apply_best_losers(&candidates, &elected, least, ties)?;
    let (mut won, mut sit) = (vec![0; slates.len()], vec![0; slates.len()]);
    for candidate in after.elected.iter().map(|c| candidates[*c]) {
        won[candidate.list] += 1;
        sit[candidate.list] += u32::from(candidate.woman);
    }
    let lists = |swap: &Replacement| (candidates[swap.out].list, candidates[swap.in_place].list);
    let moved = after.replacements.iter().map(lists).collect();
    Ok(WithWomen { seats: won, moved, women: sit, missing: after.missing })
}

/// Most seats that `votes` can win against `rivals`, candidate by candidate, by the best vote
/// management there is: k candidates with an equal share each, k being as large as all of them win.
///
/// The k-th of them has floor(v / k) votes and all k win when fewer than M + 1 - k rivals have as
/// many (M seats; a level rival is reckoned to win the lot). No other way of nominating and of
/// spreading the same votes wins more, as whoever elects k has at least k times the votes of the
/// weakest. The gap between this and the seats won is what a slate lost by bad management.
///
/// Reference: `cox1994`, `reed1990`. Checked by property tests: no split of the votes drawn wins
/// more, and the even one wins as many; and by the catalog entry `sntv-vote-management`.
#[must_use]
pub fn managed_seats(votes: u64, rivals: &[u64], seats: u32) -> u32 {
    let mut strongest = rivals.to_vec();
    strongest.sort_unstable_by(|a, b| b.cmp(a));
    // The rival whom the k-th candidate must beat; with none left, one vote will do.
    let to_beat = |k: u32| strongest.get((seats - k) as usize).copied().unwrap_or(0);
    let wins = |k: u32| votes / u64::from(k) > to_beat(k);
    let (mut low, mut high) = (0, seats.min(u32::try_from(votes).unwrap_or(u32::MAX)));
    // If k candidates win, so do k - 1 with larger shares and weaker rivals to beat.
    while low < high {
        let middle = high - (high - low) / 2;
        if wins(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Seats a party can be sure of, however others vote, if it stands that many candidates and divides
/// its votes evenly.
///
/// The largest k with v / k above (V - v) / (M + 1 - k), the most that M + 1 - k rival candidates
/// could all have. That is k below v (M + 1) / V: one seat for each time v exceeds Droop's quota.
///
/// Reference: `cox1994`. Checked by property tests: what is sure is won against any rivals drawn.
#[must_use]
pub fn sure_seats(votes: u64, total_valid: u64, seats: u32) -> u32 {
    let total = u128::from(total_valid.max(votes));
    let enough = u128::from(votes) * (u128::from(seats) + 1);
    if enough == 0 {
        return 0;
    }
    u32::try_from((enough - 1) / total).unwrap_or(seats).min(seats)
}
