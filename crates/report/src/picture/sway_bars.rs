//! Sway by actor and channel: stacked bars whose length is an actor's share in what a body
//! decides, parted by the channel through which it comes.
//!
//! What an actor holds by its own seats or office stands apart from what it gains through others,
//! as a hollow piece at the root of the bar. A whisker gives the interval of the whole. Each
//! channel has a hue and a texture.

use super::axis;
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::palette::Hue;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// An actor with sway.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// The share it holds by itself.
    pub own: f64,
    /// The share it gains through each channel, in the order of the channels.
    pub channels: Vec<f64>,
    /// The whole with its interval; its middle is a mean, so that shares add up.
    pub total: Spread,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the channels.
    pub channels: Vec<String>,
    /// The actors, in any order.
    pub actors: Vec<Actor>,
    /// How many actors are drawn; the rest are in the table. 0 draws all.
    pub top: usize,
}

const NAME: &str = "sway-bars";
const OWN: &str = "own hold";
const HEAD: [&str; 2] = ["share", "90% of draws"];

/// Draws the bars, the greatest sway first.
///
/// # Errors
/// If a number is not a share, an interval is not in order, or an actor has not one value for
/// each channel.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, actor) in input.actors.iter().enumerate() {
        let place = format!("actor {} ({})", place + 1, actor.name);
        check.length(&place, actor.channels.len(), input.channels.len())?;
        check.share(format_args!("{place}, own"), actor.own)?;
        for (channel, share) in input.channels.iter().zip(&actor.channels) {
            check.share(format_args!("{place}, {channel}"), *share)?;
        }
        check.spread(format_args!("{place}, total"), &actor.total)?;
    }
    let mut actors: Vec<&Actor> = input.actors.iter().collect();
    actors.sort_by(|a, b| b.total.median.total_cmp(&a.total.median).then(a.name.cmp(&b.name)));
    let top = if input.top == 0 { actors.len() } else { input.top.min(actors.len()) };
    let bars = Bars { input, actors, top };
    if input.actors.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "actors with sway", bars.table()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: bars.describe(),
        wide: bars.paint(Frame::Wide),
        narrow: bars.paint(Frame::Narrow),
        table: bars.table(),
    })
}

struct Bars<'a> {
    input: &'a Input,
    actors: Vec<&'a Actor>,
    top: usize,
}

fn range(spread: &Spread) -> String {
    let (low, high) = (numbers::share(spread.low), numbers::share(spread.high));
    if low == high { low } else { format!("{}–{high}", low.trim_end_matches('%')) }
}

impl Bars<'_> {
    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let top = self.legend(&mut canvas, frame);
        let shown = &self.actors[..self.top];
        let (names, values, ranges) = (Type::LABEL, Type::LABEL.bold().end(), Type::SMALL.end());
        let room = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let range_room = room(&mut shown.iter().map(|a| ranges.width(&range(&a.total))))
            .max(ranges.width(HEAD[1]));
        let value_room =
            room(&mut shown.iter().map(|a| values.width(&numbers::share(a.total.median))))
                .max(ranges.width(HEAD[0]));
        let value_at = frame.width() - range_room - 12.0;
        let before_values = value_at - value_room - 12.0;
        let name_room = match frame {
            Frame::Wide => room(&mut shown.iter().map(|a| names.width(&a.name))).min(214.0),
            Frame::Narrow => before_values,
        };
        let track = match frame {
            Frame::Wide => (name_room + 16.0, before_values),
            Frame::Narrow => (0.5, frame.width() - 16.0),
        };
        let high = shown
            .iter()
            .map(|a| a.total.high.max(a.own + a.channels.iter().sum::<f64>()))
            .fold(0.01, f64::max);
        let (scale, ticks) = Scale::nice((0.0, high), track, frame.pick(6, 5), false);
        canvas.text((value_at, top), HEAD[0], ranges);
        canvas.text((frame.width(), top), HEAD[1], ranges);
        let first = top + 10.0;
        let wrapped: Vec<Vec<String>> =
            shown.iter().map(|actor| names.wrap(&actor.name, name_room + 1.0, 2)).collect();
        let more = |lines: &[String]| 15.0 * (lines.len().max(1) as f64 - 1.0);
        let heights: Vec<f64> = wrapped
            .iter()
            .map(|lines| frame.pick(32.0 + (more(lines) - 9.0).max(0.0), 50.0 + more(lines)))
            .collect();
        let bottom = first + heights.iter().sum::<f64>();
        for tick in &ticks {
            let x = scale.at(*tick);
            self.grid(&mut canvas, frame, x, first, &heights, "w1 l-rule");
        }
        axis::write(&mut canvas, &scale, &ticks, bottom + 15.0, numbers::share);
        let mut y = first;
        for ((actor, lines), height) in shown.iter().zip(&wrapped).zip(&heights) {
            let (words, middle) = match frame {
                Frame::Wide => (y + height / 2.0, y + height / 2.0),
                Frame::Narrow => (y + 13.0 + more(lines) / 2.0, y + 35.0 + more(lines)),
            };
            let baseline = words + 4.5 - more(lines) / 2.0;
            canvas.lines((0.0, baseline), lines, 15.0, names);
            bar(&mut canvas, &scale, middle, actor);
            canvas.text((value_at, words + 4.5), &numbers::share(actor.total.median), values);
            canvas.text((frame.width(), words + 4.5), &range(&actor.total), ranges);
            y += height;
        }
        self.grid(&mut canvas, frame, track.0, first, &heights, "w1 l-ink");
        let mut end = bottom + 22.0;
        if let Some(more) = self.more() {
            canvas.text((0.0, end + 12.0), &more, Type::SMALL);
            end += 18.0;
        }
        canvas.finish(end)
    }

    /// An upright line through the rows; on a telephone only beside the bars, clear of the words.
    fn grid(
        &self,
        canvas: &mut Canvas,
        frame: Frame,
        x: f64,
        first: f64,
        heights: &[f64],
        class: &str,
    ) {
        if frame.is_wide() {
            canvas.line((x, first), (x, first + heights.iter().sum::<f64>()), class);
            return;
        }
        let mut y = first;
        for height in heights {
            canvas.line((x, y + height - 26.0), (x, y + height - 3.0), class);
            y += height;
        }
    }

    /// The key to the pieces, in as many lines as it needs. Gives the y below it.
    fn legend(&self, canvas: &mut Canvas, frame: Frame) -> f64 {
        let (mut x, mut y) = (0.0, 12.0);
        let pieces = std::iter::once((OWN, None)).chain(
            self.input.channels.iter().enumerate().map(|(k, name)| (name.as_str(), Some(k))),
        );
        for (name, place) in pieces {
            let name = Type::SMALL.fit(name, frame.width() - 24.0);
            let wide = 20.0 + Type::SMALL.width(&name);
            if x > 0.0 && x + wide > frame.width() {
                (x, y) = (0.0, y + 20.0);
            }
            match place {
                None => canvas.rect((x + 0.5, y - 9.5), (13.0, 10.0), "f-paper l-ink w1"),
                Some(place) => canvas.textured((x, y - 10.0), (14.0, 11.0), Hue::nth(place)),
            }
            canvas.text((x + 20.0, y), &name, Type::SMALL);
            x += wide + 16.0;
        }
        y + 26.0
    }

    fn more(&self) -> Option<String> {
        let left = self.actors.len() - self.top;
        (left > 0).then(|| format!("… {} more in the table", numbers::whole(left as f64)))
    }

    fn describe(&self) -> String {
        let first: Vec<String> = self
            .actors
            .iter()
            .take(3)
            .map(|a| {
                let (share, range) = (numbers::share(a.total.median), range(&a.total));
                let main = self
                    .input
                    .channels
                    .iter()
                    .zip(&a.channels)
                    .fold(None, |best: Option<(&String, f64)>, (name, share)| match best {
                        Some((_, most)) if most >= *share => best,
                        _ if *share > 0.0 => Some((name, *share)),
                        _ => best,
                    })
                    .map_or_else(String::new, |(name, _)| format!(", most of it {name}"));
                let main =
                    if a.own > 0.5 * a.total.median { ", most of it its own" } else { &main };
                format!("{} {share} ({range}){main}", a.name)
            })
            .collect();
        format!("Bars of sway, parted by channel. {}.", first.join("; "))
    }

    fn table(&self) -> Table {
        let mut columns =
            vec![Column::words("Actor"), Column::numbers("share"), Column::numbers("90% of draws")];
        columns.push(Column::numbers(OWN));
        columns.extend(self.input.channels.iter().map(Column::numbers));
        let mut table = Table::new("Sway by actor and channel, in shares of the whole", columns);
        for actor in &self.actors {
            let mut cells = vec![
                actor.name.clone(),
                numbers::share(actor.total.median),
                range(&actor.total),
                numbers::share(actor.own),
            ];
            cells.extend(actor.channels.iter().map(|share| numbers::share(*share)));
            table.rows.push(cells.into_iter().map(Into::into).collect());
        }
        table.marks.extend(self.more());
        table
    }
}

/// One bar, with the interval of the whole as a line beneath it.
fn bar(canvas: &mut Canvas, scale: &Scale, middle: f64, actor: &Actor) {
    let (top, tall) = (middle - 9.0, 13.0);
    let mut x = scale.at(0.0);
    if actor.own > 0.0 {
        let wide = scale.length(actor.own);
        canvas.rect((x + 0.5, top + 0.5), (wide - 1.0, tall - 1.0), "f-paper l-ink w1");
        x += wide;
    }
    for (place, share) in actor.channels.iter().enumerate() {
        let wide = scale.length(*share);
        canvas.textured((x, top), ((wide - 1.0).max(wide.min(0.6)), tall), Hue::nth(place));
        x += wide;
    }
    let (low, high) = (scale.at(actor.total.low), scale.at(actor.total.high));
    if high > low {
        let y = middle + 8.0;
        canvas.line((low, y), (high, y), "w2 l-ink");
        for end in [low, high] {
            canvas.line((end, y - 3.0), (end, y + 3.0), "w2 l-ink");
        }
    }
}
