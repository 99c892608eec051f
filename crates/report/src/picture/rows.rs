//! Rows of names with an interval each: the part that several pictures share.
//!
//! On a page a row is one line: name, interval, numbers. On a telephone it is two: the name and
//! the numbers, and beneath them the interval over the full width.

use super::axis;
use super::{Frame, Spread};
use crate::svg::palette::Mark;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Type};

/// One row.
pub(crate) struct Row {
    pub name: String,
    pub mark: Option<Mark>,
    pub spread: Spread,
    /// What stands at the right, "46" and "38–57".
    pub value: String,
    pub range: String,
    /// A further fact.
    pub extra: String,
}

/// How the rows look.
pub(crate) struct Look {
    pub whole: bool,
    /// A line at this value, drawn through all rows.
    pub zero: Option<f64>,
    pub head: [&'static str; 3],
    pub axis: String,
    /// Whether the axis carries signs.
    pub signed: bool,
}

/// The room that each column takes, so that several groups of rows can share it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Columns {
    name: f64,
    value: f64,
    range: f64,
    extra: f64,
}

const NAME: Type = Type::LABEL;
const VALUE: Type = Type::LABEL.bold().end();
const RANGE: Type = Type::SMALL.end();

/// Measures the columns for all the rows that are to stand under one another.
pub(crate) fn columns(frame: Frame, rows: &[Row], look: &Look) -> Columns {
    let widest = |kind: Type, head: &str, cell: fn(&Row) -> &String| {
        rows.iter().map(|row| kind.width(cell(row))).fold(RANGE.width(head), f64::max)
    };
    let has_extra = rows.iter().any(|row| !row.extra.is_empty());
    let indent = indent(rows);
    Columns {
        name: widest(NAME, "", |row| &row.name).min(frame.pick(214.0, 1e9) - indent),
        value: widest(VALUE, look.head[0], |row| &row.value),
        range: widest(RANGE, look.head[1], |row| &row.range),
        extra: if has_extra { widest(RANGE, look.head[2], |row| &row.extra) + 14.0 } else { 0.0 },
    }
}

fn indent(rows: &[Row]) -> f64 {
    if rows.iter().any(|row| row.mark.is_some()) { 18.0 } else { 0.0 }
}

/// Draws the rows from `top` and gives the y at which they end. The axis spans all the rows.
pub(crate) fn draw(
    canvas: &mut Canvas,
    frame: Frame,
    top: f64,
    rows: &[Row],
    look: &Look,
    columns: Columns,
) -> f64 {
    if rows.is_empty() {
        return top;
    }
    let indent = indent(rows);
    let end = canvas.width();
    let range_at = end - columns.extra;
    let value_at = range_at - columns.range - 12.0;
    let track = match frame {
        Frame::Wide => (indent + columns.name + 18.0, value_at - columns.value - 16.0),
        Frame::Narrow => (indent + 6.0, end - 14.0),
    };
    let name_room = match frame {
        Frame::Wide => columns.name,
        Frame::Narrow => value_at - columns.value - 8.0 - indent,
    };
    canvas.text((value_at, top + 12.0), look.head[0], RANGE);
    canvas.text((range_at, top + 12.0), look.head[1], RANGE);
    if columns.extra > 0.0 {
        canvas.text((end, top + 12.0), look.head[2], RANGE);
    }
    let axis_room = value_at - columns.value - 8.0 - track.0;
    canvas.text((track.0, top + 12.0), &Type::SMALL.fit(&look.axis, axis_room), Type::SMALL);

    let first = top + 22.0;
    let wrapped: Vec<Vec<String>> = rows
        .iter()
        .map(|row| NAME.wrap(&row.name, name_room.max(30.0) + 1.0, frame.pick(2, 3)))
        .collect();
    let heights: Vec<f64> = wrapped
        .iter()
        .map(|lines| {
            let more = 15.0 * (lines.len().max(1) as f64 - 1.0);
            frame.pick(26.0 + (more - 3.0).max(0.0), 40.0 + more)
        })
        .collect();
    let bottom = first + heights.iter().sum::<f64>();
    let extra_lines = |lines: &[String]| 15.0 * (lines.len().max(1) as f64 - 1.0);
    let mut spans = Vec::new();
    let mut y = first;
    for (lines, height) in wrapped.iter().zip(&heights) {
        spans.push(match frame {
            Frame::Wide => (y, y + height),
            Frame::Narrow => (y + 21.0 + extra_lines(lines), y + 38.0 + extra_lines(lines)),
        });
        y += height;
    }
    let scale = draw_axis(canvas, frame, rows, look, track, &spans);
    let mut y = first;
    for (((row, lines), height), span) in rows.iter().zip(&wrapped).zip(&heights).zip(&spans) {
        let more = extra_lines(lines);
        let words = match frame {
            Frame::Wide => y + height / 2.0,
            Frame::Narrow => y + 11.0 + more / 2.0,
        };
        if let Some(mark) = row.mark {
            canvas.dots(&[(6.0, words)], 5.5, mark);
        }
        canvas.lines((indent, words + 4.5 - more / 2.0), lines, 15.0, NAME);
        interval(canvas, &scale, (span.0 + span.1) / 2.0, &row.spread);
        canvas.text((value_at, words + 4.5), &row.value, VALUE);
        canvas.text((range_at, words + 4.5), &row.range, RANGE);
        if columns.extra > 0.0 {
            canvas.text((end, words + 4.5), &row.extra, RANGE);
        }
        y += height;
    }
    bottom + 20.0
}

/// The axis beneath the rows and its lines behind them, in the spans given from top to bottom.
fn draw_axis(
    canvas: &mut Canvas,
    frame: Frame,
    rows: &[Row],
    look: &Look,
    track: (f64, f64),
    spans: &[(f64, f64)],
) -> Scale {
    let low = rows.iter().map(|row| row.spread.low).fold(f64::INFINITY, f64::min);
    let high = rows.iter().map(|row| row.spread.high).fold(f64::NEG_INFINITY, f64::max);
    let zero = look.zero.unwrap_or(low);
    let ends = (low.min(zero), high.max(zero));
    let (scale, ticks) = Scale::nice(ends, track, frame.pick(6, 5), look.whole);
    let joined: Vec<(f64, f64)> = match (frame, spans.first(), spans.last()) {
        (Frame::Wide, Some(first), Some(last)) => vec![(first.0, last.1)],
        _ => spans.to_vec(),
    };
    let bottom = spans.last().map_or(0.0, |last| last.1);
    for tick in &ticks {
        let x = scale.at(*tick);
        for (from, to) in &joined {
            canvas.line((x, *from), (x, *to), "w1 l-rule");
        }
    }
    let y = bottom + 15.0;
    if look.signed {
        axis::write(canvas, &scale, &ticks, y, axis::signed(&ticks));
    } else {
        axis::write(canvas, &scale, &ticks, y, axis::plain(&ticks));
    }
    if let Some(zero) = look.zero {
        let x = scale.at(zero);
        for (from, to) in &joined {
            canvas.line((x, *from), (x, *to), "w1 l-ink");
        }
    }
    scale
}

/// One interval: a thin line for 90 %, a thick one for the inner half, a dot for the median.
fn interval(canvas: &mut Canvas, scale: &Scale, y: f64, spread: &Spread) {
    canvas.line((scale.at(spread.low), y), (scale.at(spread.high), y), "w2 l-soft cap");
    if let Some((low, high)) = spread.inner {
        canvas.line((scale.at(low), y), (scale.at(high), y), "w6 l-soft cap");
    }
    canvas.circle((scale.at(spread.median), y), 5.75, "f-paper");
    canvas.circle((scale.at(spread.median), y), 4.5, "f-ink");
}
