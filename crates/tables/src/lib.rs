//! The results of many runs as files that another machine can make, check and join.
//!
//! A folder of results holds `outcomes.jsonl.zst` (every run's outcome, exactly), `results.csv.zst` (the same as a
//! tidy table) and `manifest.json` (what made them, with their hashes). A folder may hold a range of runs only: a
//! part. [`merge()`] joins parts to the very bytes of one run over the whole range.

pub mod columns;
pub mod fault;
pub mod manifest;
pub mod merge;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod part;

pub use columns::{Columns, Value};
pub use fault::TableError;
pub use manifest::{Made, Manifest, hash_of};
pub use merge::merge;
pub use part::{Part, outcomes};

/// The version of the format of results.
pub const FORMAT: u32 = 1;
