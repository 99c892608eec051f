//! Several files of a case changed together: all of them or none, whenever the process is killed.
//!
//! The plan of a change, with the new texts, is written and synchronised in this machine's own state of the case
//! ([`crate::state`]); renaming it into place is the moment of commitment; then each file is put where it belongs.
//! Whoever opens the folder next finishes a plan that was committed. A plan that lies in the case itself is nobody's
//! word: it is not looked at. A lock that dies with its process keeps writers apart.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::beneath::Beneath;
use crate::folder::{FolderError, FolderFault};
use crate::state;

/// One file's change; no text is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, relative to the case's folder.
    pub file: String,
    /// What it must say now.
    pub before: Option<String>,
    /// What it is to say.
    pub after: Option<String>,
}

/// What stands in the way of writing a file.
#[derive(Debug, thiserror::Error)]
pub enum RefusalFault {
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is not in the folder of the case.
    #[error("a case changes files of its own folder only")]
    Outside,
    /// Somebody else changed it.
    #[error("the file was changed in the meantime: ask again")]
    Changed,
    /// The case's folder refuses it; what would mend it.
    #[error("{0}; {1}")]
    Folder(#[source] Box<FolderFault>, String),
    /// The plan of a change that was broken off is of another version.
    #[error("a plan of format {0} is not known here")]
    Format(u32),
}

/// Why a change was not written, or not yet wholly.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}; {}", file.display(), outcome(*committed))]
pub struct Refusal {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    #[source]
    pub fault: RefusalFault,
    /// Whether the change was committed all the same: it is finished when the case is next opened.
    pub committed: bool,
}

fn outcome(committed: bool) -> &'static str {
    match committed {
        false => "nothing was written",
        true => "the change is kept and is finished when the case is next opened",
    }
}

/// A change that was committed.
#[derive(Serialize, Deserialize)]
struct Plan {
    format: u32,
    steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
struct Step {
    file: String,
    /// The new text, or none where the file goes.
    text: Option<String>,
}

/// The version of the plan's format.
const FORMAT: u32 = 1;

fn refusal(file: &Path) -> impl Fn(std::io::Error) -> Refusal + '_ {
    |e| Refusal { file: file.to_owned(), fault: e.into(), committed: false }
}

impl Refusal {
    fn of(error: FolderError) -> Self {
        let fault = RefusalFault::Folder(Box::new(error.fault), error.hint);
        Self { file: error.path, fault, committed: false }
    }

    fn after_all(self) -> Self {
        Self { committed: true, ..self }
    }
}

/// Holds others off until it is dropped or the process ends.
fn lock(root: &Path) -> std::io::Result<File> {
    // A folder can be locked as it is, whoever owns it and whatever lies in it.
    #[cfg(unix)]
    let file = File::open(root)?;
    #[cfg(not(unix))]
    let file = {
        let path = state::made(root)?.join("lock");
        File::options().create(true).write(true).truncate(false).open(path)?
    };
    file.lock()?;
    Ok(file)
}

fn plain(file: &str) -> bool {
    let mut parts = Path::new(file).components();
    !file.is_empty() && parts.all(|c| matches!(c, Component::Normal(_)))
}

/// Writes all changes or none.
///
/// # Errors
/// If a file does not say what it should say before, lies outside the folder, or cannot be written. Where the fault
/// came after the change was committed, [`Refusal::committed`] says so.
pub fn commit(root: &Path, changes: &[Change]) -> Result<(), Refusal> {
    let _lock = lock(root).map_err(refusal(root))?;
    let state = state::made(root).map_err(refusal(root))?;
    let beneath = Beneath::open(root).map_err(Refusal::of)?;
    finish(&state, &beneath)?;
    for change in changes {
        let path = root.join(&change.file);
        if !plain(&change.file) {
            return Err(Refusal { file: path, fault: RefusalFault::Outside, committed: false });
        }
        let now = beneath.bytes(&change.file, u64::MAX - 1).map_err(Refusal::of)?;
        if now.as_deref() != change.before.as_ref().map(String::as_bytes) {
            return Err(Refusal { file: path, fault: RefusalFault::Changed, committed: false });
        }
    }
    write_plan(&state, changes)?;
    finish(&state, &beneath)
}

/// Commits a change: from the moment the plan has its name on, it is kept.
fn write_plan(state: &Path, changes: &[Change]) -> Result<(), Refusal> {
    let step = |change: &Change| Step { file: change.file.clone(), text: change.after.clone() };
    let plan = Plan { format: FORMAT, steps: changes.iter().map(step).collect() };
    let (part, path) = (state.join("plan.part"), state.join("plan.json"));
    let at = refusal(&path);
    let text = serde_json::to_string(&plan).map_err(|e| at(e.into()))?;
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(fault) = written.and_then(|()| std::fs::rename(&part, &path)) {
        // The next plan is written over it anyway.
        let _ = std::fs::remove_file(&part);
        return Err(at(fault));
    }
    synchronise(state).map_err(|e| at(e).after_all())
}

/// Finishes a plan that was committed; where there is none nothing is done.
fn finish(state: &Path, beneath: &Beneath) -> Result<(), Refusal> {
    let path = state.join("plan.json");
    let at = |e| refusal(&path)(e).after_all();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(at(e)),
    };
    let plan: Plan = serde_json::from_str(&text).map_err(|e| at(e.into()))?;
    if plan.format != FORMAT {
        let fault = RefusalFault::Format(plan.format);
        return Err(Refusal { file: path, fault, committed: true });
    }
    for step in plan.steps {
        if !plain(&step.file) {
            let file = PathBuf::from(step.file);
            return Err(Refusal { file, fault: RefusalFault::Outside, committed: true });
        }
        // A step that was done before the process ended is done again to the same end.
        let done = match &step.text {
            Some(text) => beneath.put(&step.file, text.as_bytes()),
            None => beneath.remove(&step.file),
        };
        done.map_err(|e| Refusal::of(e).after_all())?;
    }
    std::fs::remove_file(&path).and_then(|()| synchronise(state)).map_err(at)
}

/// Finishes what a killed process of this machine left behind; otherwise nothing is touched.
///
/// # Errors
/// If the plan cannot be read or a file cannot be written.
pub fn recover(root: &Path) -> Result<(), Refusal> {
    // Where there is no place for state, no plan can have been made.
    let Ok(state) = state::of(root) else { return Ok(()) };
    match std::fs::symlink_metadata(state.join("plan.json")) {
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        _ => {
            let _lock = lock(root).map_err(refusal(root))?;
            finish(&state, &Beneath::open(root).map_err(Refusal::of)?)
        }
    }
}

fn synchronise(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}
