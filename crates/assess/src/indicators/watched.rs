//! Runs looked at on some days: what had shown by then, and whether the outcome was still open.

use jiff::civil::Date;
use rayon::prelude::*;
use simulate::model::Model;
use simulate::play::{Looks, Play};
use simulate::run::Outcome;

use super::signs::{self, Sign};
use super::{IndicatorError, Plan};
use crate::ask::Ask;

/// Runs made at a time, before their rows are turned into columns.
const CHUNK: u32 = 1024;

/// Runs that were looked at on some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The days, in order.
    pub days: Vec<Date>,
    /// What was looked at.
    pub signs: Vec<Sign>,
    /// For each run which hypothesis came true, by its place; their number if none did.
    pub class: Vec<u8>,
    /// For each day and run whether that was still open.
    pub(crate) open: Vec<Vec<bool>>,
    /// For each day, then sign, then run its value; no number where it could not be known yet.
    pub(crate) values: Vec<Vec<Vec<f32>>>,
}

impl Watched {
    /// The share of runs that were open on each day.
    #[must_use]
    pub fn open_shares(&self) -> Vec<f64> {
        let share = |open: &Vec<bool>| {
            open.iter().filter(|o| **o).count() as f64 / open.len().max(1) as f64
        };
        self.open.iter().map(share).collect()
    }
}

struct Row {
    class: u8,
    open: Vec<bool>,
    values: Vec<f32>,
}

/// Runs and looks. Of several hypotheses at most one may come true in a run; it is open until that one is settled, or
/// until all are settled as false.
///
/// # Errors
/// [`IndicatorError`]: a day outside the window, a question of no yes or no, hypotheses that come true together.
pub fn watch(
    model: &Model<'_>,
    hypotheses: &[Ask],
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Watched, IndicatorError> {
    Ok(watch_all(model, &[hypotheses], plan, go_on, done)?.swap_remove(0))
}

/// As [`watch`], for several sets of hypotheses: each run is played once for all of them.
///
/// # Errors
/// As [`watch`].
pub fn watch_all(
    model: &Model<'_>,
    sets: &[&[Ask]],
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Watched>, IndicatorError> {
    if sets.iter().copied().flatten().any(|h| !h.is_truth()) {
        return Err(IndicatorError::NoTruth);
    }
    let mut days = if plan.days.is_empty() { signs::landmarks(model) } else { plan.days.clone() };
    days.sort_unstable();
    days.dedup();
    if let Some(day) = days.iter().find(|d| **d < model.start || **d > model.end) {
        return Err(IndicatorError::Day(format!(
            "{day} lies outside the window, {} to {}",
            model.start, model.end
        )));
    }
    let begun = |hypotheses: &&[Ask]| {
        let read: Vec<usize> = hypotheses.iter().flat_map(Ask::quantities).collect();
        let signs = signs::all(model, &read, plan.levels);
        Watched {
            open: vec![Vec::with_capacity(plan.runs as usize); days.len()],
            values: vec![vec![Vec::with_capacity(plan.runs as usize); signs.len()]; days.len()],
            class: Vec::with_capacity(plan.runs as usize),
            days: days.clone(),
            signs,
        }
    };
    let mut all: Vec<Watched> = sets.iter().map(begun).collect();
    let mut first = 0;
    while first < plan.runs {
        let until = first.saturating_add(CHUNK).min(plan.runs);
        let rows: Vec<Result<Vec<Row>, IndicatorError>> = (first..until)
            .into_par_iter()
            .with_min_len(16)
            .map(|run| {
                if !go_on() {
                    return Err(IndicatorError::Stopped);
                }
                let rows = look(model, sets, &all, plan.seed, run);
                done(1);
                rows
            })
            .collect();
        for rows in rows {
            for (watched, row) in all.iter_mut().zip(rows?) {
                watched.class.push(row.class);
                watched.open.iter_mut().zip(row.open).for_each(|(column, open)| column.push(open));
                let columns = watched.values.iter_mut().flatten();
                columns.zip(row.values).for_each(|(column, value)| column.push(value));
            }
        }
        first = until;
    }
    Ok(all)
}

fn look(
    model: &Model<'_>,
    sets: &[&[Ask]],
    all: &[Watched],
    seed: u64,
    run: u32,
) -> Result<Vec<Row>, IndicatorError> {
    let days: &[Date] = all.first().map_or(&[], |watched| &watched.days);
    let begun = |watched: &Watched| Row {
        class: 0,
        open: vec![true; days.len()],
        values: Vec::with_capacity(days.len() * watched.signs.len()),
    };
    let mut rows: Vec<Row> = all.iter().map(begun).collect();
    let mut look = |at: usize, stands: &Outcome| {
        for ((row, watched), hypotheses) in rows.iter_mut().zip(all).zip(sets) {
            let settled = || hypotheses.iter().map(|h| h.settled(stands, days[at]));
            row.open[at] = settled().all(|s| s != Some(true)) && settled().any(|s| s.is_none());
            row.values.extend(watched.signs.iter().map(|s| s.value(stands).unwrap_or(f32::NAN)));
        }
    };
    let looks = Some(Looks { days, look: &mut look });
    let played = Play { looks, ..model.play(seed, run) }.go();
    let outcome = played.map_err(IndicatorError::Step)?.outcome;
    for (row, hypotheses) in rows.iter_mut().zip(sets) {
        let mut true_ones = (hypotheses.iter().enumerate())
            .filter(|(_, h)| h.came_true(&outcome, model.end) == Some(true))
            .map(|(at, _)| at);
        let class = true_ones.next().unwrap_or(hypotheses.len());
        if let Some(second) = true_ones.next() {
            return Err(IndicatorError::Hypotheses(format!(
                "run {run}: hypotheses {} and {} come true together; make them exclude each other",
                class + 1,
                second + 1
            )));
        }
        row.class = u8::try_from(class).unwrap_or(u8::MAX);
    }
    Ok(rows)
}
