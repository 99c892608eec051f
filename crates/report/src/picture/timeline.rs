//! What happened: dated events in lanes, numbered, with the list of them beneath.
//!
//! A lane is an actor or a channel. Events close in time stand above one another in their lane. An
//! event reported by one source alone is drawn hollow.

pub use super::calendar::written;
use super::calendar::{calendar, day};
use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};
use jiff::civil::Date;

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub date: Date,
    /// In which lane.
    pub lane: usize,
    /// What.
    pub label: String,
    /// How many independent sources report it.
    pub sources: u32,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the lanes.
    pub lanes: Vec<String>,
    /// The events, in any order.
    pub events: Vec<Event>,
}

const NAME: &str = "timeline";
const SHOWN: usize = 30;

/// Draws the timeline.
///
/// # Errors
/// If an event's lane is not in the list.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    for event in &input.events {
        if event.lane >= input.lanes.len() {
            return Err(PictureError {
                picture: NAME,
                place: format!("event of {}", event.date),
                fault: format!("lane {} is not in the list of {}", event.lane, input.lanes.len()),
                fix: "give places counted from 0",
            });
        }
        Check(NAME).number(event.date, day(event.date))?;
    }
    let mut events: Vec<&Event> = input.events.iter().collect();
    events.sort_by(|a, b| (a.date, a.lane, &a.label).cmp(&(b.date, b.lane, &b.label)));
    let line = Lanes { input, events };
    if input.events.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "dated events", line.table()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: line.describe(),
        wide: line.paint(Frame::Wide),
        narrow: line.paint(Frame::Narrow),
        table: line.table(),
    })
}

struct Lanes<'a> {
    input: &'a Input,
    events: Vec<&'a Event>,
}

impl Lanes<'_> {
    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let shown = &self.events[..self.events.len().min(SHOWN)];
        let used: Vec<usize> = (0..self.input.lanes.len())
            .filter(|lane| shown.iter().any(|event| event.lane == *lane))
            .collect();
        let names = Type::LABEL;
        let room = used
            .iter()
            .map(|lane| names.width(&self.input.lanes[*lane]))
            .fold(0.0, f64::max)
            .min(frame.pick(170.0, 96.0));
        let (left, right) = (room + 24.0, frame.width() - 12.0);
        let first = shown.first().map_or(0.0, |event| day(event.date));
        let last = shown.last().map_or(1.0, |event| day(event.date));
        let scale = Scale::new((first, last), (left, right));
        let top = 4.0;
        let mut scratch = frame.canvas();
        let foot =
            used.iter().fold(top, |y, lane| self.lane(&mut scratch, shown, *lane, &scale, y, room));
        for (at, words) in &calendar(first, last, frame.pick(7, 3)) {
            let x = scale.at(*at);
            canvas.line((x, top), (x, foot + 4.0), "w1 l-rule dot");
            let half = Type::TICK.width(words) / 2.0;
            let x = x.clamp(half, frame.width() - half);
            canvas.text((x, foot + 18.0), words, Type::TICK.middle());
        }
        let mut y = top;
        for lane in &used {
            y = self.lane(&mut canvas, shown, *lane, &scale, y, room);
        }
        y += 44.0;
        for (index, event) in shown.iter().enumerate() {
            let date = written(event.date);
            let number = numbers::whole(index as f64 + 1.0);
            canvas.text((18.0, y), &number, Type::SMALL.bold().end());
            canvas.text((28.0, y), &date, Type::SMALL);
            let start = 28.0 + Type::SMALL.width("30 May 2000") + 12.0;
            let lines = Type::LABEL.wrap(&event.label, frame.width() - start, 3);
            y = canvas.lines((start, y), &lines, 16.0, Type::LABEL).max(y) + 20.0;
        }
        if let Some(more) = self.more() {
            canvas.text((28.0, y), &more, Type::SMALL);
            y += 18.0;
        }
        canvas.finish(y - 10.0)
    }

    /// One lane. Gives the y at its foot.
    fn lane(
        &self,
        canvas: &mut Canvas,
        shown: &[&Event],
        lane: usize,
        scale: &Scale,
        top: f64,
        room: f64,
    ) -> f64 {
        let mut levels: Vec<f64> = Vec::new();
        let mut marks = Vec::new();
        for (index, event) in shown.iter().enumerate().filter(|(_, event)| event.lane == lane) {
            let x = scale.at(day(event.date));
            let level = levels.iter().position(|end| x - end >= 21.0).unwrap_or(levels.len());
            if level == levels.len() {
                levels.push(x);
            } else {
                levels[level] = x;
            }
            marks.push((x, level, index, event.sources));
        }
        let lines = Type::LABEL.wrap(&self.input.lanes[lane], room + 1.0, 3);
        let height =
            (levels.len().max(1) as f64 * 22.0 + 12.0).max(lines.len() as f64 * 15.0 + 8.0);
        let foot = top + height;
        let middle = top + height / 2.0;
        let baseline = middle + 4.5 - 7.5 * (lines.len() as f64 - 1.0);
        canvas.lines((0.0, baseline), &lines, 15.0, Type::LABEL);
        canvas.line((0.0, foot), (canvas.width(), foot), "w1 l-rule");
        for (x, level, index, sources) in marks {
            let y = middle + (levels.len() as f64 - 1.0) * 11.0 - level as f64 * 22.0;
            let class = if sources > 1 { "f-ink" } else { "f-paper l-ink w1" };
            canvas.circle((x, y), 9.5, class);
            let words = numbers::whole(index as f64 + 1.0);
            let class = if sources > 1 { "f-paper" } else { "f-ink" };
            let kind = Type { size: 11.0, ..Type::LABEL }.bold().middle();
            canvas.text_in((x, y + 4.0), &words, kind, class);
        }
        foot
    }

    fn more(&self) -> Option<String> {
        let left = self.events.len().saturating_sub(SHOWN);
        (left > 0).then(|| format!("… {} more in the table", numbers::whole(left as f64)))
    }

    fn describe(&self) -> String {
        let ends = match (self.events.first(), self.events.last()) {
            (Some(first), Some(last)) => {
                format!("from {} to {}", written(first.date), written(last.date))
            }
            _ => "none".to_owned(),
        };
        format!("{} dated events in {} lanes, {ends}.", self.events.len(), self.input.lanes.len())
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            "Dated events",
            vec![
                Column::numbers("No."),
                Column::words("Date"),
                Column::words("Lane"),
                Column::words("Event"),
                Column::numbers("Independent sources"),
            ],
        );
        for (index, event) in self.events.iter().enumerate() {
            table.row([
                numbers::whole(index as f64 + 1.0),
                written(event.date),
                self.input.lanes[event.lane].clone(),
                event.label.clone(),
                numbers::whole(f64::from(event.sources)),
            ]);
        }
        if self.events.iter().any(|event| event.sources <= 1) {
            table.marks.push("Hollow marks are reported by one source alone.".to_owned());
        }
        table.marks.extend(self.more());
        table
    }
}
