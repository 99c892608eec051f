//! What powers decide: by how many points a matter comes out as a power wants more often with it than without.
//!
//! The dot is the difference of success and luck, the line holds nine in ten. Barry (1980): success is luck and
//! decisiveness.

use super::rows::{self, Look, Row};
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::Drawing;
use crate::table::{Column, Table};

/// A power in a matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Whose.
    pub who: String,
    /// In which matter.
    pub matter: String,
    /// What it decides, in points.
    pub decides: Spread,
    /// How often the matter comes out as it wants, in \[0, 1\].
    pub success: f64,
    /// How often it would have without it, in \[0, 1\].
    pub luck: f64,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title: the finding.
    pub title: String,
    /// The bars, in the order given.
    pub bars: Vec<Bar>,
}

const NAME: &str = "decisiveness";

/// Draws it.
///
/// # Errors
/// If a number is not finite or an interval not in order.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, bar) in input.bars.iter().enumerate() {
        check.spread(format_args!("bar {} ({})", place + 1, bar.who), &bar.decides)?;
    }
    if input.bars.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "powers", table(input)));
    }
    Ok(Picture::of(NAME, &input.title, describe(input), table(input), |frame| paint(input, frame)))
}

fn said(bar: &Bar) -> (String, String) {
    let of = |points: f64| numbers::signed(points, 0);
    (of(bar.decides.median), format!("{} to {}", of(bar.decides.low), of(bar.decides.high)))
}

fn split(bar: &Bar) -> String {
    format!("{} / {}", numbers::short_percent(bar.success), numbers::short_percent(bar.luck))
}

fn paint(input: &Input, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let rows: Vec<Row> = (input.bars.iter())
        .map(|bar| {
            let (value, range) = said(bar);
            Row {
                name: format!("{}: {}", bar.who, bar.matter),
                mark: None,
                spread: bar.decides,
                value,
                range,
                extra: String::new(),
            }
        })
        .collect();
    let look = Look {
        whole: true,
        zero: Some(0.0),
        head: ["points", "90%", ""],
        signed: true,
        axis: "points that the power decides".to_owned(),
    };
    let columns = rows::columns(frame, &rows, &look);
    let end = rows::draw(&mut canvas, frame, 0.0, &rows, &look, columns);
    canvas.finish(end)
}

fn describe(input: &Input) -> String {
    let first: Vec<String> = (input.bars.iter().take(3))
        .map(|bar| {
            let (value, range) = said(bar);
            format!("{} in \u{201c}{}\u{201d} {value} points ({range})", bar.who, bar.matter)
        })
        .collect();
    format!("What powers decide, in points of success less luck: {}.", first.join(", "))
}

fn table(input: &Input) -> Table {
    let mut table = Table::new(
        "What each power decides, in points: success less luck",
        vec![
            Column::words("Power"),
            Column::words("Matter"),
            Column::numbers("points"),
            Column::numbers("90%"),
            Column::numbers("success / luck"),
        ],
    );
    for bar in &input.bars {
        let (value, range) = said(bar);
        table.row([bar.who.clone(), bar.matter.clone(), value, range, split(bar)]);
    }
    table
}
