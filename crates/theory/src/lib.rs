//! Published models of elections, power, coalitions, bargaining and influence as pure functions
//!
//! Nothing here reads a file, a clock or a case, and nothing draws a random number: where a model
//! needs chance it takes the numbers as an argument. Every failure is a typed error; no input
//! panics.

/// Who gives way to whom: from weighted means to the spatial model of politics.
pub mod bargaining;
/// Who governs: coalitions that can form, and what each member gets.
pub mod coalition;
/// What is chosen, by whose wish: settled wishes, logit choice, control of bodies, success and luck.
pub mod decision;
/// What pressure on trade does: sanctions and shocks passed on.
pub mod economy;
/// Votes into seats, in exact integers.
pub mod electoral;
/// How crises climb: signalling, quantal response, self-exciting attacks and ladders.
pub mod escalation;
/// What can be wrong with what a model is given: one type for all of them.
mod fault;
/// Who moves whom, and where opinions settle.
pub mod influence;
mod linear;
/// The normal distribution in one and two dimensions.
pub mod normal;
/// How opinions move: bounded confidence, rallies and backlash.
pub mod opinion;
/// What happened elsewhere as predictive distributions, and several forecasts as one.
pub mod pooling;
/// A priori voting power in weighted games, in exact rationals.
pub mod power;
/// How good a forecast was: proper scores and calibration.
pub mod score;
/// What drives a result: variance shares, elementary effects and scenario discovery.
pub mod sensitivity;

pub use fault::{Fault, Place, What};
