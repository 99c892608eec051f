//! The Banzhaf indices: how often a player's vote decides, if all coalitions are as likely.

use super::count::{Count, swings, too_large};
use super::game::WeightedGame;
use crate::Fault;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

/// Exact Banzhaf counts of a game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banzhaf {
    /// For each player, the losing coalitions of others that it makes winning.
    pub swings: Vec<BigUint>,
}

impl Banzhaf {
    /// The Penrose-Banzhaf measure: swings over the 2^(n-1) coalitions of the others.
    #[must_use]
    pub fn penrose(&self) -> Vec<BigRational> {
        let all = BigUint::one() << self.swings.len().saturating_sub(1);
        self.swings.iter().map(|s| ratio(s, &all)).collect()
    }

    /// The normalised index: swings over everybody's swings.
    #[must_use]
    pub fn normalised(&self) -> Vec<BigRational> {
        let all: BigUint = self.swings.iter().sum();
        if all.is_zero() {
            return vec![BigRational::zero(); self.swings.len()];
        }
        self.swings.iter().map(|s| ratio(s, &all)).collect()
    }
}

fn ratio(over: &BigUint, under: &BigUint) -> BigRational {
    BigRational::new(over.clone().into(), under.clone().into())
}

/// Swings of every player, exactly.
///
/// A swing of player i is a coalition S without i that loses while S with i wins. Of n players,
/// beta_i = swings_i / 2^(n-1) is the Penrose measure, swings_i / sum of all swings the normalised
/// index.
///
/// # Errors
/// Too large a table when the quota would need a table above 256 MiB.
///
/// Reference: `banzhaf1965`, `penrose1946`. Checked by the catalog's power entries and by property
/// tests against all coalitions of small games.
pub fn banzhaf(game: &WeightedGame) -> Result<Banzhaf, Fault> {
    match game.players() {
        0..=64 => counted::<u64>(game),
        65..=128 => counted::<u128>(game),
        _ => counted::<BigInt>(game),
    }
}

/// The Penrose measure of every player as floating-point numbers made from the exact counts.
///
/// # Errors
/// As [`banzhaf`].
pub fn penrose_f64(game: &WeightedGame) -> Result<Vec<f64>, Fault> {
    match game.players() {
        n @ 0..=128 => {
            too_large(n, game.reduced().1, 1, size_of::<u128>())?;
            let (class, counts) = swings::<u128>(game);
            // A power of two, so the division is exact.
            let all = 2.0_f64.powi(i32::try_from(n).unwrap_or(0) - 1);
            Ok(class.into_iter().map(|c| counts[c] as f64 / all).collect())
        }
        _ => Ok(to_f64(&banzhaf(game)?.penrose())),
    }
}

/// The normalised index of every player as floating-point numbers made from the exact counts.
///
/// # Errors
/// As [`banzhaf`].
pub fn normalised_f64(game: &WeightedGame) -> Result<Vec<f64>, Fault> {
    let penrose = penrose_f64(game)?;
    let all: f64 = penrose.iter().sum();
    Ok(penrose.into_iter().map(|p| p / all).collect())
}

fn to_f64(exact: &[BigRational]) -> Vec<f64> {
    exact.iter().map(|r| r.to_f64().unwrap_or(f64::NAN)).collect()
}

fn counted<C: Count + Into<BigInt>>(game: &WeightedGame) -> Result<Banzhaf, Fault> {
    too_large(game.players(), game.reduced().1, 1, size_of::<C>())?;
    let (class, counts) = swings::<C>(game);
    let counts: Vec<BigUint> =
        counts.into_iter().map(|c| c.into().to_biguint().unwrap_or_default()).collect();
    Ok(Banzhaf { swings: class.into_iter().map(|c| counts[c].clone()).collect() })
}
