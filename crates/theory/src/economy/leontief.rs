//! Shocks passed on along who needs what from whom.
//!
//! Three readings of the same table: how much more everyone must make for more demand (Leontief), how
//! far everyone is put out of action by a disturbance (inoperability), and where a cut in supply
//! binds when inputs cannot replace one another (the bottleneck). The module refuses to adjust prices
//! or to find new suppliers: it is about weeks, not years.

use super::{row, square};
use crate::Fault;

/// The output of each sector that meets a final demand, `x = (I - A)^-1 d`.
///
/// `needs[i][j]` is what sector j needs of sector i's product for one unit of its own. Demand may be
/// a change, and then so is the output.
///
/// # Errors
/// Shapes, needs below zero, sectors that use up more than they make.
///
/// Reference: `leontief1936`; the check is the first example of `miller2009`. Checked by the catalog
/// entry `leontief-two-sectors` and by the property that rounds add up to it.
pub fn output(needs: &[Vec<f64>], demand: &[f64]) -> Result<Vec<f64>, Fault> {
    let n = square("a need", needs, |v| (0.0..=1e6).contains(&v), "from 0 to 1e6")?;
    row("demands", demand, n, |v| v.abs() <= 1e12, "a number of size at most 1e12")?;
    let system = |right: Vec<f64>| {
        let line = |i: usize| -> Vec<f64> {
            (0..n).map(|j| f64::from(u8::from(i == j)) - needs[i][j]).collect()
        };
        let table: Vec<Vec<f64>> = (0..n).map(line).collect();
        crate::linear::solve(&table, right)
    };
    // Sectors that can meet a little demand for everything at once can meet any.
    let able = system(vec![1.0; n]).is_some_and(|x| x.iter().all(|x| *x >= 1.0 - 1e-9));
    match system(demand.to_vec()) {
        Some(x) if able => Ok(x),
        _ => {
            Err(Fault::singular("needs", "sectors that make more than they use up of one another"))
        }
    }
}

/// Rounds that [`rounds`] will follow; each is kept, and long before that nothing is left to pass on.
pub const MOST_ROUNDS: usize = 10_000;

/// The output needed directly, at the suppliers of suppliers, and so on: `d, A d, A^2 d, ...` up to
/// `rounds` rounds. Their sum tends to [`output`].
///
/// # Errors
/// As [`output`]; more than [`MOST_ROUNDS`] rounds.
///
/// Reference: `miller2009`. Checked as [`output`].
pub fn rounds(needs: &[Vec<f64>], demand: &[f64], rounds: usize) -> Result<Vec<Vec<f64>>, Fault> {
    output(needs, demand)?;
    if rounds > MOST_ROUNDS {
        return Err(Fault::whole("rounds", rounds as u64, "at most 10,000"));
    }
    let mut each = vec![demand.to_vec()];
    for _ in 0..rounds {
        let last: &[f64] = each.last().map_or(&[], Vec::as_slice);
        let next = |needs: &Vec<f64>| needs.iter().zip(last).map(|(a, x)| a * x).sum();
        each.push(needs.iter().map(next).collect());
    }
    Ok(each)
}

/// How far each sector is put out of action, from 0 to 1: the least q with
/// `q_i = min(1, sum_j D_ij q_j + c_i)`.
///
/// `depends[i][j]` is the loss of sector i if sector j fails altogether, `disturbance[i]` the loss
/// from outside. Where nothing reaches one it is `(I - D)^-1 c`.
///
/// # Errors
/// Shapes, shares outside 0..1, a circle that passes a shock on without end.
///
/// Reference: `haimes2001`. Checked by the catalog entry `inoperability-by-hand` and by the property
/// that it is a fixed point.
pub fn inoperability(depends: &[Vec<f64>], disturbance: &[f64]) -> Result<Vec<f64>, Fault> {
    let n = checked(depends, disturbance)?;
    let step = |q: &[f64], i: usize| {
        let passed: f64 = depends[i].iter().zip(q).map(|(d, q)| d * q).sum();
        (passed + disturbance[i]).min(1.0)
    };
    // Climbing from nothing, a sector that has reached one stays there; once all that will are there
    // the others solve a linear system.
    let mut q = vec![0.0; n];
    let mut climb = 1;
    while climb <= MOST_STEPS {
        for _ in 0..climb {
            q = (0..n).map(|i| step(&q, i)).collect();
        }
        let line = |i: usize| -> Vec<f64> {
            let unit = |j: usize| f64::from(u8::from(i == j));
            let free = |j: usize| {
                if q[i] < 1.0 { unit(j) - depends[i][j] } else { unit(j) }
            };
            (0..n).map(free).collect()
        };
        let right = (0..n).map(|i| if q[i] < 1.0 { disturbance[i] } else { 1.0 }).collect();
        let table: Vec<Vec<f64>> = (0..n).map(line).collect();
        let solved = crate::linear::solve(&table, right);
        let sound = |s: &Vec<f64>| s.iter().all(|s| (-1e-9..=1.0 + 1e-12).contains(s));
        if let Some(solved) = solved.filter(sound) {
            return Ok(solved.into_iter().map(|q| q.clamp(0.0, 1.0)).collect());
        }
        let next: Vec<f64> = (0..n).map(|i| step(&q, i)).collect();
        if next == q {
            return Ok(q);
        }
        climb *= 2;
    }
    Err(Fault::unsettled("a shock in a closed circle", "a lower dependence in it"))
}

const MOST_STEPS: usize = 1 << 20;

/// How much of its normal output each sector still makes when inputs cannot replace one another: the
/// greatest y with `y_i = (1 - c_i) min_j (1 - D_ij (1 - y_j))`.
///
/// `depends[i][j]` is the share of sector i's output that stops if sector j's product is not to be had
/// at all (0 if it is not needed, 1 if nothing can be made without it), `cut[i]` the share lost from
/// outside. Only the scarcest input binds, so two shortages do not add up as they do in
/// [`inoperability`].
///
/// # Errors
/// Shapes, shares outside 0..1, a circle that passes a shock on without end.
///
/// Reference: the fixed-proportions production of `leontief1936`; the form for shares is *Judged*.
/// Checked by the catalog entry `bottleneck-by-hand` and by the property that it is a fixed point.
pub fn bottleneck(depends: &[Vec<f64>], cut: &[f64]) -> Result<Vec<f64>, Fault> {
    let n = checked(depends, cut)?;
    let mut y = vec![1.0; n];
    for _ in 0..MOST_STEPS {
        let next: Vec<f64> = (0..n)
            .map(|i| {
                let left = |(d, y): (&f64, &f64)| 1.0 - d * (1.0 - y);
                let scarcest = depends[i].iter().zip(&y).map(left).fold(1.0, f64::min);
                (1.0 - cut[i]) * scarcest
            })
            .collect();
        let moved = y.iter().zip(&next).map(|(a, b)| a - b).fold(0.0, f64::max);
        y = next;
        if moved <= 1e-15 {
            return Ok(y);
        }
    }
    Err(Fault::unsettled("a shock in a closed circle", "a lower dependence in it"))
}

fn checked(depends: &[Vec<f64>], shock: &[f64]) -> Result<usize, Fault> {
    let share = |v: f64| (0.0..=1.0).contains(&v);
    let n = square("a dependence", depends, share, "between 0 and 1")?;
    row("shocks", shock, n, share, "between 0 and 1")?;
    Ok(n)
}
