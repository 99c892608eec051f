//! A case on disk: a folder of text, its scenarios, and patches from the command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use evidence::{Format, Limits, ReadError, document_text};

use crate::beneath::Beneath;
use crate::boundary::{self, Boundary};
use crate::diagnostic::Diagnostic;
use crate::rows::rows;
use crate::source_map::{SourceMap, Spot};
use crate::transaction::RefusalFault;

/// Files larger than this are refused: no case needs them, and a slip of the hand should not fill memory.
pub const MAX_FILE: u64 = 32 << 20;

/// The files of a case as read from disk.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The folder.
    pub root: PathBuf,
    /// The texts.
    pub map: SourceMap,
    /// Which of the texts are scenarios, in the order in which they apply.
    pub patches: Vec<Patch>,
    pub(crate) rows: Vec<(String, Spot, String)>,
    pub(crate) faults: Vec<Diagnostic>,
    /// The documents of the case by path within the folder: plain files, none of which leads outside.
    pub documents: BTreeMap<String, PathBuf>,
    /// Texts of documents that are to come, by path within the folder.
    pub(crate) to_come: BTreeMap<String, String>,
    /// The boundaries of its districts, in the order of the files.
    pub(crate) boundaries: Arc<Vec<Boundary>>,
}

/// A scenario that is laid over a case.
#[derive(Debug, Clone)]
pub struct Patch {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The number of its first byte in the map.
    pub base: usize,
}

impl Patch {
    /// What the scenario is called, if it says so.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        self.line("title")
    }

    /// Why one might expect it, if it says so.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        self.line("why")
    }

    fn line(&self, name: &str) -> Option<String> {
        let table: toml::Table = self.text.parse().ok()?;
        Some(table.get(name)?.as_str()?.to_owned())
    }
}

/// What is wrong with a file or a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A document cannot be taken apart.
    #[error(transparent)]
    Document(#[from] ReadError),
    /// It is no folder of a case.
    #[error("there is no case.toml in this folder")]
    NoCase,
    /// The case has no scenario of that name.
    #[error("there is no such scenario")]
    NoScenario,
    /// It leads outside the case's folder.
    #[error("this leads outside the case's folder")]
    Outside,
    /// It is a link to what is not there.
    #[error("this link leads to nothing")]
    Dangling,
    /// It is a pipe, a device or a folder.
    #[error("this is no plain file")]
    NotPlain,
    /// A change that was committed waits to be finished.
    #[error(transparent)]
    Broken(#[from] RefusalFault),
    /// It has more bytes than a case needs.
    #[error("{0} bytes is too large")]
    TooLarge(u64),
    /// It is not text.
    #[error("not UTF-8 on line {line} (byte {at})")]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The first byte that is none of a character.
        at: usize,
    },
}

/// Why a case folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}; {hint}", path.display())]
pub struct FolderError {
    /// The path in question.
    pub path: PathBuf,
    /// What is wrong with it.
    #[source]
    pub fault: FolderFault,
    /// What would mend it.
    pub hint: String,
}

pub(crate) fn fault(
    path: &Path,
    fault: impl Into<FolderFault>,
    hint: impl Into<String>,
) -> FolderError {
    FolderError { path: path.to_owned(), fault: fault.into(), hint: hint.into() }
}

impl Folder {
    /// Reads all `*.toml`, `*.csv` and `*.geojson` of a folder, in the order of their names.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, is too large, or is not UTF-8.
    pub fn read(root: &Path) -> Result<Self, FolderError> {
        crate::transaction::recover(root).map_err(|refusal| {
            fault(&refusal.file, refusal.fault, "a change that was broken off waits to be finished")
        })?;
        Self::read_over(root, &BTreeMap::new())
    }

    /// The folder as it would be with some of its files saying something else: texts by file name.
    pub(crate) fn read_over(
        root: &Path,
        instead: &BTreeMap<String, String>,
    ) -> Result<Self, FolderError> {
        let beneath = Beneath::open(root)?;
        let mut names = beneath.names("")?;
        names.extend(instead.keys().filter(|n| !n.contains('/')).cloned());
        names.retain(|n| [".toml", ".csv", boundary::ENDING].iter().any(|end| n.ends_with(end)));
        names.sort();
        names.dedup();
        if !names.iter().any(|n| n == "case.toml") {
            return Err(fault(root, FolderFault::NoCase, "name a case folder"));
        }
        let mut folder = Self::empty(root.to_owned());
        for name in names {
            let text = match instead.get(&name) {
                Some(text) => Some(text.clone()),
                None => beneath.text(&name)?,
            };
            folder.take_in(&root.join(&name), text.unwrap_or_default());
        }
        for name in beneath.names("documents")? {
            let within = format!("documents/{name}");
            match beneath.file(&within) {
                Ok(Some(_)) => {
                    folder.documents.insert(within.clone(), root.join(&within));
                }
                // A folder among the documents is passed over.
                _ if beneath.is_folder(&within) => {}
                Ok(None) => {}
                Err(error) => return Err(error),
            }
        }
        // What is read later, or written, may not lead outside either.
        for within in ["scenarios", "forecasts"] {
            for name in beneath.names(within)? {
                let file = format!("{within}/{name}");
                if !beneath.is_folder(&file) {
                    beneath.file(&file)?;
                }
            }
        }
        for (name, text) in instead.iter().filter(|(name, _)| name.contains('/')) {
            folder.documents.insert(name.clone(), root.join(name));
            folder.to_come.insert(name.clone(), text.clone());
        }
        Ok(folder)
    }

    fn empty(root: PathBuf) -> Self {
        Self {
            root,
            map: SourceMap::default(),
            patches: Vec::new(),
            rows: Vec::new(),
            faults: Vec::new(),
            documents: BTreeMap::new(),
            to_come: BTreeMap::new(),
            boundaries: Arc::default(),
        }
    }

    /// A folder whose files are given by name and text; it has no documents and no scenarios.
    #[must_use]
    pub fn of_texts(root: PathBuf, files: Vec<(String, String)>) -> Self {
        let mut folder = Self::empty(root);
        for (name, text) in files {
            folder.take_in(Path::new(&name), text);
        }
        folder
    }

    fn take_in(&mut self, path: &Path, text: String) {
        self.map.add(path.display().to_string(), text);
        if path.extension().is_some_and(|e| e == "csv")
            && let (Some(file), Some(stem)) =
                (self.map.files().last(), path.file_stem().and_then(|s| s.to_str()))
        {
            // `prior.csv` and `prior-north.csv` both hold priors.
            let name = stem.split('-').next().unwrap_or(stem);
            self.rows.extend(rows(file, name, &mut self.faults));
        }
        if let Some(file) = self.map.files().last().filter(|file| file.is_boundaries()) {
            let read = boundary::boundaries(file, &mut self.faults);
            Arc::make_mut(&mut self.boundaries).extend(read);
        }
    }

    /// The names of the case's scenarios, from `scenarios/*.toml`.
    #[must_use]
    pub fn scenarios(&self) -> Vec<String> {
        let names = Beneath::open(&self.root).and_then(|beneath| beneath.names("scenarios"));
        let names = names.unwrap_or_default().into_iter();
        names.filter_map(|n| Some(n.strip_suffix(".toml")?.to_owned())).collect()
    }

    /// The same case with a scenario laid over it: a name from `scenarios/` or a path to a file.
    ///
    /// # Errors
    /// If there is no such scenario or it cannot be read.
    pub fn with_scenario(&self, scenario: &str) -> Result<Self, FolderError> {
        // A name alone is one of the case's own, and stays within it; a path is the user's.
        let own = !scenario.contains(['/', '\\']) && scenario != "..";
        let own = match own {
            true => Beneath::open(&self.root)?.text(&format!("scenarios/{scenario}.toml"))?,
            false => None,
        };
        if let Some(text) = own {
            let path = self.root.join("scenarios").join(format!("{scenario}.toml"));
            return Ok(self.with_patch(scenario.to_owned(), path.display().to_string(), text));
        }
        let path = PathBuf::from(scenario);
        if !path.is_file() {
            let names = self.scenarios();
            let hint = match crate::diagnostic::nearest(scenario, names.iter().map(String::as_str))
            {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the case has: {}", names.join(", ")),
            };
            return Err(fault(&path, FolderFault::NoScenario, hint));
        }
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or(scenario).to_owned();
        let text = read_text(&path)?;
        Ok(self.with_patch(name, path.display().to_string(), text))
    }

    /// The same case with one value changed, as `--set path=value` does.
    #[must_use]
    pub fn with_set(&self, assignment: &str) -> Self {
        let (path, value) = assignment.split_once('=').unwrap_or((assignment, ""));
        let path = serde_json::Value::from(path.trim());
        let text = format!("[[set]]\npath = {path}\nvalue = {}\n", value.trim());
        self.with_patch(format!("--set {assignment}"), format!("--set {assignment}"), text)
    }

    /// The rows of CSV files as TOML tables, each with its kind.
    pub fn row_texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows.iter().map(|(kind, _, text)| (kind.as_str(), text.as_str()))
    }

    /// Where the texts of patches begin in the map.
    pub(crate) fn patch_bases(&self) -> Vec<usize> {
        self.patches.iter().map(|p| p.base).collect()
    }

    /// The same case with a patch laid over it, shown under a name.
    pub(crate) fn with_patch(&self, name: String, shown: String, text: String) -> Self {
        let mut folder = self.clone();
        let base = folder.map.add(shown, text.clone());
        folder.patches.push(Patch { name, text, base });
        folder
    }

    /// BLAKE3 over the names and bytes of every file and patch, as hex: two cases with one hash are one case. What
    /// readers judged and decided ([`crate::source_map::LEDGERS`]) and where districts lie does not count: no run depends on it.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for file in self.map.files().iter().filter(|f| !f.is_ledger() && !f.is_boundaries()) {
            let name = file.short_name();
            for part in [name.as_bytes(), file.text.as_bytes()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Reads a text file with the limits of a case.
///
/// # Errors
/// If it cannot be read, is larger than [`MAX_FILE`] or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FolderError> {
    let size = std::fs::metadata(path).map_err(|e| fault(path, e, "check that it exists"))?.len();
    if size > MAX_FILE {
        let hint = format!("keep files of a case below {} MiB", MAX_FILE >> 20);
        return Err(fault(path, FolderFault::TooLarge(size), hint));
    }
    let bytes = std::fs::read(path).map_err(|e| fault(path, e, "check that it can be read"))?;
    utf8(path, bytes)
}

/// The text of a file's bytes.
pub(crate) fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, FolderError> {
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = e.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        fault(path, FolderFault::NotUtf8 { line, at }, "save the file as UTF-8")
    })
}

/// A document's text as its evidence quotes it: without the markup of its format.
pub fn read_document(path: &Path) -> Result<String, FolderError> {
    let name = path.display().to_string();
    if matches!(Format::by_name(&name), None | Some(Format::Text)) {
        return read_text(path);
    }
    let limits = Limits::default();
    let size = std::fs::metadata(path).map_err(|e| fault(path, e, "check that it exists"))?.len();
    if size > limits.max_bytes as u64 {
        let hint = format!("keep documents of a case below {} MiB", limits.max_bytes >> 20);
        return Err(fault(path, FolderFault::TooLarge(size), hint));
    }
    let bytes = std::fs::read(path).map_err(|e| fault(path, e, "check that it can be read"))?;
    document_text(&name, &bytes, &limits)
        .map_err(|e| fault(path, e, "save the document's text as a text file"))
}
