//! Friedkin and Johnsen's model with several issues that hang together in people's minds.

use super::matrix::Matrix;
use crate::Fault;

/// Where opinions on several linked issues settle.
///
/// Actor j's opinion on issue k moves to x_jk = sum over i of H_ji sum over l of C_kl x_il + D_j
/// x_jk(0): what others hold is first put in order by the logic matrix C (C_kl: how much a view of
/// l carries over to k; each row's absolute sum at most one), then weighed as in the model of one
/// issue. In matrix form X = H X C' + D X(0), solved as one linear system of actors times issues. C
/// = I gives each issue its own model. `start` has a row an actor, a column an issue; so has the
/// result.
///
/// # Errors
/// [`Fault`]: as for one issue; too large a sum when a row of C sums to more
/// than one; tables of a wrong size when the system would have more than 2,000 unknowns or
/// shapes do not match.
///
/// Reference: `parsegov2017`, `friedkin2016`. Checked by the catalog's two-issue group, and by
/// property tests: the result is a fixed point, and C = I separates the issues.
pub fn settle_linked(
    influence: &Matrix,
    logic: &Matrix,
    start: &[Vec<f64>],
) -> Result<Vec<Vec<f64>>, Fault> {
    let (n, m) = (influence.size(), logic.size());
    let unknowns = n.saturating_mul(m);
    if unknowns > MOST_UNKNOWNS {
        return Err(Fault::whole("actors times issues", unknowns as u64, "at most 2,000"));
    }
    if start.len() != n {
        return Err(Fault::length("start", start.len(), n));
    }
    for (row, opinions) in start.iter().enumerate() {
        if opinions.len() != m {
            return Err(Fault::length("start", opinions.len(), m).at(row));
        }
        if let Some(column) = opinions.iter().position(|x| !x.is_finite()) {
            return Err(Fault::number("start", opinions[column], "finite").at(row).at(column));
        }
    }
    for row in 0..m {
        let sum: f64 = logic.row(row).iter().map(|c| c.abs()).sum();
        if sum > 1.0 + 1e-12 {
            return Err(Fault::number(
                "the absolute sum of a row of the logic",
                sum,
                "at most one",
            )
            .at(row));
        }
    }
    let anchor = super::friedkin_johnsen::anchors(influence)?;
    let mut cells = Vec::with_capacity(unknowns * unknowns);
    for j in 0..n {
        for k in 0..m {
            for i in 0..n {
                for l in 0..m {
                    let own = if (j, k) == (i, l) { 1.0 } else { 0.0 };
                    cells.push(own - influence.at(j, i) * logic.at(k, l));
                }
            }
        }
    }
    let held = start.iter().zip(&anchor).flat_map(|(x, d)| x.iter().map(move |x| x * d));
    let settled = Matrix::new(unknowns, cells)?.solve(&held.collect::<Vec<f64>>())?;
    Ok(settled.chunks_exact(m).map(<[f64]>::to_vec).collect())
}

/// Unknowns a system may have: dense elimination beyond takes too long and too much memory.
const MOST_UNKNOWNS: usize = 2_000;
