//! Published and certified numbers of the models of bargaining, signed networks, escalation,
//! economy, opinion, scores and sensitivity: every entry under `catalog/` of those subjects is
//! worked out again and compared, number by number.
//!
//! An entry is one TOML file with `id`, `subject`, `model`, `citation` (a key of references.bib),
//! `locator` (page or table), `note`, `inputs`, `expected` and `tolerance`. A subject's file beside
//! this one turns `model` and `inputs` into a table with the names of `expected`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

#[path = "catalog_dynamics/bargaining.rs"]
mod bargaining;
#[path = "catalog_dynamics/escalation.rs"]
mod escalation;
#[path = "catalog_dynamics/read.rs"]
mod read;
#[path = "catalog_dynamics/score.rs"]
mod score;
#[path = "catalog_dynamics/sensitivity.rs"]
mod sensitivity;

type Subject = (&'static str, fn(&str, &Table) -> Result<Table, String>);

const SUBJECTS: &[Subject] = &[
    ("bargaining", bargaining::obtain),
    ("escalation", escalation::obtain),
    ("score", score::obtain),
    ("sensitivity", sensitivity::obtain),
];

const FIELDS: [&str; 9] = [
    "id",
    "subject",
    "model",
    "citation",
    "locator",
    "note",
    "inputs",
    "expected",
    "tolerance",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn entries(subject: &str) -> Vec<(PathBuf, Table)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("catalog").join(subject))
        .unwrap_or_else(|e| panic!("catalog/{subject}: {e}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let parse = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let table = text
            .parse()
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path, table)
    };
    files.into_iter().map(parse).collect()
}

/// The differences between what was expected and what was obtained, each with its place.
fn differences(at: &str, expected: &Value, obtained: &Value, within: f64) -> Vec<String> {
    match (expected, obtained) {
        (Value::Table(want), Value::Table(got)) => {
            let pair = |(name, value): (&String, &Value)| match got.get(name) {
                Some(other) => differences(&format!("{at}.{name}"), value, other, within),
                None => vec![format!("{at}.{name}: not obtained")],
            };
            want.iter().flat_map(pair).collect()
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            let pair = |(i, (a, b)): (usize, (&Value, &Value))| {
                differences(&format!("{at}[{i}]"), a, b, within)
            };
            want.iter().zip(got).enumerate().flat_map(pair).collect()
        }
        (want, got) => match (read::number(want), read::number(got)) {
            (Some(a), Some(b)) if (a - b).abs() <= within => vec![],
            _ if want == got => vec![],
            _ => vec![format!("{at}: expected {want}, obtained {got}")],
        },
    }
}

#[test]
fn every_entry_is_reproduced_within_its_tolerance() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (subject, obtain) in SUBJECTS {
        for (path, entry) in entries(subject) {
            count += 1;
            let name = path.display();
            let model = entry["model"].as_str().unwrap_or_default();
            let within = read::number(&entry["tolerance"]).unwrap_or(f64::NAN);
            match obtain(model, entry["inputs"].as_table().unwrap()) {
                Ok(got) => faults.extend(
                    differences("expected", &entry["expected"], &Value::Table(got), within)
                        .into_iter()
                        .map(|d| format!("{name}: {d}")),
                ),
                Err(fault) => faults.push(format!("{name}: {fault}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= SUBJECTS.len());
}

#[test]
fn every_entry_is_complete_and_cites_a_reference() {
    let bib = std::fs::read_to_string(root().join("references.bib")).unwrap();
    let mut ids = BTreeSet::new();
    for (subject, _) in SUBJECTS {
        for (path, entry) in entries(subject) {
            let name = path.display();
            for field in FIELDS {
                assert!(entry.contains_key(field), "{name}: no field {field}");
            }
            assert_eq!(entry["subject"].as_str(), Some(*subject), "{name}");
            assert_eq!(
                entry["id"].as_str(),
                path.file_stem().unwrap().to_str(),
                "{name}"
            );
            assert!(
                ids.insert(entry["id"].to_string()),
                "{name}: its id is taken"
            );
            let key = entry["citation"].as_str().unwrap();
            assert!(
                bib.contains(&format!("{{{key},")),
                "{name}: {key} is not in references.bib"
            );
            assert!(!entry["expected"].as_table().unwrap().is_empty(), "{name}");
        }
    }
}
