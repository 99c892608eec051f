//! The catalog: published or officially certified results, and whether the crate reproduces them.
//!
//! An entry is one TOML file. Its `model` names a function in `reproduce/`; what that returns is
//! compared, key by key, with `expected`. Each `must_fail` table replaces some inputs and must lead
//! to something else, so an entry shows what its evidence rules out as well as what it supports.

#[allow(dead_code)]
#[path = "reproduce/bargaining.rs"]
mod bargaining;
#[path = "reproduce/coalition.rs"]
mod coalition;
#[path = "reproduce/economy.rs"]
mod economy;
#[path = "reproduce/electoral.rs"]
mod electoral;
#[path = "reproduce/escalation.rs"]
mod escalation;
#[path = "reproduce/influence.rs"]
mod influence;
#[path = "reproduce/inputs.rs"]
mod inputs;
#[path = "reproduce/opinion.rs"]
mod opinion;
#[path = "reproduce/persons.rs"]
mod persons;
#[path = "reproduce/power.rs"]
mod power;
#[path = "reproduce/score.rs"]
mod score;
#[path = "reproduce/sensitivity.rs"]
mod sensitivity;
#[path = "reproduce/signed.rs"]
mod signed;

use inputs::Inputs;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// What the crate computes from the inputs of `model`; one line a model.
fn obtain(model: &str, given: &Table) -> Result<Table, String> {
    let inputs = Inputs(given);
    match model {
        "highest_averages" => electoral::highest_averages(&inputs),
        "law" => electoral::law(&inputs),
        "districts" => electoral::districts(&inputs),
        "compensatory" => electoral::compensatory(&inputs),
        "additional_members" => electoral::additional_members(&inputs),
        "needed_votes" => electoral::needed(&inputs),
        "passing" => electoral::passing(&inputs),
        "stv" => electoral::stv(&inputs),
        "last_parcel" => electoral::last_parcel(&inputs),
        "largest_remainder" => electoral::largest_remainder(&inputs),
        "stv_by_slates" => electoral::by_slates(&inputs),
        "sntv" | "block_vote" | "open_list" | "womens_quota" | "seat_quotas" | "reserved_seats" => {
            persons::obtain(model, &inputs)
        }
        "best_losers" => persons::obtain(model, &inputs),
        "owen" => power::owen(&inputs),
        "composed_game" => power::composed_game(&inputs),
        "power_indices" => power::power_indices(&inputs),
        "friedkin_johnsen" => influence::friedkin_johnsen(&inputs),
        "linked_issues" => influence::linked_issues(&inputs),
        "integrated_control" => influence::integrated_control(&inputs),
        "coalition_theories" => coalition::theories(&inputs),
        "baron_ferejohn" => coalition::baron_ferejohn(&inputs),
        "formation_delay" => coalition::formation_delay(&inputs),
        "portfolio" => coalition::portfolio(&inputs),
        "formateur" => coalition::formateur(&inputs),
        "stated_utility" => coalition::stated_utility(&inputs),
        "expected_utility" | "exchange" | "nash" | "compromise" => {
            bargaining::obtain(model, &inputs)
        }
        "signalling" | "signalling_over_war_b" | "quantal" | "quantal_crisis" => {
            escalation::obtain(model, &inputs)
        }
        "hawkes_likelihood" | "hawkes_recovery" | "ladder" => escalation::obtain(model, &inputs),
        "brier" | "brier_many" | "log" | "crps_ensemble" | "crps_normal" | "interval" => {
            score::obtain(model, &inputs)
        }
        "ranked_probability" | "ignorance" | "calibration" => score::obtain(model, &inputs),
        "sobol" | "morris" | "prim" => sensitivity::obtain(model, &inputs),
        "leontief" | "inoperability" | "bottleneck" | "sanctions_score" => {
            economy::obtain(model, &inputs)
        }
        "hegselmann_krause" | "deffuant" | "rally" => opinion::obtain(model, &inputs),
        "balance" | "pn_centrality" => signed::obtain(model, &inputs),
        other => Err(format!("model \"{other}\" is unknown; add it to reproduce.rs")),
    }
}

/// One entry of the catalog.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Subject and file name, as in `electoral/somewhere-2025`.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// The folder it is filed in.
    pub subject: String,
    /// The model that must reproduce it.
    pub model: String,
    /// Key in references.bib, or of the source a note explains.
    pub citation: String,
    /// Where it can be read.
    #[serde(default)]
    pub url: String,
    /// Page, table or section.
    pub locator: String,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
    /// Largest difference allowed between numbers; 0 is exact.
    pub tolerance: f64,
    /// What the model is given.
    pub inputs: Table,
    /// What it must return; more may come back than is asked for.
    pub expected: Table,
    /// Changed inputs (or another `model`) that must lead elsewhere, each with a `why`.
    #[serde(default)]
    pub must_fail: Vec<Table>,
}

/// What became of one entry.
#[derive(Debug)]
pub struct Outcome {
    /// The entry.
    pub entry: Entry,
    /// What was obtained for each expected key.
    pub obtained: Table,
    /// What is wrong; empty when the entry is reproduced.
    pub faults: Vec<String>,
}

/// The repository's catalog folder.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog")
}

/// Every entry under `root`, reproduced, in order of id; a file that cannot be read is an error.
pub fn outcomes(root: &Path) -> Result<Vec<Outcome>, String> {
    let mut files = Vec::new();
    walk(root, &mut files)?;
    files.sort();
    files.iter().map(|file| Ok(check(read(root, file)?))).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let fault = |e: std::io::Error| format!("{}: {e}", folder.display());
    for found in fs::read_dir(folder).map_err(fault)? {
        let path = found.map_err(fault)?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        } else {
            return Err(format!("{}: not a TOML file", path.display()));
        }
    }
    Ok(())
}

fn read(root: &Path, file: &Path) -> Result<Entry, String> {
    let place = file.strip_prefix(root).unwrap_or(file).with_extension("");
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let entry: Entry = toml::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let id = place.display().to_string();
    if entry.id != id || !id.starts_with(&format!("{}/", entry.subject)) {
        return Err(format!("{}: its id must be \"{id}\", subject first", file.display()));
    }
    if entry.expected.is_empty() || entry.citation.is_empty() || entry.locator.is_empty() {
        return Err(format!("{}: it needs expected, citation and locator", file.display()));
    }
    Ok(entry)
}

fn check(entry: Entry) -> Outcome {
    let mut faults = Vec::new();
    let mut obtained = Table::new();
    match obtain(&entry.model, &entry.inputs) {
        Ok(all) => {
            let whole = |t: &Table| Value::Table(t.clone());
            differ("", &whole(&entry.expected), &whole(&all), entry.tolerance, &mut faults);
            obtained = all.into_iter().filter(|(k, _)| entry.expected.contains_key(k)).collect();
        }
        Err(fault) => faults.push(fault),
    }
    for change in &entry.must_fail {
        let mut inputs = entry.inputs.clone();
        let mut change = change.clone();
        let Some(why) = change.remove("why") else {
            faults.push("a must_fail says no why".to_owned());
            continue;
        };
        let model = match change.remove("model") {
            Some(other) => other.as_str().unwrap_or_default().to_owned(),
            None => entry.model.clone(),
        };
        inputs.extend(change);
        let mut found = Vec::new();
        match obtain(&model, &inputs) {
            Ok(all) => {
                let expected = Value::Table(entry.expected.clone());
                differ("", &expected, &Value::Table(all), entry.tolerance, &mut found);
                if found.is_empty() {
                    faults.push(format!("reproduced by inputs that must fail: {why}"));
                }
            }
            Err(fault) => faults.push(format!("a must_fail could not be run: {fault}")),
        }
    }
    Outcome { entry, obtained, faults }
}

/// Notes every place where `obtained` is not what is expected. Fractions such as "7/30" equal
/// themselves, or a number within the tolerance.
fn differ(place: &str, expected: &Value, obtained: &Value, tolerance: f64, out: &mut Vec<String>) {
    match (expected, obtained) {
        (Value::Table(e), Value::Table(o)) => {
            for (key, value) in e {
                match o.get(key) {
                    Some(found) => differ(&format!("{place}.{key}"), value, found, tolerance, out),
                    None => out.push(format!("{place}.{key}: the model does not return it")),
                }
            }
        }
        (Value::Array(e), Value::Array(o)) if e.len() == o.len() => {
            for (k, (value, found)) in e.iter().zip(o).enumerate() {
                differ(&format!("{place}[{k}]"), value, found, tolerance, out);
            }
        }
        _ if expected == obtained => {}
        _ => {
            let near = match (number(expected), number(obtained)) {
                (Some(e), Some(o)) if tolerance > 0.0 || !expected.is_str() => {
                    (e - o).abs() <= tolerance
                }
                _ => false,
            };
            if !near {
                out.push(format!("{place}: expected {expected}, obtained {obtained}"));
            }
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(n) => Some(*n as f64),
        Value::Float(x) => Some(*x),
        Value::String(text) => match text.split_once('/') {
            Some((over, under)) => Some(over.parse::<f64>().ok()? / under.parse::<f64>().ok()?),
            None => text.parse().ok(),
        },
        _ => None,
    }
}
