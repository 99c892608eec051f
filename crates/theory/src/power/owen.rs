//! The Owen value: power when players have joined in unions beforehand.

use super::count::{Count, sums_by_size, too_large};
use super::game::WeightedGame;
use super::shapley_shubik::Orders;
use crate::{Fault, What};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The Owen value of every player, exactly.
///
/// Like the Shapley-Shubik index over those orders only in which the members of each union stand
/// together: with m unions, p members in i's own, the sum over sets of h other unions and s fellow
/// members that i makes winning of h!(m-1-h)!/m! times s!(p-1-s)!/p!. `unions[i]` is the union
/// player i belongs to, numbered from 0 without gaps. Unions of one give the Shapley-Shubik index,
/// and so does one union of all.
///
/// # Errors
/// Unions that do not go with the players; too large a table when players times quota would need tables
/// above 256 MiB.
///
/// Reference: `owen1977`. Checked by the catalog and by property tests: both limits, and that a
/// union's values add up to the Shapley-Shubik index of the game among unions.
pub fn owen(game: &WeightedGame, unions: &[usize]) -> Result<Vec<BigRational>, Fault> {
    let (weights, quota) = game.scaled();
    let n = weights.len();
    let m = unions.iter().max().map_or(0, |u| u.saturating_add(1));
    let bad = Fault::new(
        What::Length(unions.len()),
        "unions",
        format!("{n}, one a player, numbered from 0 without gaps"),
    );
    if unions.len() != n || m > n || (0..m).any(|u| !unions.contains(&u)) {
        return Err(bad);
    }
    too_large(n, quota, 2 * (n + 1), size_of::<BigInt>())?;
    let q = quota as usize;
    let mut united = vec![0_u64; m];
    for (weight, union) in weights.iter().zip(unions) {
        united[*union] += weight;
    }
    let among_unions = Orders::of(m);
    let mut values = vec![BigRational::zero(); n];
    for own in 0..m {
        let mut others: Vec<u64> = (0..m).filter(|u| *u != own).map(|u| united[u]).collect();
        others.sort_unstable();
        let outside = sums_by_size::<BigInt>(&others, q);
        let members: Vec<usize> = (0..n).filter(|i| unions[*i] == own).collect();
        let within = Orders::of(members.len());
        let all = among_unions.all() * within.all();
        for i in &members {
            let mut fellows: Vec<u64> =
                members.iter().filter(|j| *j != i).map(|j| weights[*j]).collect();
            fellows.sort_unstable();
            let inside = sums_by_size::<BigInt>(&fellows, q);
            let orders = pivots(&outside, &inside, q, weights[*i], &among_unions, &within);
            values[*i] = BigRational::new(orders, all.clone());
        }
    }
    Ok(values)
}

/// Orders in which a player of this weight is pivotal; both tables hold running sums over weight.
fn pivots(
    outside: &[Vec<BigInt>],
    inside: &[Vec<BigInt>],
    q: usize,
    weight: u64,
    among_unions: &Orders,
    within: &Orders,
) -> BigInt {
    let a = usize::try_from(weight).unwrap_or(q).min(q);
    let mut orders = BigInt::ZERO;
    for (s, row) in inside.iter().enumerate() {
        let mut for_size = BigInt::ZERO;
        for (h, sums) in outside.iter().enumerate() {
            let mut sets = BigInt::ZERO;
            for v in 0..q {
                let mut fellows = row[v + 1].clone();
                fellows.subtract(&row[v]);
                if !fellows.is_zero() {
                    let (top, bottom) = (q - v, (q - a).saturating_sub(v));
                    sets += fellows * (&sums[top] - &sums[bottom]);
                }
            }
            for_size += sets * among_unions.around(h);
        }
        orders += for_size * within.around(s);
    }
    orders
}
