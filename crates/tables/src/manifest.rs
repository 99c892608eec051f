//! The manifest of a folder of results: what made them, how far they go, and the hashes of their
//! files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::columns::Columns;
use crate::fault::{TableError, disk};

/// The name of the manifest in a folder of results.
pub const NAME: &str = "manifest.json";

/// What made some results: all that a run is a function of, besides its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The version of the program.
    pub program: String,
    /// What it was built from: see [`BUILD`].
    pub build: String,
    /// The version of zstd, on which the bytes of the files hang.
    pub zstd: String,
    /// The case folder, as it was named; where it lay decides nothing.
    pub case: String,
    /// The as-of date, if one was given.
    pub as_of: Option<String>,
    /// The scenarios laid over the case, in order.
    pub scenarios: Vec<String>,
    /// The values set on the command line, in order.
    pub set: Vec<String>,
    /// BLAKE3 of the case with all that was laid over it, as hex.
    pub case_hash: String,
    /// The processes in play, in order.
    pub processes: Vec<String>,
    /// The seed.
    pub seed: u64,
}

/// BLAKE3 of the sources and the list of dependencies that a run is a function of, as hex.
pub const BUILD: &str = env!("SHATTERBELT_BUILD");

impl Made {
    /// Whether runs of both belong together: the same case with the same laid over it, the same
    /// luck and the same program. Names and paths do not count.
    #[must_use]
    pub fn joins(&self, other: &Self) -> bool {
        let what = |made: &Self| {
            let Self { build, zstd, case_hash, processes, seed, .. } = made.clone();
            (build, zstd, case_hash, processes, seed)
        };
        what(self) == what(other)
    }

    /// In what the two differ, for a message.
    #[must_use]
    pub fn differs(&self, other: &Self) -> String {
        let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
        let seed = |made: &Self| made.seed.to_string();
        let pairs = [
            ("the case's hash", short(&self.case_hash), short(&other.case_hash)),
            ("the seed", seed(self), seed(other)),
            ("the build", short(&self.build), short(&other.build)),
            ("the version of zstd", self.zstd.clone(), other.zstd.clone()),
            ("the processes", self.processes.join(", "), other.processes.join(", ")),
        ];
        let differ = pairs.into_iter().filter(|(_, one, two)| one != two);
        let words: Vec<String> =
            differ.map(|(what, one, two)| format!("{what} is {one}, not {two}")).collect();
        words.join("; ")
    }
}

/// The manifest of a folder of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// What made the results.
    pub made: Made,
    /// The first run and the one after the last that were asked for.
    pub asked: [u32; 2],
    /// The same for those that are there. Results are complete when the two agree.
    pub runs: [u32; 2],
    /// The run up to which the files can be taken up again, and the files' lengths there.
    pub safe: Safe,
    /// What the places in an outcome stand for.
    pub columns: Columns,
    /// BLAKE3 of each file, as hex.
    pub files: BTreeMap<String, String>,
}

/// A point at which the files are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safe {
    /// The next run.
    pub run: u32,
    /// Bytes of the outcomes.
    pub outcomes: u64,
}

impl Manifest {
    /// Whether all that was asked for is there.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.asked == self.runs
    }

    /// Reads the manifest of a folder of results, or a manifest file itself.
    ///
    /// # Errors
    /// If there is none, or it is not of this format.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let path = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
        let text = std::fs::read_to_string(&path).map_err(|e| {
            TableError::new(&path, e, "name a folder that `run --out` or `merge` has written")
        })?;
        let manifest: Self = serde_json::from_str(&text).map_err(|e| {
            TableError::new(
                &path,
                format!("not a manifest of results: {e}"),
                "make the results again",
            )
        })?;
        if manifest.format != crate::FORMAT {
            let fault = format!("results of format {}", manifest.format);
            let hint = format!("this version reads format {}", crate::FORMAT);
            return Err(TableError::new(&path, fault, hint));
        }
        Ok(manifest)
    }

    /// Writes it into a folder: to another name first, then renamed. Fields stand in their order
    /// here and maps are sorted, so that equal manifests are equal bytes.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), TableError> {
        let path = folder.join(NAME);
        let mut text = serde_json::to_string_pretty(self).map_err(disk(&path))?;
        text.push('\n');
        whole(&path, text.as_bytes())
    }

    /// Whether the files are what the manifest says.
    ///
    /// # Errors
    /// If one is not, or cannot be read.
    pub fn verify(&self, folder: &Path) -> Result<(), TableError> {
        for (name, written) in &self.files {
            if hash(&folder.join(name))? != *written {
                let fault = format!("{name} is not what its manifest says");
                return Err(TableError::new(folder, fault, "make the part again"));
            }
        }
        Ok(())
    }
}

/// Writes a file to another name first and renames it.
///
/// # Errors
/// If the disk refuses.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<(), TableError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path)).map_err(disk(path))
}

/// BLAKE3 of some bytes, as hex.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// BLAKE3 of a file, as hex, read in pieces.
///
/// # Errors
/// If it cannot be read.
pub fn hash(path: &Path) -> Result<String, TableError> {
    let fault = |e: std::io::Error| TableError::new(path, e, "check that it can be read");
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path).map_err(fault)?).map_err(fault)?;
    Ok(hasher.finalize().to_hex().to_string())
}
