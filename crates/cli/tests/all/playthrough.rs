//! Playthroughs: what the command prints for the tutorial case, committed and reviewed when it changes.
//!
//! `cargo insta review` shows what a change does to them.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use crate::running::{copy, error, printed, printed_in, root, shatterbelt, shatterbelt_in};

#[test]
fn check_says_what_the_case_holds() {
    insta::assert_snapshot!(printed(&["check", "cases/toyland"]));
}

#[test]
fn measure_shows_sway_by_actor_and_channel() {
    insta::assert_snapshot!(printed(&["measure", "cases/toyland", "--draws", "500"]));
}

#[test]
fn run_shows_what_the_futures_have_in_common() {
    insta::assert_snapshot!(printed(&["run", "cases/toyland", "--runs", "2000"]));
}

#[test]
fn compare_shows_what_a_scenario_changes() {
    let text = printed(&["compare", "cases/toyland", "justice-stands", "--runs", "1000"]);
    insta::assert_snapshot!(text);
}

#[test]
fn explain_tells_a_run_and_walks_an_entry_back() {
    insta::assert_snapshot!(printed(&["explain", "cases/toyland", "--run", "6"]));
    let walk = ["explain", "cases/toyland", "--run", "6", "--entry", "14", "--most", "4"];
    insta::assert_snapshot!(printed(&walk));
}

#[test]
fn explain_tells_the_medoid_run_of_each_outcome() {
    let arguments = ["explain", "cases/toyland", "--typical", "--runs", "200"];
    insta::assert_snapshot!(printed(&arguments));
}

#[test]
fn explain_finds_where_two_paired_runs_part() {
    let arguments = ["explain", "cases/toyland", "--run", "6", "--against", "justice-stands"];
    insta::assert_snapshot!(printed(&arguments));
}

#[test]
fn run_shows_the_flagship_case_on_its_own_date_and_on_an_earlier_one() {
    for day in ["2025-11-05", "2018-05-01"] {
        let shown = printed(&["run", "cases/iraq", "--as-of", day, "--runs", "200"]);
        insta::assert_snapshot!(format!("iraq_as_of_{day}"), shown);
    }
}

#[test]
fn the_brief_of_toyland() {
    let dir = tempfile::tempdir().unwrap();
    copy_of_toyland(dir.path());
    printed_in(dir.path(), &["report", TOYLAND, "--runs", "1000", "--out", "brief.md"]);
    insta::assert_snapshot!(std::fs::read_to_string(dir.path().join("brief.md")).unwrap());
}

const TOYLAND: &str = "cases/toyland";

/// A copy, so that tests leave no evidence behind in the case that is shipped.
fn copy_of_toyland(into: &Path) -> PathBuf {
    let to = into.join(TOYLAND);
    for folder in ["", "documents", "scenarios"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
        for entry in std::fs::read_dir(root().join("cases/toyland").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, to.join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    to
}

#[test]
fn the_same_seed_prints_the_same_bytes_on_one_and_two_threads() {
    let run = |threads: &str, out: &Path| {
        let arguments = ["run", "cases/iraq", "--runs", "300", "--seed", "1", "--threads", threads];
        let mut arguments = arguments.to_vec();
        arguments.extend(["--out", out.to_str().unwrap()]);
        let said = printed(&arguments);
        let read = |name: &str| std::fs::read(out.join(name)).unwrap();
        (said, ["outcomes.jsonl.zst", "runs.parquet", "course.parquet", "manifest.json"].map(read))
    };
    let dir = tempfile::tempdir().unwrap();
    let one = run("1", &dir.path().join("one"));
    assert_eq!(one, run("2", &dir.path().join("two")));
}

#[test]
fn sway_adds_up_to_the_whole() {
    let text = printed(&["measure", "cases/iraq", "--draws", "50", "--json"]);
    let measured: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut whole = measured["fringe"]["mean"].as_f64().unwrap();
    for actor in measured["actors"].as_array().unwrap() {
        let total = actor["total"]["mean"].as_f64().unwrap();
        let channels = actor["channels"].as_object().unwrap().values();
        let by_channel: f64 = channels.map(|v| v.as_f64().unwrap()).sum();
        assert!((actor["own"].as_f64().unwrap() + by_channel - total).abs() < 1e-9);
        let hops: f64 =
            actor["hops"].as_array().unwrap().iter().map(|h| h["share"].as_f64().unwrap()).sum();
        assert!(
            (hops - by_channel).abs() < 1e-9,
            "what passes through whom is what passes by channel"
        );
        whole += total;
    }
    assert!((whole - 1.0).abs() < 1e-9, "{whole}");
}

#[test]
fn a_forecast_sees_nothing_published_later() {
    let text = printed(&["check", "cases/iraq", "--as-of", "2025-11-05"]);
    assert!(text.contains("not yet known"));
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("brief.md");
    let case = dir.path().join("iraq");
    copy(&root().join("cases/iraq"), &case);
    let arguments =
        ["report", case.to_str().unwrap(), "--runs", "50", "--out", out.to_str().unwrap()];
    printed(&arguments);
    let brief = std::fs::read_to_string(out).unwrap();
    let sources = std::fs::read_to_string(case.join("sources.toml")).unwrap();
    let table: toml::Table = sources.parse().unwrap();
    let sources = table["source"].as_array().unwrap();
    let day = |s: &toml::Value| s["published"].as_datetime().unwrap().to_string();
    let (later, known): (Vec<_>, Vec<_>) =
        sources.iter().partition(|s| day(s).as_str() > "2025-11-05");
    let address = |s: &toml::Value| Some(s.get("url")?.as_str()?.to_owned());
    let known: Vec<String> = known.into_iter().filter_map(address).collect();
    let later: Vec<String> = later.into_iter().filter_map(address).collect();
    assert!(later.len() > 5, "the case holds later sources to be hidden");
    assert!(
        known.iter().filter(|url| brief.contains(*url)).count() > 5,
        "the brief cites known ones"
    );
    for url in later.iter().filter(|url| !known.iter().any(|k| k.starts_with(*url))) {
        assert!(!brief.contains(url), "the brief cites {url}");
    }
}

#[test]
fn the_evidence_is_reviewed_accepted_run_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let folder = copy_of_toyland(dir.path());
    let case = TOYLAND;
    let texts = || {
        let names = ["actors.toml", "institutions.toml", "sources.toml"];
        names.map(|name| std::fs::read_to_string(folder.join(name)).unwrap())
    };
    let before = texts();
    let document = format!("{case}/documents/last-week.txt");
    let story = std::cell::RefCell::new(String::new());
    let play = |arguments: &[&str]| {
        let text = printed_in(dir.path(), arguments);
        let mut story = story.borrow_mut();
        story.push_str(&format!("$ shatterbelt {}\n{text}\n", arguments.join(" ")));
        text
    };
    printed_in(dir.path(), &["read", "--case", case]);
    let read = ["read", &document, "--case", case, "--published", "2031-02-28"];
    printed_in(dir.path(), &read);
    play(&["evidence", "documents", case]);
    let all = printed_in(dir.path(), &["evidence", "review", case, "--json"]);
    play(&["evidence", "review", case]);
    let all: serde_json::Value = serde_json::from_str(&all).unwrap();
    let id = |kind: &str| {
        let found = all.as_array().unwrap().iter().find(|p| p["kind"] == kind).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    // Nobody has said who published the document.
    let event = id("event");
    let refused = shatterbelt_in(dir.path(), &["evidence", "accept", &event, "--case", case]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--publisher"));
    let (alias, estimate) = (id("alias"), id("estimate"));
    let mut accept = vec!["evidence", "accept", &event, &alias, &estimate, "--case", case];
    accept.extend([
        "--publisher",
        "Harbour Courier",
        "--rating",
        "B2",
        "--by",
        "MS",
        "--on",
        "2031-03-01",
    ]);
    play(&accept);
    let actor = id("actor");
    let refuse = [
        "evidence",
        "refuse",
        &actor,
        "--case",
        case,
        "--why",
        "it only counts",
        "--on",
        "2031-03-01",
    ];
    play(&refuse);
    play(&["check", case]);
    play(&["evidence", "review", case, "--kind", "actor"]);
    play(&["run", case, "--runs", "200"]);
    play(&["evidence", "undo", case]);
    assert_ne!(texts(), before);
    play(&["evidence", "undo", case]);
    assert_eq!(texts(), before, "the files are as they were, byte for byte");
    assert!(!folder.join("decisions.toml").exists());
    insta::assert_snapshot!(story.borrow());
}

#[test]
fn the_evidence_is_searched_shown_and_cleaned() {
    let dir = tempfile::tempdir().unwrap();
    let case = copy_of_toyland(dir.path());
    let case = case.to_str().unwrap();
    printed(&["read", "--case", case]);
    let found =
        printed(&["evidence", "search", "freeze the loan*", "--case", case, "--actor", "reds"]);
    assert!(found.contains("[freeze] [the] [loans]"), "{found}");
    insta::assert_snapshot!(printed(&["evidence", "show", "observer", "--case", case]));
    let tables = dir.path().join("tables");
    let tables = tables.to_str().unwrap();
    printed(&["evidence", "export", case, "--csv", tables]);
    let import = ["evidence", "import", case, "--csv", tables];
    assert_eq!(printed(&import), "0 changed, 0 refused, 0 added\n");
    assert!(!Path::new(case).join("corrections.jsonl").exists());
    let path = Path::new(tables).join("events.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("ASSAULT", "COERCE", 1)).unwrap();
    assert_eq!(printed(&import), "1 changed, 0 refused, 0 added\n");
    // The store may be deleted: the corrections are text.
    std::fs::remove_dir_all(case::state::of(Path::new(case)).unwrap()).unwrap();
    let read = printed(&["read", "--case", case]);
    assert!(!read.is_empty());
    let shown = printed(&["evidence", "show", "observer", "--case", case]);
    assert!(shown.contains(" COERCE: ") && !shown.contains(" ASSAULT: "), "{shown}");
    let page = dir.path().join("page.html");
    let show =
        ["evidence", "show", "observer", "--case", case, "--html", "--out", page.to_str().unwrap()];
    printed(&show);
    assert!(std::fs::read_to_string(page).unwrap().contains("Hill Observer"));
}

#[test]
fn a_name_is_judged_listed_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let case = copy_of_toyland(dir.path());
    let case = case.to_str().unwrap();
    let rest = ["--case", case, "--by", "MS", "--on", "2031-03-01", "--why", "its own leaflet"];
    printed(&[&["evidence", "judge", "same", "Hill Boys", "guard"][..], &rest].concat());
    let list = printed(&["evidence", "judge", "list", "--case", case]);
    assert_eq!(list, "guard same \"Hill Boys\": its own leaflet (MS, 2031-03-01)\n");
    printed(&["evidence", "judge", "undo", "Hill Boys", "guard", "--case", case]);
    assert!(!Path::new(case).join("judgements.toml").exists());
}

#[test]
fn exit_codes_say_whose_fault_it_is() {
    let code = |arguments: &[&str]| shatterbelt(arguments).status.code();
    assert_eq!(code(&["check", "cases/toyland"]), Some(0));
    assert_eq!(code(&["chekc"]), Some(2));
    assert_eq!(code(&["compare", "cases/toyland"]), Some(2));
    assert_eq!(code(&["measure", "cases/toyland", "--body", "senate"]), Some(2));
    assert_eq!(code(&["run", "cases/nowhere"]), Some(3));
    assert_eq!(code(&["check", "cases/toyland", "--scenario", "nothing"]), Some(3));
    let broken = ["cases/toyland", "--set", "tie.northmark>guard:security.channel=\"securty\""];
    assert_eq!(code(&[&["check"], &broken[..]].concat()), Some(4));
    assert_eq!(code(&[&["run"], &broken[..]].concat()), Some(3));
}

#[test]
fn a_slip_of_the_hand_is_answered_with_the_name_meant() {
    let output = shatterbelt(&["compare", "cases/toyland", "justice-stand"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("did you mean \"justice-stands\"?"), "{text}");
}

#[test]
fn reading_twice_changes_nothing_and_search_finds_the_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("evidence.sqlite");
    let store = store.to_str().unwrap();
    let read = ["read", "--case", "cases/toyland", "--store", store];
    let first = printed(&read);
    assert!(first.contains("kept as a new document"), "{first}");
    insta::assert_snapshot!(first.replace(store, "STORE"));
    let second = printed(&read);
    assert!(second.contains("already in the store, unchanged"), "{second}");
    let totals = |text: &str| text.lines().last().unwrap().to_owned();
    assert_eq!(totals(&first), totals(&second));
    let hits = printed(&["search", "--case", "cases/toyland", "--store", store, "paymasters"]);
    assert!(hits.contains("observer:"), "{hits}");
    let all = printed(&["read", "--case", "cases/toyland", "--store", store, "--json"]);
    let records: serde_json::Value = serde_json::from_str(&all).unwrap();
    assert_eq!(records.as_array().unwrap().len(), 2);
}

/// What the command prints when these lines are typed.
fn typed(arguments: &[&str], lines: &str) -> String {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(arguments)
        .current_dir(root())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn a_game_puts_choices_and_tells_what_came_of_them() {
    let lines = "what\n1\n1 otto rask\nback\n1 otto\n\nback\n1 otto\n\nend\n";
    insta::assert_snapshot!(typed(&["play", "cases/toyland", "--as", "blues"], lines));
    insta::assert_snapshot!(typed(&["play", "cases/toyland", "--as", "northmark"], ""));
}

#[test]
fn a_game_is_kept_and_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.json");
    let game = file.to_str().unwrap();
    let arguments = ["play", "cases/toyland", "--as", "blues", "--game", game];
    let first = typed(&arguments, "1 otto\n\n\n");
    let again = typed(&arguments, "");
    assert!(again.contains("Taken up again: 1 decided so far."), "{again}");
    let account = |text: &str| text.split_once("What came of it").map(|(_, rest)| rest.to_owned());
    assert_eq!(account(&first), account(&again));
    assert!(account(&first).is_some());
    let other = shatterbelt(&["play", "cases/toyland", "--as", "reds", "--game", game]);
    assert_eq!(other.status.code(), Some(2));
    assert!(error(&other).contains("this game is --as blues"), "{}", error(&other));
    let other = shatterbelt(&[&arguments[..], &["--run", "3"]].concat());
    assert!(error(&other).contains("--run 0"), "{}", error(&other));
    // A game keeps its scenarios, and an empty file is a new game.
    let under = folder.path().join("under.json");
    std::fs::write(&under, "").unwrap();
    let arguments = ["play", "cases/toyland", "--as", "blues", "--game", under.to_str().unwrap()];
    let first = typed(&[&arguments[..], &["--scenario", "justice-stands"]].concat(), "1 1\n\n\n");
    assert_eq!(account(&typed(&arguments, "")), account(&first));
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{\"actor\": 3}").unwrap();
    let told = shatterbelt(&[&arguments[..5], &[broken.to_str().unwrap()]].concat());
    assert!(error(&told).contains("this is no game that can be taken up"), "{}", error(&told));
    let unknown = shatterbelt(&["play", "cases/toyland", "--as", "blus"]);
    assert!(error(&unknown).contains("did you mean \"blues\"?"), "{}", error(&unknown));
}
