//! What this machine made of a case, and believes for that reason: the store of its evidence, and the plan of a change
//! of several files. It lies outside the case, in the user's own folder for state, under a hash of the case's path:
//! a case folder handed on by somebody else brings nothing of the kind with it.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

/// Names the folder for state, where the system's own is not wanted.
pub const VARIABLE: &str = "SHATTERBELT_STATE";

/// Where a case's state is kept; nothing is made there yet.
///
/// It is `$SHATTERBELT_STATE`, else `$XDG_STATE_HOME/shatterbelt`, else `~/.local/state/shatterbelt`
/// (`%LOCALAPPDATA%\shatterbelt` where there is no HOME), and in it a folder named by the case's path.
///
/// # Errors
/// If the case's folder is not there, or the system names no place for state.
pub fn of(root: &Path) -> Result<PathBuf> {
    let root = root.canonicalize()?;
    let name = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    Ok(place()?.join(&name[..32]))
}

fn place() -> Result<PathBuf> {
    let named = |variable: &str| {
        std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
    };
    if let Some(own) = std::env::var_os(VARIABLE).filter(|own| !own.is_empty()) {
        return Ok(PathBuf::from(own));
    }
    (named("XDG_STATE_HOME").map(|p| p.join("shatterbelt")))
        .or_else(|| named("HOME").map(|p| p.join(".local/state/shatterbelt")))
        .or_else(|| named("LOCALAPPDATA").map(|p| p.join("shatterbelt")))
        .ok_or_else(|| {
            let fault = format!("there is no HOME to keep state in; name a folder by {VARIABLE}");
            Error::new(ErrorKind::NotFound, fault)
        })
}

/// Puts aside what is kept of a case that lay in the same place before: a new case begins with nothing. It is kept beside,
/// under the same name with `.before`, in place of what was put aside earlier.
///
/// # Errors
/// As [`of`]; if it cannot be moved.
pub fn put_aside(root: &Path) -> Result<()> {
    let folder = of(root)?;
    if !folder.exists() {
        return Ok(());
    }
    let before = folder.with_extension("before");
    match std::fs::remove_dir_all(&before) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::rename(folder, before)
}

/// Makes the folder of a case's state, readable by its user alone, with a file that tells people whose it is.
///
/// # Errors
/// As [`of`]; if it cannot be made.
pub fn made(root: &Path) -> Result<PathBuf> {
    let folder = of(root)?;
    if !folder.is_dir() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        let root = root.canonicalize()?;
        std::fs::write(folder.join("case"), format!("{}\n", root.display()))?;
    }
    Ok(folder)
}
