//! `export`: what a case believes and its documents tell, as tables and in the formats of other programs.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use case::question::questions;
use case::{Case, Channel};
use clap::Args;
use tables::export::{FORMATS, Material, Written, named, views};
use tables::{Form, Table, believed, package, sheet};

use super::print;
use super::read::{open_store, store_path};
use super::report::write_whole;
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Write a case as tables, or in the format of another program
///
///     shatterbelt export toyland --out tables --csv
///     shatterbelt export graphml toyland --channel security --out toyland.graphml
///     shatterbelt export bibtex toyland
///
/// Events and claims of documents are there once `read` has read them. Columns of tables: docs/tables.md;
/// fields of other formats: docs/exporting.md.
#[derive(Args)]
#[command(verbatim_doc_comment, allow_missing_positional = true)]
pub struct Export {
    /// What to write (default: tables)
    #[arg(default_value = TABLES, hide_default_value = true, long_help = formats())]
    format: String,
    #[command(flatten)]
    opening: Opening,
    /// Export under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// Only ties of these channels: political, security, economic, social, information, diplomatic
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',', value_parser = channel)]
    channel: Vec<Channel>,
    /// The file to write, - or nothing for standard output; for tables the folder, made if it is not there
    #[arg(long, value_name = "FILE or DIR")]
    out: Option<PathBuf>,
    /// Write CSV instead of Parquet
    #[arg(long)]
    csv: bool,
}

const TABLES: &str = "tables";
const QUESTIONS: &str = "questions";
const VIEWS: &str = "views";

/// What is no format of a case alone, with what it is.
const OTHERS: [(&str, &str); 3] = [
    (QUESTIONS, "the dated questions with their frozen forecasts, as ForecastBench has sets"),
    (TABLES, "estimates, ties, events and claims, as Parquet or with --csv as CSV"),
    (VIEWS, "counts of results as VIEWS takes draws; CASE is a folder of `run --out`"),
];

/// What can be written, by name.
fn all() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = FORMATS.iter().map(|format| (format.name, format.says)).collect();
    all.extend(OTHERS);
    all.sort_unstable();
    all
}

fn formats() -> String {
    let lines: Vec<String> =
        all().iter().map(|(name, says)| format!("  {name:<9} {says}")).collect();
    format!("What to write (default: tables):\n{}", lines.join("\n"))
}

fn channel(name: &str) -> Result<Channel, String> {
    Channel::named(name).ok_or_else(|| {
        let all = Channel::ALL.map(Channel::name);
        let near = case::diagnostic::nearest(name, all);
        let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        format!("no such channel{hint}")
    })
}

impl Export {
    /// Writes.
    pub fn go(&self) -> Result<(), Failure> {
        if !self.channel.is_empty() && !named(&self.format).is_some_and(|format| format.ties) {
            return Err(Failure::usage(format!(
                "--channel: {} holds no ties by channel",
                self.format
            )));
        }
        if self.csv && ![TABLES, VIEWS].contains(&self.format.as_str()) {
            let text = format!("--csv: {} is a format of its own; leave it out", self.format);
            return Err(Failure::usage(text));
        }
        match self.format.as_str() {
            TABLES => self.tables(),
            VIEWS => self.views(),
            QUESTIONS => self.questions(),
            name => self.of_others(name),
        }
    }

    fn case(&self) -> Result<Case, Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        self.opening.case(&folder)
    }

    fn store(&self) -> Result<Option<evidence::Store>, Failure> {
        let root = &self.opening.case;
        match store_path(root, None)?.is_file() {
            true => open_store(root, None).map(Some),
            false => Ok(None),
        }
    }

    /// The format of another program.
    fn of_others(&self, name: &str) -> Result<(), Failure> {
        let format = named(name).ok_or_else(|| {
            let names: Vec<&str> = all().into_iter().map(|(name, _)| name).collect();
            let near = case::diagnostic::nearest(name, names.iter().copied());
            let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            Failure::usage(format!(
                "there is no format \"{name}\"; there are {}{hint}",
                names.join(", ")
            ))
        })?;
        let case = self.case()?;
        let store = self.store()?;
        let channels = if self.channel.is_empty() { &Channel::ALL[..] } else { &self.channel };
        let Written { text, remarks } =
            format.write(&Material { case: &case, store: store.as_ref(), channels })?;
        self.put(text.as_bytes())?;
        remarks.iter().for_each(|remark| say!("{remark}"));
        Ok(())
    }

    fn questions(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let all = questions(&folder.map).map_err(|faults| {
            for fault in &faults {
                say!("{}\n", fault.render(&folder.map, screen::colour_on_stderr()));
            }
            Failure::input(format!("the questions cannot be used: {} faults", faults.len()))
        })?;
        let set = study::question_set(&case, &self.opening.case, &all)?;
        if set.questions.is_empty() {
            say!("the case has no [[question]] of {} or before", case.as_of);
        }
        self.put((serde_json::to_string_pretty(&set)? + "\n").as_bytes())
    }

    /// The counts of a folder of results.
    fn views(&self) -> Result<(), Failure> {
        let frame = views::frame(&self.opening.case)?;
        let parquet = |path: &Path| path.extension().is_some_and(|ending| ending == "parquet");
        match self.file().filter(|path| parquet(path) && !self.csv) {
            Some(path) => {
                sheet::save(&frame, path, Form::Parquet)?;
                print([format!("{}: {} rows", path.display(), frame.rows())])
            }
            None => self.put(sheet::csv(&frame)?.as_bytes()),
        }
    }

    /// The file to write; none for standard output.
    fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Writes a text to the file, whole or not at all, or to standard output.
    fn put(&self, text: &[u8]) -> Result<(), Failure> {
        match self.file() {
            Some(path) => {
                write_whole(path, text)?;
                print([format!("{}: {} bytes", path.display(), text.len())])
            }
            // A terminal is shown what it would not obey; a pipe or a file is given the bytes.
            None if std::io::IsTerminal::is_terminal(&std::io::stdout()) => {
                print(String::from_utf8_lossy(text).lines().map(str::to_owned))
            }
            None => {
                let mut out = std::io::stdout().lock();
                out.write_all(text)?;
                Ok(out.flush()?)
            }
        }
    }

    fn tables(&self) -> Result<(), Failure> {
        let Some(out) = self.file() else {
            return Err(Failure::usage("tables are several files: --out DIR"));
        };
        let case = self.case()?;
        let store = self.store()?;
        let claims = match &store {
            Some(store) => believed::claims(store)?,
            None => Table::of(&tables::schema::CLAIMS),
        };
        let all = [
            believed::estimates(&case),
            believed::ties(&case),
            believed::events(&case, store.as_ref())?,
            claims,
        ];
        std::fs::create_dir_all(out)?;
        let (form, ending) = if self.csv { (Form::Csv, "csv") } else { (Form::Parquet, "parquet") };
        let names: Vec<String> =
            all.iter().map(|table| format!("{}.{ending}", table.name)).collect();
        let named: Vec<(&str, &Table)> = names.iter().map(String::as_str).zip(&all).collect();
        for (name, table) in &named {
            sheet::save(table, &out.join(name), form)?;
        }
        let about = format!("{} as of {}", case.head.title, case.as_of);
        package::write(out, &about, &named)?;
        let line = |(name, table): &(&str, &Table)| format!("  {name}: {} rows", table.rows());
        let mut lines = vec![format!("{}: {about}", out.display())];
        lines.extend(named.iter().map(line));
        lines.push(format!("  {}: what their columns say", package::NAME));
        print(lines)
    }
}
