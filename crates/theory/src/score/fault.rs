//! What can be wrong with a forecast that is to be scored.

use std::fmt;

/// Why a score cannot be given. Forecasts count from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// There is nothing to score.
    Empty,
    /// Forecasts and outcomes are not of one number.
    Lengths {
        /// How many forecasts.
        forecasts: usize,
        /// How many outcomes.
        outcomes: usize,
    },
    /// A probability is not between zero and one.
    Probability {
        /// The forecast.
        at: usize,
        /// The value found.
        value: f64,
    },
    /// The probabilities of a forecast do not add up to one.
    Sum {
        /// What they add up to.
        value: f64,
    },
    /// The outcome is not one of the categories.
    Category {
        /// The outcome.
        outcome: usize,
        /// How many categories there are.
        categories: usize,
    },
    /// A number is infinite or not a number, or out of range.
    Number {
        /// What it is.
        name: &'static str,
        /// The value found.
        value: f64,
        /// What it must be, in words.
        must: &'static str,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Empty => write!(f, "nothing to score: give at least one forecast"),
            Fault::Lengths { forecasts, outcomes } => {
                write!(f, "{forecasts} forecasts but {outcomes} outcomes; give one outcome each")
            }
            Fault::Probability { at, value } => {
                write!(f, "forecast {at} is {value}; a probability lies between 0 and 1")
            }
            Fault::Sum { value } => {
                write!(f, "the probabilities add up to {value}; they must add up to 1")
            }
            Fault::Category { outcome, categories } => {
                write!(f, "the outcome is category {outcome}, but there are {categories}, from 0")
            }
            Fault::Number { name, value, must } => {
                write!(f, "{name} is {value}; it must be {must}")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks a number.
pub(super) fn finite(name: &'static str, value: f64) -> Result<(), Fault> {
    if value.is_finite() { Ok(()) } else { Err(Fault::Number { name, value, must: "finite" }) }
}

/// Checks a number that must exceed zero.
pub(super) fn positive(name: &'static str, value: f64) -> Result<(), Fault> {
    finite(name, value)?;
    if value > 0.0 { Ok(()) } else { Err(Fault::Number { name, value, must: "positive" }) }
}

/// Checks forecasts of yes-or-no events.
pub(super) fn events(forecasts: &[f64], outcomes: &[bool]) -> Result<(), Fault> {
    if forecasts.len() != outcomes.len() {
        let (forecasts, outcomes) = (forecasts.len(), outcomes.len());
        return Err(Fault::Lengths { forecasts, outcomes });
    }
    if forecasts.is_empty() {
        return Err(Fault::Empty);
    }
    match forecasts.iter().position(|p| !(0.0..=1.0).contains(p)) {
        None => Ok(()),
        Some(at) => Err(Fault::Probability { at, value: forecasts[at] }),
    }
}

/// Checks a distribution over categories and the one that came about.
pub(super) fn categories(forecast: &[f64], outcome: usize) -> Result<(), Fault> {
    if forecast.is_empty() {
        return Err(Fault::Empty);
    }
    if let Some(at) = forecast.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(Fault::Probability { at, value: forecast[at] });
    }
    let value: f64 = forecast.iter().sum();
    if (value - 1.0).abs() > 1e-6 {
        return Err(Fault::Sum { value });
    }
    if outcome >= forecast.len() {
        return Err(Fault::Category { outcome, categories: forecast.len() });
    }
    Ok(())
}

/// Checks draws of a quantity, and gives them in order.
pub(super) fn sorted(draws: &[f64]) -> Result<Vec<f64>, Fault> {
    if draws.is_empty() {
        return Err(Fault::Empty);
    }
    for value in draws {
        finite("a draw", *value)?;
    }
    let mut order = draws.to_vec();
    order.sort_by(f64::total_cmp);
    Ok(order)
}
