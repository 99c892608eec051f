//! How much of a hostile document is read, and how reading fails.

use std::fmt;

/// Bounds on one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest document, in bytes before decoding.
    pub max_bytes: usize,
    /// Longest sentence, in words; a longer one is cut at a word so that no step sees an unbounded
    /// one.
    pub max_sentence_words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 16 << 20, max_sentence_words: 200 }
    }
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The document is larger than the limit.
    TooLarge {
        /// Which document.
        key: String,
        /// Its bytes.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The bytes are not text.
    NotText {
        /// Which document.
        key: String,
        /// What it looks like instead.
        looks_like: &'static str,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::TooLarge { key, bytes, limit } => write!(
                f,
                "{key}: {bytes} bytes, more than the {limit} a document may have; split it or raise the limit"
            ),
            ReadError::NotText { key, looks_like } => {
                write!(f, "{key}: looks like {looks_like}, not text; save it as plain text first")
            }
        }
    }
}

impl std::error::Error for ReadError {}
