//! Forecasts whose answer is known: what they teach about how sure the next may be.

use jiff::civil::Date;

use crate::class::class;
use crate::fault::Fault;

/// The name of the class that keeps them.
const RECORD: &str = "record";

/// A yes-or-no forecast whose answer is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The country, region or entity.
    pub country: String,
    /// The day on which the answer became public.
    pub known: Date,
    /// The probability of yes, in (0, 1).
    pub said: f64,
    /// Whether it came.
    pub came: bool,
}

/// All of them, whatever the date: who learns from them takes those known before a day.
///
/// # Errors
/// [`Fault::File`]: a row without a probability or an answer.
pub fn record() -> Result<Vec<Resolved>, Fault> {
    let of = class(RECORD)?;
    let read = |(n, row): (usize, &crate::Row)| {
        let said = of.number(row, "said").filter(|p| *p > 0.0 && *p < 1.0);
        let came = match of.cell(row, "came") {
            Some("y") => Some(true),
            Some("n") => Some(false),
            _ => None,
        };
        let resolved =
            |(said, came)| Resolved { country: row.country.clone(), known: row.known, said, came };
        said.zip(came).map(resolved).ok_or_else(|| Fault::File {
            file: format!("{RECORD}.csv"),
            fault: format!("row {}: said must lie between 0 and 1, and came be y or n", n + 2),
        })
    };
    of.rows().iter().enumerate().map(read).collect()
}
