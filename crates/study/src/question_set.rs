//! The dated questions of a case with what was frozen of them, as one JSON set: the fields of ForecastBench's question sets,
//! with the kinds and options of Metaculus, and for each question what the reference class, the runs and both joined say.

use std::path::Path;

use assess::Record;
use assess::score::Forecast;
use case::Case;
use case::question::{Question, QuestionKind};
use jiff::civil::Date;
use serde::Serialize;

use crate::frozen::{self, Unusable};

/// A set of questions.
#[derive(Debug, Serialize)]
pub struct QuestionSet<'q> {
    /// The last day of information of the latest question: when forecasts are due.
    pub forecast_due_date: Option<Date>,
    /// Its name.
    pub question_set: String,
    /// The questions, in the order of the case.
    pub questions: Vec<Entry<'q>>,
}

/// A question of a set.
#[derive(Debug, Serialize)]
pub struct Entry<'q> {
    id: &'q str,
    source: &'static str,
    question: &'q str,
    /// `binary`, `numeric` or `multiple_choice`.
    #[serde(rename = "type")]
    kind: &'static str,
    options: &'q [String],
    resolution_criteria: String,
    background: Option<&'q str>,
    url: &'static str,
    freeze_datetime: String,
    resolution_dates: Vec<Date>,
    forecasts: Forecasts,
    /// What came true, where that is known on the case's date.
    resolution: Option<String>,
}

/// What was forecast and frozen; null where nothing is on record.
#[derive(Debug, Default, Serialize)]
struct Forecasts {
    outside: Option<Forecast>,
    runs: Option<Forecast>,
    joined: Option<Forecast>,
    missing: Option<f64>,
    case_hash: Option<String>,
}

impl From<Record> for Forecasts {
    fn from(record: Record) -> Self {
        Self {
            outside: record.outside,
            runs: record.forecast,
            joined: record.joined,
            missing: Some(record.missing),
            case_hash: Some(record.case_hash),
        }
    }
}

/// The set of a case: its questions of the case's date and before. `root` is where its frozen forecasts lie.
///
/// # Errors
/// If a frozen forecast cannot be read, or was changed since.
pub fn question_set<'q>(
    case: &Case,
    root: &Path,
    questions: &'q [Question],
) -> Result<QuestionSet<'q>, Unusable> {
    let folder = frozen::folder(root);
    let asked = || questions.iter().filter(|question| question.as_of <= case.as_of);
    Ok(QuestionSet {
        forecast_due_date: asked().map(|question| question.as_of).max(),
        question_set: format!("{} as of {}", case.head.title, case.as_of),
        questions: asked()
            .map(|question| entry(case, &folder, question))
            .collect::<Result<_, _>>()?,
    })
}

fn entry<'q>(case: &Case, folder: &Path, question: &'q Question) -> Result<Entry<'q>, Unusable> {
    let criteria = match (&question.ask, &question.beyond) {
        (Some(ask), _) => format!("Of a run: {}", ask.get_ref()),
        (None, Some(beyond)) => format!("Nothing is asked of runs: {beyond}"),
        (None, None) => "Nothing is asked of runs".to_owned(),
    };
    let known = question.source.0.iter().any(|key| case.source(key.get_ref()).is_some());
    Ok(Entry {
        id: question.id.get_ref(),
        source: "shatterbelt",
        question: &question.text,
        kind: match question.kind {
            QuestionKind::Binary => "binary",
            QuestionKind::Number => "numeric",
            QuestionKind::Category => "multiple_choice",
        },
        options: &question.categories,
        resolution_criteria: criteria,
        background: question.note.as_deref(),
        url: "N/A",
        freeze_datetime: format!("{}T00:00:00Z", question.as_of),
        resolution_dates: question.until.into_iter().collect(),
        forecasts: frozen::last(folder, question)?.map(Forecasts::from).unwrap_or_default(),
        resolution: question.truth.as_ref().filter(|_| known).map(case::question::Answer::name),
    })
}
