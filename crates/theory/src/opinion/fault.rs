//! What can be wrong with a model of opinion.

use std::fmt;

/// Why a model of opinion could not answer. People and events count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Rows that belong together differ in length.
    Lengths {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number is out of range, or not a number.
    Number {
        /// Its name.
        name: &'static str,
        /// Its place.
        at: usize,
        /// The value found.
        value: f64,
        /// What it must be, in words.
        must: &'static str,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Lengths { expected, found } => {
                write!(f, "{found} numbers where {expected} are needed")
            }
            Fault::Number { name, at, value, must } => {
                write!(f, "{name} {at} is {value}; it must be {must}")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks numbers against a range.
pub(super) fn within(
    name: &'static str,
    values: &[f64],
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<(), Fault> {
    match values.iter().position(|v| !sound(*v)) {
        None => Ok(()),
        Some(at) => Err(Fault::Number { name, at, value: values[at], must }),
    }
}
