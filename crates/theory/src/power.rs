//! A priori voting power in weighted games.
//!
//! Power here is what a rule gives its members before anyone's opinion is known. Counts of
//! coalitions are exact integers and indices exact fractions; the `f64` paths divide exact integers
//! at the very end. A game too large for the method is an error, never a wrong number.

pub mod banzhaf;
pub mod coleman;
pub mod composed;
mod count;
pub mod deegan_packel;
pub mod game;
pub mod holler;
pub mod johnston;
mod minimal;
pub mod owen;
pub mod shapley_shubik;
