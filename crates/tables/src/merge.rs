//! Joining parts to the very bytes of one run over the whole range.

use std::path::{Path, PathBuf};

use crate::fault::TableError;
use crate::manifest::{Manifest, hash};
use crate::part::{Part, outcomes};

/// Joins the results in `parts`, which may come in any order, into a new folder.
///
/// # Errors
/// If a part is incomplete or damaged, was made by something else than the first, or the ranges overlap or leave
/// runs out.
pub fn merge(parts: &[PathBuf], into: &Path) -> Result<Manifest, TableError> {
    let mut all: Vec<(PathBuf, Manifest)> = Vec::new();
    for folder in parts {
        all.push((folder.clone(), Manifest::read(folder)?));
    }
    all.sort_by_key(|(_, manifest)| manifest.runs);
    let Some((_, first)) = all.first() else {
        return Err(TableError::new(into, "no parts are named", "name the folders to join"));
    };
    let (made, columns, from) = (first.made.clone(), first.columns.clone(), first.runs[0]);
    let mut next = from;
    for (folder, manifest) in &all {
        let fault = |fault: String, hint: &str| Err(TableError::new(folder, fault, hint));
        if !manifest.complete() {
            let [there, asked] =
                [manifest.runs, manifest.asked].map(|r| format!("{}..{}", r[0], r[1]));
            return fault(
                format!("runs {there} of {asked} are there"),
                "finish it with `run --resume`",
            );
        }
        if manifest.made != made || manifest.columns != columns {
            let hint = "join only parts of one case, scenario, date, seed and program";
            return fault(format!("made by something else than {}", all[0].0.display()), hint);
        }
        if manifest.runs[0] != next {
            let fault_text = format!("begins with run {}, but run {next} is due", manifest.runs[0]);
            return fault(fault_text, "parts must follow one another without gap or overlap");
        }
        for (name, written) in &manifest.files {
            if hash(&folder.join(name))? != *written {
                return fault(
                    format!("{name} is not what its manifest says"),
                    "make the part again",
                );
            }
        }
        next = manifest.runs[1];
    }
    let mut joined = Part::begin(into, made, [from, next], columns)?;
    for (folder, manifest) in &all {
        for line in outcomes(folder, manifest.runs[1])? {
            let (run, outcome) = line?;
            joined.push(run, &outcome)?;
        }
    }
    joined.finish()
}
