//! What a law did, step by step: which clause, to whom, who was next and by how many votes.
//!
//! [`Law::steps`](super::law::Law::steps) tells them; [`Law::apply`](super::law::Law::apply) is the
//! same road without telling.

use super::highest_averages::Award;
use super::largest_remainder::Remainders;
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
