//! Dense square matrices, for tens of actors.
//!
//! Only what the influence models need; not a linear algebra library.

use crate::Fault;
use crate::linear::Factors;

/// A square matrix of finite numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix of `size` by `size` from its cells, row by row.
    ///
    /// # Errors
    /// No actors, tables of a wrong size, a number that is not finite.
    pub fn new(size: usize, cells: Vec<f64>) -> Result<Self, Fault> {
        if size == 0 {
            return Err(Fault::nothing("actors", "at least one"));
        }
        let expected = size.saturating_mul(size);
        if cells.len() != expected {
            return Err(Fault::length("cells", cells.len(), expected));
        }
        if let Some(at) = cells.iter().position(|x| !x.is_finite()) {
            return Err(Fault::number("cells", cells[at], "finite").at(at / size).at(at % size));
        }
        Ok(Self { size, cells })
    }

    /// A matrix from its rows.
    ///
    /// # Errors
    /// As [`Matrix::new`].
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, Fault> {
        let size = rows.len();
        if let Some(odd) = rows.iter().find(|r| r.len() != size) {
            return Err(Fault::length("a row", odd.len(), size));
        }
        Self::new(size, rows.concat())
    }

    /// Rows, which is also columns.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// One row; empty when out of range.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        let from = row.min(self.size) * self.size;
        self.cells.get(from..from + self.size).unwrap_or_default()
    }

    /// One cell; zero when out of range.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.row(row).get(column).copied().unwrap_or(0.0)
    }

    /// The solution x of A x = b.
    ///
    /// # Errors
    /// Tables of a wrong size unless b has one number a row; no single solution, also
    /// when the solution is too large for a floating-point number.
    pub fn solve(&self, b: &[f64]) -> Result<Vec<f64>, Fault> {
        if b.len() != self.size {
            return Err(Fault::length("b", b.len(), self.size));
        }
        let mut x = b.to_vec();
        self.factors()?.solve(&mut x);
        finite(&x).map(|()| x)
    }

    /// The inverse, by one factorisation with partial pivoting.
    ///
    /// # Errors
    /// No single solution when a pivot vanishes against the largest cell, or a result is
    /// too large for a floating-point number.
    pub fn inverse(&self) -> Result<Self, Fault> {
        let factors = self.factors()?;
        let n = self.size;
        let mut cells = vec![0.0; n * n];
        let mut column = vec![0.0; n];
        for j in 0..n {
            column.fill(0.0);
            column[j] = 1.0;
            factors.solve(&mut column);
            for (i, x) in column.iter().enumerate() {
                cells[i * n + j] = *x;
            }
        }
        finite(&cells)?;
        Ok(Self { size: n, cells })
    }

    fn factors(&self) -> Result<Factors, Fault> {
        Factors::of(self.size, self.cells.clone())
            .map_err(|column| Fault::singular("matrix", "no closed circle").at(column))
    }
}

fn finite(cells: &[f64]) -> Result<(), Fault> {
    match cells.iter().position(|x| !x.is_finite()) {
        Some(column) => Err(Fault::singular("matrix", "no closed circle").at(column)),
        None => Ok(()),
    }
}
