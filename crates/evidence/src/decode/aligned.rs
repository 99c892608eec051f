//! Tables in plain text: lines whose words stand in columns, parted by a tab, by a bar or by two spaces and
//! more.

use super::page::Cell;
use crate::paragraphs::lines;
use crate::span::Span;

/// Fewest rows, that of the headings with them.
const FEWEST: usize = 3;

/// The cells of the tables behind `from`.
pub(super) fn cells(text: &str, from: usize) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut run: Vec<Vec<Span>> = Vec::new();
    let mut table = 0;
    let mut end = |run: &mut Vec<Vec<Span>>| {
        let rows = std::mem::take(run);
        if let Some(cells) = table_of(text, &rows, table) {
            out.extend(cells);
            table += 1;
        }
    };
    for line in lines(text).into_iter().filter(|l| l.start() >= from) {
        let row = parts(text, line);
        if row.len() > 1 {
            run.push(row);
        } else if !is_rule(line.of(text)) {
            end(&mut run);
        }
    }
    end(&mut run);
    out
}

/// A line drawn under headings or at the foot.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2
        && line.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | '_' | '─' | ' ' | ':'))
}

/// The cells of a line.
fn parts(text: &str, line: Span) -> Vec<Span> {
    let words = line.of(text);
    if is_rule(words) {
        return Vec::new();
    }
    let by: &[&str] = if words.contains('|') {
        &["|"]
    } else if words.contains('\t') {
        &["\t"]
    } else {
        &["  "]
    };
    let mut out = Vec::new();
    let mut at = 0;
    let mut rest = words;
    loop {
        let cut = by.iter().filter_map(|b| Some((rest.find(b)?, b.len()))).min();
        let (len, mark) = cut.unwrap_or((rest.len(), 0));
        let part = Span::new(text, line.start() + at, line.start() + at + len);
        out.extend(part.map(|p| p.trimmed(text)).filter(|p| !p.is_empty()));
        if cut.is_none() {
            return out;
        }
        at += len + mark;
        rest = &words[at..];
    }
}

/// The cells of a run of lines, where they are a table: as many in each row, or one fewer in the first
/// where nothing stands over the headings of the rows, and figures under the first row.
fn table_of(text: &str, rows: &[Vec<Span>], table: usize) -> Option<Vec<Cell>> {
    let columns = rows.last()?.len();
    let corner = rows[0].len() + 1 == columns;
    let even = rows[1..].iter().all(|r| r.len() == columns) && (corner || rows[0].len() == columns);
    let figure = |s: &Span| s.of(text).starts_with(|c: char| c.is_ascii_digit());
    let figures = rows[1..].iter().filter(|r| r[1..].iter().any(figure)).count();
    // two spaces behind a full stop part sentences
    let closed = |s: &Span| s.of(text).ends_with(['.', '!', '?', ',', ';']);
    if rows.iter().flatten().any(closed)
        || rows.len() < FEWEST
        || !even
        || figures * 2 < rows.len() - 1
    {
        return None;
    }
    let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
        let shift = usize::from(row == 0 && corner);
        let place = move |(n, span): (usize, &Span)| Cell {
            table,
            row,
            column: n + shift,
            width: 1,
            head: false,
            span: *span,
        };
        cells.iter().enumerate().map(place)
    });
    Some(cells.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_columns_are_a_table_and_prose_is_none() {
        let text = "Votes by list.\n\nList          Seats   Share\n-----------------------\nLake Party    46      31.5\nHill Union    12       8.0\n\nDone.  Well.\n";
        let found = cells(text, 0);
        let words: Vec<(usize, usize, &str)> =
            found.iter().map(|c| (c.row, c.column, c.span.of(text))).collect();
        assert_eq!(words.len(), 9);
        assert_eq!(words[4], (1, 1, "46"));
        let bars = "|  | 2030 | 2031 |\n| Oil | 4 | 5 |\n| Gas | 6 | 7 |\n";
        let found = cells(bars, 0);
        assert_eq!(found[0].column, 1);
        assert_eq!(found.len(), 8);
        assert!(
            cells(
                "It was late.  Nobody spoke.\nThey left.  Then 4 came.\nAll slept.  None woke.",
                0
            )
            .is_empty()
        );
    }
}
