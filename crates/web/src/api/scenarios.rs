//! `/api/scenarios`: a what-if kept as a scenario of the case, and all scenarios against the base.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::proposals::{WrittenView, changed};
use super::whatif::{Asked, DifferenceView, Setting, rows};
use super::{Answer, Body};
use crate::base::Base;
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// All scenarios against the base.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ScenarioTable {
    /// The case's revision.
    revision: String,
    /// How many runs of each.
    runs: u32,
    /// The scenarios.
    scenarios: Vec<ScenarioRow>,
}

/// A scenario against the base.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ScenarioRow {
    /// Its name.
    name: String,
    /// What it is called.
    title: String,
    /// Why one might expect it.
    why: Option<String>,
    /// The share of runs whose outcome differs in anything.
    changed: f64,
    /// What differs, the most changed first within each unit.
    differences: Vec<DifferenceView>,
}

impl ScenarioTable {
    pub fn of(base: &Base) -> Self {
        let row = |s: &report::compose::Compared| ScenarioRow {
            name: s.name.clone(),
            title: s.title.clone(),
            why: s.why.clone(),
            changed: s.comparison.changed,
            differences: rows(&s.comparison),
        };
        Self {
            revision: base.revision.name.clone(),
            runs: base.runs(),
            scenarios: base.found.compared().iter().map(row).collect(),
        }
    }
}

/// All scenarios against the base, once they were compared.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComparedView {
    /// The case's revision.
    revision: String,
    /// The table; none as long as `POST /api/jobs` with `{"kind": "scenarios"}` has not been done for this revision.
    table: Option<ScenarioTable>,
    /// The names of the case's scenarios.
    scenarios: Vec<String>,
}

/// The table of all scenarios against the base.
#[utoipa::path(get, path = "/api/scenarios/compared", responses((status = 200, body = ComparedView), (status = 503, body = Problem)))]
pub(crate) async fn compared(State(workbench): State<Arc<Workbench>>) -> Answer<ComparedView> {
    let base = workbench.base().await?;
    Ok(Json(ComparedView {
        revision: base.revision.name.clone(),
        table: base.found.scenarios.is_some().then(|| ScenarioTable::of(&base)),
        scenarios: base.revision.folder.scenarios(),
    }))
}

/// A what-if to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    /// The name of its file: lower-case letters, digits and hyphens.
    name: String,
    /// What it is called.
    title: String,
    /// Why one might expect it.
    #[serde(default)]
    why: String,
    /// New values by their paths.
    set: BTreeMap<String, Setting>,
}

/// Writes a what-if as `scenarios/NAME.toml`. A scenario of that name is never written over; `POST /api/undo` takes
/// it back.
#[utoipa::path(post, path = "/api/scenarios", request_body = Kept, responses((status = 201, body = WrittenView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn save(
    State(workbench): State<Arc<Workbench>>,
    Body(kept): Body<Kept>,
) -> Result<(StatusCode, Json<WrittenView>), Problem> {
    let asked = Asked { set: kept.set, scenarios: Vec::new(), runs: 1 };
    asked.check()?;
    if asked.set.is_empty() {
        return Err(Problem::refused("empty-scenario", "a scenario changes at least one number"));
    }
    let found = off(move || {
        let values = asked.set.iter().map(|(path, value)| (path.clone(), value.toml()));
        let scenario = case::proposal::NewScenario {
            name: kept.name,
            title: kept.title,
            why: kept.why,
            set: values.collect(),
        };
        let written =
            case::proposal::save_scenario(workbench.root(), &scenario, super::proposals::today())
                .map_err(|e| {
                let exists = e.to_string().contains("already");
                let status =
                    if exists { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                Problem::new(status, "not-written", e.to_string())
            })?;
        changed(&workbench, "scenario saved", vec![written])
    });
    Ok((StatusCode::CREATED, Json(found.await?)))
}
