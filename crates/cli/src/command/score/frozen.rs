//! Forecasts on record: one file a question, one line a forecast, each line sealed and chained to the one before.

use std::path::Path;

use assess::score::Forecast;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::command::report::write_whole;
use crate::failure::Failure;

/// A frozen forecast: one line of a question's file. Each line holds the hash of the one before it, so that a
/// forecast cannot be changed after the event without breaking the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The version of this line's form.
    pub format: u32,
    /// The question's id.
    pub question: String,
    /// The question.
    pub text: String,
    /// What was asked of each run.
    pub ask: String,
    /// The last day of information.
    pub as_of: Date,
    /// The version of the program.
    pub program: String,
    /// BLAKE3 of the case, as hex.
    pub case_hash: String,
    /// The seed.
    pub seed: u64,
    /// How many futures.
    pub runs: u32,
    /// The forecast.
    pub forecast: Forecast,
    /// The share of runs in which what was asked for did not come about.
    pub missing: f64,
    /// The hash of the line before; empty for the first.
    pub before: String,
    /// BLAKE3 over this line with an empty hash, as hex.
    pub hash: String,
}

impl Frozen {
    /// With its hash over all the rest.
    pub fn sealed(mut self) -> Result<Self, Failure> {
        self.hash = String::new();
        let text = serde_json::to_string(&self).map_err(|e| Failure::Internal(e.to_string()))?;
        self.hash = tables::hash_of(text.as_bytes());
        Ok(self)
    }

    /// Whether another says the same, though the case's files may have grown by what came later.
    pub fn stands(&self, other: &Self) -> bool {
        let key = |f: &Self| (f.as_of, f.seed, f.runs, f.forecast.clone());
        key(self) == key(other) && self.ask == other.ask && self.text == other.text
    }
}

/// The frozen forecasts of a question, the chain checked.
pub fn frozen(path: &Path) -> Result<Vec<Frozen>, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::Input(format!("{}: {e}", path.display()))),
    };
    let mut lines: Vec<Frozen> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let broken = |what: &str| {
            let place = format!("{} line {}", path.display(), n + 1);
            Failure::Input(format!(
                "{place}: {what}; bring the file back from its history, or move it away to begin anew"
            ))
        };
        let record: Frozen =
            serde_json::from_str(line).map_err(|e| broken(&format!("no frozen forecast ({e})")))?;
        if record.clone().sealed()?.hash != record.hash {
            return Err(broken("the forecast was changed after it was frozen"));
        }
        if record.before != lines.last().map_or("", |l| l.hash.as_str()) {
            return Err(broken("the forecast before it is gone or was changed"));
        }
        lines.push(record);
    }
    Ok(lines)
}

/// Writes the frozen forecasts of a question, atomically.
pub fn write_lines(path: &Path, lines: &[Frozen]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::Input(format!("{}: {e}", folder.display())))?;
    }
    let mut text = String::new();
    for line in lines {
        let line = serde_json::to_string(line).map_err(|e| Failure::Internal(e.to_string()))?;
        text.push_str(&line);
        text.push('\n');
    }
    write_whole(path, text.as_bytes())
}
