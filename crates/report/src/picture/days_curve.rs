//! The share of runs in which something has not yet happened, day by day, with the deadlines.
//!
//! A step curve over all runs (the empirical survival function); runs that had not ended when the
//! window closed hold the curve up at its right end.

use super::axis;
use super::lines::{self, Line, LineKind};
use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Drawing, Type};
use crate::table::{Column, Table};

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What is counted along the axis: "days after the election".
    pub unit: String,
    /// What has not yet happened: "no government yet".
    pub waiting: String,
    /// The day in every run that ended, in any order.
    pub days: Vec<f64>,
    /// How many runs had not ended when the window closed.
    pub unfinished: u64,
    /// The last day of the window.
    pub window: f64,
    /// Deadlines and past cases.
    pub lines: Vec<Line>,
}

const NAME: &str = "days-curve";
/// Readings nearer to one another than this, across and up, cannot be told apart.
const NEAR: f64 = 38.0;

/// Draws the curve.
///
/// # Errors
/// If a number is not finite.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    check.number("window", input.window)?;
    for (place, day) in input.days.iter().enumerate() {
        check.number(format_args!("day {}", place + 1), *day)?;
    }
    for line in &input.lines {
        check.number(format_args!("line {}", line.label), line.at)?;
    }
    let mut sorted = input.days.clone();
    sorted.sort_by(f64::total_cmp);
    let curve = Curve { input, sorted };
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: curve.describe(),
        wide: curve.paint(Frame::Wide),
        narrow: curve.paint(Frame::Narrow),
        table: curve.table(),
    })
}

struct Curve<'a> {
    input: &'a Input,
    sorted: Vec<f64>,
}

impl Curve<'_> {
    fn total(&self) -> f64 {
        (self.sorted.len() as u64 + self.input.unfinished).max(1) as f64
    }

    /// The share of runs still waiting after a day.
    fn waiting(&self, day: f64) -> f64 {
        1.0 - self.sorted.partition_point(|value| *value <= day) as f64 / self.total()
    }

    fn describe(&self) -> String {
        let steps: Vec<String> = self
            .input
            .lines
            .iter()
            .map(|line| format!("{}: {}", line.words(), numbers::percent(self.waiting(line.at))))
            .collect();
        format!(
            "Share of runs with {} against {}, falling from the left. {}. At the end of the \
             window: {}.",
            self.input.waiting,
            self.input.unit,
            steps.join("; "),
            numbers::percent(self.waiting(self.input.window))
        )
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let (left, right) = (44.0, frame.width() - 14.0);
        let end = self.sorted.last().copied().unwrap_or(0.0).max(self.input.window);
        let end = self.input.lines.iter().map(|line| line.at).fold(end, f64::max);
        let start = self.sorted.first().copied().unwrap_or(0.0).min(0.0);
        let start = self.input.lines.iter().map(|line| line.at).fold(start, f64::min);
        let (nice, ticks) =
            Scale::nice((start, end), (left, right), frame.pick(8, 4), end - start > 4.0);
        let across = Scale::new((nice.ends().0, end), (left, right));
        let placed = lines::place(&self.input.lines, &across, frame);
        let words =
            Type::SMALL.fit(&format!("share of runs with {}", self.input.waiting), frame.width());
        canvas.text((0.0, 12.0), &words, Type::SMALL);
        let top = placed.head + 44.0;
        let floor = top + frame.pick(230.0, 190.0);
        let up = Scale::new((0.0, 1.0), (floor, top));
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = up.at(share);
            let class = if share == 0.0 { "w1 l-ink" } else { "w1 l-rule" };
            canvas.line((left, y), (right, y), class);
            let label = format!("{}%", numbers::whole(share * 100.0));
            canvas.text((left - 8.0, y + 4.0), &label, Type::TICK.end());
        }
        let points = self.points(&across, &up);
        let mut area = points.clone();
        area.push((right, floor));
        area.push((left, floor));
        let commands: Vec<String> = area
            .iter()
            .map(|(x, y)| format!("{} {}", crate::svg::at(*x), crate::svg::at(*y)))
            .collect();
        canvas.path(&format!("M{}Z", commands.join("L")), "wash");
        lines::draw(&mut canvas, &placed, top - 22.0, floor);
        canvas.polyline(&points, "w2 l-c0");
        self.paint_readings(&mut canvas, &across, &up, floor);
        let ticks: Vec<f64> = ticks.into_iter().filter(|tick| *tick <= end).collect();
        for tick in &ticks {
            let x = across.at(*tick);
            canvas.line((x, floor), (x, floor + 5.0), "w1 l-ink");
        }
        axis::write(&mut canvas, &across, &ticks, floor + 19.0, axis::plain(&ticks));
        let unit = Type::SMALL.fit(&self.input.unit, right - left);
        canvas.text((left, floor + 38.0), &unit, Type::SMALL);
        canvas.finish(floor + 46.0)
    }

    /// A dot where the curve meets each line, and its share: at the window's end first, then at
    /// deadlines, then at past cases. A share too near another is left to the table.
    fn paint_readings(
        &self,
        canvas: &mut crate::svg::Canvas,
        across: &Scale,
        up: &Scale,
        floor: f64,
    ) {
        let kind = Type::LABEL.bold().halo();
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        let mut told: Vec<(f64, f64)> = Vec::new();
        let of = |kind: LineKind| {
            self.input.lines.iter().filter(move |line| line.kind == kind).map(|line| line.at)
        };
        let lines = of(LineKind::Deadline).chain(of(LineKind::Past));
        for day in std::iter::once(self.input.window).chain(lines) {
            let share = self.waiting(day);
            let (x, y) = (across.at(day), up.at(share));
            canvas.circle((x, y), 4.0, "f-ink");
            if told.iter().any(|(a, b)| (x - a).abs() < NEAR && (y - b).abs() < NEAR) {
                continue;
            }
            let words = numbers::short_percent(share);
            let wide = kind.width(&words);
            let start = if x + 8.0 + wide > canvas.width() { x - 8.0 - wide } else { x + 8.0 };
            // Beneath the floor stand the days.
            let clear = |at: f64| {
                at < floor - 3.0
                    && taken.iter().all(|(from, to, other)| {
                        start > *to || start + wide < *from || (at - other).abs() > 15.0
                    })
            };
            if let Some(at) = [y - 7.0, y + 17.0].into_iter().find(|at| clear(*at)) {
                told.push((x, y));
                canvas.text((start, at), &words, kind);
                taken.push((start, start + wide, at));
            }
        }
    }

    /// The steps of the curve, at most some four hundred.
    fn points(&self, across: &Scale, up: &Scale) -> Vec<(f64, f64)> {
        let (first, last) = across.ends();
        let mut days: Vec<f64> = self.sorted.clone();
        days.dedup();
        let every = days.len().div_ceil(400).max(1);
        let mut points = vec![(across.at(first), up.at(1.0))];
        let mut before = 1.0;
        for day in days.iter().step_by(every) {
            let share = self.waiting(*day);
            points.push((across.at(*day), up.at(before)));
            points.push((across.at(*day), up.at(share)));
            before = share;
        }
        points.push((across.at(last), up.at(self.waiting(last))));
        points
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            format!("share of runs with {}, by {}", self.input.waiting, self.input.unit),
            vec![
                Column::words(self.input.unit.clone()),
                Column::numbers(self.input.waiting.clone()),
            ],
        );
        for tenth in 0..10 {
            let day = (self.input.window * f64::from(tenth) / 10.0).round();
            self.reading(&mut table, numbers::whole(day), day);
        }
        self.reading(&mut table, numbers::whole(self.input.window), self.input.window);
        for line in &self.input.lines {
            self.reading(&mut table, line.words(), line.at);
        }
        table
    }

    fn reading(&self, table: &mut Table, words: String, day: f64) {
        let share = self.waiting(day);
        table.row([words, numbers::short_percent(share)]);
    }
}
