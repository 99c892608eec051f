//! Upright lines with their names above: deadlines and past cases on an axis.

use super::Frame;
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Type};

/// What a line stands for, which says how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A limit set by law: a solid line.
    Deadline,
    /// What happened in a past case: a dotted line.
    Past,
}

/// An upright line at a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it stands.
    pub at: f64,
    /// What it is.
    pub label: String,
    /// What kind of thing it is.
    pub kind: LineKind,
}

impl Line {
    /// What stands above the line: its name and its value.
    pub(crate) fn words(&self) -> String {
        format!("{} ({})", self.label, numbers::whole(self.at))
    }
}

/// The lines with the places of their names.
pub(crate) struct Placed {
    /// (x, left end of the name, level, words, kind), from right to left.
    names: Vec<(f64, f64, usize, String, LineKind)>,
    /// The height that the names need.
    pub(crate) head: f64,
}

const LEADING: f64 = 18.0;

/// Finds places for the names: each to the right of its line where there is room, and high enough
/// to clear the names of lines further right.
pub(crate) fn place(lines: &[Line], scale: &Scale, frame: Frame) -> Placed {
    let lines: Vec<(f64, String, LineKind)> =
        lines.iter().map(|line| (line.at, line.words(), line.kind)).collect();
    place_words(&lines, scale, frame)
}

/// The same with what stands above each line given in full.
pub(crate) fn place_words(
    lines: &[(f64, String, LineKind)],
    scale: &Scale,
    frame: Frame,
) -> Placed {
    let kind = Type::SMALL;
    let mut order: Vec<&(f64, String, LineKind)> = lines.iter().collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let crosses = |from: f64, to: f64, own: f64| {
        lines
            .iter()
            .map(|line| scale.at(line.0))
            .any(|x| x != own && from - 4.0 < x && x < to + 4.0)
    };
    // to the right of the line if that fits, and to the left if only that crosses no other line
    let mut sides: Vec<(f64, f64, String, LineKind)> = Vec::new();
    for (value, words, line_kind) in order {
        let x = scale.at(*value);
        let words = kind.fit(words, frame.width() - 8.0);
        let wide = kind.width(&words);
        let (right, left) = (x + 5.0, x - 5.0 - wide);
        let fits = (right + wide <= frame.width(), left >= 0.0);
        let start = match fits {
            (true, true) if crosses(right, right + wide, x) && !crosses(left, x - 5.0, x) => left,
            (true, _) => right,
            (false, true) => left,
            (false, false) => (frame.width() - wide).max(0.0),
        };
        sides.push((x, start, words, *line_kind));
    }
    // names to the left of their line are placed last, from the left, and so rise above the lines
    // that they would cross
    let (mut sides, mut last): (Vec<_>, Vec<_>) = sides.into_iter().partition(|s| s.1 > s.0);
    last.reverse();
    sides.extend(last);
    let mut names: Vec<(f64, f64, usize, String, LineKind)> = Vec::new();
    for (x, start, words, line_kind) in sides {
        let wide = kind.width(&words);
        let (from, to) = (start.min(x) - 8.0, (start + wide).max(x) + 8.0);
        let level = names
            .iter()
            .filter(|(other, begin, _, text, _)| {
                let (begin, end) = (begin.min(*other), (begin + kind.width(text)).max(*other));
                from < end && begin < to
            })
            .map(|(_, _, level, _, _)| level + 1)
            .max()
            .unwrap_or(0);
        names.push((x, start, level, words, line_kind));
    }
    let levels = names.iter().map(|name| name.2 + 1).max().unwrap_or(0);
    Placed { names, head: levels as f64 * LEADING + 6.0 }
}

/// Draws the lines from their names, which end at `top`, down to `bottom`.
pub(crate) fn draw(canvas: &mut Canvas, placed: &Placed, top: f64, bottom: f64) {
    for (x, _, level, _, kind) in &placed.names {
        let class = match kind {
            LineKind::Deadline => "w1 l-accent",
            LineKind::Past => "w1 l-soft dot",
        };
        canvas.line((*x, top - 15.0 - *level as f64 * LEADING), (*x, bottom), class);
    }
    for (_, start, level, words, _) in &placed.names {
        canvas.text((*start, top - 6.0 - *level as f64 * LEADING), words, Type::SMALL.halo());
    }
}
