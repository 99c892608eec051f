//! A page laid out: its text and the blocks it is made of. Formats that have a structure build one,
//! so that later stages need not guess what is a heading.

use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A title or subheading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// What stands under a picture or a table.
    Caption,
}

/// A block and where it stands in the page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// A cell of a table: its place in the table, and where its words stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
    /// Columns it stands over.
    pub(crate) width: usize,
    /// The format says that it is a heading.
    pub(crate) head: bool,
    pub(crate) span: Span,
}

/// Text put together block by block, an empty line between any two.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Laid>,
    pub(crate) cells: Vec<Cell>,
    /// The table and the row that the next row is of.
    next: (usize, usize),
}

impl Page {
    /// Adds a block; runs of white space become one space, and characters that are not shown or
    /// that turn the direction of what follows are left out. An empty block is no block.
    pub(crate) fn push(&mut self, kind: Kind, text: &str) -> Option<Span> {
        if self.next.1 > 0 {
            self.next = (self.next.0 + 1, 0);
        }
        self.lay(kind, text)
    }

    /// Adds a row of a table as a block of its own, its cells parted by semicolons; rows that follow
    /// each other are of one table. Empty cells keep their column.
    pub(crate) fn push_row(&mut self, kind: Kind, cells: &[String], head: bool) {
        let (table, row) = self.next;
        let (mut line, mut places) = (String::new(), Vec::new());
        for (column, cell) in cells.iter().enumerate() {
            let start = if line.is_empty() { 0 } else { line.len() + 2 };
            let mut words = String::new();
            plain(cell, &mut words);
            if !words.is_empty() {
                line.push_str(if start == 0 { "" } else { "; " });
                line.push_str(&words);
                places.push((column, start, line.len()));
            }
        }
        let Some(block) = self.lay(kind, &line) else { return };
        let at = |n: usize| block.start() + n;
        self.cells.extend(places.into_iter().filter_map(|(column, from, to)| {
            let span = Span::new(&self.text, at(from), at(to))?;
            Some(Cell { table, row, column, width: 1, head, span })
        }));
        self.next.1 += 1;
    }

    /// The next row is of another table.
    pub(crate) fn end_table(&mut self) {
        self.next = (self.next.0 + 1, 0);
    }

    fn lay(&mut self, kind: Kind, text: &str) -> Option<Span> {
        let before = self.text.len();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        plain(text, &mut self.text);
        let span = Span::new(&self.text, start, self.text.len()).filter(|s| !s.is_empty());
        match span {
            Some(span) => self.blocks.push(Laid { span, kind }),
            None => self.text.truncate(before),
        }
        span
    }
}

/// Appends `text` with single spaces, trimmed, without control and direction characters.
pub(crate) fn plain(text: &str, out: &mut String) {
    let start = out.len();
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() && !is_direction(c) && c != '\u{ad}' && c != '\u{feff}' {
            if space && out.len() > start {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
}

/// Characters that embed, override or isolate a direction: a quote that holds one shows other words
/// than it has.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_index_the_text_and_hold_nothing_hidden() {
        let mut page = Page::default();
        page.push(Kind::Heading, " The \n harbour\0 ");
        page.push(Kind::Paragraph, "\u{202e}\u{0} ");
        page.push(Kind::Paragraph, "It \u{202e}closed.");
        assert_eq!(page.text, "The harbour\n\nIt closed.");
        let cut: Vec<&str> = page.blocks.iter().map(|b| b.span.of(&page.text)).collect();
        assert_eq!(cut, ["The harbour", "It closed."]);
    }
}
