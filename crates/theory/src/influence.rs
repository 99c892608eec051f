//! Influence: where opinions settle when actors weigh one another.
//!
//! Matrices are dense and small (tens of actors); `sparse` solves one network for many weights. Hostile ties have no place here: every weight is
//! from zero up.

pub mod friedkin_johnsen;
pub mod integrated_control;
pub mod linked_issues;
pub mod matrix;
pub mod signed;
pub mod sparse;
