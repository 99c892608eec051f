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
    /// What the marks of its picture mean and what that leaves out: nothing to a reader who has the table alone.
    pub marks: Vec<String>,
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
    /// The head and the rows as comma-separated values (RFC 4180), without the notes.
    ///
    /// The true minus sign becomes a hyphen and a thousands comma is dropped where a cell of a
    /// column of numbers is a number, so that it is read as one. A cell of words that a spreadsheet
    /// would take for a formula is given an apostrophe, since cells hold names from documents.
    pub fn csv(&self) -> String {
        let mut lines = String::new();
        let heads: Vec<String> =
            self.columns.iter().map(|column| field(&column.heading, false)).collect();
        lines.push_str(&heads.join(","));
        lines.push_str("\r\n");
        for row in &self.rows {
            let cells: Vec<String> = self
                .columns
                .iter()
                .enumerate()
                .map(|(place, column)| {
                    row.get(place)
                        .map_or_else(String::new, |cell| field(&cell.to_plain(), column.numeric))
                })
                .collect();
            lines.push_str(&cells.join(","));
            lines.push_str("\r\n");
        }
        lines
    }

    /// Every word in the table, a line a cell.
    pub fn words(&self) -> String {
        let heads = self.columns.iter().map(|column| column.heading.clone());
        let cells = self.rows.iter().flatten().map(Text::to_plain);
        let mut lines = vec![self.caption.clone()];
        lines.extend(heads);
        lines.extend(cells);
        lines.extend(self.notes.iter().chain(&self.marks).cloned());
        lines.join("\n")
    }
}

/// One field of a line of comma-separated values.
fn field(text: &str, numeric: bool) -> String {
    let mut text: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !crate::svg::is_dropped(*letter))
        .collect();
    if numeric {
        let plain = text.replace('−', "-").replace(',', "");
        if plain.trim_end_matches('%').parse::<f64>().is_ok() {
            text = plain;
        }
    }
    let is_number = text.trim_end_matches('%').parse::<f64>().is_ok();
    if text.starts_with(['=', '+', '-', '@']) && !is_number {
        text.insert(0, '\'');
    }
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_what_they_are() {
        assert_eq!(field("−1,200", true), "-1200");
        assert_eq!(field("+3.5", true), "+3.5");
        assert_eq!(field("38–57", true), "38–57");
        assert_eq!(field("12%", true), "12%");
        assert_eq!(field("a, \"b\"\nc", false), "\"a, \"\"b\"\" c\"");
        for formula in ["=1+1", "@SUM(A1)", "-cmd|' /C calc'!A0", "+A1", "\u{feff}=1+1"] {
            assert!(field(formula, false).trim_start_matches('"').starts_with('\''), "{formula}");
        }
        assert_eq!(field("-cmd", true), "'-cmd");
    }
}
