//! `/api/evidence`: the sentences behind a number, and what sources say against one another.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::{Belief, Case};
use evidence::{Hit, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::values::{SpanView, words};
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// A source of the case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub(crate) struct SourceView {
    /// Its key in the case.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Where it can be read, if that is a web address.
    pub url: Option<String>,
    /// Its rating on the Admiralty scale.
    pub rating: Option<String>,
    /// The key of the source that it copies.
    pub copies: Option<String>,
}

/// A web address, and nothing that a browser would run.
fn address(url: Option<&String>) -> Option<String> {
    url.filter(|u| u.starts_with("https://") || u.starts_with("http://")).cloned()
}

impl SourceView {
    pub fn of(case: &Case, key: &str) -> Self {
        let Some(source) = case.source(key) else {
            return Self { key: key.to_owned(), ..Self::default() };
        };
        Self {
            key: key.to_owned(),
            title: source.title.clone(),
            publisher: Some(source.publisher.clone()),
            published: Some(source.published.to_string()),
            url: address(source.url.as_ref()),
            rating: Some(format!("{}{}", source.reliability, source.credibility.get_ref())),
            copies: source.copies.as_ref().map(|c| c.get_ref().clone()),
        }
    }

    fn entry(entry: &report::brief::SourceEntry) -> Self {
        Self {
            key: entry.key.clone(),
            title: entry.title.clone(),
            publisher: entry.publisher.clone(),
            published: entry.published.map(|d| d.to_string()),
            url: address(entry.url.as_ref()),
            rating: entry.rating.clone(),
            copies: None,
        }
    }
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PlaceView {
    /// BLAKE3 of the document, for `GET /api/documents/{id}`.
    pub document: String,
    /// The key of its source.
    pub source: String,
    /// The document's title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it is dated.
    pub dated: Option<String>,
    /// Its rating on the Admiralty scale.
    pub rating: Option<String>,
    /// The sentence's first byte in the document's text.
    pub start: i64,
    /// One past its last.
    pub end: i64,
    /// The sentence.
    pub text: String,
    /// How it stands: `body`, or what it is instead of running text.
    pub standing: String,
}

impl From<&Hit> for PlaceView {
    fn from(hit: &Hit) -> Self {
        Self {
            document: hit.document.clone(),
            source: hit.source_key.clone(),
            title: hit.title.clone(),
            publisher: hit.publisher.clone(),
            dated: hit.dated.clone(),
            rating: hit.rating.clone(),
            start: hit.start,
            end: hit.end,
            text: flat(&hit.quote),
            standing: hit.standing.clone(),
        }
    }
}

/// Text on one line.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of the case: its value, its range and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct EstimateView {
    /// Where it stands in the case.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// The best single value.
    pub value: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// How belief is spread between them.
    pub shape: String,
    /// The unit.
    pub unit: Option<String>,
    /// From when it holds.
    pub from: Option<String>,
    /// When somebody last looked.
    pub checked: Option<String>,
    /// The author's reason, if it is a judgement.
    pub judged: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What it rests on.
    pub citations: Vec<CitationView>,
    /// The file it is written in.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
}

/// One place that a number comes from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CitationView {
    /// The source; none for a judgement.
    pub source: Option<SourceView>,
    /// Where in the source.
    pub at: Option<String>,
    /// The value it gives, in words.
    pub value: Option<String>,
    /// The words that carry the value.
    pub quote: Option<String>,
    /// The sentence in which they stand, where the document was read.
    pub sentence: Option<PlaceView>,
    /// Why it was judged so, if nobody said it.
    pub judged: Option<String>,
}

/// The sentence of a source's document in which some words stand.
pub(crate) fn sentence(
    store: &Store,
    source: &str,
    quote: &str,
) -> Result<Option<PlaceView>, Problem> {
    let fault = |e: evidence::StoreError| Problem::refused("evidence", e.to_string());
    let quote = flat(quote);
    let Some(entry) = store.document(source).map_err(fault)? else { return Ok(None) };
    if entry.source_key != source {
        return Ok(None);
    }
    let records = store.reading_records(&entry.id).map_err(fault)?;
    let found = records.sentences.iter().find(|s| flat(&s.quote).contains(&quote));
    Ok(found.map(PlaceView::from))
}

impl EstimateView {
    /// A belief with what it rests on.
    pub fn of(
        revision: &crate::workbench::Revision,
        store: &Store,
        belief: &Belief,
    ) -> Result<Self, Problem> {
        let case = &revision.case;
        let mut citations = Vec::new();
        for key in &belief.sources {
            let found = match &belief.quote {
                Some(quote) => sentence(store, key, quote)?,
                None => None,
            };
            citations.push(CitationView {
                source: Some(SourceView::of(case, key)),
                at: belief.at.clone(),
                value: None,
                // The quote stands in one of the sources; it is shown with that one.
                quote: belief
                    .quote
                    .clone()
                    .filter(|_| found.is_some() || belief.sources.len() == 1),
                sentence: found,
                judged: None,
            });
        }
        let place = revision.folder.map.place(&belief.spot);
        Ok(Self {
            path: belief.path.clone(),
            label: report::compose::plain_path(case, &belief.path),
            value: belief.value,
            low: belief.low,
            high: belief.high,
            shape: super::case::written(belief.shape),
            unit: belief.unit.clone(),
            from: belief.from.map(|d| d.to_string()),
            checked: belief.checked.map(|d| d.to_string()),
            judged: belief.judged.clone(),
            note: belief.note.clone(),
            citations,
            line: place.as_ref().map(|p| p.line),
            file: place.map(|p| p.file),
        })
    }
}

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

/// Sentences of the case's own documents that name one or two actors.
pub(crate) fn naming(
    case: &Case,
    store: &Store,
    actors: &[String],
    most: usize,
) -> Result<Vec<PlaceView>, Problem> {
    let fault = |e: evidence::StoreError| Problem::refused("evidence", e.to_string());
    let mut hits = match actors {
        [a, b, ..] => store.sentences_mentioning_both(a, b, 4 * most).map_err(fault)?,
        [a] => store.sentences_mentioning(a, 4 * most).map_err(fault)?,
        [] => Vec::new(),
    };
    // The store may hold what the as-of date does not know yet.
    hits.retain(|h| case.source(&h.source_key).is_some());
    hits.truncate(most);
    Ok(hits.iter().map(PlaceView::from).collect())
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

/// What sources say of one matter, side by side.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContradictionList {
    /// The case's revision.
    revision: String,
    /// Contradictions first, then agreements.
    matters: Vec<MatterView>,
    /// Figures on which the case itself holds several versions.
    disputes: Vec<DisputeView>,
}

/// One matter.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatterView {
    /// `figures`, `acts`, `denial`, `undone`, `units` or `agreement`.
    kind: String,
    /// What, of whom, when.
    matter: String,
    /// The sides; of an agreement one only.
    sides: Vec<SideView>,
}

/// One answer and all who give it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SideView {
    /// What is said.
    says: String,
    /// Sources of it that do not copy one another.
    independent: usize,
    /// Where it is said.
    passages: Vec<PassageView>,
}

/// Where something is said.
#[derive(Serialize, ToSchema)]
pub(crate) struct PassageView {
    /// BLAKE3 of the document.
    document: String,
    /// The source.
    source: SourceView,
    /// The words themselves.
    quote: String,
    /// The whole sentence.
    sentence: String,
    /// First byte of the words in the document's text.
    start: usize,
    /// One past the last.
    end: usize,
}

/// A figure on which sources disagree, as the case holds it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisputeView {
    /// What is in dispute.
    what: String,
    /// The versions that are known on the as-of date.
    versions: Vec<VersionView>,
    /// What the author makes of it.
    judged: Option<String>,
}

/// One version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// What is said.
    says: String,
    /// Who says so.
    sources: Vec<SourceView>,
}

/// Contradictions and agreements of the documents, and the disputes that the case holds.
#[utoipa::path(get, path = "/api/contradictions", responses((status = 200, body = ContradictionList), (status = 503, body = Problem)))]
pub(crate) async fn contradictions(
    State(workbench): State<Arc<Workbench>>,
) -> Answer<ContradictionList> {
    let revision = workbench.good()?;
    let found = off(move || {
        let case = &revision.case;
        let mut all = workbench.ask(|store| {
            store.comparisons().map_err(|e| Problem::refused("evidence", e.to_string()))
        })?;
        all.sort_by_key(evidence::Comparison::agrees);
        let passage = |p: &evidence::Passed| PassageView {
            document: p.document.clone(),
            source: SourceView::of(case, &p.source),
            quote: p.quote.text().to_owned(),
            sentence: flat(&p.context),
            start: p.quote.span().start(),
            end: p.quote.span().end(),
        };
        let side = |s: &evidence::Side| SideView {
            says: s.says.clone(),
            independent: s.independent,
            passages: s.passages.iter().map(passage).collect(),
        };
        let matters = all.iter().map(|c| MatterView {
            kind: c.kind.word().to_owned(),
            matter: c.matter.clone(),
            sides: c.sides.iter().map(side).collect(),
        });
        let is_known = |v: &&case::history::Version| {
            v.source.0.is_empty() || v.source.0.iter().any(|k| case.source(k.get_ref()).is_some())
        };
        let disputes = case.disputes.iter().map(|d| DisputeView {
            what: d.what.clone(),
            judged: d.judged.clone(),
            versions: (d.versions.iter().filter(is_known))
                .map(|v| VersionView {
                    says: v.says.clone(),
                    sources: v.source.0.iter().map(|k| SourceView::of(case, k.get_ref())).collect(),
                })
                .collect(),
        });
        Ok(ContradictionList {
            revision: revision.name.clone(),
            matters: matters.collect(),
            disputes: disputes.filter(|d| d.versions.len() > 1).collect(),
        })
    });
    Ok(Json(found.await?))
}
