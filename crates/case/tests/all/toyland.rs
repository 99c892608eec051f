//! Copies of the tutorial case with something changed.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The tutorial case.
pub fn toyland() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")
}

/// A copy of the tutorial case.
pub fn copy() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["", "documents", "scenarios"] {
        std::fs::create_dir_all(dir.path().join(folder)).unwrap();
        for entry in std::fs::read_dir(toyland().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = Path::new(folder).join(path.file_name().unwrap());
                std::fs::copy(&path, dir.path().join(name)).unwrap();
            }
        }
    }
    dir
}

/// Changes one file of a folder.
pub fn change(dir: &Path, file: &str, change: impl Fn(&str) -> String) {
    let path = dir.join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, change(&text)).unwrap();
}

/// Changes one file by putting `to` for the first `from`, which must be there.
pub fn replace(dir: &Path, file: &str, from: &str, to: &str) {
    change(dir, file, |text| {
        assert!(text.contains(from), "\"{from}\" is not in {file}");
        text.replacen(from, to, 1)
    });
}

/// A copy of the tutorial case with one file changed.
pub fn with(file: &str, edit: impl Fn(&str) -> String) -> tempfile::TempDir {
    let dir = copy();
    change(dir.path(), file, edit);
    dir
}
