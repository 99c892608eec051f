//! How much of what is given is read.

use std::time::Duration;

use clap::Args;
use evidence::{Limits, SearchLimits};

// How much is read.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
pub struct Bounds {
    /// Largest document, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_bytes)]
    pub(super) max_bytes: usize,
    /// Longest text of a document, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_text)]
    max_text: usize,
    /// Folders within folders
    #[arg(long, value_name = "N", default_value_t = SearchLimits::default().max_depth)]
    pub(super) max_depth: usize,
    /// Documents in all
    #[arg(long, value_name = "N", default_value_t = SearchLimits::default().max_documents)]
    pub(super) max_documents: usize,
    /// Longest time for one document, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().max_time.as_secs())]
    document_seconds: u64,
    /// Longest time for all, in seconds (default: none)
    #[arg(long, value_name = "SECONDS")]
    pub(super) seconds: Option<u64>,
    /// Most memory for taking a PDF apart, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_pdf_memory)]
    max_pdf_memory: usize,
}

impl Bounds {
    /// As the reader takes them.
    pub fn limits(&self) -> Limits {
        Limits {
            max_bytes: self.max_bytes,
            max_text: self.max_text,
            max_time: Duration::from_secs(self.document_seconds),
            max_pdf_memory: self.max_pdf_memory,
            ..limits()
        }
    }
}

/// The default limits, with this very program as the one that takes PDFs apart.
pub fn limits() -> Limits {
    let mut program = crate::PROGRAM.get().cloned().unwrap_or_default();
    if !program.is_empty() {
        program.push("pdf-text".into());
    }
    Limits { pdf_program: program, ..Limits::default() }
}
