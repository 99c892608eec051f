//! What the store answers with.

use serde::{Deserialize, Serialize};

use crate::records::{Candidate, Claim, DateRecord, Event, Mention, Passage, Quantity};

/// A document in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// BLAKE3 of its bytes.
    pub id: String,
    /// Where it came from.
    pub source_key: String,
    /// 1 for the first version of the source.
    pub version: i64,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Day of publication as given.
    pub published: Option<String>,
    /// The day it is dated, given or found.
    pub dated: Option<String>,
    /// Web address.
    pub address: Option<String>,
    /// Admiralty rating.
    pub rating: Option<String>,
    /// Words.
    pub words: i64,
    /// Sentences of running text.
    pub sentences: i64,
    /// Coded events.
    pub events: i64,
}

/// A sentence that answers a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// BLAKE3 of the document's bytes.
    pub document: String,
    /// Where the document came from.
    pub source_key: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Publisher of the document.
    pub publisher: Option<String>,
    /// The day the document is dated.
    pub dated: Option<String>,
    /// Admiralty rating.
    pub rating: Option<String>,
    /// Index of the sentence.
    pub sentence: i64,
    /// First byte.
    pub start: i64,
    /// One past the last byte.
    pub end: i64,
    /// The sentence.
    pub quote: String,
    /// How it stands on the page.
    pub standing: String,
}

/// An event with the sentence it stands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// The sentence and its document.
    pub place: Hit,
    /// The event.
    pub event: Event,
}

/// All records of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StoredRecords {
    /// The sentences.
    pub sentences: Vec<Hit>,
    /// Passages that are not plain running text.
    pub passages: Vec<Passage>,
    /// Actors named.
    pub mentions: Vec<Mention>,
    /// Unknown names.
    pub candidates: Vec<Candidate>,
    /// Date phrases.
    pub dates: Vec<DateRecord>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Events.
    pub events: Vec<Event>,
    /// Claims.
    pub claims: Vec<Claim>,
}

/// How much the store holds, current versions only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: i64,
    /// Versions of them, old ones included.
    pub versions: i64,
    /// Sentences.
    pub sentences: i64,
    /// Mentions.
    pub mentions: i64,
    /// Events.
    pub events: i64,
    /// Quantities.
    pub quantities: i64,
    /// Claims.
    pub claims: i64,
    /// Candidates.
    pub candidates: i64,
}
