//! Plain forecasters to be measured against: the base rate, persistence, and a simple model the question names.

use std::collections::BTreeMap;

use case::question::{Question, QuestionKind};
use serde::{Deserialize, Serialize};

use super::{Forecast, POINTS, category, points, raised};

/// How sure persistence is that what held holds again. *Judged*: a certain forecast that fails once has lost for
/// ever by the log score.
const PERSISTS: f64 = 0.95;

/// A plain forecaster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlainForecaster {
    /// How often it was so before.
    BaseRate,
    /// What held the last time holds again, give or take the changes on record.
    Persistence,
    /// The simple model that the question names.
    Simple,
}

impl PlainForecaster {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::BaseRate, Self::Persistence, Self::Simple];

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BaseRate => "base rate",
            Self::Persistence => "persistence",
            Self::Simple => "simple model",
        }
    }
}

/// What a plain forecaster says; none where the question does not give it what it needs.
#[must_use]
pub fn baseline(question: &Question, forecaster: PlainForecaster) -> Option<Forecast> {
    let given = &question.baseline;
    let names = || question.categories.iter().cloned();
    match (forecaster, question.kind) {
        (PlainForecaster::BaseRate, _) if given.past.is_empty() => None,
        (PlainForecaster::BaseRate, QuestionKind::Binary) => {
            let yes: f64 = given.past.iter().filter_map(|a| a.number()).sum();
            Some(Forecast::Probability((yes + 0.5) / (given.past.len() as f64 + 1.0)))
        }
        (PlainForecaster::BaseRate, QuestionKind::Number) => {
            let mut past: Vec<f64> = given.past.iter().filter_map(|a| a.number()).collect();
            past.sort_by(f64::total_cmp);
            Some(Forecast::Points(points(&past)))
        }
        (PlainForecaster::BaseRate, QuestionKind::Category) => {
            let mut count: BTreeMap<String, f64> = names().map(|name| (name, 0.0)).collect();
            for past in &given.past {
                *count.entry(category(question, past)).or_default() += 1.0;
            }
            Some(Forecast::Shares(raised(count)))
        }
        (PlainForecaster::Persistence, kind) => {
            let last = given.last.as_ref()?;
            Some(match kind {
                QuestionKind::Binary => Forecast::Probability(match last.number()? {
                    0.0 => 1.0 - PERSISTS,
                    _ => PERSISTS,
                }),
                QuestionKind::Number => {
                    let last = last.number()?;
                    let past: Vec<f64> = given.past.iter().filter_map(|a| a.number()).collect();
                    // What changed from one time to the next may change again, up or down.
                    let mut spread: Vec<f64> = (past.windows(2))
                        .flat_map(|pair| [last + (pair[1] - pair[0]), last - (pair[1] - pair[0])])
                        .collect();
                    spread.push(last);
                    spread.sort_by(f64::total_cmp);
                    Forecast::Points(points(&spread))
                }
                QuestionKind::Category => {
                    let held = category(question, last);
                    let others = (1.0 - PERSISTS) / (question.categories.len() as f64 - 1.0);
                    let share = |name: &String| if *name == held { PERSISTS } else { others };
                    Forecast::Shares(names().map(|name| (name.clone(), share(&name))).collect())
                }
            })
        }
        (PlainForecaster::Simple, kind) => {
            let simple = given.simple.as_ref()?;
            Some(match kind {
                QuestionKind::Binary => Forecast::Probability(simple.probability?),
                QuestionKind::Number => {
                    let (mean, sd) = (simple.mean?, simple.sd?);
                    let at = |i: usize| (i as f64 + 0.5) / POINTS as f64;
                    let point = |i| mean + sd * simulate::luck::standard_normal(at(i));
                    Forecast::Points((0..POINTS).map(point).collect())
                }
                QuestionKind::Category => {
                    let shares = simple.shares.as_ref()?;
                    let share = |name: &String| shares.get(name).copied().unwrap_or(0.0);
                    Forecast::Shares(names().map(|name| (name.clone(), share(&name))).collect())
                }
            })
        }
    }
}
