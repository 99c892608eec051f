//! Sources, sentences and estimates as pages take them: what every number rests on.

use case::{Belief, Case};
use evidence::{Hit, Store};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

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

    /// A source as the brief names it.
    pub fn entry(entry: &report::brief::SourceEntry) -> Self {
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
    let quote = flat(quote);
    let Some(entry) = store.document(source)? else { return Ok(None) };
    if entry.source_key != source {
        return Ok(None);
    }
    let records = store.reading_records(&entry.id)?;
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

/// Sentences of the case's own documents that name one or two actors.
pub(crate) fn naming(
    case: &Case,
    store: &Store,
    actors: &[String],
    most: usize,
) -> Result<Vec<PlaceView>, Problem> {
    let mut hits = match actors {
        [a, b, ..] => store.sentences_mentioning_both(a, b, 4 * most)?,
        [a] => store.sentences_mentioning(a, 4 * most)?,
        [] => Vec::new(),
    };
    // The store may hold what the as-of date does not know yet.
    hits.retain(|h| case.source(&h.source_key).is_some());
    hits.truncate(most);
    Ok(hits.iter().map(PlaceView::from).collect())
}
