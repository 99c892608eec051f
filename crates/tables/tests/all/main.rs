//! Results as files.

#![allow(clippy::unwrap_used)]

mod exporting;
mod importing;
mod parquet;
mod parts;
