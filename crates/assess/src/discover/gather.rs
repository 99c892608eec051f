//! The runs as a table: what each drew, and whether the outcome happened.

use std::borrow::Cow;

use rayon::prelude::*;
use simulate::Outcome;
use simulate::draw::Quantile;
use simulate::luck::Luck;
use simulate::model::{BeliefId, Model};
use simulate::play::Play;

use super::words::{Named, named};
use super::{DiscoverError, Plan};
use crate::ask::Ask;

/// Columns of drawn values and what came of each run.
pub(super) struct Runs {
    pub(super) names: Vec<Named>,
    /// For each name its value in each run. Single precision: a case has a thousand columns.
    pub(super) columns: Vec<Vec<f32>>,
    pub(super) happened: Vec<bool>,
}

/// The runs of a plan; those of which outcomes are had are not played, which are of the runs from 0 on.
pub(super) fn runs(
    model: &Model<'_>,
    of: &Ask,
    (also, had): (&[(String, Ask)], &[Outcome]),
    plan: &Plan,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Runs, DiscoverError> {
    let beliefs = &model.case.beliefs;
    let moving: Vec<BeliefId> = (0..beliefs.len())
        .filter(|b| !matches!(Quantile::of(&beliefs[*b]), Quantile::Constant(_)))
        .collect();
    let rows: Vec<Result<(Vec<f32>, bool), DiscoverError>> = (0..plan.runs)
        .into_par_iter()
        .with_min_len(16)
        .map(|run| {
            if !go_on() {
                return Err(DiscoverError::Stopped);
            }
            let drawn = model.draw(Luck::new(plan.seed, run));
            let mut row: Vec<f32> = moving.iter().map(|b| drawn.peek(*b) as f32).collect();
            let outcome = match had.get(run as usize) {
                Some(outcome) => Cow::Borrowed(outcome),
                None => {
                    let play = Play { drawn: Some(drawn), ..model.play(plan.seed, run) };
                    Cow::Owned(play.go().map_err(DiscoverError::Step)?.outcome)
                }
            };
            for (name, ask) in also {
                let number = ask.number(&outcome).filter(|n| n.is_finite());
                row.push(number.ok_or_else(|| DiscoverError::NoNumber(name.clone()))? as f32);
            }
            let happened = of.came_true(&outcome, model.end).ok_or(DiscoverError::NoTruth)?;
            done(1);
            Ok((row, happened))
        })
        .collect();
    let mut names: Vec<Named> = moving.iter().map(|b| named(model.case, &beliefs[*b])).collect();
    names.extend(also.iter().map(|(name, _)| Named {
        path: name.clone(),
        label: name.clone(),
        unit: None,
        rests_on: "a quantity of the run".to_owned(),
    }));
    let mut columns = vec![Vec::with_capacity(rows.len()); names.len()];
    let mut happened = Vec::with_capacity(rows.len());
    for row in rows {
        let (values, did) = row?;
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        happened.push(did);
    }
    Ok(Runs { names, columns, happened })
}
