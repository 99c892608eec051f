//! What a law did, step by step: which clause, to whom, who was next and by how many votes.
//!
//! The record repeats the allocation with its reasons; [`Law::apply`] is the path without them.

use super::highest_averages::highest_averages_log;
use super::largest_remainder::largest_remainder_log;
use super::law::{Formula, Law};
use super::threshold::{counted, passing};
use super::tie::Ties;
use crate::Fault;
use std::fmt;

/// The clause of a law that a step applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Lists below the threshold take no part.
    Threshold,
    /// Seats set aside for the list with most votes.
    WinnerBonus,
    /// Seats for whole quotas.
    WholeQuota,
    /// One seat by remainder.
    LargestRemainder,
    /// One seat by the highest bid.
    HighestAverage,
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

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Step { list, seats, .. } = *self;
        match self.clause {
            Clause::Threshold => write!(f, "threshold: list {list} is shut out")?,
            Clause::WinnerBonus => write!(f, "winner's bonus: list {list} takes {seats}")?,
            Clause::WholeQuota => write!(f, "whole quotas: list {list} takes {seats}")?,
            Clause::LargestRemainder => write!(f, "largest remainder: list {list} takes {seats}")?,
            Clause::HighestAverage => write!(f, "highest average: list {list} takes {seats}")?,
        }
        match (self.next, self.short_by) {
            (Some(next), Some(votes)) => write!(f, "; next was list {next}, {votes} votes short")?,
            (None, Some(votes)) => write!(f, ", {votes} votes short")?,
            _ => {}
        }
        if self.by_tie_rule { write!(f, " (by the tie rule)") } else { Ok(()) }
    }
}

impl Law {
    /// As [`Law::apply`], with every step in the order in which the law takes them.
    ///
    /// The list that was next at a remainder is the best one left without a seat, and what it lacked
    /// is counted against the list that took the seat.
    ///
    /// # Errors
    /// As [`Law::apply`].
    ///
    /// Reference: as [`Law::apply`]. Checked by a textbook district and by property tests: the steps
    /// add up to the allocation, and a list shut out passes with the votes it is said to lack.
    pub fn steps(
        &self,
        votes: &[u64],
        total_valid: u64,
        seats: u32,
        mut ties: Ties<'_>,
    ) -> Result<(Vec<u32>, Vec<Step>), Fault> {
        let mut steps = Vec::new();
        let plain = |clause, list, seats| Step {
            clause,
            list,
            seats,
            next: None,
            short_by: None,
            by_tie_rule: false,
        };
        let mut counting = votes.to_vec();
        if let Some(share) = self.threshold {
            let passes = passing(votes, total_valid, share, &[])?;
            counting = counted(votes, &passes);
            let (over, under) = (u128::from(*share.numer()), u128::from(*share.denom()));
            for list in (0..votes.len()).filter(|i| !passes[*i]) {
                let needed = (over * u128::from(total_valid)).div_ceil(under);
                let short = needed.saturating_sub(u128::from(votes[list]));
                let short_by = u64::try_from(short).ok();
                steps.push(Step { short_by, ..plain(Clause::Threshold, list, 0) });
            }
        }
        let bonus = self.winner_bonus;
        let rest = seats.checked_sub(bonus).ok_or(Fault::whole(
            "winner_bonus",
            bonus,
            format!("at most {seats}, the seats there are"),
        ))?;
        let mut formula = Vec::new();
        let mut won = match &self.formula {
            Formula::HighestAverages(divisor) => {
                let (won, log) = highest_averages_log(&counting, rest, divisor, ties.again())?;
                formula.extend(log.iter().map(|award| Step {
                    next: award.next,
                    short_by: award.short_by,
                    by_tie_rule: award.by_tie_rule,
                    ..plain(Clause::HighestAverage, award.winner, 1)
                }));
                won
            }
            Formula::LargestRemainder(quota) => {
                let total = counting.iter().try_fold(0_u64, |sum, v| sum.checked_add(*v));
                let total = total.ok_or(Fault::too_large("votes", "a sum of 64 bits"))?;
                let log = largest_remainder_log(&counting, total, rest, *quota, ties.again())?;
                let whole = log.whole.iter().enumerate().filter(|(_, s)| **s > 0);
                formula.extend(whole.map(|(list, s)| plain(Clause::WholeQuota, list, *s)));
                for list in log.by_remainder {
                    let ahead = |next: usize| log.remainder[list] - log.remainder[next];
                    let scale = u128::from(log.scale);
                    let short_by =
                        log.next.and_then(|next| u64::try_from(ahead(next) / scale + 1).ok());
                    formula.push(Step {
                        next: log.next,
                        short_by,
                        ..plain(Clause::LargestRemainder, list, 1)
                    });
                }
                log.seats
            }
        };
        if bonus > 0 {
            let most = counting.iter().max().copied().unwrap_or(0);
            let tied: Vec<usize> = (0..counting.len()).filter(|i| counting[*i] == most).collect();
            let by_tie_rule = tied.len() > 1;
            let list = if by_tie_rule { ties.settle(1, &tied)? } else { tied[0] };
            let others = (0..counting.len()).filter(|i| *i != list && counting[*i] > 0);
            let next = others.max_by(|a, b| counting[*a].cmp(&counting[*b]).then(b.cmp(a)));
            let short_by = next.and_then(|n| (most - counting[n]).checked_add(1));
            let step =
                Step { next, short_by, by_tie_rule, ..plain(Clause::WinnerBonus, list, bonus) };
            steps.push(step);
            won[list] += bonus;
        }
        steps.append(&mut formula);
        Ok((won, steps))
    }
}
