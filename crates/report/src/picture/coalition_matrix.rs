//! The likeliest coalitions: a column each, a row a party, a filled mark where the party is in.
//!
//! Columns stand in order of probability, rows in order of how likely the party is to be in one of
//! the coalitions shown. Beneath stand the seats, the surplus over the majority, and any further
//! facts the caller has of each.

use super::{Check, Frame, Picture, PictureError, Spread};
use crate::numbers;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// A coalition.
#[derive(Debug, Clone, PartialEq)]
pub struct Coalition {
    /// Places of its members in the list of parties.
    pub members: Vec<usize>,
    /// How likely it is.
    pub probability: f64,
    /// The seats it has.
    pub seats: Spread,
}

/// A further fact of each coalition: "days to form", "vetoes broken".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// One short value for each coalition, in the order in which they are given.
    pub values: Vec<String>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the parties.
    pub parties: Vec<String>,
    /// The coalitions, in any order.
    pub coalitions: Vec<Coalition>,
    /// How many seats make a majority.
    pub majority: u32,
    /// Further facts.
    pub facts: Vec<Fact>,
}

const NAME: &str = "coalition-matrix";
const SHOWN: (usize, usize) = (10, 5);

/// Draws the matrix.
///
/// # Errors
/// If a probability is not a share, an interval is not in order, a member is not in the list of
/// parties, or a fact has not one value for each coalition.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, coalition) in input.coalitions.iter().enumerate() {
        let place = format!("coalition {}", place + 1);
        check.share(format_args!("{place}, probability"), coalition.probability)?;
        check.spread(format_args!("{place}, seats"), &coalition.seats)?;
        if let Some(wrong) = coalition.members.iter().find(|m| **m >= input.parties.len()) {
            return Err(PictureError {
                picture: NAME,
                place,
                fault: format!(
                    "member {wrong} is not in the list of {} parties",
                    input.parties.len()
                ),
                fix: "give places counted from 0",
            });
        }
    }
    for fact in &input.facts {
        check.length(
            format_args!("fact {}", fact.label),
            fact.values.len(),
            input.coalitions.len(),
        )?;
    }
    let mut order: Vec<usize> = (0..input.coalitions.len()).collect();
    order.sort_by(|a, b| {
        let (a_p, b_p) = (input.coalitions[*a].probability, input.coalitions[*b].probability);
        b_p.total_cmp(&a_p).then(a.cmp(b))
    });
    let matrix = Matrix { input, order };
    if input.coalitions.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "coalitions", matrix.table()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: matrix.describe(),
        wide: matrix.paint(Frame::Wide),
        narrow: matrix.paint(Frame::Narrow),
        table: matrix.table(),
    })
}

struct Matrix<'a> {
    input: &'a Input,
    /// Places of the coalitions, the likeliest first.
    order: Vec<usize>,
}

impl Matrix<'_> {
    fn shown(&self, frame: Frame) -> Vec<&Coalition> {
        let most = frame.pick(SHOWN.0, SHOWN.1);
        self.order.iter().take(most).map(|place| &self.input.coalitions[*place]).collect()
    }

    /// Parties in any coalition shown, the likeliest member first.
    fn rows(&self, shown: &[&Coalition]) -> Vec<usize> {
        let mut weights = vec![0.0; self.input.parties.len()];
        let mut present = vec![false; self.input.parties.len()];
        for coalition in shown {
            for member in &coalition.members {
                weights[*member] += coalition.probability;
                present[*member] = true;
            }
        }
        let mut rows: Vec<usize> = (0..weights.len()).filter(|place| present[*place]).collect();
        rows.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
        rows
    }

    fn surplus(&self, coalition: &Coalition) -> String {
        numbers::signed(coalition.seats.median.round() - f64::from(self.input.majority), 0)
    }

    fn over(&self) -> String {
        format!("over {}", numbers::whole(f64::from(self.input.majority)))
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let shown = self.shown(frame);
        let rows = self.rows(&shown);
        let names = Type::LABEL;
        let foot_labels = ["seats".to_owned(), self.over()]
            .into_iter()
            .chain(self.input.facts.iter().map(|fact| fact.label.clone()));
        let name_room = rows
            .iter()
            .map(|place| names.width(&self.input.parties[*place]))
            .chain(foot_labels.map(|label| Type::SMALL.width(&label)))
            .chain(["probability"].map(|label| Type::SMALL.width(label)))
            .fold(40.0, f64::max)
            .min(frame.pick(220.0, 116.0));
        let left = name_room + 14.0;
        let step = ((frame.width() - left) / shown.len().max(1) as f64).min(frame.pick(66.0, 52.0));
        let columns: Vec<f64> = (0..shown.len()).map(|k| left + (k as f64 + 0.5) * step).collect();
        let right = left + shown.len() as f64 * step;

        let most = shown.first().map_or(1.0, |first| first.probability).max(1e-9);
        let tall = 64.0;
        let base = tall + 22.0;
        canvas.text((0.0, base - 4.0), "probability", Type::SMALL);
        for (coalition, x) in shown.iter().zip(&columns) {
            let high = (coalition.probability / most * tall).max(1.0);
            let wide = (step * 0.5).min(24.0);
            canvas.rect((x - wide / 2.0, base - high), (wide, high), "f-c0");
            let words = numbers::short_percent(coalition.probability);
            canvas.text((*x, base - high - 5.0), &words, Type::LABEL.bold().middle());
        }
        canvas.line((left, base), (right.max(left), base), "w1 l-ink");

        let mut y = base + 8.0;
        let mut centres = Vec::new();
        for (index, place) in rows.iter().enumerate() {
            let lines = names.wrap(&self.input.parties[*place], name_room + 1.0, 2);
            let height = if lines.len() > 1 { 38.0 } else { 26.0 };
            if index % 2 == 0 {
                canvas.rect((0.0, y), (right, height), "f-faint");
            }
            let middle = y + height / 2.0;
            let baseline = middle + 4.5 - 7.5 * (lines.len() as f64 - 1.0);
            canvas.lines((4.0, baseline), &lines, 15.0, names);
            centres.push(middle);
            y += height;
        }
        for (coalition, x) in shown.iter().zip(&columns) {
            self.column(&mut canvas, coalition, *x, &rows, &centres);
        }
        y += 18.0;
        let row = |canvas: &mut Canvas, y: f64, label: &str, values: &[String], kind: Type| {
            canvas.text((4.0, y), &Type::SMALL.fit(label, name_room + 4.0), Type::SMALL);
            for (value, x) in values.iter().zip(&columns) {
                canvas.text((*x, y), &kind.fit(value, step - 4.0), kind.middle());
            }
        };
        let seats: Vec<String> = shown.iter().map(|c| numbers::whole(c.seats.median)).collect();
        let surplus: Vec<String> = shown.iter().map(|c| self.surplus(c)).collect();
        row(&mut canvas, y, "seats", &seats, Type::LABEL);
        y += 20.0;
        row(&mut canvas, y, &self.over(), &surplus, Type::LABEL.bold());
        for fact in &self.input.facts {
            y += 20.0;
            let values: Vec<String> =
                self.order.iter().take(shown.len()).map(|k| fact.values[*k].clone()).collect();
            row(&mut canvas, y, &fact.label, &values, Type::LABEL);
        }
        for line in self.more(frame) {
            y += 22.0;
            canvas.text((4.0, y), &line, Type::SMALL);
        }
        canvas.finish(y + 8.0)
    }

    fn column(
        &self,
        canvas: &mut Canvas,
        coalition: &Coalition,
        x: f64,
        rows: &[usize],
        centres: &[f64],
    ) {
        let inside: Vec<f64> = rows
            .iter()
            .zip(centres)
            .filter(|(place, _)| coalition.members.contains(place))
            .map(|(_, y)| *y)
            .collect();
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            canvas.line((x, *first), (x, *last), "w2 l-c0");
        }
        for (place, y) in rows.iter().zip(centres) {
            if coalition.members.contains(place) {
                canvas.circle((x, *y), 7.0, "f-c0");
            } else {
                canvas.circle((x, *y), 3.5, "f-paper l-soft w1");
            }
        }
    }

    fn more(&self, frame: Frame) -> Vec<String> {
        let left = self.order.len().saturating_sub(frame.pick(SHOWN.0, SHOWN.1));
        let mut lines = Vec::new();
        if left > 0 {
            lines.push(format!("… {} more coalitions in the table", numbers::whole(left as f64)));
        }
        let absent = self.input.parties.len() - self.rows(&self.shown(frame)).len();
        if absent > 0 && !self.order.is_empty() {
            lines.push(format!(
                "{} in none of these",
                numbers::counted(absent, "more party is", "more parties are")
            ));
        }
        lines
    }

    fn members(&self, coalition: &Coalition) -> String {
        let names: Vec<&str> = self
            .rows(&[coalition])
            .iter()
            .map(|place| self.input.parties[*place].as_str())
            .collect();
        names.join(", ")
    }

    fn describe(&self) -> String {
        let first: Vec<String> = self
            .shown(Frame::Narrow)
            .iter()
            .take(3)
            .map(|c| {
                format!(
                    "{} ({}, {} seats)",
                    self.members(c),
                    numbers::percent(c.probability),
                    numbers::whole(c.seats.median)
                )
            })
            .collect();
        format!("The likeliest coalitions and who is in them. {}.", first.join("; "))
    }

    fn table(&self) -> Table {
        let mut columns = vec![
            Column::words("Coalition"),
            Column::numbers("probability"),
            Column::numbers("seats"),
            Column::numbers("90% of runs"),
            Column::numbers(self.over()),
        ];
        columns.extend(self.input.facts.iter().map(|fact| Column::numbers(&fact.label)));
        let mut table = Table::new("The likeliest coalitions", columns);
        for place in &self.order {
            let coalition = &self.input.coalitions[*place];
            let mut cells = vec![
                self.members(coalition),
                numbers::short_percent(coalition.probability),
                numbers::whole(coalition.seats.median),
                numbers::dash_range(coalition.seats.low, coalition.seats.high),
                self.surplus(coalition),
            ];
            cells.extend(self.input.facts.iter().map(|fact| fact.values[*place].clone()));
            table.rows.push(cells.into_iter().map(Into::into).collect());
        }
        for line in self.more(Frame::Wide).into_iter().chain(self.more(Frame::Narrow)) {
            if !table.marks.contains(&line) {
                table.marks.push(line);
            }
        }
        table
    }
}
