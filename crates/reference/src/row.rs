//! A row of a class.

use jiff::civil::Date;

/// How sure a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Two independent pages or tables were looked up.
    Twice,
    /// One was.
    Once,
    /// None was: a lead.
    Lead,
}

impl Sure {
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text {
            "A" => Some(Self::Twice),
            "B" => Some(Self::Once),
            "C" => Some(Self::Lead),
            _ => None,
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The country, region or entity.
    pub country: String,
    /// What it belongs to: rows of one episode are one draw.
    pub episode: String,
    /// The day on which it became public.
    pub known: Date,
    /// How sure it is.
    pub sure: Sure,
    /// All cells, in the order of the class's columns.
    pub(crate) cells: Vec<String>,
}
