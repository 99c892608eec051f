//! Who is with whom and who against, channel by channel, about one actor.
//!
//! One panel a channel, every actor at the same place in each. Places are worked out from all ties
//! of all channels and all dates, so that neither another channel nor another date moves anybody.
//! Only the actor asked about and those most tied to it are drawn, never more than 25; the picture
//! says how many are left out. A friendly tie is a solid line, a hostile one is dashed.

mod layout;

use super::calendar::written;
use super::labels::{Labels, around};
use super::{Check, Frame, Picture, PictureError, note};
use crate::numbers;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};
use jiff::civil::Date;

/// A tie between two actors in one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// One of the two, as its place in the list of actors.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// The channel, as its place in the list of channels.
    pub channel: usize,
    /// From -1, wholly hostile, to 1, wholly friendly.
    pub weight: f64,
    /// The first day on which it holds; none if it always did.
    pub since: Option<Date>,
    /// The last day on which it holds; none if it still does.
    pub until: Option<Date>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the actors.
    pub actors: Vec<String>,
    /// The names of the channels, a panel each.
    pub channels: Vec<String>,
    /// All ties of all dates.
    pub ties: Vec<Tie>,
    /// The actor about whom the picture is, as its place in the list.
    pub ego: usize,
    /// The date of which ties are drawn.
    pub as_of: Date,
    /// How many others are drawn, at most 24.
    pub top: usize,
}

const NAME: &str = "signed-network";
const MOST: usize = 24;
const KEY: [&str; 2] = ["friendly", "hostile"];

/// Draws the panels.
///
/// # Errors
/// If a tie's weight is not from -1 to 1, or an actor or a channel is not in its list.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, tie) in input.ties.iter().enumerate() {
        let place = format!("tie {}", place + 1);
        check.share(format_args!("{place}, weight without its sign"), tie.weight.abs())?;
        check.listed(format_args!("{place}, one"), tie.one, input.actors.len())?;
        check.listed(format_args!("{place}, other"), tie.other, input.actors.len())?;
        check.listed(format_args!("{place}, channel"), tie.channel, input.channels.len())?;
        if let (Some(since), Some(until)) = (tie.since, tie.until) {
            check.order(&place, since, until)?;
        }
    }
    if input.actors.is_empty() || now(input).next().is_none() {
        let what = format!("tie on {}", written(input.as_of));
        return Ok(Picture::nothing(NAME, &input.title, &what, head(input)));
    }
    check.listed("ego", input.ego, input.actors.len())?;
    let network = Network::of(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: network.describe(),
        wide: network.paint(Frame::Wide),
        narrow: network.paint(Frame::Narrow),
        table: network.table(),
    })
}

/// The ties that hold on the date.
fn now(input: &Input) -> impl Iterator<Item = &Tie> {
    input.ties.iter().filter(|tie| {
        tie.weight != 0.0
            && tie.one != tie.other
            && tie.since.is_none_or(|since| since <= input.as_of)
            && tie.until.is_none_or(|until| until >= input.as_of)
    })
}

struct Network<'a> {
    input: &'a Input,
    /// The actors drawn, the one asked about first.
    drawn: Vec<usize>,
    /// Their places in a square of side 1.
    places: Vec<(f64, f64)>,
}

impl Network<'_> {
    fn of(input: &Input) -> Network<'_> {
        let count = input.actors.len();
        let (mut to_ego, mut all) = (vec![0.0; count], vec![0.0; count]);
        for tie in input.ties.iter().filter(|tie| tie.one != tie.other) {
            for (actor, other) in [(tie.one, tie.other), (tie.other, tie.one)] {
                all[actor] += tie.weight.abs();
                if other == input.ego {
                    to_ego[actor] += tie.weight.abs();
                }
            }
        }
        let mut others: Vec<usize> =
            (0..count).filter(|actor| *actor != input.ego && all[*actor] > 0.0).collect();
        others.sort_by(|a, b| {
            (to_ego[*b].total_cmp(&to_ego[*a])).then(all[*b].total_cmp(&all[*a])).then(a.cmp(b))
        });
        let mut drawn = vec![input.ego];
        drawn.extend(others.into_iter().take(input.top.min(MOST)));
        let pairs: Vec<(usize, usize, f64)> = input
            .ties
            .iter()
            .filter(|tie| tie.one != tie.other)
            .filter_map(|tie| {
                let at = |actor: usize| drawn.iter().position(|one| *one == actor);
                Some((at(tie.one)?, at(tie.other)?, tie.weight))
            })
            .collect();
        let places = layout::places(drawn.len(), &pairs);
        Network { input, drawn, places }
    }

    /// The ties of a channel between actors that are drawn, weakest first.
    fn ties(&self, channel: usize) -> Vec<(usize, usize, f64)> {
        let at = |actor: usize| self.drawn.iter().position(|one| *one == actor);
        let mut ties: Vec<(usize, usize, f64)> = now(self.input)
            .filter(|tie| tie.channel == channel)
            .filter_map(|tie| Some((at(tie.one)?, at(tie.other)?, tie.weight)))
            .collect();
        ties.sort_by(|a, b| a.2.abs().total_cmp(&b.2.abs()).then((a.0, a.1).cmp(&(b.0, b.1))));
        ties
    }

    /// The channels with any tie between actors that are drawn.
    fn channels(&self) -> Vec<usize> {
        (0..self.input.channels.len()).filter(|channel| !self.ties(*channel).is_empty()).collect()
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let channels = self.channels();
        let columns = frame.pick(2.min(channels.len().max(1)), 1);
        let (wide, gap) = (frame.pick(346.0, 340.0), 28.0);
        let mut y = key(&mut canvas, &written(self.input.as_of));
        for row in channels.chunks(columns) {
            let mut foot = y;
            for (place, channel) in row.iter().enumerate() {
                let left = place as f64 * (wide + gap);
                foot = foot.max(self.panel(&mut canvas, *channel, (left, y), wide));
            }
            y = foot + 22.0;
        }
        for words in self.left_out() {
            y = note(&mut canvas, y - 8.0, &words) + 8.0;
        }
        canvas.finish(y)
    }

    /// One channel. Gives the y at its foot.
    fn panel(&self, canvas: &mut Canvas, channel: usize, corner: (f64, f64), wide: f64) -> f64 {
        let (left, top) = corner;
        let heading = Type::LABEL.bold().fit(&self.input.channels[channel], wide);
        canvas.text((left, top + 13.0), &heading, Type::LABEL.bold());
        canvas.line((left, top + 20.0), (left + wide, top + 20.0), "w1 l-rule");
        let tall = 284.0;
        let side = 62.0;
        let at = |place: usize| {
            let (x, y) = self.places[place];
            (left + side + x * (wide - 2.0 * side), top + 42.0 + y * (tall - 40.0))
        };
        let ties = self.ties(channel);
        let mut touched = vec![false; self.drawn.len()];
        for (one, other, weight) in &ties {
            (touched[*one], touched[*other]) = (true, true);
            let width = match weight.abs() {
                strong if strong >= 0.66 => "w3",
                middling if middling >= 0.33 => "w2",
                _ => "w1",
            };
            let sign = if *weight > 0.0 { "l-c4" } else { "l-c1 dash" };
            canvas.line(at(*one), at(*other), &format!("{width} {sign}"));
        }
        let mut labels = Labels::within((left, top + 24.0), (left + wide, top + tall + 20.0));
        for (place, touched) in touched.iter().enumerate() {
            let half = if *touched { 8.0 } else { 2.0 };
            labels.keep(at(place), (half, half));
            if !touched {
                canvas.circle(at(place), 2.5, "f-rule");
            }
        }
        let mut unnamed = Vec::new();
        for (place, _) in touched.iter().enumerate().filter(|(_, touched)| **touched) {
            let ego = place == 0;
            canvas.circle(at(place), if ego { 7.0 } else { 5.0 }, "f-paper");
            canvas.circle(at(place), if ego { 6.0 } else { 4.0 }, "f-ink");
            let kind = Type { size: 12.0, ..Type::LABEL }.halo();
            let kind = if ego { kind.bold() } else { kind };
            let name = &self.input.actors[self.drawn[place]];
            let full = kind.fit(name, 128.0);
            let short = kind.fit(name, 84.0);
            let spots = around(at(place), 8.0, kind);
            if !labels.set(canvas, &full, &spots) && !labels.set(canvas, &short, &spots) {
                unnamed.push(place);
            }
        }
        let mut words = Vec::new();
        for place in unnamed {
            let number = numbers::whole(place as f64);
            canvas.circle(at(place), 8.0, "f-paper l-ink w1");
            let (x, y) = at(place);
            let kind = Type { size: 11.0, ..Type::LABEL }.bold().middle();
            canvas.text((x, y + 4.0), &number, Type { tick: true, ..kind });
            words.push((number, &self.input.actors[self.drawn[place]]));
        }
        let mut y = top + tall + 20.0;
        for (number, name) in words {
            y += 16.0;
            canvas.text((left + 18.0, y), &number, Type::TICK.bold().end());
            canvas.text((left + 24.0, y), &Type::SMALL.fit(name, wide - 24.0), Type::SMALL);
        }
        y
    }

    /// Who and what is not drawn, in words.
    fn left_out(&self) -> Vec<String> {
        let tied: std::collections::BTreeSet<usize> =
            now(self.input).flat_map(|tie| [tie.one, tie.other]).collect();
        let left = tied.iter().filter(|actor| !self.drawn.contains(actor)).count();
        let mut lines = Vec::new();
        if left > 0 {
            lines.push(format!(
                "… {} in the table, less tied to {}",
                numbers::counted(left, "more actor", "more actors"),
                self.input.actors[self.input.ego]
            ));
        }
        let drawn = self.channels();
        let empty: Vec<&str> = (0..self.input.channels.len())
            .filter(|channel| !drawn.contains(channel))
            .map(|channel| self.input.channels[channel].as_str())
            .collect();
        if !empty.is_empty() {
            lines.push(format!("No ties to show in: {}", empty.join(", ")));
        }
        lines
    }

    fn describe(&self) -> String {
        let ego = &self.input.actors[self.input.ego];
        let mut ties: Vec<&Tie> = now(self.input)
            .filter(|tie| tie.one == self.input.ego || tie.other == self.input.ego)
            .collect();
        ties.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        let words: Vec<String> = ties
            .iter()
            .take(4)
            .map(|tie| {
                let other = if tie.one == self.input.ego { tie.other } else { tie.one };
                let channel = &self.input.channels[tie.channel];
                format!("{} ({channel}, {})", self.input.actors[other], sign(tie.weight))
            })
            .collect();
        let first = if words.is_empty() { "none".to_owned() } else { words.join("; ") };
        format!(
            "Networks of {} about {ego} on {}, a panel a channel. Its strongest ties: {first}.",
            numbers::counted(self.drawn.len(), "actor", "actors"),
            written(self.input.as_of)
        )
    }

    fn table(&self) -> Table {
        let mut table = head(self.input);
        for tie in now(self.input) {
            let name = |actor: usize| self.input.actors[actor].clone();
            table.row([
                name(tie.one),
                name(tie.other),
                self.input.channels[tie.channel].clone(),
                sign(tie.weight).to_owned(),
                numbers::signed(tie.weight, 2),
            ]);
        }
        table.marks = KEY.iter().map(|word| (*word).to_owned()).collect();
        table.marks.extend(self.left_out());
        table
    }
}

fn sign(weight: f64) -> &'static str {
    if weight > 0.0 { KEY[0] } else { KEY[1] }
}

fn head(input: &Input) -> Table {
    Table::new(
        format!("Ties on {}", written(input.as_of)),
        vec![
            Column::words("Actor"),
            Column::words("Actor"),
            Column::words("Channel"),
            Column::words("Sign"),
            Column::numbers("weight"),
        ],
    )
}

/// The two kinds of line and the date. Gives the y below.
fn key(canvas: &mut Canvas, date: &str) -> f64 {
    let mut x = 0.0;
    for (word, class) in KEY.iter().zip(["w3 l-c4", "w3 l-c1 dash"]) {
        canvas.line((x, 8.0), (x + 28.0, 8.0), class);
        canvas.text((x + 34.0, 12.0), word, Type::SMALL);
        x += 34.0 + Type::SMALL.width(word) + 18.0;
    }
    canvas.text((canvas.width(), 12.0), date, Type::SMALL.end());
    30.0
}
