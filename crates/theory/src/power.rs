//! A priori voting power in weighted games.
//!
//! Power here is what a rule gives its members before anyone's opinion is known. Counts of
//! coalitions are exact integers and indices exact fractions; the `f64` paths divide exact integers
//! at the very end. A game too large for the method is an error, never a wrong number.

pub mod banzhaf;
pub mod coleman;
pub mod composed;
mod count;
pub mod deegan_packel;
pub mod game;
pub mod holler;
pub mod johnston;
mod minimal;
pub mod owen;
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
    /// A player belongs to no union, or a union has no player.
    BadUnions {
        /// Players.
        players: usize,
        /// Unions given, one a player.
        unions: usize,
    },
    /// A body's quotas do not rise or cannot be reached.
    BadLevels {
        /// Position of the body.
        body: usize,
    },
    /// A route names a level a body does not have, or not one level a body, or asks for nothing.
    BadRoute {
        /// Position of the route.
        route: usize,
    },
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
                write!(f, "the quota is {quota} but all players together have {total}; lower it")
            }
            Self::TotalTooLarge => {
                write!(f, "the weights add up to more than 64 bits hold; use a coarser unit")
            }
            Self::BadUnions { players, unions } => write!(
                f,
                "{unions} unions were given for {players} players; give one a player, numbered \
                 from 0 without gaps"
            ),
            Self::BadLevels { body } => write!(
                f,
                "the quotas of body {body} must rise from one to no more than its total weight"
            ),
            Self::BadRoute { route } => write!(
                f,
                "route {route} must give one level a body, none above what the body has, and at \
                 least one above 0"
            ),
            Self::TooLarge { players, quota } => write!(
                f,
                "{players} players with quota {quota} need a table that is too large; use a \
                 coarser unit of weight or merge small players"
            ),
        }
    }
}

impl std::error::Error for PowerError {}
