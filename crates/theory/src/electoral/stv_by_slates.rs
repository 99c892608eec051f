//! The single transferable vote where only the lists' votes are known: what their papers look like.
//!
//! A count needs papers, and before an election nobody has any. Here they follow from four things that can
//! be judged: how many candidates a list stands, how evenly its votes spread over them, how many papers
//! stay within it, and which lists come next.

use super::sntv::{Slate, candidate_votes};
use super::stv::{Ranking, Stage, Values, single_transferable_vote};
use super::tie::Ties;
use crate::Fault;

/// Candidates that may stand in one district. There are at most two kinds of paper for each, so this
/// keeps candidates times papers within 320,000 and a count within seconds.
pub const MOST_STANDING: usize = 400;

/// Decimals a paper's value may be kept to.
pub const MOST_DECIMALS: u32 = 9;

/// How papers pass on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passing<'a> {
    /// The share of a slate's papers that go on to its other candidates; the rest leave it after the first.
    pub within: f64,
    /// For each slate the slates its papers pass on to afterwards, in order; none beyond its end.
    pub next: &'a [Vec<usize>],
}

/// What a count came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedSlates {
    /// Seats of each slate.
    pub seats: Vec<u32>,
    /// Positions of the candidates elected, in order.
    pub elected: Vec<usize>,
    /// The stages of the count.
    pub stages: Vec<Stage>,
    /// The slate of each candidate.
    pub owner: Vec<usize>,
}

/// The papers of slates, and the slate of each candidate.
///
/// First preferences are spread over a slate's candidates as [`candidate_votes`] says. Of the n papers
/// that name a candidate first, the whole number nearest to n times `within` name the slate's other
/// candidates next, in falling order of first preferences; all of them then name the candidates of the
/// slates in `next`, in that order. What these would pass on to is no matter of theirs. A paper that has
/// no more names is exhausted.
///
/// # Errors
/// As [`candidate_votes`]; a share outside [0, 1]; more candidates than 400; a slate that does not exist,
/// that is named twice or that passes on to itself.
///
/// *Judged*, beside the spread. Checked by property tests: as many papers as votes, and nobody named
/// twice on one.
pub fn papers(slates: &[Slate], passing: Passing<'_>) -> Result<(Vec<Ranking>, Vec<usize>), Fault> {
    if !(0.0..=1.0).contains(&passing.within) {
        return Err(Fault::number("within", passing.within, "between 0 and 1"));
    }
    let standing: u64 = slates.iter().map(|s| u64::from(s.candidates)).sum();
    if standing > MOST_STANDING as u64 {
        return Err(Fault::too_large(
            "candidates",
            "at most 400 in a district: stand fewer for each seat, or have fewer lists or seats",
        ));
    }
    for (slate, next) in passing.next.iter().enumerate() {
        for (at, other) in next.iter().enumerate() {
            let place = |fault: Fault| Err(fault.at(slate).at(at));
            if *other >= slates.len() {
                let must = format!("below {}", slates.len());
                return place(Fault::whole("next", *other as u64, must));
            }
            if *other == slate || next[..at].contains(other) {
                return place(Fault::whole("next", *other as u64, "another slate, named once"));
            }
        }
    }
    let mut owner = Vec::new();
    let mut own: Vec<Vec<(usize, u64)>> = Vec::new();
    for (list, slate) in slates.iter().enumerate() {
        let votes = candidate_votes(*slate)?;
        own.push((owner.len()..).zip(votes).collect());
        owner.resize(owner.len() + slate.candidates as usize, list);
    }
    let mut papers = Vec::new();
    for (list, candidates) in own.iter().enumerate() {
        let after: Vec<usize> = (passing.next.get(list).into_iter().flatten())
            .flat_map(|other| own[*other].iter().map(|(c, _)| *c))
            .collect();
        for (first, votes) in candidates {
            let stay = ((*votes as f64 * passing.within).round() as u64).min(*votes);
            let others = candidates.iter().map(|(c, _)| *c).filter(|c| c != first);
            let loyal: Vec<usize> =
                std::iter::once(*first).chain(others).chain(after.iter().copied()).collect();
            let leaves = std::iter::once(*first).chain(after.iter().copied()).collect();
            papers.push(Ranking { order: loyal, count: stay });
            papers.push(Ranking { order: leaves, count: votes - stay });
        }
    }
    papers.retain(|paper| paper.count > 0);
    Ok((papers, owner))
}

/// Seats of each slate in one district under the single transferable vote.
///
/// The [`papers`] are counted by [`single_transferable_vote`], each value cut to so many decimals.
///
/// # Errors
/// As these; more than nine decimals; no slates.
///
/// Reference: `tideman1995`; the count with five decimals `ssi2011_399`, rules 47 to 52. Checked by the
/// catalog entry `stv-by-slates` and by property tests: seats add up, and a slate of k quotas whose papers
/// stay within it elects at least k if it stands as many.
pub fn stv_by_slates(
    slates: &[Slate],
    passing: Passing<'_>,
    seats: u32,
    decimals: u32,
    ties: Ties<'_>,
) -> Result<CountedSlates, Fault> {
    if decimals > MOST_DECIMALS {
        return Err(Fault::whole("decimals", decimals, "at most 9"));
    }
    let (papers, owner) = papers(slates, passing)?;
    let values = Values::Decimals(decimals);
    let (elected, stages) = single_transferable_vote(&papers, owner.len(), seats, values, ties)?;
    let mut won = vec![0; slates.len()];
    elected.iter().for_each(|c| won[owner[*c]] += 1);
    Ok(CountedSlates { seats: won, elected, stages, owner })
}
