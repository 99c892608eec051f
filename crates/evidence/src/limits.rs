//! How much of a hostile document is read, and how reading fails.

use std::ffi::OsString;
use std::fmt;
use std::time::{Duration, Instant};

/// Bounds on one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest document, in bytes before decoding.
    pub max_bytes: usize,
    /// Longest text, in bytes after decoding: a small file may unpack to a large one.
    pub max_text: usize,
    /// Longest time for one document.
    pub max_time: Duration,
    /// Longest sentence, in words; a longer one is cut at a word so that no step sees an unbounded
    /// one.
    pub max_sentence_words: usize,
    /// Most memory the program that reads a PDF may take, in bytes, where the system tells.
    pub max_pdf_memory: usize,
    /// The program, with its arguments, that reads a PDF from its standard input by calling
    /// [`pdf_child`](crate::pdf_child). It is another process because the library that takes PDFs
    /// apart may panic, loop or overflow its stack on hostile ones, and a thread cannot be stopped.
    /// Empty: PDFs are refused.
    pub pdf_program: Vec<OsString>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 16 << 20,
            max_text: 16 << 20,
            max_time: Duration::from_secs(30),
            max_sentence_words: 200,
            max_pdf_memory: 1 << 30,
            pdf_program: Vec::new(),
        }
    }
}

/// When the time for a document is up.
pub(crate) struct Deadline<'a> {
    key: &'a str,
    began: Instant,
    limit: Duration,
}

impl<'a> Deadline<'a> {
    pub(crate) fn new(key: &'a str, limits: &Limits) -> Deadline<'a> {
        Deadline { key, began: Instant::now(), limit: limits.max_time }
    }

    /// Fails once the time is up. Asked between steps that are each short.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        let took = self.began.elapsed();
        if took <= self.limit {
            return Ok(());
        }
        Err(ReadError::TooSlow { key: self.key.to_owned(), took, limit: self.limit })
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
    /// The document's text is larger than the limit.
    TooMuchText {
        /// Which document.
        key: String,
        /// Bytes of its text.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The document took longer than the limit.
    TooSlow {
        /// Which document.
        key: String,
        /// How long it had been read.
        took: Duration,
        /// The limit.
        limit: Duration,
    },
    /// The bytes are not text.
    NotText {
        /// Which document.
        key: String,
        /// What it looks like instead.
        looks_like: &'static str,
    },
    /// A mail message that cannot be taken apart.
    Mail {
        /// Which document.
        key: String,
        /// What is wrong.
        fault: String,
    },
    /// An office document, a feed or an archive of pages that cannot be taken apart.
    Packed {
        /// Which document.
        key: String,
        /// What it should be.
        format: &'static str,
        /// What is wrong, and what would mend it.
        fault: String,
    },
    /// A PDF that cannot be taken apart, and what would mend it.
    Pdf {
        /// Which document.
        key: String,
        /// What is wrong.
        fault: String,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::TooLarge { key, bytes, limit } => write!(
                f,
                "{key}: {bytes} bytes, more than the {limit} a document may have; split it or raise --max-bytes"
            ),
            ReadError::TooMuchText { key, bytes, limit } => write!(
                f,
                "{key}: {bytes} bytes of text, more than the {limit} a document may have; split it or raise --max-text"
            ),
            ReadError::TooSlow { key, took, limit } => write!(
                f,
                "{key}: still being read after {:.1} s, more than the {:.1} s a document may take; split it or raise --document-seconds",
                took.as_secs_f64(),
                limit.as_secs_f64()
            ),
            ReadError::NotText { key, looks_like } => {
                write!(f, "{key}: looks like {looks_like}, not text; save it as plain text first")
            }
            ReadError::Mail { key, fault } => {
                write!(f, "{key}: mail: {fault}; save its text as plain text")
            }
            ReadError::Packed { key, format, fault } => write!(f, "{key}: {format}: {fault}"),
            ReadError::Pdf { key, fault } => write!(f, "{key}: PDF: {fault}"),
        }
    }
}

impl std::error::Error for ReadError {}
