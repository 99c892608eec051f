//! A table as CSV, where a person looks: plain numbers with a point, days as YYYY-MM-DD, empty
//! cells left empty. Words that begin with = + - @ have ' before them, so that no spreadsheet takes
//! a stranger's words for a formula.

use std::io::Write;

use crate::table::{Cell, Table};

/// Writes the rows of a table.
pub(crate) fn rows(table: &Table, out: &mut csv::Writer<impl Write>) -> Result<(), csv::Error> {
    let mut cell = String::new();
    for row in 0..table.rows() {
        for cells in &table.cells {
            cell.clear();
            match cells.get(row) {
                Cell::Empty => {}
                Cell::Text(text) => {
                    if text.starts_with(['=', '+', '-', '@']) {
                        cell.push('\'');
                    }
                    cell.push_str(text);
                }
                Cell::Whole(number) => cell.push_str(&number.to_string()),
                Cell::Real(number) => cell.push_str(&number.to_string()),
                Cell::Day(day) => cell.push_str(&day.to_string()),
                Cell::Truth(truth) => cell.push_str(if truth { "true" } else { "false" }),
            }
            out.write_field(&cell)?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(())
}
