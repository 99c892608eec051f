//! What becomes of a fault: a `ValueError` that says what the command would.

use pyo3::PyErr;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use study::opening::Refused;

/// A value that Python gave, or a file it named, is at fault.
pub fn value(fault: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(fault.to_string())
}

/// The case's files are: every finding on a line of its own, with its place.
pub fn refused(refused: &Refused) -> PyErr {
    let lines = refused.errors().map(|finding| finding.line(&refused.map));
    let all: Vec<String> = std::iter::once(refused.to_string()).chain(lines).collect();
    value(all.join("\n"))
}

/// Something on the road from a case to its findings is; the program itself, as a `RuntimeError`.
pub fn study(fault: study::Fault) -> PyErr {
    match fault {
        study::Fault::Refused(files) => refused(&files),
        fault if fault.is_internal() => PyRuntimeError::new_err(fault.to_string()),
        fault => value(fault),
    }
}
