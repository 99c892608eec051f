//! `POST /api/whatif`: what would be otherwise if some numbers of the case were others.

use std::collections::BTreeMap;
use std::sync::Arc;

use assess::compare::{Comparison, Difference, Unit};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::IntervalView;
use super::{Answer, Body};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// The most runs one may ask for.
const MOST_RUNS: u32 = 100_000;
/// The most paths that may be set at once.
const MOST_SET: usize = 200;

/// What is to be otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// New values by their paths, such as `{"entry.reds.participates": true}`. A number set on an estimate fixes it.
    #[serde(default)]
    pub set: BTreeMap<String, Setting>,
    /// Scenarios of the case to be laid over it first, in this order.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// How many futures of each.
    #[serde(default = "thousand")]
    pub runs: u32,
}

fn thousand() -> u32 {
    1000
}

/// A value for a path of the case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Setting {
    /// A switch.
    Switch(bool),
    /// A number.
    Number(f64),
    /// A word; a date if it is written like one, as 2031-03-01.
    Word(String),
}

impl Setting {
    /// The value as TOML.
    pub fn toml(&self) -> String {
        match self {
            Self::Switch(on) => on.to_string(),
            Self::Number(number) => format!("{number:?}"),
            Self::Word(word) if word.parse::<Date>().is_ok() => word.clone(),
            Self::Word(word) => toml::Value::from(word.as_str()).to_string(),
        }
    }
}

/// Refuses numbers of runs out of range.
pub(crate) fn check_runs(runs: u32) -> Result<(), Problem> {
    match (1..=MOST_RUNS).contains(&runs) {
        true => Ok(()),
        false => {
            Err(Problem::refused("bad-runs", format!("{runs} runs: ask for 1 to {MOST_RUNS}")))
        }
    }
}

impl Asked {
    /// Refuses what cannot be laid over any case.
    pub fn check(&self) -> Result<(), Problem> {
        check_runs(self.runs)?;
        if self.set.len() > MOST_SET || self.scenarios.len() > MOST_SET {
            let detail = format!("at most {MOST_SET} paths and scenarios at once");
            return Err(Problem::refused("too-much-set", detail));
        }
        for path in self.set.keys() {
            let odd = |c: char| c == '=' || c.is_control();
            if path.trim().is_empty() || path.len() > 300 || path.contains(odd) {
                let detail = format!("{path:?} is no path of a case");
                return Err(Problem::refused("bad-path", detail));
            }
        }
        // A name, never a path: the case's own scenarios alone can be laid over it.
        let plain = |name: &String| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
        };
        match self.scenarios.iter().find(|name| !plain(name)) {
            Some(name) => {
                Err(Problem::refused("bad-scenario", format!("{name:?} is no scenario's name")))
            }
            None => Ok(()),
        }
    }
}

/// A what-if against the base, run by run under the same luck.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Paired {
    /// The case's revision.
    pub revision: String,
    /// What was asked.
    pub asked: Asked,
    /// How many runs were paired.
    pub runs: usize,
    /// The share of runs whose outcome differs in anything; exactly 0 where nothing was changed.
    pub changed: f64,
    /// The quantities, the most changed first within each unit.
    pub differences: Vec<DifferenceView>,
    /// Warnings on what was set: a value that is so already.
    pub remarks: Vec<String>,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// The job that goes on to more runs, if there is one.
    pub job: Option<u64>,
}

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UnitView {
    /// Seats.
    Seats,
    /// Days.
    Days,
    /// The share of runs in which something is so.
    Probability,
}

/// A quantity in the base and in the what-if.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// The quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: UnitView,
    /// Its mean in the base.
    pub base: f64,
    /// Its mean in the what-if.
    pub scenario: f64,
    /// What-if minus base, run by run.
    pub difference: IntervalView,
    /// The half-width of the 95 % interval of the mean difference.
    pub error: f64,
    /// The share of runs in which the quantity differs at all.
    pub changed: f64,
    /// Runs that have the quantity in both.
    pub runs: usize,
}

impl From<&Difference> for DifferenceView {
    fn from(d: &Difference) -> Self {
        Self {
            quantity: d.quantity.clone(),
            unit: match d.unit {
                Unit::Seats => UnitView::Seats,
                Unit::Days => UnitView::Days,
                Unit::Probability => UnitView::Probability,
            },
            base: d.base,
            scenario: d.scenario,
            difference: d.difference.into(),
            error: d.error,
            changed: d.changed,
            runs: d.runs,
        }
    }
}

/// The rows of a comparison.
pub(crate) fn rows(comparison: &Comparison) -> Vec<DifferenceView> {
    comparison.differences.iter().map(DifferenceView::from).collect()
}

/// A what-if against the base under the same luck, at once: over as many runs as asked for, at most 1,000, or as can
/// be run in a second (`runs` says how many); a job then goes on to as many as the workbench was started with. An empty what-if differs by exactly 0.
#[utoipa::path(post, path = "/api/whatif", request_body = Asked, responses((status = 200, body = Paired), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn whatif(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<Asked>,
) -> Answer<Paired> {
    asked.check()?;
    let base = workbench.base().await?;
    let found = off(move || {
        let mut found = workbench.pair_now(&base, &asked)?;
        found.job = workbench.go_on_with(&base, &asked)?;
        Ok(found)
    });
    Ok(Json(found.await?))
}

/// How often matters come out as the actors in focus want, in the base and in a what-if.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Ways {
    /// The case's revision.
    pub revision: String,
    /// Whether it is known what they want: it is, once the key questions were answered.
    pub known: bool,
    /// Over how many pairs of runs.
    pub runs: usize,
    /// What stands clear of its error first, then by the size of the difference.
    pub rows: Vec<Way>,
}

/// An actor and a matter.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Way {
    /// The actor's id.
    pub actor: String,
    /// Its short name.
    pub label: String,
    /// What is decided.
    pub matter: String,
    /// What it wants.
    pub wants: Vec<String>,
    /// The share of runs of the base that come out so.
    pub base: f64,
    /// The share of runs of the what-if.
    pub scenario: f64,
    /// What-if minus base.
    pub difference: f64,
    /// The half-width of the 95 % interval of the difference, by the pairs.
    pub error: f64,
}

/// The mean of second minus first, and the half-width of its 95 % interval by the pairs.
pub(crate) fn differs(pairs: &[(f64, f64)]) -> (f64, f64) {
    let n = pairs.len().max(1) as f64;
    let difference = pairs.iter().map(|p| p.1 - p.0).sum::<f64>() / n;
    let squares = pairs.iter().map(|p| (p.1 - p.0 - difference).powi(2)).sum::<f64>();
    (difference, 1.96 * (squares / (n - 1.0).max(1.0) / n).sqrt())
}

impl Way {
    /// Of what came of each pair of runs: 1 where it came out as wanted.
    pub fn of(
        camp: &assess::influence::Camp,
        matter: &str,
        wants: &[String],
        pairs: &[(f64, f64)],
    ) -> Self {
        let mean = |of: fn(&(f64, f64)) -> f64| {
            pairs.iter().map(of).sum::<f64>() / pairs.len().max(1) as f64
        };
        let (difference, error) = differs(pairs);
        Self {
            actor: camp.actor.clone(),
            label: camp.label.clone(),
            matter: matter.to_owned(),
            wants: wants.to_vec(),
            base: mean(|p| p.0),
            scenario: mean(|p| p.1),
            difference,
            error,
        }
    }
}

/// How the key questions of the case are answered in the base and in a what-if.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct KeyAnswers {
    /// The case's revision.
    pub revision: String,
    /// The answers in the order of the questions.
    pub rows: Vec<KeyAnswer>,
    /// Questions that no run of both answers, with the reason.
    pub silent: Vec<SilentQuestion>,
}

/// An answer, as the runs alone give it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct KeyAnswer {
    /// The question's id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The name that the row is of, where the question asks for one of several.
    pub name: Option<String>,
    /// Whether the numbers are probabilities; else they are what the question asks for.
    pub is_probability: bool,
    /// What the runs of the base say, as on the other pages where they say it: a probability, or the median.
    pub base: f64,
    /// What-if minus base, run by run: of probabilities, or the mean of the numbers.
    pub difference: f64,
    /// The half-width of the 95 % interval of the difference, by the pairs.
    pub error: f64,
    /// Over how many pairs of runs.
    pub runs: usize,
}

/// A question that the runs do not answer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SilentQuestion {
    /// The question.
    pub question: String,
    /// Why.
    pub why: String,
}

/// How the key questions are answered by the runs of the base and of a what-if, under the same luck: over at most 400 pairs.
#[utoipa::path(post, path = "/api/whatif/answers", request_body = Asked, responses((status = 200, body = KeyAnswers), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn answers(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<Asked>,
) -> Answer<KeyAnswers> {
    asked.check()?;
    let base = workbench.base().await?;
    Ok(Json(off(move || workbench.key_answers(&base, &asked)).await?))
}

/// Who gets his way in a what-if, and how often in the base, under the same luck: over at most 400 pairs of runs.
#[utoipa::path(post, path = "/api/whatif/ways", request_body = Asked, responses((status = 200, body = Ways), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn ways(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<Asked>,
) -> Answer<Ways> {
    asked.check()?;
    let base = workbench.base().await?;
    Ok(Json(off(move || workbench.ways(&base, &asked)).await?))
}
