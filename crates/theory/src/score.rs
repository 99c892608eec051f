//! How good a forecast was, and whether its probabilities mean what they say.
//!
//! Proper scores only: a forecaster does best by saying what it believes. All are losses, lower is
//! better, except `skill`. The module refuses to rank forecasters or to pick a score for the
//! reader: a report shows several, beside plain baselines.

mod brier;
mod calibration;
mod continuous_ranked;
mod ignorance;
mod interval;
mod log;
mod ranked;
mod skill;

pub use brier::{Decomposition, brier, brier_many, decompose};
pub use calibration::{Bin, calibration};
pub use continuous_ranked::{Law, crps, crps_ensemble, crps_fair};
pub use ignorance::ignorance;
pub use interval::{interval, interval_of_draws};
pub use log::log;
pub use ranked::ranked_probability;
pub use skill::skill;

use crate::Fault;
use crate::fault::{finite, within};

/// Checks probabilities, of which there must be one.
fn probabilities(forecasts: &[f64]) -> Result<(), Fault> {
    if forecasts.is_empty() {
        return Err(Fault::nothing("forecasts", "at least one"));
    }
    within("forecasts", forecasts, |p| (0.0..=1.0).contains(&p), "between 0 and 1")
}

/// Checks forecasts of yes-or-no events.
fn events(forecasts: &[f64], outcomes: &[bool]) -> Result<(), Fault> {
    if forecasts.len() != outcomes.len() {
        return Err(Fault::length("outcomes", outcomes.len(), forecasts.len()));
    }
    probabilities(forecasts)
}

/// Checks a distribution over categories and the one that came about.
fn categories(forecast: &[f64], outcome: usize) -> Result<(), Fault> {
    probabilities(forecast)?;
    let sum: f64 = forecast.iter().sum();
    if (sum - 1.0).abs() > 1e-6 {
        return Err(Fault::number("the sum of the probabilities", sum, "one"));
    }
    let must = || format!("below {}, the categories there are", forecast.len());
    match outcome < forecast.len() {
        true => Ok(()),
        false => Err(Fault::whole("the outcome", outcome as u64, must())),
    }
}

/// Checks draws of a quantity, and gives them in order.
fn sorted(draws: &[f64]) -> Result<Vec<f64>, Fault> {
    if draws.is_empty() {
        return Err(Fault::nothing("draws", "at least one"));
    }
    for (at, draw) in draws.iter().enumerate() {
        finite("draws", *draw).map_err(|fault| fault.at(at))?;
    }
    let mut order = draws.to_vec();
    order.sort_by(f64::total_cmp);
    Ok(order)
}
