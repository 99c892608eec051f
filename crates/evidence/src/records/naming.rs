//! Who is named: mentions of known actors, and names nobody knows yet.

use serde::{Deserialize, Serialize};

use super::Standing;
use crate::span::{Quote, Span};

/// How an actor was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A name or alias of the lexicon.
    Name,
    /// An adjective or people's name.
    Demonym,
    /// A capital or building standing for a government.
    Metonym,
    /// An abbreviation the document introduces in brackets.
    Abbreviation,
    /// A surname, after the full name.
    Surname,
}

/// What a name stands for where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sense {
    /// Somebody who acts or is acted on.
    Agent,
    /// A place.
    Place,
    /// Says whose or of what kind: "the Veslan parliament", "Vesla-backed".
    Modifier,
}

/// An actor named in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Stable name of the record.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The name as written.
    pub quote: Quote,
    /// How it stands.
    pub standing: Standing,
    /// The actor's id.
    pub actor: String,
    /// How it was recognised.
    pub form: Form,
    /// What it stands for.
    pub sense: Sense,
}

/// A name nobody knows yet. It is never an actor until somebody says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Stable name of the record.
    pub id: String,
    /// Index of the first sentence.
    pub sentence: usize,
    /// Where it is first written.
    pub quote: Quote,
    /// Every place it is written in running text, the first included.
    pub places: Vec<Span>,
    /// An abbreviation introduced for it.
    pub abbreviation: Option<String>,
    /// What its words suggest: `person`, `organisation` or `name`.
    pub kind: String,
    /// Rank: uses in running text, with a bonus for a title, an office or a part in an event.
    pub weight: u32,
}
