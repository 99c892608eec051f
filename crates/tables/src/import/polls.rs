//! Opinion polls: a plain table with the columns day, pollster, sample, list and share, in any order, a row for each list
//! in each poll. `share` is in percent ("24.5" or "24.5 %"); `sample` may be empty.

use case::proposal::{Row, Says};

use super::Format;
use super::rows::{Between, Fault, Record, all, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "polls",
    says: "opinion polls as CSV with the columns day, pollster, sample, list, share (percent)",
    looks,
    read,
    ..Format::PLAIN
};

const COLUMNS: [&str; 5] = ["day", "pollster", "sample", "list", "share"];

fn head(record: &Record) -> Vec<String> {
    (0..record.len()).map(|at| record.cell(at).to_lowercase()).collect()
}

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let cells: Vec<&str> = first.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    COLUMNS.iter().filter(|column| cells.contains(column)).count() >= 4
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Comma, None)?;
    let Some((first, rows)) = records.split_first() else { return Ok(Vec::new()) };
    let names = head(first);
    let place = |column: &str| names.iter().position(|name| name == column);
    let missing: Vec<&str> =
        COLUMNS.into_iter().filter(|c| *c != "sample" && place(c).is_none()).collect();
    if !missing.is_empty() {
        return Err(vec![first.fault(0, format!("no column {}", missing.join(", ")))]);
    }
    let at = |column| place(column).unwrap_or(usize::MAX);
    all(rows.iter().map(|record| row(record, COLUMNS.map(at))))
}

fn row(record: &Record, [day, pollster, sample, list, share]: [usize; 5]) -> Result<Row, Fault> {
    let number = record.cell(share).trim_end_matches('%').trim();
    let percent: f64 =
        number.parse().ok().filter(|p| (0.0..=100.0).contains(p)).ok_or_else(|| {
            record.fault(share, format!("share \"{number}\" is no percentage from 0 to 100"))
        })?;
    for (at, name) in [(pollster, "pollster"), (list, "list")] {
        if record.cell(at).is_empty() {
            return Err(record.fault(at, format!("{name} is empty")));
        }
    }
    let asked = match record.cell(sample) {
        "" => None,
        _ => Some(record.value::<u32>(sample, "sample", "whole number")?),
    };
    Ok(record.row(Says::Poll {
        day: record.value(day, "day", "day; write YYYY-MM-DD")?,
        pollster: record.cell(pollster).to_owned(),
        list: record.cell(list).to_owned(),
        percent,
        sample: asked.filter(|asked| *asked > 0),
    }))
}
