//! Every fault that `check` knows, planted one at a time in the tutorial case, with the exact finding.
//!
//! The fixture in `broken/` lists the plants: which file, what is replaced, by what. A snapshot holds the lines
//! that `check` then prints.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use crate::toyland::{copy, replace, toyland, with};
use case::Folder;
use case::rules::RULES;
use proptest::prelude::*;

/// The plants of a fixture, each with the folder that has it.
fn plants(fixture: &str) -> Vec<(toml::Value, tempfile::TempDir)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(fixture);
    let plants: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let planted = |plant: &toml::Value| {
        let part = |name: &str| plant[name].as_str().unwrap();
        let (file, from, to) = (part("file"), part("from"), part("to"));
        let dir = with(file, |text| {
            assert!(text.contains(from), "{}: \"{from}\" is not in {file}", part("what"));
            text.replacen(from, to, 1)
        });
        (plant.clone(), dir)
    };
    plants["plant"].as_array().unwrap().iter().map(planted).collect()
}

#[test]
fn each_planted_fault_is_found_where_it_was_planted() {
    let plants = plants("plants.toml");
    assert!(plants.len() >= 70, "only {} plants", plants.len());
    let mut report = String::new();
    for (plant, dir) in plants {
        let what = plant["what"].as_str().unwrap();
        let folder = Folder::read(dir.path()).unwrap();
        let built = folder.build(None);
        assert!(built.errors() > 0, "{what}: nothing was found");
        assert!(built.case.is_none(), "{what}: the case was used all the same");
        let _ = writeln!(report, "# {what}");
        for finding in &built.findings {
            assert!(
                RULES.iter().any(|(rule, _)| *rule == finding.rule),
                "{} is not listed",
                finding.rule
            );
            let line = finding.line(&folder.map);
            let _ = writeln!(report, "{}", line.replace(&format!("{}/", dir.path().display()), ""));
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn what_deserves_a_look_is_a_warning_and_stops_nothing() {
    let usual: Vec<String> = {
        let folder = Folder::read(&toyland()).unwrap();
        folder.check(None).findings.iter().map(|f| f.message.clone()).collect()
    };
    let mut report = String::new();
    for (plant, dir) in plants("careless.toml") {
        let (what, rule) = (plant["what"].as_str().unwrap(), plant["rule"].as_str().unwrap());
        let folder = Folder::read(dir.path()).unwrap();
        let built = folder.check(None);
        assert!(built.case.is_some(), "{what}: {:#?}", built.findings);
        let of_rule: Vec<_> = built.findings.iter().filter(|f| f.rule == rule).collect();
        assert!(!of_rule.is_empty(), "{what}: no {rule} in {:#?}", built.findings);
        assert!(RULES.iter().any(|(known, _)| *known == rule), "{rule} is not listed");
        let _ = writeln!(report, "# {what}");
        for finding in of_rule.iter().filter(|f| !usual.contains(&f.message)) {
            let line = finding.line(&folder.map);
            let _ = writeln!(report, "{}", line.replace(&format!("{}/", dir.path().display()), ""));
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn a_fault_that_is_not_yet_known_on_its_own_date_is_found_by_check() {
    let row = "2031,2031-03-16,,blus,,30,9,late,\n";
    let dir = with("result.csv", |text| format!("{text}{row}"));
    let folder = Folder::read(dir.path()).unwrap();
    assert_eq!(folder.build(None).errors(), 0, "on its own date the case does not know it");
    let found = folder.check(None);
    assert_eq!(found.findings.iter().filter(|f| f.message.contains("blus")).count(), 1);
    assert!(found.case.is_none());
}

#[test]
fn one_bracket_that_lacks_is_one_error_and_what_hangs_on_its_file_is_left_unsaid() {
    let dir = copy();
    replace(
        dir.path(),
        "actors.toml",
        "aliases = [\"the republic\"]",
        "aliases = [\"the republic\"",
    );
    let folder = Folder::read(dir.path()).unwrap();
    for built in [folder.check(None), folder.build(None)] {
        let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].contains("actors.toml:") && lines[0].contains("error[syntax]"),
            "{lines:?}"
        );
        assert!(built.case.is_none());
    }
    // A fault of another file that hangs on nothing is still told.
    replace(dir.path(), "ties.toml", "\"security\"", "\"securty\"");
    let folder = Folder::read(dir.path()).unwrap();
    let rules: Vec<&str> = folder.check(None).findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["syntax", "type"]);
}

#[test]
fn an_id_that_leads_out_of_the_case_is_refused_whatever_its_kind() {
    for (file, text) in [
        (
            "questions.toml",
            "[[question]]\nid = \"ID\"\nas_of = 2031-01-01\ntext = \"t\"\nkind = \"number\"\n",
        ),
        (
            "more.toml",
            "[[law]]\nid = \"ID\"\nname = \"l\"\nfrom = 2031-01-01\nmethod = \"dhondt\"\nsource = \"courier\"\n",
        ),
        (
            "more.toml",
            "[[poll]]\nid = \"ID\"\ndate = 2031-01-01\nwhat = \"w\"\npercent = { value = 1, judged = \"j\" }\n",
        ),
        (
            "more.toml",
            "[[event]]\nid = \"ID\"\ndate = 2031-01-01\nwhat = \"w\"\nsource = \"courier\"\n",
        ),
        ("more.toml", "[[dispute]]\nid = \"ID\"\nwhat = \"w\"\nversions = []\n"),
        (
            "more.toml",
            "[[group]]\nid = \"ID\"\nmembers = [\"contest.turnout\"]\nrho = 0.5\njudged = \"j\"\n",
        ),
    ] {
        let dir = with(file, |old| format!("{old}\n{}", text.replace("ID", "../../../t/escaped")));
        let folder = Folder::read(dir.path()).unwrap();
        let found = folder.check(None);
        let id = found.findings.iter().find(|f| f.rule == "id");
        let id = id.unwrap_or_else(|| panic!("{text}: {:#?}", found.findings));
        assert_eq!(id.message, "\"../../../t/escaped\" cannot be an id");
        assert_eq!(folder.map.text(&id.spot), Some("\"../../../t/escaped\""), "where it stands");
        assert!(found.case.is_none());
        let refused = case::question::questions(&folder.map).is_err();
        assert_eq!(
            refused,
            file == "questions.toml",
            "who keeps score reads questions by another door"
        );
    }
}

#[test]
fn two_key_questions_of_a_date_have_two_places() {
    let question = |id: &str, as_of: &str, key: u32| {
        format!(
            "[[question]]\nid = \"{id}\"\nas_of = {as_of}\nkey = {key}\ntext = \"t\"\nkind = \"number\"\nbeyond = \"b\"\n"
        )
    };
    let found = |more: &[String]| {
        let dir = with("questions.toml", |old| format!("{old}\n{}", more.join("\n")));
        let folder = Folder::read(dir.path()).unwrap();
        let found = folder.check(None).findings;
        let ours = found.into_iter().filter(|f| f.rule == "question");
        ours.map(|f| (f.message.clone(), folder.map.text(&f.spot).map(str::to_owned)))
            .collect::<Vec<_>>()
    };
    let (a, b) = (question("a", "2031-02-01", 1), question("b", "2031-02-01", 1));
    let both = "questions \"a\" and \"b\" of 2031-02-01 both have key = 1".to_owned();
    assert_eq!(found(&[a.clone(), b]), [(both, Some("1".to_owned()))]);
    assert_eq!(found(&[a, question("b", "2031-02-02", 1)]), [], "another date, another page");
    let zero = found(&[question("c", "2031-02-03", 0)]);
    assert_eq!(zero, [("question \"c\": key = 0".to_owned(), Some("0".to_owned()))]);
}

#[test]
fn a_forecast_of_others_says_who_when_and_how_likely_and_says_it_once() {
    let found = |kind: &str, others: &str| {
        let question = format!(
            "[[question]]\nid = \"a\"\nas_of = 2031-02-01\ntext = \"t\"\nkind = \"{kind}\"\nbeyond = \"b\"\nothers = [{others}]\n"
        );
        let dir = with("questions.toml", |old| format!("{old}\n{question}"));
        let found = Folder::read(dir.path()).unwrap().check(None).findings;
        let ours = found.into_iter().filter(|f| f.rule == "question");
        ours.map(|f| f.message).collect::<Vec<_>>()
    };
    let crowd = "{ by = \"A crowd\", on = 2031-01-05, p = 0.3 }";
    assert_eq!(found("binary", crowd), [""; 0]);
    let later = crowd.replace("01-05", "01-06");
    assert_eq!(found("binary", &format!("{crowd}, {later}")), [""; 0]);
    let twice = found("binary", &format!("{crowd}, {}", crowd.replace("0.3", "0.4")));
    assert_eq!(twice, ["question \"a\": the forecast of A crowd of 2031-01-05 is given twice"]);
    for (kind, others, said) in [
        ("binary", crowd.replace("0.3", "1.3"), "has p = 1.3"),
        ("binary", crowd.replace("01-05", "02-05"), "is of 2031-02-05, after 2031-02-01"),
        ("binary", crowd.replace("A crowd", " "), "says not who made it"),
        ("number", crowd.to_owned(), "is of no yes-or-no question"),
    ] {
        let all = found(kind, &others);
        assert!(all.len() == 1 && all[0].contains(said), "{said}: {all:?}");
    }
}

#[test]
fn a_contest_is_named_as_plainly_as_the_rest() {
    let dir = with("institutions.toml", |text| {
        text.replacen("[contest]\nid = \"2031\"", "[contest]\nid = \"20/31\"", 1)
    });
    let folder = Folder::read(dir.path()).unwrap();
    let found = folder.check(None).findings;
    assert!(found.iter().any(|f| f.message == "\"20/31\" cannot be an id"), "{found:#?}");
}

#[test]
fn findings_go_to_editors_as_sarif() {
    let dir = with("ties.toml", |text| text.replacen("\"security\"", "\"securty\"", 1));
    let folder = Folder::read(dir.path()).unwrap();
    let findings = folder.check(None).findings;
    let log = case::sarif::sarif("0", &[(&findings, &folder.map)]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "shatterbelt");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], finding.rule);
        assert!(matches!(result["level"].as_str(), Some("error" | "warning")));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().unwrap() > 0, "{result}");
        let (start, end) = (&region["startColumn"], &region["endColumn"]);
        assert!(start.as_u64().unwrap() > 0 && end.as_u64().unwrap() > 0);
    }
    let broken = results.iter().find(|r| r["level"] == "error").unwrap();
    let at = &broken["locations"][0]["physicalLocation"];
    assert!(at["artifactLocation"]["uri"].as_str().unwrap().ends_with("/ties.toml"));
    assert_eq!(at["region"]["startLine"], 4);
    assert_eq!(at["region"]["startColumn"], 11);
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
            let built = folder.check(None);
            let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
            assert!(built.case.is_some(), "{}: {lines:#?}", root.display());
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

    #[test]
    fn no_bytes_make_the_reader_panic(
        file in prop::sample::select(vec![
            "ties.toml", "case.toml", "prior.csv", "institutions.toml", "sources.toml", "result.csv",
            "position.csv", "actors.toml", "documents/paymasters.txt",
        ]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..4), 1..12),
        year in -9999_i16..9999,
    ) {
        let dir = copy();
        let path = dir.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                // A stretch of the file a second time: entries twice, tables in tables.
                _ => bytes.extend_from_within(at..(at + 200).min(bytes.len())),
            }
        }
        std::fs::write(&path, bytes).unwrap();
        if let Ok(folder) = Folder::read(dir.path()) {
            let day = jiff::civil::date(year, 6, 15);
            for built in [folder.check(None), folder.check(Some(day))] {
                for finding in &built.findings {
                    let _ = (finding.render(&folder.map, false), finding.line(&folder.map));
                }
                let _ = case::sarif::sarif("0", &[(&built.findings, &folder.map)]);
            }
        }
    }
}
