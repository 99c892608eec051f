//! The score of the case of Iraq from its records, and the page that says how good it is.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use crate::running::{printed, root, shatterbelt};

#[test]
fn the_score_of_iraq_is_read_from_its_records() {
    insta::assert_snapshot!(printed(&["score", "cases/iraq", "--recorded"]));
}

#[test]
fn the_page_is_what_the_command_writes_from_the_records() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("how-good-is-it.md");
    let _ = printed(&["score", "cases/iraq", "--recorded", "--out", out.to_str().unwrap()]);
    for name in ["how-good-is-it.md", "how-good-is-it.svg"] {
        let written = std::fs::read_to_string(dir.path().join(name)).unwrap();
        let published = std::fs::read_to_string(root().join("docs").join(name)).unwrap();
        assert!(
            written == published,
            "run: shatterbelt score cases/iraq --recorded --out docs/how-good-is-it.md"
        );
    }
}

#[test]
fn a_forecast_that_was_changed_after_it_was_frozen_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let forecasts = dir.path().to_str().unwrap();
    let freeze = ["score", "cases/toyland", "--freeze", "--runs", "50", "--forecasts", forecasts];
    let _ = printed(&freeze);
    let first = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&first).unwrap();
    std::fs::write(&first, text.replacen("\"seed\":1", "\"seed\":2", 1)).unwrap();
    let output = shatterbelt(&["score", "cases/toyland", "--recorded", "--forecasts", forecasts]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("changed after it was frozen"), "{said}");
}

#[test]
fn freezing_again_adds_nothing_while_nothing_has_changed() {
    let dir = tempfile::tempdir().unwrap();
    let forecasts = dir.path().to_str().unwrap();
    let freeze = ["score", "cases/toyland", "--freeze", "--runs", "50", "--forecasts", forecasts];
    let lines = || -> Vec<String> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files.iter().map(|f| std::fs::read_to_string(f).unwrap()).collect()
    };
    let _ = printed(&freeze);
    let once = lines();
    let _ = printed(&freeze);
    assert_eq!(once, lines());
    assert!(!once.is_empty());
}

#[test]
fn nothing_is_written_unless_it_is_to_be_frozen() {
    let dir = tempfile::tempdir().unwrap();
    let forecasts = dir.path().join("none");
    let said = printed(&[
        "score",
        "cases/toyland",
        "--runs",
        "50",
        "--forecasts",
        forecasts.to_str().unwrap(),
    ]);
    assert!(said.contains("days-2031") && !forecasts.exists(), "{said}");
}

#[test]
fn a_question_about_what_the_case_does_not_have_is_a_fault_of_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("mine.toml");
    let question = "[[question]]\nid = \"mine\"\nas_of = 2031-03-01\ntext = \"?\"\n\
                    kind = \"binary\"\nask = \"seats.redz > 3\"\n";
    std::fs::write(&file, question).unwrap();
    let asked = ["score", "cases/toyland", "--runs", "50", "--questions", file.to_str().unwrap()];
    let output = shatterbelt(&asked);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("question \"mine\": ask: at character 1"), "{said}");
    assert!(said.contains("did you mean \"seats.reds\"?"), "{said}");
}

/// What teaches other cases how sure a forecast may be is what the shipped cases say of themselves.
#[test]
fn the_forecasts_on_record_are_those_of_the_shipped_cases() {
    let (mut said, mut kept) = (Vec::new(), Vec::new());
    let record = std::fs::read_to_string(root().join("reference/record.csv")).unwrap();
    for case in ["iraq", "kosovo", "lebanon"] {
        let folder = format!("cases/{case}");
        let text = printed(&["score", &folder, "--recorded", "--json"]);
        let board: serde_json::Value = serde_json::from_str(&text).unwrap();
        for row in board["rows"].as_array().unwrap() {
            let (Some(p), Some(truth)) =
                (row["joined"]["probability"].as_f64(), row["truth"].as_str())
            else {
                continue;
            };
            if row["set"] == "development" {
                let came = if truth == "yes" { "y" } else { "n" };
                let (id, as_of) = (row["id"].as_str().unwrap(), row["as_of"].as_str().unwrap());
                said.push(format!("{folder} {id} {as_of} {p:.4} {came}"));
            }
        }
    }
    for row in record.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [_, _, question, as_of, p, came, source, _, known] = cells[..] else { panic!("{row}") };
        // Days are written so that their order is that of their letters.
        assert!(as_of < known, "{row}");
        kept.push(format!("{source} {question} {as_of} {p} {came}"));
    }
    assert_eq!(said, kept, "reference/record.csv");
}
