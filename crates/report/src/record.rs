//! What a brief said, as data: its judgements, numbers, sources, events and estimates. The next
//! brief is held against it.
//!
//! It is written beside a brief as `NAME.record.json`, in a form that is versioned and refuses
//! fields it does not know.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of the form.
pub const FORMAT: u32 = 1;

/// What a brief said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of the form.
    pub format: u32,
    /// The brief's title.
    pub title: String,
    /// The day up to which sources were known.
    pub as_of: Date,
    /// BLAKE3 of the case, as hex.
    pub case_hash: String,
    /// The version of the program.
    pub program: String,
    /// The seed.
    pub seed: u64,
    /// How many runs.
    pub runs: usize,
    /// The lexicon of likelihood words.
    pub lexicon: String,
    /// The key judgements, in order.
    pub judgements: Vec<Stated>,
    /// The numbers that may be compared.
    pub numbers: Vec<Told>,
    /// The sources known.
    pub sources: Vec<Known>,
    /// The events known.
    pub events: Vec<Happened>,
    /// Every estimate by its path: value, low, high.
    pub estimates: BTreeMap<String, [f64; 3]>,
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// What it is about: the same from brief to brief.
    pub key: String,
    /// What is judged: what follows "It is likely that".
    pub clause: String,
    /// The probability, a share of runs.
    pub probability: f64,
    /// The likelihood word, where there is one.
    pub word: Option<String>,
    /// The level of confidence.
    pub confidence: String,
}

/// A number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// What it is of: the same from brief to brief.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is a share, said as a percentage.
    pub share: bool,
    /// The middle.
    pub value: f64,
    /// The low end of nine in ten.
    pub low: f64,
    /// The high end.
    pub high: f64,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its key in the case.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published: Date,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// When.
    pub date: Date,
    /// What.
    pub what: String,
}

/// Why text is not a record that can be compared with.
#[derive(Debug, thiserror::Error)]
pub enum NoRecord {
    /// It is something else.
    #[error("not the record of a brief ({0}); write the brief again")]
    Other(#[from] serde_json::Error),
    /// Another version of the program wrote it.
    #[error("the record has form {0}, this program writes form {FORMAT}; write the brief again")]
    OtherForm(u32),
}

impl Record {
    /// As text: one line a judgement, number, source, event or estimate would be long, so it is
    /// indented JSON.
    ///
    /// # Errors
    /// If a number is not finite.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        let text = serde_json::to_string_pretty(self)?;
        Ok(text + "\n")
    }

    /// From text.
    ///
    /// # Errors
    /// If it is not a record, or one of another form.
    pub fn read(text: &str) -> Result<Self, NoRecord> {
        let record: Self = serde_json::from_str(text)?;
        match record.format {
            FORMAT => Ok(record),
            other => Err(NoRecord::OtherForm(other)),
        }
    }
}
