//! `completions`: what a shell may complete.

use clap::{Args, Command};
use clap_complete::Shell;

use super::print;
use crate::failure::Failure;

/// Print the completions for a shell
///
///     source <(shatterbelt completions bash)
///     shatterbelt completions bash > ~/.local/share/bash-completion/completions/shatterbelt
///     shatterbelt completions zsh > ~/.zfunc/_shatterbelt
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints.
    pub fn go(&self, command: &mut Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "shatterbelt", &mut script);
        let script = String::from_utf8(script).map_err(Failure::internal)?;
        print([script.trim_end().to_owned()])
    }
}
