//! The case at the head of the road: built, made ready to run, or refused with all that is wrong
//! with it.

use std::path::PathBuf;

use case::source_map::SourceMap;
use case::{Case, Diagnostic, Folder, Severity};
use jiff::civil::Date;
use simulate::Model;

/// A case that cannot be used: the findings on its files, and the files.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The case's folder.
    pub root: PathBuf,
    /// The files that the findings point into.
    pub map: SourceMap,
    /// What was found, errors and warnings.
    pub findings: Vec<Diagnostic>,
}

impl Refused {
    /// Of a folder and the findings on it.
    #[must_use]
    pub fn of(folder: &Folder, findings: Vec<Diagnostic>) -> Box<Self> {
        Box::new(Self { root: folder.root.clone(), map: folder.map.clone(), findings })
    }

    /// What has to be mended.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|f| f.severity == Severity::Error)
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let root = self.root.display();
        match self.errors().count() {
            1 => write!(f, "{root} cannot be used: 1 fault"),
            count => write!(f, "{root} cannot be used: {count} faults"),
        }
    }
}

impl std::error::Error for Refused {}

/// The case as it was known on a day; its own day if none is given.
///
/// # Errors
/// If the files have faults.
pub fn built(folder: &Folder, as_of: Option<Date>) -> Result<Case, Box<Refused>> {
    let built = folder.build(as_of);
    built.case.ok_or_else(|| Refused::of(folder, built.findings))
}

/// The case made ready to run.
///
/// # Errors
/// If a process cannot be made of it.
pub fn ready<'a>(folder: &Folder, case: &'a Case) -> Result<Model<'a>, Box<Refused>> {
    Model::new(case).map_err(|findings| Refused::of(folder, findings))
}
