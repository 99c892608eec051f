//! Tables: what a case believes, what its documents tell and what its runs come to, under six
//! schemas that are declared once; formats of other programs, read and written; and the results of many runs as files that another machine can
//! make, check and join.
//!
//! A folder of results holds `outcomes.jsonl.zst` (every run's outcome, exactly), `runs.parquet`
//! and `course.parquet` (the same as tables), `datapackage.json` (what they hold) and
//! `manifest.json` (what made them, with their hashes). A folder may hold a range of runs only: a
//! part. [`merge()`] joins parts to the very bytes of one run over the whole range.

pub mod believed;
pub mod columns;
mod comma;
pub mod export;
pub mod fault;
pub mod import;
pub mod manifest;
pub mod merge;
pub mod package;
pub mod parquet;
pub mod part;
pub mod range;
pub mod reference;
pub mod schema;
pub mod sheet;
pub mod table;

pub use columns::Columns;
pub use fault::TableError;
pub use manifest::{BUILD, Made, Manifest, hash_of};
pub use merge::merge;
pub use part::{Part, Taken, outcomes, zstd_version};
pub use range::Share;
pub use sheet::{Form, Sheet};
pub use table::{Cell, Cells, Head, Table};

/// The version of the format of results.
pub const FORMAT: u32 = 2;
