//! Why a date has no estimate.

use case::Diagnostic;
use theory::Fault;

/// Why a date has no estimate.
#[derive(Debug, Clone)]
pub enum Gap {
    /// The case has faults on the date.
    Faults {
        /// How many.
        count: usize,
        /// The first error, if there is one.
        first: Option<Box<Diagnostic>>,
    },
    /// The case has no such body on the date.
    NoBody(String),
    /// The result of no election is known.
    NoResult,
    /// The coming election cannot be run; the first finding that says why.
    Election(Option<Box<Diagnostic>>),
    /// Members and quota make no game.
    Power(Fault),
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told = |first: &Option<Box<Diagnostic>>| {
            first.as_ref().map_or_else(String::new, |d| d.message.clone())
        };
        match self {
            Self::Faults { count, first } => {
                write!(f, "the case has {count} faults on this date, such as: {}", told(first))
            }
            Self::NoBody(body) => write!(f, "there is no body \"{body}\" on this date"),
            Self::NoResult => f.write_str("the result of no election is known"),
            Self::Election(first) => {
                write!(f, "the coming election cannot be run: {}", told(first))
            }
            Self::Power(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Gap {}
