//! `GET /api/case`: what the case is about, and what is wrong with its files.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::problem::{Finding, Problem};
use crate::workbench::Workbench;

/// Whether the files on disk can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CaseState {
    /// They can.
    Good,
    /// They have faults; what is shown is of the last state that could be used.
    Broken,
}

/// The case.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// A name that changes with the files and the as-of date.
    revision: String,
    /// Its title.
    title: String,
    /// What it is about.
    summary: String,
    /// BLAKE3 of every file, as runs and briefs cite it.
    case_hash: String,
    /// The last day of information.
    as_of: String,
    /// The day with which the case was opened: its own, or that of the command.
    own_as_of: String,
    /// The first and the last day from which it can be looked at.
    days: [String; 2],
    /// The days that are simulated.
    window: Window,
    /// The body whose decision is measured.
    body: Named,
    /// The actors whose sway the case is about, by id.
    focus: Vec<String>,
    /// Whether the files on disk can be used.
    state: CaseState,
    /// What is wrong with them, if they cannot.
    diagnostics: Vec<Finding>,
    /// What is wrong in a sentence, if anything is.
    fault: Option<String>,
    /// The scenarios.
    scenarios: Vec<ScenarioName>,
    /// The channels of influence, in the order in which they are shown.
    channels: Vec<String>,
    /// The actors.
    actors: Vec<ActorName>,
    /// The processes in play, in order.
    processes: Vec<String>,
    /// Whether an election is run.
    elects: bool,
    /// Whether anything moves beside an election and the forming of a government.
    moves: bool,
    /// What is not yet known on the as-of date, by path.
    hidden: usize,
}

/// A stretch of days.
#[derive(Serialize, ToSchema)]
pub(crate) struct Window {
    /// The first day.
    from: String,
    /// The last day.
    to: String,
}

/// An id and the name for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A scenario of the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScenarioName {
    /// The name of its file without the ending.
    name: String,
    /// What it is called.
    title: String,
    /// Why one might expect it.
    why: Option<String>,
}

/// An actor of the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorName {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// A short name for charts.
    label: String,
    /// What sort of actor it is.
    kind: String,
    /// The community it draws on.
    community: Option<String>,
    /// How many ties it has in force.
    ties: usize,
}

/// A kind as it is written in case files.
pub(crate) fn written(kind: impl Serialize) -> String {
    let value = serde_json::to_value(kind).ok();
    value.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The case's own day, which a case as of another day does not hold any more.
fn own_day(folder: &case::Folder, case: &case::Case) -> jiff::civil::Date {
    let head = folder.map.named("case.toml").and_then(|file| file.text.parse::<toml::Table>().ok());
    let day = head
        .and_then(|head| head.get("case")?.get("as_of")?.as_datetime()?.to_string().parse().ok());
    day.unwrap_or(case.as_of)
}

/// From the first source to the case's own day.
fn days(folder: &case::Folder, case: &case::Case) -> [String; 2] {
    let own = own_day(folder, case).max(case.as_of);
    let first = case.sources.iter().map(|s| s.published).min().unwrap_or(own);
    [first.min(own).to_string(), own.to_string()]
}

/// What the case is about, its actors and scenarios, and what is wrong with its files.
#[utoipa::path(get, path = "/api/case", responses((status = 200, body = CaseView), (status = 503, body = Problem)))]
pub(crate) async fn case(State(workbench): State<Arc<Workbench>>) -> Answer<CaseView> {
    let now = workbench.now();
    let good = workbench.good()?;
    let (case, folder) = (&good.case, &good.folder);
    let scenario = |name: String| {
        let patched = folder.with_scenario(&name).ok();
        let patch = patched.as_ref().and_then(|p| p.patches.last());
        ScenarioName {
            title: patch.and_then(|p| p.title()).unwrap_or_else(|| name.clone()),
            why: patch.and_then(|p| p.why()),
            name,
        }
    };
    let ties_of = |id: &str| {
        let all = case.ties.iter();
        all.filter(|t| t.from.get_ref() == id || t.to.get_ref() == id).count()
    };
    let body = case.head.body.get_ref();
    let body_name = case.bodies.iter().find(|b| b.id.get_ref() == body);
    let plays = |name: &str| case.head.processes.iter().any(|p| p.get_ref() == name);
    Ok(Json(CaseView {
        revision: good.name.clone(),
        title: case.head.title.clone(),
        summary: case.head.summary.clone(),
        case_hash: case.hash.clone(),
        as_of: case.as_of.to_string(),
        own_as_of: workbench.opened.as_of.unwrap_or_else(|| own_day(folder, case)).to_string(),
        days: days(folder, case),
        window: Window { from: case.as_of.to_string(), to: case.head.until.to_string() },
        body: Named {
            id: body.clone(),
            name: body_name.map_or_else(|| body.clone(), |b| b.name.clone()),
        },
        focus: case.head.focus.iter().map(|f| f.get_ref().clone()).collect(),
        state: if now.fault.is_none() { CaseState::Good } else { CaseState::Broken },
        fault: now.fault.as_ref().map(|f| f.detail.clone()),
        diagnostics: now.fault.map(|f| f.diagnostics).unwrap_or_default(),
        scenarios: folder.scenarios().into_iter().map(scenario).collect(),
        channels: case::Channel::ALL.iter().map(|c| c.name().to_owned()).collect(),
        actors: (case.actors.iter())
            .map(|a| ActorName {
                id: a.id.get_ref().clone(),
                name: a.name.clone(),
                label: a.label().to_owned(),
                kind: written(a.kind),
                community: a.community.clone(),
                ties: ties_of(a.id.get_ref()),
            })
            .collect(),
        processes: case.head.processes.iter().map(|p| p.get_ref().clone()).collect(),
        elects: plays(simulate::process::election::NAME),
        moves: case.head.processes.iter().any(|p| {
            let still = [simulate::process::election::NAME, simulate::process::formation::NAME];
            !still.contains(&p.get_ref().as_str())
        }),
        hidden: case.hidden.len(),
    }))
}
