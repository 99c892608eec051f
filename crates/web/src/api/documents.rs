//! `/api/documents`: the documents, and one of them with what was read in it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::Case;
use evidence::{Listed, Store, StoredRecords};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::SourceView;
use super::{Answer, Path, Query};
use crate::marks::{MarkView, ParagraphView, paragraphs};
use crate::problem::Problem;
use crate::workbench::{Documents, Workbench, off};

/// Which documents.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only documents in which this kind of record was found: `mention`, `event`, `claim`, `quantity`, `candidate`.
    kind: Option<String>,
    /// Only this source, or this publisher.
    source: Option<String>,
    /// Only documents with these words.
    q: Option<String>,
    /// Only documents that name this actor.
    actor: Option<String>,
}

/// The documents.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentList {
    /// The case's revision.
    revision: String,
    /// By source key. Near-copies stand beneath the document they copy.
    documents: Vec<DocumentName>,
    /// How many remain once near-copies are folded together.
    independent: usize,
}

/// A document in the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentName {
    /// BLAKE3 of its bytes.
    id: String,
    /// The key of its source.
    source: String,
    /// Its title.
    title: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The day it was published, if that is known.
    published: Option<String>,
    /// The day it is dated.
    dated: Option<String>,
    /// Its rating on the Admiralty scale.
    rating: Option<String>,
    /// The key of the document it is a near-copy of.
    copy_of: Option<String>,
    /// Versions of it that were read.
    versions: i64,
    /// Whether the case cites it as a source known on the as-of date.
    known: bool,
    /// Words in it.
    words: i64,
    /// Sentences of running text.
    sentences: i64,
    /// Mentions of actors.
    mentions: i64,
    /// Coded events.
    events: i64,
    /// Claims.
    claims: i64,
    /// Quantities.
    quantities: i64,
    /// Names nobody knows yet.
    candidates: i64,
}

impl DocumentName {
    fn of(case: &Case, l: &Listed) -> Self {
        let d = &l.document;
        let source = case.source(&d.source_key);
        Self {
            id: d.id.clone(),
            source: d.source_key.clone(),
            title: d.title.clone().or_else(|| source.map(|s| s.title.clone())),
            publisher: d.publisher.clone(),
            published: d.published.clone(),
            dated: d.dated.clone(),
            rating: d.rating.clone(),
            copy_of: l.copy_of.clone(),
            versions: l.versions,
            known: source.is_some(),
            words: d.words,
            sentences: d.sentences,
            mentions: l.mentions,
            events: d.events,
            claims: l.claims,
            quantities: l.quantities,
            candidates: l.candidates,
        }
    }

    fn holds(&self, kind: &str) -> bool {
        let count = match kind {
            "mention" => self.mentions,
            "event" => self.events,
            "claim" => self.claims,
            "quantity" => self.quantities,
            "candidate" => self.candidates,
            _ => 0,
        };
        count > 0
    }
}

/// The documents with source, date, rating and what was found in them.
#[utoipa::path(get, path = "/api/documents", params(Wanted), responses((status = 200, body = DocumentList), (status = 400, body = Problem)))]
pub(crate) async fn list(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<DocumentList> {
    let revision = workbench.good()?;
    let kinds = ["mention", "event", "claim", "quantity", "candidate"];
    if let Some(kind) = wanted.kind.as_ref().filter(|k| !kinds.contains(&k.as_str())) {
        let detail = format!("there is no kind \"{kind}\"; ask for one of {}", kinds.join(", "));
        return Err(Problem::new(axum::http::StatusCode::BAD_REQUEST, "bad-query", detail));
    }
    let found = off(move || {
        workbench.ask(|store| {
            let listing = workbench.documents(&revision.name, store)?;
            let named = match (&wanted.q, &wanted.actor) {
                (None, None) => None,
                (q, actor) => Some(documents_with(store, q.as_deref(), actor.as_ref())?),
            };
            let all = listing.all.iter().map(|l| DocumentName::of(&revision.case, l));
            let documents = all.filter(|d| {
                named.as_ref().is_none_or(|n| n.contains(&d.id))
                    && wanted.kind.as_ref().is_none_or(|k| d.holds(k))
                    && wanted
                        .source
                        .as_ref()
                        .is_none_or(|s| d.source == *s || d.publisher.as_ref() == Some(s))
            });
            let documents = documents.collect();
            let independent = listing.independent;
            Ok(DocumentList { revision: revision.name.clone(), documents, independent })
        })
    });
    Ok(Json(found.await?))
}

/// The ids of documents with sentences that hold some words or name an actor.
fn documents_with(
    store: &Store,
    q: Option<&str>,
    actor: Option<&String>,
) -> Result<Vec<String>, Problem> {
    const MOST: usize = 5000;
    let mut ids: Vec<String> = match (q.map(str::trim).filter(|q| !q.is_empty()), actor) {
        (Some(q), _) => {
            let filter = evidence::Filter { actor: actor.cloned(), ..Default::default() };
            let answers = store.find(q, &filter, MOST)?;
            answers.into_iter().map(|a| a.hit.document).collect()
        }
        (None, Some(actor)) => {
            let hits = store.sentences_mentioning(actor, MOST)?;
            hits.into_iter().map(|h| h.document).collect()
        }
        (None, None) => store.documents()?.into_iter().map(|d| d.id).collect(),
    };
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// One document with what was read in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentView {
    /// The case's revision.
    revision: String,
    /// BLAKE3 of its bytes.
    id: String,
    /// Its title.
    title: Option<String>,
    /// The day it is dated.
    dated: Option<String>,
    /// Its source.
    source: SourceView,
    /// The rating under which it was read.
    rating: Option<String>,
    /// Which version of it this is.
    version: i64,
    /// The paragraphs of its text, with what was read in them.
    paragraphs: Vec<ParagraphView>,
    /// What was read, in the order of the text, by the names that spans carry.
    marks: Vec<MarkView>,
    /// Near-copies of it, and what it copies: ids and source keys.
    copies: Vec<CopyView>,
}

/// A near-copy.
#[derive(Serialize, ToSchema)]
pub(crate) struct CopyView {
    /// BLAKE3 of its bytes.
    id: String,
    /// The key of its source.
    source: String,
    /// Who published it.
    publisher: Option<String>,
}

/// What is to be shown besides.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Shown {
    /// First byte, in the document's text, of words that are cited: they get a span of the kind `cited`.
    start: Option<usize>,
    /// One past the last.
    end: Option<usize>,
}

/// One document: its paragraphs with what was read in them. `id` is the document's hash, its first digits, or the key
/// of its source.
#[utoipa::path(get, path = "/api/documents/{id}", params(("id" = String, Path), Shown), responses((status = 200, body = DocumentView), (status = 404, body = Problem)))]
pub(crate) async fn document(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Answer<DocumentView> {
    let revision = workbench.good()?;
    let found = off(move || {
        workbench.ask(|store| {
            let Some(entry) = store.document(&id)? else {
                return Err(Problem::missing(
                    "unknown-document",
                    format!("there is no document {id}"),
                )
                .hint("GET /api/documents lists them"));
            };
            let text = store.text(&entry.id)?.unwrap_or_default();
            let records: StoredRecords = store.reading_records(&entry.id)?;
            let listing = workbench.documents(&revision.name, store)?;
            let cited = shown.start.zip(shown.end);
            let (paragraphs, marks) = paragraphs(&revision.case, &text, &records, cited);
            let source = match revision.case.source(&entry.source_key) {
                Some(_) => SourceView::of(&revision.case, &entry.source_key),
                None => SourceView {
                    title: entry.title.clone().unwrap_or_default(),
                    publisher: entry.publisher.clone(),
                    published: entry.published.clone(),
                    rating: entry.rating.clone(),
                    ..SourceView::of(&revision.case, &entry.source_key)
                },
            };
            Ok(DocumentView {
                revision: revision.name.clone(),
                title: entry
                    .title
                    .clone()
                    .or_else(|| Some(source.title.clone()).filter(|t| !t.is_empty())),
                dated: entry.dated.clone(),
                rating: entry.rating.clone(),
                version: entry.version,
                source,
                paragraphs,
                marks,
                copies: copies(&listing, &entry.id),
                id: entry.id,
            })
        })
    });
    Ok(Json(found.await?))
}

fn copies(documents: &Documents, id: &str) -> Vec<CopyView> {
    let groups = &documents.groups;
    let own = groups.get(id);
    let alike = documents
        .all
        .iter()
        .map(|l| &l.document)
        .filter(|d| d.id != id && own.is_some() && groups.get(&d.id) == own);
    let view = |d: &evidence::DocumentEntry| CopyView {
        id: d.id.clone(),
        source: d.source_key.clone(),
        publisher: d.publisher.clone(),
    };
    alike.map(view).collect()
}
