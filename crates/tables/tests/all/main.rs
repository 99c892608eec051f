//! Results as files.

mod parquet;
mod parts;
