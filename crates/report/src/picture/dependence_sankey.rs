//! Who is kept by whose money: from, kind of money, to; the width is the value of a year.
//!
//! Streams that a sanction in force or announced may stop are struck through with lines. Unit and
//! date stand above, since money without them says nothing.

use super::alluvial::{self, Stage, Stream, Streams};
use super::calendar::written;
use super::{Check, Frame, Picture, PictureError, note};
use crate::numbers;
use crate::svg::palette::Hue;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};
use jiff::civil::Date;

/// A yearly flow of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Who sells, pays or sends.
    pub from: String,
    /// What for: "gas", "trade", "salaries".
    pub kind: String,
    /// Who lives on it.
    pub to: String,
    /// Its value in a year, in the unit of the input.
    pub value: f64,
    /// Whether a sanction may stop it.
    pub exposed: bool,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The unit: "billion florins a year".
    pub unit: String,
    /// The date to which values belong.
    pub as_of: Date,
    /// The flows, in any order.
    pub flows: Vec<Flow>,
}

const NAME: &str = "dependence-sankey";
const STAGES: [&str; 3] = ["from", "for", "to"];
const EXPOSED: &str = "a sanction may stop it";
const REST: &str = "The small ones are drawn as one; the table has each.";
const MOST: (usize, usize) = (10, 6);

/// Draws the streams.
///
/// # Errors
/// If a value is not finite or below nothing.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, flow) in input.flows.iter().enumerate() {
        check.least(format_args!("flow {} ({})", place + 1, flow.from), flow.value)?;
    }
    if input.flows.iter().all(|flow| flow.value <= 0.0) {
        return Ok(Picture::nothing(NAME, &input.title, "flow of money", head(input)));
    }
    let streams = streams(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: describe(input, &streams),
        wide: paint(input, &streams, Frame::Wide),
        narrow: paint(input, &streams, Frame::Narrow),
        table: table(input, &streams),
    })
}

fn streams(input: &Input) -> Streams {
    let mut stages: Vec<Stage> =
        STAGES.map(|name| Stage { name: name.to_owned(), nodes: Vec::new() }).into();
    let mut streams = Vec::new();
    for flow in input.flows.iter().filter(|flow| flow.value > 0.0) {
        let names = [&flow.from, &flow.kind, &flow.to];
        let stops: Vec<usize> = names
            .into_iter()
            .zip(&mut stages)
            .map(|(name, stage)| alluvial::node(stage, name.clone()))
            .collect();
        let hue = Hue::nth(stops[1]);
        streams.push(Stream { stops, value: flow.value, hue, struck: flow.exposed });
    }
    Streams { stages, streams }
}

fn value(value: f64) -> String {
    match value {
        small if small < 0.01 => "<0.01".to_owned(),
        small if small < 1.0 => numbers::decimal(small, 2),
        middling if middling < 100.0 => numbers::decimal(middling, 1),
        great => numbers::whole(great),
    }
}

fn unit(input: &Input) -> String {
    format!("{}, {}", input.unit, written(input.as_of))
}

/// The sum of what a sanction may stop, in words.
fn exposed(input: &Input) -> Option<String> {
    let total: f64 = input.flows.iter().map(|flow| flow.value).sum();
    let part: f64 = input.flows.iter().filter(|flow| flow.exposed).map(|flow| flow.value).sum();
    (part > 0.0).then(|| format!("{EXPOSED}: {} of {}", value(part), value(total)))
}

fn paint(input: &Input, streams: &Streams, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let mut top = key(&mut canvas, input);
    let (folded, notes) = streams.folded(frame.pick(MOST.0, MOST.1));
    top = alluvial::draw(&mut canvas, frame, top, &folded, &value);
    if !notes.is_empty() {
        top = note(&mut canvas, top, REST);
    }
    canvas.finish(top)
}

/// The unit and the meaning of the lines across a stream. Gives the y below them.
fn key(canvas: &mut Canvas, input: &Input) -> f64 {
    let unit = Type::SMALL.fit(&unit(input), canvas.width());
    canvas.text((0.0, 12.0), &unit, Type::SMALL);
    let Some(words) = exposed(input) else {
        return 34.0;
    };
    let wide = 22.0 + Type::SMALL.width(&words);
    let beside = canvas.width() - wide;
    let (x, y) =
        if beside > Type::SMALL.width(&unit) + 24.0 { (beside, 12.0) } else { (0.0, 32.0) };
    canvas.rect((x, y - 10.0), (15.0, 12.0), "f-c7 flow");
    canvas.hatched((x, y - 10.0), (15.0, 12.0), "strike");
    canvas.text((x + 22.0, y), &Type::SMALL.fit(&words, canvas.width() - 22.0), Type::SMALL);
    y + 22.0
}

fn describe(input: &Input, streams: &Streams) -> String {
    let exposed = exposed(input).map_or_else(String::new, |words| format!(" Of it {words}."));
    format!(
        "Streams of money, {}. From: {}. For: {}. To: {}.{exposed}",
        unit(input),
        alluvial::greatest(streams, 0, 3, &value),
        alluvial::greatest(streams, 1, 3, &value),
        alluvial::greatest(streams, 2, 3, &value)
    )
}

fn head(input: &Input) -> Table {
    let mut columns: Vec<Column> = STAGES.map(Column::words).into();
    columns.push(Column::numbers(unit(input)));
    columns.push(Column::words(EXPOSED));
    Table::new(format!("Flows of money, {}", unit(input)), columns)
}

fn table(input: &Input, streams: &Streams) -> Table {
    let mut table = head(input);
    let mut flows: Vec<&Flow> = input.flows.iter().collect();
    flows.sort_by(|a, b| b.value.total_cmp(&a.value));
    for flow in flows {
        table.row([
            flow.from.clone(),
            flow.kind.clone(),
            flow.to.clone(),
            value(flow.value),
            if flow.exposed { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table.notes = alluvial::notes(streams, MOST, REST, &value);
    table.notes.extend(exposed(input));
    table
}
