//! `explain`: one run as a story, or one entry of it walked back.

use clap::Args;
use simulate::Model;

use super::run::ensemble;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::{Opening, refuse};

/// Tell one run as a story and walk it back to inputs, sources and chance
#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    opening: Opening,
    /// Explain a run under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The run's number (default: the one that best stands for the first 2,000)
    #[arg(long)]
    run: Option<u32>,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Walk this entry back to what it hangs on
    #[arg(long, value_name = "NUMBER")]
    entry: Option<usize>,
    /// How many entries deep
    #[arg(long, default_value_t = 2)]
    depth: usize,
    /// How many inputs and draws of an entry to list
    #[arg(long, default_value_t = 8)]
    most: usize,
    /// Print the run with its journal as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    /// Explains.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = Model::new(&case).map_err(|findings| refuse(&folder, &findings))?;
        let run = match self.run {
            Some(run) => run,
            None => {
                let runs = ensemble(&model, self.seed, 2000, "futures")?;
                assess::explain::typical(&runs).unwrap_or(0)
            }
        };
        let told = model.tell(self.seed, run)?;
        if self.json {
            return print_json(&told);
        }
        if let Some(entry) = self.entry {
            let lines = assess::explain::walk(&model, &told, entry, self.depth, self.most);
            let last = told.journal.len().saturating_sub(1);
            return print(lines.ok_or_else(|| {
                Failure::Usage(format!("--entry {entry}: the run's entries are 0 to {last}"))
            })?);
        }
        let mut lines = vec![
            format!("{} as of {}: run {run} of seed {}", case.head.title, case.as_of, self.seed),
            String::new(),
        ];
        lines.extend(assess::explain::story(&told));
        if let Some(last) = told.journal.len().checked_sub(1) {
            lines.push(String::new());
            lines.push(format!("Why entry {last}? Add --run {run} --entry {last}"));
        }
        print(lines)
    }
}
