//! Joining parts to the very bytes of one run over the whole range.
//!
//! Blocks that lie whole in a part are taken over as they are, frame by frame and row group by row
//! group; only a block that was cut is read and written anew. What joins is decided by hashes,
//! never by where a case lay. The joined folder is made under another name and renamed, so that a
//! merge that was killed is simply done again.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::fault::{TableError, disk};
use crate::manifest::{Manifest, NAME};
use crate::parquet::Source;
use crate::part::{BLOCK, COURSE, OUTCOMES, Part, RUNS, outcome, unpacked};

/// The folders of results that are named, or that lie directly in a named folder which holds none
/// itself.
///
/// # Errors
/// If a folder cannot be read.
pub fn parts(named: &[PathBuf]) -> Result<Vec<PathBuf>, TableError> {
    let mut all = Vec::new();
    for folder in named {
        if folder.join(NAME).exists() || !folder.is_dir() {
            all.push(folder.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(disk(folder))? {
            let path = entry.map_err(disk(folder))?.path();
            if path.join(NAME).exists() {
                inside.push(path);
            }
        }
        // A folder without any is named in the fault of what it lacks.
        if inside.is_empty() {
            inside.push(folder.clone());
        }
        inside.sort();
        all.extend(inside);
    }
    Ok(all)
}

/// Joins the results in `named`, which may come in any order, into a folder. Where that folder
/// holds the very results already, nothing is done.
///
/// # Errors
/// If a part is incomplete or damaged, was made by something else than the first, or the ranges
/// overlap or leave runs out.
pub fn merge(named: &[PathBuf], into: &Path) -> Result<Manifest, TableError> {
    let mut all: Vec<(PathBuf, Manifest)> = Vec::new();
    for folder in parts(named)? {
        let manifest = Manifest::read(&folder)?;
        all.push((folder, manifest));
    }
    all.sort_by_key(|(_, manifest)| manifest.runs);
    let Some((_, first)) = all.first() else {
        return Err(TableError::new(into, "no parts are named", "name the folders to join"));
    };
    let (made, columns, from) = (first.made.clone(), first.columns.clone(), first.runs[0]);
    let mut next = from;
    for (folder, manifest) in &all {
        let fault = |fault: String, hint: &str| Err(TableError::new(folder, fault, hint));
        if !manifest.complete() {
            let [there, asked] =
                [manifest.runs, manifest.asked].map(|r| format!("{}..{}", r[0], r[1]));
            return fault(
                format!("runs {there} of {asked} are there"),
                "finish it with `shatterbelt resume`",
            );
        }
        if !manifest.made.joins(&made) || manifest.columns != columns {
            let why = match manifest.made.differs(&made) {
                why if why.is_empty() => "its date or its names differ".to_owned(),
                why => why,
            };
            let hint = "join only parts of one case, scenario, date, seed and program";
            let than = all[0].0.display();
            return fault(format!("made by something else than {than}: {why}"), hint);
        }
        if manifest.runs[0] != next {
            let fault_text = format!("begins with run {}, but run {next} is due", manifest.runs[0]);
            return fault(fault_text, "parts must follow one another without gap or overlap");
        }
        next = manifest.runs[1];
    }
    let asked = [from, next];
    if into.join(NAME).exists() {
        let there = Manifest::read(into)?;
        if there.complete() && there.made.joins(&made) && there.runs == asked {
            there.verify(into)?;
            return Ok(there);
        }
        let hint = "name another folder";
        return Err(TableError::new(into, "the folder already holds other results", hint));
    }
    for (folder, manifest) in &all {
        manifest.verify(folder)?;
    }
    let part = aside(into)?;
    let mut joined = Part::begin(&part, made, asked, columns)?;
    for (folder, manifest) in &all {
        take(&mut joined, folder, manifest.runs, asked)?;
    }
    let manifest = joined.finish()?;
    std::fs::rename(&part, into).map_err(disk(into))?;
    Ok(manifest)
}

/// The name under which the joined folder is made; what a killed merge left there is taken away.
fn aside(into: &Path) -> Result<PathBuf, TableError> {
    let name = into.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        TableError::new(into, "this is no name of a folder", "name the folder to write")
    })?;
    let part = into.with_file_name(format!(".{name}.part"));
    if part.exists() {
        std::fs::remove_dir_all(&part).map_err(disk(&part))?;
    }
    // An empty folder of the name would be in the way of the joined one only where a rename does
    // not replace it.
    if into.is_dir() {
        std::fs::remove_dir(into)
            .map_err(|e| TableError::new(into, e, "name a new folder, or one that is empty"))?;
    }
    Ok(part)
}

/// Takes the runs of one part over into the joined results.
fn take(
    joined: &mut Part,
    folder: &Path,
    [from, to]: [u32; 2],
    [first, last]: [u32; 2],
) -> Result<(), TableError> {
    let path = folder.join(OUTCOMES);
    let mut frames = Frames::open(&path)?;
    let sources = [Source::open(&folder.join(RUNS))?, Source::open(&folder.join(COURSE))?];
    let damaged =
        |fault: String| TableError::new(&path, fault, "the file is damaged: make the part again");
    let (mut at, mut group) = (from, 0);
    while at < to {
        let block = at / BLOCK * BLOCK;
        let end = block.saturating_add(BLOCK).min(to);
        let frame = frames
            .next()
            .map_err(|e| damaged(e.to_string()))?
            .ok_or_else(|| damaged(format!("it ends before run {at}")))?;
        let whole = at == block.max(first) && end == block.saturating_add(BLOCK).min(last);
        if whole {
            joined.splice(end, frame, &sources, group)?;
        } else {
            let lines = unpacked(frame, frame.len() as u64).map_err(|e| damaged(e.to_string()))?;
            for line in lines {
                let line = line.map_err(|e| damaged(e.to_string()))?;
                let (run, outcome) = outcome(&line).map_err(|e| damaged(e.to_string()))?;
                joined.push(run, &outcome)?;
            }
        }
        (at, group) = (end, group + 1);
    }
    Ok(())
}

/// The zstd frames of a file, one after the other, without decoding them.
struct Frames {
    file: File,
    held: Vec<u8>,
    taken: usize,
    ended: bool,
}

/// How much is read at a time.
const PIECE: usize = 1 << 20;

impl Frames {
    fn open(path: &Path) -> Result<Self, TableError> {
        let file = File::open(path).map_err(disk(path))?;
        Ok(Self { file, held: Vec::new(), taken: 0, ended: false })
    }

    /// The bytes of the next frame; none after the last.
    fn next(&mut self) -> std::io::Result<Option<&[u8]>> {
        self.held.drain(..self.taken);
        self.taken = 0;
        loop {
            let size = zstd::zstd_safe::find_frame_compressed_size(&self.held);
            match size {
                Ok(size) if size > 0 && size <= self.held.len() => {
                    self.taken = size;
                    return Ok(Some(&self.held[..size]));
                }
                _ if !self.ended => {
                    let before = self.held.len();
                    self.held.resize(before + PIECE, 0);
                    let read = self.file.read(&mut self.held[before..])?;
                    self.held.truncate(before + read);
                    self.ended = read == 0;
                }
                _ if self.held.is_empty() => return Ok(None),
                _ => {
                    let fault = "what stands after the last whole frame is no frame";
                    return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, fault));
                }
            }
        }
    }
}
