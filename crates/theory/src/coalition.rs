//! Coalitions: which can form, which will, and who gets which post.
//!
//! Members are positions in a list of seats. Nothing here knows what a party wants; utilities come
//! in as numbers.

pub mod baron_ferejohn;
pub mod deadlock;
pub mod formateur;
pub mod formation_delay;
pub mod minimal_winning;
pub mod minimum_size;
pub mod policy;
pub mod portfolio;
pub mod quantal_choice;
pub mod utility;
