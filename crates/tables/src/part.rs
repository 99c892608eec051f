//! Writing results run by run, in order, and reading them back.
//!
//! Outcomes are a sequence of zstd frames and tables a sequence of row groups, each of the runs of
//! one block: the runs whose number divided by [`BLOCK`] is the same. So the bytes depend on the
//! runs alone, not on how the work was cut.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use simulate::Outcome;

use crate::columns::Columns;
use crate::fault::{TableError, disk};
use crate::manifest::{Made, Manifest, NAME, Safe, hash};
use crate::package;
use crate::parquet::{Source, Writer};
use crate::table::Table;

/// Runs in a block.
pub const BLOCK: u32 = 1024;
/// How hard zstd tries: its default.
const LEVEL: i32 = 3;
/// The file of outcomes.
pub const OUTCOMES: &str = "outcomes.jsonl.zst";
/// The table of runs.
pub const RUNS: &str = "runs.parquet";
/// The table of what is followed.
pub const COURSE: &str = "course.parquet";

#[derive(Serialize)]
struct LineOut<'o> {
    run: u32,
    #[serde(flatten)]
    outcome: &'o Outcome,
}

#[derive(Deserialize)]
struct LineIn {
    run: u32,
    #[serde(flatten)]
    outcome: serde_json::Map<String, serde_json::Value>,
}

/// The runs of one block, as rows.
#[derive(Debug)]
struct Rows {
    runs: Table,
    course: Table,
}

/// A folder of results in the making.
#[derive(Debug)]
pub struct Part {
    folder: PathBuf,
    manifest: Manifest,
    outcomes: File,
    length: u64,
    lines: String,
    rows: Rows,
    sheets: [Writer; 2],
    next: u32,
}

/// Results that somebody may have begun.
#[derive(Debug)]
pub enum Taken {
    /// They are all there.
    Whole(Box<Manifest>),
    /// There are runs to make.
    Open(Box<Part>),
}

/// Keeps a second process from writing the same folder. Where the disk knows no locks there is
/// none.
fn lock(file: &File, path: &Path) -> Result<(), TableError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let hint = "wait for it, or name another folder";
            Err(TableError::new(path, "another process is writing these results", hint))
        }
        _ => Ok(()),
    }
}

impl Part {
    /// Begins results of the runs `asked.0..asked.1` in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder already holds results, or cannot be written.
    pub fn begin(
        folder: &Path,
        made: Made,
        asked: [u32; 2],
        columns: Columns,
    ) -> Result<Self, TableError> {
        std::fs::create_dir_all(folder).map_err(disk(folder))?;
        if folder.join(NAME).exists() {
            let hint = "name another folder, or go on with `shatterbelt resume`";
            return Err(TableError::new(folder, "the folder already holds results", hint));
        }
        let path = folder.join(OUTCOMES);
        // Emptied only once it is known that nobody else writes it.
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(disk(&path))?;
        lock(&file, &path)?;
        file.set_len(0).map_err(disk(&path))?;
        let manifest = Manifest {
            format: crate::FORMAT,
            made,
            asked,
            runs: [asked[0]; 2],
            safe: Safe { run: asked[0], outcomes: 0 },
            columns,
            files: std::collections::BTreeMap::new(),
        };
        let mut part = Self::new(folder, manifest, file)?;
        part.safe()?;
        Ok(part)
    }

    fn new(folder: &Path, manifest: Manifest, outcomes: File) -> Result<Self, TableError> {
        let (runs, course) = (manifest.columns.runs(), manifest.columns.course());
        let sheets = [
            Writer::begin(&folder.join(RUNS), &runs)?,
            Writer::begin(&folder.join(COURSE), &course)?,
        ];
        Ok(Self {
            folder: folder.to_owned(),
            outcomes,
            length: manifest.safe.outcomes,
            lines: String::new(),
            rows: Rows { runs, course },
            sheets,
            next: manifest.safe.run,
            manifest,
        })
    }

    /// Takes up results that were broken off, at the last point at which they are whole.
    ///
    /// # Errors
    /// If the folder holds no results, they are complete, or a file is shorter than its manifest
    /// says.
    pub fn resume(folder: &Path) -> Result<Self, TableError> {
        let manifest = Manifest::read(folder)?;
        if manifest.complete() {
            return Err(TableError::new(
                folder,
                "the results are complete",
                "there is nothing to do",
            ));
        }
        let path = folder.join(OUTCOMES);
        let mut file =
            OpenOptions::new().read(true).write(true).open(&path).map_err(disk(&path))?;
        lock(&file, &path)?;
        let length = manifest.safe.outcomes;
        if file.metadata().map_err(disk(&path))?.len() < length {
            let fault = "the file is shorter than its manifest says";
            return Err(TableError::new(&path, fault, "make the results again"));
        }
        file.set_len(length).map_err(disk(&path))?;
        file.seek(SeekFrom::End(0)).map_err(disk(&path))?;
        let safe = manifest.safe.run;
        let mut part = Self::new(folder, manifest, file)?;
        // A table has its end only when all is there: what was kept is laid out again.
        if length > 0 {
            for line in outcomes(folder, safe)? {
                let (run, outcome) = line?;
                part.row(run, &outcome);
                if (run + 1).is_multiple_of(BLOCK) || run + 1 == safe {
                    part.group()?;
                }
            }
        }
        Ok(part)
    }

    /// Begins results, or goes on with them, or finds them whole; whichever, doing it again changes
    /// nothing.
    ///
    /// # Errors
    /// If the folder holds results of something else, or cannot be written.
    pub fn take_up(
        folder: &Path,
        made: Made,
        asked: [u32; 2],
        columns: Columns,
    ) -> Result<Taken, TableError> {
        if !folder.join(NAME).exists() {
            let part = Self::begin(folder, made, asked, columns)?;
            return Ok(Taken::Open(Box::new(part)));
        }
        let there = Manifest::read(folder)?;
        if !there.made.joins(&made) || there.columns != columns || there.asked != asked {
            let why = match there.made.differs(&made) {
                why if why.is_empty() => "the date or the range of runs differs".to_owned(),
                why => why,
            };
            let fault = format!("the folder holds results of something else: {why}");
            return Err(TableError::new(folder, fault, "name another folder"));
        }
        if !there.complete() {
            return Ok(Taken::Open(Box::new(Self::resume(folder)?)));
        }
        there.verify(folder)?;
        Ok(Taken::Whole(Box::new(there)))
    }

    /// What is being made.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The next run that is wanted.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.next
    }

    /// Adds the next run.
    ///
    /// # Errors
    /// If it is not the next one, or the disk refuses.
    pub fn push(&mut self, run: u32, outcome: &Outcome) -> Result<(), TableError> {
        if run != self.next || run >= self.manifest.asked[1] {
            let fault = format!("run {run} came where run {} was due", self.next);
            return Err(TableError::new(&self.folder, fault, "give the runs in order"));
        }
        let line = serde_json::to_string(&LineOut { run, outcome })
            .map_err(|e| TableError::new(&self.folder, e, "this is a fault of the program"))?;
        self.lines.push_str(&line);
        self.lines.push('\n');
        self.row(run, outcome);
        self.next += 1;
        if self.next.is_multiple_of(BLOCK) {
            self.flush()?;
            self.safe()?;
        }
        Ok(())
    }

    /// Takes over a block that lies whole in other results: its frame and its row groups, as they
    /// are. What came before must have ended where the block begins.
    pub(crate) fn splice(
        &mut self,
        until: u32,
        frame: &[u8],
        sources: &[Source; 2],
        group: usize,
    ) -> Result<(), TableError> {
        self.write(frame)?;
        self.sheets[0].splice(&sources[0], group)?;
        if !self.manifest.columns.followed.is_empty() && sources[1].groups() > group {
            self.sheets[1].splice(&sources[1], group)?;
        }
        self.next = until;
        Ok(())
    }

    /// Closes the files and writes the final manifest; `complete` results are those that were all
    /// pushed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn finish(mut self) -> Result<Manifest, TableError> {
        self.flush()?;
        self.outcomes.sync_all().map_err(disk(&self.folder.join(OUTCOMES)))?;
        self.manifest.runs[1] = self.next;
        for sheet in self.sheets {
            sheet.finish()?;
        }
        for name in [OUTCOMES, RUNS, COURSE] {
            self.manifest.files.insert(name.to_owned(), hash(&self.folder.join(name))?);
        }
        if self.manifest.complete() {
            // A finished folder is never taken up again, and where it was cut leaves no trace in
            // it.
            self.manifest.safe = Safe { run: self.next, outcomes: self.length };
        }
        let tables = [(RUNS, &self.rows.runs), (COURSE, &self.rows.course)];
        package::write(&self.folder, "runs of a case, and what made them", &tables)?;
        self.manifest.write(&self.folder)?;
        Ok(self.manifest)
    }

    fn row(&mut self, run: u32, outcome: &Outcome) {
        self.manifest.columns.push_run(run, outcome, &mut self.rows.runs);
        self.manifest.columns.push_course(run, outcome, &mut self.rows.course);
    }

    /// Writes the rows that have come together as a row group of each table.
    fn group(&mut self) -> Result<(), TableError> {
        for (table, sheet) in
            [&mut self.rows.runs, &mut self.rows.course].into_iter().zip(&mut self.sheets)
        {
            sheet.rows(table)?;
            *table = table.emptied();
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), TableError> {
        let lines = std::mem::take(&mut self.lines);
        if !lines.is_empty() {
            let path = self.folder.join(OUTCOMES);
            let frame = zstd::bulk::compress(lines.as_bytes(), LEVEL).map_err(disk(&path))?;
            self.write(&frame)?;
        }
        self.group()
    }

    fn write(&mut self, frame: &[u8]) -> Result<(), TableError> {
        let path = self.folder.join(OUTCOMES);
        self.outcomes.write_all(frame).map_err(disk(&path))?;
        self.length += frame.len() as u64;
        Ok(())
    }

    /// Remembers that the files are whole up to here.
    fn safe(&mut self) -> Result<(), TableError> {
        self.manifest.runs[1] = self.next;
        self.manifest.safe = Safe { run: self.next, outcomes: self.length };
        self.manifest.write(&self.folder)
    }
}

/// The version of zstd that the program holds.
#[must_use]
pub fn zstd_version() -> String {
    zstd::zstd_safe::version_string().to_owned()
}

/// A line of outcomes.
pub(crate) fn outcome(line: &str) -> Result<(u32, Outcome), serde_json::Error> {
    let line: LineIn = serde_json::from_str(line)?;
    Ok((line.run, serde_json::from_value(line.outcome.into())?))
}

/// The longest line of outcomes that is read, in bytes: a hundred times that of the largest case known.
const LONGEST: u64 = 16 << 20;
/// The most that a file of outcomes may hold for each of its bytes, and so many bytes beside: outcomes come to some 20.
/// What holds more was made to fill the memory of whoever reads it.
const RATIO: u64 = 200;
const BESIDE: u64 = 64 << 20;

/// The lines of packed outcomes, `size` bytes long; an error where a line or all of them are longer than outcomes can be.
pub(crate) fn unpacked(
    packed: impl Read,
    size: u64,
) -> std::io::Result<impl Iterator<Item = std::io::Result<String>>> {
    let whole = RATIO.saturating_mul(size).saturating_add(BESIDE);
    // One byte more tells that there was more.
    let all = zstd::stream::read::Decoder::new(packed)?.take(whole.saturating_add(1));
    let mut reader = BufReader::new(all);
    let mut held = 0_u64;
    let long = |what: &str| {
        std::io::Error::new(std::io::ErrorKind::InvalidData, format!("{what} than outcomes can be"))
    };
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        let read = match (&mut reader).take(LONGEST + 1).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(read) => read as u64,
            Err(error) => return Some(Err(error)),
        };
        held = held.saturating_add(read);
        if read > LONGEST {
            return Some(Err(long("the line is longer")));
        }
        if held > whole {
            return Some(Err(long("it unpacks to more")));
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        Some(String::from_utf8(line).map_err(|error| {
            std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string())
        }))
    }))
}

/// The outcomes of a folder of results up to run `until`, in order.
///
/// # Errors
/// The iterator gives an error where the file cannot be read or holds something else.
pub fn outcomes(
    folder: &Path,
    until: u32,
) -> Result<impl Iterator<Item = Result<(u32, Outcome), TableError>>, TableError> {
    let path = folder.join(OUTCOMES);
    let file = File::open(&path).map_err(disk(&path))?;
    let size = file.metadata().map_err(disk(&path))?.len();
    let lines = unpacked(file, size).map_err(disk(&path))?;
    let fault = move |n: usize, e: &dyn std::fmt::Display| {
        let fault = format!("line {}: {e}", n + 1);
        TableError::new(&path, fault, "the file is damaged: make the results again")
    };
    Ok(lines
        .enumerate()
        .map(move |(n, line)| {
            let line = line.map_err(|e| fault(n, &e))?;
            outcome(&line).map_err(|e| fault(n, &e))
        })
        .take_while(move |line| line.as_ref().map_or(true, |(run, _)| *run < until)))
}
