//! A case's folder as somebody else may have made it: whatever it holds, nothing outside it is read, written, deleted
//! or waited for.
//!
//! Every path is opened beneath a handle of the folder (`cap-std`: `openat2` where the system has it), so that a link
//! that leads outside, an absolute name or `..` ends in a refusal. Only plain files are read: opening a pipe or a
//! device does not wait, and is refused.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::folder::{FolderError, FolderFault, MAX_FILE, fault, utf8};

/// What is appended to the name of a file while it is written.
pub(crate) const PART: &str = ".shatterbelt.part";

/// A case's folder, held open.
#[derive(Debug)]
pub struct Beneath {
    root: PathBuf,
    dir: Dir,
}

impl Beneath {
    /// Opens a folder; where it is itself a link, the folder it leads to is meant.
    ///
    /// # Errors
    /// If there is no such folder or it cannot be read.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let dir = Dir::open_ambient_dir(root, ambient_authority())
            .map_err(|e| fault(root, e, "name a folder that holds a case.toml"))?;
        Ok(Self { root: root.to_owned(), dir })
    }

    /// The names of the entries of a folder in it (`""` is the folder itself), in order; none where it is not there.
    ///
    /// # Errors
    /// If it leads outside or cannot be read.
    pub fn names(&self, folder: &str) -> Result<Vec<String>, FolderError> {
        let entries = match folder {
            "" => self.dir.entries(),
            folder => self.dir.read_dir(folder),
        };
        let at = |e| self.refused(folder, e);
        let entries = match entries {
            Ok(entries) => entries,
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            Err(e) => return Err(at(e)),
        };
        let mut names = Vec::new();
        for entry in entries {
            // A name that is not UTF-8 is none of a case's.
            names.extend(entry.map_err(at)?.file_name().into_string().ok());
        }
        names.sort();
        Ok(names)
    }

    /// Opens a plain file for reading; none where it is not there.
    ///
    /// # Errors
    /// If it leads outside, is no plain file or cannot be read.
    pub fn file(&self, file: &str) -> Result<Option<File>, FolderError> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt as _;
            // A pipe without a writer would be waited for.
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        let opened = match self.dir.open_with(file, &options) {
            Ok(opened) => opened.into_std(),
            Err(e) if e.kind() == ErrorKind::NotFound && !self.is_link(file) => return Ok(None),
            Err(e) => return Err(self.refused(file, e)),
        };
        let about = opened.metadata().map_err(|e| self.refused(file, e))?;
        if !about.is_file() {
            let hint = "a case holds plain files: take it out";
            return Err(fault(&self.root.join(file), FolderFault::NotPlain, hint));
        }
        Ok(Some(opened))
    }

    /// The bytes of a plain file, at most `limit` of them; none where it is not there.
    ///
    /// # Errors
    /// As [`Beneath::file`]; if it is larger.
    pub fn bytes(&self, file: &str, limit: u64) -> Result<Option<Vec<u8>>, FolderError> {
        let Some(opened) = self.file(file)? else { return Ok(None) };
        let mut bytes = Vec::new();
        opened.take(limit + 1).read_to_end(&mut bytes).map_err(|e| self.refused(file, e))?;
        if bytes.len() as u64 > limit {
            let hint = format!("keep files of a case below {} MiB", limit >> 20);
            let size = bytes.len() as u64;
            return Err(fault(&self.root.join(file), FolderFault::TooLarge(size), hint));
        }
        Ok(Some(bytes))
    }

    /// The text of a plain file; none where it is not there.
    ///
    /// # Errors
    /// As [`Beneath::bytes`] with [`MAX_FILE`]; if it is not UTF-8.
    pub fn text(&self, file: &str) -> Result<Option<String>, FolderError> {
        let bytes = self.bytes(file, MAX_FILE)?;
        bytes.map(|bytes| utf8(&self.root.join(file), bytes)).transpose()
    }

    /// Puts a text in the place of a file, whole or not at all, and waits until the disk has it. Folders on the way are
    /// made.
    ///
    /// # Errors
    /// If it leads outside or cannot be written; what was there stays.
    pub fn put(&self, file: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let at = |e| self.refused(file, e);
        let folder = Path::new(file).parent().filter(|f| !f.as_os_str().is_empty());
        if let Some(folder) = folder {
            match self.dir.metadata(folder) {
                Ok(_) => {}
                Err(e) if e.kind() == ErrorKind::NotFound => {
                    self.dir.create_dir_all(folder).map_err(at)?;
                }
                Err(e) => return Err(at(e)),
            }
        }
        let part = format!("{file}{PART}");
        // What a killed process left under this name is in the way, and may be a link.
        match self.dir.remove_file(&part) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(at(e)),
            _ => {}
        }
        let written = self.new_file(&part, bytes).and_then(|()| {
            self.dir.rename(&part, &self.dir, file)?;
            self.synchronise(folder)
        });
        if written.is_err() {
            // Nothing half-written stays behind; that the clean-up fails too changes nothing.
            let _ = self.dir.remove_file(&part);
        }
        written.map_err(at)
    }

    /// Takes a file away and waits until the disk knows; one that is not there is no fault.
    ///
    /// # Errors
    /// If it leads outside or cannot be removed.
    pub fn remove(&self, file: &str) -> Result<(), FolderError> {
        match self.dir.remove_file(file) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(self.refused(file, e)),
            _ => {}
        }
        let folder = Path::new(file).parent().filter(|f| !f.as_os_str().is_empty());
        self.synchronise(folder).map_err(|e| self.refused(file, e))
    }

    fn new_file(&self, file: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut new = self.dir.open_with(file, OpenOptions::new().write(true).create_new(true))?;
        new.write_all(bytes)?;
        new.sync_all()
    }

    fn synchronise(&self, folder: Option<&Path>) -> std::io::Result<()> {
        if cfg!(unix) {
            // Opened anew for reading: the handle itself only stands for the place.
            self.dir.open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }

    /// Whether there is a folder of this name, and no link to one.
    pub(crate) fn is_folder(&self, folder: &str) -> bool {
        self.dir.symlink_metadata(folder).is_ok_and(|about| about.is_dir())
    }

    fn is_link(&self, file: &str) -> bool {
        self.dir.symlink_metadata(file).is_ok_and(|about| about.is_symlink())
    }

    fn refused(&self, file: &str, error: std::io::Error) -> FolderError {
        let path = self.root.join(file);
        // The library's own refusal carries no number of the system.
        if error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none() {
            let hint = "a case reads and writes in its own folder only: take the link out";
            return fault(&path, FolderFault::Outside, hint);
        }
        if error.kind() == ErrorKind::NotFound {
            return fault(&path, FolderFault::Dangling, "take it out");
        }
        fault(&path, error, "check that it can be read and written")
    }
}
