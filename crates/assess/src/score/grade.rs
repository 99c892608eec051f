//! How far a forecast was from what came true, by proper scores.

use case::question::{Answer, Question, QuestionKind};
use serde::Serialize;
use theory::Fault;
use theory::score::{brier, brier_many, crps_ensemble, interval, interval_of_draws, log};

use super::{Forecast, category};

/// The level of the interval whose score is taken and whose coverage is counted.
pub const LEVEL: f64 = 0.9;

/// The scores of a forecast; lower is better for all. What does not apply is none.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Grade {
    /// Squared error of the probability of yes, in \[0, 1\]; for names the sum over names, in \[0, 2\]
    /// (`brier1950`).
    pub brier: Option<f64>,
    /// Minus the natural logarithm of the probability given to what came true (`good1952`).
    pub log: Option<f64>,
    /// The continuous ranked probability score, in the number's unit (`gneiting2007`).
    pub crps: Option<f64>,
    /// The score of the central 90 % interval, in the number's unit (`gneiting2007`).
    pub interval: Option<f64>,
    /// Whether the number lay in that interval.
    pub inside: Option<bool>,
    /// The probability given to what came true, or for a number the share of the distribution below it.
    pub given: f64,
}

/// Why a forecast cannot be scored.
#[derive(Debug, Clone, PartialEq)]
pub enum GradeError {
    /// The truth is not of the question's kind.
    Truth,
    /// The forecast is not.
    Forecast,
    /// A number in it is out of bounds.
    Score(Fault),
    /// The forecasts on record cannot be read.
    Record(reference::Fault),
}

impl std::fmt::Display for GradeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Truth => f.write_str("the truth is not of the question's kind"),
            Self::Forecast => f.write_str("the forecast is not of the question's kind"),
            Self::Score(fault) => write!(f, "{fault}"),
            Self::Record(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for GradeError {}

impl From<Fault> for GradeError {
    fn from(fault: Fault) -> Self {
        Self::Score(fault)
    }
}

/// Scores a forecast against what came true.
///
/// # Errors
/// [`GradeError`].
pub fn grade(
    question: &Question,
    forecast: &Forecast,
    truth: &Answer,
) -> Result<Grade, GradeError> {
    match (question.kind, forecast) {
        (QuestionKind::Binary, Forecast::Probability(p)) => {
            let came = truth.number().ok_or(GradeError::Truth)? > 0.5;
            let given = if came { *p } else { 1.0 - p };
            Ok(Grade {
                brier: Some(brier(&[*p], &[came])?),
                log: Some(log(&[1.0 - p, *p], usize::from(came))?),
                given,
                ..Grade::default()
            })
        }
        (QuestionKind::Number, Forecast::Points(points)) => {
            let y = truth.number().ok_or(GradeError::Truth)?;
            let (low, high) = interval_of_draws(points, LEVEL)?;
            let below = points.iter().filter(|p| **p < y).count() as f64;
            let level = points.iter().filter(|p| **p == y).count() as f64;
            Ok(Grade {
                crps: Some(crps_ensemble(points, y)?),
                interval: Some(interval(low, high, LEVEL, y)?),
                inside: Some(low <= y && y <= high),
                given: (below + level / 2.0) / points.len().max(1) as f64,
                ..Grade::default()
            })
        }
        (QuestionKind::Category, Forecast::Shares(shares)) => {
            let name = category(question, truth);
            let place = shares.keys().position(|k| *k == name).ok_or(GradeError::Truth)?;
            let values: Vec<f64> = shares.values().copied().collect();
            Ok(Grade {
                brier: Some(brier_many(&values, place)?),
                log: Some(log(&values, place)?),
                given: values[place],
                ..Grade::default()
            })
        }
        _ => Err(GradeError::Forecast),
    }
}
