//! `GET /api/timeline`: what happened, what documents tell, and what is due.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::Case;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::PlaceView;
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// Which part of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// From this day on.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// Up to this day.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// Only this lane: an actor's id, or `state` for what has no actor.
    lane: Option<String>,
    /// Only what holds these words.
    q: Option<String>,
    /// Only this sort: `history`, `evidence` or `due`.
    kind: Option<Sort>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    /// The case's history.
    History,
    /// An event that a document tells.
    Evidence,
    /// A day that is known to come.
    Due,
}

/// The timeline.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimelineView {
    /// The case's revision.
    revision: String,
    /// The last day of information: what comes after is due, not told.
    as_of: String,
    /// The lanes of what is shown, the fullest first.
    lanes: Vec<Lane>,
    /// By day.
    entries: Vec<TimelineEntry>,
}

/// A lane.
#[derive(Serialize, ToSchema)]
pub(crate) struct Lane {
    /// An actor's id, or `state`.
    id: String,
    /// Its name.
    name: String,
    /// How many entries it has.
    entries: usize,
}

/// Something that happened or is due.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TimelineEntry {
    /// A name for links.
    id: String,
    /// Where it comes from.
    kind: Sort,
    /// The day, or the first of several.
    date: String,
    /// The last day, where it is not one day.
    to: Option<String>,
    /// The lane: the id of its first actor, or `state`.
    lane: String,
    /// What happened, in a sentence.
    what: String,
    /// Who took part, by id.
    actors: Vec<String>,
    /// Keys of the sources.
    sources: Vec<String>,
    /// The sentences that tell it.
    places: Vec<PlaceView>,
}

/// The lane of what has no actor.
const STATE: &str = "state";

fn entry(kind: Sort, id: String, date: Date, what: String, actors: Vec<String>) -> TimelineEntry {
    TimelineEntry {
        id,
        kind,
        date: date.to_string(),
        to: None,
        lane: actors.first().cloned().unwrap_or_else(|| STATE.to_owned()),
        what,
        actors,
        sources: Vec::new(),
        places: Vec::new(),
    }
}

fn history(case: &Case) -> Vec<TimelineEntry> {
    let of = |e: &case::history::Event| {
        let actors = e.actors.iter().map(|a| a.get_ref().clone()).collect();
        let id = format!("event.{}", e.id.get_ref());
        TimelineEntry {
            sources: e.source.0.iter().map(|k| k.get_ref().clone()).collect(),
            ..entry(Sort::History, id, e.date, e.what.clone(), actors)
        }
    };
    case.events.iter().filter(|e| e.date <= case.as_of).map(of).collect()
}

fn due(case: &Case) -> Vec<TimelineEntry> {
    let mut all = Vec::new();
    let mut add = |id: String, day: Date, what: String, actors: Vec<String>| {
        if day > case.as_of && day <= case.head.until {
            all.push(entry(Sort::Due, id, day, what, actors));
        }
    };
    if let Some(contest) = &case.contest {
        let id = format!("contest.{}", contest.id.get_ref());
        add(id, *contest.date.get_ref(), "Election day".to_owned(), Vec::new());
    }
    for waiver in &case.waivers {
        for grant in waiver.grants.iter().filter(|g| g.from <= case.as_of) {
            let what = format!("{} runs out", waiver.name);
            let id = format!("waiver.{}", waiver.id.get_ref());
            add(id, grant.to, what, vec![waiver.by.get_ref().clone()]);
        }
    }
    for shock in &case.shocks {
        if let Some(day) = shock.date {
            add(format!("shock.{}", shock.id.get_ref()), day, shock.name.clone(), Vec::new());
        }
    }
    add("window".to_owned(), case.head.until, "The simulated window ends".to_owned(), Vec::new());
    all
}

fn told(workbench: &Workbench, case: &Case) -> Result<Vec<TimelineEntry>, Problem> {
    let events = workbench.ask(|store| store.all_events().map_err(Problem::from))?;
    let mut all = Vec::new();
    for stored in events {
        let event = &stored.event;
        let known = case.source(&stored.place.source_key).is_some();
        let Some(when) = event.when.filter(|_| known && event.is_fact()) else { continue };
        let mut actors: Vec<String> = Vec::new();
        for id in event.source_actors().chain(event.recipient_actors()) {
            if case.actor(id).is_some() && !actors.iter().any(|a| a == id) {
                actors.push(id.to_owned());
            }
        }
        let place = PlaceView::from(&stored.place);
        let found = entry(Sort::Evidence, event.id.clone(), when.from, place.text.clone(), actors);
        all.push(TimelineEntry {
            to: (when.to != when.from).then(|| when.to.to_string()),
            sources: vec![place.source.clone()],
            places: vec![place],
            ..found
        });
    }
    Ok(all)
}

/// What happened, what documents tell, and what is due, by day and lane.
#[utoipa::path(get, path = "/api/timeline", params(Wanted), responses((status = 200, body = TimelineView), (status = 400, body = Problem)))]
pub(crate) async fn timeline(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<TimelineView> {
    let revision = workbench.good()?;
    let found = off(move || {
        let case = &revision.case;
        let mut entries = history(case);
        entries.extend(due(case));
        entries.extend(told(&workbench, case)?);
        let (from, to) = (wanted.from.map(|d| d.to_string()), wanted.to.map(|d| d.to_string()));
        let words = wanted.q.as_ref().map(|q| q.to_lowercase());
        entries.retain(|e| {
            let last = e.to.as_ref().unwrap_or(&e.date);
            from.as_ref().is_none_or(|from| last >= from)
                && to.as_ref().is_none_or(|to| e.date <= *to)
                && wanted.kind.is_none_or(|kind| e.kind == kind)
                && wanted.lane.as_ref().is_none_or(|l| e.lane == *l || e.actors.contains(l))
                && words.as_ref().is_none_or(|words| {
                    let text = e.what.to_lowercase();
                    words.split_whitespace().all(|word| text.contains(word))
                })
        });
        entries.sort_by(|a, b| (&a.date, a.kind, &a.id).cmp(&(&b.date, b.kind, &b.id)));
        let mut lanes: Vec<Lane> = Vec::new();
        for e in &entries {
            match lanes.iter_mut().find(|l| l.id == e.lane) {
                Some(lane) => lane.entries += 1,
                None => {
                    let name = match case.actor(&e.lane) {
                        Some(actor) => actor.label().to_owned(),
                        None => "Without an actor".to_owned(),
                    };
                    lanes.push(Lane { id: e.lane.clone(), name, entries: 1 });
                }
            }
        }
        lanes.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.id.cmp(&b.id)));
        Ok(TimelineView {
            revision: revision.name.clone(),
            as_of: case.as_of.to_string(),
            lanes,
            entries,
        })
    });
    Ok(Json(found.await?))
}
