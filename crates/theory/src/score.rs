//! How good a forecast was, and whether its probabilities mean what they say.
//!
//! Proper scores only: a forecaster does best by saying what it believes. All are losses, lower is
//! better, except `skill`. The module refuses to rank forecasters or to pick a score for the
//! reader: a report shows several, beside plain baselines.

mod brier;
mod calibration;
mod continuous_ranked;
mod fault;
mod ignorance;
mod interval;
mod log;
mod ranked;
mod skill;

pub use brier::{Decomposition, brier, brier_many, decompose};
pub use calibration::{Bin, calibration};
pub use continuous_ranked::{Law, crps, crps_ensemble, crps_fair};
pub use fault::Fault;
pub use ignorance::ignorance;
pub use interval::{interval, interval_of_draws};
pub use log::log;
pub use ranked::ranked_probability;
pub use skill::skill;
