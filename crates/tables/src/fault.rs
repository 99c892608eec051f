//! Why results cannot be written, read or joined.

use std::path::{Path, PathBuf};

/// A fault with its place and what would mend it.
#[derive(Debug)]
pub struct TableError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub fault: String,
    /// What would mend it.
    pub hint: String,
}

impl TableError {
    pub(crate) fn new(path: &Path, fault: impl ToString, hint: impl Into<String>) -> Self {
        Self { path: path.to_owned(), fault: fault.to_string(), hint: hint.into() }
    }
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}; {}", self.path.display(), self.fault, self.hint)
    }
}

impl std::error::Error for TableError {}
