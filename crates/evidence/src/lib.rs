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
mod furniture;
mod independent;
mod lexicon;
mod limits;
mod mentions;
mod normalise;
mod paragraphs;
mod patterns;
mod quantities;
mod reading;
mod recording;
mod records;
mod sentences;
mod source;
mod span;
mod store;
mod summary;
mod tagging;
mod tokens;
mod words;

pub use contradictions::{Comparison, Kind, Passed, Side, Testimony, comparisons};
pub use dates::{Anchor, Precision, When};
pub use independent::{Sketch, independent};
pub use lexicon::{Lexicon, LexiconActor, LexiconRole, name_key};
pub use limits::{Limits, ReadError};
pub use reading::{READER_VERSION, Reader, Reading, read};
pub use records::{
    Bound, Candidate, Claim, Class, DateBasis, DateRecord, Document, DocumentDate, Event, Form,
    Mention, Passage, Quantity, Role, Sense, Sentence, Speech, Stance, Standing,
};
pub use source::{BadRating, DocumentSource, Rating};
pub use span::{Quote, Span};
pub use store::{Counts, DocumentEntry, Hit, Kept, Store, StoreError, StoredEvent, StoredRecords};
pub use summary::summary_lines;
