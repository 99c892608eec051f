//! Why results cannot be written, read or joined.

use std::error::Error;
use std::path::{Path, PathBuf};

/// A fault with its place and what would mend it.
#[derive(Debug)]
pub struct TableError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub fault: Box<dyn Error + Send + Sync>,
    /// What would mend it.
    pub hint: String,
}

impl TableError {
    pub(crate) fn new(
        path: &Path,
        fault: impl Into<Box<dyn Error + Send + Sync>>,
        hint: impl Into<String>,
    ) -> Self {
        Self { path: path.to_owned(), fault: fault.into(), hint: hint.into() }
    }
}

/// What becomes of a fault in writing a file.
pub(crate) fn disk<E>(path: &Path) -> impl Fn(E) -> TableError
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    move |fault| TableError::new(path, fault, "check the disk and the permissions of the folder")
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}; {}", self.path.display(), self.fault, self.hint)
    }
}

impl Error for TableError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.fault.as_ref())
    }
}
