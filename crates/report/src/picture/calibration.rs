//! Can it be trusted? What was said against what happened, with the scores beside it.
//!
//! Forecasts are gathered in bins; a dot stands at the mean of what was said and the share that
//! came true, its area is the number of forecasts and the bar its interval. On the diagonal, what
//! was said is what happened. A number is written at each dot, since three forecasts prove little.
//!
//! Reference: Murphy and Winkler, *Reliability of subjective probability forecasts*, 1977
//! (murphy1977).

use super::labels::{Labels, around};
use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// The forecasts of one bin.
#[derive(Debug, Clone, PartialEq)]
pub struct Bin {
    /// The mean of the probabilities said.
    pub said: f64,
    /// The share that came true.
    pub came: f64,
    /// The interval of that share.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// How many forecasts.
    pub count: u64,
}

/// One forecaster's scores: this project's, or a plain baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Whose: "these forecasts", "base rate".
    pub forecaster: String,
    /// The scores, in the order of [`Input::scores`].
    pub values: Vec<f64>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The bins, in any order; empty ones are left out.
    pub bins: Vec<Bin>,
    /// The names of the scores: "Brier score".
    pub scores: Vec<String>,
    /// The forecasters, this project's first. Lower is better in every score.
    pub forecasters: Vec<Score>,
}

const NAME: &str = "calibration";
const AXES: [&str; 2] = ["share that came true", "probability said"];
const LOWER: &str = "lower is better; the best is bold";
const SIDES: [&str; 2] = ["said too little", "said too much"];

/// Draws the diagram.
///
/// # Errors
/// If a share is not one, an interval is not in order, or a forecaster has not one value for each
/// score.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, bin) in input.bins.iter().enumerate() {
        let place = format!("bin {}", place + 1);
        for (name, share) in
            [("said", bin.said), ("came", bin.came), ("low", bin.low), ("high", bin.high)]
        {
            check.share(format_args!("{place}, {name}"), share)?;
        }
        check.rising(&place, &[bin.low, bin.came, bin.high])?;
    }
    for score in &input.forecasters {
        let place = format!("scores of {}", score.forecaster);
        check.length(&place, score.values.len(), input.scores.len())?;
        for value in &score.values {
            check.number(&place, *value)?;
        }
    }
    let mut bins: Vec<&Bin> = input.bins.iter().filter(|bin| bin.count > 0).collect();
    bins.sort_by(|a, b| a.said.total_cmp(&b.said));
    let diagram = Diagram { input, bins };
    if diagram.bins.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "forecast that has come due", head()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: diagram.describe(),
        wide: diagram.paint(Frame::Wide),
        narrow: diagram.paint(Frame::Narrow),
        table: diagram.table(),
    })
}

struct Diagram<'a> {
    input: &'a Input,
    /// Those with forecasts, by what was said.
    bins: Vec<&'a Bin>,
}

impl Diagram<'_> {
    fn total(&self) -> u64 {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    fn counted(&self) -> String {
        numbers::counted(self.total() as usize, "forecast", "forecasts")
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let side = frame.pick(340.0, 282.0);
        let (left, top) = (46.0, 32.0);
        let foot = top + side;
        let across = Scale::new((0.0, 1.0), (left, left + side));
        let up = Scale::new((0.0, 1.0), (foot, top));
        canvas.text((0.0, 12.0), AXES[0], Type::SMALL);
        for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let (x, y) = (across.at(tick), up.at(tick));
            let class = if tick == 0.0 { "w1 l-ink" } else { "w1 l-rule" };
            canvas.line((left, y), (left + side, y), class);
            canvas.line((x, top), (x, foot), class);
            let words = format!("{}%", numbers::whole(tick * 100.0));
            canvas.text((left - 8.0, y + 4.0), &words, Type::TICK.end());
            canvas.text((x.min(frame.width() - 18.0), foot + 17.0), &words, Type::TICK.middle());
        }
        canvas.text((left + side, foot + 36.0), AXES[1], Type::SMALL.end());
        canvas.line((left, foot), (left + side, top), "w2 l-soft dash");
        let most = self.bins.iter().map(|bin| bin.count).max().unwrap_or(1) as f64;
        let radius = |bin: &Bin| 3.5 + 8.5 * (bin.count as f64 / most).sqrt();
        let mut labels = Labels::within((left + 2.0, top), (left + side - 2.0, foot - 2.0));
        for bin in &self.bins {
            let x = across.at(bin.said);
            canvas.line((x, up.at(bin.low)), (x, up.at(bin.high)), "w2 l-c0 cap");
            let (low, high) = (up.at(bin.low), up.at(bin.high));
            labels.keep((x, (low + high) / 2.0), (1.5, (low - high) / 2.0));
            labels.keep((x, up.at(bin.came)), (radius(bin), radius(bin)));
        }
        let points: Vec<(f64, f64)> =
            self.bins.iter().map(|bin| (across.at(bin.said), up.at(bin.came))).collect();
        for (bin, point) in self.bins.iter().zip(&points) {
            canvas.circle(*point, radius(bin) + 1.2, "f-paper");
            canvas.circle(*point, radius(bin), "f-c0");
        }
        for (bin, point) in self.bins.iter().zip(&points) {
            let kind = Type::SMALL.halo();
            let words = numbers::whole(bin.count as f64);
            labels.set(&mut canvas, &words, &around(*point, radius(bin) + 1.0, kind));
        }
        let kind = Type::SMALL.halo();
        let high = ((left + 10.0, top + 20.0), kind);
        labels.set(&mut canvas, SIDES[0], &[high]);
        let low = ((left + side - 10.0, foot - 12.0), kind.end());
        labels.set(&mut canvas, SIDES[1], &[low]);
        let end = match frame {
            Frame::Wide => {
                let corner = (left + side + 36.0, top + 14.0);
                self.scores(&mut canvas, corner, frame.width()).max(foot + 40.0)
            }
            Frame::Narrow => self.scores(&mut canvas, (0.0, foot + 66.0), frame.width()),
        };
        canvas.finish(end + 4.0)
    }

    /// The table of scores. Gives the y at its foot.
    fn scores(&self, canvas: &mut Canvas, corner: (f64, f64), right: f64) -> f64 {
        let (left, mut y) = corner;
        canvas.text((left, y), &self.counted(), Type::LABEL.bold());
        y += 16.0;
        canvas.text((left, y), COUNTS, Type::SMALL);
        if self.input.forecasters.is_empty() || self.input.scores.is_empty() {
            return y + 8.0;
        }
        y += 34.0;
        let shown = self.input.scores.len().min(3);
        let column = ((right - left) * 0.6 / shown as f64).min(78.0);
        let x = |place: usize| right - (shown - 1 - place) as f64 * column;
        let heads: Vec<Vec<String>> = self.input.scores[..shown]
            .iter()
            .map(|name| Type::SMALL.wrap(name, column - 8.0, 2))
            .collect();
        for (place, lines) in heads.iter().enumerate() {
            let from = y - 14.0 * (lines.len().max(1) as f64 - 1.0);
            canvas.lines((x(place), from), lines, 14.0, Type::SMALL.end());
        }
        y += 7.0;
        canvas.line((left, y), (right, y), "w1 l-ink");
        let room = x(0) - column - left - 4.0;
        for score in &self.input.forecasters {
            let lines = Type::LABEL.wrap(&score.forecaster, room.max(40.0), 2);
            y += 19.0;
            let last = canvas.lines((left, y), &lines, 15.0, Type::LABEL).max(y);
            for (place, value) in score.values.iter().take(shown).enumerate() {
                let kind =
                    if self.is_best(place, *value) { Type::LABEL.bold() } else { Type::LABEL };
                let kind = kind.end();
                canvas.text((x(place), y), &kind.fit(&said(*value), column - 8.0), kind);
            }
            y = last + 7.0;
            canvas.line((left, y), (right, y), "w1 l-rule");
        }
        canvas.text((left, y + 17.0), LOWER, Type::SMALL);
        y + 22.0
    }

    fn is_best(&self, place: usize, value: f64) -> bool {
        self.input
            .forecasters
            .iter()
            .filter_map(|score| score.values.get(place))
            .all(|other| value <= *other)
    }

    fn describe(&self) -> String {
        let bins: Vec<String> = self
            .bins
            .iter()
            .map(|bin| {
                format!(
                    "said {}, came true {} of {}",
                    numbers::short_percent(bin.said),
                    numbers::share(bin.came),
                    numbers::whole(bin.count as f64)
                )
            })
            .collect();
        format!("What was said against what happened, {}. {}.", self.counted(), bins.join("; "))
    }

    fn table(&self) -> Table {
        let mut table = head();
        for bin in &self.bins {
            table.row([
                numbers::short_percent(bin.said),
                numbers::share(bin.came),
                format!("{} to {}", numbers::share(bin.low), numbers::share(bin.high)),
                numbers::whole(bin.count as f64),
            ]);
        }
        table.notes.push(format!("{}; {COUNTS}.", self.counted()));
        table.marks.push(format!("Above the diagonal: {}. Beneath: {}.", SIDES[0], SIDES[1]));
        for score in &self.input.forecasters {
            let values: Vec<String> = self
                .input
                .scores
                .iter()
                .zip(&score.values)
                .map(|(name, value)| format!("{name} {}", said(*value)))
                .collect();
            table.notes.push(format!("{}: {}.", score.forecaster, values.join(", ")));
        }
        if !self.input.forecasters.is_empty() {
            table.notes.push(format!("In each score {LOWER}."));
        }
        table
    }
}

const COUNTS: &str = "numbers at dots count forecasts";

/// A score to three places.
fn said(value: f64) -> String {
    if value.abs() < 100.0 {
        format!("{value:.3}").replace('-', "−")
    } else {
        numbers::whole(value)
    }
}

fn head() -> Table {
    Table::new(
        "What was said against what happened",
        vec![
            Column::numbers(AXES[1]),
            Column::numbers(AXES[0]),
            Column::numbers("90% interval"),
            Column::numbers("forecasts"),
        ],
    )
}
