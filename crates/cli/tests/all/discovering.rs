//! Playthroughs of scenario discovery, indicators and updating on the tutorial case, and what they refuse.
#![allow(clippy::unwrap_used)]

use crate::running::{printed, shatterbelt};

fn refused(arguments: &[&str], code: i32) -> String {
    let output = shatterbelt(arguments);
    assert_eq!(output.status.code(), Some(code));
    String::from_utf8(output.stderr).unwrap()
}

const SLOW: &str = "government.days > 80";

#[test]
fn discover_gives_rules_that_hold_on_other_runs() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("box.svg");
    let text = printed(&[
        "discover",
        "cases/toyland",
        "--of",
        "government.days > 60",
        "--runs",
        "4000",
        "--path",
        "--out",
        out.to_str().unwrap(),
    ]);
    insta::assert_snapshot!(text);
    assert!(std::fs::read_to_string(out).unwrap().contains("<svg"));
}

#[test]
fn indicators_are_dated_and_come_with_ratios() {
    insta::assert_snapshot!(printed(&[
        "indicators",
        "cases/toyland",
        "--of",
        SLOW,
        "--runs",
        "3000"
    ]));
}

#[test]
fn a_matrix_says_what_hangs_on_one_item() {
    insta::assert_snapshot!(printed(&[
        "indicators",
        "cases/toyland",
        "--ach",
        "--of",
        "head",
        "--runs",
        "3000",
        "--seen",
        "failures >= 1 @ 2031-05-24",
        "--seen",
        "not (stage.president <= 60) @ 2031-05-24",
    ]));
}

#[test]
fn update_says_what_moved_what_and_that_it_was_seen_later() {
    insta::assert_snapshot!(printed(&[
        "update",
        "cases/toyland",
        "--runs",
        "3000",
        "--seen",
        "turnout ~ 0.6 +- 0.03",
        "--seen",
        "failures >= 1 @ 2031-05-24",
        "--of",
        SLOW,
        "--of",
        "head",
        "--of",
        "government.days",
    ]));
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_fix() {
    let toyland = "cases/toyland";
    let text = refused(&["discover", toyland, "--of", "government.days"], 2);
    assert!(text.contains("no yes or no"), "{text}");
    let text = refused(&["update", toyland], 2);
    assert!(text.contains("--seen"), "{text}");
    let seen = "failures >= 40 @ 2031-05-24";
    let text = refused(&["update", toyland, "--runs", "200", "--seen", seen], 4);
    assert!(text.contains("no run of 200") && text.contains("--runs"), "{text}");
    let text = refused(&["indicators", toyland, "--of", SLOW, "--by", "2040-01-01"], 2);
    assert!(text.contains("outside the window"), "{text}");
}
