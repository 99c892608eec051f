//! Two scenarios or two dates, run by run under the same luck: what differs, how surely, and in how many runs.

pub mod carried;

pub use carried::{Carried, Off, Path, carried};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use simulate::luck::Luck;
use simulate::model::Model;
use simulate::play::Play;
use simulate::process::StepError;
use simulate::{Ensemble, Outcome};

use crate::interval::Interval;

/// A quantity in two scenarios.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: Unit,
    /// Its mean in the base.
    pub base: f64,
    /// Its mean in the scenario.
    pub scenario: f64,
    /// Scenario minus base, run by run.
    pub difference: Interval,
    /// The half-width of the 95 % interval of the mean difference.
    pub error: f64,
    /// The share of runs in which the quantity differs at all.
    pub changed: f64,
    /// Runs that have the quantity in both.
    pub runs: usize,
}

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Seats.
    Seats,
    /// Days.
    Days,
    /// The share of runs in which something is so.
    Probability,
}

/// Two scenarios compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// How many runs were paired.
    pub runs: usize,
    /// The share of runs whose outcome differs in anything.
    pub changed: f64,
    /// The quantities, the most changed first within each unit.
    pub differences: Vec<Difference>,
    /// What the processes report, by the same measure, the surest change first.
    pub reported: Vec<Reported>,
}

/// A quantity that a process reports, in two scenarios.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reported {
    /// Its id.
    pub id: String,
    /// What it is, for people.
    pub name: String,
    /// What it counts.
    pub unit: simulate::quantity::Unit,
    /// Its mean in the base.
    pub base: f64,
    /// Its mean in the scenario.
    pub scenario: f64,
    /// Scenario minus base, run by run.
    pub difference: Interval,
    /// The half-width of the 95 % interval of the mean difference.
    pub error: f64,
    /// The share of runs in which it differs at all.
    pub changed: f64,
    /// Runs that have it in both.
    pub runs: usize,
}

/// The runs of a model whose beliefs are drawn under the names of another day: two dates so drawn are paired.
///
/// # Errors
/// If a process cannot take a step; the run with the lowest number that failed is named.
pub fn paired_ensemble(
    model: &Model<'_>,
    day: Date,
    seed: u64,
    runs: u32,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Ensemble, StepError> {
    let one = |run: u32| {
        let drawn = Some(model.draw_on(Luck::new(seed, run), day));
        let played = Play { drawn, ..model.play(seed, run) }.go();
        done(1);
        played
            .map(|p| p.outcome)
            .map_err(|e| StepError { fault: format!("run {run}: {}", e.fault), ..e })
    };
    let all: Vec<_> = (0..runs).into_par_iter().with_min_len(16).map(one).collect();
    let outcomes = all.into_iter().collect::<Result<_, _>>()?;
    Ok(Ensemble { seed, first: 0, outcomes })
}

/// Why two ensembles cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareError {
    /// They were not run under the same seed and numbers.
    Unpaired,
}

impl std::fmt::Display for CompareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the ensembles are not paired: run both with the same seed and number of runs")
    }
}

impl std::error::Error for CompareError {}

/// Compares a scenario with its base, run by run.
///
/// # Errors
/// [`CompareError::Unpaired`].
pub fn compare(
    base: (&Model<'_>, &Ensemble),
    scenario: (&Model<'_>, &Ensemble),
) -> Result<Comparison, CompareError> {
    let (old, new) = (base.1, scenario.1);
    if (old.seed, old.first, old.outcomes.len()) != (new.seed, new.first, new.outcomes.len()) {
        return Err(CompareError::Unpaired);
    }
    let pairs: Vec<(&Outcome, &Outcome)> = old.outcomes.iter().zip(&new.outcomes).collect();
    let mut rows = Vec::new();
    let mut lists: Vec<&str> = Vec::new();
    for model in [base.0, scenario.0] {
        for list in &model.lists {
            let id = model.case.actors[*list].id.get_ref().as_str();
            if !lists.contains(&id) {
                lists.push(id);
            }
        }
    }
    for id in lists {
        let (a, b) = (base.0.list(id), scenario.0.list(id));
        let seats = |list: Option<usize>, r: &Outcome| list.map_or(0.0, |l| f64::from(r.seats[l]));
        let label = base.0.case.actor(id).or(scenario.0.case.actor(id)).map_or(id, |x| x.label());
        let values = pairs.iter().map(|(x, y)| (seats(a, x), seats(b, y)));
        rows.push(difference(format!("seats of {label}"), Unit::Seats, values));
    }
    let bloc = pairs.iter().map(|(x, y)| (f64::from(x.bloc_seats), f64::from(y.bloc_seats)));
    rows.push(difference("seats of the largest bloc".into(), Unit::Seats, bloc));
    let days = pairs.iter().filter_map(|(x, y)| Some((f64::from(x.days?), f64::from(y.days?))));
    rows.push(difference("days from election to confidence".into(), Unit::Days, days));
    let formed = |r: &Outcome| f64::from(u8::from(r.days.is_some()));
    let both = pairs.iter().map(|(x, y)| (formed(x), formed(y)));
    rows.push(difference(
        "a government is formed inside the window".into(),
        Unit::Probability,
        both,
    ));
    let failed = |r: &Outcome| f64::from(u8::from(!r.failed.is_empty()));
    let both = pairs.iter().map(|(x, y)| (failed(x), failed(y)));
    rows.push(difference("some nominee fails".into(), Unit::Probability, both));
    let mut candidates: Vec<(&str, &str)> = Vec::new();
    for candidate in base.0.case.candidates.iter().chain(&scenario.0.case.candidates) {
        let id = candidate.id.get_ref().as_str();
        if !candidates.iter().any(|(known, _)| *known == id) {
            candidates.push((id, &candidate.name));
        }
    }
    for (id, name) in candidates {
        let place =
            |model: &Model<'_>| model.case.candidates.iter().position(|c| c.id.get_ref() == id);
        let (a, b) = (place(base.0), place(scenario.0));
        let leads = |place: Option<usize>, r: &Outcome| {
            let head = r.head.map(usize::from);
            f64::from(u8::from(head.is_some() && head == place))
        };
        let values = pairs.iter().map(|(x, y)| (leads(a, x), leads(b, y)));
        rows.push(difference(
            format!("{name} becomes head of government"),
            Unit::Probability,
            values,
        ));
    }
    let order = |unit| match unit {
        Unit::Seats => 0,
        Unit::Days => 1,
        Unit::Probability => 2,
    };
    rows.sort_by(|a, b| {
        let size = |d: &Difference| d.difference.mean.abs();
        order(a.unit).cmp(&order(b.unit)).then(size(b).total_cmp(&size(a)))
    });
    let changed = pairs.iter().filter(|(x, y)| x != y).count() as f64 / pairs.len().max(1) as f64;
    let reported = reported((base.0, scenario.0), &pairs);
    Ok(Comparison { runs: pairs.len(), changed, differences: rows, reported })
}

fn reported(models: (&Model<'_>, &Model<'_>), pairs: &[(&Outcome, &Outcome)]) -> Vec<Reported> {
    let (old, new) = models;
    let both = old.quantities.iter().enumerate().filter_map(|(a, quantity)| {
        let b = new.quantities.iter().position(|q| q.id == quantity.id)?;
        let value = |r: &Outcome, at: usize| r.quantities.get(at).copied().flatten().map(f64::from);
        let values = pairs.iter().filter_map(|(x, y)| Some((value(x, a)?, value(y, b)?)));
        Some((quantity, values.collect::<Vec<_>>()))
    });
    // What is followed counts as last sampled.
    let last = |r: &Outcome, model: &Model<'_>, at: usize| {
        let from = r.course.len().checked_sub(model.followed.len())?;
        r.course.get(from + at).copied().map(f64::from)
    };
    let followed = old.followed.iter().enumerate().filter_map(|(a, quantity)| {
        let b = new.followed.iter().position(|q| q.id == quantity.id)?;
        let values = pairs.iter().filter_map(|(x, y)| Some((last(x, old, a)?, last(y, new, b)?)));
        Some((quantity, values.collect::<Vec<_>>()))
    });
    let mut rows: Vec<Reported> = (both.chain(followed))
        .filter(|(_, values)| !values.is_empty())
        .map(|(quantity, values)| {
            let d = difference(String::new(), Unit::Probability, values.into_iter());
            Reported {
                id: quantity.id.clone(),
                name: quantity.name.clone(),
                unit: quantity.unit,
                base: d.base,
                scenario: d.scenario,
                difference: d.difference,
                error: d.error,
                changed: d.changed,
                runs: d.runs,
            }
        })
        .collect();
    let sure = |r: &Reported| match r.difference.mean.abs() / r.error {
        ratio if ratio.is_finite() => ratio,
        _ => 0.0,
    };
    rows.sort_by(|a, b| sure(b).total_cmp(&sure(a)).then_with(|| a.id.cmp(&b.id)));
    rows
}

fn difference(quantity: String, unit: Unit, pairs: impl Iterator<Item = (f64, f64)>) -> Difference {
    let pairs: Vec<(f64, f64)> = pairs.collect();
    let n = pairs.len().max(1) as f64;
    let interval = Interval::of(pairs.iter().map(|(a, b)| b - a));
    let variance = pairs.iter().map(|(a, b)| (b - a - interval.mean).powi(2)).sum::<f64>()
        / (n - 1.0).max(1.0);
    Difference {
        quantity,
        unit,
        base: pairs.iter().map(|p| p.0).sum::<f64>() / n,
        scenario: pairs.iter().map(|p| p.1).sum::<f64>() / n,
        difference: interval,
        error: 1.96 * (variance / n).sqrt(),
        changed: pairs.iter().filter(|(a, b)| a != b).count() as f64 / n,
        runs: pairs.len(),
    }
}
