//! Opening a case: the folder, the date, the scenarios laid over it.

use std::path::PathBuf;

use case::{Case, Diagnostic, Folder, Severity};
use clap::Args;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::screen;

/// Which case, as of when, under which scenario.
#[derive(Args, Clone, Debug)]
pub struct Opening {
    /// The case folder
    pub case: PathBuf,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// Change one value, such as entry.reds.participates=true
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

impl Opening {
    /// The folder with scenarios and changes laid over it.
    pub fn folder(&self, scenarios: &[String]) -> Result<Folder, Failure> {
        let mut folder = Folder::read(&self.case)?;
        for scenario in scenarios {
            folder = folder.with_scenario(scenario)?;
        }
        for assignment in &self.set {
            if !assignment.contains('=') {
                return Err(Failure::Usage(format!(
                    "--set {assignment}: write PATH=VALUE, such as --set entry.reds.participates=true"
                )));
            }
            folder = folder.with_set(assignment);
        }
        Ok(folder)
    }

    /// The case, or its faults on standard error.
    pub fn case(&self, folder: &Folder) -> Result<Case, Failure> {
        let built = folder.build(self.as_of);
        match built.case {
            Some(case) => Ok(case),
            None => Err(refuse(folder, &built.findings)),
        }
    }
}

/// Prints findings and says that the case cannot be used.
pub fn refuse(folder: &Folder, findings: &[Diagnostic]) -> Failure {
    let errors: Vec<&Diagnostic> =
        findings.iter().filter(|f| f.severity == Severity::Error).collect();
    for finding in &errors {
        eprintln!("{}\n", finding.render(&folder.map, screen::colour_on_stderr()));
    }
    let count = errors.len();
    let faults = if count == 1 { "1 fault".to_owned() } else { format!("{count} faults") };
    Failure::Input(format!("{} cannot be used: {faults}", folder.root.display()))
}
