//! The case's own documents and the store of what was read in them.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use evidence::{DocumentSource, Format, Limits, Reader, Store, StoreError};

use crate::beneath::Beneath;
use crate::case::Case;

/// Where a case keeps what people corrected in its evidence: text, so that the store can be made again.
pub const CORRECTIONS: &str = "corrections.jsonl";

/// Why documents were not read, or their store not opened.
#[derive(Debug)]
pub struct Unread(pub String);

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unread {}

fn at(path: &Path) -> impl Fn(&dyn std::fmt::Display) -> Unread + '_ {
    |fault| Unread(format!("{}: {fault}", path.display()))
}

/// Where this machine keeps the evidence of a case, if nobody names another place: outside the case
/// ([`crate::state`]), since a store that somebody else made is not believed.
///
/// # Errors
/// If the case's folder is not there, or the system names no place for state.
pub fn store_path(root: &Path) -> Result<PathBuf, Unread> {
    let state = crate::state::of(root).map_err(|e| at(root)(&e))?;
    Ok(state.join("evidence.sqlite"))
}

/// Opens a store of a case, making its folder, and lays over it the case's corrections that it does not have yet.
///
/// # Errors
/// If the folder or the store cannot be opened, or the corrections cannot be read.
pub fn open_store(root: &Path, path: &Path) -> Result<Store, Unread> {
    if store_path(root).is_ok_and(|own| own == path) {
        crate::state::made(root).map_err(|e| at(path)(&e))?;
    } else if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| at(folder)(&e))?;
    }
    let mut store = Store::open(path).map_err(|e| at(path)(&e))?;
    let beneath = Beneath::open(root).map_err(|e| Unread(e.to_string()))?;
    if let Some(text) = beneath.text(CORRECTIONS).map_err(|e| Unread(e.to_string()))? {
        let corrections = root.join(CORRECTIONS);
        let fault = at(&corrections);
        let mut all = evidence::corrections_from(&text).map_err(|e| fault(&e))?;
        let known = store.corrections().map_err(|e: StoreError| fault(&e))?;
        all.retain(|c| !known.contains(c));
        if !all.is_empty() {
            store.correct(&all).map_err(|e| fault(&e))?;
        }
    }
    Ok(store)
}

/// The documents of the case that are out on its as-of date, with their source records.
#[must_use]
pub fn own_documents(case: &Case, root: &Path) -> Vec<(PathBuf, DocumentSource)> {
    (case.sources.iter())
        .filter_map(|s| Some((root.join(s.document.as_ref()?.get_ref()), s.about())))
        .collect()
}

/// A file's bytes, and no more of them than the limit.
///
/// # Errors
/// If it cannot be read or is larger.
pub fn bytes_of(path: &Path, limit: usize) -> Result<Vec<u8>, Unread> {
    let fault = at(path);
    let file = std::fs::File::open(path).map_err(|e| fault(&e))?;
    let size = file.metadata().map_err(|e| fault(&e))?.len();
    if size > limit as u64 {
        return Err(fault(&format!(
            "{size} bytes, more than the {limit} a document may have; split it or raise --max-bytes"
        )));
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| fault(&e))?;
    Ok(bytes)
}

/// Reads all documents of a case into a store, calling `done` after each.
///
/// # Errors
/// At the first document that cannot be read or kept.
pub fn read_documents(
    case: &Case,
    root: &Path,
    store: &mut Store,
    limits: &Limits,
    done: &dyn Fn(),
) -> Result<(), Unread> {
    let lexicon = case.lexicon();
    let reader = Reader::new(&lexicon, limits.clone());
    for (path, about) in own_documents(case, root) {
        let bytes = bytes_of(&path, limits.max_bytes)?;
        let fault = at(&path);
        let format = Format::of(&path.display().to_string(), &bytes);
        let reading = reader.read_as(format, &bytes, &about).map_err(|e| fault(&e))?;
        store.keep(&reading).map_err(|e| fault(&e))?;
        done();
    }
    Ok(())
}
