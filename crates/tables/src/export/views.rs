//! The frame of draws in which VIEWS takes forecasts of counts: one row for each draw of each unit, with `draw` and `outcome`.
//! Runs count over their whole window, so a row says from which month to which; months are numbered as VIEWS does, January
//! 1980 being 1.

use std::path::Path;

use jiff::civil::Date;

use crate::fault::TableError;
use crate::manifest::Manifest;
use crate::part::outcomes;
use crate::schema::VIEWS;
use crate::table::{Cell, Table};

/// The number of a day's month.
fn month(day: Date) -> i64 {
    12 * (i64::from(day.year()) - 1980) + i64::from(day.month())
}

/// The frame of a folder of results: every quantity that is a count.
///
/// # Errors
/// If the folder holds no results, they are damaged, or they hold no count.
pub fn frame(folder: &Path) -> Result<Table, TableError> {
    let manifest = Manifest::read(folder)?;
    let columns = &manifest.columns;
    let counts: Vec<(usize, &str)> = (columns.quantities.iter().enumerate())
        .filter(|(_, measured)| measured.unit == "count")
        .map(|(place, measured)| (place, measured.id.as_str()))
        .collect();
    if counts.is_empty() {
        return Err(TableError::new(
            folder,
            "the results hold no count",
            "run a case with a process that counts, such as escalation or patronage",
        ));
    }
    let mut table = Table::of(&VIEWS);
    for outcome in outcomes(folder, manifest.runs[1])? {
        let (run, outcome) = outcome?;
        for (place, id) in &counts {
            let Some(value) = outcome.quantities.get(*place).copied().flatten() else { continue };
            table.push([
                Cell::Text(id),
                Cell::Whole(month(columns.start)),
                Cell::Whole(month(columns.end)),
                Cell::Whole(i64::from(run)),
                Cell::Real(f64::from(value)),
            ]);
        }
    }
    Ok(table)
}
