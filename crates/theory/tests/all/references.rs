//! Every key that a model cites is in references.bib.

#![allow(clippy::unwrap_used)]

use std::path::Path;

/// Subjects whose catalog entries cite references.bib; official results in the others cite the page they
/// were published on.
const SUBJECTS: [&str; 6] =
    ["bargaining", "score", "sensitivity", "escalation", "economy", "opinion"];

/// The keys in backticks after "Reference:" in doc comments, up to the end of the sentence block.
fn cited(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut citing = false;
    for line in source.lines().map(str::trim) {
        let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            citing = false;
            continue;
        };
        let start = text.split_once("Reference: ").or_else(|| text.split_once("reference: "));
        if start.is_none() && !citing {
            continue;
        }
        let text = start.map_or(text, |(_, after)| after);
        let cut = text.split_once("Checked").map(|(before, _)| before);
        keys.extend(cut.unwrap_or(text).split('`').skip(1).step_by(2).map(str::to_owned));
        citing = cut.is_none() && !text.trim().is_empty();
    }
    keys
}

fn sources(path: &Path, out: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            sources(&entry.unwrap().path(), out);
        }
    } else if path.extension().is_some_and(|e| e == "rs") {
        out.push(std::fs::read_to_string(path).unwrap());
    }
}

#[test]
fn every_key_cited_is_in_the_references() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bib = std::fs::read_to_string(root.join("../../references.bib")).unwrap();
    let mut files = Vec::new();
    for name in
        SUBJECTS.into_iter().chain(["electoral", "power", "coalition", "influence", "pooling"])
    {
        sources(&root.join(format!("src/{name}.rs")), &mut files);
        sources(&root.join(format!("src/{name}")), &mut files);
    }
    sources(&root.join("src/normal.rs"), &mut files);
    let keys: Vec<String> = files.iter().flat_map(|f| cited(f)).collect();
    assert!(keys.len() > 30, "{keys:?}");
    for key in keys.iter().filter(|k| k.ends_with(|c: char| c.is_ascii_digit()) || *k == "ktab_smp")
    {
        assert!(bib.contains(&format!("{{{key},")), "{key} is cited but not in references.bib");
    }
}

#[test]
fn every_entry_of_these_subjects_cites_a_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bib = std::fs::read_to_string(root.join("references.bib")).unwrap();
    for subject in SUBJECTS.iter().chain(&["signed"]) {
        for entry in std::fs::read_dir(root.join("catalog").join(subject)).unwrap() {
            let path = entry.unwrap().path();
            let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            let key = table["citation"].as_str().unwrap();
            assert!(bib.contains(&format!("{{{key},")), "{}: {key}", path.display());
        }
    }
}
