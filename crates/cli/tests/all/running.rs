//! Running the command in the project's folder, for playthroughs.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

pub fn shatterbelt(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap()
}

pub fn printed(arguments: &[&str]) -> String {
    let output = shatterbelt(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
