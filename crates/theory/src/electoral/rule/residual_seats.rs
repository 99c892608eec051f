//! Residual seats of small councils: whole quotas, then remainders of lists near a quota, then averages.

use super::Rule;
use crate::Fault;
use crate::electoral::divisor::Divisor;
use crate::electoral::highest_averages::highest_averages_onto;
use crate::electoral::law::{Formula, Own};
use crate::electoral::tie::Ties;

/// The rule as a case asks for it.
pub const RULE: Rule = Rule {
    name: "residual-seats",
    says: "Hare quota; then one seat at most by largest remainder to each list with three quarters \
           of a quota; then one each by the highest average.",
    takes: &[],
    formula: |_| Ok(Formula::Own(Own { name: "residual-seats", seats: residual_seats })),
};

/// Seats by whole quotas, remainders and averages.
///
/// The quota is Q = V / S. List i gets the whole part of v_i / Q. Seats left go to the largest
/// remainders among lists with v_i >= 3/4 Q, at most one each; what is still left to the highest
/// v_i / (k_i + 1), at most one each until every list has had one.
///
/// # Errors
/// No lists, no votes, a refused tie, a lot out of range.
///
/// Reference: `kieswet1989`, article P 8. Checked by a council worked by hand.
pub fn residual_seats(votes: &[u64], seats: u32, mut ties: Ties<'_>) -> Result<Vec<u32>, Fault> {
    if votes.is_empty() {
        return Err(Fault::nothing("lists", "at least one"));
    }
    let total: u128 = votes.iter().map(|v| u128::from(*v)).sum();
    if total == 0 {
        return Err(Fault::nothing("votes", "at least one"));
    }
    let parts = |v: &u64| u128::from(*v) * u128::from(seats);
    let whole = |v: &u64| u32::try_from(parts(v) / total).unwrap_or(seats);
    let mut won: Vec<u32> = votes.iter().map(whole).collect();
    let mut left = seats - won.iter().sum::<u32>();
    let mut open: Vec<usize> =
        (0..votes.len()).filter(|l| votes[*l] > 0 && 4 * parts(&votes[*l]) >= 3 * total).collect();
    while left > 0 && !open.is_empty() {
        let remainder = |l: &usize| parts(&votes[*l]) % total;
        let most = open.iter().map(remainder).max().unwrap_or(0);
        let tied: Vec<usize> = open.iter().copied().filter(|l| remainder(l) == most).collect();
        let hangs = tied.len() > left as usize;
        let winner = if hangs { ties.settle(seats - left + 1, &tied)? } else { tied[0] };
        open.retain(|l| *l != winner);
        won[winner] += 1;
        left -= 1;
    }
    let mut bidding = votes.to_vec();
    while left > 0 {
        if bidding.iter().all(|v| *v == 0) {
            bidding.copy_from_slice(votes);
        }
        let before = won.clone();
        highest_averages_onto(&bidding, 1, &Divisor::DHondt, ties.again(), &mut won)?;
        let winner = (0..won.len()).find(|l| won[*l] > before[*l]);
        winner.into_iter().for_each(|l| bidding[l] = 0);
        left -= 1;
    }
    Ok(won)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_below_three_quarters_of_a_quota_waits_for_the_averages() {
        // 1,000 votes, 10 seats: the quota is 100. Whole quotas 5, 2, 1; two seats are left. The second
        // has the remainder 90, the fourth 74, but not 75 votes: so the first's remainder of 10 is next.
        let votes = [510, 290, 106, 74, 20];
        let won = residual_seats(&votes, 10, Ties::Refuse).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(won.iter().sum::<u32>(), 10);
        assert_eq!(won, [6, 3, 1, 0, 0]);
    }
}
