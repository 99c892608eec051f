//! Through whom sway reaches a body: patron, channel, client, body, from left to right.
//!
//! The width of a stream is its share in what the bodies decide. A stream keeps the hue and the
//! texture of its patron from end to end, so that a patron can be followed into each body.

use super::alluvial::{self, Stage, Stream, Streams};
use super::{Check, Frame, Picture, PictureError, note};
use crate::numbers;
use crate::svg::Drawing;
use crate::svg::palette::Hue;
use crate::table::{Column, Table};

/// A path of sway and its share.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// From whom it comes.
    pub patron: String,
    /// The channel through which it comes.
    pub channel: String,
    /// Who carries it into the body.
    pub client: String,
    /// The body that decides.
    pub body: String,
    /// Its share in what the bodies decide, from 0 to 1.
    pub share: f64,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The paths, in any order; paths between the same four are added up.
    pub flows: Vec<Flow>,
}

const NAME: &str = "sway-sankey";
const STAGES: [&str; 4] = ["patron", "channel", "client", "body"];

/// Draws the streams.
///
/// # Errors
/// If a share is not one.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, flow) in input.flows.iter().enumerate() {
        check.share(format_args!("flow {} ({})", place + 1, flow.patron), flow.share)?;
    }
    if input.flows.iter().all(|flow| flow.share <= 0.0) {
        return Ok(Picture::nothing(NAME, &input.title, "sway through others", head()));
    }
    let streams = streams(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: describe(&streams),
        wide: paint(&streams, Frame::Wide),
        narrow: paint(&streams, Frame::Narrow),
        table: table(input, &streams),
    })
}

fn streams(input: &Input) -> Streams {
    let names = |flow: &Flow| {
        [&flow.patron, &flow.channel, &flow.client, &flow.body]
            .map(String::as_str)
            .map(str::to_owned)
    };
    let mut stages: Vec<Stage> =
        STAGES.map(|name| Stage { name: name.to_owned(), nodes: Vec::new() }).into();
    let mut streams: Vec<Stream> = Vec::new();
    for flow in input.flows.iter().filter(|flow| flow.share > 0.0) {
        let stops = names(flow)
            .into_iter()
            .zip(&mut stages)
            .map(|(name, stage)| super::alluvial::node(stage, name))
            .collect();
        streams.push(Stream { stops, value: flow.share, hue: Hue::NEUTRAL, struck: false });
    }
    let mut streams = Streams { stages, streams };
    let sums = streams.through(0);
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]).then(a.cmp(b)));
    for stream in &mut streams.streams {
        let rank = order.iter().position(|patron| *patron == stream.stops[0]).unwrap_or(7);
        stream.hue = Hue::nth(rank);
    }
    streams
}

const MOST: (usize, usize) = (9, 5);

fn paint(streams: &Streams, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let (folded, notes) = streams.folded(frame.pick(MOST.0, MOST.1));
    let mut y = alluvial::draw(&mut canvas, frame, 0.0, &folded, &numbers::share);
    if !notes.is_empty() {
        y = note(&mut canvas, y, REST);
    }
    canvas.finish(y)
}

const REST: &str = "The small ones are drawn as one; the table has each.";

fn describe(streams: &Streams) -> String {
    let parts: Vec<String> = streams
        .stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            format!("By {}: {}", stage.name, alluvial::greatest(streams, place, 3, &numbers::share))
        })
        .collect();
    format!(
        "Streams from patrons through channels and clients into bodies, {} of what they decide. {}.",
        numbers::share(streams.total()),
        parts.join(". ")
    )
}

fn head() -> Table {
    Table::new(
        "Sway through others, in shares of what the bodies decide",
        STAGES.map(Column::words).into_iter().chain([Column::numbers("share")]).collect(),
    )
}

fn table(input: &Input, streams: &Streams) -> Table {
    let mut table = head();
    let mut flows: Vec<&Flow> = input.flows.iter().collect();
    flows.sort_by(|a, b| b.share.total_cmp(&a.share));
    for flow in flows {
        table.row([
            flow.patron.clone(),
            flow.channel.clone(),
            flow.client.clone(),
            flow.body.clone(),
            numbers::share(flow.share),
        ]);
    }
    table.notes = alluvial::notes(streams, MOST, REST, &numbers::share);
    table
}
