//! Influence: where opinions settle when actors weigh one another.
//!
//! Matrices are dense and small (tens of actors); `sparse` solves one network for many weights. Hostile ties have no place here: every weight is
//! from zero up.

pub mod friedkin_johnsen;
pub mod integrated_control;
pub mod linked_issues;
pub mod matrix;
pub mod signed;
pub mod sparse;

use std::fmt;

/// Why an influence model could not be solved.
#[derive(Clone, Debug, PartialEq)]
pub enum InfluenceError {
    /// There are no actors.
    NoActors,
    /// A matrix or vector does not have the size asked for.
    Shape {
        /// Expected count of numbers.
        expected: usize,
        /// Count found.
        found: usize,
    },
    /// An entry is not a finite number.
    NotFinite {
        /// Row, from zero.
        row: usize,
        /// Column, from zero.
        column: usize,
    },
    /// A weight is below zero.
    Negative {
        /// Row, from zero.
        row: usize,
        /// Column, from zero.
        column: usize,
    },
    /// A row of influence sums to one or more, so that actor has no anchor of its own.
    NoAnchor {
        /// Row, from zero.
        row: usize,
        /// The sum found.
        sum: f64,
    },
    /// A row of a logic matrix has absolute sum above one, so opinions could grow without bound.
    Unbounded {
        /// Row, from zero.
        row: usize,
        /// The sum found.
        sum: f64,
    },
    /// The system has no unique solution to working precision.
    Singular {
        /// Column in which no pivot was found, or place of a result too large for a number.
        column: usize,
    },
    /// An actor's position is out of range.
    NoSuchActor {
        /// Position asked for.
        actor: usize,
        /// Actors there are.
        actors: usize,
    },
}

impl fmt::Display for InfluenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoActors => write!(f, "there are no actors; give at least one"),
            Self::Shape { expected, found } => {
                write!(f, "{expected} numbers were expected and {found} found")
            }
            Self::NotFinite { row, column } => {
                write!(f, "entry ({row}, {column}) is not a finite number")
            }
            Self::Negative { row, column } => write!(
                f,
                "entry ({row}, {column}) is below zero; influence weights are from zero up"
            ),
            Self::NoAnchor { row, sum } => write!(
                f,
                "row {row} sums to {sum}; it must stay below one, so give the actor some autonomy"
            ),
            Self::Unbounded { row, sum } => {
                write!(f, "row {row} of the logic has absolute sum {sum}; it must not exceed one")
            }
            Self::Singular { column } => {
                write!(f, "the system is singular at column {column}; check for closed circles")
            }
            Self::NoSuchActor { actor, actors } => {
                write!(f, "there is no actor {actor}; positions run from 0 to {actors} less one")
            }
        }
    }
}

impl std::error::Error for InfluenceError {}
