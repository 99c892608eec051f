//! `read`: documents into evidence.

use std::path::{Path, PathBuf};

use case::Case;
use clap::Args;
use evidence::{DocumentSource, Kept, Lexicon, Limits, Reading, Store};
use jiff::civil::Date;
use serde::Serialize;

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Read documents into evidence
#[derive(Args)]
pub struct Read {
    /// Text files; without any, the case's own documents are read
    #[arg(value_name = "DOC")]
    documents: Vec<PathBuf>,
    /// The case whose actors are looked for
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    /// The day the documents were published, if they do not say so
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// The store (default: .shatterbelt/evidence.sqlite in the case's folder)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print every record as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Record {
    kept: Kept,
    reading: Reading,
}

impl Read {
    /// Reads.
    pub fn go(&self) -> Result<(), Failure> {
        let opening = Opening { case: self.case.clone(), as_of: Some(Date::MAX), set: Vec::new() };
        let folder = opening.folder(&[])?;
        // A quote that is gone from its document is mended by a proposal: reading must go on.
        let case = folder.build_for_review().map_or_else(|| opening.case(&folder), Ok)?;
        let lexicon = case.lexicon();
        let mut store = open_store(&self.case, self.store.as_deref())?;
        let documents = match self.documents.is_empty() {
            true => own_documents(&case, &self.case),
            false => (self.documents.iter())
                .map(|path| {
                    let mut about = DocumentSource::new(path.display().to_string());
                    about.published = self.published;
                    (path.clone(), about)
                })
                .collect(),
        };
        let mut records = Vec::new();
        for (path, about) in documents {
            let reading = read_one(&path, &about, &lexicon)?;
            let kept = store.keep(&reading).map_err(|e| Failure::Input(e.to_string()))?;
            if self.json {
                records.push(Record { kept, reading });
                continue;
            }
            let mut lines = evidence::summary_lines(&reading, &lexicon);
            lines.push(format!("  {}", said(kept)));
            lines.push(String::new());
            print(lines)?;
        }
        if self.json {
            return print_json(&records);
        }
        let counts = store.counts().map_err(|e| Failure::Input(e.to_string()))?;
        print([format!(
            "{} now holds {} documents, {} sentences, {} mentions, {} events, {} quantities",
            store_path(&self.case, self.store.as_deref()).display(),
            counts.documents,
            counts.sentences,
            counts.mentions,
            counts.events,
            counts.quantities
        )])?;
        super::evidence::invite(&folder, &case, &store, &self.case)
    }
}

fn said(kept: Kept) -> &'static str {
    match kept {
        Kept::New => "kept as a new document",
        Kept::Unchanged => "already in the store, unchanged",
        Kept::NewVersion => "kept as a new version; the old one stays",
        Kept::Reread => "read again with other names; its records were replaced",
    }
}

/// Where a case keeps its evidence.
pub fn store_path(case: &Path, given: Option<&Path>) -> PathBuf {
    given.map_or_else(|| case.join(".shatterbelt").join("evidence.sqlite"), Path::to_owned)
}

/// Opens the store of a case, making its folder.
pub fn open_store(case: &Path, given: Option<&Path>) -> Result<Store, Failure> {
    let path = store_path(case, given);
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::Input(format!("{}: {e}", folder.display())))?;
    }
    let mut store =
        Store::open(&path).map_err(|e| Failure::Input(format!("{}: {e}", path.display())))?;
    super::evidence::corrected(&mut store, case)?;
    Ok(store)
}

/// The documents of the case that are out on its as-of date, with their source records.
pub fn own_documents(case: &Case, root: &Path) -> Vec<(PathBuf, DocumentSource)> {
    (case.sources.iter())
        .filter_map(|s| Some((root.join(s.document.as_ref()?.get_ref()), s.about())))
        .collect()
}

/// Reads one file.
pub fn read_one(
    path: &Path,
    about: &DocumentSource,
    lexicon: &Lexicon,
) -> Result<Reading, Failure> {
    let input = |e: &dyn std::fmt::Display| Failure::Input(format!("{}: {e}", path.display()));
    let limits = Limits::default();
    let size = std::fs::metadata(path).map_err(|e| input(&e))?.len();
    if size > limits.max_bytes as u64 {
        return Err(input(&format!("{size} bytes; documents may have up to {}", limits.max_bytes)));
    }
    let bytes = std::fs::read(path).map_err(|e| input(&e))?;
    evidence::read(&bytes, about, lexicon, &limits).map_err(|e| input(&e))
}

/// Reads all documents of a case into its store, with a progress bar.
pub fn read_case(case: &Case, root: &Path) -> Result<Store, Failure> {
    let lexicon = case.lexicon();
    let mut store = open_store(root, None)?;
    let documents = own_documents(case, root);
    let bar = screen::progress(documents.len() as u64, "documents");
    for (path, about) in documents {
        let reading = read_one(&path, &about, &lexicon)?;
        store.keep(&reading).map_err(|e| Failure::Input(e.to_string()))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(store)
}
