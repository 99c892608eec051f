//! Writes docs/catalog.md, every entry of the catalog with the number obtained, and docs/theory.md,
//! every model.
//!
//! `cargo run -p shatterbelt-theory --example catalog` writes the pages and exits 1 if
//! any entry is not reproduced.

mod models;
#[path = "reproduce.rs"]
mod reproduce;

use reproduce::Outcome;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use toml::{Table, Value};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, String> {
    let all = reproduce::outcomes(&reproduce::folder())?;
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalog.md");
    let fault = |e: std::io::Error| format!("{}: {e}", page.display());
    if let Some(folder) = page.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    std::fs::write(&page, render(&all)?).map_err(fault)?;
    std::fs::write(page.with_file_name("theory.md"), models::page(&all)?).map_err(fault)?;
    for outcome in &all {
        for fault in &outcome.faults {
            eprintln!("{}: {fault}", outcome.entry.id);
        }
    }
    let failed = all.iter().filter(|o| !o.faults.is_empty()).count();
    println!("{} entries, {failed} not reproduced", all.len());
    Ok(failed == 0)
}

fn render(all: &[Outcome]) -> Result<String, String> {
    let mut page = String::from(
        "# The catalog\n\nPublished or officially certified results and what the code obtains for \
         them. [The models](theory.md) lists each model's file and references. Written by \
         `cargo run -p shatterbelt-theory --example catalog`; do not edit. A tolerance of 0 is \
         exact equality.\n",
    );
    let mut subject = "";
    for outcome in all {
        if outcome.entry.subject != subject {
            subject = &outcome.entry.subject;
            write!(page, "\n## {subject}\n").map_err(|e| e.to_string())?;
        }
        entry(&mut page, outcome).map_err(|e| e.to_string())?;
    }
    Ok(page)
}

fn entry(page: &mut String, outcome: &Outcome) -> std::fmt::Result {
    let e = &outcome.entry;
    let source = match e.url.as_str() {
        "" => e.citation.clone(),
        url => format!("[{}]({url})", e.citation),
    };
    writeln!(page, "\n### {}\n", e.title)?;
    writeln!(page, "`{}`, model `{}`. {source}, {}.", e.id, e.model, e.locator)?;
    if !e.note.is_empty() {
        writeln!(page, "{}", e.note.trim())?;
    }
    writeln!(page, "\n| | expected | obtained |\n|---|---|---|")?;
    for (key, expected) in &e.expected {
        let obtained =
            outcome.obtained.get(key).map_or("nothing".to_owned(), |o| show(o, expected));
        writeln!(page, "| {key} | {} | {obtained} |", show(expected, expected))?;
    }
    let verdict = if outcome.faults.is_empty() { "Reproduced" } else { "**Not reproduced**" };
    writeln!(page, "\n{verdict}, tolerance {}.", e.tolerance)?;
    for change in &e.must_fail {
        let why = change.get("why").and_then(Value::as_str).unwrap_or_default();
        writeln!(page, "Must fail, and does: {why}")?;
    }
    Ok(())
}

/// A value as text; of a table only the keys that `like` has.
fn show(value: &Value, like: &Value) -> String {
    match (value, like) {
        (Value::Array(items), Value::Array(likes)) => {
            let shown = items.iter().enumerate();
            let shown: Vec<String> =
                shown.map(|(k, v)| show(v, likes.get(k).unwrap_or(v))).collect();
            shown.join(", ")
        }
        (Value::Table(items), Value::Table(likes)) => keyed(items, likes),
        (Value::String(text), _) => shorten(text),
        (Value::Float(x), _) => format!("{}", (x * 1e10).round() / 1e10),
        (other, _) => other.to_string(),
    }
}

/// A fraction of more than a few digits as a decimal.
fn shorten(text: &str) -> String {
    let parts = text.split_once('/').map(|(a, b)| (a.parse::<f64>(), b.parse::<f64>()));
    match parts {
        Some((Ok(over), Ok(under))) if text.len() > 24 => format!("{:.10} (exact)", over / under),
        _ => text.to_owned(),
    }
}

fn keyed(items: &Table, likes: &Table) -> String {
    let shown = items.iter().filter_map(|(k, v)| Some(format!("{k} {}", show(v, likes.get(k)?))));
    shown.collect::<Vec<_>>().join(", ")
}
