//! A quantile dotplot: a hundred dots, each one chance in a hundred, for any uncertain number.
//!
//! Where some runs had not ended when the window closed, their share stands apart at the right as
//! hollow dots; quantiles are taken over all runs, with those counted as later than any other.
//!
//! Reference: Kay, Kola, Hullman and Munson, *When (ish) is my bus?*, CHI 2016 (kay2016).

use super::axis;
use super::lines::{self, Line};
use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::palette::{Hue, Mark, Shape};
use crate::svg::scale::Scale;
use crate::svg::{Drawing, Type};
use crate::table::{Column, Table};

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What the number is: "days from election to confidence".
    pub unit: String,
    /// The number in every run that ended, in any order.
    pub values: Vec<f64>,
    /// How many runs had not ended when the window closed.
    pub unfinished: u64,
    /// What those runs are called: "no government by the end of the window".
    pub unfinished_label: String,
    /// Deadlines and past cases.
    pub lines: Vec<Line>,
}

const NAME: &str = "dotplot";
const DOTS: u64 = 100;

/// Draws the dotplot.
///
/// # Errors
/// If a number is not finite.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, value) in input.values.iter().enumerate() {
        check.number(format_args!("value {}", place + 1), *value)?;
    }
    for line in &input.lines {
        check.number(format_args!("line {}", line.label), line.at)?;
    }
    let dots = Dots::of(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: format!(
            "A hundred dots, each one chance in a hundred, for {}. {}",
            input.unit,
            dots.sentence()
        ),
        wide: dots.paint(Frame::Wide),
        narrow: dots.paint(Frame::Narrow),
        table: dots.table(),
    })
}

struct Dots<'a> {
    input: &'a Input,
    sorted: Vec<f64>,
    filled: Vec<f64>,
    hollow: u64,
}

impl Dots<'_> {
    fn of(input: &Input) -> Dots<'_> {
        let mut sorted = input.values.clone();
        sorted.sort_by(f64::total_cmp);
        let total = sorted.len() as u64 + input.unfinished;
        let hollow = (input.unfinished * DOTS + total / 2).checked_div(total).unwrap_or(0);
        let count = if sorted.is_empty() { 0 } else { DOTS - hollow };
        let filled = (0..count)
            .map(|dot| {
                let place = (dot as f64 + 0.5) / count as f64 * sorted.len() as f64;
                sorted[(place as usize).min(sorted.len() - 1)]
            })
            .collect();
        Dots { input, sorted, filled, hollow }
    }

    /// The value below which a share of all runs fall; none if that is beyond the window.
    fn quantile(&self, share: f64) -> Option<f64> {
        let total = self.sorted.len() as u64 + self.input.unfinished;
        // As everywhere else: the inverse of the empirical distribution function.
        let at = ((share * total as f64).ceil() as usize).max(1) - 1;
        self.sorted.get(at).copied()
    }

    fn quantile_words(&self, share: f64) -> String {
        self.quantile(share).map_or_else(|| "beyond the window".to_owned(), numbers::whole)
    }

    fn sentence(&self) -> String {
        if self.sorted.is_empty() && self.input.unfinished == 0 {
            return "No runs.".to_owned();
        }
        format!(
            "Median {}; 90% of runs from {} to {}.",
            self.quantile_words(0.5),
            self.quantile_words(0.05),
            self.quantile_words(0.95)
        )
    }

    fn hollow_words(&self) -> String {
        format!("{} in 100", self.hollow)
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let apart = if self.hollow > 0 { frame.pick(150.0, 96.0) } else { 0.0 };
        let right = frame.width() - apart - 12.0;
        let low = self.filled.first().copied().unwrap_or(0.0);
        let high = self.filled.last().copied().unwrap_or(1.0);
        let low = self.input.lines.iter().map(|line| line.at).fold(low, f64::min);
        let high = self.input.lines.iter().map(|line| line.at).fold(high, f64::max);
        let (scale, ticks) =
            Scale::nice((low, high), (12.0, right), frame.pick(8, 4), high - low > 4.0);
        let placed = lines::place(&self.input.lines, &scale, frame);
        let high = frame.pick(190.0, 150.0);
        let (size, points) = stack(&self.filled, &scale, high, frame.pick(15.0, 11.0));
        let tallest = points.iter().map(|point| point.1).fold(0.0, f64::max) + size;
        let floor = placed.head + tallest.max(60.0) + 8.0;
        lines::draw(&mut canvas, &placed, placed.head, floor);
        canvas.line((0.0, floor), (right + 12.0, floor), "w1 l-ink");
        let points: Vec<(f64, f64)> =
            points.iter().map(|(x, up)| (*x, floor - up - size / 2.0 - 1.0)).collect();
        canvas.dots(&points, size * 0.45, Mark { hue: Hue::nth(0), shape: Shape::Disc });
        for tick in &ticks {
            let x = scale.at(*tick);
            canvas.line((x, floor), (x, floor + 5.0), "w1 l-ink");
        }
        // The words beneath the unfinished runs stand on the same line.
        let end = if self.hollow > 0 { right + 14.0 } else { frame.width() };
        let words = axis::plain(&ticks);
        axis::write_before(end, &mut canvas, &scale, &ticks, floor + 19.0, words);
        let unit = Type::SMALL.wrap(&self.input.unit, right, 3);
        let mut foot = canvas.lines((0.0, floor + 39.0), &unit, 15.0, Type::SMALL);
        if self.hollow > 0 {
            foot = foot.max(self.paint_hollow(&mut canvas, frame, floor, size, apart));
        }
        let lines = Type::LABEL.wrap(&self.sentence(), frame.width(), 2);
        let foot = canvas.lines((0.0, foot + 22.0), &lines, 17.0, Type::LABEL);
        canvas.finish(foot + 8.0)
    }

    fn paint_hollow(
        &self,
        canvas: &mut crate::svg::Canvas,
        frame: Frame,
        floor: f64,
        size: f64,
        apart: f64,
    ) -> f64 {
        let left = frame.width() - apart + 10.0;
        let columns = (((apart - 14.0) / size).floor() as u64).max(1);
        // a block about as tall as it is wide, so that its area reads as the share it is
        let columns = columns.min(((self.hollow as f64).sqrt().ceil() as u64).max(3));
        let points: Vec<(f64, f64)> = (0..self.hollow)
            .map(|dot| {
                let (column, row) = (dot % columns, dot / columns);
                (left + (column as f64 + 0.5) * size, floor - (row as f64 + 0.5) * size - 1.0)
            })
            .collect();
        canvas.dots(&points, size * 0.45, Mark { hue: Hue::nth(0), shape: Shape::Ring });
        canvas.line((left - 2.0, floor), (frame.width(), floor), "w1 l-ink dash");
        canvas.text((left, floor + 19.0), &self.hollow_words(), Type::LABEL.bold());
        let words = Type::SMALL.wrap(&self.input.unfinished_label, apart - 10.0, 6);
        canvas.lines((left, floor + 35.0), &words, 14.0, Type::SMALL)
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            format!("{}. {}", self.input.unit, self.sentence()),
            vec![Column::words("Share of runs"), Column::numbers("at or below")],
        );
        for (words, share) in [
            ("5%", 0.05),
            ("10%", 0.10),
            ("25%", 0.25),
            ("50% (the median)", 0.5),
            ("75%", 0.75),
            ("90%", 0.90),
            ("95%", 0.95),
        ] {
            table.row([words.to_owned(), self.quantile_words(share)]);
        }
        for line in &self.input.lines {
            let by = self.sorted.partition_point(|value| *value <= line.at) as f64;
            let total = (self.sorted.len() as u64 + self.input.unfinished).max(1) as f64;
            table.row([numbers::percent(by / total), line.words()]);
        }
        if self.hollow > 0 {
            table.row([self.hollow_words(), self.input.unfinished_label.clone()]);
        }
        table
    }
}

/// Stacks dots over the axis: the greatest size, up to `widest`, at which the tallest stack fits
/// `room`. Gives the size and, for each dot, its x and its height above the axis.
fn stack(values: &[f64], scale: &Scale, room: f64, widest: f64) -> (f64, Vec<(f64, f64)>) {
    let mut size = widest;
    loop {
        let mut points = Vec::with_capacity(values.len());
        let (mut last, mut count, mut tallest) = (f64::NEG_INFINITY, 0u32, 0u32);
        for value in values {
            let bin = (scale.at(*value) / size).floor();
            if bin == last {
                count += 1;
            } else {
                (last, count) = (bin, 0);
            }
            tallest = tallest.max(count + 1);
            points.push(((bin + 0.5) * size, f64::from(count) * size));
        }
        if f64::from(tallest) * size <= room || size <= 1.5 {
            return (size, points);
        }
        size -= 0.25;
    }
}
