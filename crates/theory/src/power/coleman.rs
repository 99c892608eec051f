//! Coleman's three measures: how easily a body acts, and who can stop or start it.

use super::banzhaf::banzhaf;
use super::count::{Count, too_large};
use super::game::WeightedGame;
use crate::Fault;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Coleman's measures of a game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coleman {
    /// Winning coalitions.
    pub winning: BigUint,
    /// Winning coalitions over all coalitions: the power of the collectivity to act.
    pub collectivity: BigRational,
    /// For each player, swings over winning coalitions: power to prevent action.
    pub prevent: Vec<BigRational>,
    /// For each player, swings over losing coalitions: power to initiate action.
    pub initiate: Vec<BigRational>,
}

/// Coleman's measures, exactly.
///
/// With n players, W winning coalitions and eta_i swings of player i: power to act W / 2^n, to
/// prevent eta_i / W, to initiate eta_i / (2^n - W). The Penrose measure is the harmonic mean of
/// the last two.
///
/// # Errors
/// Too large a table when the quota would need a table above 256 MiB.
///
/// Reference: `coleman1971`. Checked by the catalog and by that harmonic mean on random games.
pub fn coleman(game: &WeightedGame) -> Result<Coleman, Fault> {
    let swings = banzhaf(game)?.swings;
    let n = game.players();
    let losing = losing(game)?;
    let all = BigUint::one() << n;
    let winning = &all - &losing;
    // The empty coalition loses and the grand one wins, so neither count is zero.
    let over = |total: &BigUint| -> Vec<BigRational> {
        let share = |s: &BigUint| {
            if total.is_zero() {
                return BigRational::zero();
            }
            BigRational::new(s.clone().into(), total.clone().into())
        };
        swings.iter().map(share).collect()
    };
    let (prevent, initiate) = (over(&winning), over(&losing));
    let collectivity = BigRational::new(winning.clone().into(), all.into());
    Ok(Coleman { winning, collectivity, prevent, initiate })
}

fn losing(game: &WeightedGame) -> Result<BigUint, Fault> {
    let (weights, quota) = game.scaled();
    let n = weights.len();
    too_large(n, quota, 1, size_of::<BigInt>())?;
    let count =
        if n < 128 { below::<u128>(&weights, quota) } else { below::<BigInt>(&weights, quota) };
    Ok(count.to_biguint().unwrap_or_default())
}

fn below<C: Count + Into<BigInt>>(weights: &[u64], quota: u64) -> BigInt {
    let q = quota as usize;
    let mut counts = vec![C::zero(); q];
    counts[0] = C::one();
    for weight in weights {
        let a = usize::try_from(*weight).unwrap_or(q);
        for w in (a..q).rev() {
            let from = counts[w - a].clone();
            counts[w].add(&from);
        }
    }
    let mut sum = C::zero();
    counts.iter().for_each(|c| sum.add(c));
    sum.into()
}
