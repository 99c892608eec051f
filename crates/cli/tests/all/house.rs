//! The rules of the house, held by tests: which crate may depend on which, what is listed where, and that the
//! code names no country.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// From the top of the house down: a crate may depend only on crates named after it in its own row.
const MAY_USE: &[(&str, &[&str])] = &[
    // Built for looking for faults alone; nothing that is handed out needs it.
    ("fuzz", &["web", "report", "assess", "tables", "simulate", "case", "evidence"]),
    (
        "cli",
        &["web", "study", "report", "assess", "tables", "simulate", "case", "evidence", "theory"],
    ),
    ("web", &["study", "report", "assess", "tables", "simulate", "case", "evidence"]),
    ("study", &["report", "assess", "tables", "simulate", "case", "evidence"]),
    ("report", &["assess", "simulate", "case", "evidence"]),
    ("assess", &["simulate", "case", "evidence", "reference", "theory"]),
    ("tables", &["simulate", "case", "entry", "evidence"]),
    ("simulate", &["case", "theory"]),
    ("case", &["evidence", "entry", "reference", "theory"]),
    ("entry", &["entry-derive"]),
    ("entry-derive", &[]),
    ("evidence", &[]),
    // What its tables are tried on needs the models; the crate itself needs nothing.
    ("reference", &["theory"]),
    ("theory", &[]),
];

/// A crate's name in the house, by the name of its package.
fn short(package: &str) -> &str {
    match package.strip_prefix("shatterbelt") {
        Some("") => "cli",
        Some(rest) => rest.trim_start_matches('-'),
        None => package,
    }
}

#[test]
fn arrows_between_crates_point_down() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), MAY_USE.len(), "a crate is missing from the list above");
    for package in packages {
        let name = short(package["name"].as_str().unwrap());
        let may = allowed.get(name).unwrap_or_else(|| panic!("crate {name} has no row above"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let other = short(dependency["name"].as_str().unwrap());
            if allowed.contains_key(other) && dependency["path"].is_string() {
                assert!(may.contains(&other), "{name} may not depend on {other}");
            }
        }
    }
}

/// The versions of every package in a lock.
fn locked(file: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let lock: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let [name, version] = ["name", "version"].map(|key| package[key].as_str().unwrap());
        versions.entry(name.to_owned()).or_default().insert(version.to_owned());
    }
    versions
}

#[test]
fn what_is_built_for_python_is_of_the_versions_of_the_workspace() {
    let ours = locked(&root().join("Cargo.lock"));
    for (name, versions) in locked(&root().join("crates/python/Cargo.lock")) {
        if let Some(known) = ours.get(&name) {
            let more = versions.difference(known).collect::<Vec<_>>();
            assert!(more.is_empty(), "crates/python/Cargo.lock has {name} {more:?}, not {known:?}");
        }
    }
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "tsv") {
            into.push(path);
        }
    }
}

#[test]
fn no_code_names_a_state_or_a_faction_of_a_case() {
    let mut names = BTreeSet::new();
    for case in std::fs::read_dir(root().join("cases")).unwrap() {
        let case = case.unwrap().path();
        if case.ends_with("toyland") {
            // Its names are everyday words.
            continue;
        }
        let text = std::fs::read_to_string(case.join("actors.toml")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        for actor in table["actor"].as_array().unwrap() {
            let kind = actor["kind"].as_str().unwrap();
            if matches!(kind, "state" | "faction" | "government") {
                names.insert(actor["name"].as_str().unwrap().to_lowercase());
                names.insert(actor["id"].as_str().unwrap().to_lowercase());
            }
        }
        names.insert(case.file_name().unwrap().to_str().unwrap().to_owned());
    }
    let mut files = Vec::new();
    rust_files(&root().join("crates"), &mut files);
    let mut found = Vec::new();
    for file in files {
        // Benches and playthroughs name the case they run.
        if file.components().any(|c| c.as_os_str() == "benches" || c.as_os_str() == "tests") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
        let words: BTreeSet<&str> =
            text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for name in &names {
            let hit = match name.contains(' ') {
                true => text.contains(name.as_str()),
                false => words.contains(name.as_str()),
            };
            if hit {
                found.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "knowledge belongs in cases/, not in crates/:\n{}", found.join("\n"));
}

#[test]
fn every_process_file_is_listed() {
    let folder = root().join("crates/simulate/src/process");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let listed = simulate::process::PROCESSES.iter().any(|known| known.name == name);
        assert!(listed, "{} is not in PROCESSES", path.display());
    }
}

#[test]
fn every_reference_cited_in_the_code_is_in_references_bib() {
    let bib = std::fs::read_to_string(root().join("references.bib")).unwrap();
    let mut files = Vec::new();
    rust_files(&root().join("crates"), &mut files);
    let key = |word: &str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        word.len() == letters.len() + 4
            && letters.len() > 2
            && letters.chars().all(|c| c.is_ascii_lowercase())
    };
    let mut cited = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let comments = text.lines().map(str::trim).filter(|line| line.starts_with("//"));
        for line in comments {
            for word in line.split('`').skip(1).step_by(2).filter(|word| key(word)) {
                cited += 1;
                let there = bib.contains(&format!("{{{word},"));
                assert!(there, "{}: `{word}` is not in references.bib", file.display());
            }
        }
    }
    assert!(cited > 50, "only {cited} references found");
}

#[test]
fn a_crate_has_one_test_program_and_it_lists_every_file() {
    for name in MAY_USE.iter().map(|(name, _)| name) {
        let folder = root().join("crates").join(name).join("tests");
        if !folder.is_dir() {
            continue;
        }
        let list = std::fs::read_to_string(folder.join("all/main.rs")).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let alone = path.extension().is_some_and(|e| e == "rs");
            assert!(!alone, "{} would be linked alone: move it into all/", path.display());
        }
        for entry in std::fs::read_dir(folder.join("all")).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_stem().unwrap().to_str().unwrap();
            if path.extension().is_some_and(|e| e == "rs") && file != "main" {
                let listed = list.lines().any(|line| line == format!("mod {file};"));
                assert!(listed, "{} is in no test: all/main.rs does not list it", path.display());
            }
        }
    }
}
