//! `manual`: the manual pages of all verbs.

use std::path::PathBuf;

use clap::{Args, Command};

use super::print;
use super::report::write_whole;
use crate::failure::{Failure, at};

/// Write the manual pages of all verbs into a folder
///
///     shatterbelt manual ~/.local/share/man/man1
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Manual {
    /// The folder, made if it is not there
    folder: PathBuf,
}

impl Manual {
    /// Writes.
    pub fn go(&self, command: Command) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder).map_err(at(&self.folder))?;
        let mut pages = Vec::new();
        collect(command, None, &mut pages);
        let mut lines = Vec::new();
        for (name, command) in pages {
            let path = self.folder.join(format!("{name}.1"));
            let mut page = Vec::new();
            clap_mangen::Man::new(command)
                .title(name.to_uppercase())
                .render(&mut page)
                .map_err(Failure::internal)?;
            write_whole(&path, &page)?;
            lines.push(path.display().to_string());
        }
        print(lines)
    }
}

/// A command's page and those of the verbs below it, `shatterbelt-evidence-review` and the like.
fn collect(command: Command, above: Option<&str>, pages: &mut Vec<(String, Command)>) {
    let name = match above {
        Some(above) => format!("{above}-{}", command.get_name()),
        None => command.get_name().to_owned(),
    };
    for below in command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        collect(below.clone(), Some(&name), pages);
    }
    let spoken = name.replace('-', " ");
    pages.push((name.clone(), command.name(name).bin_name(spoken)));
}
