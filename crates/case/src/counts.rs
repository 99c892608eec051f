//! How much of a case there is, and what it rests on.

use serde::Serialize;

use crate::case::Case;
use crate::check::care::is_stale;

/// Counts of a built case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Actors that are there on the as-of date.
    pub actors: usize,
    /// Ties in force.
    pub ties: usize,
    /// Sources published by then.
    pub sources: usize,
    /// Estimates in force.
    pub estimates: usize,
    /// Of these, with a source.
    pub sourced: usize,
    /// Of these, the author's judgement alone.
    pub judged: usize,
    /// Of these, last looked at too long ago.
    pub stale: usize,
    /// Figures on which sources disagree.
    pub disputes: usize,
    /// Entries and estimates not yet known.
    pub hidden: usize,
}

impl Counts {
    /// The counts of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let judged = case.beliefs.iter().filter(|b| b.sources.is_empty()).count();
        Self {
            actors: case.actors.len(),
            ties: case.ties.len(),
            sources: case.sources.len(),
            estimates: case.beliefs.len(),
            sourced: case.beliefs.len() - judged,
            judged,
            stale: case.beliefs.iter().filter(|b| is_stale(case, b).is_some()).count(),
            disputes: case.disputes.len(),
            hidden: case.hidden.len(),
        }
    }
}
