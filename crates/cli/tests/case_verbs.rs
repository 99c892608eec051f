//! The verbs that write and compare cases: new, fmt, diff, schema, check.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shatterbelt(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(arguments)
        .current_dir(root())
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_new_case_passes_check_runs_and_reports() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("ruritania");
    let path = case.to_str().unwrap();
    let made = shatterbelt(&[
        "new",
        path,
        "--districts",
        "North=7,South",
        "--seats",
        "20",
        "--lists",
        "Reds,Blues,Greens",
        "--patrons",
        "Northmark",
        "--as-of",
        "2031-03-01",
        "--election",
        "2031-06-15",
    ]);
    assert!(made.status.success(), "{}", error(&made));
    let checked = shatterbelt(&["check", path, "--json"]);
    assert!(checked.status.success(), "{}", out(&checked));
    let findings: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
    assert_eq!((&findings["errors"], &findings["warnings"]), (&0.into(), &0.into()), "{findings}");
    let run = shatterbelt(&["run", path, "--runs", "50"]);
    assert!(run.status.success(), "{}", error(&run));
    let brief = dir.path().join("brief.html");
    let report = shatterbelt(&["report", path, "--runs", "50", "--out", brief.to_str().unwrap()]);
    assert!(report.status.success(), "{}", error(&report));
    assert!(brief.is_file());
    let again = shatterbelt(&["new", path]);
    assert_eq!(again.status.code(), Some(3), "an existing folder is left alone");
    assert!(error(&again).contains("exists already"));
    let formatted = shatterbelt(&["fmt", "--check", path]);
    assert!(formatted.status.success(), "a new case is in form: {}", out(&formatted));
}

#[test]
fn a_new_case_that_cannot_be_is_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for (flags, reason) in [
        (&["--seats", "10", "--districts", "A=4,B=5"][..], "the districts have 9 together"),
        (&["--districts", "A=x"], "write NAME=SEATS"),
        (&["--lists", "Reds"], "two lists at least"),
        (&["--lists", "Reds,reds"], "the id \"reds\""),
        (&["--as-of", "2031-01-01", "--election", "2030-01-01"], "is not after"),
        (&["--as-of", "yesterday"], "invalid value"),
    ] {
        let case = dir.path().join("x");
        let mut arguments = vec!["new", case.to_str().unwrap()];
        arguments.extend(flags);
        let made = shatterbelt(&arguments);
        assert_eq!(made.status.code(), Some(2), "{flags:?}: {}", error(&made));
        assert!(error(&made).contains(reason), "{flags:?}: {}", error(&made));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
