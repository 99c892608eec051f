//! Results as files.

#![allow(clippy::unwrap_used)]

mod importing;
mod parquet;
mod parts;
