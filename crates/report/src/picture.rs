//! The pictures: each a plain input and a `draw` that gives the same picture for the same input.
//!
//! Every picture is drawn twice, for a page and for a telephone, and says in a table what it shows
//! in marks. Pictures refuse to compute results: they place what they are given. A number that is
//! not finite, or an interval that is not in order, is an error and never a strange drawing.

mod alluvial;
mod axis;
mod calendar;
pub mod calibration;
pub mod claims_matrix;
pub mod coalition_matrix;
pub mod days_curve;
pub mod decisiveness;
pub mod dependence_sankey;
pub mod district_map;
pub mod dotplot;
pub mod escalation_ladder;
pub mod hemicycle;
pub mod influence_fan;
mod labels;
mod lines;
pub mod paired_difference;
pub mod prim_strip;
pub mod ridgelines;
mod rows;
pub mod seat_intervals;
pub mod signed_network;
pub mod sway_bars;
pub mod sway_sankey;
pub mod swimlanes;
pub mod timeline;
pub mod tornado;

pub use lines::{Line, LineKind};

use crate::svg::{Canvas, Drawing, Type};
use crate::table::Table;
use std::fmt;

/// A finished picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The kind of picture, a plain word: "hemicycle".
    pub name: String,
    /// What the reader is shown, in a line.
    pub title: String,
    /// What the picture says, in a sentence or two, for those who cannot see it.
    pub description: String,
    /// The drawing for a page.
    pub wide: Drawing,
    /// The drawing for a telephone.
    pub narrow: Drawing,
    /// The same in numbers.
    pub table: Table,
}

impl Picture {
    /// The picture as an SVG file of its own.
    pub fn svg(&self) -> String {
        self.wide.standalone(&self.name, &self.title, &self.description)
    }
    /// The narrow picture as an SVG file of its own.
    pub fn narrow_svg(&self) -> String {
        self.narrow.standalone(&self.name, &self.title, &self.description)
    }
    /// The picture as an SVG file in the colours of one theme, for programs that know neither
    /// variables nor a reader's preference.
    #[cfg(feature = "png")]
    pub(crate) fn flat_svg(&self, narrow: bool, theme: crate::svg::Theme, font: &str) -> String {
        let drawing = if narrow { &self.narrow } else { &self.wide };
        drawing.file(&self.name, &self.title, &self.description, &crate::svg::flat(theme, font))
    }
    /// What the picture shows, as comma-separated values.
    pub fn csv(&self) -> String {
        self.table.csv()
    }

    /// A picture painted on both frames.
    fn of(
        name: &str,
        title: &str,
        description: String,
        table: Table,
        paint: impl Fn(Frame) -> Drawing,
    ) -> Picture {
        let (wide, narrow) = (paint(Frame::Wide), paint(Frame::Narrow));
        let (name, title) = (name.to_owned(), title.to_owned());
        Picture { name, title, description, wide, narrow, table }
    }

    /// The picture of an empty input: it says that there is nothing to show, and of what.
    fn nothing(name: &str, title: &str, what: &str, mut table: Table) -> Picture {
        let words = format!("Nothing to show: no {what}.");
        let paint = |frame: Frame| {
            let mut canvas = frame.canvas();
            let (wide, tall) = (frame.width(), 84.0);
            canvas.rect((0.5, 0.5), (wide - 1.0, tall - 1.0), "f-faint");
            let lines = Type::LABEL.wrap(&words, wide - 32.0, 2);
            let first = tall / 2.0 + 4.5 - 8.5 * (lines.len() as f64 - 1.0);
            canvas.lines((wide / 2.0, first), &lines, 17.0, Type::LABEL.middle());
            canvas.finish(tall)
        };
        table.rows.clear();
        table.notes = vec![words.clone()];
        Picture::of(name, title, words.clone(), table, paint)
    }
}

/// "… 12 more in the table", or none where all are shown.
fn more(left: usize) -> Option<String> {
    (left > 0).then(|| format!("… {} more in the table", crate::numbers::whole(left as f64)))
}

/// Sets a note of several lines beneath a picture and gives the y at its foot.
fn note(canvas: &mut Canvas, y: f64, words: &str) -> f64 {
    let lines = Type::SMALL.wrap(words, canvas.width(), 6);
    canvas.lines((0.0, y + 12.0), &lines, 16.0, Type::SMALL).max(y) + 6.0
}

/// An uncertain number: the middle, and the interval that holds 90 % of the runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The 5th percentile.
    pub low: f64,
    /// The 95th percentile.
    pub high: f64,
    /// The 25th and 75th percentiles, where known.
    pub inner: Option<(f64, f64)>,
    /// The mean, where the page speaks of that.
    pub mean: Option<f64>,
}

impl Spread {
    /// A spread without its inner half.
    pub fn new(median: f64, low: f64, high: f64) -> Spread {
        Spread { median, low, high, inner: None, mean: None }
    }
    /// The same spread with its inner half.
    pub fn with_inner(self, low: f64, high: f64) -> Spread {
        Spread { inner: Some((low, high)), ..self }
    }
    /// The same spread with its mean.
    pub fn with_mean(self, mean: f64) -> Spread {
        Spread { mean: Some(mean), ..self }
    }
    /// The value that the page speaks of: the mean where it is given, else the median.
    pub fn middle(&self) -> f64 {
        self.mean.unwrap_or(self.median)
    }
}

/// Why a picture cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureError {
    /// The kind of picture.
    pub picture: &'static str,
    /// Which part of its input.
    pub place: String,
    /// What is wrong with it.
    pub fault: String,
    /// What to do about it.
    pub fix: &'static str,
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}; {}", self.picture, self.place, self.fault, self.fix)
    }
}

impl std::error::Error for PictureError {}

/// Numbers beyond this are refused: no count, share or day of this field comes near it.
const LIMIT: f64 = 1e12;

/// The two sizes in which every picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    Wide,
    Narrow,
}

impl Frame {
    fn canvas(self) -> Canvas {
        Canvas::new(self.width())
    }
    fn width(self) -> f64 {
        match self {
            Frame::Wide => 720.0,
            Frame::Narrow => 340.0,
        }
    }
    fn is_wide(self) -> bool {
        self == Frame::Wide
    }
    fn pick<T>(self, wide: T, narrow: T) -> T {
        if self.is_wide() { wide } else { narrow }
    }
}

/// Checks the parts of one picture's input.
struct Check(&'static str);

impl Check {
    fn number(&self, place: impl fmt::Display, value: f64) -> Result<(), PictureError> {
        if value.is_finite() && value.abs() <= LIMIT {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{value} cannot be drawn"),
            fix: "give a finite number below a million million",
        })
    }
    fn share(&self, place: impl fmt::Display, value: f64) -> Result<(), PictureError> {
        if (0.0..=1.0).contains(&value) {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{value} is not a share"),
            fix: "give a number from 0 to 1",
        })
    }
    fn spread(&self, place: impl fmt::Display, spread: &Spread) -> Result<(), PictureError> {
        let (low, high) = spread.inner.unwrap_or((spread.low, spread.high));
        for value in [spread.low, low, spread.middle(), spread.median, high, spread.high] {
            self.number(&place, value)?;
        }
        let rising = [spread.low, low, spread.median, high, spread.high];
        if rising.windows(2).all(|pair| pair[0] <= pair[1]) {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: "the interval is not in order".to_owned(),
            fix: "give low <= median <= high",
        })
    }
    fn listed(
        &self,
        place: impl fmt::Display,
        index: usize,
        count: usize,
    ) -> Result<(), PictureError> {
        if index < count {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{index} is not in the list of {count}"),
            fix: "give places counted from 0",
        })
    }
    fn least(&self, place: impl fmt::Display, value: f64) -> Result<(), PictureError> {
        self.number(&place, value)?;
        if value >= 0.0 {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{value} is below nothing"),
            fix: "give a number of 0 or more",
        })
    }
    fn rising(&self, place: impl fmt::Display, values: &[f64]) -> Result<(), PictureError> {
        for value in values {
            self.number(&place, *value)?;
        }
        if values.windows(2).all(|pair| pair[0] <= pair[1]) {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: "the numbers are not in order".to_owned(),
            fix: "give the lower number first",
        })
    }
    fn length(
        &self,
        place: impl fmt::Display,
        got: usize,
        want: usize,
    ) -> Result<(), PictureError> {
        if got == want {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{got} values where {want} are wanted"),
            fix: "give one value for each",
        })
    }
}
