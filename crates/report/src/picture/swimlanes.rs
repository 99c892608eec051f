//! What happened, lane by lane: ticks for events, bars for what lasted, lines for deadlines.
//!
//! A lane is an actor or a channel. A tick is the fainter the fewer independent sources report the
//! event. Where ticks would run together the lane counts them in equal spans of time instead. The
//! best-sourced events carry their words where there is room; the table has every one.

mod marks;

use marks::{counts, is_crowded, key, ticks};

use super::calendar::{calendar, day, written};
use super::lines::{self, LineKind};
use super::{Check, Frame, Picture, PictureError, note};
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

/// What lasted from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// In which lane.
    pub lane: usize,
    /// What.
    pub label: String,
}

/// A day by which something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub date: Date,
    /// What is due.
    pub label: String,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the lanes, from the top.
    pub lanes: Vec<String>,
    /// The events, in any order.
    pub events: Vec<Event>,
    /// What lasted, in any order.
    pub intervals: Vec<Interval>,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
}

const NAME: &str = "swimlanes";
const LANES: usize = 16;
const SOURCES: [&str; 3] = ["one source", "two", "three or more"];

/// Draws the lanes.
///
/// # Errors
/// If a lane is not in the list, or an interval ends before it begins.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for event in &input.events {
        check.listed(format_args!("event of {}", event.date), event.lane, input.lanes.len())?;
    }
    for interval in &input.intervals {
        let place = format!("interval from {}", interval.from);
        check.listed(&place, interval.lane, input.lanes.len())?;
        check.order(&place, interval.from, interval.to)?;
    }
    if input.events.is_empty() && input.intervals.is_empty() && input.deadlines.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "dated events", head()));
    }
    let lanes = Lanes::of(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: lanes.describe(),
        wide: lanes.paint(Frame::Wide),
        narrow: lanes.paint(Frame::Narrow),
        table: lanes.table(),
    })
}

struct Lanes<'a> {
    input: &'a Input,
    /// The lanes drawn, from the top.
    drawn: Vec<usize>,
    first: Date,
    last: Date,
}

impl Lanes<'_> {
    fn of(input: &Input) -> Lanes<'_> {
        let mut counts = vec![0usize; input.lanes.len()];
        for lane in
            input.events.iter().map(|e| e.lane).chain(input.intervals.iter().map(|i| i.lane))
        {
            counts[lane] += 1;
        }
        let mut order: Vec<usize> = (0..counts.len()).filter(|lane| counts[*lane] > 0).collect();
        order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(a.cmp(b)));
        order.truncate(LANES);
        order.sort_unstable();
        let dates = || {
            let events = input.events.iter().map(|event| event.date);
            let ends = input.intervals.iter().flat_map(|span| [span.from, span.to]);
            events.chain(ends).chain(input.deadlines.iter().map(|deadline| deadline.date))
        };
        let (first, last) = (dates().min().unwrap_or_default(), dates().max().unwrap_or_default());
        Lanes { input, drawn: order, first, last }
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let names = Type::LABEL;
        let room = self
            .drawn
            .iter()
            .map(|lane| names.width(&self.input.lanes[*lane]))
            .fold(0.0, f64::max)
            .min(150.0);
        let (left, right) = (frame.pick(room + 20.0, 8.0), frame.width() - frame.pick(14.0, 10.0));
        let scale = Scale::new((day(self.first), day(self.last)), (left, right));
        let deadlines: Vec<(f64, String, LineKind)> = self
            .input
            .deadlines
            .iter()
            .map(|line| (day(line.date), deadline_words(line), LineKind::Deadline))
            .collect();
        let placed = lines::place_words(&deadlines, &scale, frame);
        let top = if deadlines.is_empty() { 4.0 } else { placed.head + 16.0 };
        let heights = self.drawn.iter().map(|lane| self.height(*lane, frame, room)).sum::<f64>();
        let foot = top + heights;
        let ticks = calendar(day(self.first), day(self.last), frame.pick(6, 3));
        for (at, _) in &ticks {
            canvas.line((scale.at(*at), top), (scale.at(*at), foot), "w1 l-rule");
        }
        let drawn_deadlines = placed;
        lines::draw(&mut canvas, &drawn_deadlines, top - 2.0, foot);
        let mut y = top;
        for (place, lane) in self.drawn.iter().enumerate() {
            if place > 0 {
                canvas.line((0.0, y), (frame.width(), y), "w1 l-rule");
            }
            y += self.lane(&mut canvas, frame, *lane, &scale, y, room);
        }
        canvas.line((left, foot), (right, foot), "w1 l-ink");
        let mut end = f64::NEG_INFINITY;
        for (at, words) in &ticks {
            let half = Type::TICK.width(words) / 2.0;
            let x = scale.at(*at).clamp(half, frame.width() - half);
            if x - half > end + 8.0 {
                canvas.text((x, foot + 17.0), words, Type::TICK.middle());
                end = x + half;
            }
        }
        let mut y = foot + 40.0;
        if ticks.is_empty() {
            let words = format!("{} to {}", written(self.first), written(self.last));
            canvas.text((left, foot + 17.0), &words, Type::TICK);
        }
        if !self.input.events.is_empty() {
            y = key(&mut canvas, y) + 22.0;
        }
        for words in self.remarks(frame) {
            y = note(&mut canvas, y - 12.0, &words) + 8.0;
        }
        canvas.finish(y - 6.0)
    }

    fn height(&self, lane: usize, frame: Frame, room: f64) -> f64 {
        let lines = Type::LABEL.wrap(&self.input.lanes[lane], room + 1.0, 3).len() as f64;
        let bars = self.bars(lane).1 as f64 * 19.0;
        let events = self.input.events.iter().any(|event| event.lane == lane);
        let marks = bars + if events { 42.0 } else { 8.0 };
        match frame {
            Frame::Wide => marks.max(lines * 15.0 + 10.0),
            Frame::Narrow => marks + 20.0,
        }
    }

    /// The intervals of a lane, each with its level, and how many levels there are.
    fn bars(&self, lane: usize) -> (Vec<(&Interval, usize)>, usize) {
        let mut spans: Vec<&Interval> =
            self.input.intervals.iter().filter(|span| span.lane == lane).collect();
        spans.sort_by(|a, b| (a.from, a.to, &a.label).cmp(&(b.from, b.to, &b.label)));
        let mut ends: Vec<Date> = Vec::new();
        let mut placed = Vec::new();
        for span in spans {
            let free = ends.iter().position(|end| *end < span.from);
            let level = free.unwrap_or(ends.len());
            match free {
                Some(level) => ends[level] = span.to,
                None if ends.len() < BARS => ends.push(span.to),
                None => continue,
            }
            placed.push((span, level));
        }
        (placed, ends.len())
    }

    /// One lane. Gives its height.
    fn lane(
        &self,
        canvas: &mut Canvas,
        frame: Frame,
        lane: usize,
        scale: &Scale,
        top: f64,
        room: f64,
    ) -> f64 {
        let height = self.height(lane, frame, room);
        let name = &self.input.lanes[lane];
        let mut y = top + 5.0;
        match frame {
            Frame::Wide => {
                let lines = Type::LABEL.wrap(name, room + 1.0, 3);
                let from = top + height / 2.0 + 4.5 - 7.5 * (lines.len() as f64 - 1.0);
                canvas.lines((0.0, from), &lines, 15.0, Type::LABEL);
            }
            Frame::Narrow => {
                let kind = Type::LABEL.bold().halo();
                canvas.text((0.0, top + 16.0), &kind.fit(name, frame.width()), kind);
                y += 20.0;
            }
        }
        let (bars, levels) = self.bars(lane);
        let mut ends = vec![f64::NEG_INFINITY; levels];
        for (span, level) in &bars {
            let (from, to) = (scale.at(day(span.from)), scale.at(day(span.to)));
            let at = y + *level as f64 * 19.0;
            canvas.rect((from, at), ((to - from).max(2.0), 15.0), "f-c4 q1");
            let next = bars
                .iter()
                .filter(|(other, on)| on == level && other.from > span.to)
                .map(|(other, _)| scale.at(day(other.from)))
                .fold(frame.width(), f64::min);
            let start = from.max(ends[*level]) + 4.0;
            let words = Type::SMALL.fit(&span.label, next - start - 4.0);
            if words.chars().count() > 3 || words == span.label {
                canvas.text((start, at + 12.0), &words, Type::SMALL.halo());
                ends[*level] = start + Type::SMALL.width(&words);
            }
        }
        let mut events: Vec<&Event> =
            self.input.events.iter().filter(|event| event.lane == lane).collect();
        if events.is_empty() {
            return height;
        }
        y += levels as f64 * 19.0;
        events.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
        if is_crowded(&events, scale) {
            counts(canvas, &events, scale, y);
        } else {
            ticks(canvas, &events, scale, y);
        }
        height
    }

    fn remarks(&self, frame: Frame) -> Vec<String> {
        let (left, right) = frame.pick((170.0, 706.0), (8.0, 330.0));
        let scale = Scale::new((day(self.first), day(self.last)), (left, right));
        let crowded = self.drawn.iter().any(|lane| {
            let events: Vec<&Event> =
                self.input.events.iter().filter(|event| event.lane == *lane).collect();
            is_crowded(&events, &scale)
        });
        let mut lines = Vec::new();
        if crowded {
            lines.push(COUNTED.to_owned());
        }
        let used = (0..self.input.lanes.len())
            .filter(|lane| {
                self.input.events.iter().any(|event| event.lane == *lane)
                    || self.input.intervals.iter().any(|span| span.lane == *lane)
            })
            .count();
        if used > self.drawn.len() {
            let left = numbers::counted(used - self.drawn.len(), "more lane", "more lanes");
            lines.push(format!("… {left} in the table"));
        }
        lines
    }

    fn describe(&self) -> String {
        format!(
            "{}, {} and {} in {} from {} to {}.",
            numbers::counted(self.input.events.len(), "dated event", "dated events"),
            numbers::counted(self.input.intervals.len(), "interval", "intervals"),
            numbers::counted(self.input.deadlines.len(), "deadline", "deadlines"),
            numbers::counted(self.input.lanes.len(), "lane", "lanes"),
            written(self.first),
            written(self.last)
        )
    }

    fn table(&self) -> Table {
        let mut rows: Vec<(Date, [String; 5])> = Vec::new();
        for event in &self.input.events {
            let lane = self.input.lanes[event.lane].clone();
            let sources = numbers::whole(f64::from(event.sources));
            let row = [written(event.date), String::new(), lane, event.label.clone(), sources];
            rows.push((event.date, row));
        }
        for span in &self.input.intervals {
            let lane = self.input.lanes[span.lane].clone();
            let ends = [written(span.from), written(span.to)];
            let [from, to] = ends;
            rows.push((span.from, [from, to, lane, span.label.clone(), String::new()]));
        }
        for line in &self.input.deadlines {
            let row = [written(line.date), String::new(), "deadline".to_owned()];
            let [date, to, lane] = row;
            rows.push((line.date, [date, to, lane, line.label.clone(), String::new()]));
        }
        rows.sort();
        let mut table = head();
        for (_, row) in rows {
            table.row(row);
        }
        table.marks.push(format!("Ticks are fainter for fewer sources: {}.", SOURCES.join(", ")));
        table.notes.extend(self.input.deadlines.iter().map(deadline_words));
        for frame in [Frame::Wide, Frame::Narrow] {
            for line in self.remarks(frame) {
                if !table.marks.contains(&line) {
                    table.marks.push(line);
                }
            }
        }
        table
    }
}

/// How many intervals may lie above one another in a lane; the table has the rest.
const BARS: usize = 4;
const COUNTED: &str = "Where events are too close, squares count them: the darker, the more.";

fn deadline_words(line: &Deadline) -> String {
    format!("{}, {}", line.label, written(line.date))
}

fn head() -> Table {
    Table::new(
        "Dated events, what lasted, and deadlines",
        vec![
            Column::words("Date"),
            Column::words("Until"),
            Column::words("Lane"),
            Column::words("Event"),
            Column::numbers("Independent sources"),
        ],
    )
}
