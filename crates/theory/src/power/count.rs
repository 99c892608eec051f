//! Counting coalitions by size and weight in exact integers.
//!
//! Private to this module. The counts are integers of the narrowest kind that must hold them: all
//! steps are sums and differences, so they are right modulo 2^64 or 2^128 whatever happens on the
//! way, and the result is exact because the number sought is known to fit.

use super::game::WeightedGame;
use crate::Fault;
use num_bigint::BigInt;

/// Integers in which coalitions are counted.
pub(super) trait Count: Clone {
    fn zero() -> Self;
    fn one() -> Self;
    fn add(&mut self, other: &Self);
    fn subtract(&mut self, other: &Self);
    fn times(&self, other: &Self) -> Self;
}

macro_rules! wrapping {
    ($t:ty) => {
        impl Count for $t {
            #[inline]
            fn zero() -> Self {
                0
            }
            #[inline]
            fn one() -> Self {
                1
            }
            #[inline]
            fn add(&mut self, other: &Self) {
                *self = self.wrapping_add(*other);
            }
            #[inline]
            fn subtract(&mut self, other: &Self) {
                *self = self.wrapping_sub(*other);
            }
            #[inline]
            fn times(&self, other: &Self) -> Self {
                self.wrapping_mul(*other)
            }
        }
    };
}
wrapping!(u64);
wrapping!(u128);

impl Count for BigInt {
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::from(1)
    }
    fn add(&mut self, other: &Self) {
        *self += other;
    }
    fn subtract(&mut self, other: &Self) {
        *self -= other;
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
}

/// Bytes a table may take.
const LARGEST_TABLE: u128 = 256 << 20;

/// Swings by coalition size, for each different weight: `by_size[weight index][s]` is the number of
/// losing coalitions of s other players that this player turns into winning ones.
pub(super) struct Swings<C> {
    /// For each player, the index of its weight.
    pub(super) class: Vec<usize>,
    /// For each different weight, counts by the size of the coalition joined.
    pub(super) by_size: Vec<Vec<C>>,
}

/// Weights in rising order without repeats, and each player's place among them.
pub(super) fn classes(weights: &[u64]) -> (Vec<u64>, Vec<usize>) {
    let mut distinct = weights.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let class = weights.iter().map(|w| distinct.partition_point(|d| d < w)).collect();
    (distinct, class)
}

/// The error for a table of `rows` by `quota` cells of this size, if it would take too much memory.
pub(super) fn too_large(players: usize, quota: u64, rows: usize, cell: usize) -> Result<(), Fault> {
    let bytes = (rows as u128) * u128::from(quota) * (cell as u128);
    if bytes > LARGEST_TABLE {
        Err(Fault::too_large(
            "quota",
            format!(
                "lower than {quota} for {players} players: use a coarser unit of weight or merge small players"
            ),
        ))
    } else {
        Ok(())
    }
}

/// Swings by size for every player.
///
/// Let c(s, w) count coalitions of s players with weight w below the quota q. Those without a
/// player of weight a number c(s, w) - c(s-1, w-a) + c(s-2, w-2a) - ..., so the player's swings of
/// size s, summed over w from q-a to q-1, are an alternating sum of c(s-j, .) over windows q-(j+1)a
/// to q-1-ja that tile 0 to q-1. With row sums at hand one player costs q/a look-ups a size, and
/// the forward table is the whole cost.
pub(super) fn swings_by_size<C: Count>(game: &WeightedGame) -> Swings<C> {
    let (weights, quota) = game.reduced();
    let q = quota as usize;
    let n = weights.len();
    let mut rising = weights.clone();
    rising.sort_unstable();
    let table = sums_by_size::<C>(&rising, q);
    let (distinct, class) = classes(&weights);
    let by_size = distinct
        .iter()
        .map(|a| (0..n).map(|s| alternating_windows(&table, q, *a, s)).collect())
        .collect();
    Swings { class, by_size }
}

/// Row s, entry w + 1: the number of coalitions of s players with weight at most w, for w below q.
pub(super) fn sums_by_size<C: Count>(rising: &[u64], q: usize) -> Vec<Vec<C>> {
    let n = rising.len();
    let mut lightest = vec![0_u64; n + 1];
    for (i, weight) in rising.iter().enumerate() {
        lightest[i + 1] = lightest[i] + weight;
    }
    let mut rows = vec![vec![C::zero(); q + 1]; n + 1];
    // Entry w + 1 holds the count for weight w, so that the later running sum can start at 0.
    rows[0][1] = C::one();
    for (done, weight) in rising.iter().enumerate() {
        let Some(a) = usize::try_from(*weight).ok().filter(|a| *a < q) else {
            continue;
        };
        for s in (0..=done).rev() {
            // Of the players so far, s weigh at least as much as the s lightest and at most as the
            // s heaviest.
            let least = lightest[s];
            if least >= q as u64 {
                continue;
            }
            let most = lightest[done] - lightest[done - s];
            let low = least as usize;
            let high = usize::try_from(most).unwrap_or(q).min(q - 1 - a);
            if low > high {
                continue;
            }
            let (before, after) = rows.split_at_mut(s + 1);
            let from = &before[s][low + 1..=high + 1];
            for (to, from) in after[0][low + a + 1..=high + a + 1].iter_mut().zip(from) {
                to.add(from);
            }
        }
    }
    for row in &mut rows {
        let mut sum = C::zero();
        for cell in row.iter_mut() {
            sum.add(cell);
            *cell = sum.clone();
        }
    }
    rows
}

fn alternating_windows<C: Count>(sums: &[Vec<C>], q: usize, weight: u64, size: usize) -> C {
    let mut total = C::zero();
    if weight == 0 {
        return total;
    }
    let a = usize::try_from(weight).unwrap_or(q).min(q);
    let mut top = q;
    for (j, row) in sums[..=size].iter().rev().enumerate() {
        let bottom = top.saturating_sub(a);
        let (plus, minus) = if j % 2 == 0 { (top, bottom) } else { (bottom, top) };
        total.add(&row[plus]);
        total.subtract(&row[minus]);
        if bottom == 0 {
            break;
        }
        top = bottom;
    }
    total
}

/// Swings of every different weight, whatever the size of the coalition joined.
pub(super) fn swings<C: Count>(game: &WeightedGame) -> (Vec<usize>, Vec<C>) {
    let (weights, quota) = game.reduced();
    let q = quota as usize;
    let mut counts = vec![C::zero(); q + 1];
    counts[1] = C::one();
    let mut reached = 0;
    for weight in &weights {
        let Some(a) = usize::try_from(*weight).ok().filter(|a| *a < q) else {
            continue;
        };
        if a == 0 {
            for cell in &mut counts {
                let twice = cell.clone();
                cell.add(&twice);
            }
            continue;
        }
        reached = (reached + a).min(q - 1);
        for w in (a..=reached).rev() {
            let (low, high) = counts.split_at_mut(w + 1);
            high[0].add(&low[w + 1 - a]);
        }
    }
    let mut sum = C::zero();
    for cell in &mut counts {
        sum.add(cell);
        *cell = sum.clone();
    }
    let (distinct, class) = classes(&weights);
    let totals = distinct
        .iter()
        .map(|weight| {
            let mut total = C::zero();
            if *weight == 0 {
                return total;
            }
            let a = usize::try_from(*weight).unwrap_or(q).min(q);
            let (mut top, mut plus) = (q, true);
            while top > 0 {
                let bottom = top.saturating_sub(a);
                let (add, take) = if plus { (top, bottom) } else { (bottom, top) };
                total.add(&counts[add]);
                total.subtract(&counts[take]);
                (top, plus) = (bottom, !plus);
            }
            total
        })
        .collect();
    (class, totals)
}
