//! Keeping score: forecasts of dated questions, plain baselines, and how far each was from what came true.

use std::collections::BTreeMap;

use case::question::{Answer, Question, QuestionKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use simulate::Ensemble;
use simulate::model::Model;

use crate::ask::{Ask, AskError, Value};

mod baseline;
mod board;
mod grade;
mod join;
mod overall;
mod record;

pub use baseline::{PlainForecaster, baseline};
pub use board::{Asked, Board, Calibrated, Miss, Row, Standing, Ungraded, View, board, rows};
pub use grade::{Grade, GradeError, grade};
pub use join::{Slope, Weight};
pub use overall::{Forecaster, Line, Overall};
pub use record::{Broken, Record};

/// Points that are kept of a forecast number's distribution.
pub const POINTS: usize = 200;

/// A forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Forecast {
    /// The probability of yes.
    Probability(f64),
    /// Evenly spaced points of a number's distribution, in rising order.
    Points(Vec<f64>),
    /// The probability of each name.
    Shares(BTreeMap<String, f64>),
}

impl Forecast {
    /// The probability of yes, the median, or the likeliest name, for people.
    #[must_use]
    pub fn short(&self) -> String {
        match self {
            Self::Probability(p) => format!("{:.0} %", 100.0 * p),
            Self::Points(points) => {
                let at = |share: f64| crate::interval::quantile(points, share);
                format!("{:.0} ({:.0} to {:.0})", at(0.5), at(0.05), at(0.95))
            }
            Self::Shares(shares) => {
                let best = shares.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
                best.map_or_else(String::new, |(name, p)| format!("{name} {:.0} %", 100.0 * p))
            }
        }
    }
}

/// A forecast with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answered {
    /// The forecast.
    pub forecast: Forecast,
    /// The share of runs in which what was asked for did not come about inside the window. Days count as the
    /// window's end there; other numbers are left out.
    pub missing: f64,
}

/// Why a question has no forecast.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerError {
    /// It does not say what is asked of a run.
    NoAsk,
    /// What it asks cannot be read.
    Ask(AskError),
    /// What is asked gives another sort of answer than the question wants.
    Kind(&'static str),
    /// It did not come about in any run.
    Never,
}

impl std::fmt::Display for AnswerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoAsk => f.write_str("the question has no ask = \"…\", so no run can answer it"),
            Self::Ask(error) => write!(f, "ask: {error}"),
            Self::Kind(wanted) => write!(f, "ask does not give {wanted}, as the question wants"),
            Self::Never => f.write_str("what is asked for came about in no run"),
        }
    }
}

impl std::error::Error for AnswerError {}

/// Why the board has no forecast of a question. It is written as the text that says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Silence {
    /// It lies beyond the model, in the words of the questions' author.
    Beyond(String),
    /// No run answers it.
    Answer(AnswerError),
    /// The case cannot be built as of the day; the first finding.
    NoCase(Date, String),
    /// The case does not run as of the day; the first finding.
    NoModel(Date, String),
    /// None was frozen.
    NotFrozen,
    /// The question read otherwise when its forecast was frozen.
    AskedOtherwise,
    /// What was frozen cannot be used, for the reason given.
    Unusable(String),
}

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Beyond(why) | Self::Unusable(why) => f.write_str(why),
            Self::Answer(error) => write!(f, "{error}"),
            Self::NoCase(day, first) => write!(f, "the case cannot be built as of {day}: {first}"),
            Self::NoModel(day, first) => write!(f, "the case does not run as of {day}: {first}"),
            Self::NotFrozen => f.write_str("no forecast is on record"),
            Self::AskedOtherwise => {
                f.write_str("it was asked otherwise when its forecast was frozen")
            }
        }
    }
}

impl std::error::Error for Silence {}

impl Serialize for Silence {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Answers a question from an ensemble of a model.
///
/// Yes or no: (yes + 1/2) / (runs + 1), the Jeffreys estimate, so that nothing is held to be certain
/// (`jeffreys1946`). A name: the shares of the runs, each raised likewise. A number: [`POINTS`] evenly spaced points.
///
/// # Errors
/// [`AnswerError`].
pub fn answer(
    question: &Question,
    model: &Model<'_>,
    ensemble: &Ensemble,
) -> Result<Answered, AnswerError> {
    let text = question.ask.as_ref().ok_or(AnswerError::NoAsk)?;
    let ask = Ask::read(text.get_ref(), model).map_err(AnswerError::Ask)?;
    let values: Vec<Value> = ensemble.outcomes.iter().map(|run| ask.of(run)).collect();
    let n = values.len() as f64;
    let missing = values.iter().filter(|v| **v == Value::Missing).count() as f64;
    let forecast = match question.kind {
        QuestionKind::Binary => {
            if values.iter().any(|v| !matches!(v, Value::Truth(_) | Value::Missing)) {
                return Err(AnswerError::Kind("yes or no"));
            }
            let yes = values.iter().filter(|v| **v == Value::Truth(true)).count() as f64;
            Forecast::Probability((yes + 0.5) / (n + 1.0))
        }
        QuestionKind::Number => {
            let at_end = ask.days_at_end(model.end);
            let mut numbers = Vec::with_capacity(values.len());
            for value in &values {
                match value {
                    Value::Number(number) => numbers.push(*number),
                    Value::Missing => numbers.extend(at_end),
                    _ => return Err(AnswerError::Kind("a number")),
                }
            }
            if numbers.is_empty() {
                return Err(AnswerError::Never);
            }
            numbers.sort_by(f64::total_cmp);
            Forecast::Points(points(&numbers))
        }
        QuestionKind::Category => {
            let mut count: BTreeMap<String, f64> =
                question.categories.iter().map(|c| (c.clone(), 0.0)).collect();
            for value in &values {
                let name = match value {
                    Value::Name(name) if count.contains_key(name) => name.as_str(),
                    Value::Name(_) | Value::Missing => "other",
                    _ => return Err(AnswerError::Kind("a name")),
                };
                // A question without "other" leaves out what is none of its names.
                if let Some(count) = count.get_mut(name) {
                    *count += 1.0;
                }
            }
            Forecast::Shares(raised(count))
        }
    };
    Ok(Answered { forecast, missing: missing / n.max(1.0) })
}

/// Evenly spaced points of sorted numbers.
fn points(sorted: &[f64]) -> Vec<f64> {
    (0..POINTS)
        .map(|i| crate::interval::quantile(sorted, (i as f64 + 0.5) / POINTS as f64))
        .collect()
}

/// Counts as shares, each raised by half a case so that none is 0 or 1.
fn raised(count: BTreeMap<String, f64>) -> BTreeMap<String, f64> {
    let all: f64 = count.values().sum::<f64>() + 0.5 * count.len() as f64;
    count.into_iter().map(|(name, n)| (name, (n + 0.5) / all)).collect()
}

/// The name that an answer counts as among a question's categories.
fn category(question: &Question, answer: &Answer) -> String {
    let name = answer.name();
    if question.categories.contains(&name) { name } else { "other".to_owned() }
}
