//! What happened elsewhere as a predictive distribution, and several forecasts as one.
//!
//! *Partial pooling*: each country has a rate, a mean or a spread of its own, drawn from a
//! distribution of countries that is learnt with it, so that a country with little record leans on
//! the others. All of it in closed form or on a grid that is written down: no chains, no luck, the
//! same bytes each time. *Opinion pooling*: forecasts of one thing joined with weights, drawn toward
//! even odds as far as earlier ones were too sure, and an ensemble moved to a joined margin by the
//! least change.
//!
//! Records that hang together (one episode counted many times) are told by weights: a record of
//! weight one half tells half as much (the power prior, `ibrahim2000`).
//!
//! The module refuses to say which records belong together, and to fit on what it is judged by.

mod beta_binomial;
mod gamma_poisson;
mod grid;
mod kaplan_meier;
mod location;
mod opinion_pool;
mod recalibration;
mod special;
mod student_t;
mod tilt;

pub use beta_binomial::{BetaBinomial, Share, Trials};
pub use gamma_poisson::{Events, GammaPoisson, Rate};
pub use grid::share_mean;
pub use kaplan_meier::{Span, Step, kaplan_meier, survival_on};
pub use location::{Kernel, Mixture, Pooled, Record};
pub use opinion_pool::{log_odds_pool, quantile_pool};
pub use recalibration::{recalibrated, recalibration_slope};
pub(crate) use special::ln_gamma;
pub use student_t::StudentT;
pub use tilt::{Tilted, effective_sample_size, tilt};
