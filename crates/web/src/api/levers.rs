//! `GET /api/levers`: what one may move in a what-if.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::Workbench;

/// Which of them.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those whose words, path or reasons hold all of these words; `boycott` finds the switches of lists.
    q: Option<String>,
    /// Only `estimate` or `switch`.
    kind: Option<LeverKind>,
    /// Only these paths, with commas between.
    paths: Option<String>,
    /// Skip so many.
    #[serde(default)]
    offset: usize,
    /// At most so many (50).
    limit: Option<usize>,
}

/// What sort of lever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LeverKind {
    /// On or off.
    Switch,
    /// A number.
    Estimate,
}

/// The levers.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeverList {
    /// The case's revision.
    revision: String,
    /// How many there are that pass.
    total: usize,
    /// Whether they are ranked by a sensitivity study of this revision, the most influential first.
    ranked: bool,
    /// What of that study, if there is one.
    ranked_by: Option<String>,
    /// The levers.
    levers: Vec<Lever>,
}

/// Something one may move.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Lever {
    /// The path to be set.
    path: String,
    /// What it is, in words.
    label: String,
    /// What sort of lever it is.
    kind: LeverKind,
    /// Its value: a number, or yes or no.
    value: LeverValue,
    /// The low end, of a number.
    low: Option<f64>,
    /// The high end, of a number.
    high: Option<f64>,
    /// The unit.
    unit: Option<String>,
    /// Where the value comes from: sources and the author's reason.
    source: String,
    /// The size of its effect in the sensitivity study, if there is one and it was screened.
    effect: Option<f64>,
}

/// The value of a lever.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum LeverValue {
    /// On or off.
    Switch(bool),
    /// A number.
    Number(f64),
}

/// Words by which people look for the switch of a list that stands or stays away.
const TAKES_PART: &str = "boycott boycotts abstain abstains stay away stays away take part takes part run runs withdraw withdraws";

fn rests_on(sources: &[String], judged: Option<&String>) -> String {
    match (judged, sources.is_empty()) {
        (Some(reason), true) => format!("judged: {reason}"),
        (Some(reason), false) => format!("{}; judged: {reason}", sources.join(", ")),
        (None, _) => sources.join(", "),
    }
}

fn all(case: &case::Case) -> Vec<Lever> {
    let mut all: Vec<Lever> = Vec::new();
    let keys = |keys: &case::estimate::Keys| {
        keys.0.iter().map(|k| k.get_ref().clone()).collect::<Vec<_>>()
    };
    // A list that stands can stay away only if the case says what its voters then do.
    for entry in case.entries.iter().filter(|e| !e.participates || e.abstain.is_some()) {
        let list = entry.list.get_ref();
        let contest =
            entry.contest.as_ref().map_or_else(String::new, |c| format!("{}:", c.get_ref()));
        let name = case.actor(list).map_or(list.as_str(), |a| a.name.as_str());
        all.push(Lever {
            path: format!("entry.{contest}{list}.participates"),
            label: format!("{name} stands in the election"),
            kind: LeverKind::Switch,
            value: LeverValue::Switch(entry.participates),
            low: None,
            high: None,
            unit: None,
            source: rests_on(&keys(&entry.source), None),
            effect: None,
        });
    }
    for belief in &case.beliefs {
        all.push(Lever {
            path: belief.path.clone(),
            label: report::compose::plain_path(case, &belief.path),
            kind: LeverKind::Estimate,
            value: LeverValue::Number(belief.value),
            low: Some(belief.low),
            high: Some(belief.high),
            unit: belief.unit.clone(),
            source: rests_on(&belief.sources, belief.judged.as_ref()),
            effect: None,
        });
    }
    all
}

/// Estimates and switches one may move; the most influential first if a sensitivity study was made of this revision,
/// else switches first and the widest ranges before the narrow.
#[utoipa::path(get, path = "/api/levers", params(Wanted), responses((status = 200, body = LeverList), (status = 503, body = Problem)))]
pub(crate) async fn levers(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<LeverList> {
    let revision = workbench.good()?;
    let study = workbench.last_sensitivity(&revision.name);
    let mut found = all(&revision.case);
    if let Some(study) = &study {
        for lever in &mut found {
            lever.effect = study.effect_of(&lever.path);
        }
    }
    let words: Vec<String> =
        wanted.q.iter().flat_map(|q| q.split_whitespace().map(str::to_lowercase)).collect();
    let paths: Option<Vec<&str>> = wanted.paths.as_ref().map(|p| p.split(',').collect());
    found.retain(|l| {
        let also = if l.kind == LeverKind::Switch { TAKES_PART } else { "" };
        let text = format!("{} {} {} {also}", l.label, l.path, l.source).to_lowercase();
        words.iter().all(|w| text.contains(w.as_str()))
            && wanted.kind.is_none_or(|k| l.kind == k)
            && paths.as_ref().is_none_or(|p| p.contains(&l.path.as_str()))
    });
    let width = |l: &Lever| match (l.low, l.high, &l.value) {
        (Some(low), Some(high), LeverValue::Number(value)) if high > low => {
            (high - low) / value.abs().max(low.abs()).max(high.abs())
        }
        _ => 0.0,
    };
    found.sort_by(|a, b| {
        let effect = |l: &Lever| l.effect.unwrap_or(-1.0);
        // What is called so comes before what merely rests on such words.
        let named = |l: &Lever| {
            let label = l.label.to_lowercase();
            words.iter().all(|w| {
                label.contains(w.as_str())
                    || TAKES_PART.contains(w.as_str()) && l.kind == LeverKind::Switch
            })
        };
        (named(b).cmp(&named(a)))
            .then(effect(b).total_cmp(&effect(a)))
            .then(a.kind.cmp(&b.kind))
            .then_with(|| width(b).total_cmp(&width(a)))
            .then_with(|| a.path.cmp(&b.path))
    });
    let total = found.len();
    let limit = wanted.limit.unwrap_or(50).min(1000);
    Ok(Json(LeverList {
        revision: revision.name.clone(),
        total,
        ranked: study.is_some(),
        ranked_by: study.map(|s| s.of.clone()),
        levers: found.into_iter().skip(wanted.offset).take(limit).collect(),
    }))
}
