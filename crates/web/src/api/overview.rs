//! `GET /api/overview`: the first thing to read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::values::{IntervalView, SpanView, words};
use crate::problem::Problem;
use crate::workbench::Workbench;

/// The first thing to read.
#[derive(Serialize, ToSchema)]
pub(crate) struct OverviewView {
    /// The case's revision.
    revision: String,
    /// How many runs the numbers rest on.
    runs: u32,
    /// Whether no more will follow.
    whole: bool,
    /// The bottom line: a list of sentences.
    bottom_line: Vec<Vec<SpanView>>,
    /// The key judgements, the weightiest first.
    judgements: Vec<JudgementView>,
    /// Who holds sway over the case's body, most first.
    sway: Vec<SwayRow>,
    /// What the shares are of.
    sway_of: String,
    /// The mean share of small lists and independents, of whom the case knows no ties.
    fringe: f64,
    /// Numbers of the runs in short.
    numbers: Vec<Number>,
    /// What happened last in the case, the newest first.
    changed: Vec<Changed>,
    /// What to watch for: events whose observation would move the forecast.
    indicators: Vec<IndicatorView>,
    /// Those whose day is the as-of date or earlier.
    tripped: Vec<IndicatorView>,
    /// The brief's pictures, by name.
    pictures: Vec<String>,
}

/// How many of the answers stand above a page: the others follow among the judgements.
pub(super) const HEADLINE: usize = 1;

/// A key judgement.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementView {
    /// The statement, with its likelihood term in it.
    pub statement: Vec<SpanView>,
    /// The share of runs.
    pub probability: f64,
    /// The word's range, where it has one.
    pub band: Option<[f64; 2]>,
    /// How sure the assessment is: `low`, `moderate` or `high`.
    pub confidence: String,
    /// Why.
    pub basis: Vec<SpanView>,
    /// The notes it rests on beside those its numbers open.
    pub notes: Vec<String>,
}

impl JudgementView {
    pub fn of(judgement: &report::brief::Judgement) -> Self {
        Self {
            statement: words(&judgement.statement),
            probability: judgement.likelihood.probability,
            band: judgement.likelihood.band.map(|(low, high)| [low, high]),
            confidence: judgement.confidence.level.word().to_owned(),
            basis: words(&judgement.confidence.basis),
            notes: judgement.evidence.clone(),
        }
    }
}

/// One actor's sway.
#[derive(Serialize, ToSchema)]
pub(crate) struct SwayRow {
    /// The actor's id.
    actor: String,
    /// Its name.
    name: String,
    /// A short name.
    label: String,
    /// Its kind.
    kind: String,
    /// The mean share.
    share: f64,
    /// The 5 % point.
    low: f64,
    /// The 95 % point.
    high: f64,
    /// The mean share held by right of its own seats.
    own: f64,
    /// The mean share through each channel, by the channel's name.
    channels: std::collections::BTreeMap<String, f64>,
    /// Whether the case is about this actor's sway.
    focus: bool,
    /// How its mean sway moves until the window's end, where it is followed through the runs.
    trend: Option<Trend>,
    /// The note behind the number, if the brief opens one.
    note: Option<String>,
}

/// Sway through the window.
#[derive(Serialize, ToSchema)]
pub(crate) struct Trend {
    /// The change of the mean from the first to the last day.
    change: f64,
    /// Every four weeks: the day and the interval over the runs.
    points: Vec<Point>,
}

/// A number on a day.
#[derive(Serialize, ToSchema)]
pub(crate) struct Point {
    /// The day.
    date: String,
    /// The interval over the runs.
    value: IntervalView,
}

/// A number of the runs in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct Number {
    /// What it is.
    name: String,
    /// The number, set for reading.
    text: String,
    /// The note behind it, if the brief opens one.
    note: Option<String>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changed {
    /// The day.
    date: String,
    /// What, in a sentence.
    what: String,
    /// Who took part, by id.
    actors: Vec<String>,
    /// Keys of the sources.
    sources: Vec<String>,
}

/// Something to watch for.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndicatorView {
    /// What would be seen.
    pub event: Vec<SpanView>,
    /// By when.
    pub by: Option<String>,
    /// How the forecast would move.
    pub moves: Vec<SpanView>,
}

impl IndicatorView {
    pub fn of(indicator: &report::brief::Indicator) -> Self {
        Self {
            event: words(&indicator.event),
            by: indicator.by.map(|d| d.to_string()),
            moves: words(&indicator.moves),
        }
    }
}

/// How many of the case's last events are told.
const LATELY: usize = 8;

/// The bottom line, sway now and its trend, what changed, what to watch for.
#[utoipa::path(get, path = "/api/overview", responses((status = 200, body = OverviewView), (status = 503, body = Problem)))]
pub(crate) async fn overview(State(workbench): State<Arc<Workbench>>) -> Answer<OverviewView> {
    let base = workbench.base().await?;
    let (case, brief, summary) = (&base.revision.case, &base.brief, &base.found.summary);
    let noted = |key: String| Some(key).filter(|key| brief.notes.contains_key(key));
    let sway = base.found.measured.actors.iter().map(|a| {
        let course = summary.courses.iter().find(|c| c.quantity.id == format!("sway.{}", a.actor));
        let trend = course.and_then(|course| {
            let (first, last) = (course.points.first()?, course.points.last()?);
            Some(Trend {
                change: last.1.mean - first.1.mean,
                points: (course.points.iter())
                    .map(|(day, value)| Point { date: day.to_string(), value: (*value).into() })
                    .collect(),
            })
        });
        SwayRow {
            actor: a.actor.clone(),
            name: a.name.clone(),
            label: a.label.clone(),
            kind: super::case::written(a.kind),
            share: a.total.mean,
            low: a.total.low,
            high: a.total.high,
            own: a.own,
            channels: a.channels.iter().map(|(c, s)| (c.name().to_owned(), *s)).collect(),
            focus: case.head.focus.iter().any(|f| f.get_ref() == &a.actor),
            trend,
            note: noted(format!("sway.{}", a.actor)),
        }
    });
    let mut events: Vec<_> = case.events.iter().filter(|e| e.date <= case.as_of).collect();
    events.sort_by_key(|e| std::cmp::Reverse(e.date));
    let changed = events.into_iter().take(LATELY).map(|e| Changed {
        date: e.date.to_string(),
        what: e.what.clone(),
        actors: e.actors.iter().map(|a| a.get_ref().clone()).collect(),
        sources: e.source.0.iter().map(|k| k.get_ref().clone()).collect(),
    });
    let is_due = |i: &&report::brief::Indicator| i.by.is_some_and(|by| by <= case.as_of);
    Ok(Json(OverviewView {
        revision: base.revision.name.clone(),
        runs: base.runs(),
        whole: base.is_whole,
        bottom_line: brief.lines().into_iter().take(HEADLINE).map(words).collect(),
        judgements: brief.judgements.iter().map(JudgementView::of).collect(),
        sway: sway.collect(),
        sway_of: base.found.measured.name.clone(),
        fringe: base.found.measured.fringe.mean,
        numbers: numbers(&base),
        changed: changed.collect(),
        indicators: brief.indicators.iter().filter(|i| !is_due(i)).map(IndicatorView::of).collect(),
        tripped: brief.indicators.iter().filter(is_due).map(IndicatorView::of).collect(),
        pictures: brief.figures().into_iter().map(|(name, _)| name).collect(),
    }))
}

fn numbers(base: &crate::base::Base) -> Vec<Number> {
    let (summary, case) = (&base.found.summary, &base.revision.case);
    let percent = |share: f64| report::numbers::percent(share);
    let noted = |key: &str| Some(key.to_owned()).filter(|k| base.brief.notes.contains_key(k));
    let mut all = vec![Number {
        name: "Estimates".to_owned(),
        text: report::numbers::whole(case.beliefs.len() as f64),
        note: None,
    }];
    let plays = |name: &str| case.head.processes.iter().any(|p| p.get_ref() == name);
    if plays(simulate::process::formation::NAME) {
        let name = "A government is formed in the window".to_owned();
        all.push(Number { name, text: percent(summary.days.formed), note: None });
        if summary.days.formed > 0.0 {
            let name = "Days to confidence, where it is".to_owned();
            let w = &summary.days.when;
            let text = format!("{:.0} ({:.0} to {:.0})", w.median, w.low, w.high);
            all.push(Number { name, text, note: noted("days") });
        }
        if let Some(head) = summary.heads.first() {
            let name = format!("Likeliest head of government: {}", head.name);
            all.push(Number { name, text: percent(head.share), note: None });
        }
    }
    if let Some(turnout) = &summary.turnout {
        let text = format!(
            "{} ({} to {})",
            percent(turnout.median),
            percent(turnout.low),
            percent(turnout.high)
        );
        all.push(Number { name: "Turnout".to_owned(), text, note: noted("turnout") });
    }
    all
}
