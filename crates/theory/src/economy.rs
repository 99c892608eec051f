//! What pressure on trade does: how often sanctions work, and how a cut in supply is passed on.
//!
//! The module refuses to forecast growth or prices. Base rates are priors to start from, not
//! estimates of a case; the datasets they come from disagree, and say so here.

pub mod leontief;
pub mod sanctions;

use crate::Fault;
use crate::fault::within;

/// Checks a square table of numbers.
fn square(
    name: &'static str,
    table: &[Vec<f64>],
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<usize, Fault> {
    let n = table.len();
    if n == 0 {
        return Err(Fault::nothing("sectors", "at least one"));
    }
    for (at, cells) in table.iter().enumerate() {
        row(name, cells, n, &sound, must).map_err(|fault| fault.within("sectors", at))?;
    }
    Ok(n)
}

/// Checks a row of numbers.
fn row(
    name: &'static str,
    values: &[f64],
    expected: usize,
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<(), Fault> {
    if values.len() != expected {
        return Err(Fault::length(name, values.len(), expected));
    }
    within(name, values, sound, must)
}
