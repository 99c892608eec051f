//! What pressure on trade does: how often sanctions work, and how a cut in supply is passed on.
//!
//! The module refuses to forecast growth or prices. Base rates are priors to start from, not
//! estimates of a case; the datasets they come from disagree, and say so here.

mod fault;
pub mod leontief;
pub mod sanctions;

pub use fault::Fault;
