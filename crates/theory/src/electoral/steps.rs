//! What a law did, step by step: which clause, to whom, who was next and by how many votes.
//!
//! [`Law::steps`](super::law::Law::steps) tells them; [`Law::apply`](super::law::Law::apply) is the
//! same road without telling.

use super::highest_averages::Award;
use super::largest_remainder::Remainders;
use super::sntv::WithWomen;
use super::stv::Stage;
use super::stv_by_slates::CountedSlates;
use std::fmt;

/// The clause of a law that a step applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Lists below the threshold take no part.
    Threshold,
    /// Seats set aside for the list with most votes.
    WinnerBonus,
    /// A list that has no more candidates keeps as many seats.
    OutOfCandidates,
    /// Seats for whole quotas.
    WholeQuota,
    /// One seat by remainder.
    LargestRemainder,
    /// One seat by the highest bid.
    HighestAverage,
    /// Seats where some lists count their votes together.
    Agreement,
    /// Seats by a formula that does not go seat by seat.
    Formula,
    /// A woman comes in where too few were elected; the next list is that of the man who gives way.
    WomensQuota,
    /// A candidate has as many transferable votes as a seat costs.
    Quota,
    /// A candidate is left for one of the last places.
    LastPlace,
    /// What a candidate of the list has beyond the quota passes on.
    Surplus,
    /// A candidate of the list is excluded and the papers pass on.
    Exclusion,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The clause applied.
    pub clause: Clause,
    /// The list it applies to.
    pub list: usize,
    /// Seats that list takes by it; none when it is shut out.
    pub seats: u32,
    /// The list that would have taken the seat instead.
    pub next: Option<usize>,
    /// Votes that list lacked, all else equal; under the threshold, those the list itself lacked.
    pub short_by: Option<u64>,
    /// Whether the tie rule decided it, where the clause goes seat by seat.
    pub by_tie_rule: bool,
}

impl Step {
    pub(super) fn plain(clause: Clause, list: usize, seats: u32) -> Self {
        Self { clause, list, seats, next: None, short_by: None, by_tie_rule: false }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Step { list, seats, .. } = *self;
        match self.clause {
            Clause::Threshold => write!(f, "threshold: list {list} is shut out")?,
            Clause::WinnerBonus => write!(f, "winner's bonus: list {list} takes {seats}")?,
            Clause::OutOfCandidates => {
                write!(f, "no more candidates: list {list} takes {seats}")?;
            }
            Clause::WholeQuota => write!(f, "whole quotas: list {list} takes {seats}")?,
            Clause::LargestRemainder => write!(f, "largest remainder: list {list} takes {seats}")?,
            Clause::HighestAverage => write!(f, "highest average: list {list} takes {seats}")?,
            Clause::Agreement => write!(f, "by agreements: list {list} takes {seats}")?,
            Clause::Formula => write!(f, "formula: list {list} takes {seats}")?,
            Clause::WomensQuota => {
                write!(f, "women's quota: list {list} takes {seats}")?;
                self.next.map_or(Ok(()), |next| write!(f, " in place of a man of list {next}"))?;
            }
            Clause::Quota => write!(f, "quota of votes: list {list} takes {seats}")?,
            Clause::LastPlace => write!(f, "last places: list {list} takes {seats}")?,
            Clause::Surplus => write!(f, "surplus: of a candidate of list {list}")?,
            Clause::Exclusion => write!(f, "exclusion: of a candidate of list {list}")?,
        }
        match (self.next, self.short_by) {
            (Some(next), Some(votes)) => write!(f, "; next was list {next}, {votes} votes short")?,
            (None, Some(votes)) => write!(f, ", {votes} votes short")?,
            _ => {}
        }
        if self.by_tie_rule { write!(f, " (by the tie rule)") } else { Ok(()) }
    }
}

/// The steps of highest averages.
pub(super) fn of_averages(awards: &[Award]) -> impl Iterator<Item = Step> + '_ {
    awards.iter().map(|award| Step {
        next: award.next,
        short_by: award.short_by,
        by_tie_rule: award.by_tie_rule,
        ..Step::plain(Clause::HighestAverage, award.winner, 1)
    })
}

/// The steps of whole quotas and remainders.
pub(super) fn of_remainders(done: &Remainders) -> impl Iterator<Item = Step> + '_ {
    let whole = done.whole.iter().enumerate().filter(|(_, s)| **s > 0);
    let whole = whole.map(|(list, s)| Step::plain(Clause::WholeQuota, list, *s));
    whole.chain(done.by_remainder.iter().map(|list| {
        let ahead = |next: usize| done.remainder[*list] - done.remainder[next];
        let scale = u128::from(done.scale);
        let short_by = done.next.and_then(|next| u64::try_from(ahead(next) / scale + 1).ok());
        let step = Step::plain(Clause::LargestRemainder, *list, 1);
        Step { next: done.next, short_by, ..step }
    }))
}

/// The steps of a count of candidates with a quota of women; the k-th slate is that of `lists[k]`.
pub(super) fn of_women(done: &WithWomen, lists: &[usize]) -> Vec<Step> {
    let came_in = |slate: usize| done.moved.iter().filter(|(_, to)| *to == slate).count();
    let kept = done.seats.iter().enumerate().map(|(slate, seats)| {
        let moved = u32::try_from(came_in(slate)).unwrap_or(u32::MAX);
        Step::plain(Clause::Formula, lists[slate], seats.saturating_sub(moved))
    });
    let moved = done.moved.iter().map(|(from, to)| Step {
        next: Some(lists[*from]),
        ..Step::plain(Clause::WomensQuota, lists[*to], 1)
    });
    kept.filter(|step| step.seats > 0).chain(moved).collect()
}

/// The steps of a transferable vote, stage by stage; the k-th slate is that of `lists[k]`.
pub(super) fn of_stages(done: &CountedSlates, lists: &[usize]) -> Vec<Step> {
    let step = |stage: &Stage| {
        let (clause, candidate, seats) = match stage {
            Stage::Elected(candidate, _) => (Clause::Quota, *candidate, 1),
            Stage::Remaining(candidate, _) => (Clause::LastPlace, *candidate, 1),
            Stage::Surplus(candidate, _) => (Clause::Surplus, *candidate, 0),
            Stage::Excluded(candidate, _) => (Clause::Exclusion, *candidate, 0),
        };
        Step::plain(clause, lists[done.owner[candidate]], seats)
    };
    done.stages.iter().map(step).collect()
}
