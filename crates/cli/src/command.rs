//! The verbs, one file each.

pub mod anchor;
pub mod backtest;
pub mod calibrate;
pub mod check;
pub mod compare;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod discover;
pub mod evidence;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod import;
pub mod indicators;
pub mod influence;
pub mod manual;
pub mod measure;
pub mod new;
pub mod plan;
pub mod read;
pub mod report;
pub mod results;
pub mod run;
pub mod schema;
pub mod score;
pub mod search;
pub mod sensitivity;
pub mod serve;
pub mod tabled;
pub mod update;

use std::io::Write as _;

use crate::failure::Failure;

/// Prints lines to standard output.
fn print(lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}

/// Prints a value as JSON to standard output.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)?;
    print([text])
}
