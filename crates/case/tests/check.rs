//! Every fault that `check` knows, planted one at a time in the tutorial case, with the exact finding.
//!
//! The fixture in `broken/` lists the plants: which file, what is replaced, by what. A snapshot holds the lines
//! that `check` then prints.
#![allow(clippy::unwrap_used)]

mod toyland;

use std::fmt::Write as _;
use std::path::Path;

use case::Folder;
use proptest::prelude::*;
use toyland::{toyland, with};

#[test]
fn each_planted_fault_is_found_where_it_was_planted() {
    let plants = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/plants.toml"),
    )
    .unwrap();
    let plants: toml::Table = plants.parse().unwrap();
    let plants = plants["plant"].as_array().unwrap();
    assert!(plants.len() >= 30, "only {} plants", plants.len());
    let mut report = String::new();
    for plant in plants {
        let part = |name: &str| plant[name].as_str().unwrap();
        let (file, from, to) = (part("file"), part("from"), part("to"));
        let dir = with(file, |text| {
            assert!(text.contains(from), "{}: \"{from}\" is not in {file}", part("what"));
            text.replacen(from, to, 1)
        });
        let folder = Folder::read(dir.path()).unwrap();
        let built = folder.build(None);
        assert!(built.errors() > 0, "{}: nothing was found", part("what"));
        assert!(built.case.is_none(), "{}: the case was used all the same", part("what"));
        let _ = writeln!(report, "# {}", part("what"));
        for finding in &built.findings {
            let line = finding.line(&folder.map);
            let _ = writeln!(report, "{}", line.replace(&format!("{}/", dir.path().display()), ""));
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn a_finding_shows_its_line_and_underlines_the_place() {
    let dir = with("ties.toml", |text| text.replacen("\"security\"", "\"securty\"", 1));
    let folder = Folder::read(dir.path()).unwrap();
    let findings = folder.build(None).findings;
    let text = findings[0].render(&folder.map, false);
    insta::assert_snapshot!(text.replace(&format!("{}/", dir.path().display()), ""));
}

#[test]
fn all_faults_are_reported_at_once() {
    let dir = with("ties.toml", |text| {
        text.replace("\"courier\"", "\"nobody\"").replacen("\"security\"", "\"arms\"", 1)
    });
    let built = Folder::read(dir.path()).unwrap().build(None);
    assert!(built.errors() >= 5, "{}", built.errors());
}

#[test]
fn the_shipped_cases_are_sound() {
    for entry in std::fs::read_dir(toyland().join("..")).unwrap() {
        let root = entry.unwrap().path();
        let folder = Folder::read(&root).unwrap();
        let mut scenarios = vec![folder.clone()];
        for name in folder.scenarios() {
            scenarios.push(folder.with_scenario(&name).unwrap());
        }
        for folder in scenarios {
            let built = folder.build(None);
            let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
            assert!(built.case.is_some() && lines.is_empty(), "{}: {lines:#?}", root.display());
        }
    }
}

#[test]
fn a_case_from_another_folder_has_another_hash_only_if_a_byte_differs() {
    let same = with("case.toml", str::to_owned);
    let other = with("case.toml", |text| text.replacen("Toyland", "Toylands", 1));
    let hash = |path: &Path| Folder::read(path).unwrap().hash();
    assert_eq!(hash(&toyland()), hash(same.path()));
    assert_ne!(hash(&toyland()), hash(other.path()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(noise in "\\PC{0,200}", cut in 0_usize..4000) {
        for file in ["ties.toml", "case.toml", "prior.csv", "institutions.toml"] {
            let dir = with(file, |text| {
                let mut at = cut.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                format!("{}{noise}{}", &text[..at], &text[at..])
            });
            let folder = Folder::read(dir.path()).unwrap();
            for finding in folder.build(None).findings {
                let _ = finding.render(&folder.map, false);
            }
        }
    }

    #[test]
    fn no_patch_makes_the_reader_panic(patch in "\\PC{0,120}") {
        let folder = Folder::read(&toyland()).unwrap().with_set(&patch);
        for finding in folder.build(None).findings {
            let _ = finding.render(&folder.map, false);
        }
    }
}
