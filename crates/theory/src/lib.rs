//! Published models of elections, power, coalitions and influence as pure functions

/// Who gives way to whom: from weighted means to the spatial model of politics.
pub mod bargaining;
/// How crises climb: signalling, quantal response, self-exciting attacks and ladders.
pub mod escalation;
mod linear;
/// The normal distribution in one and two dimensions.
pub mod normal;
/// How good a forecast was: proper scores and calibration.
pub mod score;
/// What drives a result: variance shares, elementary effects and scenario discovery.
pub mod sensitivity;
