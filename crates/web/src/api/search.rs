//! `GET /api/search`: sentences of the documents by their words.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evidence::Filter;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::PlaceView;
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words; `"a phrase"` in double quotes, `begin*` for a beginning.
    q: String,
    /// Only sentences that name this actor.
    actor: Option<String>,
    /// Only this source.
    source: Option<String>,
    /// Only documents dated on this day or later.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// Only documents dated on this day or earlier.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// Only running text.
    #[serde(default)]
    body: bool,
    /// At most so many.
    limit: Option<usize>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundList {
    /// The case's revision.
    revision: String,
    /// The best first.
    hits: Vec<FoundView>,
}

/// A sentence that answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundView {
    /// Where it stands.
    place: PlaceView,
    /// The sentence piece by piece, the words found marked.
    pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Serialize, ToSchema)]
pub(crate) struct Piece {
    /// The text.
    text: String,
    /// Whether it is one of the words found.
    marked: bool,
}

fn pieces(answer: &evidence::Answer) -> Vec<Piece> {
    let quote = answer.hit.quote.as_str();
    let mut all = Vec::new();
    let mut at = 0;
    let mut add = |from: usize, to: usize, marked: bool| {
        let text = quote.get(from..to).unwrap_or_default();
        if !text.is_empty() {
            all.push(Piece { text: text.replace(['\n', '\r', '\t'], " "), marked });
        }
    };
    for (start, end) in &answer.marks {
        add(at, *start, false);
        add(*start, *end, true);
        at = *end;
    }
    add(at, quote.len(), false);
    all
}

/// Sentences that hold all words, the best first.
#[utoipa::path(get, path = "/api/search", params(Wanted), responses((status = 200, body = FoundList), (status = 400, body = Problem)))]
pub(crate) async fn search(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<FoundList> {
    let revision = workbench.good()?;
    let found = off(move || {
        let Wanted { q, actor, source, from, to, body, limit } = wanted;
        let filter = Filter { actor, source, from, to, body };
        let limit = limit.unwrap_or(50).min(500);
        let answers =
            workbench.ask(|store| store.find(&q, &filter, limit).map_err(Problem::from))?;
        let hits = answers.iter().map(|a| FoundView { place: (&a.hit).into(), pieces: pieces(a) });
        Ok(FoundList { revision: revision.name.clone(), hits: hits.collect() })
    });
    Ok(Json(found.await?))
}
