//! Forecasts on record: one file a question, one line a forecast, each line sealed and chained to the one before.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Forecast;

/// A frozen forecast: one line of a question's file. Each line holds the hash of the one before it, so that a
/// forecast cannot be changed after the event without breaking the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
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
    /// The last day of the runs, where the question sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The version of the program.
    pub program: String,
    /// BLAKE3 of the case, as hex.
    pub case_hash: String,
    /// The seed.
    pub seed: u64,
    /// How many futures.
    pub runs: u32,
    /// The build of the program; lines of format 1 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// What the runs say, if they say anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// What the reference class says, if it says anything; not kept in format 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Forecast>,
    /// What was forecast: the two joined, or the one there is; not kept in format 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Forecast>,
    /// The share of runs in which what was asked for did not come about.
    pub missing: f64,
    /// The hash of the line before; empty for the first.
    pub before: String,
    /// BLAKE3 over this line with an empty hash, as hex.
    pub hash: String,
}

/// Why a file of records cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hint = "bring the file back from its history, or move it away to begin anew";
        write!(f, "line {}: {}; {hint}", self.line, self.fault)
    }
}

impl std::error::Error for Broken {}

impl Record {
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
        let key = |r: &Self| (r.as_of, r.until, r.seed, r.runs, r.forecast.clone());
        let views = |r: &Self| (r.outside.clone(), r.joined.clone());
        let same = key(self) == key(other) && views(self) == views(other);
        same && self.ask == other.ask && self.text == other.text
    }

    /// The records of a question's file, the chain checked.
    ///
    /// # Errors
    /// The first line that cannot be read, was changed, or does not follow the one before.
    pub fn chain(text: &str) -> Result<Vec<Self>, Broken> {
        let mut lines: Vec<Self> = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let broken = |fault: String| Broken { line: n + 1, fault };
            let record: Self = serde_json::from_str(line)
                .map_err(|e| broken(format!("no frozen forecast ({e})")))?;
            let sealed = record.clone().sealed().map_err(|e| broken(e.to_string()))?;
            if sealed.hash != record.hash {
                return Err(broken("the forecast was changed after it was frozen".to_owned()));
            }
            if record.before != lines.last().map_or("", |l| l.hash.as_str()) {
                return Err(broken("the forecast before it is gone or was changed".to_owned()));
            }
            lines.push(record);
        }
        Ok(lines)
    }

    /// The records as the text of a file.
    ///
    /// # Errors
    /// If one cannot be written as JSON.
    pub fn text(lines: &[Self]) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        for line in lines {
            text.push_str(&serde_json::to_string(line)?);
            text.push('\n');
        }
        Ok(text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn record(p: f64, before: &str) -> Record {
        let record = Record {
            format: 1,
            question: "q".to_owned(),
            text: "Will it?".to_owned(),
            ask: "largest == reds".to_owned(),
            as_of: jiff::civil::date(2031, 3, 1),
            until: None,
            program: "0".to_owned(),
            case_hash: "c".to_owned(),
            seed: 1,
            runs: 10,
            build: None,
            forecast: Some(Forecast::Probability(p)),
            outside: None,
            joined: None,
            missing: 0.0,
            before: before.to_owned(),
            hash: String::new(),
        };
        record.sealed().unwrap()
    }

    #[test]
    fn every_probability_comes_back_as_it_was_written() {
        for n in 1..2000 {
            let record = record((f64::from(n) + 0.5) / 2001.0, "");
            let text = Record::text(std::slice::from_ref(&record)).unwrap();
            assert_eq!(Record::chain(&text).unwrap(), [record]);
        }
    }

    #[test]
    fn a_chain_is_read_as_it_was_written_and_a_changed_line_breaks_it() {
        let first = record(0.3, "");
        let second = record(0.4, &first.hash);
        let text = Record::text(&[first.clone(), second.clone()]).unwrap();
        assert_eq!(Record::chain(&text).unwrap(), [first, second]);
        let changed = text.replacen("0.3", "0.9", 1);
        assert_eq!(Record::chain(&changed).unwrap_err().line, 1);
        let cut = text.lines().nth(1).unwrap();
        assert!(Record::chain(cut).unwrap_err().fault.contains("before"));
    }
}
