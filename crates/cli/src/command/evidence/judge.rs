//! `evidence judge`: who is whom.

use std::path::PathBuf;

use case::{Decided, Folder};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;
use study::opening::Refused;

use super::super::{print, print_json};
use super::{Deciding, about, not_written, today};
use crate::failure::Failure;

/// Judge whether a name is an actor
///
///     shatterbelt evidence judge same "Hill Brotherhood" guard --case toyland --by MS --why "its own leaflet says so"
///     shatterbelt evidence judge not-same "Harbour Watch" harbour --case toyland --by MS --why "a newspaper"
///     shatterbelt evidence judge undo "Harbour Watch" harbour --case toyland
///     shatterbelt evidence judge list --case toyland
#[derive(Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true)]
pub struct Judge {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// The name is the actor's: it counts as an alias
    Same(Pair),
    /// It is not: it is never read as the actor
    NotSame(Pair),
    /// It may be: a mention by that name stays a candidate
    Unsure(Pair),
    /// Take away the last judgement on a name and an actor
    Undo(TakeBack),
    /// List what was judged and which names are still shared
    List(List),
}

#[derive(Args)]
struct Pair {
    /// The name as written, or the id of another actor for all its names
    name: String,
    /// The actor's id
    actor: String,
    /// The case folder
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    #[command(flatten)]
    deciding: Deciding,
    /// Why
    #[arg(long)]
    why: String,
    /// Key of the source whose words led to it
    #[arg(long, requires = "quote")]
    source: Option<String>,
    /// The words
    #[arg(long, requires = "source")]
    quote: Option<String>,
}

#[derive(Args)]
struct TakeBack {
    /// The name as written
    name: String,
    /// The actor's id
    actor: String,
    /// The case folder
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
}

#[derive(Args)]
struct List {
    /// The case folder
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed {
    judgements: Vec<Row>,
    shared: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct Row {
    decided: Decided,
    name: String,
    actor: String,
    by: String,
    on: Date,
    why: String,
    source: Option<String>,
    quote: Option<String>,
}

impl Judge {
    /// Judges.
    pub fn go(&self) -> Result<(), Failure> {
        let (decided, pair) = match &self.verb {
            Verb::Same(pair) => (Decided::Same, pair),
            Verb::NotSame(pair) => (Decided::NotSame, pair),
            Verb::Unsure(pair) => (Decided::Unsure, pair),
            Verb::Undo(pair) => {
                let taken = case::proposal::take_back(&pair.case, &pair.name, &pair.actor);
                let taken = taken.map_err(not_written)?;
                print(["taken away:".to_owned(), taken.trim_end().to_owned()])?;
                return again(&pair.case);
            }
            Verb::List(list) => return list.go(),
        };
        let about = about(&pair.deciding, Some(&pair.why), None);
        let cited = pair.source.as_deref().zip(pair.quote.as_deref());
        let both = (pair.name.as_str(), pair.actor.as_str());
        let done = case::proposal::judge(&pair.case, decided, both, cited, &about, today());
        print([done.map_err(not_written)?.trim_end().to_owned()])?;
        again(&pair.case)
    }
}

fn again(case: &std::path::Path) -> Result<(), Failure> {
    let case = case.display();
    print([format!("Read again to let it count: shatterbelt read --case {case}")])
}

impl List {
    fn go(&self) -> Result<(), Failure> {
        let folder = Folder::read(&self.case)?;
        let built = folder.build(Some(Date::MAX));
        let Some(case) = built.case else {
            return Err(Refused::of(&folder, built.findings).into());
        };
        let row = |j: &case::Judgement| Row {
            decided: j.decided,
            name: j.name.get_ref().clone(),
            actor: j.actor.get_ref().clone(),
            by: j.by.clone(),
            on: j.on,
            why: j.why.clone(),
            source: j.source.clone(),
            quote: j.quote.clone(),
        };
        let judgements: Vec<Row> = case.judgements.iter().map(row).collect();
        let shared = case::judgement::shared_names(&case);
        if self.json {
            return print_json(&Listed { judgements, shared });
        }
        let told = judgements.iter().map(|j| {
            format!(
                "{} {} \"{}\": {} ({}, {})",
                j.actor,
                j.decided.word(),
                j.name,
                j.why,
                j.by,
                j.on
            )
        });
        print(told)?;
        print(shared.iter().map(|(name, actors)| {
            format!("\"{name}\" is borne by {}: read as none of them", actors.join(", "))
        }))?;
        print(built.findings.iter().filter(|f| f.rule == "conflict").map(|f| f.line(&folder.map)))
    }
}
