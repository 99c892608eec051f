//! A table: what a picture says, in numbers; or a table of the brief.

use crate::text::Text;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub heading: String,
    /// Whether its cells are numbers, set to the right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), numeric: false }
    }
    /// A column of numbers.
    pub fn numbers(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), numeric: true }
    }
}

/// A table. A row may be shorter than the head; the missing cells are empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns; the first names the row.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Text>>,
    /// Remarks that belong to the numbers.
    pub notes: Vec<String>,
}

impl Table {
    /// An empty table.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table { caption: caption.into(), columns, ..Table::default() }
    }
    /// Adds a row of plain cells.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into_iter().map(Text::from).collect());
    }
    /// Every word in the table, a line a cell.
    pub fn words(&self) -> String {
        let heads = self.columns.iter().map(|column| column.heading.clone());
        let cells = self.rows.iter().flatten().map(Text::to_plain);
        let mut lines = vec![self.caption.clone()];
        lines.extend(heads);
        lines.extend(cells);
        lines.extend(self.notes.iter().cloned());
        lines.join("\n")
    }
}
