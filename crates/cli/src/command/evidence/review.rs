//! `evidence review`: what the evidence proposes to the case.

use std::collections::BTreeSet;
use std::path::PathBuf;

use case::proposal::Place;
use case::{Folder, Proposal, ProposalKind};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use study::opening::Refused;

use super::super::{print, print_json};
use super::{existing, store_fault};
use crate::failure::Failure;
use crate::screen::number;

/// The kinds of proposals.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Kind {
    Quote,
    Estimate,
    Office,
    Event,
    Poll,
    Result,
    Source,
    Alias,
    Actor,
}

impl Kind {
    fn is(self, kind: ProposalKind) -> bool {
        self.to_possible_value().is_some_and(|v| v.get_name() == kind.word())
    }
}

/// Sentences shown of one proposal, and sources named of what is not shown.
const SHOWN: usize = 3;
const NAMED: usize = 5;

/// List what the evidence proposes to the case
///
///     shatterbelt evidence review toyland
///     shatterbelt evidence review toyland --kind event --actor guard
///     shatterbelt evidence review toyland --since 2031-03-01 --json
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Review {
    /// The case folder
    case: PathBuf,
    /// Only these kinds
    #[arg(long)]
    kind: Vec<Kind>,
    /// Only what is about this actor
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// Only what documents dated on this day or later say
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    since: Option<Date>,
    /// How many proposals to show
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Review {
    /// Reviews.
    pub fn go(&self) -> Result<(), Failure> {
        let store = existing(&self.case, self.store.as_deref())?;
        let folder = Folder::read(&self.case)?;
        let Some(case) = folder.build_for_review() else {
            let findings = folder.build(Some(Date::MAX)).findings;
            return Err(Refused::of(&folder, findings).into());
        };
        if let Some(actor) = &self.actor
            && case.actor(actor).is_none()
        {
            return Err(Failure::usage(format!("--actor {actor}: the case has no such actor")));
        }
        let mut all = case::proposal::propose(&case, &folder, &store).map_err(store_fault)?;
        all.retain(|p| {
            (self.kind.is_empty() || self.kind.iter().any(|k| k.is(p.kind)))
                && self.actor.as_ref().is_none_or(|a| p.actors.contains(a))
                && self.since.is_none_or(|day| {
                    let dated =
                        p.places.iter().filter_map(|p| p.dated.as_ref()?.parse::<Date>().ok());
                    dated.max().is_some_and(|d| d >= day)
                })
        });
        let count = all.len();
        all.truncate(self.limit);
        case::proposal::preview(&folder, &store, &mut all);
        if self.json {
            return print_json(&all);
        }
        if all.is_empty() {
            return print(["The evidence proposes nothing new.".to_owned()]);
        }
        let mut seen = BTreeSet::new();
        print(all.iter().flat_map(|p| lines(p, &mut seen)).collect::<Vec<_>>())?;
        if all.len() < count {
            print([format!("{} more; --limit {count} shows them\n", count - all.len())])?;
        }
        print([format!(
            "{}; shatterbelt evidence accept ID --case {} writes one into the case",
            number(count, "proposal"),
            study::shell::path(&self.case)
        )])
    }
}

fn lines(p: &Proposal, seen: &mut BTreeSet<Vec<String>>) -> Vec<String> {
    let mut out = vec![format!("{}  {}", p.id, p.title)];
    let sources = match p.independent {
        0 => String::new(),
        n => format!("{}; ", number(n, "independent source")),
    };
    out.push(format!("  {sources}rule {}: {}", p.rule, p.why));
    // copies of a sentence are named, and not printed again
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let (shown, rest): (Vec<&Place>, Vec<&Place>) =
        p.places.iter().partition(|place| told.len() < SHOWN && told.insert(&place.sentence));
    for place in shown {
        let by = [&place.publisher, &place.dated, &place.rating];
        let by: Vec<&str> = by.into_iter().flatten().map(String::as_str).collect();
        out.push(format!(
            "  {}:{}..{} ({}) {}",
            place.source,
            place.start,
            place.end,
            by.join(", "),
            place.sentence
        ));
    }
    if !rest.is_empty() {
        let first: Vec<&str> = rest.iter().take(NAMED).map(|place| place.source.as_str()).collect();
        let more = match rest.len() - first.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let places = number(rest.len(), "other place");
        out.push(format!("  {places}: {}{more}", first.join(", ")));
    }
    for block in blocks(&p.diff) {
        // A source that several proposals would add is shown once.
        let file = block.first().cloned().unwrap_or_default();
        if file.starts_with('!') || seen.insert(block.clone()) {
            out.extend(block.iter().map(|line| format!("    {line}")));
        } else {
            out.push(format!("    {file}, as above"));
        }
    }
    out.extend(p.open.iter().map(|open| format!("  open: {open}")));
    out.push(String::new());
    out
}

/// The lines of a difference, one block a file.
fn blocks(diff: &[String]) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for line in diff {
        match out.last_mut() {
            Some(block) if line.starts_with(['+', '-']) => block.push(line.clone()),
            _ => out.push(vec![line.clone()]),
        }
    }
    out
}
