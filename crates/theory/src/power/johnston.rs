//! The Johnston index: a swing counts for less when others in the coalition could swing too.

use super::count::{Count, classes, too_large};
use super::game::WeightedGame;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The Johnston index of every player, exactly.
///
/// A winning coalition with k > 0 critical members (each able to make it lose) gives each of them 1
/// / k; the index is a player's sum over all coalitions' sums. In a coalition that exceeds the
/// quota by e the critical members are those heavier than e, so coalitions are counted by number of
/// heavy members for each band of e between two neighbouring weights.
///
/// # Errors
/// Too large a table when players times quota would need tables above 256 MiB.
///
/// Reference: `johnston1978`. Checked by the catalog's power entries and by property tests against
/// all subsets.
pub fn johnston(game: &WeightedGame) -> Result<Vec<BigRational>, Fault> {
    let (mut weights, quota) = game.scaled();
    // Who wins alone is critical exactly when the others lose, however heavy: cut to the quota.
    weights.iter_mut().for_each(|w| *w = (*w).min(quota));
    let n = weights.len();
    let raw =
        if n < 128 { shares::<u128>(&weights, quota)? } else { shares::<BigInt>(&weights, quota)? };
    let all: BigRational = raw.iter().sum();
    if all.is_zero() {
        return Ok(raw);
    }
    Ok(raw.iter().map(|r| r / &all).collect())
}

fn shares<C: Count + Into<BigInt>>(weights: &[u64], quota: u64) -> Result<Vec<BigRational>, Fault> {
    let n = weights.len();
    too_large(n, quota, 2 * (n + 1), size_of::<C>())?;
    let q = quota as usize;
    let (distinct, class) = classes(weights);
    let mut of_class = vec![BigRational::zero(); distinct.len()];
    let mut below = 0;
    for (band, weight) in distinct.iter().enumerate() {
        let light: Vec<u64> = weights.iter().copied().filter(|w| w < weight).collect();
        let heavy: Vec<u64> = weights.iter().copied().filter(|w| w >= weight).collect();
        let least = below;
        let most = usize::try_from(*weight).unwrap_or(q);
        below = most;
        if *weight == 0 {
            continue;
        }
        let light = running_by_weight::<C>(&light, q);
        let heavy_sums = by_size::<C>(&heavy, q);
        for (member, share) in of_class.iter_mut().enumerate().skip(band) {
            let a = usize::try_from(distinct[member]).unwrap_or(q);
            let others = without(&heavy_sums, q, a);
            for (size, row) in others.iter().enumerate().take(heavy.len()) {
                let mut coalitions = C::zero();
                for (x, count) in row.iter().enumerate() {
                    // Light members bring the weight to between q + least and q + most - 1.
                    let reach = |excess: usize| (q + excess).saturating_sub(a.saturating_add(x));
                    let high = if most >= a { q.saturating_sub(x) } else { reach(most) };
                    let low = reach(least).min(high);
                    let mut fitting = light[high.min(q)].clone();
                    fitting.subtract(&light[low.min(q)]);
                    coalitions.add(&count.times(&fitting));
                }
                let count: BigInt = coalitions.into();
                *share += BigRational::new(count, (size + 1).into());
            }
        }
    }
    Ok(class.into_iter().map(|c| of_class[c].clone()).collect())
}

/// Entry w: coalitions of these with weight below w, whatever their size.
fn running_by_weight<C: Count>(weights: &[u64], q: usize) -> Vec<C> {
    let mut counts = vec![C::zero(); q];
    counts[0] = C::one();
    for weight in weights {
        let a = usize::try_from(*weight).unwrap_or(q);
        for w in (a..q).rev() {
            let from = counts[w - a].clone();
            counts[w].add(&from);
        }
    }
    let mut running = vec![C::zero()];
    let mut sum = C::zero();
    for count in &counts {
        sum.add(count);
        running.push(sum.clone());
    }
    running
}

/// Row s, entry w: coalitions of s of these with weight w, for w below q.
fn by_size<C: Count>(weights: &[u64], q: usize) -> Vec<Vec<C>> {
    let mut rows = vec![vec![C::zero(); q]; weights.len() + 1];
    rows[0][0] = C::one();
    for (done, weight) in weights.iter().enumerate() {
        let a = usize::try_from(*weight).unwrap_or(q);
        for s in (0..=done).rev() {
            let (low, high) = rows.split_at_mut(s + 1);
            for w in a..q {
                high[0][w].add(&low[s][w - a]);
            }
        }
    }
    rows
}

/// The same rows for the others, one member of weight a aside.
fn without<C: Count>(rows: &[Vec<C>], q: usize, a: usize) -> Vec<Vec<C>> {
    let mut others: Vec<Vec<C>> = Vec::with_capacity(rows.len());
    for (s, row) in rows.iter().enumerate() {
        let mut kept = row.clone();
        if s > 0 && a < q {
            for w in a..q {
                kept[w].subtract(&others[s - 1][w - a]);
            }
        }
        others.push(kept);
    }
    others
}
