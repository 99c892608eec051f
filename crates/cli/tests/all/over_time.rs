//! Playthroughs of sway over time and of comparisons, on the tutorial case.
#![allow(clippy::unwrap_used)]

use crate::running::{error, out, printed, shatterbelt};

/// The tutorial case with two estimates that changed in its past.
const SECURITY: &str = "tie.northmark>guard:security.bandwidth=[\
    { value = 0.5, low = 0.3, high = 0.7, judged = \"in the first years\" }, \
    { from = 2029-06-01, value = 0.8, low = 0.6, high = 0.95, source = \"courier\" }]";
const LIST: &str = "tie.guard>reds:political.dependence=[\
    { value = 0.8, low = 0.6, high = 0.95, judged = \"the list was the Guard's own\" }, \
    { from = 2030-02-01, value = 0.7, low = 0.5, high = 0.9, source = \"observer\" }]";
const MOVING: &str = "case.processes=[\"shock\", \"escalation\", \"patronage\", \"dependence\", \
                      \"opinion\", \"election\", \"formation\"]";

fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = shatterbelt(arguments);
    (output.status.code(), out(&output), error(&output))
}

const DATED: [&str; 6] = ["measure", "cases/toyland", "--set", SECURITY, "--set", LIST];

fn measured(more: &[&str]) -> String {
    let mut arguments = DATED.to_vec();
    arguments.extend(["--draws", "400"]);
    arguments.extend(more);
    printed(&arguments)
}

#[test]
fn sway_over_time_looks_back_with_what_is_known_now() {
    insta::assert_snapshot!(measured(&["--from", "2028-01-01", "--every", "quarter"]));
}

#[test]
fn sway_over_time_follows_what_was_known_then() {
    let one =
        ["--from", "2028-01-01", "--every", "quarter", "--known", "then", "--actor", "northmark"];
    insta::assert_snapshot!(measured(&one));
}

#[test]
fn a_change_is_laid_to_estimates_events_and_documents() {
    let change = ["--change", "2029-01-01", "2030-06-01", "--actor", "northmark"];
    insta::assert_snapshot!(measured(&change));
}

#[test]
fn a_change_is_told_as_json_that_adds_up() {
    let change = ["--change", "2029-01-01", "2030-06-01", "--actor", "northmark", "--json"];
    let course: serde_json::Value = serde_json::from_str(&measured(&change)).unwrap();
    let change = &course["actors"][0]["change"];
    let whole = change["change"]["mean"].as_f64().unwrap();
    for group in ["kinds", "ties", "channels", "documents", "events"] {
        let rows = change["groups"][group].as_array().unwrap();
        let sum: f64 = rows.iter().map(|r| r["share"].as_f64().unwrap()).sum();
        assert!((sum - whole).abs() < 1e-12, "{group}");
    }
}

#[test]
fn the_curve_is_drawn_and_its_numbers_are_written() {
    let dir = tempfile::tempdir().unwrap();
    for (name, begins) in [("sway.svg", "<svg"), ("sway.csv", "")] {
        let out = dir.path().join(name);
        measured(&["--from", "2028-01-01", "--every", "quarter", "--out", out.to_str().unwrap()]);
        let text = std::fs::read_to_string(out).unwrap();
        assert!(text.starts_with(begins) && text.contains("2028"), "{text}");
    }
}

#[test]
fn dates_that_cannot_be_are_refused_with_what_to_give() {
    for (more, fault) in [
        (["--from", "2032-01-01"].as_slice(), "is not before"),
        (&["--from", "2030-01-01", "--to", "2031-06-01"], "lies after the as-of date"),
        (&["--change", "2030-01-01", "2030-06-01", "--actor", "nortmark"], "did you mean"),
        (&["--change", "2030-01-01", "2030-06-01", "--body", "nobody"], "it has: government"),
        (&["--change", "2026-01-01", "2026-06-01"], "no date has an estimate"),
    ] {
        let (code, _, err) = said(&[&DATED[..2], more].concat());
        assert!(matches!(code, Some(2 | 3)) && err.contains(fault), "{code:?} {err}");
    }
}

#[test]
fn every_scenario_stands_in_one_table() {
    insta::assert_snapshot!(printed(&["compare", "cases/toyland", "--all", "--runs", "400"]));
    let of = ["compare", "cases/toyland", "--all", "--runs", "400", "--of", "seats.justice"];
    insta::assert_snapshot!(printed(&of));
}

#[test]
fn a_scenario_is_compared_with_another_and_one_date_with_another() {
    let two = ["compare", "cases/toyland", "justice-stands", "--base", "justice-stands"];
    let text = printed(&[&two[..], &["--runs", "200"]].concat());
    assert!(text.contains("Nothing differs, in any run."), "{text}");
    let dates = ["compare", "cases/toyland", "--dates", "2031-02-21", "2031-03-01"];
    insta::assert_snapshot!(printed(&[&dates[..], &["--runs", "400"]].concat()));
}

#[test]
fn what_carried_an_effect_is_told_process_by_process() {
    let carried = ["compare", "cases/toyland", "justice-stands", "--carried", "--runs", "200"];
    insta::assert_snapshot!(printed(&[&carried[..], &["--of", "seats.justice"]].concat()));
    // What moves is switched on in both by a scenario file.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("moving.toml");
    let (path, value) = MOVING.split_once('=').unwrap();
    std::fs::write(&file, format!("[[set]]\npath = \"{path}\"\nvalue = {value}\n")).unwrap();
    let base = file.to_str().unwrap();
    let set = ["--base", base, "--set", MOVING, "--carried", "--runs", "60"];
    let text = printed(&[&["compare", "cases/toyland", "justice-stands"][..], &set].concat());
    assert!(
        text.contains("all together") && text.contains("election cannot be left out"),
        "{text}"
    );
    assert!(text.contains("sway.northmark"), "{text}");
}
