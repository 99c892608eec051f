//! Numbers, texts and tables as pages take them.

use report::table::Table;
use report::text::{Span, Text};
use serde::Serialize;
use utoipa::ToSchema;

/// Mean, median and the 5, 25, 75 and 95 % points of a quantity over the runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub(crate) struct IntervalView {
    /// The mean.
    pub mean: f64,
    /// The 5 % point.
    pub low: f64,
    /// The 25 % point.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The 75 % point.
    pub upper: f64,
    /// The 95 % point.
    pub high: f64,
}

impl From<assess::Interval> for IntervalView {
    fn from(i: assess::Interval) -> Self {
        Self {
            mean: i.mean,
            low: i.low,
            lower: i.lower,
            median: i.median,
            upper: i.upper,
            high: i.high,
        }
    }
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum SpanView {
    /// Words.
    Plain {
        /// What is read.
        text: String,
    },
    /// A name, in its own direction of writing.
    Name {
        /// What is read.
        text: String,
    },
    /// Words to be stressed.
    Strong {
        /// What is read.
        text: String,
    },
    /// A number, or any statement, that opens its evidence: `GET /api/evidence/for?note=…`.
    Number {
        /// What is read.
        text: String,
        /// The note it opens.
        note: String,
    },
    /// A likelihood term with the range it stands for.
    Likelihood {
        /// The term.
        text: String,
        /// The range.
        range: String,
    },
}

/// A sentence or a paragraph, piece by piece.
pub(crate) type Words = Vec<SpanView>;

/// The pieces of a text.
pub(crate) fn words(text: &Text) -> Words {
    let piece = |span: &Span| match span.clone() {
        Span::Plain(text) => SpanView::Plain { text },
        Span::Name(text) => SpanView::Name { text },
        Span::Strong(text) => SpanView::Strong { text },
        Span::Number { text, note } => SpanView::Number { text, note },
        Span::Likelihood { term, range } => SpanView::Likelihood { text: term, range },
    };
    text.0.iter().map(piece).collect()
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TableView {
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The rows, a cell a column, each cell piece by piece; a row may be short of cells at its end.
    pub rows: Vec<Vec<Vec<SpanView>>>,
    /// Remarks beneath it.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ColumnView {
    /// Its heading.
    pub name: String,
    /// Whether it holds numbers, which are set to the right.
    pub numbers: bool,
}

impl From<&Table> for TableView {
    fn from(table: &Table) -> Self {
        let column =
            |c: &report::table::Column| ColumnView { name: c.heading.clone(), numbers: c.numeric };
        Self {
            caption: table.caption.clone(),
            columns: table.columns.iter().map(column).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(words).collect()).collect(),
            notes: table.notes.iter().chain(&table.marks).cloned().collect(),
        }
    }
}
