//! A list of names with the median and the intervals of a number each: seats, most often.
//!
//! A thin line holds 90 % of the runs, a thick one the inner half, the dot is the median.

use super::rows::{self, Look, Row};
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::Drawing;
use crate::table::{Column, Table};

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whose number it is.
    pub name: String,
    /// The number.
    pub spread: Spread,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What is counted: "seats".
    pub unit: String,
    /// The list, in the order given.
    pub lines: Vec<Line>,
    /// How many of them are drawn; the rest are in the table. 0 draws all.
    pub top: usize,
}

const NAME: &str = "seat-intervals";

/// Draws the list.
///
/// # Errors
/// If a number is not finite or an interval not in order.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, line) in input.lines.iter().enumerate() {
        check.spread(format_args!("line {} ({})", place + 1, line.name), &line.spread)?;
    }
    if input.lines.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "names", table(input)));
    }
    Ok(Picture::of(NAME, &input.title, describe(input), table(input), |frame| paint(input, frame)))
}

fn shown(input: &Input) -> usize {
    if input.top == 0 { input.lines.len() } else { input.top.min(input.lines.len()) }
}

fn paint(input: &Input, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let rows: Vec<Row> = input.lines[..shown(input)]
        .iter()
        .map(|line| Row {
            name: line.name.clone(),
            mark: None,
            spread: line.spread,
            value: numbers::whole(line.spread.median),
            range: numbers::dash_range(line.spread.low, line.spread.high),
            extra: String::new(),
        })
        .collect();
    let look = Look {
        whole: true,
        zero: None,
        head: ["median", "90% of runs", ""],
        signed: false,
        axis: input.unit.clone(),
    };
    let columns = rows::columns(frame, &rows, &look);
    let mut end = rows::draw(&mut canvas, frame, 0.0, &rows, &look, columns);
    if let Some(line) = more(input) {
        canvas.text((0.0, end + 12.0), &line, crate::svg::Type::SMALL);
        end += 18.0;
    }
    canvas.finish(end)
}

fn more(input: &Input) -> Option<String> {
    let left = input.lines.len() - shown(input);
    (left > 0).then(|| format!("… {} more in the table", numbers::whole(left as f64)))
}

fn describe(input: &Input) -> String {
    let first: Vec<String> = input
        .lines
        .iter()
        .take(3)
        .map(|line| {
            format!(
                "{} {} ({})",
                line.name,
                numbers::whole(line.spread.median),
                numbers::range(line.spread.low, line.spread.high)
            )
        })
        .collect();
    format!(
        "Median and 90% interval of {} for {} names: {}.",
        input.unit,
        input.lines.len(),
        first.join(", ")
    )
}

fn table(input: &Input) -> Table {
    let mut table = Table::new(
        format!("{}: median, and the interval that holds 90% of runs", input.unit),
        vec![
            Column::words("Name"),
            Column::numbers("median"),
            Column::numbers("90% of runs"),
            Column::numbers("half of runs"),
        ],
    );
    for line in &input.lines {
        let spread = &line.spread;
        table.row([
            line.name.clone(),
            numbers::whole(spread.median),
            numbers::dash_range(spread.low, spread.high),
            spread.inner.map_or_else(String::new, |(low, high)| numbers::dash_range(low, high)),
        ]);
    }
    table.marks.extend(more(input));
    table
}
