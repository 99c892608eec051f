//! What can be wrong with a sensitivity study.

use std::fmt;

/// Why a sensitivity study cannot be made. Rows count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// There are no rows, inputs or results.
    Empty,
    /// The number of rows, or the length of a row, is not what the design needs.
    Shape {
        /// What is counted.
        of: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number is infinite, not a number, or out of range.
    Number {
        /// What it is.
        name: &'static str,
        /// The row it is in.
        row: usize,
        /// The value found.
        value: f64,
        /// What it must be, in words.
        must: &'static str,
    },
    /// All results are equal, so that there is no variance to share out.
    NoVariance,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Empty => write!(f, "nothing to study: give at least one row, input and result"),
            Fault::Shape { of, expected, found } => {
                write!(f, "{found} {of} where the design needs {expected}")
            }
            Fault::Number { name, row, value, must } => {
                write!(f, "{name} in row {row} is {value}; it must be {must}")
            }
            Fault::NoVariance => {
                write!(
                    f,
                    "all results are equal: there is no variance to share out among the inputs"
                )
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks that there are `expected` finite results.
pub(super) fn results(found: &[f64], expected: usize) -> Result<(), Fault> {
    if found.len() != expected {
        return Err(Fault::Shape { of: "results", expected, found: found.len() });
    }
    match found.iter().position(|y| y.is_nan() || y.abs() > 1e100) {
        None => Ok(()),
        Some(row) => {
            let must = "a number of size at most 1e100";
            Err(Fault::Number { name: "a result", row, value: found[row], must })
        }
    }
}

/// Checks a number that is to lie in [0, 1).
pub(super) fn uniform(row: usize, value: f64) -> Result<f64, Fault> {
    if (0.0..1.0).contains(&value) {
        Ok(value)
    } else {
        let must = "at least 0 and below 1";
        Err(Fault::Number { name: "a draw", row, value, must })
    }
}
