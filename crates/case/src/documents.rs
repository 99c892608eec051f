//! The case's own documents and the store of what was read in them.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use evidence::{DocumentSource, Format, Limits, ReadError, Reader, Store, StoreError};

use crate::beneath::Beneath;
use crate::case::Case;
use crate::folder::FolderError;

/// Where a case keeps what people corrected in its evidence: text, so that the store can be made again.
pub const CORRECTIONS: &str = "corrections.jsonl";

/// What stands in the way of reading a document or of keeping what was read.
#[derive(Debug, thiserror::Error)]
pub enum UnreadFault {
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document cannot be taken apart.
    #[error(transparent)]
    Document(#[from] ReadError),
    /// It has more bytes than a document may have.
    #[error(
        "{size} bytes, more than the {limit} a document may have; split it or raise --max-bytes"
    )]
    TooLarge {
        /// How many it has.
        size: u64,
        /// How many it may have.
        limit: usize,
    },
}

/// Why documents were not read, or their store not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// A file of the case cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A document or the store is at fault.
    #[error("{}: {fault}", path.display())]
    At {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        #[source]
        fault: UnreadFault,
    },
}

fn at<E: Into<UnreadFault>>(path: &Path) -> impl Fn(E) -> Unread + use<'_, E> {
    |fault| Unread::At { path: path.to_owned(), fault: fault.into() }
}

/// Where this machine keeps the evidence of a case, if nobody names another place: outside the case
/// ([`crate::state`]), since a store that somebody else made is not believed.
///
/// # Errors
/// If the case's folder is not there, or the system names no place for state.
pub fn store_path(root: &Path) -> Result<PathBuf, Unread> {
    let state = crate::state::of(root).map_err(at(root))?;
    Ok(state.join("evidence.sqlite"))
}

/// Opens a store of a case, making its folder, and lays over it the case's corrections that it does not have yet.
///
/// # Errors
/// If the folder or the store cannot be opened, or the corrections cannot be read.
pub fn open_store(root: &Path, path: &Path) -> Result<Store, Unread> {
    if store_path(root).is_ok_and(|own| own == path) {
        crate::state::made(root).map_err(at(path))?;
    } else if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let mut store = Store::open(path).map_err(at(path))?;
    if let Some(text) = Beneath::open(root)?.text(CORRECTIONS)? {
        let corrections = root.join(CORRECTIONS);
        let fault = at::<StoreError>(&corrections);
        let mut all = evidence::corrections_from(&text).map_err(&fault)?;
        let known = store.corrections().map_err(&fault)?;
        all.retain(|c| !known.contains(c));
        if !all.is_empty() {
            store.correct(&all).map_err(&fault)?;
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
    let fault = at::<std::io::Error>(path);
    let file = std::fs::File::open(path).map_err(&fault)?;
    let size = file.metadata().map_err(&fault)?.len();
    if size > limit as u64 {
        return Err(at(path)(UnreadFault::TooLarge { size, limit }));
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(&fault)?;
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
    let read = store.batch(|batch| -> Result<(), Unread> {
        for (path, about) in own_documents(case, root) {
            let bytes = bytes_of(&path, limits.max_bytes)?;
            let format = Format::of(&path.display().to_string(), &bytes);
            let reading = reader.read_as(format, &bytes, &about).map_err(at(&path))?;
            batch.keep(&reading).map_err(at(&path))?;
            done();
        }
        Ok(())
    });
    read.map_err(at(root))?
}
