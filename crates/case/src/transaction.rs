//! Several files of a case changed together: all of them or none, whenever the process is killed.
//!
//! New texts are written and synchronised in `.shatterbelt/pending/`; renaming the plan into place is the moment
//! of commitment; then each file is renamed to where it belongs. Whoever opens the folder next finishes a plan
//! that was committed and throws away one that was not. A lock that dies with its process keeps writers apart.

use std::fs::File;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

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
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}; nothing was written", file.display())]
pub struct Refusal {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    #[source]
    pub fault: RefusalFault,
}

#[derive(Serialize, Deserialize)]
struct Step {
    file: String,
    /// The staged text's name, or none where the file goes.
    staged: Option<String>,
}

fn refusal(file: &Path) -> impl Fn(std::io::Error) -> Refusal + '_ {
    |e| Refusal { file: file.to_owned(), fault: e.into() }
}

fn folder(root: &Path) -> PathBuf {
    root.join(".shatterbelt").join("pending")
}

fn plan(root: &Path) -> PathBuf {
    folder(root).join("plan.json")
}

/// Holds others off until it is dropped or the process ends.
fn lock(root: &Path) -> std::io::Result<File> {
    let dir = root.join(".shatterbelt");
    std::fs::create_dir_all(&dir)?;
    let file = File::options().create(true).write(true).truncate(false).open(dir.join("lock"))?;
    file.lock()?;
    Ok(file)
}

/// Writes all changes or none.
///
/// # Errors
/// If a file does not say what it should say before, lies outside the folder, or cannot be written.
pub fn commit(root: &Path, changes: &[Change]) -> Result<(), Refusal> {
    let _lock = lock(root).map_err(refusal(root))?;
    finish(root).map_err(refusal(root))?;
    for change in changes {
        let path = root.join(&change.file);
        let plain = Path::new(&change.file).components().all(|c| matches!(c, Component::Normal(_)));
        if !plain {
            return Err(Refusal { file: path, fault: RefusalFault::Outside });
        }
        let now = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(refusal(&path)(e)),
        };
        if now.as_deref() != change.before.as_ref().map(String::as_bytes) {
            return Err(Refusal { file: path, fault: RefusalFault::Changed });
        }
    }
    stage(root, changes).map_err(refusal(&folder(root)))?;
    finish(root).map_err(refusal(&folder(root)))
}

fn stage(root: &Path, changes: &[Change]) -> std::io::Result<()> {
    let dir = folder(root);
    std::fs::create_dir_all(&dir)?;
    let mut steps = Vec::new();
    for (n, change) in changes.iter().enumerate() {
        let staged = change.after.as_ref().map(|_| n.to_string());
        if let (Some(name), Some(text)) = (&staged, &change.after) {
            write_synchronised(&dir.join(name), text.as_bytes())?;
        }
        steps.push(Step { file: change.file.clone(), staged });
    }
    let part = dir.join("plan.part");
    write_synchronised(&part, serde_json::to_string(&steps)?.as_bytes())?;
    std::fs::rename(part, plan(root))?;
    synchronise(&dir)
}

/// Finishes a plan that was committed, or throws away what was not.
fn finish(root: &Path) -> std::io::Result<()> {
    let dir = folder(root);
    if !dir.is_dir() {
        return Ok(());
    }
    if let Ok(text) = std::fs::read_to_string(plan(root)) {
        let steps: Vec<Step> = serde_json::from_str(&text)?;
        for step in steps {
            let target = root.join(&step.file);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent)?;
            }
            match step.staged {
                // A step that was done before the process ended has nothing staged any more.
                Some(name) if dir.join(&name).is_file() => {
                    std::fs::rename(dir.join(&name), &target)?;
                }
                Some(_) => {}
                None if target.is_file() => std::fs::remove_file(&target)?,
                None => {}
            }
            if let Some(parent) = target.parent() {
                synchronise(parent)?;
            }
        }
        std::fs::remove_file(plan(root))?;
        synchronise(&dir)?;
    }
    std::fs::remove_dir_all(&dir)
}

/// Finishes or throws away what a killed process left behind; a folder without such a thing is not touched.
///
/// # Errors
/// If a file cannot be written.
pub fn recover(root: &Path) -> std::io::Result<()> {
    if !folder(root).is_dir() {
        return Ok(());
    }
    let _lock = lock(root)?;
    finish(root)
}

fn write_synchronised(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn synchronise(dir: &Path) -> std::io::Result<()> {
    File::open(dir)?.sync_all()
}
