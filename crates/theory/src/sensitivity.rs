//! What drives a model's result, asked of the model as a black box.
//!
//! Three questions, a file or two each: which inputs carry the variance (Sobol), which matter at all when
//! runs are dear (Morris), and in which region of the inputs a thing happens (PRIM, with a cheap question
//! before it). Each is split
//! into the points to run and the reading of the results, so that the caller runs the model where and
//! how it likes. The module refuses to hold luck or a point sequence: numbers in [0, 1) come in as
//! arguments. Inputs are taken as independent; correlated inputs must be made from independent ones
//! by the caller.

pub mod morris;
pub mod prim;
pub mod regional;
pub mod sobol;

use crate::Fault;
use crate::fault::within;

/// Of what there must be some for a study to share out.
pub const VARIANCE: &str = "the variance of the results";

/// Checks that there are `expected` finite results.
fn results(found: &[f64], expected: usize) -> Result<(), Fault> {
    if found.len() != expected {
        return Err(Fault::length("results", found.len(), expected));
    }
    within("results", found, |y| y.abs() <= 1e100, "a number of size at most 1e100")
}

/// Checks a number that is to lie in [0, 1).
fn uniform(row: usize, value: f64) -> Result<f64, Fault> {
    within("a draw", &[value], |v| (0.0..1.0).contains(&v), "at least 0 and below 1")
        .map_err(|fault| fault.at(row))?;
    Ok(value)
}

/// All results are equal, so that there is nothing to share out.
fn no_variance() -> Fault {
    Fault::nothing(VARIANCE, "some to share out among the inputs")
}
