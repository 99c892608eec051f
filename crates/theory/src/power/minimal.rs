//! Counting minimal winning coalitions by size for every player, without listing them.

use super::count::{Count, too_large};
use super::game::WeightedGame;
use crate::Fault;
use num_bigint::BigInt;

/// `counts[i][s]`: minimal winning coalitions of s players that contain player i.
///
/// In falling order of weight a coalition is minimal winning exactly when its last member k carries
/// it from [q - w_k, q - 1] over the quota. So for each k the members before it are counted by size
/// and weight, with and without each player, by the same alternating windows as swings.
pub(super) fn minimal_by_size(game: &WeightedGame) -> Result<Vec<Vec<BigInt>>, Fault> {
    let (weights, quota) = game.scaled();
    let n = weights.len();
    if n < 128 { counted::<u128>(&weights, quota) } else { counted::<BigInt>(&weights, quota) }
}

fn counted<C: Count + Into<BigInt>>(
    weights: &[u64],
    quota: u64,
) -> Result<Vec<Vec<BigInt>>, Fault> {
    let n = weights.len();
    too_large(n, quota, 2 * (n + 1), size_of::<C>())?;
    let q = quota as usize;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| weights[*b].cmp(&weights[*a]).then(a.cmp(b)));
    let step = |i: usize| usize::try_from(weights[i]).unwrap_or(q).min(q);
    let mut counts = vec![vec![C::zero(); n + 1]; n];
    let mut sums = vec![vec![C::zero(); q]; n + 1];
    sums[0][0] = C::one();
    for (k, last) in order.iter().enumerate() {
        let a = step(*last);
        if a == 0 {
            break;
        }
        let running = running_sums(&sums[..=k], q);
        let mut share = vec![C::zero(); k + 1];
        for s in 0..=k {
            let total = window(&running[s], q, q - a);
            counts[*last][s + 1].add(&total);
            share[s] = total;
        }
        let mut before = 0;
        while before < k {
            // Players of one weight stand in a row and share their count.
            let weight = step(order[before]);
            let same = order[before..k].iter().take_while(|i| step(**i) == weight).count();
            for s in 1..=k {
                let mut with = share[s].clone();
                with.subtract(&without(&running, q, a, weight, s));
                for i in &order[before..before + same] {
                    counts[*i][s + 1].add(&with);
                }
            }
            before += same;
        }
        for s in (0..=k).rev() {
            let (low, high) = sums.split_at_mut(s + 1);
            for w in a..q {
                high[0][w].add(&low[s][w - a]);
            }
        }
    }
    Ok(counts.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect())
}

fn running_sums<C: Count>(rows: &[Vec<C>], q: usize) -> Vec<Vec<C>> {
    let sum_up = |row: &Vec<C>| {
        let mut sums = Vec::with_capacity(q + 1);
        let mut sum = C::zero();
        sums.push(sum.clone());
        for cell in row {
            sum.add(cell);
            sums.push(sum.clone());
        }
        sums
    };
    rows.iter().map(sum_up).collect()
}

/// Coalitions with weight from `bottom` to `top` - 1.
fn window<C: Count>(running: &[C], top: usize, bottom: usize) -> C {
    let mut count = running[top].clone();
    count.subtract(&running[bottom]);
    count
}

/// Coalitions of `size` in the last member's window that lack one player of this weight.
fn without<C: Count>(running: &[Vec<C>], q: usize, last: usize, weight: usize, size: usize) -> C {
    let mut total = C::zero();
    let (mut top, mut bottom) = (q, q - last);
    for (j, row) in running[..=size].iter().rev().enumerate() {
        let count = window(row, top, bottom);
        if j % 2 == 0 {
            total.add(&count)
        } else {
            total.subtract(&count)
        }
        if top <= weight {
            break;
        }
        top -= weight;
        bottom = bottom.saturating_sub(weight);
    }
    total
}
