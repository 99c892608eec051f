//! The text cut into paragraphs: blocks of lines, or single lines where the page puts a paragraph
//! on each.

use crate::decode::page::Cell;
use crate::span::Span;

/// Paragraphs in order; white space between them belongs to none. A row of a table is one by itself.
pub(crate) fn paragraphs(text: &str, cells: &[Cell]) -> Vec<Span> {
    let lines = lines(text);
    let row = |line: &Span| {
        let next = cells.partition_point(|c| c.span.start() < line.start());
        cells.get(next).is_some_and(|c| c.span.end() <= line.end())
    };
    let prose: Vec<Span> = lines.iter().filter(|l| !row(l)).copied().collect();
    let wrapped = is_wrapped(text, &prose);
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        let of_table = row(&line);
        let line = line.trimmed(text);
        if line.is_empty() {
            open = false;
            continue;
        }
        open &= !of_table;
        match out.last_mut() {
            Some(last) if wrapped && open && !is_bullet(line.of(text)) => *last = last.join(line),
            _ => out.push(line),
        }
        open = !of_table;
    }
    out
}

/// Whether a line is an item of a list.
pub(crate) fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('-' | '•' | '*' | '·' | '‣' | '–'))
        && chars.next().is_some_and(char::is_whitespace)
}

pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' | '\u{85}') {
            out.extend(Span::new(text, start, at));
            start = at + c.len_utf8();
        }
    }
    out.extend(Span::new(text, start, text.len()));
    out
}

/// Text wrapped at a column: no long line, and most lines that another follows directly are nearly
/// full.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let width = |s: &Span| s.of(text).trim().chars().count();
    let longest = lines.iter().map(width).max().unwrap_or(0);
    if !(40..=120).contains(&longest) {
        return false;
    }
    let (mut inner, mut full) = (0usize, 0usize);
    for pair in lines.windows(2) {
        if width(&pair[0]) > 0 && width(&pair[1]) > 0 {
            inner += 1;
            full += usize::from(width(&pair[0]) * 10 >= longest * 7);
        }
    }
    inner >= 2 && full * 10 >= inner * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text, &[]).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_unless_the_page_is_wrapped() {
        assert_eq!(cut("Title\nBody one.\r\n\r\nBody two.\n"), ["Title", "Body one.", "Body two."]);
        let wrapped = "The council met on Monday in the old town hall and\nheard the minister speak for an hour about fishing\nand the harbour dues which had not been collected.\n\nNobody objected.";
        assert_eq!(cut(wrapped).len(), 2);
    }
}
