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
pub mod play;
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
    let colours = crate::screen::colour_on_stdout();
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", crate::screen::harmless(&line, colours))?;
    }
    out.flush()?;
    Ok(())
}

/// Prints a value as JSON to standard output.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)?;
    // Nothing of the value is lost: what a terminal would obey is written as JSON writes it in letters.
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match crate::screen::is_command(letter) {
            true => safe.push_str(&format!("\\u{:04x}", u32::from(letter))),
            false => safe.push(letter),
        }
    }
    print([safe])
}
