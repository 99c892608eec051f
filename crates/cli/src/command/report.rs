//! `report`: read, measure, run, compare, and write the brief.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use report::brief::Brief;
use report::likelihood::Lexicon;
use report::lint::Documents;
use report::record::Record;
use study::opening::ready;
use study::{Asked, Composed, Findings, Reach, Study};

mod figures;
mod lint;
mod output;

use output::Goal;

use super::print;
use super::read::read_case;
use super::run::some;
use crate::failure::{Failure, at};
use crate::opening::Opening;
use crate::screen::Bars;

/// Read, measure, run and write the brief
#[derive(Args)]
pub struct Report {
    /// The case folder
    #[arg(required_unless_present = "lint")]
    case: Option<PathBuf>,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Option<Date>,
    /// Change one value, such as entry.reds.participates=true
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// How many futures
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the brief, brief.html if left out; the name's ending is its form: .html, .md, .pdf or .docx; - is standard
    /// output, as Markdown. With --figure, where to write the picture, NAME.svg if left out; a name that ends in .png is an image, one in .csv has its numbers
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write this picture alone, such as sway-bars, or the second of its kind as sway-bars-2
    #[arg(long, value_name = "NAME", conflicts_with = "figures")]
    figure: Option<String>,
    /// Write every picture into this folder, each as SVG with its numbers as CSV (and as PNG, if built with them), and no brief
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    figures: Option<PathBuf>,
    /// Say what changed since this brief: brief.html, brief.md or brief.pdf with its brief.record.json beside it, or the
    /// record itself. Every brief is written with its record
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
    /// Set the page into this HTML file: see docs/templates.md
    #[arg(long, value_name = "FILE", conflicts_with_all = ["figure", "figures"])]
    template: Option<PathBuf>,
    /// Hold a brief to the tradecraft standards and write nothing: a file, whoever wrote it, or the brief that CASE
    /// gives. With both, the file's quotations are looked up in the case's documents
    #[arg(long, value_name = "BRIEF", num_args = 0..=1, conflicts_with_all = ["figure", "figures", "out"])]
    lint: Option<Option<PathBuf>>,
    /// The likelihood words
    #[arg(long, value_enum, default_value_t = Words::Icd203)]
    lexicon: Words,
}

/// The lexicons of likelihood words.
#[derive(Clone, Copy, ValueEnum)]
enum Words {
    /// ICD 203, from almost no chance to almost certain
    Icd203,
    /// The PHIA yardstick
    Phia,
    /// Numbers only
    Numeric,
}

impl From<Words> for Lexicon {
    fn from(words: Words) -> Self {
        match words {
            Words::Icd203 => Self::Icd203,
            Words::Phia => Self::Phia,
            Words::Numeric => Self::Numeric,
        }
    }
}

impl Report {
    /// Reports.
    pub fn go(&self) -> Result<(), Failure> {
        if let Some(of) = &self.lint {
            return self.lint(of.as_deref());
        }
        let Some(case) = &self.case else {
            return Err(Failure::usage("report: name a case"));
        };
        let pictures = self.figure.is_some() || self.figures.is_some();
        // What cannot be written is refused before the work, not after it.
        let goal = if pictures { None } else { Some(output::goal(self.out.as_deref())?) };
        let opening = self.opening(case);
        let (Composed { brief, record }, _) = self.brief(&opening)?;
        if let Some(name) = &self.figure {
            return figures::one(&brief, name, self.out.as_deref());
        }
        if let Some(folder) = &self.figures {
            return figures::all(&brief, folder);
        }
        match goal {
            None | Some(Goal::Stdout) => output::to_stdout(&brief),
            Some(Goal::File(path, form)) => {
                let bytes = self.bytes(&brief, form)?;
                let written = output::to_file(&path, &bytes, record.write()?.as_bytes())?;
                let mut lines: Vec<String> = brief.lines().iter().map(|t| t.to_plain()).collect();
                lines.push(String::new());
                lines.push(written);
                print(lines)
            }
        }
    }

    /// The brief as a page, in the house's style where there is one.
    fn page(&self, brief: &Brief) -> Result<String, Failure> {
        let Some(path) = &self.template else { return Ok(report::html::write(brief)) };
        let template = case::folder::read_text(path)?;
        let filled = report::template::fill(&template, brief)
            .map_err(|e| Failure::input(format!("{}:{e}", path.display())))?;
        if !filled.left_out.is_empty() {
            say!("{}: left out: {}", path.display(), filled.left_out.join(", "));
        }
        Ok(filled.html)
    }

    fn opening(&self, case: &Path) -> Opening {
        Opening { case: case.to_owned(), as_of: self.as_of, set: self.set.clone() }
    }

    /// The brief of a case, and what its documents say.
    fn brief(&self, opening: &Opening) -> Result<(Composed, Documents), Failure> {
        let folder = opening.folder(&[])?;
        let case = opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        some(self.runs)?;
        let since = self.since.as_ref().map(|of| Ok::<_, Failure>((of.clone(), earlier(of)?)));
        let asked = Asked {
            root: opening.case.clone(),
            set: opening.set.clone(),
            runs: self.runs,
            pilot: None,
            seed: self.seed,
            lexicon: self.lexicon.into(),
            since: since.transpose()?,
        };
        let study = Study { asked: &asked, folder: &folder, case: &case, model: &model };
        let bars = Bars::default();
        let evidence = read_case(&case, &opening.case)?;
        let documents = lint::documents(&case, &evidence);
        let found =
            study.walk(evidence.into(), None, Reach::Whole, &bars, &mut |_: &Findings| Ok(()))?;
        Ok((study.compose(&found)?, documents))
    }
}

/// Where the record of a brief stands: beside it.
fn record_of(brief: &Path) -> PathBuf {
    brief.with_extension("record.json")
}

/// What an earlier brief said.
fn earlier(of: &Path) -> Result<Record, Failure> {
    let path = match of.extension().is_some_and(|e| e == "json") {
        true => of.to_owned(),
        false => record_of(of),
    };
    let text = case::folder::read_text(&path).map_err(|e| {
        Failure::input(format!("--since {}: {e}; a brief is compared by its record", of.display()))
    })?;
    Record::read(&text).map_err(at(path))
}

/// Whether an existing file is one that a case is read from: tables and documents in a folder with a `case.toml`, or in one
/// beneath it.
fn is_of_case(path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    let read = path.extension().is_some_and(|ending| ending == "toml" || ending == "csv");
    let inner = |folder: &Path| {
        ["documents", "scenarios", "forecasts"].iter().any(|name| folder.ends_with(name))
    };
    let case = |folder: &Path| folder.join("case.toml").is_file();
    let Some(folder) = path.parent() else { return false };
    (read && case(folder)) || (inner(folder) && folder.parent().is_some_and(case))
}

/// Writes a file whole or not at all: a temporary name beside it, then a rename. What is no regular file, such as a device or
/// a pipe, is written into as it stands; a file of a case is not written over.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let input = at(path);
    if let Ok(there) = std::fs::metadata(path) {
        if !there.is_file() {
            let into = std::fs::OpenOptions::new().write(true).open(path);
            return into
                .and_then(|mut into| std::io::Write::write_all(&mut into, bytes))
                .map_err(input);
        }
        if is_of_case(path) {
            return Err(Failure::usage(format!(
                "--out {}: this is a file of a case, and would be lost; name another",
                path.display()
            )));
        }
    }
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    // On the disk before it takes the place of what was there: a machine that loses power keeps one or the other.
    let whole = |part: &Path| {
        let mut file = std::fs::File::create(part)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    };
    let written = whole(&part).and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // Nothing half-written stays behind; that the clean-up fails too changes nothing.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(input)
}
