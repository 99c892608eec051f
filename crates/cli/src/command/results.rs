//! Futures run one after the other into a summary and, if wanted, a folder of results: `run`,
//! `resume`, `merge`, `replay`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use assess::{Summary, Tally};
use case::{Case, Folder};
use clap::Args;
use simulate::ensemble::Ended;
use simulate::{Model, Outcome};
use study::opening::ready;
use tables::{Columns, Made, Manifest, Part, Sheet, Table, TableError};

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Whether the user has asked to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end the runs with what there is; a second one ends the program at once.
fn heed_interrupts() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        say!("stopping; once more to stop at once");
    })
    .map_err(|e| Failure::internal(format!("cannot listen for Ctrl-C: {e}")))
}

/// What came of running a range of futures.
pub struct Done {
    /// The summary of what was run.
    pub summary: Summary,
    /// Runs that were asked for but not made.
    pub missing: u32,
    /// The manifest of the results, if they were kept.
    pub manifest: Option<Manifest>,
}

/// All that made some results.
pub fn made(opening: &Opening, scenarios: &[String], case: &Case, seed: u64) -> Made {
    Made {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        build: tables::BUILD.to_owned(),
        zstd: tables::zstd_version(),
        case: opening.case.display().to_string(),
        as_of: opening.as_of.map(|day| day.to_string()),
        scenarios: scenarios.to_vec(),
        set: opening.set.clone(),
        case_hash: case.hash.clone(),
        processes: case.head.processes.iter().map(|p| p.get_ref().clone()).collect(),
        seed,
    }
}

/// Where runs are kept.
#[derive(Default)]
pub struct Keep<'k> {
    /// The results in the making.
    pub part: Option<Part>,
    /// Their folder.
    pub folder: Option<&'k Path>,
    /// Files of the table of runs.
    pub sheets: Vec<Sheet>,
}

/// Hands the rows of runs on to files, a block at a time.
struct Rows {
    columns: Columns,
    table: Table,
    sheets: Vec<Sheet>,
}

impl Rows {
    fn push(&mut self, run: u32, outcome: &Outcome) -> Result<(), TableError> {
        if !self.sheets.is_empty() {
            self.columns.push_run(run, outcome, &mut self.table);
            if (run + 1).is_multiple_of(tables::part::BLOCK) {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), TableError> {
        for sheet in &mut self.sheets {
            sheet.rows(&self.table)?;
        }
        self.table = self.table.emptied();
        Ok(())
    }
}

/// Runs the futures `runs.0..runs.1`, first taking in what `part` holds already.
pub fn futures(
    model: &Model<'_>,
    seed: u64,
    runs: [u32; 2],
    keep: Keep<'_>,
) -> Result<Done, Failure> {
    heed_interrupts()?;
    let Keep { mut part, folder, sheets } = keep;
    let columns = Columns::of(model);
    let mut rows = Rows { table: columns.runs(), columns, sheets };
    let mut tally = Tally::new(model);
    let from = part.as_ref().map_or(runs[0], Part::next);
    if let Some(folder) = folder.filter(|_| from > runs[0]) {
        for line in tables::outcomes(folder, from)? {
            let (run, outcome) = line?;
            tally.push(&outcome);
            rows.push(run, &outcome)?;
        }
    }
    let bar = screen::progress(u64::from(runs[1] - runs[0]), "futures");
    bar.set_position(u64::from(from - runs[0]));
    let next =
        model.stream(seed, from..runs[1], &|| !STOP.load(Ordering::SeqCst), &mut |run, outcome| {
            tally.push(&outcome);
            bar.inc(1);
            rows.push(run, &outcome)
                .and_then(|()| part.as_mut().map_or(Ok(()), |part| part.push(run, &outcome)))
        });
    bar.finish_and_clear();
    let next = next.map_err(|ended| match ended {
        Ended::Step(error) => Failure::from(error),
        Ended::Refused(error) => error.into(),
    })?;
    rows.flush()?;
    for sheet in rows.sheets {
        sheet.finish()?;
    }
    let manifest = part.map(Part::finish).transpose()?;
    Ok(Done { summary: tally.summary(model, seed), missing: runs[1] - next, manifest })
}

impl Done {
    /// Says what was kept, and stops with the code for an interruption if something is missing.
    pub fn settle(&self, folder: Option<&Path>) -> Result<(), Failure> {
        if let (Some(folder), Some(manifest)) = (folder, &self.manifest) {
            let [from, to] = manifest.runs;
            say!("runs {from}..{to} are in {}", folder.display());
        }
        if self.missing == 0 {
            return Ok(());
        }
        let kept = match folder {
            Some(folder) => {
                format!("; go on with: shatterbelt resume {}", study::shell::path(folder))
            }
            None => String::new(),
        };
        let runs = self.summary.runs;
        Err(Failure::Interrupted(format!(
            "interrupted: partial, {runs} runs made, {} missing{kept}",
            self.missing
        )))
    }
}

/// The case and model behind a manifest, if they are still what they were.
struct Behind {
    folder: Folder,
    case: Case,
}

impl Behind {
    /// `case` says where the case lies here; else it is looked for where it lay.
    fn open(manifest: &Manifest, path: &Path, case: Option<&Path>) -> Result<Self, Failure> {
        let made = &manifest.made;
        let as_of = match &made.as_of {
            Some(day) => Some(day.parse().map_err(|e| {
                Failure::input(format!(
                    "{}: as_of \"{day}\": {e}; make the results again",
                    path.display()
                ))
            })?),
            None => None,
        };
        let lies = case.map_or_else(|| PathBuf::from(&made.case), Path::to_owned);
        if !lies.is_dir() {
            return Err(Failure::input(format!(
                "{}: the case lay in {}, which is not here; say where it lies: --case FOLDER",
                path.display(),
                lies.display(),
            )));
        }
        let opening = Opening { case: lies, as_of, set: made.set.clone() };
        let folder = opening.folder(&made.scenarios)?;
        let case = opening.case(&folder)?;
        if case.hash != made.case_hash {
            return Err(Failure::input(format!(
                "{}: the case in {} is not the one that made these results (its hash is {}, \
                 theirs {}); bring that version back, name where it lies by --case, or run again",
                path.display(),
                opening.case.display(),
                short(&case.hash),
                short(&made.case_hash),
            )));
        }
        if made.build != tables::BUILD {
            say!(
                "note: made by build {} of version {}, this is build {} of version {}",
                short(&made.build),
                made.program,
                short(tables::BUILD),
                env!("CARGO_PKG_VERSION")
            );
        }
        Ok(Self { folder, case })
    }

    fn model(&self) -> Result<Model<'_>, Failure> {
        Ok(ready(&self.folder, &self.case)?)
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Go on with runs that were broken off
#[derive(Args)]
pub struct Resume {
    /// The folder that `run --out` was writing
    results: PathBuf,
    /// Where the case lies, if it is not where it lay
    #[arg(long, value_name = "FOLDER")]
    case: Option<PathBuf>,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

impl Resume {
    /// Goes on.
    pub fn go(&self) -> Result<(), Failure> {
        let manifest = Manifest::read(&self.results)?;
        let behind = Behind::open(&manifest, &self.results, self.case.as_deref())?;
        let model = behind.model()?;
        let part = Part::resume(&self.results)?;
        let seed = manifest.made.seed;
        let keep = Keep { part: Some(part), folder: Some(&self.results), ..Keep::default() };
        let done = futures(&model, seed, manifest.asked, keep)?;
        super::run::show(&done.summary, &behind.case, self.json)?;
        done.settle(Some(&self.results))
    }
}

/// Join parts made by `run --part K/N` or `run --runs LO..HI` to the very bytes of one run
#[derive(Args)]
pub struct Merge {
    /// The folders to join, in any order, or a folder that holds them
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Merge {
    /// Joins.
    pub fn go(&self) -> Result<(), Failure> {
        let manifest = tables::merge(&self.parts, &self.out)?;
        let [from, to] = manifest.runs;
        let mut lines = vec![format!(
            "{}: runs {from}..{to} of {} parts",
            self.out.display(),
            tables::merge::parts(&self.parts)?.len()
        )];
        lines.extend(manifest.files.iter().map(|(name, hash)| format!("{hash}  {name}")));
        print(lines)
    }
}

/// Run again what a manifest says and compare the bytes
#[derive(Args)]
pub struct Replay {
    /// A folder of results, or its manifest.json
    manifest: PathBuf,
    /// Where the case lies, if it is not where it lay
    #[arg(long, value_name = "FOLDER")]
    case: Option<PathBuf>,
    /// Keep the new results in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

impl Replay {
    /// Runs again.
    pub fn go(&self) -> Result<(), Failure> {
        let manifest = Manifest::read(&self.manifest)?;
        let behind = Behind::open(&manifest, &self.manifest, self.case.as_deref())?;
        let model = behind.model()?;
        let scratch = tempfile::tempdir()?;
        let folder = self.out.clone().unwrap_or_else(|| scratch.path().join("results"));
        let part = Part::begin(&folder, manifest.made.clone(), manifest.runs, Columns::of(&model))?;
        let keep = Keep { part: Some(part), ..Keep::default() };
        let done = futures(&model, manifest.made.seed, manifest.runs, keep)?;
        done.settle(None)?;
        let files = done.manifest.map(|m| m.files).unwrap_or_default();
        let rows: Vec<(&String, bool)> = manifest
            .files
            .iter()
            .map(|(name, hash)| (name, files.get(name) == Some(hash)))
            .collect();
        let same = rows.iter().all(|(_, same)| *same) && !rows.is_empty();
        if self.json {
            let table: std::collections::BTreeMap<_, _> = rows.iter().copied().collect();
            print_json(&table)?;
        } else {
            let word = |same: bool| if same { "same bytes" } else { "DIFFERS" };
            print(rows.iter().map(|(name, same)| format!("{name}: {}", word(*same))))?;
        }
        if same {
            Ok(())
        } else {
            Err(Failure::Check("the replay differs from the results".to_owned()))
        }
    }
}
