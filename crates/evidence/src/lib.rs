//! Documents read into spans, mentions, events, claims and quantities, with a store.
//!
//! [`read`] turns the bytes of one document into a [`Reading`]; [`Store`] keeps readings, versioned
//! and searchable. Every record quotes the document's own bytes. The reader is deterministic and
//! offline; it knows no country, party or person until the caller hands it a [`Lexicon`]. Unknown
//! names become candidates, never actors.

mod antecedents;
mod candidates;
mod chunks;
mod claims;
mod contradictions;
mod copies;
mod dates;
mod decode;
mod document_date;
mod events;
mod foreign;
mod furniture;
mod grids;
mod independent;
mod input;
mod languages;
mod lexicon;
mod limits;
mod mentions;
mod model;
mod normalise;
mod page;
mod paragraphs;
mod patterns;
mod quantities;
mod reading;
mod recording;
mod records;
pub mod scorer;
mod sentences;
mod source;
mod span;
mod store;
mod summary;
pub mod tables;
mod tagging;
mod tokens;
mod words;

pub use contradictions::{Comparison, Kind, Passed, Side, Testimony, comparisons};
pub use dates::{Anchor, Precision, When};
pub use decode::{Format, document_text, pdf_child};
pub use independent::{Sketch, independent, reprints, reprints_by_min_hash, reprints_by_pairs};
pub use input::{InputError, SIDECAR, Search, SearchLimits, search, source_of};
pub use lexicon::{Lexicon, LexiconActor, LexiconRole, name_key};
pub use limits::{Limits, ReadError};
pub use model::{Model, ModelError, ModelReader};
pub use page::page;
pub use reading::{READER_VERSION, ReadDocument, Reader, Reading, read};
pub use records::{
    Bound, Candidate, Claim, Class, DateBasis, DateRecord, Document, DocumentDate, Event, Form,
    Mention, Passage, Quantity, Role, Sense, Sentence, Speech, Stance, Standing,
};
pub use source::{BadRating, DocumentSource, Rating};
pub use span::{Quote, Span};
pub use store::{
    Answer, Batch, Correction, Counts, DocumentEntry, Filter, Found, Hit, Kept, Listed, Outline,
    Store, StoreError, StoredEvent, StoredRecords, Verdict, corrections_from, corrections_text,
};
pub use summary::summary_lines;
