//! Forecasts on record: one file a question, one line a forecast, each line sealed and chained to the one before.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Forecast;

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
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn sealed(mut self) -> Result<Self, serde_json::Error> {
        self.hash = String::new();
        let text = serde_json::to_string(&self)?;
        self.hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        Ok(self)
    }

    /// Whether another says the same, though the case's files may have grown by what came later.
    #[must_use]
    pub fn stands(&self, other: &Self) -> bool {
        let key = |f: &Self| (f.as_of, f.seed, f.runs, f.forecast.clone());
        key(self) == key(other) && self.ask == other.ask && self.text == other.text
    }
}

/// Why a file of frozen forecasts cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChain(pub String);

impl std::fmt::Display for BrokenChain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BrokenChain {}

/// The frozen forecasts of a question, the chain checked; none where there is no such file.
///
/// # Errors
/// If the file cannot be read, or a line of it was changed or taken out.
pub fn frozen(path: &Path) -> Result<Vec<Frozen>, BrokenChain> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(BrokenChain(format!("{}: {e}", path.display()))),
    };
    let mut lines: Vec<Frozen> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let broken = |what: &str| {
            let place = format!("{} line {}", path.display(), n + 1);
            BrokenChain(format!(
                "{place}: {what}; bring the file back from its history, or move it away to begin anew"
            ))
        };
        let record: Frozen =
            serde_json::from_str(line).map_err(|e| broken(&format!("no frozen forecast ({e})")))?;
        let sealed = record.clone().sealed().map_err(|e| broken(&e.to_string()))?;
        if sealed.hash != record.hash {
            return Err(broken("the forecast was changed after it was frozen"));
        }
        if record.before != lines.last().map_or("", |l| l.hash.as_str()) {
            return Err(broken("the forecast before it is gone or was changed"));
        }
        lines.push(record);
    }
    Ok(lines)
}
