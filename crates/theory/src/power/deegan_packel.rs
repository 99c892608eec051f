//! The Deegan-Packel index: spoils shared equally within minimal winning coalitions.

use super::game::WeightedGame;
use super::minimal::minimal_by_size;
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The Deegan-Packel index of every player, exactly.
///
/// With M the minimal winning coalitions, each as likely, and members sharing equally: DP_i = (1 /
/// |M|) times the sum over S in M with i of 1 / |S|.
///
/// # Errors
/// Too large a table when players times quota would need tables above 256 MiB.
///
/// Reference: `deegan1978`. Checked by the catalog's power entries and by property tests against
/// listed coalitions.
pub fn deegan_packel(game: &WeightedGame) -> Result<Vec<BigRational>, Fault> {
    let counts = minimal_by_size(game)?;
    let share = |row: &Vec<BigInt>| {
        let sized = row.iter().enumerate().skip(1);
        sized.map(|(s, c)| BigRational::new(c.clone(), s.into())).sum::<BigRational>()
    };
    let raw: Vec<BigRational> = counts.iter().map(share).collect();
    // Each coalition's shares add up to one, so together they number the coalitions.
    let coalitions: BigRational = raw.iter().sum();
    if coalitions.is_zero() {
        return Ok(raw);
    }
    Ok(raw.iter().map(|r| r / &coalitions).collect())
}
