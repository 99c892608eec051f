//! Reference classes: tables of what happened elsewhere and before, one file a class, taken into
//! the program
//!
//! A class is a CSV of `reference/` with a description beside it: what a row is, what each column
//! says, under which terms, and what is known to be wrong with it. A class may have no rows but a
//! fit, where the terms of the table allow to use it and not to copy it. Rows are read here and
//! counted nowhere: what follows from them is for `theory` and `assess`. The crate refuses to give
//! a row that was not known yet.

mod class;
mod fault;
mod record;
mod row;

pub use class::{Class, Column, Fit, Is, Leads, class, classes, leads};
pub use fault::Fault;
pub use record::{Resolved, record};
pub use row::{Row, Sure};
