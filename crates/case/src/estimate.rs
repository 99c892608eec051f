//! What somebody believes of a number on a date.

use jiff::civil::Date;
use serde::Serialize;

pub use entry::{Dated, Estimate, Keys, Shape, Spot, Written};

/// What an estimate comes to on an as-of date: the statement in force, ready to be drawn from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Belief {
    /// Where the estimate stands in the case, such as `tie.a>b:security.bandwidth`.
    pub path: String,
    /// The best single value.
    pub value: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// The spread.
    pub shape: Shape,
    /// For [`Shape::Discrete`]: the values with their weights, in the order of the values; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<(f64, f64)>,
    /// The unit, if the field fixes it or the author gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether the author calls the value known exactly: the shape `constant` was written.
    #[serde(skip)]
    pub exact: bool,
    /// From when the statement holds, if it says so.
    #[serde(skip)]
    pub from: Option<Date>,
    /// When somebody last looked whether it still holds.
    #[serde(skip)]
    pub checked: Option<Date>,
    /// Keys of the sources.
    pub sources: Vec<String>,
    /// Where in the source.
    pub at: Option<String>,
    /// The words of the source.
    pub quote: Option<String>,
    /// The author's reason, if it is a judgement.
    pub judged: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Whether some of its sources were not out yet and are left away.
    #[serde(skip)]
    pub withheld: bool,
    /// Where it is written, for messages.
    #[serde(skip)]
    pub spot: Spot,
}

impl Belief {
    /// The belief of one dated statement; `unit` is what the field fixes.
    #[must_use]
    pub fn of(dated: &Dated, unit: Option<&str>, path: String, spot: Spot) -> Self {
        let (low, high) = dated.range();
        let written = || dated.unit.as_ref().map(|u| u.get_ref().clone());
        Self {
            path,
            choices: dated.choices(),
            unit: unit.map(str::to_owned).or_else(written),
            exact: dated.shape == Some(Shape::Constant),
            from: dated.from,
            checked: dated.checked,
            value: dated.value,
            low,
            high,
            shape: match dated.shape {
                Some(shape) => shape,
                None if low < high => Shape::Pert,
                None => Shape::Constant,
            },
            sources: dated.source.0.iter().map(|key| key.get_ref().clone()).collect(),
            at: dated.at.clone(),
            quote: dated.quote.as_ref().map(|q| q.get_ref().clone()),
            judged: dated.judged.clone(),
            note: dated.note.clone(),
            withheld: false,
            spot,
        }
    }
}
