//! Coalitions: which can form, which will, and who gets which post.
//!
//! Members are positions in a list of seats. Nothing here knows what a party wants; utilities come
//! in as numbers.

pub mod baron_ferejohn;
pub mod formateur;
pub mod formation_delay;
pub mod minimal_winning;
pub mod minimum_size;
pub mod policy;
pub mod portfolio;
pub mod quantal_choice;
pub mod utility;

use std::fmt;

/// Why a coalition model could not answer.
#[derive(Clone, Debug, PartialEq)]
pub enum CoalitionError {
    /// More coalitions than the caller allowed for.
    TooMany {
        /// The cap given.
        cap: usize,
    },
    /// Nobody has a seat.
    NoSeats,
    /// Nothing to choose from.
    NothingToChoose,
    /// A utility is not a number or is positive infinity.
    BadUtility {
        /// Its position.
        position: usize,
    },
    /// The precision is negative, infinite or not a number.
    BadPrecision,
    /// A uniform number outside [0, 1).
    BadUniform,
    /// Every choice is impossible.
    AllImpossible,
    /// Probabilities are negative, not numbers, or do not add up to one.
    BadProbabilities,
    /// A table has the wrong shape.
    Shape {
        /// What was expected.
        expected: usize,
        /// What was found.
        found: usize,
    },
    /// A number does not fit the arithmetic.
    TooLarge,
}

impl fmt::Display for CoalitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { cap } => {
                write!(f, "more than {cap} coalitions; raise the cap or merge small parties")
            }
            Self::NoSeats => write!(f, "no party has a seat; give at least one above zero"),
            Self::NothingToChoose => write!(f, "there is nothing to choose from"),
            Self::BadUtility { position } => write!(
                f,
                "utility {position} is not a finite number (minus infinity marks the impossible)"
            ),
            Self::BadPrecision => write!(f, "the precision must be a finite number from zero up"),
            Self::BadUniform => write!(f, "a uniform number must lie in [0, 1)"),
            Self::AllImpossible => write!(f, "every choice is impossible; allow at least one"),
            Self::BadProbabilities => {
                write!(f, "probabilities must be numbers from zero up that sum to one")
            }
            Self::Shape { expected, found } => {
                write!(f, "{expected} numbers were expected and {found} found")
            }
            Self::TooLarge => write!(f, "the numbers are too large; use a coarser unit"),
        }
    }
}

impl std::error::Error for CoalitionError {}
