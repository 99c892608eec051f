//! What can be wrong with the numbers an economic model is given.

use std::fmt;

/// Why an economic model could not answer. Rows and columns count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A table or row does not have the size it needs.
    Shape {
        /// What is counted.
        of: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number is out of range, or not a number.
    Number {
        /// Its name.
        name: &'static str,
        /// Its row.
        row: usize,
        /// Its column, if it stands in a table.
        column: usize,
        /// The value found.
        value: f64,
        /// What it must be, in words.
        must: &'static str,
    },
    /// The sectors need more of one another than they make, so that no output is enough.
    Unproductive,
    /// A circle of sectors passes a shock on for so long that no end was reached.
    NotSettled,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Shape { of, expected, found } => {
                write!(f, "{found} {of} where {expected} are needed")
            }
            Fault::Number { name, row, column, value, must } => {
                write!(f, "{name} at ({row}, {column}) is {value}; it must be {must}")
            }
            Fault::NotSettled => write!(
                f,
                "a shock goes round a closed circle without end; lower a dependence in it"
            ),
            Fault::Unproductive => write!(
                f,
                "the sectors use up more of one another than they make; lower the requirements"
            ),
        }
    }
}

impl std::error::Error for Fault {}

/// Checks a square table of numbers.
pub(super) fn square(
    name: &'static str,
    table: &[Vec<f64>],
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<usize, Fault> {
    let n = table.len();
    if n == 0 {
        return Err(Fault::Shape { of: "sectors", expected: 1, found: 0 });
    }
    for (row, cells) in table.iter().enumerate() {
        if cells.len() != n {
            return Err(Fault::Shape { of: "numbers in a row", expected: n, found: cells.len() });
        }
        if let Some(column) = cells.iter().position(|v| !sound(*v)) {
            return Err(Fault::Number { name, row, column, value: cells[column], must });
        }
    }
    Ok(n)
}

/// Checks a row of numbers.
pub(super) fn row(
    name: &'static str,
    values: &[f64],
    expected: usize,
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<(), Fault> {
    if values.len() != expected {
        return Err(Fault::Shape { of: name, expected, found: values.len() });
    }
    match values.iter().position(|v| !sound(*v)) {
        None => Ok(()),
        Some(row) => Err(Fault::Number { name, row, column: 0, value: values[row], must }),
    }
}
