//! The command inside the wheel.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Does what a command line asks for and gives the exit code: `words` without the program's name, and `program`, the
/// words that start the command again as a process of its own.
#[pyfunction]
pub fn command(py: Python<'_>, program: Vec<OsString>, words: Vec<OsString>) -> u8 {
    let words = std::iter::once(OsString::from("shatterbelt")).chain(words);
    py.detach(|| shatterbelt::run(program, words))
}
