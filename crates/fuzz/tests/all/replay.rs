//! Every seed, and every input that once failed, put to its target.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, reading};

const CHILD: &str = "replay::takes_a_pdf_apart_when_asked_to";

/// Not a test of its own: what the process that takes PDFs apart does. Without a PDF on its standard input it has nothing
/// to do.
#[test]
fn takes_a_pdf_apart_when_asked_to() {
    if std::env::args().any(|a| a == "--exact") && std::env::args().any(|a| a == CHILD) {
        evidence::pdf_child(std::io::stdin().lock(), std::io::stdout().lock()).unwrap();
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder, by name; none where there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Puts every file of a kind to its target, and names those that fail.
fn put(kind: &str) {
    let program = std::env::current_exe().unwrap().into_os_string();
    let arguments = ["--exact", CHILD, "--nocapture"].map(OsString::from);
    let _ = reading::PDF_PROGRAM.set([vec![program], arguments.to_vec()].concat());
    let mut failed = Vec::new();
    for target in TARGETS {
        for file in files(&folder(kind).join(target.name)) {
            let bytes = std::fs::read(&file).unwrap();
            if catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))).is_err() {
                failed.push(file.display().to_string());
            }
        }
    }
    assert!(failed.is_empty(), "these fail, each with what it says above:\n{}", failed.join("\n"));
}

#[test]
fn every_seed_holds() {
    put("seeds");
}

#[test]
fn what_once_failed_holds() {
    put("regressions");
}

#[test]
fn every_target_has_seeds_and_every_folder_a_target() {
    let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names.len(), TARGETS.len(), "two targets have one name");
    for name in &names {
        assert!(files(&folder("seeds").join(name)).len() >= 2, "{name} has hardly any seed");
    }
    for kind in ["seeds", "regressions"] {
        for path in files(&folder(kind)).iter().filter(|path| path.is_dir()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(names.contains(name), "{}: there is no target of that name", path.display());
        }
    }
}
