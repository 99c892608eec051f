//! Rows of values with commas or tabs between them, with the place of each cell.

use std::str::FromStr;

use case::proposal::{Row, Says};

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.what)
    }
}

/// A record of a table of values.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The line it begins on.
    pub line: usize,
    /// Its first byte.
    pub start: usize,
    /// Its text, without the end of the line.
    pub text: String,
    cells: csv::StringRecord,
    between: Between,
}

/// What stands between the cells of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// A comma; a cell may stand in quotation marks.
    Comma,
    /// A tab; quotation marks are letters like others.
    Tab,
}

/// The line and the character, both from 1, at which a byte of a text stands.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

/// The records of a text with this many columns, or as many as its first.
pub(super) fn records(
    text: &str,
    between: Between,
    width: Option<usize>,
) -> Result<Vec<Record>, Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true);
    if between == Between::Tab {
        reader.delimiter(b'\t').quoting(false);
    }
    let mut reader = reader.from_reader(text.as_bytes());
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    let (mut from, mut line) = (0, 1);
    let mut width = width;
    let mut cells = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = error.position().map_or(1, |position| position.line() as usize);
                faults.push(Fault { line, column: 1, what: error.to_string() });
                break;
            }
        }
        let until = reader.position().byte() as usize;
        let whole = text.get(from..until).unwrap_or_default();
        let own = whole.trim_start_matches(['\n', '\r']);
        let start = from + whole.len() - own.len();
        // Its own line, not that of the blank ones before it, of which the reader speaks.
        line += text.get(from..start).unwrap_or_default().matches('\n').count();
        let record = Record {
            line,
            start,
            text: own.trim_end_matches(['\n', '\r']).to_owned(),
            cells: cells.clone(),
            between,
        };
        line += own.matches('\n').count();
        from = until;
        let expected = *width.get_or_insert(cells.len());
        if cells.len() == expected {
            all.push(record);
        } else {
            let what = format!("{} columns, where {expected} are expected", cells.len());
            faults.push(record.fault(cells.len() - 1, what));
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

impl Record {
    /// A cell, without blanks around it.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).unwrap_or_default().trim()
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The byte of its text at which a cell begins.
    fn begins(&self, at: usize) -> usize {
        let (mut quoted, mut seen) = (false, 0);
        for (place, c) in self.text.char_indices() {
            match (c, self.between) {
                _ if seen == at => return place,
                ('"', Between::Comma) => quoted = !quoted,
                (',', Between::Comma) if !quoted => seen += 1,
                ('\t', Between::Tab) => seen += 1,
                _ => {}
            }
        }
        self.text.len()
    }

    /// As a row that says something.
    pub fn row(&self, says: Says) -> Row {
        Row { line: self.line, start: self.start, text: self.text.clone(), says }
    }

    /// As a row that says something and keeps the words of one cell alone: of a table whose terms forbid to pass it on.
    pub fn row_by(&self, at: usize, says: Says) -> Row {
        let cell = self.cell(at);
        let into = self.text.find(cell).unwrap_or_default();
        let line = self.line + self.text[..into].matches('\n').count();
        Row { line, start: self.start + into, text: cell.to_owned(), says }
    }

    /// A fault of a cell, at the line and the character at which the cell begins.
    pub fn fault(&self, at: usize, what: impl Into<String>) -> Fault {
        let (line, column) = place(&self.text, self.begins(at));
        Fault { line: self.line + line - 1, column, what: what.into() }
    }

    /// A cell as a value, or a fault that names it.
    pub fn value<T: FromStr>(&self, at: usize, name: &str, wanted: &str) -> Result<T, Fault> {
        let cell = self.cell(at);
        cell.parse().map_err(|_| self.fault(at, format!("{name} \"{cell}\" is no {wanted}")))
    }
}

/// The places of columns in a head, or the names of those that are not there.
pub(super) fn columns<const N: usize>(
    head: &Record,
    names: [&str; N],
) -> Result<[usize; N], Vec<Fault>> {
    let place = |name: &str| (0..head.len()).find(|at| head.cell(*at) == name);
    let missing: Vec<&str> = names.into_iter().filter(|name| place(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(vec![head.fault(0, format!("no column {}", missing.join(", ")))]);
    }
    Ok(names.map(|name| place(name).unwrap_or(usize::MAX)))
}

/// The rows that are sound, or all faults of those that are not.
pub(super) fn all<R>(rows: impl Iterator<Item = Result<R, Fault>>) -> Result<Vec<R>, Vec<Fault>> {
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Ok(row) => sound.push(row),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(sound) } else { Err(faults) }
}
