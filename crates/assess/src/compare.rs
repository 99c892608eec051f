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
use simulate::quantity::{Quantity, Unit as Of};
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
    match base.1.outcomes.len() == scenario.1.outcomes.len() {
        true => compare_first(base, scenario),
        false => Err(CompareError::Unpaired),
    }
}

/// As [`compare`], where the scenario may have fewer runs than the base: differences are those of the pairs there are,
/// the base is told over all its runs, and the scenario as the base and the difference, so that what the base comes to
/// has one number (a control variate, `owen2013`).
///
/// # Errors
/// [`CompareError::Unpaired`].
pub fn compare_first(
    base: (&Model<'_>, &Ensemble),
    scenario: (&Model<'_>, &Ensemble),
) -> Result<Comparison, CompareError> {
    let (old, new) = (base.1, scenario.1);
    if (old.seed, old.first) != (new.seed, new.first) || old.outcomes.len() < new.outcomes.len() {
        return Err(CompareError::Unpaired);
    }
    let runs = Runs { old: &old.outcomes, new: &new.outcomes };
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
        let of = |list| move |r: &Outcome| Some(seats(list, r));
        rows.push(runs.difference(format!("seats of {label}"), Unit::Seats, of(a), of(b)));
    }
    let mut same = |quantity: &str, unit: Unit, of: &dyn Fn(&Outcome) -> Option<f64>| {
        rows.push(runs.difference(quantity.to_owned(), unit, of, of));
    };
    let so = |so: bool| Some(f64::from(u8::from(so)));
    let bloc = |r: &Outcome| Some(f64::from(r.bloc_seats));
    same("seats of the largest bloc", Unit::Seats, &bloc);
    same("days from election to confidence", Unit::Days, &|r| r.days.map(f64::from));
    let formed = |r: &Outcome| so(r.days.is_some());
    same("a government is formed inside the window", Unit::Probability, &formed);
    same("some nominee fails", Unit::Probability, &|r| so(!r.failed.is_empty()));
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
        let leads = |place: Option<usize>| {
            move |r: &Outcome| {
                let head = r.head.map(usize::from);
                so(head.is_some() && head == place)
            }
        };
        let what = format!("{name} becomes head of government");
        rows.push(runs.difference(what, Unit::Probability, leads(a), leads(b)));
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
    let pairs = runs.new.len();
    let changed = runs.old.iter().zip(runs.new).filter(|(x, y)| x != y).count();
    let changed = changed as f64 / pairs.max(1) as f64;
    let reported = reported((base.0, scenario.0), &runs);
    Ok(Comparison { runs: pairs, changed, differences: rows, reported })
}

fn reported(models: (&Model<'_>, &Model<'_>), runs: &Runs<'_>) -> Vec<Reported> {
    let (old, new) = models;
    // What cannot leave 0 to 1 is told within.
    let kind = |quantity: &Quantity| match quantity.unit {
        Of::Share | Of::Happens => Unit::Probability,
        _ => Unit::Seats,
    };
    let value = |at: usize| move |r: &Outcome| r.quantities.get(at)?.map(f64::from);
    let both = old.quantities.iter().enumerate().filter_map(|(a, quantity)| {
        let b = new.quantities.iter().position(|q| q.id == quantity.id)?;
        Some((quantity, runs.difference(String::new(), kind(quantity), value(a), value(b))))
    });
    // What is followed counts as last sampled.
    let last = |model: &Model<'_>, at: usize| {
        let followed = model.followed.len();
        move |r: &Outcome| {
            let from = r.course.len().checked_sub(followed)?;
            r.course.get(from + at).copied().map(f64::from)
        }
    };
    let followed = old.followed.iter().enumerate().filter_map(|(a, quantity)| {
        let b = new.followed.iter().position(|q| q.id == quantity.id)?;
        Some((quantity, runs.difference(String::new(), kind(quantity), last(old, a), last(new, b))))
    });
    let mut rows: Vec<Reported> = (both.chain(followed))
        .filter(|(_, d)| d.runs > 0)
        .map(|(quantity, d)| Reported {
            id: quantity.id.clone(),
            name: quantity.name.clone(),
            unit: quantity.unit,
            base: d.base,
            scenario: d.scenario,
            difference: d.difference,
            error: d.error,
            changed: d.changed,
            runs: d.runs,
        })
        .collect();
    let sure = |r: &Reported| match r.difference.mean.abs() / r.error {
        ratio if ratio.is_finite() => ratio,
        _ => 0.0,
    };
    rows.sort_by(|a, b| sure(b).total_cmp(&sure(a)).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// Runs of the base and those of the scenario that they are paired with, from the first on.
struct Runs<'r> {
    old: &'r [Outcome],
    new: &'r [Outcome],
}

impl Runs<'_> {
    /// What tells them apart, over the pairs of which both have the quantity.
    fn difference(
        &self,
        quantity: String,
        unit: Unit,
        of_old: impl Fn(&Outcome) -> Option<f64>,
        of_new: impl Fn(&Outcome) -> Option<f64>,
    ) -> Difference {
        let both = self.old.iter().zip(self.new);
        let pairs: Vec<(f64, f64)> =
            both.filter_map(|(a, b)| Some((of_old(a)?, of_new(b)?))).collect();
        let n = pairs.len().max(1) as f64;
        let interval = Interval::of(pairs.iter().map(|(a, b)| b - a));
        let variance = pairs.iter().map(|(a, b)| (b - a - interval.mean).powi(2)).sum::<f64>()
            / (n - 1.0).max(1.0);
        let mut base = pairs.iter().map(|p| p.0).sum::<f64>() / n;
        let mut scenario = pairs.iter().map(|p| p.1).sum::<f64>() / n;
        if self.old.len() > self.new.len() && !pairs.is_empty() {
            let all: Vec<f64> = self.old.iter().filter_map(of_old).collect();
            base = all.iter().sum::<f64>() / all.len().max(1) as f64;
            scenario = base + interval.mean;
            if unit == Unit::Probability {
                scenario = scenario.clamp(0.0, 1.0);
            }
        }
        Difference {
            quantity,
            unit,
            base,
            scenario,
            difference: interval,
            error: 1.96 * (variance / n).sqrt(),
            changed: pairs.iter().filter(|(a, b)| a != b).count() as f64 / n,
            runs: pairs.len(),
        }
    }
}
