//! Tables of figures: which cells hold a number, and what stands at the head of its row and its column.
//!
//! A table has rows and columns, at least two of each, and figures; a row with running text in it is read as
//! text. A column of years or of ranks holds no figures. Nothing is computed from a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::decode::Block;
use crate::decode::page::{Cell, Kind};
use crate::quantities::cells::{Sort, is_of_time, is_rank, sort};
use crate::span::Span;

/// Most rows of headings.
const MOST_HEADS: usize = 3;
/// Longest line before a table that is its title, in bytes.
const LONGEST_TITLE: usize = 160;

/// A cell that holds a number, and what stands about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) cell: Span,
    pub(crate) row: Option<Span>,
    pub(crate) column: Option<Span>,
    /// The heading over that heading.
    pub(crate) over: Option<Span>,
    /// A cell of the row that is a day or a year.
    pub(crate) day: Option<Span>,
    /// The line before the table.
    pub(crate) title: Option<Span>,
}

/// The figures of a document's tables in order, and the blocks that are rows of such.
#[derive(Default)]
pub(crate) struct Grids {
    pub(crate) figures: Vec<Figure>,
    pub(crate) rows: BTreeSet<usize>,
}

pub(crate) fn grids(text: &str, cells: &[Cell], blocks: &[Block]) -> Grids {
    let mut out = Grids::default();
    let mut tables: BTreeMap<usize, Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        tables.entry(cell.table).or_default().push(cell);
    }
    for table in tables.values() {
        let before = table[0].span.start();
        let above = blocks.partition_point(|b| b.span.end() <= before);
        let title = above.checked_sub(1).map(|last| &blocks[last]);
        let named = |b: &&Block| {
            matches!(b.kind, Some(Kind::Heading | Kind::Caption)) || b.span.len() < LONGEST_TITLE
        };
        let title = title.filter(named).map(|b| b.span);
        let found = figures(text, table, title);
        // Blocks stand in the order of the text.
        let place = |span: Span| {
            let at = blocks.partition_point(|b| b.span.end() < span.end());
            blocks.get(at).filter(|b| b.span.contains(span)).map(|_| at)
        };
        let of_figures: BTreeSet<usize> = found.iter().map(|(row, _)| *row).collect();
        let inside = table.iter().filter(|c| of_figures.contains(&c.row));
        out.rows.extend(inside.filter_map(|c| place(c.span)));
        out.figures.extend(found.into_iter().map(|(_, figure)| figure));
    }
    out.figures.sort_by_key(|f| f.cell);
    out
}

/// The figures of one table, each with its row.
fn figures(text: &str, table: &[&Cell], title: Option<Span>) -> Vec<(usize, Figure)> {
    let mut rows: BTreeMap<usize, Vec<(&Cell, Sort)>> = BTreeMap::new();
    for cell in table {
        rows.entry(cell.row).or_default().push((cell, sort(text, cell.span)));
    }
    let columns: BTreeSet<usize> = table.iter().map(|c| c.column).collect();
    if rows.len() < 2 || columns.len() < 2 {
        return Vec::new();
    }
    let heads = heads(&rows);
    let over: Vec<BTreeMap<usize, &Cell>> = (heads.iter().rev())
        .map(|row| rows[row].iter().rev().map(|(c, _)| (c.column, *c)).collect())
        .collect();
    let mut body: BTreeMap<usize, Vec<(&Cell, Sort)>> = BTreeMap::new();
    for (cell, sort) in rows.iter().filter(|(row, _)| !heads.contains(row)).flat_map(|(_, c)| c) {
        body.entry(cell.column).or_default().push((cell, *sort));
    }
    let of_years = |(_, own): &(&usize, &Vec<(&Cell, Sort)>)| is_of_years(text, own, &over);
    let years: BTreeSet<usize> = body.iter().filter(of_years).map(|(column, _)| *column).collect();
    let mut out = Vec::new();
    for (row, cells) in rows.iter().filter(|(row, _)| !heads.contains(row)) {
        if cells.iter().any(|(_, sort)| *sort == Sort::Running) {
            continue;
        }
        let dated = |(c, sort): &&(&Cell, Sort)| {
            *sort == Sort::Day || *sort == Sort::Year && years.contains(&c.column)
        };
        let named = cells.iter().find(|(_, sort)| *sort == Sort::Words);
        let day = cells.iter().find(dated).map(|(c, _)| c.span);
        for (cell, sort) in cells {
            let number = matches!(sort, Sort::Number | Sort::Year);
            let mut above = column_heads(&over, cell);
            let (column, over) = (above.next(), above.next());
            let rank = column.is_some_and(|c| is_rank(text, c));
            let heading = named.map(|(c, _)| c.span).or(day);
            if !number || rank || years.contains(&cell.column) || heading.or(column).is_none() {
                continue;
            }
            out.push((*row, Figure { cell: cell.span, row: heading, column, over, day, title }));
        }
    }
    out
}

/// The rows at the top that hold headings: as the format says, or words and years over figures.
fn heads(rows: &BTreeMap<usize, Vec<(&Cell, Sort)>>) -> BTreeSet<usize> {
    let (mut out, mut marked) = (BTreeSet::new(), false);
    for (row, cells) in rows.iter().take(MOST_HEADS.min(rows.len() - 1)) {
        let named = cells.iter().all(|(c, _)| c.head);
        let words = cells.iter().all(|(_, sort)| !matches!(sort, Sort::Number | Sort::Running));
        let behind = cells.iter().any(|(c, _)| c.column > 0);
        if !(named || words && behind && !marked) {
            break;
        }
        marked |= named;
        out.insert(*row);
    }
    out
}

/// What stands over a cell, from the lowest heading of its column up; `over` holds the headings of each row by their column.
fn column_heads<'a>(
    over: &'a [BTreeMap<usize, &'a Cell>],
    cell: &'a Cell,
) -> impl Iterator<Item = Span> + 'a {
    over.iter().filter_map(move |row| {
        let (_, head) = row.range(..=cell.column).next_back()?;
        (cell.column < head.column.saturating_add(head.width)).then_some(head.span)
    })
}

/// Whether the cells of a column are years: by its heading, or because nothing else stands in it.
fn is_of_years(text: &str, own: &[(&Cell, Sort)], over: &[BTreeMap<usize, &Cell>]) -> bool {
    let Some((first, _)) = own.first() else { return false };
    let all = own.iter().all(|(_, sort)| *sort == Sort::Year);
    let head = column_heads(over, first).next();
    all && (own.len() > 1 && first.column == 0 || head.is_some_and(|h| is_of_time(text, h)))
}
