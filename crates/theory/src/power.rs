//! A priori voting power in weighted games.
//!
//! Power here is what a rule gives its members before anyone's opinion is known. Counts of
//! coalitions are exact integers and indices exact fractions; the `f64` paths divide exact integers
//! at the very end. A game too large for the method is an error, never a wrong number.

pub mod banzhaf;
mod count;
pub mod game;
pub mod shapley_shubik;

use std::fmt;

/// Why a power index could not be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PowerError {
    /// The game has no players.
    NoPlayers,
    /// The quota is zero, so the empty coalition would win.
    ZeroQuota,
    /// The quota is above the sum of weights, so nobody can win.
    QuotaAboveTotal {
        /// The quota.
        quota: u64,
        /// Sum of weights.
        total: u64,
    },
    /// The sum of weights does not fit in 64 bits.
    TotalTooLarge,
    /// The table the method needs would take too much memory.
    TooLarge {
        /// Players.
        players: usize,
        /// The quota, or its dual if that is lower, after dividing by a common factor.
        quota: u64,
    },
}

impl fmt::Display for PowerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlayers => write!(f, "the game has no players; give at least one weight"),
            Self::ZeroQuota => write!(f, "the quota is zero; it must be at least one vote"),
            Self::QuotaAboveTotal { quota, total } => {
                write!(
                    f,
                    "the quota is {quota} but all players together have {total}; lower it"
                )
            }
            Self::TotalTooLarge => {
                write!(
                    f,
                    "the weights add up to more than 64 bits hold; use a coarser unit"
                )
            }
            Self::TooLarge { players, quota } => write!(
                f,
                "{players} players with quota {quota} need a table that is too large; use a \
                 coarser unit of weight or merge small players"
            ),
        }
    }
}

impl std::error::Error for PowerError {}
