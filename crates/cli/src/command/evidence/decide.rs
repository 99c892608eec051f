//! `evidence accept`, `refuse`, `undo`.

use std::path::PathBuf;

use case::proposal::{Taken, Written};
use clap::Args;

use super::super::{print, print_json};
use super::{Deciding, Kept, NewSource, about, not_written, today};
use crate::failure::Failure;

/// Write proposals into the case's files
///
///     shatterbelt evidence accept event-1a2b3c4d --case toyland
///     shatterbelt evidence accept alias-0a0b0c0d event-1a2b3c4d --case toyland --by MS
///     shatterbelt evidence accept event-1a2b3c4d --case toyland --publisher "Harbour Courier" --rating B2
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Accept {
    /// The proposals; all are written or none
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    kept: Kept,
    #[command(flatten)]
    deciding: Deciding,
    /// Why
    #[arg(long)]
    why: Option<String>,
    #[command(flatten)]
    source: NewSource,
    /// Kind of a new actor, such as faction or list
    #[arg(long)]
    kind: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Accept {
    /// Accepts.
    pub fn go(&self) -> Result<(), Failure> {
        let store = self.kept.open()?;
        let mut about = about(&self.deciding, self.why.as_ref(), Some(&self.source));
        about.kind.clone_from(&self.kind);
        let done = case::proposal::accept(&self.kept.case, &store, &self.ids, &about, today());
        let done = done.map_err(not_written)?;
        say(&done, "accepted", self.json)
    }
}

/// Record that proposals are not wanted
///
///     shatterbelt evidence refuse actor-1a2b3c4d --case toyland --why "a ship, not an actor"
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Refuse {
    /// The proposals
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    kept: Kept,
    #[command(flatten)]
    deciding: Deciding,
    /// Why they are not wanted
    #[arg(long)]
    why: String,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Refuse {
    /// Refuses.
    pub fn go(&self) -> Result<(), Failure> {
        let store = self.kept.open()?;
        let about = about(&self.deciding, Some(&self.why), None);
        let done = case::proposal::refuse(&self.kept.case, &store, &self.ids, &about, today());
        let done = done.map_err(not_written)?;
        say(&done, "refused", self.json)
    }
}

/// Take back the last accept or refuse: the files are as they were, byte for byte
///
///     shatterbelt evidence undo toyland
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Undo {
    /// The case folder
    case: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Undo {
    /// Takes back.
    pub fn go(&self) -> Result<(), Failure> {
        let done = case::proposal::undo(&self.case).map_err(not_written)?;
        say(&done, "taken back", self.json)
    }
}

fn say(done: &[Written], what: &str, json: bool) -> Result<(), Failure> {
    if json {
        return print_json(&done);
    }
    print(done.iter().map(|written| {
        let decision = &written.decision;
        let was = match (what, decision.taken) {
            ("taken back", Taken::Accepted) => " (was accepted)",
            ("taken back", Taken::Refused) => " (was refused)",
            _ => "",
        };
        let files = match written.files.is_empty() {
            true => String::new(),
            false => format!("; changed {}", written.files.join(", ")),
        };
        format!("{} {what}{was}: {}{files}", decision.id, decision.target)
    }))
}
