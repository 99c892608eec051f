//! The numbers beneath an axis: kept on the drawing, and left out where they would touch.

use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Type};

/// How a tick is written, once for all ticks of an axis.
pub(crate) fn plain(ticks: &[f64]) -> impl Fn(f64) -> String + use<> {
    let places = places(ticks);
    move |tick| numbers::decimal(tick, places)
}

/// How a tick with its sign is written.
pub(crate) fn signed(ticks: &[f64]) -> impl Fn(f64) -> String + use<> {
    let places = places(ticks);
    move |tick| numbers::signed(tick, places)
}

fn places(ticks: &[f64]) -> usize {
    match ticks {
        [first, second, ..] => numbers::places(second - first),
        _ => 0,
    }
}

/// Writes the ticks with their baseline at `y`, from left to right, anywhere on the drawing.
pub(crate) fn write(
    canvas: &mut Canvas,
    scale: &Scale,
    ticks: &[f64],
    y: f64,
    words: impl Fn(f64) -> String,
) {
    let end = canvas.width();
    write_before(end, canvas, scale, ticks, y, words);
}

/// The same where something else begins at `end`.
pub(crate) fn write_before(
    end: f64,
    canvas: &mut Canvas,
    scale: &Scale,
    ticks: &[f64],
    y: f64,
    words: impl Fn(f64) -> String,
) {
    let mut last = f64::NEG_INFINITY;
    for tick in ticks {
        let label = words(*tick);
        let half = Type::TICK.width(&label) / 2.0;
        let x = scale.at(*tick).min(end - half).max(half);
        if x - half > last + 6.0 && x + half <= end {
            canvas.text((x, y), &label, Type::TICK.middle());
            last = x + half;
        }
    }
}
