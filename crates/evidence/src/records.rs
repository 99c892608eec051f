//! What a reading is made of. Every record says which sentence it stands in and quotes the
//! document's own bytes.

mod class;
mod naming;

use serde::{Deserialize, Serialize};

pub use class::Class;
pub use naming::{Candidate, Form, Mention, Sense};

use crate::dates::{Anchor, When};
use crate::decode::Format;
use crate::source::DocumentSource;
use crate::span::{Quote, Span};

/// One document as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// BLAKE3 of the original bytes, in hex.
    pub id: String,
    /// What the caller knows of it.
    pub source: DocumentSource,
    /// What it is written in.
    pub format: Format,
    /// What was left out of it or could not be used, in words.
    pub notices: Vec<String>,
    /// The encoding it was decoded from.
    pub encoding: String,
    /// The decoded text every span refers to; for plain text in UTF-8 the original bytes, for other
    /// formats their text without markup.
    pub text: String,
    /// Words in it.
    pub words: usize,
    /// The day it is dated, and how that is known.
    pub date: Option<DocumentDate>,
    /// Version of the reader.
    pub reader: u32,
    /// Hash of the lexicon it was read with.
    pub lexicon: String,
}

/// The date a document's relative dates are reckoned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The day, or a day of the month where only that is known.
    pub date: jiff::civil::Date,
    /// Whether the day itself is known.
    pub exact: bool,
    /// How it is known.
    pub basis: DateBasis,
    /// Where the text says so.
    pub quote: Option<Quote>,
}

/// How the date of a document is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// The caller gave it.
    Given,
    /// The page's head says it: a `meta` element, JSON-LD, a mail's `Date`.
    Page,
    /// A publication line, byline or head says it.
    Stated,
    /// The latest month the text names in full; a floor, used only to find the year of a bare
    /// month.
    Latest,
}

/// Where a passage, a sentence and all in it stand in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Running text: only this counts as evidence.
    Body,
    /// A title or a subheading.
    Heading,
    /// Says again what another passage says.
    Copy,
    /// Page furniture: credits, bylines, biographies, links.
    Furniture,
    /// Belongs to another story on the same page.
    OffTopic,
}

impl Standing {
    /// The word used in print and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Body => "body",
            Standing::Heading => "heading",
            Standing::Copy => "copy",
            Standing::Furniture => "furniture",
            Standing::OffTopic => "off-topic",
        }
    }
}

/// A stretch of the page that is not plain running text, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Stable name of the record.
    pub id: String,
    /// Its words.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// The rule that said so: `pull-quote`, `repeated`, `biography`, `credit`, ...
    pub rule: String,
    /// What it repeats.
    pub of: Option<Span>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its place in the document, from 0.
    pub index: usize,
    /// The paragraph it stands in, from 0.
    pub paragraph: usize,
    /// Its words.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
}

/// A date phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateRecord {
    /// Stable name of the record.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The raw phrase.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// The days it means, where that can be told.
    pub when: Option<When>,
    /// What it was reckoned from.
    pub anchor: Anchor,
}

/// How a stated number bounds the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// As stated.
    Exactly,
    /// About as stated.
    About,
    /// At least or more than.
    AtLeast,
    /// At most, up to or less than.
    AtMost,
    /// Between two stated ends.
    Between,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Stable name of the record.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The number and its unit as written.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// The value stated; of a range, its middle; none for "millions".
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How the number bounds.
    pub bound: Bound,
    /// Unit: `USD`, `percent`, `km`, `seats`, or the noun counted.
    pub unit: String,
    /// Per what: `month` in "per month".
    pub per: Option<String>,
    /// The whole it is a part of: 329 in "27 seats in the 329-seat parliament"; of a share in a poll, how
    /// many were asked.
    pub of: Option<f64>,
    /// The words that say what is measured.
    pub what: Option<Quote>,
    /// Actors named in those words.
    pub actors: Vec<String>,
    /// Who counted, polled or supplies it, where the sentence says: "a poll by the institute".
    #[serde(default)]
    pub by: Option<Quote>,
    /// When, where the sentence says.
    pub when: Option<When>,
    /// The same length in another unit, in brackets after it.
    pub also: Option<(f64, String)>,
    /// Of a cell of a table: what stands at the head of its row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Quote>,
    /// Of a cell of a table: what stands over its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Quote>,
}

/// A part in an event: the words, and the actors of the lexicon they name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The noun phrase.
    pub quote: Quote,
    /// Ids of actors named in it, first of all the one at its head.
    pub actors: Vec<String>,
    /// For a pronoun or a short form, the words it was resolved to; they may stand in an earlier
    /// sentence.
    #[serde(default)]
    pub antecedent: Option<Quote>,
}

/// Who did what to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable name of the record.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// From the first to the last word the event was read from.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// The verb or noun that named it.
    pub trigger: Quote,
    /// PLOVER class.
    pub class: Class,
    /// Mode within the class.
    pub mode: Option<String>,
    /// Who did it.
    pub sources: Vec<Role>,
    /// To whom.
    pub recipients: Vec<Role>,
    /// Both sides did it to each other.
    pub reciprocal: bool,
    /// When.
    pub when: Option<When>,
    /// The date phrase.
    pub date: Option<Quote>,
    /// How many times: 8 in "eight visits".
    pub count: Option<u32>,
    /// It is said not to have happened.
    pub negated: bool,
    /// It is conditional, possible, wanted or asked for.
    pub hypothetical: bool,
    /// It is to come.
    pub future: bool,
    /// It lies well before the document's own time.
    pub historical: bool,
    /// Alleged, reported or doubted.
    pub hedged: bool,
    /// For a statement of intent, the class of the declaration itself.
    pub declares: Option<Class>,
    /// The event in this document that undid it.
    pub undone_by: Option<String>,
    /// The earlier event that it answers: the accusation that is rejected.
    #[serde(default)]
    pub answers: Option<String>,
    /// Rule id of the pattern.
    pub rule: String,
    /// Words the pattern asked for: longer is surer.
    pub weight: u32,
    /// How likely the class is of the whole sentence, in percent; none where nobody weighed it.
    #[serde(default)]
    pub score: Option<u8>,
    /// No pattern found it and no person said it: the scorer alone suggests it. Never a fact.
    #[serde(default)]
    pub suggested: bool,
}

impl Event {
    /// Whether the document says that it happened.
    pub fn is_fact(&self) -> bool {
        !self.negated && !self.hypothetical && !self.future && !self.suggested
    }

    /// Ids of the actors that did it.
    pub fn source_actors(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().flat_map(|r| r.actors.iter().map(String::as_str))
    }

    /// Ids of the actors it was done to.
    pub fn recipient_actors(&self) -> impl Iterator<Item = &str> {
        self.recipients.iter().flat_map(|r| r.actors.iter().map(String::as_str))
    }
}

/// How a statement is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speech {
    /// Whole sentences in quotation marks.
    Direct,
    /// Some words in quotation marks.
    Partial,
    /// Told in the writer's words.
    Indirect,
}

/// How the writer or the speaker holds a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Stated.
    Plain,
    /// Claimed or believed.
    Hedged,
    /// Lays blame.
    Accusation,
    /// Denies or rejects.
    Denial,
    /// Says what will come.
    Forecast,
}

/// A statement somebody made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable name of the record.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// What was said.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// Who said it, in the words of the sentence.
    pub speaker: Option<Quote>,
    /// Actors of the lexicon among the speakers; a pronoun is followed back to its name.
    pub actors: Vec<String>,
    /// The name a pronoun stands for, where it could be followed.
    pub resolved: Option<Quote>,
    /// The word that hands it to the speaker.
    pub cue: Quote,
    /// The earlier claim of somebody else that this one denies.
    #[serde(default)]
    pub answers: Option<String>,
    /// Direct, partial or indirect.
    pub speech: Speech,
    /// How it is held.
    pub stance: Stance,
    /// Rule id of the cue.
    pub rule: String,
}

/// A stable name for a record: its kind, its place, and its turn among those of the same place.
pub(crate) fn record_id(document: &str, kind: &str, span: Span, turn: usize) -> String {
    let text = format!("{document}|{kind}|{}|{}|{turn}", span.start(), span.end());
    let hash = blake3::hash(text.as_bytes()).to_hex();
    format!("{kind}-{}", hash.get(..12).unwrap_or_default())
}
