//! The first rows of the board: all yes-or-no questions, all names, all numbers, and how every
//! forecaster did on them.

use case::question::QuestionKind;
use serde::Serialize;

use super::{Forecast, Grade, PlainForecaster, Row};

/// Whose forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Forecaster {
    /// Outside and inside joined: what the program says.
    Joined,
    /// The runs alone.
    Inside,
    /// The reference class alone.
    Outside,
    /// How often it was so before.
    Climatology,
    /// What held the last time holds again.
    Persistence,
    /// Even odds.
    Coin,
}

impl Forecaster {
    /// All of them, in the order of the rows.
    pub const ALL: [Self; 6] = [
        Self::Joined,
        Self::Inside,
        Self::Outside,
        Self::Climatology,
        Self::Persistence,
        Self::Coin,
    ];

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Inside => "runs alone",
            Self::Outside => "outside view alone",
            Self::Climatology => "climatology",
            Self::Persistence => "persistence",
            Self::Coin => "a coin",
        }
    }

    /// Its scores on a question; none where it says nothing.
    fn grade(self, row: &Row) -> Option<&Grade> {
        let plain = |who| row.plain.iter().find(|(p, ..)| *p == who).map(|(.., grade)| grade);
        match self {
            Self::Joined => row.grade.as_ref(),
            Self::Inside => row.inside.grade.as_ref(),
            Self::Outside => row.outside.grade.as_ref(),
            Self::Climatology => plain(PlainForecaster::BaseRate),
            Self::Persistence => plain(PlainForecaster::Persistence),
            Self::Coin => None,
        }
    }
}

/// All scored questions of a kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overall {
    /// The kind.
    pub kind: QuestionKind,
    /// How many were scored.
    pub questions: usize,
    /// How each forecaster did.
    pub lines: Vec<Line>,
}

/// How a forecaster did on all questions of a kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Whose forecasts.
    pub forecaster: Forecaster,
    /// How many of the questions it answers.
    pub answered: usize,
    /// The mean Brier score over all questions: where it says nothing it has even odds.
    pub brier: Option<f64>,
    /// The mean log score, likewise.
    pub log: Option<f64>,
    /// The mean Brier score over the questions it answers.
    pub brier_answered: Option<f64>,
    /// Of numbers: the geometric mean of its CRPS over that of the joined forecast, where both
    /// answer. Units differ from question to question, so nothing else can be put together.
    pub crps: Option<f64>,
}

/// Even odds among the answers a question leaves open: their Brier and log scores.
fn even(row: &Row) -> (f64, f64) {
    let plain = row.plain.iter().find_map(|(_, forecast, _)| names(forecast));
    let mut said = [&row.forecast, &row.inside.said].into_iter().flatten();
    match plain.or_else(|| said.find_map(names)) {
        // Squares of 1/n for all names but one, and of 1 - 1/n for that one.
        Some(n) => (1.0 - 1.0 / n, n.ln()),
        None => (0.25, std::f64::consts::LN_2),
    }
}

fn names(forecast: &Forecast) -> Option<f64> {
    match forecast {
        Forecast::Shares(shares) => Some(shares.len() as f64),
        _ => None,
    }
}

/// How every forecaster did, kind by kind; a kind without scored questions is left out.
pub(super) fn overall(rows: &[Row]) -> Vec<Overall> {
    [QuestionKind::Binary, QuestionKind::Number, QuestionKind::Category]
        .into_iter()
        .filter_map(|kind| {
            let scored: Vec<&Row> = (rows.iter())
                .filter(|row| row.kind == kind && row.truth.is_some())
                .filter(|row| Forecaster::ALL.iter().any(|f| f.grade(row).is_some()))
                .collect();
            let line = |forecaster: Forecaster| line(forecaster, kind, &scored);
            let lines = Forecaster::ALL.into_iter().map(line).collect();
            (!scored.is_empty()).then_some(Overall { kind, questions: scored.len(), lines })
        })
        .collect()
}

fn line(forecaster: Forecaster, kind: QuestionKind, rows: &[&Row]) -> Line {
    let mean = |values: Vec<f64>| {
        let n = values.len() as f64;
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / n)
    };
    let answered = rows.iter().filter(|row| forecaster.grade(row).is_some()).count();
    let by_odds = kind != QuestionKind::Number;
    let over_all = |of: fn(&Grade) -> Option<f64>, silent: fn((f64, f64)) -> f64| {
        let value =
            |row: &&Row| forecaster.grade(row).and_then(of).unwrap_or_else(|| silent(even(row)));
        by_odds.then(|| mean(rows.iter().map(value).collect())).flatten()
    };
    let ratio = |row: &&Row| {
        let (theirs, ours) = (forecaster.grade(row)?.crps?, row.grade.as_ref()?.crps?);
        // A perfect score counts as a thousandth of the other.
        let floor = (1e-3 * ours.max(theirs)).max(f64::MIN_POSITIVE);
        Some((theirs.max(floor) / ours.max(floor)).ln())
    };
    let brier_of = |row: &&Row| forecaster.grade(row)?.brier;
    Line {
        forecaster,
        answered,
        brier: over_all(|g| g.brier, |e| e.0),
        log: over_all(|g| g.log, |e| e.1),
        brier_answered: mean(rows.iter().filter_map(brier_of).collect()),
        crps: mean(rows.iter().filter_map(ratio).collect()).map(f64::exp),
    }
}
