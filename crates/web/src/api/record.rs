//! `GET /api/record`: how frozen forecasts of the case fared.

use std::sync::Arc;

use assess::score::{Board, Forecast, Grade, Row, Silence, board, rows};
use axum::Json;
use axum::extract::State;
use case::question::questions;
use report::picture::calibration::{self, Bin};
use serde::Serialize;
use study::frozen;
use utoipa::ToSchema;

use super::Answer;
use super::values::TableView;
use crate::problem::{Finding, Problem};
use crate::workbench::{Workbench, off};

/// How frozen forecasts fared.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordView {
    /// The case's revision.
    revision: String,
    /// The questions of the case, with the last frozen forecast of each.
    questions: Vec<QuestionView>,
    /// The misses, worst first: places in `questions`.
    misses: Vec<MissView>,
    /// Against plain forecasters.
    standings: Vec<StandingView>,
    /// Of the numbers asked for, how many lay inside the 90 % interval, and how many there were.
    covered: [usize; 2],
    /// What was said against what came true.
    calibration: Option<CalibrationView>,
    /// What cannot be used of the files of frozen forecasts.
    faults: Vec<String>,
}

/// A question.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionView {
    /// Its id.
    id: String,
    /// The question.
    text: String,
    /// `binary`, `number` or `category`.
    kind: String,
    /// `development` or `validation`.
    set: String,
    /// The last day of information.
    as_of: String,
    /// Whether a forecast of the runs was frozen.
    frozen: bool,
    /// What happened elsewhere and before, in short.
    outside: Option<String>,
    /// What the runs said, in short.
    runs: Option<String>,
    /// The forecast in short: both joined, or the one there is.
    forecast: Option<String>,
    /// The probability of yes, of a question with that answer.
    probability: Option<f64>,
    /// What came true.
    truth: Option<String>,
    /// The Brier score.
    brier: Option<f64>,
    /// The continuous ranked probability score.
    crps: Option<f64>,
    /// The same of plain forecasters.
    plain: Vec<PlainView>,
}

/// A plain forecaster's answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlainView {
    /// Whose.
    name: String,
    /// The forecast in short.
    forecast: String,
    /// The Brier score.
    brier: Option<f64>,
    /// The continuous ranked probability score.
    crps: Option<f64>,
}

/// A miss.
#[derive(Serialize, ToSchema)]
pub(crate) struct MissView {
    /// Its place in `questions`.
    question: usize,
    /// The probability that was given to what came true.
    given: f64,
}

/// These forecasts against a plain forecaster.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingView {
    /// Whose.
    against: String,
    /// The score.
    score: String,
    /// Over how many questions.
    questions: usize,
    /// Our mean score.
    ours: f64,
    /// Theirs.
    theirs: f64,
    /// How much better, with its 90 % interval.
    better: f64,
    /// The interval.
    range: [f64; 2],
}

/// The calibration diagram.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalibrationView {
    /// What it shows.
    title: String,
    /// What it says, for those who cannot see it.
    description: String,
    /// The drawing for a page.
    wide: String,
    /// The drawing for a telephone.
    narrow: String,
    /// The same in numbers.
    table: TableView,
}

fn question(row: &Row) -> QuestionView {
    let forecast = row.forecast.as_ref().ok();
    let graded = |grade: Option<&Grade>| (grade.and_then(|g| g.brier), grade.and_then(|g| g.crps));
    let (brier, crps) = graded(row.grade.as_ref());
    QuestionView {
        id: row.id.clone(),
        text: row.text.clone(),
        kind: super::case::written(row.kind),
        set: super::case::written(row.set),
        as_of: row.as_of.to_string(),
        frozen: !matches!(row.inside.said, Err(Silence::NotFrozen)),
        outside: row.outside.said.as_ref().ok().map(|outside| outside.forecast.short()),
        runs: row.inside.said.as_ref().ok().map(Forecast::short),
        forecast: forecast.map(Forecast::short),
        probability: forecast.and_then(|f| match f {
            Forecast::Probability(p) => Some(*p),
            _ => None,
        }),
        truth: row.truth.clone(),
        brier,
        crps,
        plain: (row.plain.iter())
            .map(|(who, forecast, grade)| {
                let (brier, crps) = graded(Some(grade));
                PlainView { name: who.name().to_owned(), forecast: forecast.short(), brier, crps }
            })
            .collect(),
    }
}

fn diagram(board: &Board) -> Result<Option<CalibrationView>, Problem> {
    if board.calibration.is_empty() {
        return Ok(None);
    }
    let bins = board.calibration.iter().map(|bin| Bin {
        said: bin.forecast,
        came: bin.observed,
        low: bin.range[0],
        high: bin.range[1],
        count: bin.count as u64,
    });
    let drawn = calibration::draw(&calibration::Input {
        title: "What was said against what came true".to_owned(),
        bins: bins.collect(),
        scores: Vec::new(),
        forecasters: Vec::new(),
    });
    let picture = drawn?;
    let inline = |drawing: &report::svg::Drawing, id: &str| {
        drawing.inline(id, &picture.title, &picture.description)
    };
    Ok(Some(CalibrationView {
        title: picture.title.clone(),
        description: picture.description.clone(),
        wide: inline(&picture.wide, "calibration-wide"),
        narrow: inline(&picture.narrow, "calibration-narrow"),
        table: (&picture.table).into(),
    }))
}

/// Frozen forecasts of the case and how they fared: misses, scores against plain forecasters, calibration.
#[utoipa::path(get, path = "/api/record", responses((status = 200, body = RecordView), (status = 422, body = Problem)))]
pub(crate) async fn record(State(workbench): State<Arc<Workbench>>) -> Answer<RecordView> {
    let revision = workbench.good()?;
    let found = off(move || {
        let map = &revision.folder.map;
        let asked = questions(map).map_err(|faults| {
            let all = faults.iter().map(|f| Finding::of(f, map)).collect();
            Problem::refused("bad-questions", "the questions cannot be used").with(all)
        })?;
        let folder = frozen::folder(workbench.root());
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for question in &asked {
            let last = frozen::last(&folder, question).unwrap_or_else(|fault| {
                faults.push(fault.to_string());
                Err(Silence::Unusable(fault.to_string()))
            });
            all.push(frozen::asked(question, last));
        }
        let scored = match rows(all, &revision.case.head.title, true) {
            Ok(scored) => scored,
            Err(fault) => {
                faults.push(fault.to_string());
                Vec::new()
            }
        };
        let board = board(scored, workbench.opened.seed);
        let misses = board.misses.iter().map(|m| MissView { question: m.row, given: m.given });
        Ok(RecordView {
            revision: revision.name.clone(),
            questions: board.rows.iter().map(question).collect(),
            misses: misses.collect(),
            standings: (board.standings.iter())
                .map(|s| StandingView {
                    against: s.against.name().to_owned(),
                    score: s.score.to_owned(),
                    questions: s.questions,
                    ours: s.ours,
                    theirs: s.theirs,
                    better: s.better,
                    range: s.range,
                })
                .collect(),
            covered: [board.covered.0, board.covered.1],
            calibration: diagram(&board)?,
            faults,
        })
    });
    Ok(Json(found.await?))
}
