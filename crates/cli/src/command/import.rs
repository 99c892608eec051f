//! `import`: a table that others publish, taken in as proposals to a case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use case::proposal::{Import as Kept, Row, Says};
use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use study::opening::built;
use tables::import::{FORMATS, Format, ImportError, looks_like, named};

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
    /// When it was published: nothing counts before that day (sources have days of their own)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    published: Option<Date>,
    /// Take in only rows about this country, by its name or code
    #[arg(long, value_name = "NAME")]
    country: Option<String>,
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
    let line = |format: &Format| format!("  {:<7} {}", format.name, format.says);
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
        let (hash, mut rows) = rows_of(&self.file, format, self.country.as_deref())?;
        if self.country.is_some() && rows.iter().all(|row| row.says.country().is_none()) {
            let text =
                format!("--country: {} does not say which country a row is about", format.name);
            return Err(Failure::usage(text));
        }
        let names = self.names()?;
        rows.iter_mut().for_each(|row| row.says.rename(&names));
        let file = self
            .file
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let (publisher, published) = self.from(format, &rows)?;
        Ok(Kept {
            key: format!("{}-{}", format.name, &hash[..8]),
            title: self.title.clone().unwrap_or_else(|| file.clone()),
            publisher,
            published,
            licence: self.licence.clone().or(format.licence.map(str::to_owned)),
            url: self.url.clone(),
            file,
            hash,
            rows,
        })
    }

    /// Who published the table, and when; of sources each says so itself, and what is said here stands in where one does not.
    fn from(&self, format: &Format, rows: &[Row]) -> Result<(String, Date), Failure> {
        let publisher = self.publisher.clone().or(format.publisher.map(str::to_owned));
        if !format.sources {
            let publisher = publisher
                .ok_or_else(|| Failure::usage("say who published it: --publisher NAME"))?;
            let published = self.published.ok_or_else(|| {
                Failure::usage("say when it was published: --published YYYY-MM-DD")
            })?;
            return Ok((publisher, published));
        }
        let said = |row: &Row| match &row.says {
            Says::Source { key, publisher: None, .. } => Err((row.line, key.clone())),
            Says::Source { published, .. } => Ok(Some(*published)),
            _ => Ok(None),
        };
        let days: Result<Vec<_>, _> = rows.iter().map(said).collect();
        match (publisher, days) {
            (None, Err((line, key))) => Err(Failure::input(format!(
                "{}:{line}: the entry \"{key}\" has no publisher; name one for all that lack it by --publisher",
                self.file.display()
            ))),
            (publisher, days) => {
                let last = days.unwrap_or_default().into_iter().flatten().max();
                let published = self.published.or(last).unwrap_or(Date::MAX);
                Ok((publisher.unwrap_or_else(|| "each its own".to_owned()), published))
            }
        }
    }

    /// What `--map` says.
    fn names(&self) -> Result<BTreeMap<String, String>, Failure> {
        let Some(path) = &self.map else { return Ok(BTreeMap::new()) };
        let text = std::fs::read_to_string(path).map_err(at(path))?;
        toml::from_str(&text).map_err(at(path))
    }

    fn lines(&self, import: &Kept, case: &Case) -> Vec<String> {
        let (file, rows, key) = (self.file.display(), import.rows.len(), &import.key);
        let mut lines =
            vec![if import.rows.iter().all(|row| matches!(row.says, Says::Source { .. })) {
                format!("{file}: {rows} sources taken in as {key}")
            } else {
                format!(
                    "{file}: {rows} rows taken in as {key}, published by {} on {}; licence {}",
                    import.publisher,
                    import.published,
                    import.licence.as_deref().unwrap_or("not known: say it with --licence"),
                )
            }];
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

/// A text, of ISO-8859-1 where the format may be: there a byte is the letter of that number.
fn decoded(file: &Path, bytes: Vec<u8>, latin: bool) -> Result<String, Failure> {
    String::from_utf8(bytes).or_else(|fault| {
        if latin {
            return Ok(fault.as_bytes().iter().copied().map(char::from).collect());
        }
        let until = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
        let line = 1 + until.iter().filter(|byte| **byte == b'\n').count();
        Err(Failure::input(format!("{}:{line}: it is no UTF-8 text", file.display())))
    })
}

/// The format that a file looks like.
pub fn format_of(file: &Path) -> Result<&'static Format, Failure> {
    let text = decoded(file, std::fs::read(file).map_err(at(file))?, true)?;
    looks_like(&text).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let text = format!("it looks like none of {}", known.join(", "));
        at(file)(text)
    })
}

/// The hash of a file's bytes, and its rows, those of one country where the table has several.
pub fn rows_of(
    file: &Path,
    format: &Format,
    country: Option<&str>,
) -> Result<(String, Vec<Row>), Failure> {
    let bytes = std::fs::read(file).map_err(at(file))?;
    let hash = case::proposal::hash(&bytes);
    let text = decoded(file, bytes, format.latin)?;
    let mut rows = format.rows(&text).map_err(|error| match error {
        // Each fault of the file's own stands at its place.
        ImportError::Faults(faults) => {
            let lines = faults.iter().map(|fault| format!("{}:{fault}", file.display()));
            Failure::input(lines.collect::<Vec<_>>().join("\n"))
        }
        other => at(file)(other),
    })?;
    choose(&mut rows, country)?;
    Ok((hash, rows))
}

/// Leaves the rows of one country, in a table that says which.
fn choose(rows: &mut Vec<Row>, country: Option<&str>) -> Result<(), Failure> {
    let countries: BTreeSet<[String; 2]> =
        rows.iter().filter_map(|row| row.says.country().cloned()).collect();
    if countries.is_empty() {
        return Ok(());
    }
    let Some(wanted) = country else {
        let [first, second, ..] = &countries.iter().collect::<Vec<_>>()[..] else {
            return Ok(());
        };
        return Err(Failure::usage(format!(
            "the table is about {} countries, {} and {} among them: say which by --country",
            countries.len(),
            first[1],
            second[1]
        )));
    };
    let is = |country: &[String; 2]| country.iter().any(|c| c.eq_ignore_ascii_case(wanted));
    if !countries.iter().any(is) {
        let names = countries.iter().flatten().map(String::as_str);
        let near = case::diagnostic::nearest(wanted, names);
        let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        let text = format!("--country {wanted}: the table has no row about it{hint}");
        return Err(Failure::usage(text));
    }
    rows.retain(|row| row.says.country().is_some_and(is));
    Ok(())
}
