//! Opening a case: the folder, the date, the scenarios laid over it.

use std::path::PathBuf;

use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use study::opening::built;

use crate::failure::Failure;

// Which case, as of when, under which scenario. A doc comment here would stand in for the help of
// every verb that takes it in; so for all that are taken in like this.
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
                return Err(Failure::usage(format!(
                    "--set {assignment}: write PATH=VALUE, such as --set entry.reds.participates=true"
                )));
            }
            folder = folder.with_set(assignment);
        }
        Ok(folder)
    }

    /// The case, or its faults.
    pub fn case(&self, folder: &Folder) -> Result<Case, Failure> {
        Ok(built(folder, self.as_of)?)
    }
}
