//! How crises climb, and when they stop.
//!
//! The crisis signalling game with all of its equilibria, quantal response, self-exciting series of
//! attacks, and ladders of rungs. The module refuses to choose among equilibria (a game with three
//! has three, and the caller says which is played), to hold luck, and to name weapons or places: the
//! rungs of a ladder are numbers.

pub mod counts;
pub mod hawkes;
pub mod ladder;
pub mod quantal;
pub mod signalling;
