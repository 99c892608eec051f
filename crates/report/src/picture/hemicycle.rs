//! A hemicycle: one dot a seat, the line at which a majority is reached, and beneath it the
//! interval of every bigger party.
//!
//! Dots are the medians, brought to the size of the chamber by largest remainders where medians do
//! not add up to it; the picture says so when that happened. Parties of one group share a hue and
//! differ in the shape of their dots, and bigger ones are named at the arc, so that nothing rests
//! on colour. Above 2,000 seats a dot stands for several.

mod seats;

use seats::{largest_remainders, places};

use super::rows::{self, Look, Row};
use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::palette::{Hue, Mark, Shape};
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};
use std::f64::consts::PI;

/// A party in the chamber.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// The community or bloc whose hue it shares.
    pub group: Option<String>,
    /// Its seats.
    pub seats: Spread,
}

/// How parties are ordered from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they are given.
    AsGiven,
    /// By group, in the order groups first appear, and by median seats within a group.
    ByGroup,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The parties.
    pub parties: Vec<Party>,
    /// The size of the chamber.
    pub seats: u32,
    /// How many seats make a majority.
    pub majority: u32,
    /// The order from left to right.
    pub order: Order,
}

const NAME: &str = "hemicycle";
const MOST_DOTS: u32 = 2_000;
const LISTED: usize = 10;

/// Draws the hemicycle.
///
/// # Errors
/// If a number is not finite, an interval is not in order, or seats are below zero.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, party) in input.parties.iter().enumerate() {
        let place = format!("party {} ({})", place + 1, party.name);
        check.spread(&place, &party.seats)?;
        if party.seats.low < 0.0 {
            return Err(PictureError {
                picture: NAME,
                place,
                fault: "fewer than no seats".to_owned(),
                fix: "give seats of 0 or more",
            });
        }
    }
    let chamber = Chamber::of(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: chamber.describe(),
        wide: chamber.paint(Frame::Wide),
        narrow: chamber.paint(Frame::Narrow),
        table: chamber.table(),
    })
}

struct Chamber<'a> {
    input: &'a Input,
    /// Parties from left to right.
    parties: Vec<&'a Party>,
    marks: Vec<Mark>,
    /// Dots of each party, from left to right.
    dots: Vec<usize>,
    /// How many seats a dot stands for.
    worth: u32,
    total: usize,
    /// Places in `parties`, most seats first.
    by_size: Vec<usize>,
}

impl Chamber<'_> {
    fn of(input: &Input) -> Chamber<'_> {
        let mut groups: Vec<&str> = Vec::new();
        for party in &input.parties {
            let group = party.group.as_deref().unwrap_or(&party.name);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let group_of = |party: &Party| {
            let name = party.group.as_deref().unwrap_or(&party.name);
            groups.iter().position(|group| *group == name).unwrap_or(0)
        };
        let mut order: Vec<usize> = (0..input.parties.len()).collect();
        if input.order == Order::ByGroup {
            order.sort_by(|a, b| {
                let (a, b) = (&input.parties[*a], &input.parties[*b]);
                group_of(a).cmp(&group_of(b)).then(b.seats.median.total_cmp(&a.seats.median))
            });
        }
        let parties: Vec<&Party> = order.iter().map(|place| &input.parties[*place]).collect();
        let mut in_group = vec![0usize; groups.len()];
        let marks = parties
            .iter()
            .map(|party| {
                let group = group_of(party);
                let shape = Shape::nth(in_group[group]);
                in_group[group] += 1;
                Mark { hue: Hue::nth(group), shape }
            })
            .collect();
        let worth = input.seats.div_ceil(MOST_DOTS).max(1);
        let total = input.seats.div_ceil(worth) as usize;
        let medians: Vec<f64> = parties.iter().map(|party| party.seats.median).collect();
        let dots = largest_remainders(&medians, total);
        let mut by_size: Vec<usize> = (0..parties.len()).collect();
        by_size.sort_by(|a, b| medians[*b].total_cmp(&medians[*a]).then(a.cmp(b)));
        Chamber { input, parties, marks, dots, worth, total, by_size }
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let below = self.arc(&mut canvas, frame);
        let listed: Vec<usize> = self.listed().collect();
        let rows: Vec<Row> = listed
            .iter()
            .map(|place| {
                let party = self.parties[*place];
                Row {
                    name: party.name.clone(),
                    mark: Some(self.marks[*place]),
                    spread: party.seats,
                    value: numbers::whole(party.seats.median),
                    range: numbers::dash_range(party.seats.low, party.seats.high),
                    extra: String::new(),
                }
            })
            .collect();
        let mut y = below + 26.0;
        if !rows.is_empty() {
            let look = Look {
                whole: true,
                zero: Some(0.0),
                head: ["median", "90% of runs", ""],
                signed: false,
                axis: "seats".to_owned(),
            };
            let columns = rows::columns(frame, &rows, &look);
            y = rows::draw(&mut canvas, frame, y, &rows, &look, columns);
        }
        if let Some(line) = self.others() {
            canvas.text(
                (18.0, y + 12.0),
                &Type::SMALL.fit(&line, frame.width() - 18.0),
                Type::SMALL,
            );
            y += 18.0;
        }
        if let Some(line) = self.scaled() {
            let lines = Type::SMALL.wrap(&line, frame.width(), 3);
            y = canvas.lines((0.0, y + 14.0), &lines, 16.0, Type::SMALL) + 4.0;
        }
        canvas.finish(y + 4.0)
    }

    /// The arc, its majority line and the names at its edge. Gives the y of its foot.
    fn arc(&self, canvas: &mut Canvas, frame: Frame) -> f64 {
        let radius = frame.pick(198.0, 158.0);
        let middle = frame.width() / 2.0;
        let labels = if frame.is_wide() { self.labels(radius) } else { Vec::new() };
        let head = labels.iter().map(|label| 16.0 - label.y).fold(radius + 20.0, f64::max);
        let foot = head + 4.0;
        let seats = places(self.total);
        let size = seats.size * radius * 0.8 / 2.0;
        let at = |(angle, reach): (f64, f64)| {
            (middle + radius * reach * angle.cos(), foot - radius * reach * angle.sin())
        };
        if let Some(angle) = self.majority_angle(&seats.at) {
            canvas.line(at((angle, 0.35)), at((angle, 1.07)), "w2 l-ink dash");
        }
        let mut next = 0;
        for (dots, mark) in self.dots.iter().zip(&self.marks) {
            let end = (next + dots).min(seats.at.len());
            let points: Vec<(f64, f64)> =
                seats.at[next..end].iter().map(|seat| at(*seat)).collect();
            canvas.dots(&points, size, *mark);
            next = end;
        }
        let empty: Vec<(f64, f64)> = seats.at[next..].iter().map(|seat| at(*seat)).collect();
        canvas.dots(&empty, size, Mark { hue: Hue::NEUTRAL, shape: Shape::Ring });

        let inside = radius * 0.36;
        let big = Type { size: frame.pick(26.0, 21.0), ..Type::LABEL }.bold().middle();
        canvas.text(
            (middle, foot - inside * 0.42),
            &numbers::whole(f64::from(self.input.seats)),
            big,
        );
        canvas.text((middle, foot - inside * 0.42 + 17.0), "seats", Type::SMALL.middle());
        canvas.text((middle, foot + 18.0), &self.majority_words(), Type::LABEL.middle());

        for label in &labels {
            let (x, y) = (middle + label.x, foot + label.y);
            let anchor = at((label.angle, 1.03));
            let edge = if label.left { x + 6.0 } else { x - 6.0 };
            canvas.polyline(&[anchor, (edge, y - 4.5)], "w1 l-soft");
            let party = self.parties[label.place];
            let kind = if label.left { Type::LABEL.end() } else { Type::LABEL };
            let small = if label.left { Type::SMALL.end() } else { Type::SMALL };
            let last = canvas.lines((x, y), &label.name, 15.0, kind.bold());
            canvas.text((x, last + 15.0), &seats_and_range(party), small);
        }
        foot + 18.0
    }

    /// Names for the bigger parties, in two columns beside the arc. Pushed upwards only, since a
    /// leader line that rises from the arc can never cross it.
    fn labels(&self, radius: f64) -> Vec<Label> {
        let column = radius + 28.0;
        let room = 720.0 / 2.0 - column;
        let seats = places(self.total);
        let mut labels: Vec<Label> = Vec::new();
        for place in self.by_size.iter().take(10) {
            let before: usize = self.dots[..*place].iter().sum();
            let dots = self.dots[*place];
            if dots == 0 || (dots * 40) < self.total {
                continue;
            }
            let Some((angle, _)) = seats.at.get(before + dots / 2) else {
                continue;
            };
            let left = *angle > PI / 2.0;
            labels.push(Label {
                place: *place,
                angle: *angle,
                left,
                x: if left { -column } else { column },
                y: -radius * angle.sin() - 6.0,
                name: Type::LABEL.bold().wrap(&self.parties[*place].name, room, 2),
            });
        }
        for side in [true, false] {
            let mut on_side: Vec<&mut Label> =
                labels.iter_mut().filter(|label| label.left == side).collect();
            on_side.sort_by(|a, b| b.y.total_cmp(&a.y));
            let mut floor = 0.0;
            for label in on_side {
                let tall = 15.0 * label.name.len().max(1) as f64;
                label.y = label.y.min(floor - tall);
                floor = label.y - 20.0;
            }
        }
        labels
    }

    fn majority_angle(&self, seats: &[(f64, f64)]) -> Option<f64> {
        let dot = self.input.majority.div_ceil(self.worth) as usize;
        let last = seats.get(dot.checked_sub(1)?)?;
        let next = seats.get(dot)?;
        Some((last.0 + next.0) / 2.0)
    }

    fn majority_words(&self) -> String {
        format!("{} for a majority", numbers::whole(f64::from(self.input.majority)))
    }

    /// Parties that get a row beneath: the biggest with any seats in their interval.
    fn listed(&self) -> impl Iterator<Item = usize> + '_ {
        self.by_size
            .iter()
            .copied()
            .filter(|place| self.parties[*place].seats.high > 0.0)
            .take(LISTED)
    }

    fn others(&self) -> Option<String> {
        let listed: Vec<usize> = self.listed().collect();
        let left: Vec<&usize> = self.by_size.iter().filter(|p| !listed.contains(p)).collect();
        let dots: usize = left.iter().map(|place| self.dots[**place]).sum();
        (!left.is_empty()).then(|| {
            format!(
                "… {} more in the table, with {} seats between them",
                numbers::whole(left.len() as f64),
                numbers::whole((dots * self.worth as usize) as f64)
            )
        })
    }

    /// What was done to bring the medians to the size of the chamber, if anything.
    fn scaled(&self) -> Option<String> {
        let sum: f64 = self.parties.iter().map(|party| party.seats.median).sum();
        (sum > 0.0 && sum.round() != f64::from(self.input.seats)).then(|| {
            format!(
                "The medians add up to {}; the dots are brought to {} seats in proportion.",
                numbers::whole(sum),
                numbers::whole(f64::from(self.input.seats))
            )
        })
    }

    fn describe(&self) -> String {
        let biggest: Vec<String> = self
            .by_size
            .iter()
            .take(4)
            .map(|place| {
                let party = self.parties[*place];
                format!("{} {}", party.name, seats_and_range(party))
            })
            .collect();
        format!(
            "A chamber of {} seats as dots in a half circle; {}. {}.",
            numbers::whole(f64::from(self.input.seats)),
            self.majority_words(),
            if biggest.is_empty() { "No parties".to_owned() } else { biggest.join("; ") }
        )
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            format!(
                "{} seats; {}",
                numbers::whole(f64::from(self.input.seats)),
                self.majority_words()
            ),
            vec![
                Column::words("Party"),
                Column::words("Group"),
                Column::numbers("median"),
                Column::numbers("90% of runs"),
            ],
        );
        for place in &self.by_size {
            let party = self.parties[*place];
            table.row([
                party.name.clone(),
                party.group.clone().unwrap_or_default(),
                numbers::whole(party.seats.median),
                numbers::dash_range(party.seats.low, party.seats.high),
            ]);
        }
        if self.worth > 1 {
            table.marks.push(format!("One dot stands for {} seats.", self.worth));
        }
        table.marks.extend(self.scaled());
        table.marks.extend(self.others());
        table
    }
}

struct Label {
    place: usize,
    angle: f64,
    left: bool,
    x: f64,
    y: f64,
    name: Vec<String>,
}

fn seats_and_range(party: &Party) -> String {
    let median = numbers::whole(party.seats.median);
    let range = numbers::dash_range(party.seats.low, party.seats.high);
    if median == range { median } else { format!("{median} ({range})") }
}
