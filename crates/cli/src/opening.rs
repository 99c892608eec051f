//! Opening a case: the folder, the date, the scenarios laid over it.

use std::path::PathBuf;

use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use study::opening::built;

use crate::failure::Failure;
use crate::screen;

// Which case, as of when, under which scenario. A doc comment here would stand in for the help of
// every verb that takes it in; so for all that are taken in like this.
#[derive(Args, Clone, Debug)]
pub struct Opening {
    /// The case folder
    pub case: PathBuf,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
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

    /// The case, or its faults. That its newest source is old is said before anything else.
    pub fn case(&self, folder: &Folder) -> Result<Case, Failure> {
        let case = built(folder, self.as_of)?;
        if let Some(newest) = case.quiet_since() {
            screen::say(format_args!(
                "note: no source of this case is newer than {newest}; what happened between then and {} is not in it",
                case.as_of
            ));
        }
        Ok(case)
    }
}
