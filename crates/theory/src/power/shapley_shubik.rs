//! The Shapley-Shubik index, by counting coalitions rather than orders.

use super::count::{Count, Swings, swings_by_size, too_large};
use super::game::WeightedGame;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Most players whose coalitions of one size are counted in 64 bits: C(67, 33) is below 2^64.
const NARROW: usize = 68;
/// The same for 128 bits: C(130, 65) is below 2^128.
const WIDE: usize = 131;

/// The Shapley-Shubik index of every player, exactly.
///
/// The share of the n! orders of players in which player i is pivotal, that is, turns the coalition
/// of those before it from losing to winning: phi_i = sum over s of swings_i(s) s! (n-1-s)! / n!,
/// where swings_i(s) counts the losing coalitions of s other players that i makes winning. Indices
/// are exact fractions that sum to 1.
///
/// # Errors
/// Too large a table when players times quota would need a table above 256 MiB.
///
/// Reference: `shapley1954`; the counting is that of `lucas1983`. Checked by the catalog's power
/// entries and by property tests against all orders of small games.
///
/// ```
/// use theory::power::{game::WeightedGame, shapley_shubik::shapley_shubik};
/// let phi = shapley_shubik(&WeightedGame::new([4, 3, 2, 1], 6)?)?;
/// assert_eq!(phi[0].to_string(), "5/12");
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn shapley_shubik(game: &WeightedGame) -> Result<Vec<BigRational>, Fault> {
    match game.players() {
        n if n <= NARROW => exact::<u64>(game),
        n if n <= WIDE => exact::<u128>(game),
        _ => exact::<BigInt>(game),
    }
}

/// As [`shapley_shubik`], with each index as a floating-point number made from the exact counts.
///
/// Every term is positive, so the error is a few units in the last place. This is the path for
/// simulation.
///
/// # Errors
/// As [`shapley_shubik`].
pub fn shapley_shubik_f64(game: &WeightedGame) -> Result<Vec<f64>, Fault> {
    match game.players() {
        n if n <= NARROW => rounded::<u64>(game, |c| c as f64),
        n if n <= WIDE => rounded::<u128>(game, |c| c as f64),
        _ => Ok(exact::<BigInt>(game)?.iter().map(|r| r.to_f64().unwrap_or(f64::NAN)).collect()),
    }
}

/// Orders of n players, for turning swings by size into shares of orders.
pub(super) struct Orders {
    factorial: Vec<BigInt>,
}

impl Orders {
    pub(super) fn of(players: usize) -> Self {
        let mut factorial = vec![BigInt::from(1)];
        for k in 1..=players {
            factorial.push(&factorial[k - 1] * k);
        }
        Self { factorial }
    }

    /// s! (n-1-s)! of n!: orders in which a given s players come before a given one. As numerator
    /// only.
    pub(super) fn around(&self, before: usize) -> BigInt {
        let others = self.factorial.len().saturating_sub(2);
        match (self.factorial.get(before), self.factorial.get(others.wrapping_sub(before))) {
            (Some(a), Some(b)) => a * b,
            _ => BigInt::ZERO,
        }
    }

    /// n!.
    pub(super) fn all(&self) -> &BigInt {
        &self.factorial[self.factorial.len() - 1]
    }

    /// Sum of swings by size times the orders around each, over all orders.
    pub(super) fn share(&self, swings: impl Iterator<Item = BigInt>) -> BigRational {
        let sum = swings.enumerate().map(|(s, count)| count * self.around(s)).sum();
        BigRational::new(sum, self.all().clone())
    }
}

fn exact<C: Count + Clone + Into<BigInt>>(game: &WeightedGame) -> Result<Vec<BigRational>, Fault> {
    let n = game.players();
    too_large(n, game.reduced().1, n + 1, size_of::<C>())?;
    let Swings { class, by_size } = swings_by_size::<C>(game);
    let orders = Orders::of(n);
    let share = |counts: Vec<C>| orders.share(counts.into_iter().map(Into::into));
    let of_class: Vec<BigRational> = by_size.into_iter().map(share).collect();
    Ok(class.into_iter().map(|c| of_class[c].clone()).collect())
}

fn rounded<C: Count>(game: &WeightedGame, to_f64: impl Fn(C) -> f64) -> Result<Vec<f64>, Fault> {
    let n = game.players();
    too_large(n, game.reduced().1, n + 1, size_of::<C>())?;
    let Swings { class, by_size } = swings_by_size::<C>(game);
    // Coalitions of each size among the others, times n: orders in which that size comes first.
    let mut orders = Vec::with_capacity(n);
    let mut choose = 1.0_f64;
    for s in 0..n {
        orders.push(choose * n as f64);
        choose = choose * (n - 1 - s) as f64 / (s + 1) as f64;
    }
    let of_class: Vec<f64> = by_size
        .into_iter()
        .map(|counts| counts.into_iter().zip(&orders).map(|(c, o)| to_f64(c) / o).sum())
        .collect();
    Ok(class.into_iter().map(|c| of_class[c]).collect())
}
