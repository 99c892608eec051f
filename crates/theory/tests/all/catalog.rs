//! Every entry of the catalog is reproduced, and what must fail does.

#[path = "../../examples/catalog/models.rs"]
mod models;
#[allow(dead_code)]
#[path = "../../examples/catalog/reproduce.rs"]
mod reproduce;

use std::fs;

#[test]
fn every_entry_of_the_catalog_is_reproduced() {
    let all = reproduce::outcomes(&reproduce::folder()).unwrap();
    assert!(!all.is_empty(), "the catalog is empty");
    let faults: Vec<String> =
        all.iter().flat_map(|o| o.faults.iter().map(|f| format!("{}: {f}", o.entry.id))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const ENTRY: &str = r#"
id = "electoral/made-up"
title = "A made-up district"
subject = "electoral"
model = "highest_averages"
citation = "nobody"
locator = "nowhere"
tolerance = 0.0
inputs = { votes = [60, 40], seats = 3, divisor = "d'hondt" }
expected = { seats = [2, 1] }
"#;

fn faults_of(text: &str) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    fs::create_dir(folder.path().join("electoral")).map_err(|e| e.to_string())?;
    fs::write(folder.path().join("electoral/made-up.toml"), text).map_err(|e| e.to_string())?;
    Ok(reproduce::outcomes(folder.path())?.into_iter().flat_map(|o| o.faults).collect())
}

#[test]
fn the_check_itself_notices_what_is_wrong() {
    assert_eq!(faults_of(ENTRY), Ok(vec![]));
    let wrong = faults_of(&ENTRY.replace("[2, 1]", "[3, 0]")).unwrap();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    let unknown = faults_of(&ENTRY.replace("highest_averages", "highest_hopes")).unwrap();
    assert!(unknown[0].contains("unknown"), "{unknown:?}");
    let same = format!("{ENTRY}[[must_fail]]\nwhy = \"x\"\ndivisor = \"sainte-lague\"\n");
    assert!(faults_of(&same).unwrap()[0].contains("must fail"));
    let other = format!("{ENTRY}[[must_fail]]\nwhy = \"x\"\nvotes = [90, 10]\n");
    assert_eq!(faults_of(&other), Ok(vec![]));
    assert!(faults_of(&ENTRY.replace("made-up\"", "else\"")).is_err());
    assert!(faults_of(&ENTRY.replace("locator", "location")).is_err());
}

/// A reader must be able to find what an entry cites.
#[test]
fn every_citation_is_in_the_references_or_says_where_to_look() {
    let bib = fs::read_to_string(reproduce::folder().join("../references.bib")).unwrap();
    for outcome in reproduce::outcomes(&reproduce::folder()).unwrap() {
        let entry = outcome.entry;
        let known = bib.contains(&format!("{{{},", entry.citation));
        let explained = !entry.url.is_empty() || !entry.note.is_empty();
        assert!(known || explained, "{}: \"{}\" is nowhere explained", entry.id, entry.citation);
    }
}

#[test]
fn the_page_of_models_is_the_one_on_file() {
    let all = reproduce::outcomes(&reproduce::folder()).unwrap();
    let page = models::page(&all).unwrap();
    let on_file = fs::read_to_string(reproduce::folder().join("../docs/theory.md")).unwrap();
    assert!(page == on_file, "run `cargo run -p shatterbelt-theory --example catalog`");
}
