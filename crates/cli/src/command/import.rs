//! `import`: a table that others publish, taken in as proposals to a case.

use std::collections::BTreeMap;
use std::path::PathBuf;

use case::proposal::Import as Kept;
use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use study::opening::built;
use tables::import::{FORMATS, Format, ImportError, named};

use super::print;
use super::read::open_store;
use crate::failure::{Failure, at};

/// Take in a table that others publish, as proposals to a case
///
/// The case is not changed: `shatterbelt evidence review CASE` shows what the rows propose, each with its source and its line,
/// and `evidence accept` writes one into the case. Columns, terms and examples: docs/importing.md.
#[derive(Args)]
pub struct Import {
    /// What the file is
    #[arg(long_help = formats())]
    format: String,
    /// The file
    file: PathBuf,
    /// The case folder
    #[arg(long)]
    case: PathBuf,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// When it was published: nothing counts before that day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    published: Date,
    /// The terms under which it may be handed on, such as "CC BY 4.0"
    #[arg(long, value_name = "TERMS")]
    licence: Option<String>,
    /// Its title (default: the name of the file)
    #[arg(long)]
    title: Option<String>,
    /// Where it can be found
    #[arg(long)]
    url: Option<String>,
    /// A TOML file that says whose name is whose: "Name in the table" = "id-of-the-actor"
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

/// What can be taken in, a line each.
fn formats() -> String {
    let line = |format: &Format| format!("  {:<6} {}", format.name, format.says);
    let lines: Vec<String> = FORMATS.iter().map(line).collect();
    format!("What the file is:\n{}", lines.join("\n"))
}

impl Import {
    /// Takes in.
    pub fn go(&self) -> Result<(), Failure> {
        let format = named(&self.format).map_err(Failure::usage)?;
        let folder = Folder::read(&self.case)?;
        let case = built(&folder, Some(Date::MAX))?;
        let import = self.read(format)?;
        // Whoever reviews asks for the store, even if no document was read.
        open_store(&self.case, None)?;
        import.keep(&self.case)?;
        print(self.lines(&import, &case))
    }

    fn read(&self, format: &Format) -> Result<Kept, Failure> {
        let bytes = std::fs::read(&self.file).map_err(at(&self.file))?;
        let text = String::from_utf8(bytes).map_err(|fault| {
            let until = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
            let line = 1 + until.iter().filter(|byte| **byte == b'\n').count();
            Failure::input(format!("{}:{line}: it is no UTF-8 text", self.file.display()))
        })?;
        let mut rows = format.rows(&text).map_err(|error| self.fault(error))?;
        let names = self.names()?;
        rows.iter_mut().for_each(|row| row.says.rename(&names));
        let file = self
            .file
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let hash = case::proposal::hash(text.as_bytes());
        let publisher = self.publisher.clone().or(format.publisher.map(str::to_owned));
        Ok(Kept {
            key: format!("{}-{}", format.name, &hash[..8]),
            title: self.title.clone().unwrap_or_else(|| file.clone()),
            publisher: publisher
                .ok_or_else(|| Failure::usage("say who published it: --publisher NAME"))?,
            published: self.published,
            licence: self.licence.clone().or(format.licence.map(str::to_owned)),
            url: self.url.clone(),
            file,
            hash,
            rows,
        })
    }

    /// A fault of the file: each of its own at its place.
    fn fault(&self, error: ImportError) -> Failure {
        match error {
            ImportError::Faults(faults) => {
                let file = self.file.display();
                let lines: Vec<String> =
                    faults.iter().map(|fault| format!("{file}:{fault}")).collect();
                Failure::input(lines.join("\n"))
            }
            other => at(&self.file)(other),
        }
    }

    /// What `--map` says.
    fn names(&self) -> Result<BTreeMap<String, String>, Failure> {
        let Some(path) = &self.map else { return Ok(BTreeMap::new()) };
        let text = std::fs::read_to_string(path).map_err(at(path))?;
        toml::from_str(&text).map_err(at(path))
    }

    fn lines(&self, import: &Kept, case: &Case) -> Vec<String> {
        let mut lines = vec![format!(
            "{}: {} rows taken in as {}, published by {} on {}; licence {}",
            self.file.display(),
            import.rows.len(),
            import.key,
            import.publisher,
            import.published,
            import.licence.as_deref().unwrap_or("not known: say it with --licence"),
        )];
        let strangers = import.strangers(case);
        if !strangers.is_empty() {
            let shown: Vec<&str> = strangers.iter().copied().take(10).collect();
            lines.push(format!(
                "no actor of the case, so that their rows propose nothing: {}{}; --map says whose they are",
                shown.join(", "),
                if strangers.len() > shown.len() { " …" } else { "" },
            ));
        }
        lines.push(format!(
            "What they propose: shatterbelt evidence review {}",
            study::shell::path(&self.case)
        ));
        lines
    }
}
