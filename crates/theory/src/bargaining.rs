//! Who gives way to whom: models that turn actors' positions, salience and capability into an outcome.
//!
//! From the plainest to the most elaborate: the weighted mean and the weighted median, Nash's
//! solution with unequal weights, the exchange of positions between issues, the expected utility
//! model as published by Scholz, Calbert and Smith, and the spatial model of politics. On European
//! Union decisions the weighted mean predicts as well as the procedural models do, so it is the
//! yardstick: a fancier model earns its place only in a backtest.
//!
//! The module refuses to estimate anything: positions, salience and capability come in as numbers.
//! It also refuses to hold luck: where a model draws, the caller passes the draws in.

pub mod exchange;
pub mod expected_utility;
pub mod nash;
pub mod smp;
pub mod weighted_mean;
pub mod weighted_median;

use crate::Fault;

/// Checks that `values` are numbers and as many as `expected`.
fn finite(argument: &'static str, values: &[f64], expected: usize) -> Result<(), Fault> {
    if values.len() != expected {
        return Err(Fault::length(argument, values.len(), expected));
    }
    let sound = |v: f64| v.abs() <= 1e100;
    crate::fault::within(argument, values, sound, "a number of size at most 1e100")
}

/// Checks that `values` are weights: numbers not below zero, one for each actor, not all zero.
fn weights(argument: &'static str, values: &[f64], expected: usize) -> Result<(), Fault> {
    finite(argument, values, expected)?;
    crate::fault::within(argument, values, |v| v >= 0.0, "zero or more")?;
    match values.iter().any(|v| *v > 0.0) {
        true => Ok(()),
        false => Err(Fault::nothing(argument, "at least one above zero")),
    }
}
