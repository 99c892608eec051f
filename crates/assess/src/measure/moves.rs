//! What changed from one date of a course to the next, and what each change does alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::MeasureError;
use super::course::Query;
use super::frame::{Frame, State};
use super::part::{Parts, fill};

/// Something that changed from one date to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Move {
    /// The first of the dates that knows it.
    pub date: Date,
    /// Since when it holds, if that is known.
    pub since: Option<Date>,
    /// What changed.
    pub what: String,
    /// Keys of its sources.
    pub documents: Vec<String>,
    /// What it alone does to each actor's sway, all else as before and every number at its best single value.
    pub effects: BTreeMap<String, f64>,
}

/// The effect below which a change is not told as a move.
const WORTH_TELLING: f64 = 0.000_5;

/// What moved the actors' sway from one date to the next.
pub(super) fn moves(
    frame: &Frame<'_>,
    chosen: &[usize],
    query: &Query,
) -> Result<Vec<Move>, MeasureError> {
    let central = frame.central(query.seed)?;
    let mut moves = Vec::new();
    let known: Vec<(Date, usize)> =
        frame.moments.iter().filter_map(|m| Some((m.date, *m.state.as_ref().ok()?))).collect();
    for pair in known.windows(2) {
        if pair[0].1 == pair[1].1 {
            continue;
        }
        let (mut old, mut new) = (frame.states[pair[0].1].clone(), frame.states[pair[1].1].clone());
        fill(&mut old, &mut new);
        let sway = |state: &State| frame.sway(state, &central).map(|sway| sway.total);
        let before = sway(&old)?;
        let parts = Parts::of(frame, &old, &new);
        for part in parts.all.iter().copied() {
            let mut moved = old.clone();
            parts.apply(part, &mut moved, &new);
            let after = sway(&moved)?;
            let effects: BTreeMap<String, f64> = (chosen.iter())
                .map(|a| (frame.actors[*a].id.clone(), after[*a] - before[*a]))
                .filter(|(_, effect)| effect.abs() >= WORTH_TELLING)
                .collect();
            if !effects.is_empty() {
                moves.push(Move {
                    date: pair[1].0,
                    since: part.since(frame, &old, &new),
                    what: part.tell(frame, &old, &new),
                    documents: part.documents(frame, &old, &new),
                    effects,
                });
            }
        }
    }
    Ok(moves)
}
