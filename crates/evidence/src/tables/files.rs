//! CSV files written whole and read by line, with cells that no spreadsheet computes.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{TableError, columns};

pub(super) fn file_fault(path: &Path, fault: &dyn fmt::Display) -> TableError {
    TableError::File { path: path.to_owned(), fault: fault.to_string() }
}

pub(super) fn write(
    folder: &Path,
    table: &str,
    columns: &[columns::Column],
    rows: Vec<Vec<String>>,
) -> Result<PathBuf, TableError> {
    let path = folder.join(format!("{table}.csv"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |e: csv::Error| file_fault(&path, &e);
    writer.write_record(columns.iter().map(|c| c.name)).map_err(fault)?;
    for row in rows {
        let cells = row.iter().zip(columns).map(|(cell, c)| defuse(cell, c.number));
        writer.write_record(cells).map_err(fault)?;
    }
    let bytes = writer.into_inner().map_err(|e| file_fault(&path, &e))?;
    whole(&path, &bytes)?;
    Ok(path)
}

/// A file written under another name and renamed.
pub(super) fn whole(path: &Path, bytes: &[u8]) -> Result<(), TableError> {
    let part = path.with_extension("part");
    std::fs::write(&part, bytes).map_err(|e| file_fault(&part, &e))?;
    std::fs::rename(&part, path).map_err(|e| file_fault(path, &e))
}

/// Signs with which a spreadsheet would take a cell for a formula, and the one that keeps it from doing so.
const LIVE: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell that no spreadsheet computes.
fn defuse(cell: &str, number: bool) -> String {
    if !number && cell.starts_with(LIVE) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was.
fn arm(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(LIVE)).unwrap_or(cell)
}

/// The rows of a table by column name, each with its line; none where there is no such file.
#[allow(clippy::type_complexity)]
pub(super) fn read(
    folder: &Path,
    table: &str,
    columns: &[columns::Column],
) -> Result<Option<Vec<(u64, BTreeMap<String, String>)>>, TableError> {
    let path = folder.join(format!("{table}.csv"));
    if !path.is_file() {
        return Ok(None);
    }
    let fault = |e: csv::Error| file_fault(&path, &e);
    let mut reader = csv::Reader::from_path(&path).map_err(fault)?;
    let header: Vec<String> = reader
        .headers()
        .map_err(fault)?
        .iter()
        .map(|h| h.trim_start_matches('\u{feff}').to_owned())
        .collect();
    if let Some(missing) = columns.iter().find(|c| !header.iter().any(|h| h == c.name)) {
        return Err(file_fault(&path, &format!("column \"{}\" is missing", missing.name)));
    }
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fault)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = header.iter().cloned().zip(record.iter().map(|c| arm(c).to_owned()));
        out.push((line, cells.collect()));
    }
    Ok(Some(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_defused_and_comes_back_as_it_was() {
        for cell in ["=1+1", "+1", "-x", "@sum", "'=x", "plain", "''", "'", "\tx"] {
            let written = defuse(cell, false);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t']), "{written}");
            assert_eq!(arm(&written), cell);
        }
        assert_eq!(defuse("-5", true), "-5");
    }
}
