//! `GET /api/election`: seats, coalitions, heads and days over the runs.

use std::sync::Arc;

use assess::summary::Share;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::values::IntervalView;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// The election and the forming of a government, over the runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct ElectionView {
    /// The case's revision.
    revision: String,
    /// How many runs the numbers rest on.
    runs: u32,
    /// Whether an election is run; else the sitting assembly counts.
    elects: bool,
    /// Whether a government is formed in the runs.
    forms: bool,
    /// Election day, where it is known.
    day: Option<String>,
    /// Seats in the assembly.
    seats: Option<u32>,
    /// Seats that make a majority.
    majority: Option<u32>,
    /// The lists by expected seats, most first.
    lists: Vec<ListView>,
    /// Seats of small lists and independents.
    fringe: IntervalView,
    /// Turnout, if an election is run.
    turnout: Option<IntervalView>,
    /// Seats of the largest bloc.
    bloc_seats: IntervalView,
    /// Who becomes head of government, likeliest first.
    heads: Vec<ShareView>,
    /// The likeliest coalitions.
    coalitions: Vec<CoalitionView>,
    /// How often each list governs.
    governing: Vec<ShareView>,
    /// Days to confidence.
    days: DaysView,
    /// Nominees who failed, by how often.
    failed: Vec<ShareView>,
    /// The share of runs in which some nominee failed.
    some_nominee_failed: f64,
    /// Offices left empty on the day of confidence, by how often among governments formed.
    empty: Vec<ShareView>,
    /// The steps of forming a government.
    stages: Vec<StageView>,
    /// The brief's pictures of these things, by name.
    pictures: Vec<String>,
}

/// A list's seats.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListView {
    /// The list's id.
    id: String,
    /// Its short name.
    label: String,
    /// Its community.
    community: Option<String>,
    /// Seats.
    seats: IntervalView,
    /// Share of the vote.
    share: IntervalView,
    /// How often it has most seats.
    first: f64,
}

/// A name and the share of runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShareView {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// The share of runs.
    share: f64,
}

/// A coalition.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoalitionView {
    /// Its main lists, larger first, by id.
    lists: Vec<String>,
    /// Their short names.
    labels: Vec<String>,
    /// How many smaller lists join it on average.
    smaller: f64,
    /// The share of all runs.
    share: f64,
    /// Its seats.
    seats: IntervalView,
    /// Days to confidence.
    days: IntervalView,
    /// The likeliest head of government.
    head: String,
}

/// Days to confidence.
#[derive(Serialize, ToSchema)]
pub(crate) struct DaysView {
    /// The share of runs in which a government is formed inside the window.
    formed: f64,
    /// Over those runs.
    when: IntervalView,
    /// A hundred evenly spaced points of all runs; none for those without a government at the window's end.
    hundred: Vec<Option<u16>>,
    /// The last day of the window, counted from election day.
    window: Option<u16>,
}

/// A step of forming a government.
#[derive(Serialize, ToSchema)]
pub(crate) struct StageView {
    /// The step.
    name: String,
    /// The days the constitution allows from the step before.
    deadline: Option<u32>,
    /// The days it took.
    took: IntervalView,
    /// The share of runs in which it took longer than the deadline.
    late: Option<f64>,
    /// The day, counted from election day, by which it was done.
    by: IntervalView,
}

fn shares(all: &[Share]) -> Vec<ShareView> {
    let of = |s: &Share| ShareView { id: s.id.clone(), name: s.name.clone(), share: s.share };
    all.iter().map(of).collect()
}

/// The kinds of pictures that belong here.
const PICTURES: [&str; 5] =
    ["hemicycle", "seat-intervals", "coalition-matrix", "days-curve", "dotplot"];

/// Seats with their intervals, coalitions, heads of government, days and steps.
#[utoipa::path(get, path = "/api/election", responses((status = 200, body = ElectionView), (status = 503, body = Problem)))]
pub(crate) async fn election(State(workbench): State<Arc<Workbench>>) -> Answer<ElectionView> {
    let base = workbench.base().await?;
    let (case, summary) = (&base.revision.case, &base.found.summary);
    let plays = |name: &str| case.head.processes.iter().any(|p| p.get_ref() == name);
    let elects = plays(simulate::process::election::NAME);
    let seats = case.assembly.as_ref().map(|a| *a.seats.get_ref());
    let body = case.bodies.iter().find(|b| b.id.get_ref() == case.head.body.get_ref());
    let day = match (&case.contest, elects) {
        (Some(contest), true) => Some(*contest.date.get_ref()),
        _ => case.last_result(),
    };
    let figures = base.brief.figures();
    let pictures = figures.iter().filter(|(_, p)| PICTURES.contains(&p.name.as_str()));
    Ok(Json(ElectionView {
        revision: base.revision.name.clone(),
        runs: base.runs(),
        elects,
        forms: plays(simulate::process::formation::NAME),
        day: day.map(|d| d.to_string()),
        seats,
        majority: body.map(|b| *b.quota.get_ref()).or(seats.map(|s| s / 2 + 1)),
        lists: (summary.lists.iter())
            .map(|l| ListView {
                id: l.list.clone(),
                label: l.label.clone(),
                community: l.community.clone(),
                seats: l.seats.into(),
                share: l.share.into(),
                first: l.first,
            })
            .collect(),
        fringe: summary.fringe.into(),
        turnout: summary.turnout.map(Into::into),
        bloc_seats: summary.bloc_seats.into(),
        heads: shares(&summary.heads),
        coalitions: (summary.coalitions.iter())
            .map(|c| CoalitionView {
                lists: c.lists.clone(),
                labels: c.labels.clone(),
                smaller: c.smaller,
                share: c.share,
                seats: c.seats.into(),
                days: c.days.into(),
                head: c.head.clone(),
            })
            .collect(),
        governing: shares(&summary.governing),
        days: DaysView {
            formed: summary.days.formed,
            when: summary.days.when.into(),
            hundred: summary.days.hundred.clone(),
            window: summary.days.window,
        },
        failed: shares(&summary.failed),
        some_nominee_failed: summary.some_nominee_failed,
        empty: shares(&summary.empty),
        stages: (summary.stages.iter())
            .map(|s| StageView {
                name: s.name.clone(),
                deadline: s.deadline,
                took: s.took.into(),
                late: s.late,
                by: s.by.into(),
            })
            .collect(),
        pictures: pictures.map(|(name, _)| name.clone()).collect(),
    }))
}
