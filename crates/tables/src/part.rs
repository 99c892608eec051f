//! Writing results run by run, in order, and reading them back.
//!
//! Both files are sequences of zstd frames, each of the runs of one block: the runs whose number divided by
//! [`BLOCK`] is the same. So the bytes depend on the runs alone, not on how the work was cut.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use simulate::Outcome;

use crate::columns::{Columns, HEAD};
use crate::fault::{TableError, disk};
use crate::manifest::{Made, Manifest, Safe, hash};

/// Runs in a block.
pub const BLOCK: u32 = 1024;
/// How hard zstd tries: its default.
const LEVEL: i32 = 3;
/// The file of outcomes.
pub const OUTCOMES: &str = "outcomes.jsonl.zst";
/// The tidy table.
pub const RESULTS: &str = "results.csv.zst";

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

/// A folder of results in the making.
#[derive(Debug)]
pub struct Part {
    folder: PathBuf,
    manifest: Manifest,
    files: [File; 2],
    lengths: [u64; 2],
    block: [String; 2],
    next: u32,
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
        if folder.join(crate::manifest::NAME).exists() {
            let hint = "name another folder, or go on with `run --resume`";
            return Err(TableError::new(folder, "the folder already holds results", hint));
        }
        let open = |name: &str| {
            let path = folder.join(name);
            File::create(&path).map_err(disk(&path))
        };
        let manifest = Manifest {
            format: crate::FORMAT,
            made,
            asked,
            runs: [asked[0]; 2],
            safe: Safe { run: asked[0], outcomes: 0, results: 0 },
            columns,
            files: std::collections::BTreeMap::new(),
        };
        let mut part = Self {
            folder: folder.to_owned(),
            manifest,
            files: [open(OUTCOMES)?, open(RESULTS)?],
            lengths: [0; 2],
            block: [String::new(), String::new()],
            next: asked[0],
        };
        part.frame(1, HEAD)?;
        part.safe()?;
        Ok(part)
    }

    /// Takes up results that were broken off, at the last point at which their files are whole.
    ///
    /// # Errors
    /// If the folder holds no results, they are complete, or a file is shorter than its manifest says.
    pub fn resume(folder: &Path) -> Result<Self, TableError> {
        let manifest = Manifest::read(folder)?;
        if manifest.complete() {
            return Err(TableError::new(
                folder,
                "the results are complete",
                "there is nothing to do",
            ));
        }
        let lengths = [manifest.safe.outcomes, manifest.safe.results];
        let open = |name: &str, length: u64| {
            let path = folder.join(name);
            let mut file =
                OpenOptions::new().read(true).write(true).open(&path).map_err(disk(&path))?;
            if file.metadata().map_err(disk(&path))?.len() < length {
                let fault = "the file is shorter than its manifest says";
                return Err(TableError::new(&path, fault, "make the results again"));
            }
            file.set_len(length).map_err(disk(&path))?;
            file.seek(SeekFrom::End(0)).map_err(disk(&path))?;
            Ok(file)
        };
        let files = [open(OUTCOMES, lengths[0])?, open(RESULTS, lengths[1])?];
        let next = manifest.safe.run;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            files,
            lengths,
            block: [String::new(), String::new()],
            next,
        })
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
        self.block[0].push_str(&line);
        self.block[0].push('\n');
        self.manifest.columns.rows(run, outcome, &mut self.block[1]);
        self.next += 1;
        if self.next.is_multiple_of(BLOCK) {
            self.flush()?;
            self.safe()?;
        }
        Ok(())
    }

    /// Closes the files and writes the final manifest; `complete` results are those that were all pushed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn finish(mut self) -> Result<Manifest, TableError> {
        self.flush()?;
        self.manifest.runs[1] = self.next;
        for name in [OUTCOMES, RESULTS] {
            let path = self.folder.join(name);
            self.manifest.files.insert(name.to_owned(), hash(&path)?);
        }
        if self.manifest.complete() {
            // A finished folder is never taken up again, and where it was cut leaves no trace in it.
            self.manifest.safe =
                Safe { run: self.next, outcomes: self.lengths[0], results: self.lengths[1] };
        }
        for (file, name) in self.files.iter().zip([OUTCOMES, RESULTS]) {
            file.sync_all().map_err(disk(&self.folder.join(name)))?;
        }
        self.manifest.write(&self.folder)?;
        Ok(self.manifest)
    }

    fn flush(&mut self) -> Result<(), TableError> {
        let blocks = std::mem::take(&mut self.block);
        for (at, text) in blocks.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            self.frame(at, text)?;
        }
        Ok(())
    }

    fn frame(&mut self, at: usize, text: &str) -> Result<(), TableError> {
        let path = self.folder.join([OUTCOMES, RESULTS][at]);
        let bytes = zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(disk(&path))?;
        self.files[at].write_all(&bytes).map_err(disk(&path))?;
        self.lengths[at] += bytes.len() as u64;
        Ok(())
    }

    /// Remembers that the files are whole up to here.
    fn safe(&mut self) -> Result<(), TableError> {
        self.manifest.runs[1] = self.next;
        self.manifest.safe =
            Safe { run: self.next, outcomes: self.lengths[0], results: self.lengths[1] };
        self.manifest.write(&self.folder)
    }
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
    let reader = zstd::stream::read::Decoder::new(file).map_err(disk(&path))?;
    let lines = BufReader::new(reader).lines();
    let fault = move |n: usize, e: &dyn std::fmt::Display| {
        let fault = format!("line {}: {e}", n + 1);
        TableError::new(&path, fault, "the file is damaged: make the results again")
    };
    Ok(lines
        .enumerate()
        .map(move |(n, line)| {
            let line = line.map_err(|e| fault(n, &e))?;
            let line: LineIn = serde_json::from_str(&line).map_err(|e| fault(n, &e))?;
            let outcome = serde_json::from_value(line.outcome.into()).map_err(|e| fault(n, &e))?;
            Ok((line.run, outcome))
        })
        .take_while(move |line| line.as_ref().map_or(true, |(run, _)| *run < until)))
}
