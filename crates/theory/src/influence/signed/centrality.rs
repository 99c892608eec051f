//! PN centrality: standing in a network of friends and enemies.

use super::SignedNetwork;
use crate::Fault;

/// Which ties give an actor its standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Ties are mutual.
    #[default]
    Mutual,
    /// The ties it receives.
    In,
    /// The ties it sends.
    Out,
}

/// The PN centrality of every actor: it is good to be friends with those who stand well, and bad to be
/// their enemy.
///
/// Mechanism: with P the friendly and N the hostile ties, `A = P - 2N` and `b = 1/(2n - 2)`:
/// mutual `(I - b A)^-1 1`; in `(I - b^2 A'A)^-1 (I + b A') 1`; out the same with A and A' exchanged.
/// A hostile tie counts twice a friendly one, as published. A lone actor stands at one.
///
/// # Errors
/// No single solution where the system has no solution.
///
/// Reference: `everett2014`. Checked by the catalog entries `pn-ten-actors` and `pn-five-friends`.
pub fn pn_centrality(network: &SignedNetwork, direction: Direction) -> Result<Vec<f64>, Fault> {
    let n = network.actors();
    if n == 1 {
        return Ok(vec![1.0]);
    }
    let b = 1.0 / (2.0 * n as f64 - 2.0);
    let worth = |i: usize, j: usize| match network.sign(i, j) {
        1 => b,
        -1 => -2.0 * b,
        _ => 0.0,
    };
    // M = b A, or its transpose.
    let m: Vec<Vec<f64>> = match direction {
        Direction::Mutual => {
            let mutual = |i: usize, j: usize| match network.between(i, j) {
                1 => b,
                -1 => -2.0 * b,
                _ => 0.0,
            };
            (0..n).map(|i| (0..n).map(|j| mutual(i, j)).collect()).collect()
        }
        Direction::Out => (0..n).map(|i| (0..n).map(|j| worth(i, j)).collect()).collect(),
        Direction::In => (0..n).map(|i| (0..n).map(|j| worth(j, i)).collect()).collect(),
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let unit = |i: usize, j: usize| f64::from(u8::from(i == j));
    let (system, right): (Vec<Vec<f64>>, _) = if direction == Direction::Mutual {
        let row = |i: usize| (0..n).map(|j| unit(i, j) - m[i][j]).collect();
        ((0..n).map(row).collect(), vec![1.0; n])
    } else {
        // M M' with M = b A for out, b A' for in: rows of M against rows of M.
        let row = |i: usize| (0..n).map(|j| unit(i, j) - dot(&m[i], &m[j])).collect();
        let right = m.iter().map(|row| 1.0 + row.iter().sum::<f64>()).collect();
        ((0..n).map(row).collect(), right)
    };
    crate::linear::solve(&system, right).ok_or(Fault::singular("centrality", "another network"))
}
