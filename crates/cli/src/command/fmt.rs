//! `fmt`: case files in canonical form, comments kept.

use std::path::{Path, PathBuf};

use clap::Args;

use super::print;
use crate::failure::{Failure, at};

/// Put the TOML files of cases into canonical form; comments stay
///
///     shatterbelt fmt toyland
///     shatterbelt fmt cases/* --check
///
/// CSV files are left as they are. With --check nothing is written, and exit code 4 means that something would be.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Fmt {
    /// Case folders, or single files
    #[arg(required = true, value_name = "CASE")]
    paths: Vec<PathBuf>,
    /// Say what would change and write nothing
    #[arg(long)]
    check: bool,
}

impl Fmt {
    /// Formats.
    pub fn go(&self) -> Result<(), Failure> {
        let mut changed = Vec::new();
        for path in &self.paths {
            for file in files(path)? {
                let text = case::folder::read_text(&file)?;
                let new = case::form::formatted(&text).map_err(at(&file))?;
                if new == text {
                    continue;
                }
                if !self.check {
                    write(&file, &new)?;
                }
                changed.push(file.display().to_string());
            }
        }
        let count = changed.len();
        print(changed)?;
        match (count, self.check) {
            (0, _) | (_, false) => Ok(()),
            (1, true) => {
                Err(Failure::Check("1 file is not in form; run shatterbelt fmt".to_owned()))
            }
            (n, true) => {
                Err(Failure::Check(format!("{n} files are not in form; run shatterbelt fmt")))
            }
        }
    }
}

/// The TOML files of a case folder and its scenarios, or the file itself.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut all = Vec::new();
    for folder in [path.to_owned(), path.join("scenarios")] {
        if folder != path && !folder.is_dir() {
            continue;
        }
        let listing = std::fs::read_dir(&folder).map_err(at(folder))?;
        for entry in listing {
            let file = entry?.path();
            if file.is_file() && file.extension().is_some_and(|e| e == "toml") {
                all.push(file);
            }
        }
    }
    all.sort();
    Ok(all)
}

/// Writes under another name and renames, so that a file is never half written.
fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or("file");
    let part = file.with_file_name(format!(".{name}.part"));
    let written = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, file));
    if written.is_err() {
        // What was begun is ours to take away; the first error is the one to tell.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(at(file))
}
