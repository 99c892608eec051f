//! `GET /api/sensitivity`: what an outcome hangs on, once a job found it, and what may be asked.

use std::sync::{Arc, Mutex, PoisonError};

use assess::Ask;
use assess::sensitivity::{Input, Kind, Sensitivity, SensitivityError, Study};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use study::{Follow as _, Stage};
use utoipa::ToSchema;

use super::Answer;
use super::jobs::JobResult;
use crate::base::Base;
use crate::jobs::{Stop, Turn};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// What a study is to find.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SensitivityAsked {
    /// What is asked of each run, such as `government.days` or `seats.reds > 12`.
    pub of: String,
    /// Walks through all numbers in the screening.
    #[serde(default = "walks")]
    pub walks: usize,
    /// Base points over which the variance is shared out; 0 only screens.
    #[serde(default = "samples")]
    pub samples: usize,
    /// How many numbers to tell apart.
    #[serde(default = "top")]
    pub top: usize,
}

fn walks() -> usize {
    8
}

fn samples() -> usize {
    256
}

fn top() -> usize {
    8
}

/// What was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SensitivityView {
    /// The case's revision.
    pub revision: String,
    /// What was asked.
    pub of: String,
    /// How many inputs were screened, luck among them.
    inputs: usize,
    /// How many of them no run hung on.
    idle: usize,
    /// All inputs on which some run hung, the largest effect first.
    screened: Vec<ScreenedView>,
    /// How the variance is shared out; none if only screening was asked for.
    variance: Option<VarianceView>,
}

/// What sort of input it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InputKind {
    /// One number of the case.
    Estimate,
    /// Numbers that err together.
    Group,
    /// All other numbers.
    Others,
    /// Chance.
    Luck,
}

/// An input.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InputView {
    /// What sort of input it is.
    kind: InputKind,
    /// Its path or name.
    name: String,
    /// What it is, in words.
    label: String,
    /// How many numbers it holds.
    estimates: usize,
    /// What it rests on.
    rests_on: String,
}

/// A screened input.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ScreenedView {
    /// The input.
    input: InputView,
    /// The mean size of its elementary effects.
    size: f64,
    /// Their mean.
    mean: f64,
    /// Their standard deviation.
    spread: f64,
}

/// How the variance is shared out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VarianceView {
    /// Base points.
    samples: usize,
    /// The mean of what is asked.
    mean: f64,
    /// Its standard deviation.
    deviation: f64,
    /// The share of runs in which what is counted in days did not come about and was counted to the window's end.
    unreached: f64,
    /// Shares: inputs in falling first order, then all other numbers, then luck.
    shares: Vec<VarianceShare>,
    /// What the inputs' ends do to the mean, the widest first.
    tornado: Vec<SwingView>,
    /// What to find out, the most worth first.
    collection: Vec<ItemView>,
}

/// An input's share of the variance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VarianceShare {
    /// The input.
    input: InputView,
    /// Alone.
    first: f64,
    /// The 95 % interval of that.
    first_interval: [f64; 2],
    /// With all others.
    total: f64,
    /// The 95 % interval of that.
    total_interval: [f64; 2],
}

/// The mean at an input's ends.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SwingView {
    /// The input.
    input: InputView,
    /// Its 5 and 95 % points; none for a group.
    points: Option<[f64; 2]>,
    /// The mean at the low end.
    low: f64,
    /// The mean at the high end.
    high: f64,
    /// The half-width of the 95 % interval of the change.
    error: f64,
}

/// Something to find out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemView {
    /// The input.
    input: InputView,
    /// The share of the variance that knowing it would take away.
    removed: f64,
    /// The 95 % interval of that.
    interval: [f64; 2],
    /// The standard deviation that would be left.
    deviation: f64,
    /// Whether that can be told from nothing.
    sure: bool,
}

fn pair((low, high): (f64, f64)) -> [f64; 2] {
    [low, high]
}

impl SensitivityView {
    fn of(revision: &crate::workbench::Revision, of: &str, found: &Sensitivity) -> Self {
        let input = |i: &Input| InputView {
            kind: match i.kind {
                Kind::Estimate => InputKind::Estimate,
                Kind::Group => InputKind::Group,
                Kind::Others => InputKind::Others,
                Kind::Luck => InputKind::Luck,
            },
            name: i.name.clone(),
            label: match i.kind {
                Kind::Estimate => report::compose::plain_path(&revision.case, &i.name),
                Kind::Group => format!("{} (group of {})", i.name, i.estimates),
                Kind::Luck => "chance".to_owned(),
                Kind::Others => i.name.clone(),
            },
            estimates: i.estimates,
            rests_on: i.rests_on.clone(),
        };
        let screened = found.screened.iter().filter(|s| s.size > 0.0);
        Self {
            revision: revision.name.clone(),
            of: of.to_owned(),
            inputs: found.inputs,
            idle: found.idle,
            screened: screened
                .map(|s| ScreenedView {
                    input: input(&s.input),
                    size: s.size,
                    mean: s.mean,
                    spread: s.spread,
                })
                .collect(),
            variance: found.variance.as_ref().map(|v| VarianceView {
                samples: v.samples,
                mean: v.mean,
                deviation: v.deviation,
                unreached: v.unreached,
                shares: (v.shares.iter())
                    .map(|s| VarianceShare {
                        input: input(&s.input),
                        first: s.first,
                        first_interval: pair(s.first_interval),
                        total: s.total,
                        total_interval: pair(s.total_interval),
                    })
                    .collect(),
                tornado: (v.tornado.iter())
                    .map(|s| SwingView {
                        input: input(&s.input),
                        points: s.points.map(pair),
                        low: s.low,
                        high: s.high,
                        error: s.error,
                    })
                    .collect(),
                collection: (v.collection.iter())
                    .map(|i| ItemView {
                        input: input(&i.input),
                        removed: i.removed,
                        interval: pair(i.interval),
                        deviation: i.deviation,
                        sure: i.sure,
                    })
                    .collect(),
            }),
        }
    }

    /// The size of a number's effect, if it was screened on its own and some run hung on it.
    pub fn effect_of(&self, path: &str) -> Option<f64> {
        let own = |s: &&ScreenedView| s.input.kind == InputKind::Estimate && s.input.name == path;
        self.screened.iter().find(own).map(|s| s.size)
    }
}

/// The last study.
#[derive(Debug, Default)]
pub(crate) struct LastStudy(Mutex<Option<Arc<SensitivityView>>>);

/// What was found last, and what may be asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct StudyView {
    /// The case's revision.
    revision: String,
    /// What was found last of this revision; none as long as no job did.
    found: Option<SensitivityView>,
    /// What may be asked, the likeliest first.
    asks: Vec<AskView>,
}

/// Something that may be asked of each run.
#[derive(Serialize, ToSchema)]
pub(crate) struct AskView {
    /// As it is written.
    ask: String,
    /// In words.
    label: String,
}

fn asks(base: &Base) -> Vec<AskView> {
    let (case, summary) = (&base.revision.case, &base.found.summary);
    let mut all = Vec::new();
    let mut add = |ask: String, label: String| all.push(AskView { ask, label });
    let plays = |name: &str| case.head.processes.iter().any(|p| p.get_ref() == name);
    if plays(simulate::process::formation::NAME) {
        add("government.days".to_owned(), "Days from election to confidence".to_owned());
        for head in summary.heads.iter().take(4) {
            add(
                format!("head == \"{}\"", head.id),
                format!("{} becomes head of government", head.name),
            );
        }
    }
    if plays(simulate::process::election::NAME) {
        for list in summary.lists.iter().take(6) {
            add(format!("seats.\"{}\"", list.list), format!("Seats of {}", list.label));
        }
        add("turnout".to_owned(), "Turnout".to_owned());
    }
    for course in &summary.courses {
        add(format!("\"{}\"", course.quantity.id), course.quantity.name.clone());
    }
    for reported in summary.quantities.iter().filter(|q| q.came_about > 0.0 && q.came_about < 1.0) {
        add(format!("\"{}\"", reported.quantity.id), reported.quantity.name.clone());
    }
    all
}

/// What an outcome hangs on, as the last job of the kind `sensitivity` found, and what may be asked.
#[utoipa::path(get, path = "/api/sensitivity", responses((status = 200, body = StudyView), (status = 503, body = Problem)))]
pub(crate) async fn sensitivity(State(workbench): State<Arc<Workbench>>) -> Answer<StudyView> {
    let base = workbench.base().await?;
    let found = off(move || {
        let model = base.revision.model()?;
        let mut asks = asks(&base);
        asks.retain(|a| Ask::read(&a.ask, &model).is_ok());
        let found = workbench.last_sensitivity(&base.revision.name);
        Ok(StudyView {
            revision: base.revision.name.clone(),
            found: found.map(|f| SensitivityView::clone(&f)),
            asks,
        })
    });
    Ok(Json(found.await?))
}

impl Workbench {
    /// The last study of a revision.
    pub fn last_sensitivity(&self, revision: &str) -> Option<Arc<SensitivityView>> {
        let held = self.study.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.clone().filter(|s| s.revision == revision)
    }

    /// Finds what an outcome hangs on.
    pub fn find_sensitivity(
        &self,
        turn: &Turn,
        asked: &SensitivityAsked,
    ) -> Result<JobResult, Stop> {
        let revision = self.good()?;
        let model = revision.model()?;
        let ask = Ask::read(&asked.of, &model)
            .map_err(|e| Problem::refused("bad-ask", format!("\"{}\": {e}", asked.of)))?;
        let study = Study {
            seed: self.opened.seed,
            walks: asked.walks,
            samples: asked.samples,
            top: asked.top,
        };
        turn.begin(Stage::Study, study.most_runs(&model, &ask));
        let go_on = || turn.goes_on();
        let found =
            assess::sensitivity::while_wanted(&model, &ask, &study, &go_on, &|n| turn.done(n));
        let found = match found {
            Ok(found) => found,
            Err(SensitivityError::Stopped) => return Err(Stop::Cancelled),
            Err(error) => return Err(Problem::refused("sensitivity", error.to_string()).into()),
        };
        let view = SensitivityView::of(&revision, &asked.of, &found);
        let mut held = self.study.0.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Arc::new(view.clone()));
        Ok(JobResult::Sensitivity(Box::new(view)))
    }
}
