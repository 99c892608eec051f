//! `export`: the formats of other programs, from the command.
#![allow(clippy::unwrap_used)]

use crate::running::{copy, error, out, printed, root, shatterbelt};

fn toyland() -> String {
    root().join("cases/toyland").to_str().unwrap().to_owned()
}

#[test]
fn a_network_goes_to_standard_output_or_whole_into_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("toyland.graphml");
    let words = ["export", "graphml", &toyland(), "--channel", "security,economic"];
    let text = printed(&words);
    assert!(text.contains("attr.name=\"weight\"") && text.contains("security"), "{text}");
    assert!(!text.contains(">political<"), "{text}");
    let told = printed(&[&words[..], &["--out", file.to_str().unwrap()]].concat());
    assert!(told.contains("toyland.graphml"), "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing half-written stays");
    assert_eq!(printed(&[&words[..], &["--out", "-"]].concat()), text);
}

#[test]
fn an_earlier_date_knows_fewer_sources() {
    let all = printed(&["export", "bibtex", &toyland(), "--as-of", "2031-04-01"]);
    let few = printed(&["export", "bibtex", &toyland(), "--as-of", "2031-02-21"]);
    assert!(all.contains("@misc{late,") && !few.contains("@misc{late,"), "{few}");
    assert!(few.contains("@misc{courier,"), "{few}");
}

#[test]
fn what_a_format_cannot_hold_is_said_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("toyland");
    copy(&root().join("cases/toyland"), &case);
    std::fs::remove_file(case.join("districts.geojson")).unwrap();
    let told = shatterbelt(&["export", "geojson", case.to_str().unwrap()]);
    assert!(told.status.success());
    assert!(error(&told).contains("3 of 3 districts have no boundary"), "{}", error(&told));
    let all: serde_json::Value = serde_json::from_str(&out(&told)).unwrap();
    assert_eq!(all["type"], "FeatureCollection");
}

#[test]
fn exported_boundaries_are_those_of_the_case_and_can_be_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("toyland");
    copy(&root().join("cases/toyland"), &case);
    let (own, case) = (case.join("districts.geojson"), case.to_str().unwrap());
    let told = shatterbelt(&["export", "geojson", case]);
    assert!(!error(&told).contains("boundary"), "{}", error(&told));
    std::fs::write(&own, out(&told)).unwrap();
    assert_eq!(printed(&["export", "geojson", case]), out(&told), "places are passed over");
    let all: serde_json::Value = serde_json::from_str(&out(&told)).unwrap();
    let hill = all["features"].as_array().unwrap().iter().find(|f| f["id"] == "district.hill");
    assert_eq!(hill.unwrap()["geometry"]["type"], "Polygon");
    assert_eq!(hill.unwrap()["properties"]["source"], "gazette");
    // a slip of the hand is told with its file and line
    std::fs::write(&own, out(&told).replace("\"source\": \"gazette\"", "\"source\": \"gazete\""))
        .unwrap();
    let told = shatterbelt(&["check", case]);
    let text = [out(&told), error(&told)].concat();
    assert!(
        text.contains("\"gazete\": no such source") && text.contains("did you mean \"gazette\"?"),
        "{text}"
    );
    assert!(text.contains("districts.geojson:"), "{text}");
}

#[test]
fn wrong_words_say_what_would_be_right() {
    for (words, said) in [
        (&["export", "graphlm"][..], "did you mean \"graphml\"?"),
        (&["export"][..], "tables are several files: --out DIR"),
        (&["export", "bibtex", "--channel", "security"][..], "bibtex holds no ties by channel"),
        (&["export", "stix", "--csv"][..], "stix is a format of its own"),
        (&["export", "gexf", "--channel", "economical"][..], "did you mean \"economic\"?"),
        (&["export", "views"][..], "name a folder that `run --out` or `merge` has written"),
    ] {
        let case = toyland();
        let mut words = words.to_vec();
        words.insert(
            words.iter().position(|word| word.starts_with("--")).unwrap_or(words.len()),
            &case,
        );
        let told = shatterbelt(&words);
        assert!(!told.status.success());
        assert!(error(&told).contains(said), "{words:?}: {}", error(&told));
    }
}

#[test]
fn counts_of_runs_are_draws_and_questions_bring_what_was_frozen() {
    let dir = tempfile::tempdir().unwrap();
    let (runs, parquet) = (dir.path().join("runs"), dir.path().join("views.parquet"));
    let iraq = root().join("cases/iraq");
    printed(&[
        "run",
        iraq.to_str().unwrap(),
        "--as-of",
        "2025-11-05",
        "--runs",
        "20",
        "--out",
        runs.to_str().unwrap(),
    ]);
    let frame = printed(&["export", "views", runs.to_str().unwrap()]);
    let mut lines = frame.lines();
    assert_eq!(lines.next(), Some("unit,month_id,month_id_to,draw,outcome"));
    // November 2025 is the 45 * 12 + 11th month since January 1980.
    assert!(lines.clone().all(|line| line.contains(",551,")), "{frame}");
    let last = lines.filter(|line| line.split(',').nth(3) == Some("19"));
    assert!(last.count() > 0, "{frame}");
    let words = ["export", "views", runs.to_str().unwrap(), "--out", parquet.to_str().unwrap()];
    printed(&words);
    assert!(std::fs::read(&parquet).unwrap().starts_with(b"PAR1"));

    let case = dir.path().join("toyland");
    printed(&["demo", case.to_str().unwrap()]);
    let set = |case: &str| -> serde_json::Value {
        serde_json::from_str(&printed(&["export", "questions", case])).unwrap()
    };
    let before = set(case.to_str().unwrap());
    assert!(before["questions"][0]["forecasts"]["joined"].is_null(), "{before}");
    printed(&["score", case.to_str().unwrap(), "--runs", "50", "--freeze"]);
    let after = set(case.to_str().unwrap());
    let turnout =
        after["questions"].as_array().unwrap().iter().find(|q| q["id"] == "turnout-2031").unwrap();
    assert_eq!(turnout["type"], "binary");
    for by in ["outside", "runs", "joined"] {
        assert!(turnout["forecasts"][by]["probability"].is_number(), "{by}: {turnout}");
    }
}

/// What `--out` names may be more than a file that is not there yet.
#[cfg(unix)]
#[test]
fn out_writes_into_a_device_as_it_stands_and_over_no_file_of_a_case() {
    use std::os::unix::fs::FileTypeExt;

    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let read = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    let told = shatterbelt(&["export", "bibtex", "cases/toyland", "--out", pipe.to_str().unwrap()]);
    assert!(told.status.success(), "{}", error(&told));
    // Looked at before the reader is waited for: it would wait for ever on a pipe that was written over.
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo(), "the pipe is still one");
    assert!(read.join().unwrap().contains("@"));

    let case = dir.path().join("toyland");
    copy(&root().join("cases/toyland"), &case);
    let actors = case.join("actors.toml");
    let before = std::fs::read(&actors).unwrap();
    let told =
        shatterbelt(&["export", "bibtex", "cases/toyland", "--out", actors.to_str().unwrap()]);
    assert!(!told.status.success());
    assert!(error(&told).contains("a file of a case"), "{}", error(&told));
    assert_eq!(std::fs::read(&actors).unwrap(), before);
}
