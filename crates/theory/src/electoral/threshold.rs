//! Thresholds: lists below a share of the vote take no part in the allocation.

use crate::Fault;
use num_rational::Ratio;

/// Which lists pass: those with at least `share` of the total valid vote, and those exempt.
///
/// List i passes when v_i / V >= share, compared in whole numbers. `exempt[i]` lets a list in
/// whatever its share (a won district, a minority's list); an empty slice exempts nobody.
///
/// # Errors
/// A row of another length when `exempt` is neither empty nor one a list,
/// a share out of range when the share has denominator zero or exceeds one.
///
/// Reference: `pukelsheim2017`, chapter 7. Checked by the catalog's mixed-member entries.
pub fn passing(
    votes: &[u64],
    total_valid: u64,
    share: Ratio<u64>,
    exempt: &[bool],
) -> Result<Vec<bool>, Fault> {
    if !exempt.is_empty() && exempt.len() != votes.len() {
        return Err(Fault::length("exempt", exempt.len(), votes.len()));
    }
    let (over, under) = (u128::from(*share.numer()), u128::from(*share.denom()));
    if under == 0 || over > under {
        return Err(Fault::unfit("share", "between zero and one"));
    }
    let needed = over * u128::from(total_valid);
    let passes = |(i, v): (usize, &u64)| {
        u128::from(*v) * under >= needed || exempt.get(i).copied().unwrap_or(false)
    };
    Ok(votes.iter().enumerate().map(passes).collect())
}

/// The votes that count: those of lists that pass, zero for the others.
#[must_use]
pub fn counted(votes: &[u64], passing: &[bool]) -> Vec<u64> {
    let keep = |(v, passes): (&u64, &bool)| if *passes { *v } else { 0 };
    votes.iter().zip(passing).map(keep).collect()
}
