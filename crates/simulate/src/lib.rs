//! The processes that run a case forward: a run is a pure function of the case, the seed and the run's number.
//!
//! [`model::Model`] is a case made ready, [`play::Play`] one future of it, [`process`] lists what
//! moves the world, [`luck`] gives every random number its own name, [`journal`] remembers what
//! depended on what, and [`ensemble`] runs many futures. Nothing here knows any country: what is
//! particular is in the case.

pub mod blind;
pub mod chance;
pub mod decide;
pub mod draw;
pub mod ensemble;
pub mod hazard;
pub mod journal;
pub mod luck;
pub mod matter;
pub mod model;
pub mod parameters;
pub mod person;
pub mod play;
pub mod power;
pub mod process;
pub mod pulls;
pub mod quantity;
pub mod run;
pub mod silence;
pub mod sway;
mod weigh;
pub mod world;

pub use ensemble::Ensemble;
pub use model::Model;
pub use play::{Play, Played};
pub use run::Outcome;
pub use sway::{Influence, Sway};
