//! The tutorial is true: every command of `docs/first-hour.md` is run, in order, in a copy of the cases, and what the
//! page shows must be what comes out. A line of `…` stands for lines left out.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use crate::running::{copy, root};

/// A command of the page and the lines it shows.
struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// The commands of blocks fenced as `console`.
fn commands(page: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            let (line, command) = (number + 1, command.to_owned());
            all.push(Shown { line, command, output: Vec::new() });
        } else if inside {
            all.last_mut().expect("output follows a command").output.push(line.to_owned());
        }
    }
    all
}

/// The first shown line that the output lacks, if any; `…` may stand for any number of lines.
fn missing<'s>(shown: &'s [String], output: &str) -> Option<&'s str> {
    let mut rest = output.lines().map(str::trim_end).peekable();
    let mut skip = true;
    for line in shown {
        if line.trim() == "…" {
            skip = true;
            continue;
        }
        let found = match skip {
            true => rest.any(|l| l == line),
            false => rest.next() == Some(line),
        };
        if !found {
            return Some(line);
        }
        skip = false;
    }
    None
}

#[test]
fn every_command_of_the_first_hour_gives_what_the_page_shows() {
    let page = std::fs::read_to_string(root().join("docs/first-hour.md")).unwrap();
    let shown = commands(&page);
    assert!(shown.len() > 10, "{} commands", shown.len());
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("cases/toyland"), &dir.path().join("cases/toyland"));
    let program = Path::new(env!("CARGO_BIN_EXE_shatterbelt")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    for step in shown {
        let done = Command::new("bash")
            .args(["-c", &step.command])
            .current_dir(dir.path())
            .env("PATH", &path)
            .env_remove("RUST_BACKTRACE")
            .output()
            .unwrap();
        let output = format!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        let place = format!("docs/first-hour.md:{}: $ {}", step.line, step.command);
        if let Some(line) = missing(&step.output, &output) {
            panic!("{place}\ndoes not print: {line}\nbut:\n{output}");
        }
        let refused = step.output.iter().any(|l| l.starts_with("error"));
        assert_eq!(done.status.success(), !refused, "{place}\n{output}");
    }
}
