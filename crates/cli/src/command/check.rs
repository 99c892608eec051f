//! `check`: every fault of a case at once.

use case::Severity;
use case::diagnostic::Record;
use clap::Args;
use serde::Serialize;
use simulate::Model;

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Report every fault of a case
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    opening: Opening,
    /// Check the case under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// One line a finding
    #[arg(long)]
    plain: bool,
    /// Print findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Checked {
    errors: usize,
    warnings: usize,
    findings: Vec<Record>,
}

impl Check {
    /// Checks.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let built = folder.build(self.opening.as_of);
        let mut findings = built.findings;
        if let Some(case) = &built.case
            && let Err(more) = Model::new(case)
        {
            findings.extend(more);
        }
        let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
        let warnings = findings.len() - errors;
        if self.json {
            let findings = findings.iter().map(|f| f.record(&folder.map)).collect();
            print_json(&Checked { errors, warnings, findings })?;
        } else {
            let colour = screen::colour_on_stdout();
            let lines = findings.iter().map(|f| match self.plain {
                true => f.line(&folder.map),
                false => format!("{}\n", f.render(&folder.map, colour)),
            });
            print(lines)?;
            if let Some(case) = &built.case {
                let judged = case.beliefs.iter().filter(|b| b.sources.is_empty()).count();
                print([format!(
                    "{} as of {}: {} actors, {} ties, {} estimates ({} from {} sources, {judged} judged), {} entries not yet known",
                    case.head.title,
                    case.as_of,
                    case.actors.len(),
                    case.ties.len(),
                    case.beliefs.len(),
                    case.beliefs.len() - judged,
                    case.sources.len(),
                    case.hidden.len(),
                )])?;
            }
            print([format!("{errors} errors, {warnings} warnings")])?;
        }
        if errors > 0 {
            return Err(Failure::Check(format!("{} has faults", folder.root.display())));
        }
        Ok(())
    }
}
