//! `GET /api/overview`: the first thing to read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use report::joined::Said;
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
    /// The key questions with their answers, in the case's order; none as long as they were not asked: `POST /api/jobs` with
    /// `{"kind": "brief"}` does.
    answers: Option<Vec<AnswerView>>,
    /// Whether the case asks key questions at all on this day.
    has_questions: bool,
    /// Who gets his way, what decides most first; empty as long as it was not asked, or where nothing is decided.
    stakes: Vec<StakeView>,
    /// Over how many pairs of runs, with a power and without it, that was counted.
    pairs: u32,
    /// What is open, and where each matter stands.
    ahead: Option<super::values::TableView>,
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

/// A key question and what is said of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AnswerView {
    /// The question's id.
    id: String,
    /// The question.
    question: String,
    /// What happened elsewhere and before.
    outside: Option<SaidView>,
    /// The cases elsewhere, in words.
    class: Option<String>,
    /// What the runs say.
    runs: Option<SaidView>,
    /// The two joined, or the one there is.
    joined: Option<SaidView>,
    /// Why nothing is said, if nothing is.
    silent: Option<String>,
    /// How much the runs weigh in what is said, from 0 to 1.
    weight: Option<f64>,
    /// The note behind it, if the brief opens one.
    note: Option<String>,
}

/// What is said of a question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SaidView {
    /// In short: "12%", "40 (10 to 90) days", "Lind 60%".
    text: String,
    /// The probability of yes, or of the likeliest name; none for a number.
    share: Option<f64>,
}

/// What a power gets of a matter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StakeView {
    /// The actor's id.
    actor: String,
    /// Its short name.
    label: String,
    /// The matter's id.
    matter: String,
    /// What is decided.
    name: String,
    /// What it wants.
    wants: Vec<String>,
    /// The share of runs that come out as it wants.
    success: f64,
    /// The share that would without it.
    luck: f64,
    /// The difference: what it decides.
    decides: f64,
    /// The low end of its 90 % interval.
    low: f64,
    /// The high end.
    high: f64,
    /// Whether it is told apart from nothing.
    stands: bool,
}

impl From<&Said> for SaidView {
    fn from(said: &Said) -> Self {
        let number = |n: f64| if n.abs() >= 10.0 { format!("{n:.0}") } else { format!("{n:.1}") };
        match said {
            Said::Chance(p) => Self { text: report::numbers::percent(*p), share: Some(*p) },
            Said::Number { value, low, high, days } => Self {
                text: format!(
                    "{} ({} to {}){}",
                    number(*value),
                    number(*low),
                    number(*high),
                    if *days { " days" } else { "" }
                ),
                share: None,
            },
            Said::Names(names) => Self {
                text: (names.iter().take(3))
                    .map(|(name, p)| format!("{name} {}", report::numbers::percent(*p)))
                    .collect::<Vec<_>>()
                    .join(", "),
                share: names.first().map(|(_, p)| *p),
            },
        }
    }
}

fn answers(base: &crate::base::Base) -> Option<Vec<AnswerView>> {
    let all = base.found.answers.as_ref()?;
    let one = |a: &report::joined::Answer| AnswerView {
        id: a.id.clone(),
        question: a.question.clone(),
        outside: a.outside.as_ref().map(SaidView::from),
        class: a.class.clone(),
        runs: a.runs.as_ref().map(SaidView::from),
        joined: a.said.as_ref().ok().map(SaidView::from),
        silent: a.said.as_ref().err().cloned(),
        weight: a.weight,
        note: Some(format!("answer.{}", a.id)).filter(|key| base.brief.notes.contains_key(key)),
    };
    Some(all.iter().map(one).collect())
}

/// Whether a question of the case is a key question whose time is not over.
fn asks(base: &crate::base::Base) -> bool {
    !study::key_questions(&base.revision.folder.map, base.revision.case.as_of).is_empty()
}

/// Less than this is not told apart from nothing.
const LEAST: f64 = 0.005;

fn stakes(base: &crate::base::Base) -> Vec<StakeView> {
    let Some(found) = &base.found.influence else { return Vec::new() };
    let of = |matter: &assess::influence::OfMatter| {
        let one = |a: &assess::influence::OfActor| StakeView {
            actor: found.camps[a.camp].actor.clone(),
            label: found.camps[a.camp].label.clone(),
            matter: matter.id.clone(),
            name: matter.name.clone(),
            wants: a.wants.clone(),
            success: a.success,
            luck: a.luck,
            decides: a.decisiveness,
            low: a.between.0,
            high: a.between.1,
            stands: a.decisiveness.abs() >= LEAST && a.between.0 * a.between.1 > 0.0,
        };
        matter.actors.iter().map(one).collect::<Vec<_>>()
    };
    let mut all: Vec<StakeView> = found.matters.iter().flat_map(of).collect();
    all.sort_by(|a, b| {
        (b.stands.cmp(&a.stands))
            .then(b.decides.abs().total_cmp(&a.decides.abs()))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.actor.cmp(&b.actor))
    });
    all
}

/// The table of the brief's part of that heading.
fn table(base: &crate::base::Base, heading: &str) -> Option<super::values::TableView> {
    let section = base.brief.sections.iter().find(|section| section.heading == heading)?;
    section.blocks.iter().find_map(|block| match block {
        report::brief::Block::Table(table) => Some(table.into()),
        _ => None,
    })
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
        answers: answers(&base),
        has_questions: asks(&base),
        stakes: stakes(&base),
        pairs: base.found.influence.as_ref().map_or(0, |found| found.runs),
        ahead: table(&base, "Decisions ahead"),
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
