//! Where the cells of a page's tables stand: rows and columns, with cells over several of either.

use crate::decode::page::Cell;
use crate::span::Span;

/// Tables within tables beyond these are not told apart.
const DEEPEST: usize = 16;
/// Most columns of a table.
const WIDEST: usize = 256;

/// The place of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    table: usize,
    row: usize,
    column: usize,
    width: usize,
    head: bool,
}

impl Place {
    pub(super) fn cell(self, span: Span) -> Cell {
        let Place { table, row, column, width, head } = self;
        Cell { table, row, column, width, head, span }
    }
}

/// The tables that are open, outermost first.
#[derive(Default)]
pub(super) struct Grid {
    open: Vec<Table>,
    tables: usize,
}

#[derive(Default)]
struct Table {
    id: usize,
    /// Rows begun.
    rows: usize,
    column: usize,
    /// For each column, how many rows a cell from above still reaches down.
    down: Vec<usize>,
    at: Option<Place>,
}

impl Grid {
    pub(super) fn open(&mut self, name: &str, number: &impl Fn(&str) -> Option<usize>) {
        if name == "table" && self.open.len() < DEEPEST {
            self.tables += 1;
            self.open.push(Table { id: self.tables, ..Table::default() });
        }
        let Some(table) = self.open.last_mut() else { return };
        match name {
            "tr" => {
                (table.rows, table.column, table.at) = (table.rows + 1, 0, None);
                table.down.iter_mut().for_each(|d| *d = d.saturating_sub(1));
            }
            "td" | "th" => {
                while table.down.get(table.column).is_some_and(|d| *d > 0) {
                    table.column += 1;
                }
                let column = table.column.min(WIDEST);
                let width = number("colspan").unwrap_or(1).clamp(1, WIDEST);
                let deep = number("rowspan").unwrap_or(1).clamp(1, 1 << 12);
                let end = (column + width).min(WIDEST);
                table.down.resize(end.max(table.down.len()), 0);
                table.down[column.min(end)..end].fill(deep);
                table.column = end;
                let row = table.rows.max(1) - 1;
                table.at = Some(Place { table: table.id, row, column, width, head: name == "th" });
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match (name, self.open.last_mut()) {
            ("table", _) => _ = self.open.pop(),
            ("td" | "th" | "tr", Some(table)) => table.at = None,
            _ => {}
        }
    }

    /// The cell that words stand in now.
    pub(super) fn place(&self) -> Option<Place> {
        self.open.last()?.at
    }
}

/// Without the cells that hold more than one block: those lay out a page.
pub(super) fn alone(cells: Vec<Cell>) -> Vec<Cell> {
    let place = |c: &Cell| (c.table, c.row, c.column);
    let mut places: Vec<_> = cells.iter().map(place).collect();
    places.sort_unstable();
    let once = |c: &Cell| {
        let from = places.partition_point(|p| *p < place(c));
        places.get(from + 1) != Some(&place(c))
    };
    cells.into_iter().filter(once).collect()
}
