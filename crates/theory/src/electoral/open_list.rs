//! Open lists: which of a list's candidates take its seats.

use crate::Fault;

/// How much personal votes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The order on the list is final.
    Closed,
    /// Candidates are ranked by personal votes; the list's order only settles level ones.
    Open,
    /// Those with at least this share of the list's votes go first, by personal votes; the rest
    /// follow in the list's order.
    Flexible {
        /// Numerator of the share.
        over: u64,
        /// Denominator of the share.
        under: u64,
    },
}

/// Positions of a list's candidates in the order in which they take seats.
///
/// `personal[k]` are the personal votes of the candidate written k-th; `list_votes` all votes of
/// the list, which a flexible share is of.
///
/// # Errors
/// A share out of range for a flexible share with denominator zero or above one.
///
/// Reference: `renwick2016`. Checked by the catalog entry `open-list-by-hand` and by property tests: everybody is ranked once, and with open
/// lists nobody with fewer personal votes goes first.
pub fn ranking(personal: &[u64], list_votes: u64, opening: Opening) -> Result<Vec<usize>, Fault> {
    let mut order: Vec<usize> = (0..personal.len()).collect();
    match opening {
        Opening::Closed => {}
        Opening::Open => order.sort_by(|a, b| personal[*b].cmp(&personal[*a])),
        Opening::Flexible { over, under } => {
            if under == 0 || over > under {
                return Err(Fault::unfit("share", "between zero and one"));
            }
            let needed = u128::from(over) * u128::from(list_votes);
            let passes = |k: usize| u128::from(personal[k]) * u128::from(under) >= needed;
            order.sort_by(|a, b| match (passes(*a), passes(*b)) {
                (true, true) => personal[*b].cmp(&personal[*a]),
                (a, b) => b.cmp(&a),
            });
        }
    }
    Ok(order)
}
