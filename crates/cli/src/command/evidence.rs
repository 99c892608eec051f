//! `evidence`: what was read, what it proposes to the case, and what was decided.

mod browse;
mod contradictions;
mod decide;
mod judge;
mod review;

use std::path::{Path, PathBuf};

use case::documents::CORRECTIONS;
use case::proposal::{About, NotWritten};
use clap::{Args, Subcommand};
use evidence::{Rating, Store, StoreError};
use jiff::civil::Date;

use super::read::{open_store, store_path};
use crate::failure::Failure;

/// Review what the evidence proposes to the case, decide, and look at the evidence itself
///
///     shatterbelt read --case toyland
///     shatterbelt evidence review toyland
///     shatterbelt evidence accept event-1a2b3c4d --case toyland
///     shatterbelt evidence undo toyland
///     shatterbelt evidence contradictions toyland
///     shatterbelt evidence search harbour dues --case toyland
///     shatterbelt evidence show courier --html --out courier.html --case toyland
#[derive(Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true)]
pub struct Evidence {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Review(review::Review),
    Accept(decide::Accept),
    Refuse(decide::Refuse),
    Undo(decide::Undo),
    Judge(judge::Judge),
    Documents(browse::Documents),
    Contradictions(contradictions::Contradictions),
    Search(browse::Search),
    Show(browse::Show),
    Export(browse::Export),
    Import(browse::Import),
}

impl Evidence {
    /// Does what was asked.
    pub fn go(&self) -> Result<(), Failure> {
        match &self.verb {
            Verb::Review(verb) => verb.go(),
            Verb::Accept(verb) => verb.go(),
            Verb::Refuse(verb) => verb.go(),
            Verb::Undo(verb) => verb.go(),
            Verb::Judge(verb) => verb.go(),
            Verb::Documents(verb) => verb.go(),
            Verb::Contradictions(verb) => verb.go(),
            Verb::Search(verb) => verb.go(),
            Verb::Show(verb) => verb.go(),
            Verb::Export(verb) => verb.go(),
            Verb::Import(verb) => verb.go(),
        }
    }
}

// Which evidence.
#[derive(Args)]
struct Kept {
    /// The case whose evidence it is
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl Kept {
    fn open(&self) -> Result<Store, Failure> {
        existing(&self.case, self.store.as_deref())
    }
}

/// Opens a store that must be there.
pub fn existing(case: &Path, given: Option<&Path>) -> Result<Store, Failure> {
    if !store_path(case, given)?.is_file() {
        let case = case.display();
        return Err(Failure::input(format!(
            "{case}: nothing has been read yet; run shatterbelt read --case {case}"
        )));
    }
    open_store(case, given)
}

/// Writes the store's corrections beside the case.
fn keep_corrections(store: &Store, case: &Path) -> Result<(), Failure> {
    let all = store.corrections().map_err(store_fault)?;
    let text = evidence::corrections_text(&all).map_err(store_fault)?;
    let before = case::beneath::Beneath::open(case)?.text(CORRECTIONS)?;
    if before.as_deref().unwrap_or("") == text {
        return Ok(());
    }
    let change =
        case::transaction::Change { file: CORRECTIONS.to_owned(), before, after: Some(text) };
    case::transaction::commit(case, &[change]).map_err(Failure::input)
}

/// More documents than this are not gone through for proposals after each reading.
const MANY: i64 = 100;

/// Says after a reading how much it proposes.
pub fn invite(
    folder: &case::Folder,
    built: &case::Case,
    store: &Store,
    root: &Path,
) -> Result<(), Failure> {
    let documents = store.counts().map_err(store_fault)?.documents;
    if documents > MANY {
        let root = root.display();
        return super::print([format!(
            "What it proposes to the case: shatterbelt evidence review {root}"
        )]);
    }
    let all = case::proposal::propose(built, folder, store).map_err(store_fault)?;
    if all.is_empty() {
        return Ok(());
    }
    super::print([format!(
        "{} to the case: shatterbelt evidence review {}",
        crate::screen::number(all.len(), "proposal"),
        study::shell::path(root)
    )])
}

// Who decides, when and why.
#[derive(Args)]
struct Deciding {
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    on: Option<Date>,
}

// What is known of a source that the case does not have yet.
#[derive(Args)]
struct NewSource {
    /// Title of a source the case does not have yet
    #[arg(long)]
    title: Option<String>,
    /// Its publisher
    #[arg(long)]
    publisher: Option<String>,
    /// The day it was published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    published: Option<Date>,
    /// Its Admiralty rating, such as B2 (default: F6, cannot be judged)
    #[arg(long)]
    rating: Option<Rating>,
}

fn about(deciding: &Deciding, why: Option<&String>, source: Option<&NewSource>) -> About {
    About {
        by: deciding.by.clone(),
        on: deciding.on,
        why: why.cloned(),
        title: source.and_then(|s| s.title.clone()),
        publisher: source.and_then(|s| s.publisher.clone()),
        published: source.and_then(|s| s.published),
        rating: source.and_then(|s| s.rating),
        kind: None,
    }
}

/// The day on which a decision is taken: the only use of the clock.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

pub(super) fn store_fault(error: StoreError) -> Failure {
    Failure::input(error)
}

fn not_written(error: NotWritten) -> Failure {
    Failure::input(error)
}
