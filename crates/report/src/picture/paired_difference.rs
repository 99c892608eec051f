//! What a scenario changes: the paired difference from its base, a row a quantity.
//!
//! Quantities of one unit share an axis; each axis shows no change as a line. The share of runs in
//! which anything changed stands beside, since a small mean may hide a few large changes.

use super::rows::{self, Look, Row};
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::Drawing;
use crate::table::{Column, Table};

/// A quantity and how it differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// What it is.
    pub name: String,
    /// In what it is measured: "seats", "days", "points".
    pub unit: String,
    /// Scenario minus base, run by run.
    pub difference: Spread,
    /// The share of runs in which it changed at all.
    pub changed: f64,
    /// How many decimals it is given to.
    pub places: usize,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The name of the scenario.
    pub scenario: String,
    /// The name of the base.
    pub base: String,
    /// The quantities, in the order given.
    pub quantities: Vec<Quantity>,
}

const NAME: &str = "paired-difference";
const HEAD: [&str; 3] = ["median", "90% of runs", "runs changed"];

/// Draws the differences.
///
/// # Errors
/// If a number is not finite, an interval is not in order, or a share is not one.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for quantity in &input.quantities {
        check.spread(&quantity.name, &quantity.difference)?;
        check.share(format_args!("{}, changed", quantity.name), quantity.changed)?;
    }
    if input.quantities.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "quantities", table(input)));
    }
    Ok(Picture::of(NAME, &input.title, describe(input), table(input), |frame| paint(input, frame)))
}

fn median(quantity: &Quantity) -> String {
    numbers::signed(quantity.difference.median, quantity.places)
}

fn range(quantity: &Quantity) -> String {
    let low = numbers::signed(quantity.difference.low, quantity.places);
    let high = numbers::signed(quantity.difference.high, quantity.places);
    if low == high { low } else { format!("{low} to {high}") }
}

fn changed(quantity: &Quantity) -> String {
    match quantity.changed {
        0.0 => "none".to_owned(),
        1.0 => "all".to_owned(),
        share => numbers::short_percent(share),
    }
}

fn axis(input: &Input, unit: &str) -> String {
    format!("{unit}: {} minus {}", input.scenario, input.base)
}

fn paint(input: &Input, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let mut units: Vec<&str> = Vec::new();
    for quantity in &input.quantities {
        if !units.contains(&quantity.unit.as_str()) {
            units.push(&quantity.unit);
        }
    }
    let row = |quantity: &Quantity| Row {
        name: quantity.name.clone(),
        mark: None,
        spread: quantity.difference,
        value: median(quantity),
        range: range(quantity),
        extra: changed(quantity),
    };
    let look = |unit: &str, whole: bool| Look {
        whole,
        zero: Some(0.0),
        head: HEAD,
        axis: unit.to_owned(),
        signed: true,
    };
    let all: Vec<Row> = input.quantities.iter().map(row).collect();
    let columns = rows::columns(frame, &all, &look("", true));
    let mut y = 0.0;
    for unit in units {
        let of_unit: Vec<&Quantity> =
            input.quantities.iter().filter(|quantity| quantity.unit == unit).collect();
        let whole = of_unit.iter().all(|quantity| quantity.places == 0);
        let rows: Vec<Row> = of_unit.into_iter().map(row).collect();
        y = rows::draw(&mut canvas, frame, y, &rows, &look(unit, whole), columns) + 14.0;
    }
    canvas.finish(y - 10.0)
}

fn describe(input: &Input) -> String {
    let first: Vec<String> = input
        .quantities
        .iter()
        .take(4)
        .map(|q| format!("{} {} {} ({})", q.name, median(q), q.unit, range(q)))
        .collect();
    format!("Paired differences, {} minus {}. {}.", input.scenario, input.base, first.join("; "))
}

fn table(input: &Input) -> Table {
    let mut table = Table::new(
        axis(input, "Paired differences"),
        vec![
            Column::words("Quantity"),
            Column::words("Unit"),
            Column::numbers(HEAD[0]),
            Column::numbers(HEAD[1]),
            Column::numbers(HEAD[2]),
        ],
    );
    for quantity in &input.quantities {
        table.row([
            quantity.name.clone(),
            quantity.unit.clone(),
            median(quantity),
            range(quantity),
            changed(quantity),
        ]);
    }
    table
}
