//! What drives it: how far each estimate moves the outcome between its low and its high value.
//!
//! Two half bars a row about the line of no change: above, the effect with the estimate at its low
//! value; beneath, at its high value. The widest swing stands first. Where given, a dot with its
//! interval is the total-order index, the share of the outcome's variance in which the estimate
//! has a part, alone or with others.
//!
//! Reference for the index: Saltelli et al., *Variance based sensitivity analysis of model output*,
//! 2010 (saltelli2010).

use super::axis;
use super::{Check, Frame, Picture, PictureError, Spread, more};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// An estimate and what hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Its name.
    pub name: String,
    /// Its low value with its unit, in words: "0.4", "20% of trade".
    pub low: String,
    /// Its high value in words.
    pub high: String,
    /// How the outcome differs from its middle with the estimate low.
    pub low_effect: f64,
    /// How it differs with the estimate high.
    pub high_effect: f64,
    /// The total-order index with its interval, where known.
    pub total_order: Option<Spread>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The outcome and its unit: "days to a government".
    pub outcome: String,
    /// How many decimals effects are given to.
    pub places: usize,
    /// The estimates, in any order.
    pub estimates: Vec<Estimate>,
    /// How many are drawn; the rest are in the table. 0 draws all.
    pub top: usize,
}

const NAME: &str = "tornado";
const KEY: [&str; 2] = ["estimate low", "estimate high"];
const INDEX: &str = "share of variance";

/// Draws the tornado.
///
/// # Errors
/// If a number is not finite or an interval is not in order.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, one) in input.estimates.iter().enumerate() {
        let place = format!("estimate {} ({})", place + 1, one.name);
        check.number(format_args!("{place}, low effect"), one.low_effect)?;
        check.number(format_args!("{place}, high effect"), one.high_effect)?;
        if let Some(index) = &one.total_order {
            check.spread(format_args!("{place}, total order"), index)?;
        }
    }
    let mut order: Vec<&Estimate> = input.estimates.iter().collect();
    order.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.name.cmp(&b.name)));
    let top = if input.top == 0 { order.len() } else { input.top.min(order.len()) };
    let tornado = Tornado { input, order, top };
    if input.estimates.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "estimates", tornado.head()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: tornado.describe(),
        wide: tornado.paint(Frame::Wide),
        narrow: tornado.paint(Frame::Narrow),
        table: tornado.table(),
    })
}

/// How far the outcome moves in all: the greatest less the least of low, none and high.
fn swing(one: &Estimate) -> f64 {
    let high = one.low_effect.max(one.high_effect).max(0.0);
    high - one.low_effect.min(one.high_effect).min(0.0)
}

struct Tornado<'a> {
    input: &'a Input,
    /// The widest swing first.
    order: Vec<&'a Estimate>,
    top: usize,
}

/// Half the height of a row's bars.
const HALF: f64 = 10.0;
const VALUES: Type = Type { size: 12.0, ..Type::LABEL };

impl Tornado<'_> {
    fn effect(&self, value: f64) -> String {
        numbers::signed(value, self.input.places)
    }

    fn has_index(&self) -> bool {
        self.input.estimates.iter().any(|one| one.total_order.is_some())
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let shown = &self.order[..self.top];
        let index = self.has_index();
        let names = shown.iter().map(|one| Type::LABEL.width(&one.name));
        let ranges = shown.iter().map(|one| Type::SMALL.width(&range(one)));
        let name_room = names.chain(ranges).fold(0.0, f64::max).min(200.0);
        let beside = if index { frame.pick(140.0, 0.0) } else { 0.0 };
        let track = match frame {
            Frame::Wide => {
                (name_room + 16.0, frame.width() - beside - if index { 28.0 } else { 2.0 })
            }
            Frame::Narrow => (2.0, frame.width() - 2.0),
        };
        let mut y = self.key(&mut canvas, frame, track);
        let effects = || shown.iter().flat_map(|one| [one.low_effect, one.high_effect]);
        let (low, high) = (effects().fold(0.0, f64::min), effects().fold(0.0, f64::max));
        let widest = effects().map(|e| VALUES.width(&self.effect(e))).fold(0.0, f64::max).min(90.0);
        let inner = (
            track.0 + if low < 0.0 { widest + 8.0 } else { 4.0 },
            track.1 - if high > 0.0 { widest + 8.0 } else { 4.0 },
        );
        let scale = Scale::new((low, high), inner);
        let zero = scale.at(0.0);
        let shares = Scale::new((0.0, 1.0), (frame.width() - beside + 4.0, frame.width() - 6.0));
        let first = y;
        let wrapped: Vec<Vec<String>> = shown
            .iter()
            .map(|one| Type::LABEL.wrap(&one.name, self.name_room(frame, name_room), 2))
            .collect();
        for (one, lines) in shown.iter().zip(&wrapped) {
            let more = 15.0 * (lines.len().max(1) as f64 - 1.0);
            let (height, words, bars) = match frame {
                Frame::Wide => (40.0 + more, y + 20.0, y + 18.0 + more / 2.0),
                Frame::Narrow => (76.0 + more, y + 14.0, y + 50.0 + more),
            };
            canvas.line((zero, bars - 15.0), (zero, bars + 15.0), "w1 l-ink");
            let from = if frame.is_wide() { words - 7.0 } else { words };
            let last = canvas.lines((0.0, from), lines, 15.0, Type::LABEL).max(from);
            self.words(&mut canvas, frame, one, last, name_room);
            for (place, effect) in [one.low_effect, one.high_effect].into_iter().enumerate() {
                self.bar(&mut canvas, &scale, bars, place, effect);
            }
            if let Some(spread) = one.total_order.filter(|_| frame.is_wide()) {
                canvas.line(
                    (shares.at(spread.low), bars),
                    (shares.at(spread.high), bars),
                    "w2 l-soft cap",
                );
                canvas.circle((shares.at(spread.median), bars), 4.5, "f-ink");
            }
            y += height;
        }
        if index && frame.is_wide() {
            for tick in [0.0, 0.5, 1.0] {
                let x = shares.at(tick);
                canvas.line((x, first), (x, y), "w1 l-rule dot");
            }
            axis::write(&mut canvas, &shares, &[0.0, 0.5, 1.0], y + 15.0, axis::plain(&[0.0, 0.5]));
        }
        canvas.text((zero.clamp(24.0, frame.width() - 24.0), y + 15.0), "0", Type::TICK.middle());
        y += 26.0;
        if let Some(more) = more(self.order.len() - self.top) {
            canvas.text((0.0, y + 8.0), &more, Type::SMALL);
            y += 18.0;
        }
        canvas.finish(y)
    }

    fn name_room(&self, frame: Frame, wide: f64) -> f64 {
        match frame {
            Frame::Wide => wide + 1.0,
            Frame::Narrow => frame.width() - if self.has_index() { 116.0 } else { 0.0 },
        }
    }

    /// The range of the estimate under its name, and on a telephone its index.
    fn words(&self, canvas: &mut Canvas, frame: Frame, one: &Estimate, last: f64, room: f64) {
        let range = range(one);
        match frame {
            Frame::Wide => {
                canvas.text((0.0, last + 15.0), &Type::SMALL.fit(&range, room + 4.0), Type::SMALL);
            }
            Frame::Narrow => {
                let small = Type::SMALL;
                canvas.text((0.0, last + 15.0), &small.fit(&range, frame.width()), small);
                if let Some(index) = &one.total_order {
                    let words = said(index);
                    let end = Type::SMALL.end();
                    canvas.text((frame.width(), last), &end.fit(&words, 106.0), end);
                }
            }
        }
    }

    fn bar(&self, canvas: &mut Canvas, scale: &Scale, middle: f64, place: usize, effect: f64) {
        let (zero, x) = (scale.at(0.0), scale.at(effect));
        let top = middle - HALF + place as f64 * HALF;
        let size = ((x - zero).abs().max(0.8), HALF - 1.0);
        let corner = (zero.min(x), top + 0.5);
        if place == 0 {
            canvas.rect(corner, size, "f-c4");
        } else {
            canvas.textured(corner, size, crate::svg::palette::Hue::nth(1));
        }
        let words = VALUES.fit(&self.effect(effect), 90.0);
        let y = top + 9.0 + if place == 0 { -1.0 } else { 1.0 };
        if effect < 0.0 {
            canvas.text((x - 5.0, y), &words, VALUES.end());
        } else {
            canvas.text((x + 5.0, y), &words, VALUES);
        }
    }

    /// What the two bars are, and what is measured. Gives the y below.
    fn key(&self, canvas: &mut Canvas, frame: Frame, track: (f64, f64)) -> f64 {
        let lines = Type::SMALL.wrap(&self.change(), frame.width(), 2);
        let mut y = canvas.lines((0.0, 12.0), &lines, 16.0, Type::SMALL).max(12.0) + 22.0;
        let mut x = if frame.is_wide() { track.0 } else { 0.0 };
        for (place, words) in KEY.iter().enumerate() {
            if place == 0 {
                canvas.rect((x, y - 9.5), (13.0, 10.0), "f-c4");
            } else {
                canvas.textured((x, y - 9.5), (13.0, 10.0), crate::svg::palette::Hue::nth(1));
            }
            canvas.text((x + 19.0, y), words, Type::SMALL);
            x += 19.0 + Type::SMALL.width(words) + 18.0;
        }
        if self.has_index() {
            let end = Type::SMALL.end();
            if !frame.is_wide() {
                y += 18.0;
            }
            canvas.text((frame.width(), y), INDEX, end);
        }
        y + 8.0
    }

    fn change(&self) -> String {
        format!("change in {}", self.input.outcome)
    }

    fn describe(&self) -> String {
        let first: Vec<String> = self
            .order
            .iter()
            .take(3)
            .map(|one| {
                let (low, high) = (self.effect(one.low_effect), self.effect(one.high_effect));
                format!("{}: {low} at {}, {high} at {}", one.name, one.low, one.high)
            })
            .collect();
        format!("Bars of {}, the widest first. {}.", self.change(), first.join("; "))
    }

    fn head(&self) -> Table {
        Table::new(
            self.change(),
            vec![
                Column::words("Estimate"),
                Column::words("from low to high"),
                Column::numbers(KEY[0]),
                Column::numbers(KEY[1]),
                Column::numbers(INDEX),
            ],
        )
    }

    fn table(&self) -> Table {
        let mut table = self.head();
        for one in &self.order {
            table.row([
                one.name.clone(),
                range(one),
                self.effect(one.low_effect),
                self.effect(one.high_effect),
                one.total_order.as_ref().map_or_else(String::new, said),
            ]);
        }
        table.marks.extend(more(self.order.len() - self.top));
        table
    }
}

fn range(one: &Estimate) -> String {
    if one.low == one.high { one.low.clone() } else { format!("{} to {}", one.low, one.high) }
}

fn said(index: &Spread) -> String {
    let [middle, low, high] = [index.median, index.low, index.high].map(|v| numbers::decimal(v, 2));
    if low == high { middle } else { format!("{middle} ({low}–{high})") }
}
