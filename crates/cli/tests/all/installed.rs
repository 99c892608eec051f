//! The program where only it was installed: in an empty folder, far from its sources.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use crate::running::{error, out, printed, printed_in, root, shatterbelt_in};

/// The first command that the help of a verb shows, if it shows any.
fn first_example(help: &str) -> Option<String> {
    let mut shown = help.lines().filter_map(|line| line.strip_prefix("    "));
    let first =
        shown.find(|line| line.starts_with("shatterbelt ") || line.starts_with("source <("));
    first.map(str::to_owned)
}

fn bash(folder: &Path, command: &str) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_shatterbelt")).parent().unwrap();
    Command::new("bash")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()))
        .env("HOME", folder)
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap()
}

/// The verbs that the command names.
fn verbs() -> Vec<String> {
    let help = printed(&["--help"]);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let named = list.take_while(|line| !line.is_empty());
    let word = |line: &str| line.split_whitespace().next().unwrap().to_owned();
    named.filter(|l| l.starts_with("  ") && !l.starts_with("   ")).map(word).collect()
}

#[test]
fn the_first_example_of_every_help_works_in_any_folder() {
    let mut shown = 0;
    for verb in verbs().iter().filter(|verb| *verb != "help") {
        let Some(mut example) = first_example(&printed(&[verb, "--help"])) else { continue };
        shown += 1;
        if verb == "serve" || example.contains(" CASE") {
            // One would go on until somebody ends it; others learn from a past, which toyland does
            // not have.
            continue;
        }
        if ["report", "score"].contains(&verb.as_str()) {
            example.push_str(" --runs 100");
        }
        let dir = tempfile::tempdir().unwrap();
        if verb != "demo" {
            for folder in ["toyland", "mine"] {
                printed_in(dir.path(), &["demo", folder]);
            }
        }
        let done = bash(dir.path(), &example);
        assert!(done.status.success(), "{verb}: {example}\n{}{}", out(&done), error(&done));
    }
    assert!(shown >= 12, "{shown} verbs show an example");
}

#[test]
fn what_the_help_shows_first_works_from_line_to_line() {
    let dir = tempfile::tempdir().unwrap();
    let help = printed(&["--help"]);
    let examples: Vec<&str> =
        help.lines().filter_map(|line| line.strip_prefix("    ")).take(5).collect();
    assert_eq!(examples[0].trim(), "shatterbelt demo");
    for example in examples {
        let done = bash(dir.path(), example);
        assert!(done.status.success(), "{example}\n{}{}", out(&done), error(&done));
    }
}

#[test]
fn the_demo_is_the_shipped_case_and_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let said = printed_in(dir.path(), &["demo", "a/b"]);
    assert!(said.contains("shatterbelt check a/b "), "{said}");
    let differ = Command::new("diff")
        .args(["-r", "--exclude=.shatterbelt", "--exclude=forecasts"])
        .args([root().join("cases/toyland"), dir.path().join("a/b")])
        .output()
        .unwrap();
    assert!(differ.status.success(), "{}", out(&differ));
    let again = shatterbelt_in(dir.path(), &["demo", "a/b"]);
    assert_eq!(again.status.code(), Some(3));
    assert!(error(&again).contains("a/b exists already; name a new folder"), "{}", error(&again));
}
