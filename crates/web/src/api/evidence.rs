//! `GET /api/evidence/for`: the sentences behind a number.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::{Belief, Case};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::{CitationView, EstimateView, PlaceView, SourceView, naming, sentence};
use super::values::{SpanView, words};
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// What stands behind a number.
#[derive(Serialize, ToSchema)]
pub(crate) struct BehindView {
    /// The case's revision.
    revision: String,
    /// What the number is.
    subject: String,
    /// How it was computed, where it was.
    derivation: Vec<SpanView>,
    /// Where it comes from.
    citations: Vec<CitationView>,
    /// How many of the sources are independent once reprints are folded together.
    independent: Option<u32>,
    /// The estimates behind it that were asked for by path.
    estimates: Vec<EstimateView>,
    /// Further sentences of the evidence on the same actors.
    related: Vec<PlaceView>,
}

/// What is asked about: a path of the case or a note of the brief.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct About {
    /// A path of the case, such as `tie.a>b:security.bandwidth`; all estimates that begin with it count.
    path: Option<String>,
    /// A note that a number of the brief opens, such as `sway.ACTOR`.
    note: Option<String>,
}

/// How many estimates one path may stand for.
const MOST_ESTIMATES: usize = 40;
/// How many related sentences are shown.
const MOST_RELATED: usize = 12;

/// The actors a path of the case is about.
fn actors_of(case: &Case, path: &str) -> Vec<String> {
    let words = path.split(['.', '>', ':']).filter(|id| case.actor(id).is_some());
    let mut all: Vec<String> = words.map(str::to_owned).collect();
    all.dedup();
    all
}

/// Which sentences, sources and judgements stand behind a number: of the case by `path`, of the brief by `note`.
#[utoipa::path(get, path = "/api/evidence/for", params(About), responses((status = 200, body = BehindView), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn behind(
    State(workbench): State<Arc<Workbench>>,
    Query(about): Query<About>,
) -> Answer<BehindView> {
    match (about.path, about.note) {
        (Some(path), None) => {
            let revision = workbench.good()?;
            Ok(Json(off(move || of_path(&workbench, &revision, &path)).await?))
        }
        (None, Some(note)) => {
            let base = workbench.base().await?;
            Ok(Json(off(move || of_note(&workbench, &base, &note)).await?))
        }
        _ => Err(Problem::new(
            axum::http::StatusCode::BAD_REQUEST,
            "bad-query",
            "give either path or note",
        )),
    }
}

fn of_path(
    workbench: &Workbench,
    revision: &crate::workbench::Revision,
    path: &str,
) -> Result<BehindView, Problem> {
    let case = &revision.case;
    let exact: Vec<&Belief> = case.beliefs.iter().filter(|b| b.path == path).collect();
    let under =
        |b: &&Belief| b.path.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', ':']));
    let beliefs = match exact.is_empty() {
        true => case.beliefs.iter().filter(under).collect(),
        false => exact,
    };
    let event = path
        .strip_prefix("event.")
        .and_then(|id| case.events.iter().find(|e| e.id.get_ref() == id));
    if beliefs.is_empty() && event.is_none() {
        let paths = case.beliefs.iter().map(|b| b.path.as_str());
        let fault = Problem::missing("unknown-path", format!("the case has no number at {path}"));
        return Err(match case::diagnostic::nearest(path, paths) {
            Some(near) => fault.hint(format!("did you mean {near}?")),
            None => fault,
        });
    }
    workbench.ask(|store| {
        let beliefs = beliefs.iter().take(MOST_ESTIMATES);
        let estimates: Result<Vec<EstimateView>, Problem> =
            beliefs.map(|b| EstimateView::of(revision, store, b)).collect();
        let named = match event {
            Some(event) => event.actors.iter().map(|a| a.get_ref().clone()).collect(),
            None => actors_of(case, path),
        };
        let citations = event.map_or_else(Vec::new, |event| {
            let cited = |key: &toml::Spanned<String>| CitationView {
                source: Some(SourceView::of(case, key.get_ref())),
                at: None,
                value: None,
                quote: None,
                sentence: None,
                judged: None,
            };
            event.source.0.iter().map(cited).collect()
        });
        Ok(BehindView {
            revision: revision.name.clone(),
            subject: event
                .map_or_else(|| report::compose::plain_path(case, path), |e| e.what.clone()),
            derivation: Vec::new(),
            citations,
            independent: None,
            estimates: estimates?,
            related: naming(case, store, &named, MOST_RELATED)?,
        })
    })
}

fn of_note(
    workbench: &Workbench,
    base: &crate::base::Base,
    key: &str,
) -> Result<BehindView, Problem> {
    let case = &base.revision.case;
    let Some(note) = base.brief.notes.get(key) else {
        return Err(Problem::missing("unknown-note", format!("the brief has no note {key}"))
            .hint("the notes are in GET /api/brief"));
    };
    workbench.ask(|store| {
        let mut citations = Vec::new();
        for citation in &note.citations {
            let key = citation.source.key.as_str();
            let words = citation.quote.as_ref().or(citation.sentence.as_ref());
            let found = match words.filter(|_| !key.is_empty()) {
                Some(words) => sentence(store, key, words)?,
                None => None,
            };
            citations.push(CitationView {
                source: (!key.is_empty()).then(|| SourceView::entry(&citation.source)),
                at: None,
                value: citation.value.clone(),
                quote: citation.quote.clone(),
                sentence: found,
                judged: citation.judged.clone(),
            });
        }
        Ok(BehindView {
            revision: base.revision.name.clone(),
            subject: note.subject.clone(),
            derivation: note.derivation.as_ref().map(words).unwrap_or_default(),
            citations,
            independent: note.independent,
            estimates: Vec::new(),
            related: naming(case, store, &actors_of(case, key), MOST_RELATED)?,
        })
    })
}
