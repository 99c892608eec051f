//! Tables that others publish, taken in as rows that say something of a case: one file a format.
//!
//! An importer reads text and gives rows; it writes nothing and knows no case. What a row says becomes a proposal in
//! `case::proposal`, and nothing of it is believed until somebody accepts it. Every fault names the line and the column
//! at which it stands; all faults of a file come at once. A file of another kind is told by what it looks like.

mod acled;
mod bibtex;
mod cited;
mod csl;
mod ftm;
mod gdelt;
mod ged;
mod parlgov;
mod polecat;
mod polls;
mod rows;

use case::proposal::Row;

pub use rows::Fault;

/// A format that can be taken in.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub says: &'static str,
    /// The terms under which its publisher hands it on, where they are always the same.
    pub licence: Option<&'static str>,
    /// Who publishes it, where it is always the same.
    pub publisher: Option<&'static str>,
    /// Whether each row is a source of its own, so that nobody need say who published the file, and when.
    pub sources: bool,
    /// Whether the file may be written in ISO-8859-1.
    pub latin: bool,
    /// Whether a text looks like it, by its first line.
    looks: fn(&str) -> bool,
    read: fn(&str) -> Result<Vec<Row>, Vec<Fault>>,
}

/// Every format, by name; no text looks like two of them.
pub const FORMATS: &[Format] = &[
    acled::FORMAT,
    bibtex::FORMAT,
    csl::FORMAT,
    ftm::FORMAT,
    gdelt::FORMAT,
    ged::FORMAT,
    parlgov::FORMAT,
    polecat::FORMAT,
    polls::FORMAT,
];

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Why a file cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such format.
    #[error("there is no importer \"{0}\"; there are {1}")]
    Unknown(String, String),
    /// It looks like another format.
    #[error("it does not look like {0} but like {1}: shatterbelt import {1}")]
    Other(&'static str, &'static str),
    /// It holds nothing.
    #[error("it holds no row")]
    Empty,
    /// Rows, or its head, are at fault.
    #[error("{}", lines(_0))]
    Faults(Vec<Fault>),
}

/// More faults than anybody reads at once.
const SHOWN: usize = 20;

fn lines(faults: &[Fault]) -> String {
    let mut shown: Vec<String> = faults.iter().take(SHOWN).map(Fault::to_string).collect();
    if faults.len() > SHOWN {
        shown.push(format!("and {} more faults", faults.len() - SHOWN));
    }
    shown.join("\n")
}

/// The format of a name.
///
/// # Errors
/// [`ImportError::Unknown`].
pub fn named(name: &str) -> Result<&'static Format, ImportError> {
    FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        ImportError::Unknown(name.to_owned(), known.join(", "))
    })
}

/// The format that a text looks like.
#[must_use]
pub fn looks_like(text: &str) -> Option<&'static Format> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    FORMATS.iter().find(|format| (format.looks)(text))
}

impl Format {
    /// What most formats are: UTF-8, of any publisher, under any terms, not sources themselves.
    const PLAIN: Self = Self {
        name: "",
        says: "",
        licence: None,
        publisher: None,
        sources: false,
        latin: false,
        looks: |_| false,
        read: |_| Ok(Vec::new()),
    };

    /// The rows of a text.
    ///
    /// # Errors
    /// [`ImportError`]: a text that looks like another format, holds no row, or has faults.
    pub fn rows(&self, text: &str) -> Result<Vec<Row>, ImportError> {
        let whole = text.len();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mark = whole - text.len();
        if !(self.looks)(text)
            && let Some(other) = looks_like(text)
        {
            return Err(ImportError::Other(self.name, other.name));
        }
        match (self.read)(text) {
            Ok(rows) if rows.is_empty() => Err(ImportError::Empty),
            Ok(mut rows) => {
                rows.iter_mut().for_each(|row| row.start += mark);
                Ok(rows)
            }
            Err(faults) => Err(ImportError::Faults(faults)),
        }
    }
}
