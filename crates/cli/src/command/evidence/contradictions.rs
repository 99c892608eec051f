//! `evidence contradictions`: what documents say of one matter that cannot all hold, side by side.

use std::path::PathBuf;

use case::Folder;
use clap::Args;
use evidence::{Comparison, Passed, Side};

use super::super::{print, print_json};
use super::{existing, store_fault};
use crate::failure::Failure;
use crate::screen::number;

/// List what the documents contradict each other in, side by side, with who says so
///
///     shatterbelt evidence contradictions toyland
///     shatterbelt evidence contradictions toyland --all
///
/// Near-copies of one text count as one source.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Contradictions {
    /// The case folder
    case: PathBuf,
    /// Show what documents agree on as well
    #[arg(long)]
    all: bool,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Contradictions {
    /// Lists.
    pub fn go(&self) -> Result<(), Failure> {
        let store = existing(&self.case, self.store.as_deref())?;
        // what another program reads has ids, a reader names; a case that cannot be read has none
        let case = if self.json { None } else { Folder::read(&self.case)?.build_for_review() };
        let name = |id: &str| match case.as_ref().and_then(|case| case.actor(id)) {
            Some(actor) => actor.name.clone(),
            None => id.to_owned(),
        };
        let mut found = store.comparisons(&name).map_err(store_fault)?;
        found.retain(|comparison| self.all || !comparison.agrees());
        if self.json {
            return print_json(&found);
        }
        let mut lines: Vec<String> = found.iter().flat_map(lines_of).collect();
        let documents = store.counts().map_err(store_fault)?.documents;
        let against = found.iter().filter(|c| !c.agrees()).count();
        lines.push(match against {
            0 => format!("No two of {documents} documents contradict each other in what was read."),
            n => format!("{} in {}", number(n, "contradiction"), number(documents, "document")),
        });
        print(lines)
    }
}

/// The matter, each side under it, and under each side where it is said.
fn lines_of(comparison: &Comparison) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", comparison.kind.word(), comparison.matter)];
    for side in &comparison.sides {
        lines.push(format!("  {} ({})", side.says, by(side)));
        lines.extend(side.passages.iter().map(|p| format!("    {}", said(p))));
    }
    lines.push(String::new());
    lines
}

fn by(side: &Side) -> String {
    match (side.independent, side.passages.len()) {
        (sources, places) if sources == places => number(sources, "source"),
        (1, places) => format!("1 source, {}", number(places, "place")),
        (sources, places) => {
            format!("{}, {}", number(sources, "independent source"), number(places, "place"))
        }
    }
}

fn said(passed: &Passed) -> String {
    let words: Vec<&str> = passed.context.split_whitespace().collect();
    format!("{}: {}", passed.source, words.join(" "))
}
