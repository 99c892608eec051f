//! Small dense systems of linear equations: one factorisation that serves every model.
//!
//! Hundreds of unknowns at most; not a linear algebra library.

/// Lower and upper factors of a square matrix with its rows exchanged (Doolittle's, with partial
/// pivoting).
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    size: usize,
    cells: Vec<f64>,
    order: Vec<usize>,
}

impl Factors {
    /// The factors of the matrix whose `cells` are given row by row.
    ///
    /// # Errors
    /// The column in which no pivot stands out from rounding: none above the largest cell times
    /// the spacing of floating-point numbers.
    pub(crate) fn of(size: usize, mut a: Vec<f64>) -> Result<Self, usize> {
        let n = size;
        let mut order: Vec<usize> = (0..n).collect();
        let scale = a.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                if a[i * n + k].abs() > a[pivot * n + k].abs() {
                    pivot = i;
                }
            }
            let lead = a[pivot * n + k].abs();
            if lead.is_nan() || lead <= scale * f64::EPSILON {
                return Err(k);
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

    /// Replaces b, one number a row, by the solution of A x = b.
    pub(crate) fn solve(&self, b: &mut [f64]) {
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

/// Whether the determinant of a square matrix is above zero, by more than rounding.
pub(crate) fn determinant_is_positive(a: &[Vec<f64>]) -> bool {
    let n = a.len();
    let Ok(Factors { cells, order, .. }) = Factors::of(n, a.concat()) else { return false };
    let below = (0..n).filter(|k| cells[k * n + k] < 0.0).count();
    // Each cycle of the rows' order is one exchange fewer than its length.
    let (mut seen, mut exchanges) = (vec![false; n], 0);
    for start in 0..n {
        let mut at = start;
        while !std::mem::replace(&mut seen[at], true) {
            exchanges += usize::from(order[at] != start);
            at = order[at];
        }
    }
    (below + exchanges) % 2 == 0
}

/// The solution of `a x = b`; none if `a` is singular to rounding or not square, or the solution
/// not finite.
pub(crate) fn solve(a: &[Vec<f64>], mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    if a.len() != n || a.iter().any(|row| row.len() != n) {
        return None;
    }
    Factors::of(n, a.concat()).ok()?.solve(&mut b);
    b.iter().all(|x| x.is_finite()).then_some(b)
}
