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
mod fault;
pub mod nash;
pub mod smp;
pub mod weighted_mean;
pub mod weighted_median;

pub use fault::{Fault, Quantity};

use fault::{finite, weights};
