//! `GET /api/stream`: what happens, as it happens, to every page that is open.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use serde::Serialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt as _};
use utoipa::ToSchema;

use super::case::CaseState;
use crate::base::Base;
use crate::problem::Problem;
use crate::workbench::{Now, Workbench};

/// The event `case`: the files changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseNews {
    /// The revision that is shown from now on.
    revision: Option<String>,
    /// Whether the files on disk can be used.
    state: CaseState,
}

impl CaseNews {
    pub fn of(now: &Now) -> Self {
        let state = if now.fault.is_none() { CaseState::Good } else { CaseState::Broken };
        Self { revision: now.good.as_ref().map(|g| g.name.clone()), state }
    }
}

/// The event `base`: more was computed of the case as it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct BaseNews {
    /// The revision.
    revision: String,
    /// From how many runs.
    runs: u32,
    /// Whether that is all that was wanted.
    whole: bool,
    /// Whether the scenarios were compared.
    scenarios: bool,
}

impl BaseNews {
    pub fn of(base: &Base) -> Self {
        Self {
            revision: base.revision.name.clone(),
            runs: base.runs(),
            whole: base.is_whole,
            scenarios: base.found.scenarios.is_some(),
        }
    }
}

/// The event `decisions`: a proposal was accepted or refused, a scenario saved, or one of these undone.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionNews {
    /// What was done, in a few words.
    pub what: String,
}

/// Events as they happen: `case`, `base`, `job`, `decisions`; `missed` where a page fell behind and must look again.
/// The first event, `case`, says how things stand.
#[utoipa::path(get, path = "/api/stream", responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = Problem)))]
pub(crate) async fn stream(
    State(workbench): State<Arc<Workbench>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let later = BroadcastStream::new(workbench.listen()).map(|news| {
        Ok(match news {
            Ok(news) => Event::default().event(news.event).data(news.data),
            Err(_) => Event::default().event("missed").data("{}"),
        })
    });
    let now = serde_json::to_string(&CaseNews::of(&workbench.now())).unwrap_or_default();
    let first = tokio_stream::once(Ok(Event::default().event("case").data(now)));
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(first.chain(later)).keep_alive(alive)
}
