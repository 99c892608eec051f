//! `demo`: the invented case that comes inside the program, put into a folder of the user's.

use std::path::PathBuf;

use clap::Args;
use include_dir::{Dir, include_dir};

use super::new::whole_folder;
use super::print;
use crate::failure::Failure;

/// Put the invented case that comes inside the program into a folder
///
///     shatterbelt demo
///     shatterbelt demo somewhere/else
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Demo {
    /// The folder to make; it must not exist
    #[arg(default_value = "toyland")]
    folder: PathBuf,
}

/// The case, as it is shipped.
static TOYLAND: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/toyland");

impl Demo {
    /// Writes it and says what to type next.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.folder.display();
        if self.folder.exists() {
            let fault = format!("{folder} exists already; name a new folder");
            return Err(Failure::input(fault));
        }
        whole_folder(&self.folder, |part| TOYLAND.extract(part))?;
        let shown = study::shell::path(&self.folder);
        print([
            format!("{folder}: an invented republic at which two neighbours pull. Next:"),
            format!("  shatterbelt check {shown}        is the case sound?"),
            format!("  shatterbelt measure {shown}      who holds sway, and through whom?"),
            format!("  shatterbelt run {shown}          what may come of it?"),
            format!("  shatterbelt report {shown}       the brief, as a page"),
            format!("  shatterbelt serve {shown} --open the same in a browser"),
        ])
    }
}
