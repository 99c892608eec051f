//! Where the seats of a half circle stand, and how many each party gets of them.

use std::f64::consts::PI;

/// Seats in a half circle of radius 1.
pub(super) struct Places {
    /// (angle, reach), from left to right.
    pub(super) at: Vec<(f64, f64)>,
    /// The distance between rows.
    pub(super) size: f64,
}

/// Places `total` seats: the fewest rows that hold them, filled in proportion to their length.
pub(super) fn places(total: usize) -> Places {
    let mut rows = 1usize;
    let row = |rows: usize, index: usize| {
        let size = 0.6 / rows as f64;
        let reach = 1.0 - size / 2.0 - index as f64 * size;
        (reach, (PI * reach / size).floor() as usize + 1)
    };
    while (0..rows).map(|index| row(rows, index).1).sum::<usize>() < total {
        rows += 1;
    }
    let room: Vec<f64> = (0..rows).map(|index| row(rows, index).1 as f64).collect();
    let counts = largest_remainders(&room, total);
    let mut at: Vec<(f64, f64)> = Vec::with_capacity(total);
    for (index, count) in counts.iter().enumerate() {
        let reach = row(rows, index).0;
        for seat in 0..*count {
            let share = if *count == 1 { 0.5 } else { seat as f64 / (*count as f64 - 1.0) };
            at.push((PI * (1.0 - share), reach));
        }
    }
    at.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    Places { at, size: 0.6 / rows as f64 }
}

/// Shares `total` in proportion to the weights; leftovers go to the largest remainders, the first
/// of equals. No weight, no share.
pub(super) fn largest_remainders(weights: &[f64], total: usize) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| weight / sum * total as f64).collect();
    let mut counts: Vec<usize> =
        exact.iter().map(|share| (share + 1e-9).floor() as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).filter(|place| weights[*place] > 0.0).collect();
    order.sort_by(|a, b| {
        let left = |place: &usize| exact[*place] - counts[*place] as f64;
        left(b).total_cmp(&left(a)).then(a.cmp(b))
    });
    let given: usize = counts.iter().sum();
    for place in order.iter().cycle().take(total.saturating_sub(given)) {
        counts[*place] += 1;
    }
    counts
}
