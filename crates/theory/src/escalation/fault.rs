//! What can be wrong with a model of escalation.

use std::fmt;

/// Why a model of escalation could not answer. Places count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A number is out of the range the model is defined on, or not a number.
    Number {
        /// Its name.
        name: &'static str,
        /// Its place in a row, if it stands in one.
        at: usize,
        /// The value found.
        value: f64,
        /// What it must be, in words.
        must: &'static str,
    },
    /// A row is longer or shorter than the model needs.
    Shape {
        /// What the row holds.
        of: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// There are more events than the caller allowed for.
    TooMany {
        /// How many were allowed.
        most: usize,
    },
    /// An iteration did not settle.
    NotSettled {
        /// What was sought.
        sought: &'static str,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Number { name, at, value, must } => {
                write!(f, "{name} (place {at}) is {value}; it must be {must}")
            }
            Fault::Shape { of, expected, found } => {
                write!(f, "{found} {of} where {expected} are needed")
            }
            Fault::TooMany { most } => write!(
                f,
                "more than {most} events; shorten the time or lower the excitation below the decay"
            ),
            Fault::NotSettled { sought } => write!(f, "{sought}: the search did not settle"),
        }
    }
}

impl std::error::Error for Fault {}

/// Checks numbers of a row against a range.
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
