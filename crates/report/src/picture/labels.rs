//! Words beside marks: each is set at the first of its places that is clear of all others.
//!
//! What finds no place is not drawn; the caller says so or leaves it to the table.

use crate::svg::{Anchor, Canvas, Type};

/// Where words may stand: their point, and how they are set there.
pub(crate) type Place = ((f64, f64), Type);

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    foot: f64,
}

/// The areas that are taken, within a frame.
pub(crate) struct Labels {
    frame: Area,
    taken: Vec<Area>,
}

impl Labels {
    /// A frame in which nothing is taken yet: its corner and its opposite corner.
    pub(crate) fn within(from: (f64, f64), to: (f64, f64)) -> Labels {
        let frame = Area { left: from.0, top: from.1, right: to.0, foot: to.1 };
        Labels { frame, taken: Vec::new() }
    }

    /// Keeps an area free of words, given by its middle and half its size.
    pub(crate) fn keep(&mut self, middle: (f64, f64), half: (f64, f64)) {
        self.taken.push(Area {
            left: middle.0 - half.0,
            right: middle.0 + half.0,
            top: middle.1 - half.1,
            foot: middle.1 + half.1,
        });
    }

    /// Sets the words at the first place that is clear, and keeps it; false if none is.
    pub(crate) fn set(&mut self, canvas: &mut Canvas, words: &str, places: &[Place]) -> bool {
        for (point, kind) in places {
            let area = Self::area(*point, words, *kind);
            if self.is_clear(area) {
                canvas.text(*point, words, *kind);
                self.taken.push(area);
                return true;
            }
        }
        false
    }

    /// Sets several words, each at its place and in a given colour, if all places are clear.
    pub(crate) fn set_in(
        &mut self,
        canvas: &mut Canvas,
        words: &[(&String, Place)],
        class: &str,
    ) -> bool {
        let areas: Vec<Area> =
            words.iter().map(|(words, (point, kind))| Self::area(*point, words, *kind)).collect();
        if !areas.iter().all(|area| self.is_clear(*area)) {
            return false;
        }
        for (words, (point, kind)) in words {
            if !words.is_empty() {
                canvas.text_in(*point, words, *kind, class);
            }
        }
        self.taken.extend(areas);
        true
    }

    fn area(point: (f64, f64), words: &str, kind: Type) -> Area {
        let wide = kind.width(words);
        let left = match kind.anchor {
            Anchor::Start => point.0,
            Anchor::Middle => point.0 - wide / 2.0,
            Anchor::End => point.0 - wide,
        };
        let (top, foot) = (point.1 - kind.size * 0.8, point.1 + kind.size * 0.24);
        Area { left, right: left + wide, top, foot }
    }

    fn is_clear(&self, area: Area) -> bool {
        let frame = self.frame;
        area.left >= frame.left
            && area.right <= frame.right
            && area.top >= frame.top
            && area.foot <= frame.foot
            && self.taken.iter().all(|other| {
                area.left >= other.right + 2.0
                    || area.right <= other.left - 2.0
                    || area.top >= other.foot
                    || area.foot <= other.top
            })
    }
}

/// The eight places about a mark of a given radius, the best first.
pub(crate) fn around(point: (f64, f64), radius: f64, kind: Type) -> [Place; 8] {
    let (x, y) = point;
    let (side, rise) = (radius + 4.0, kind.size * 0.35);
    let (up, down) = (y - radius - 4.0, y + radius + kind.size * 0.8 + 2.0);
    let slant = radius * 0.7 + 3.0;
    [
        ((x + side, y + rise), kind),
        ((x - side, y + rise), kind.end()),
        ((x, up), kind.middle()),
        ((x, down), kind.middle()),
        ((x + slant, up), kind),
        ((x - slant, up), kind.end()),
        ((x + slant, down), kind),
        ((x - slant, down), kind.end()),
    ]
}
