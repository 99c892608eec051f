//! The shipped classes.

mod shipped;
