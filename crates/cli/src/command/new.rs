//! `new`: writes a case that passes check, runs and reports, to be filled with knowledge.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use case::outline::Outline;
use clap::Args;
use jiff::civil::Date;

mod taken;

use taken::{Taken, Usual};

use super::print;
use crate::failure::Failure;

/// Write a new case, commented, that passes check and runs
///
///     shatterbelt new ruritania
///     shatterbelt new ruritania --state Ruritania --districts North=40,South=61 \
///         --lists Reds,Blues,Greens --patrons Northmark --as-of 2031-03-01 --election 2031-06-15
///
///     shatterbelt new ruritania --from parlgov.csv --from polls.csv --from ged.csv --country RUR
///
/// What the flags and tables leave open is asked for on a terminal, and taken from an example elsewhere.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct New {
    /// The folder to make; it must not exist
    folder: PathBuf,
    /// The title of the brief (default: the state)
    #[arg(long)]
    title: Option<String>,
    /// The contested state (default: the folder's name)
    #[arg(long)]
    state: Option<String>,
    /// Seats of the assembly, shared evenly over districts that give none
    #[arg(long, value_name = "N")]
    seats: Option<u32>,
    /// Districts with their seats
    #[arg(long, value_name = "NAME[=SEATS],…", value_delimiter = ',')]
    districts: Vec<String>,
    /// Lists that stand
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    lists: Vec<String>,
    /// Outside patrons
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    patrons: Vec<String>,
    /// The last day of information
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Option<Date>,
    /// Election day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    election: Option<Date>,
    /// Begin from a table that `import` knows (docs/importing.md): lists, shares, results, polls, fighting, names
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// The country, by its name or code, where a table has several
    #[arg(long, value_name = "NAME", requires = "from")]
    country: Option<String>,
}

/// What stands in a new case until somebody says better. There is no clock here to ask for today.
const AS_OF: &str = "2030-01-01";
const ELECTION: &str = "2030-04-01";

impl New {
    /// Writes the case.
    pub fn go(&self) -> Result<(), Failure> {
        if self.folder.exists() {
            let folder = self.folder.display();
            return Err(Failure::input(format!("{folder} exists already; name a new folder")));
        }
        let taken = Taken::read(&self.from, self.country.as_deref(), self.as_of)?;
        let outline = self.outline(&taken)?;
        let files = outline.files().map_err(Failure::usage)?;
        whole_folder(&self.folder, |part| write_all(part, &files))?;
        case::state::put_aside(&self.folder)?;
        let folder = self.folder.display();
        let mut lines = vec![format!("{folder}: {} files", files.len())];
        lines.extend(files.iter().map(|(name, _)| format!("  {name}")));
        if !self.from.is_empty() {
            lines.push("Taken over from tables, each with its row:".to_owned());
            lines.extend(taken.accept(&self.folder, outline.as_of)?);
            lines.push("Marked \"to be replaced\", because no table says it:".to_owned());
            lines.extend(missing(&self.folder)?);
        }
        lines.push("Next:".to_owned());
        let folder = study::shell::path(&self.folder);
        lines.push(format!("  shatterbelt check {folder}"));
        lines.push(format!("  shatterbelt report {folder}"));
        print(lines)
    }

    fn outline(&self, taken: &Taken) -> Result<Outline, Failure> {
        let usual = taken.usual();
        let name = self.folder.file_name().and_then(|n| n.to_str()).unwrap_or("state");
        let mut letters = name.replace(['-', '_'], " ");
        if let Some(first) = letters.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        let state = ask("The contested state", self.state.clone(), &letters)?;
        let Usual { lists, .. } = &usual;
        let seats = self.seats.or(usual.seats);
        let seats = ask("Seats of its assembly", seats.map(|n| n.to_string()), "100")?;
        let seats: u32 = seats
            .parse()
            .map_err(|_| Failure::usage(format!("\"{seats}\" is no number of seats")))?;
        let list = |what, given: &[String], usual: &str| {
            let given = (!given.is_empty()).then(|| given.join(","));
            ask(what, given, usual).map(|all| names(&all))
        };
        // Tables tell of the whole state, and of no patron.
        let (districts, patrons) = match self.from.is_empty() {
            true => ("Centre,North,South", "Patron One,Patron Two"),
            false => (state.as_str(), ""),
        };
        let districts =
            list("Districts (NAME or NAME=SEATS, with commas)", &self.districts, districts)?;
        let date = |what, given: Option<Date>, usual: &str| {
            let day = ask(what, given.map(|d| d.to_string()), usual)?;
            day.parse::<Date>().map_err(|_| Failure::usage(format!("\"{day}\": write YYYY-MM-DD")))
        };
        let lists = match self.lists.is_empty() && lists.len() > 1 {
            true => lists.clone(),
            false => list("Lists that stand (with commas)", &self.lists, "List A,List B,List C")?,
        };
        Ok(Outline {
            title: self.title.clone().unwrap_or_else(|| state.clone()),
            districts: shared(&districts, seats, self.seats.is_some())?,
            found: taken.found(&state, &lists),
            lists,
            patrons: list("Outside patrons (with commas)", &self.patrons, patrons)?,
            as_of: date("As of which day", self.as_of.or(usual.as_of), AS_OF)?,
            election: date("Election day", self.election.or(usual.election), ELECTION)?,
            state,
        })
    }
}

/// Makes a folder under another name and renames it, so that there is never half of one.
pub fn whole_folder(
    folder: &Path,
    write: impl FnOnce(&Path) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let name = folder.file_name().and_then(|n| n.to_str());
    let name = name.ok_or_else(|| Failure::usage("name a folder to make"))?;
    let part = folder.with_file_name(format!(".{name}.shatterbelt.part"));
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    // What a killed command left under our own name is begun anew.
    match std::fs::remove_dir_all(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    std::fs::create_dir(&part)?;
    let written = write(&part).and_then(|()| std::fs::rename(&part, folder));
    if let Err(error) = written {
        // What was begun is ours to take away; the first error is the one to tell.
        let _ = std::fs::remove_dir_all(&part);
        return Err(error.into());
    }
    Ok(())
}

/// How often each file of a case says that something is to be replaced.
fn missing(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    names.retain(|path| path.extension().is_some_and(|ending| ending == "toml" || ending == "csv"));
    // What was decided is on record, and nothing to fill in.
    names.retain(|path| !path.ends_with("decisions.toml"));
    names.sort();
    let mut lines = Vec::new();
    for path in names {
        let times = std::fs::read_to_string(&path)?.matches("to be replaced").count();
        if times > 0 {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            lines.push(format!("  {name}: {times}"));
        }
    }
    Ok(lines)
}

fn write_all(folder: &Path, files: &[(&str, String)]) -> std::io::Result<()> {
    for (name, text) in files {
        std::fs::write(folder.join(name), text)?;
    }
    std::fs::create_dir(folder.join("documents"))?;
    std::fs::create_dir(folder.join("scenarios"))
}

/// What was given, else what somebody at a terminal answers, else the usual.
fn ask(what: &str, given: Option<String>, usual: &str) -> Result<String, Failure> {
    if let Some(given) = given {
        return Ok(given);
    }
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Ok(usual.to_owned());
    }
    let _ = write!(std::io::stderr(), "{what} [{usual}]: ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim();
    Ok(if answer.is_empty() { usual } else { answer }.to_owned())
}

fn names(all: &str) -> Vec<String> {
    all.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Districts with their seats; what has none shares evenly in what is left.
fn shared(districts: &[String], seats: u32, fixed: bool) -> Result<Vec<(String, u32)>, Failure> {
    let mut all: Vec<(String, Option<u32>)> = Vec::new();
    for district in districts {
        match district.split_once('=') {
            Some((name, number)) => {
                let number = number.trim().parse().map_err(|_| {
                    Failure::usage(format!("--districts {district}: write NAME=SEATS"))
                })?;
                all.push((name.trim().to_owned(), Some(number)));
            }
            None => all.push((district.clone(), None)),
        }
    }
    let given: u32 = all.iter().filter_map(|(_, n)| *n).fold(0, u32::saturating_add);
    let open = u32::try_from(all.iter().filter(|(_, n)| n.is_none()).count()).unwrap_or(u32::MAX);
    if open == 0 {
        if fixed && given != seats {
            let text = format!("--seats {seats}, but the districts have {given} together");
            return Err(Failure::usage(text));
        }
        return Ok(all.into_iter().map(|(name, n)| (name, n.unwrap_or(0))).collect());
    }
    let left = seats.saturating_sub(given);
    let mut extra = left % open;
    let mut share = |n: Option<u32>| {
        n.unwrap_or_else(|| {
            let more = u32::from(extra > 0);
            extra -= more;
            left / open + more
        })
    };
    Ok(all.into_iter().map(|(name, n)| (name, share(n))).collect())
}
