//! What can be wrong with the numbers a bargaining model is given.

use std::fmt;

/// The number of an actor that is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// What the actor can bring to bear.
    Capability,
    /// Where the actor stands.
    Position,
    /// How much the actor cares.
    Salience,
    /// A weight given directly.
    Weight,
    /// A utility of not agreeing.
    Disagreement,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Quantity::Capability => "capability",
            Quantity::Position => "position",
            Quantity::Salience => "salience",
            Quantity::Weight => "weight",
            Quantity::Disagreement => "disagreement utility",
        })
    }
}

/// Why a bargaining model could not answer. Actors, issues and turns count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// There is nobody to bargain.
    NoActors,
    /// There is nothing to bargain about.
    NoIssues,
    /// An actor's row is longer or shorter than the first actor's.
    Shape {
        /// The actor.
        actor: usize,
        /// Which of its numbers.
        quantity: Quantity,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number is out of the range the model is defined on, or not a number.
    Range {
        /// The actor.
        actor: usize,
        /// Which of its numbers.
        quantity: Quantity,
        /// The value found.
        value: f64,
        /// The range it must lie in, in words.
        must: &'static str,
    },
    /// All weights are zero, so no mean is defined.
    NoWeight {
        /// The issue whose weights are all zero.
        issue: usize,
    },
    /// An accommodation row is not a set of shares.
    Accommodation {
        /// The row.
        actor: usize,
        /// The fault, in words.
        must: &'static str,
    },
    /// The Markov process for the chances of the options did not settle.
    NotSettled {
        /// After how many rounds it was given up.
        rounds: usize,
    },
    /// A bargain came out as infinite or not a number.
    NotFinite {
        /// The turn.
        turn: usize,
        /// Who opened the bargain.
        initiator: usize,
        /// Whom it was put to.
        receiver: usize,
    },
    /// A draw was not a number between zero and one.
    Draw {
        /// The turn.
        turn: usize,
        /// The actor it was drawn for.
        actor: usize,
        /// The value found.
        value: f64,
    },
    /// No outcome is better for everyone than not agreeing.
    NoAgreement,
    /// A parameter of the model itself is out of range.
    Parameter {
        /// Its name.
        name: &'static str,
        /// The value found.
        value: f64,
        /// The range it must lie in, in words.
        must: &'static str,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoActors => write!(f, "no actors: give at least one"),
            Fault::NoIssues => write!(f, "no issues: give every actor at least one position"),
            Fault::Shape { actor, quantity, expected, found } => write!(
                f,
                "actor {actor}: {found} values of {quantity} where {expected} are needed; give one for each issue"
            ),
            Fault::Range { actor, quantity, value, must } => {
                write!(f, "actor {actor}: {quantity} is {value}; it must be {must}")
            }
            Fault::NoWeight { issue } => {
                write!(
                    f,
                    "issue {issue}: all weights are zero; give at least one actor capability and salience"
                )
            }
            Fault::Accommodation { actor, must } => {
                write!(f, "accommodation of actor {actor}: {must}")
            }
            Fault::NotSettled { rounds } => write!(
                f,
                "the chances of the options did not settle in {rounds} rounds; use the conditional rule"
            ),
            Fault::NotFinite { turn, initiator, receiver } => write!(
                f,
                "turn {turn}: the bargain of actor {initiator} with actor {receiver} is not a number; \
                 use interpolation S2P2 with this bargain rule"
            ),
            Fault::Draw { turn, actor, value } => write!(
                f,
                "turn {turn}: the draw for actor {actor} is {value}; it must lie between 0 and 1"
            ),
            Fault::NoAgreement => {
                write!(
                    f,
                    "no outcome is better for everyone than not agreeing; lower a disagreement utility"
                )
            }
            Fault::Parameter { name, value, must } => {
                write!(f, "{name} is {value}; it must be {must}")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks that `values` are numbers and as many as `expected`.
pub(crate) fn finite(values: &[f64], expected: usize, quantity: Quantity) -> Result<(), Fault> {
    if values.len() != expected {
        let actor = values.len().min(expected);
        return Err(Fault::Shape { actor, quantity, expected, found: values.len() });
    }
    match values.iter().position(|v| v.is_nan() || v.abs() > 1e100) {
        None => Ok(()),
        Some(actor) => {
            let must = "a number of size at most 1e100";
            Err(Fault::Range { actor, quantity, value: values[actor], must })
        }
    }
}

/// Checks that `values` are weights: numbers not below zero, one for each actor, not all zero.
pub(crate) fn weights(values: &[f64], expected: usize, quantity: Quantity) -> Result<(), Fault> {
    finite(values, expected, quantity)?;
    if let Some(actor) = values.iter().position(|v| *v < 0.0) {
        let value = values[actor];
        return Err(Fault::Range { actor, quantity, value, must: "zero or more" });
    }
    let most = values.iter().copied().fold(0.0, f64::max);
    if most > 0.0 { Ok(()) } else { Err(Fault::NoWeight { issue: 0 }) }
}
