//! Published models of elections, power, coalitions and influence as pure functions
//!
//! Nothing here reads a file, a clock or a case, and nothing draws a random number: where a model
//! needs chance it takes the numbers as an argument. Every failure is a typed error; no input
//! panics.

/// Who governs: coalitions that can form, and what each member gets.
pub mod coalition;
/// Votes into seats, in exact integers.
pub mod electoral;
/// Who moves whom, and where opinions settle.
pub mod influence;
/// A priori voting power in weighted games, in exact rationals.
pub mod power;
