//! Rows of names with an interval each: the part that several pictures share.

use super::{Frame, Spread};
use crate::numbers;
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
    /// A further fact, drawn where the frame is wide.
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

/// Draws the rows from `top` and gives the y at which they end. The axis spans all the rows.
pub(crate) fn draw(canvas: &mut Canvas, frame: Frame, top: f64, rows: &[Row], look: &Look) -> f64 {
    let names = Type::LABEL;
    let values = Type::LABEL.bold().end();
    let ranges = Type::SMALL.end();
    let extra_room = if frame.is_wide() && rows.iter().any(|row| !row.extra.is_empty()) {
        rows.iter()
            .map(|row| ranges.width(&row.extra))
            .fold(ranges.width(look.head[2]), f64::max)
            + 18.0
    } else {
        0.0
    };
    let right = canvas.width() - extra_room;
    let marked = rows.iter().any(|row| row.mark.is_some());
    let indent = if marked { 18.0 } else { 0.0 };
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let range_room = widest(&mut rows.iter().map(|row| ranges.width(&row.range)))
        .max(ranges.width(look.head[1]));
    let value_room = widest(&mut rows.iter().map(|row| values.width(&row.value)))
        .max(ranges.width(look.head[0]));
    let name_room = widest(&mut rows.iter().map(|row| names.width(&row.name)))
        .min(frame.pick(220.0, 110.0) - indent);
    let value_at = right - range_room - 14.0;
    let track = (indent + name_room + 16.0, value_at - value_room - 16.0);
    if track.1 - track.0 < 40.0 {
        return top;
    }
    let low = rows
        .iter()
        .map(|row| row.spread.low)
        .fold(f64::INFINITY, f64::min);
    let high = rows
        .iter()
        .map(|row| row.spread.high)
        .fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = match look.zero {
        Some(zero) => (low.min(zero), high.max(zero)),
        None => (low, high),
    };
    let (scale, ticks) = Scale::nice((low, high), track, frame.pick(6, 3), look.whole);

    let head = Type::SMALL;
    canvas.text((value_at, top + 12.0), look.head[0], head.end());
    canvas.text((right, top + 12.0), look.head[1], head.end());
    if extra_room > 0.0 {
        canvas.text((canvas.width(), top + 12.0), look.head[2], head.end());
    }
    canvas.text(
        (track.0, top + 12.0),
        &head.fit(&look.axis, track.1 - track.0),
        head,
    );

    let first = top + 22.0;
    let wrapped: Vec<Vec<String>> = rows
        .iter()
        .map(|row| names.wrap(&row.name, name_room + 1.0, 2))
        .collect();
    let heights: Vec<f64> = wrapped
        .iter()
        .map(|lines| if lines.len() > 1 { 38.0 } else { 26.0 })
        .collect();
    let bottom = first + heights.iter().sum::<f64>();
    let places = ticks
        .get(1)
        .map_or(0, |second| numbers::places(second - ticks[0]));
    let mut last_end = f64::NEG_INFINITY;
    for tick in &ticks {
        let x = scale.at(*tick);
        canvas.line((x, first), (x, bottom), "w1 l-rule");
        let label = if look.signed {
            numbers::signed(*tick, places)
        } else {
            numbers::decimal(*tick, places)
        };
        let half = Type::TICK.width(&label) / 2.0;
        if x - half > last_end + 6.0 {
            canvas.text((x, bottom + 15.0), &label, Type::TICK.middle());
            last_end = x + half;
        }
    }
    if let Some(zero) = look.zero {
        let x = scale.at(zero);
        canvas.line((x, first), (x, bottom), "w1 l-ink");
    }
    let mut y = first;
    for ((row, lines), height) in rows.iter().zip(&wrapped).zip(&heights) {
        let middle = y + height / 2.0;
        if let Some(mark) = row.mark {
            canvas.dots(&[(6.0, middle)], 5.5, mark);
        }
        let baseline = middle + 4.5 - 7.5 * (lines.len() as f64 - 1.0);
        canvas.lines((indent, baseline), lines, 15.0, names);
        interval(canvas, &scale, middle, &row.spread);
        canvas.text((value_at, middle + 4.5), &row.value, values);
        canvas.text((right, middle + 4.5), &row.range, ranges);
        if extra_room > 0.0 {
            canvas.text((canvas.width(), middle + 4.5), &row.extra, ranges);
        }
        y += height;
    }
    bottom + 20.0
}

/// One interval: a thin line for 90 %, a thick one for the inner half, a dot for the median.
pub(crate) fn interval(canvas: &mut Canvas, scale: &Scale, y: f64, spread: &Spread) {
    canvas.line(
        (scale.at(spread.low), y),
        (scale.at(spread.high), y),
        "w2 l-soft cap",
    );
    if let Some((low, high)) = spread.inner {
        canvas.line((scale.at(low), y), (scale.at(high), y), "w6 l-soft cap");
    }
    canvas.circle((scale.at(spread.median), y), 6.0, "f-paper");
    canvas.circle((scale.at(spread.median), y), 4.5, "f-ink");
}
