//! Distance between positions, and what it is worth under a risk attitude.

/// The distance of `a` from `b` as one who cares `s` about each issue sees it:
/// `sqrt(sum_d ((a_d - b_d) s_d)^2 / sum_d s_d^2)`. Zero if all of `s` is zero.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
#[inline]
pub fn distance(a: &[f64], b: &[f64], s: &[f64]) -> f64 {
    let mut gap = 0.0;
    let mut care = 0.0;
    for ((a, b), s) in a.iter().zip(b).zip(s) {
        gap += ((a - b) * s) * ((a - b) * s);
        care += s * s;
    }
    if care > 0.0 { (gap / care).sqrt() } else { 0.0 }
}

/// The utility of a position at distance `d` for risk attitude `r` (positive is averse):
/// `(1 - d)(1 + d r)` up to distance one, and `(1 - d)(1 + r)` beyond it.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
#[inline]
pub fn utility(d: f64, r: f64) -> f64 {
    if d <= 1.0 { (1.0 - d) * (1.0 + d * r) } else { (1.0 - d) * (1.0 + r) }
}

/// A square or oblong table of numbers, row after row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: usize,
    cells: Vec<f64>,
}

impl Table {
    /// A table of zeros.
    pub fn new(rows: usize, columns: usize) -> Self {
        Table { columns, cells: vec![0.0; rows.saturating_mul(columns)] }
    }

    /// One row; empty if there is no such row.
    #[inline]
    pub fn row(&self, i: usize) -> &[f64] {
        let start = i.saturating_mul(self.columns);
        self.cells.get(start..start.saturating_add(self.columns)).unwrap_or(&[])
    }

    /// One row to write in; empty if there is no such row.
    #[inline]
    pub fn row_mut(&mut self, i: usize) -> &mut [f64] {
        let start = i.saturating_mul(self.columns);
        self.cells.get_mut(start..start.saturating_add(self.columns)).unwrap_or(&mut [])
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }
}
