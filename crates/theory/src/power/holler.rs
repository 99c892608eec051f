//! Holler's public good index: how many minimal winning coalitions a player is in.

use super::game::WeightedGame;
use super::minimal::minimal_by_size;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The public good index of every player, exactly.
///
/// h_i = m_i / (sum over j of m_j), m_i being the number of minimal winning coalitions with i: the
/// prize is a public good that every member enjoys whole.
///
/// # Errors
/// Too large a table when players times quota would need tables above 256 MiB.
///
/// Reference: `holler1982`. Checked by the catalog's power entries and by property tests against
/// listed coalitions.
pub fn holler(game: &WeightedGame) -> Result<Vec<BigRational>, Fault> {
    let member: Vec<BigInt> =
        minimal_by_size(game)?.iter().map(|row| row.iter().sum::<BigInt>()).collect();
    let all: BigInt = member.iter().sum();
    if all.is_zero() {
        return Ok(vec![BigRational::zero(); member.len()]);
    }
    Ok(member.into_iter().map(|m| BigRational::new(m, all.clone())).collect())
}
