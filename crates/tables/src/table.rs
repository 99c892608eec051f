//! A table in memory, column by column.

use jiff::civil::Date;
use serde::Serialize;

use crate::schema::{Column, Kind, Schema};

/// A column's head, as it stands in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit of its numbers, or empty.
    pub unit: String,
    /// Whether a cell may be empty.
    pub empty: bool,
    /// What it says.
    pub about: String,
}

impl Head {
    /// The head of a column that stands once, or of one of several by its own name.
    #[must_use]
    pub fn of(column: &Column, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: column.kind,
            unit: column.unit.to_owned(),
            empty: column.empty,
            about: column.about.to_owned(),
        }
    }
}

/// A cell on its way into a table or out of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'c> {
    /// Nothing.
    Empty,
    /// Words.
    Text(&'c str),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
}

impl<'c> Cell<'c> {
    /// Words, or nothing where there are none.
    #[must_use]
    pub fn words(text: Option<&'c str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, Self::Text)
    }

    /// A day, or nothing.
    #[must_use]
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A whole number, or nothing.
    pub fn whole(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Empty, |n| Self::Whole(n.into()))
    }

    /// A number kept in single precision, as the decimal it is shown as and not its neighbour in
    /// binary.
    #[must_use]
    pub fn single(number: f32) -> Self {
        Self::Real(number.to_string().parse().unwrap_or(f64::from(number)))
    }
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Words.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers.
    Real(Vec<Option<f64>>),
    /// Days.
    Day(Vec<Option<Date>>),
    /// Yes or no.
    Truth(Vec<Option<bool>>),
}

impl Cells {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Whole => Self::Whole(Vec::new()),
            Kind::Real => Self::Real(Vec::new()),
            Kind::Day => Self::Day(Vec::new()),
            Kind::Truth => Self::Truth(Vec::new()),
        }
    }

    /// Adds a cell; one of another kind becomes an empty one.
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(all), Cell::Text(text)) => all.push(Some(text.to_owned())),
            (Self::Whole(all), Cell::Whole(number)) => all.push(Some(number)),
            (Self::Real(all), Cell::Real(number)) => all.push(Some(number)),
            (Self::Day(all), Cell::Day(day)) => all.push(Some(day)),
            (Self::Truth(all), Cell::Truth(truth)) => all.push(Some(truth)),
            (Self::Text(all), _) => all.push(None),
            (Self::Whole(all), _) => all.push(None),
            (Self::Real(all), _) => all.push(None),
            (Self::Day(all), _) => all.push(None),
            (Self::Truth(all), _) => all.push(None),
        }
    }

    /// The cell of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Text(all) => {
                all.get(row).and_then(Option::as_deref).map_or(Cell::Empty, Cell::Text)
            }
            Self::Whole(all) => all.get(row).copied().flatten().map_or(Cell::Empty, Cell::Whole),
            Self::Real(all) => all.get(row).copied().flatten().map_or(Cell::Empty, Cell::Real),
            Self::Day(all) => all.get(row).copied().flatten().map_or(Cell::Empty, Cell::Day),
            Self::Truth(all) => all.get(row).copied().flatten().map_or(Cell::Empty, Cell::Truth),
        }
    }
}

/// A table, or a stretch of its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What a row is.
    pub about: String,
    /// The heads of its columns.
    pub heads: Vec<Head>,
    /// Their cells.
    pub cells: Vec<Cells>,
    rows: usize,
}

impl Table {
    /// A table of a schema whose columns all stand once.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let heads = schema.columns.iter().map(|column| Head::of(column, column.name)).collect();
        Self::new(schema, heads)
    }

    /// A table of a schema with these columns.
    #[must_use]
    pub fn new(schema: &Schema, heads: Vec<Head>) -> Self {
        let cells = heads.iter().map(|head| Cells::new(head.kind)).collect();
        let (name, about) = (schema.name.to_owned(), schema.about.to_owned());
        Self { name, about, heads, cells, rows: 0 }
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row: a cell for each column, in order. What is missing at the end is empty.
    pub fn push<'c>(&mut self, row: impl IntoIterator<Item = Cell<'c>>) {
        let mut row = row.into_iter();
        for cells in &mut self.cells {
            cells.push(row.next().unwrap_or(Cell::Empty));
        }
        debug_assert!(row.next().is_none(), "a row of {} has more cells than columns", self.name);
        self.rows += 1;
    }

    /// The cells of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Cells> {
        self.heads.iter().position(|head| head.name == name).map(|at| &self.cells[at])
    }

    /// The same columns without rows.
    #[must_use]
    pub fn emptied(&self) -> Self {
        let cells = self.heads.iter().map(|head| Cells::new(head.kind)).collect();
        let (name, about, heads) = (self.name.clone(), self.about.clone(), self.heads.clone());
        Self { name, about, heads, cells, rows: 0 }
    }

    /// Adds the rows of a table with the same columns.
    pub fn append(&mut self, other: Self) {
        for (all, more) in self.cells.iter_mut().zip(other.cells) {
            match (all, more) {
                (Cells::Text(all), Cells::Text(more)) => all.extend(more),
                (Cells::Whole(all), Cells::Whole(more)) => all.extend(more),
                (Cells::Real(all), Cells::Real(more)) => all.extend(more),
                (Cells::Day(all), Cells::Day(more)) => all.extend(more),
                (Cells::Truth(all), Cells::Truth(more)) => all.extend(more),
                _ => debug_assert!(false, "columns of {} differ", self.name),
            }
        }
        self.rows += other.rows;
    }
}
