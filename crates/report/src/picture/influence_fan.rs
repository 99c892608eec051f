//! Is influence rising? The mean and its bands over dates, with the evidence beneath.
//!
//! The pale band holds 90 % of the draws, the darker one half of them. Where nothing is known for
//! a date the bands break and the gap is hatched: nothing is drawn across it. Under the axis
//! stands a tick for each dated piece of evidence, so that a rise with no evidence shows itself.

use super::calendar::{calendar, day, written};
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};
use jiff::civil::Date;

/// What is known of a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The date.
    pub date: Date,
    /// The estimate; none where nothing is known.
    pub spread: Option<Spread>,
}

/// A dated piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its date.
    pub date: Date,
    /// What it says.
    pub label: String,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What is measured, of whom and over what: "share of sway over the assembly".
    pub unit: String,
    /// Whether the numbers are shares, said as percentages.
    pub shares: bool,
    /// The estimates, in any order of dates.
    pub points: Vec<Point>,
    /// The evidence, in any order.
    pub evidence: Vec<Evidence>,
}

const NAME: &str = "influence-fan";
const NO_EVIDENCE: &str = "no estimate";

/// Draws the fan.
///
/// # Errors
/// If a number is not finite, or an interval is not in order.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for point in &input.points {
        if let Some(spread) = &point.spread {
            check.spread(format_args!("estimate of {}", point.date), spread)?;
        }
    }
    let mut points: Vec<&Point> = input.points.iter().collect();
    points.sort_by_key(|point| point.date);
    points.dedup_by_key(|point| point.date);
    let fan = Fan { input, points };
    if fan.points.iter().all(|point| point.spread.is_none()) {
        return Ok(Picture::nothing(NAME, &input.title, "estimate of any date", fan.head()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: fan.describe(),
        wide: fan.paint(Frame::Wide),
        narrow: fan.paint(Frame::Narrow),
        table: fan.table(),
    })
}

struct Fan<'a> {
    input: &'a Input,
    /// The estimates by date.
    points: Vec<&'a Point>,
}

impl Fan<'_> {
    fn value(&self, value: f64) -> String {
        if self.input.shares { numbers::share(value) } else { numbers::decimal(value, 2) }
    }

    fn range(&self, low: f64, high: f64) -> String {
        let (low, high) = (self.value(low), self.value(high));
        if low == high {
            low
        } else if low.starts_with('−') || high.starts_with('−') {
            format!("{low} to {high}")
        } else {
            format!("{}–{high}", low.trim_end_matches('%'))
        }
    }

    fn known(&self) -> impl DoubleEndedIterator<Item = (Date, Spread)> + '_ {
        self.points.iter().filter_map(|point| Some((point.date, point.spread?)))
    }

    /// Runs of estimates with no gap between them.
    fn pieces(&self) -> Vec<Vec<(Date, Spread)>> {
        let mut pieces: Vec<Vec<(Date, Spread)>> = vec![Vec::new()];
        for point in &self.points {
            match (point.spread, pieces.last_mut()) {
                (Some(spread), Some(piece)) => piece.push((point.date, spread)),
                (None, Some(piece)) if !piece.is_empty() => pieces.push(Vec::new()),
                _ => {}
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let unit = Type::SMALL.wrap(&self.input.unit, frame.width(), 2);
        let above = canvas.lines((0.0, 12.0), &unit, 16.0, Type::SMALL);
        let last = self.known().next_back();
        let words = last.map_or_else(Default::default, |(_, spread)| {
            [self.value(spread.middle()), self.range(spread.low, spread.high)]
        });
        let kinds = [Type::LABEL.bold(), Type::SMALL];
        let tail =
            words.iter().zip(kinds).map(|(words, kind)| kind.width(words)).fold(0.0, f64::max);
        let low = self.known().map(|(_, spread)| spread.low).fold(f64::INFINITY, f64::min);
        let high = self.known().map(|(_, spread)| spread.high).fold(f64::NEG_INFINITY, f64::max);
        let low = if low > 0.0 && low < 0.6 * high { 0.0 } else { low };
        let top = above + 16.0;
        let floor = top + frame.pick(230.0, 190.0);
        let (up, ticks) = Scale::nice((low, high), (floor, top), 5, false);
        let labels: Vec<String> = ticks.iter().map(|tick| self.value(*tick)).collect();
        let room = labels.iter().map(|label| Type::TICK.width(label)).fold(0.0, f64::max);
        let (left, right) = (room.min(90.0) + 10.0, frame.width() - tail.min(120.0) - 12.0);
        let dates =
            || self.points.iter().map(|p| p.date).chain(self.input.evidence.iter().map(|e| e.date));
        let first = dates().min().unwrap_or_default();
        let end = dates().max().unwrap_or_default();
        let across = Scale::new((day(first), day(end)), (left, right));
        for (tick, label) in ticks.iter().zip(&labels) {
            let y = up.at(*tick);
            canvas.line((left, y), (right, y), "w1 l-rule");
            canvas.text(
                (left - 8.0, y + 4.0),
                &Type::TICK.fit(label, left - 8.0),
                Type::TICK.end(),
            );
        }
        self.gaps(&mut canvas, &across, top, floor);
        for piece in self.pieces() {
            bands(&mut canvas, &piece, &across, &up);
        }
        if let Some((date, spread)) = last {
            let (x, y) = (across.at(day(date)), up.at(spread.middle()));
            canvas.circle((x, y), 4.0, "f-ink");
            // the last estimate may lie well before the last of the evidence
            let y = y.clamp(top + 6.0, floor - 20.0);
            canvas.text((right + 10.0, y + 4.5), &kinds[0].fit(&words[0], 120.0), kinds[0]);
            canvas.text((right + 10.0, y + 20.5), &kinds[1].fit(&words[1], 120.0), kinds[1]);
        }
        canvas.line((left, floor), (right, floor), "w1 l-ink");
        let foot = self.evidence(&mut canvas, &across, floor, right);
        dates_beneath(&mut canvas, &across, (first, end), foot, frame.pick(6, 3));
        canvas.finish(foot + 22.0)
    }

    /// Hatches what lies between two pieces.
    fn gaps(&self, canvas: &mut Canvas, across: &Scale, top: f64, floor: f64) {
        let pieces = self.pieces();
        for pair in pieces.windows(2) {
            let (Some(before), Some(after)) = (pair[0].last(), pair[1].first()) else {
                continue;
            };
            let (from, to) = (across.at(day(before.0)) + 3.0, across.at(day(after.0)) - 3.0);
            canvas.hatched((from, top), (to - from, floor - top), "hatch");
            if to - from > Type::SMALL.width(NO_EVIDENCE) + 8.0 {
                let at = ((from + to) / 2.0, floor - 10.0);
                canvas.text(at, NO_EVIDENCE, Type::SMALL.halo().middle());
            }
        }
    }

    /// The ticks under the axis. Gives the y at their foot.
    fn evidence(&self, canvas: &mut Canvas, across: &Scale, floor: f64, right: f64) -> f64 {
        if self.input.evidence.is_empty() {
            return floor;
        }
        for one in &self.input.evidence {
            let x = across.at(day(one.date));
            canvas.line((x, floor + 6.0), (x, floor + 18.0), "w2 l-ink pale");
        }
        let words = self.counted();
        let room = canvas.width() - right - 10.0;
        let lines = Type::SMALL.wrap(&words, room.max(30.0), 2);
        if room >= 60.0 {
            canvas.lines((right + 10.0, floor + 16.0), &lines, 14.0, Type::SMALL);
            return floor + if lines.len() > 1 { 32.0 } else { 20.0 };
        }
        canvas.text((0.0, floor + 33.0), &Type::SMALL.fit(&words, canvas.width()), Type::SMALL);
        floor + 38.0
    }

    fn counted(&self) -> String {
        numbers::counted(self.input.evidence.len(), "piece of evidence", "pieces of evidence")
    }

    fn describe(&self) -> String {
        let said = |at: Option<(Date, Spread)>| {
            at.map_or_else(String::new, |(date, spread)| {
                let (mean, range) =
                    (self.value(spread.middle()), self.range(spread.low, spread.high));
                format!("{mean} ({range}) on {}", written(date))
            })
        };
        let gaps = self.pieces().len() - 1;
        let gaps = match gaps {
            0 => String::new(),
            _ => format!(" {} without an estimate.", numbers::counted(gaps, "gap", "gaps")),
        };
        format!(
            "{}: {} at first, {} at last.{gaps} {} under the axis.",
            self.input.unit,
            said(self.known().next()),
            said(self.known().next_back()),
            self.counted()
        )
    }

    fn head(&self) -> Table {
        Table::new(
            self.input.unit.clone(),
            vec![
                Column::words("Date"),
                Column::numbers("mean"),
                Column::numbers("90% of draws"),
                Column::numbers("half of draws"),
                Column::words("Evidence"),
            ],
        )
    }

    fn table(&self) -> Table {
        let mut rows: Vec<(Date, usize, [String; 5])> = Vec::new();
        for point in &self.points {
            let [mean, range, half] = match point.spread {
                None => [NO_EVIDENCE.to_owned(), String::new(), String::new()],
                Some(spread) => [
                    self.value(spread.middle()),
                    self.range(spread.low, spread.high),
                    spread.inner.map_or_else(String::new, |(low, high)| self.range(low, high)),
                ],
            };
            rows.push((point.date, 0, [written(point.date), mean, range, half, String::new()]));
        }
        for one in &self.input.evidence {
            let [mean, range, half] = [String::new(), String::new(), String::new()];
            let row = [written(one.date), mean, range, half, one.label.clone()];
            rows.push((one.date, 1, row));
        }
        rows.sort();
        let mut table = self.head();
        for (_, _, row) in rows {
            table.row(row);
        }
        table.notes.push(format!("{} in all.", self.counted()));
        table
    }
}

/// The two bands and the mean of one piece; a lone estimate is an upright interval.
fn bands(canvas: &mut Canvas, piece: &[(Date, Spread)], across: &Scale, up: &Scale) {
    if let [(date, spread)] = piece {
        let x = across.at(day(*date));
        canvas.line((x, up.at(spread.low)), (x, up.at(spread.high)), "w2 l-c0 cap pale");
        if let Some((low, high)) = spread.inner {
            canvas.line((x, up.at(low)), (x, up.at(high)), "w6 l-c0 cap pale");
        }
        canvas.circle((x, up.at(spread.middle())), 3.5, "f-c0");
        return;
    }
    let x = |at: &(Date, Spread)| across.at(day(at.0));
    let ribbon = |low: &dyn Fn(&Spread) -> f64, high: &dyn Fn(&Spread) -> f64| {
        let over = piece.iter().map(|at| (x(at), up.at(high(&at.1))));
        let under = piece.iter().rev().map(|at| (x(at), up.at(low(&at.1))));
        over.chain(under).collect::<Vec<_>>()
    };
    canvas.polygon(&ribbon(&|s| s.low, &|s| s.high), "wash");
    if piece.iter().all(|at| at.1.inner.is_some()) {
        let inner = ribbon(&|s| s.inner.map_or(s.median, |inner| inner.0), &|s| {
            s.inner.map_or(s.median, |inner| inner.1)
        });
        canvas.polygon(&inner, "wash2");
    }
    let line: Vec<(f64, f64)> = piece.iter().map(|at| (x(at), up.at(at.1.middle()))).collect();
    canvas.polyline(&line, "w3 l-c0");
}

/// Dates beneath an axis that ends at `y`.
fn dates_beneath(
    canvas: &mut Canvas,
    across: &Scale,
    (first, last): (Date, Date),
    y: f64,
    count: usize,
) {
    let mut ticks = calendar(day(first), day(last), count);
    if ticks.is_empty() {
        ticks.push((day(first), written(first)));
    }
    let mut end = f64::NEG_INFINITY;
    for (at, words) in ticks {
        let half = Type::TICK.width(&words) / 2.0;
        let x = across.at(at).clamp(half, (canvas.width() - half).max(half));
        if x - half > end + 8.0 {
            canvas.text((x, y + 15.0), &words, Type::TICK.middle());
            end = x + half;
        }
    }
}
