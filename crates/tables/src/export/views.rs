//! The frame of draws in which VIEWS takes forecasts of counts: one row for each draw of each unit, with `draw` and `outcome`.
//! Runs count over their whole window, so a row says from which month to which; months are numbered as VIEWS does, January
//! 1980 being 1.

use std::path::Path;

use jiff::civil::Date;
use simulate::quantity::Unit;

use crate::columns::{Measured, unit};
use crate::fault::TableError;
use crate::manifest::Manifest;
use crate::part::outcomes;
use crate::schema::VIEWS;
use crate::table::{Cell, Table};

/// The number of a day's month.
fn month(day: Date) -> i64 {
    12 * (i64::from(day.year()) - 1980) + i64::from(day.month())
}

/// The frame of a folder of results: every quantity that is a count, of whole numbers.
///
/// # Errors
/// If the folder holds no results, they are damaged, or they hold no count.
pub fn frame(folder: &Path) -> Result<Table, TableError> {
    let manifest = Manifest::read(folder)?;
    let columns = &manifest.columns;
    let of_unit = |(_, measured): &(usize, &Measured)| measured.unit == unit(Unit::Count);
    let mut counts: Vec<(usize, &Measured)> =
        columns.quantities.iter().enumerate().filter(of_unit).collect();
    let mut runs = Vec::new();
    for outcome in outcomes(folder, manifest.runs[1])? {
        let (run, outcome) = outcome?;
        // A state of mind is measured on a scale without a unit, and is no count.
        let whole = |place: usize| outcome.quantities.get(place).copied().flatten();
        counts.retain(|(place, _)| whole(*place).is_none_or(|value| value.fract() == 0.0));
        runs.push((run, outcome.quantities));
    }
    if counts.is_empty() {
        return Err(TableError::new(
            folder,
            "the results hold no count",
            "run a case with a process that counts, such as escalation or diplomacy",
        ));
    }
    let mut table = Table::of(&VIEWS);
    for (run, quantities) in &runs {
        for (place, measured) in &counts {
            let Some(value) = quantities.get(*place).copied().flatten() else { continue };
            table.push([
                Cell::Text(&measured.id),
                Cell::Whole(month(columns.start)),
                Cell::Whole(month(columns.end)),
                Cell::Whole(i64::from(*run)),
                Cell::single(value),
            ]);
        }
    }
    Ok(table)
}
