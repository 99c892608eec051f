//! Dense square matrices and their factorisation, for tens of actors.
//!
//! Only what the influence models need; not a linear algebra library.

use super::InfluenceError;

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
    /// [`InfluenceError::NoActors`], [`InfluenceError::Shape`], [`InfluenceError::NotFinite`].
    pub fn new(size: usize, cells: Vec<f64>) -> Result<Self, InfluenceError> {
        if size == 0 {
            return Err(InfluenceError::NoActors);
        }
        let expected = size.saturating_mul(size);
        if cells.len() != expected {
            return Err(InfluenceError::Shape { expected, found: cells.len() });
        }
        if let Some(at) = cells.iter().position(|x| !x.is_finite()) {
            return Err(InfluenceError::NotFinite { row: at / size, column: at % size });
        }
        Ok(Self { size, cells })
    }

    /// A matrix from its rows.
    ///
    /// # Errors
    /// As [`Matrix::new`].
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, InfluenceError> {
        let size = rows.len();
        if let Some(odd) = rows.iter().find(|r| r.len() != size) {
            return Err(InfluenceError::Shape { expected: size, found: odd.len() });
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
        self.cells.get(row * self.size..(row + 1) * self.size).unwrap_or_default()
    }

    /// One cell; zero when out of range.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.row(row).get(column).copied().unwrap_or(0.0)
    }

    /// The solution x of A x = b.
    ///
    /// # Errors
    /// [`InfluenceError::Shape`] unless b has one number a row; [`InfluenceError::Singular`].
    pub fn solve(&self, b: &[f64]) -> Result<Vec<f64>, InfluenceError> {
        if b.len() != self.size {
            return Err(InfluenceError::Shape { expected: self.size, found: b.len() });
        }
        let mut x = b.to_vec();
        Factors::of(self)?.solve(&mut x);
        Ok(x)
    }

    /// The inverse, by one factorisation with partial pivoting.
    ///
    /// # Errors
    /// [`InfluenceError::Singular`] when a pivot vanishes against the largest cell.
    pub fn inverse(&self) -> Result<Self, InfluenceError> {
        let factors = Factors::of(self)?;
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
        Ok(Self { size: n, cells })
    }
}

/// Lower and upper factors of a matrix with its rows exchanged.
#[derive(Clone, Debug)]
struct Factors {
    size: usize,
    cells: Vec<f64>,
    order: Vec<usize>,
}

impl Factors {
    fn of(matrix: &Matrix) -> Result<Self, InfluenceError> {
        let n = matrix.size;
        let mut a = matrix.cells.clone();
        let mut order: Vec<usize> = (0..n).collect();
        let scale = a.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                if a[i * n + k].abs() > a[pivot * n + k].abs() {
                    pivot = i;
                }
            }
            if a[pivot * n + k].abs() <= scale * f64::EPSILON {
                return Err(InfluenceError::Singular { column: k });
            }
            if pivot != k {
                order.swap(k, pivot);
                for j in 0..n {
                    a.swap(k * n + j, pivot * n + j);
                }
            }
            let (above, below) = a.split_at_mut((k + 1) * n);
            let top = &above[k * n..];
            for row in below.chunks_exact_mut(n) {
                let factor = row[k] / top[k];
                row[k] = factor;
                if factor != 0.0 {
                    for (x, t) in row[k + 1..].iter_mut().zip(&top[k + 1..]) {
                        *x -= factor * t;
                    }
                }
            }
        }
        Ok(Self { size: n, cells: a, order })
    }

    /// Replaces b by the solution of A x = b.
    fn solve(&self, b: &mut [f64]) {
        let n = self.size;
        let given = b.to_vec();
        for (i, from) in self.order.iter().enumerate() {
            let row = &self.cells[i * n..i * n + i];
            let known: f64 = row.iter().zip(b.iter()).map(|(l, x)| l * x).sum();
            b[i] = given[*from] - known;
        }
        for i in (0..n).rev() {
            let row = &self.cells[i * n..(i + 1) * n];
            let known: f64 = row[i + 1..].iter().zip(&b[i + 1..]).map(|(u, x)| u * x).sum();
            b[i] = (b[i] - known) / row[i];
        }
    }
}
