//! Small dense systems of linear equations. Forty unknowns need no library.

/// The solution of `a x = b` by elimination with row exchanges; none if `a` is singular to rounding
/// or not square.
pub(crate) fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    if a.len() != n || a.iter().any(|row| row.len() != n) {
        return None;
    }
    let size = a.iter().flatten().map(|v| v.abs()).fold(0.0, f64::max);
    for k in 0..n {
        let pivot = (k..n).max_by(|i, j| a[*i][k].abs().total_cmp(&a[*j][k].abs()))?;
        let lead = a[pivot][k];
        if lead.is_nan() || lead.abs() <= 1e-14 * size {
            return None;
        }
        a.swap(k, pivot);
        b.swap(k, pivot);
        let (above, below) = a.split_at_mut(k + 1);
        let row = above.last()?;
        for (i, under) in below.iter_mut().enumerate() {
            let factor = under[k] / lead;
            if factor != 0.0 {
                under[k..].iter_mut().zip(&row[k..]).for_each(|(u, r)| *u -= factor * r);
                b[k + 1 + i] -= factor * b[k];
            }
        }
    }
    for k in (0..n).rev() {
        let known: f64 = a[k][k + 1..].iter().zip(&b[k + 1..]).map(|(a, x)| a * x).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    b.iter().all(|x| x.is_finite()).then_some(b)
}
