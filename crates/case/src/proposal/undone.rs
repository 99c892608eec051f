//! What was taken back last, so that it can be put back. It is kept with this machine's state of the case and not in the case, whose files
//! are as they were before the decision. A new decision makes it void; so does a file that was changed since, which its hash shows.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ledger::{self, Decision};
use super::write::{NotWritten, Written};
use crate::beneath::Beneath;
use crate::folder::Folder;
use crate::state;
use crate::transaction::{Change, commit};

const FILE: &str = "undone.json";

/// How many steps can be put back.
const STEPS: usize = 50;

/// Decisions that were taken back together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Undone {
    /// In the order in which they were taken.
    pub decisions: Vec<Decision>,
    /// The texts of files that went with them.
    pub gone: BTreeMap<String, String>,
}

fn read(root: &Path) -> Vec<Undone> {
    let text =
        state::of(root).ok().and_then(|folder| std::fs::read_to_string(folder.join(FILE)).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn write(root: &Path, all: &[Undone]) -> std::io::Result<()> {
    let folder = state::made(root)?;
    let part = folder.join("undone.part");
    std::fs::write(&part, serde_json::to_vec(all)?)?;
    std::fs::rename(part, folder.join(FILE))
}

/// Keeps what was taken back. The case is written by then: where there is no room for this, it cannot be put back.
pub(super) fn keep(root: &Path, undone: Undone) {
    let mut all = read(root);
    all.push(undone);
    let past = all.len().saturating_sub(STEPS);
    let _ = write(root, &all[past..]);
}

/// Somebody decided something new: what was taken back before is void.
pub(super) fn forget(root: &Path) {
    if let Ok(folder) = state::of(root) {
        let _ = std::fs::remove_file(folder.join(FILE));
    }
}

/// What [`redo`] would put back, the next first.
#[must_use]
pub fn undone(root: &Path) -> Vec<Decision> {
    read(root).into_iter().rev().flat_map(|one| one.decisions).collect()
}

/// Puts back what was last taken back: the files are as they were with it, byte for byte.
///
/// # Errors
/// If nothing was taken back, or a file was changed since.
pub fn redo(root: &Path) -> Result<Vec<Written>, NotWritten> {
    let folder = Folder::read(root)?;
    let mut all = read(root);
    let Some(last) = all.pop() else {
        return Err(NotWritten::Asked("nothing was taken back that could be put back".into()));
    };
    let beneath = Beneath::open(root)?;
    let mut now: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut first: BTreeMap<String, Option<String>> = BTreeMap::new();
    let was = folder.map.named(ledger::FILE).map(|file| file.text.clone());
    let mut record = was.clone().unwrap_or_default();
    let mut out = Vec::new();
    for decision in &last.decisions {
        for splice in &decision.change {
            let text = match now.get(&splice.file) {
                Some(text) => text.clone(),
                None => {
                    let text = beneath.text(&splice.file)?;
                    first.insert(splice.file.clone(), text.clone());
                    text
                }
            };
            let gone = last.gone.get(&splice.file).map(String::as_str);
            let Some(done) = splice.redone(text.as_deref(), gone) else {
                return Err(NotWritten::Asked(format!(
                    "{}: the file was changed since; what was taken back no longer fits",
                    root.join(&splice.file).display()
                )));
            };
            now.insert(splice.file.clone(), Some(done));
        }
        record = ledger::with(&record, decision);
        let files = decision.change.iter().map(|c| c.file.clone()).collect();
        out.push(Written { decision: decision.clone(), files });
    }
    now.insert(ledger::FILE.to_owned(), Some(record));
    first.insert(ledger::FILE.to_owned(), was);
    let change = |(file, after): (String, Option<String>)| Change {
        before: first.get(&file).cloned().flatten(),
        file,
        after,
    };
    let changes: Vec<Change> = now.into_iter().map(change).collect();
    commit(root, &changes)?;
    // It is put back: if this cannot be said, the next try finds the files changed and says so.
    let _ = write(root, &all);
    Ok(out)
}
