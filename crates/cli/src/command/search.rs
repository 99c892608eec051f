//! `search`: sentences of the evidence.

use std::path::PathBuf;

use clap::Args;

use super::evidence::existing;
use super::{print, print_json};
use crate::failure::Failure;

/// Search the sentences of the evidence
#[derive(Args)]
pub struct Search {
    /// Words to look for
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// The case whose evidence is searched
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// How many sentences to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Search {
    /// Searches.
    pub fn go(&self) -> Result<(), Failure> {
        let store = existing(&self.case, self.store.as_deref())?;
        let hits = store.search(&self.words.join(" "), self.limit)?;
        if self.json {
            return print_json(&hits);
        }
        let lines = hits.iter().map(|hit| {
            let quote = hit.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}:{}..{}  {quote}", hit.source_key, hit.start, hit.end)
        });
        let lines: Vec<String> = lines.collect();
        match lines.is_empty() {
            true => print(["No sentence has these words.".to_owned()]),
            false => print(lines),
        }
    }
}
