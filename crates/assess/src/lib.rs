//! What a case and an ensemble say: sway, seats, governments, days; what a scenario changes; and why.

pub mod anchor;
pub mod ask;
pub mod backtest;
pub mod calibrate;
pub mod compare;
pub mod discover;
pub mod districts;
pub mod explain;
pub mod indicators;
pub mod influence;
pub mod interval;
pub mod measure;
pub mod numbers;
pub mod outside;
pub mod score;
pub mod sensitivity;
pub mod summary;
pub mod tally;
pub mod update;

pub use ask::Ask;
pub use backtest::{Backtest, backtest};
pub use calibrate::{Calibration, Episode, Seen, calibrate};
pub use compare::{Comparison, compare};
pub use discover::{Discovery, discover};
pub use districts::districts;
pub use indicators::{Indicators, indicators};
pub use interval::Interval;
pub use measure::{Measured, measure};
pub use numbers::Numbers;
pub use score::{Board, Record};
pub use sensitivity::{Sensitivity, sensitivity};
pub use summary::{Summary, summary};
pub use tally::Tally;
pub use update::{Updated, update};
