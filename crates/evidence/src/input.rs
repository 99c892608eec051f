//! Which documents to read: files, folders, patterns and what is known of each.
//!
//! A folder is searched in the order of its names for files whose ending is a known format; hidden
//! files and sidecars are passed over. A link that leads back into a folder already searched, and a
//! file already found by another way, are passed over too. One fault never stops the rest.

use std::collections::HashSet;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::decode::{Format, KEYS, apply};
use crate::source::DocumentSource;

/// The ending of a sidecar: `story.html.source.toml` says where `story.html` comes from.
pub const SIDECAR: &str = ".source.toml";
/// Longest sidecar, in bytes.
const LONGEST_SIDECAR: u64 = 64 << 10;

/// Bounds on one search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchLimits {
    /// Folders within folders.
    pub max_depth: usize,
    /// Documents in all.
    pub max_documents: usize,
}

impl Default for SearchLimits {
    fn default() -> Self {
        SearchLimits { max_depth: 16, max_documents: 1_000_000 }
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Search {
    /// Files to read, in order.
    pub files: Vec<PathBuf>,
    /// What could not be searched.
    pub faults: Vec<InputError>,
    /// Files of folders passed over because their ending is no known format.
    pub passed_over: usize,
}

/// Why something was not found or not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// The system's word on a file or folder.
    Unreadable {
        /// Where.
        path: PathBuf,
        /// What it says.
        fault: String,
    },
    /// A pattern that is none, or that nothing matches.
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong.
        fault: String,
    },
    /// A folder deeper than the limit.
    TooDeep {
        /// The folder.
        path: PathBuf,
        /// Its depth.
        depth: usize,
        /// The limit.
        limit: usize,
    },
    /// More documents than the limit.
    TooMany {
        /// The first that is not read.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// An address: nothing is fetched from the network.
    Address {
        /// As given.
        address: String,
    },
    /// A sidecar that cannot be used.
    Sidecar {
        /// The sidecar.
        path: PathBuf,
        /// What is wrong, and what would mend it.
        fault: String,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Unreadable { path, fault } => write!(f, "{}: {fault}", path.display()),
            InputError::Pattern { pattern, fault } => write!(f, "{pattern}: {fault}"),
            InputError::TooDeep { path, depth, limit } => write!(
                f,
                "{}: {depth} folders deep, more than the {limit} that are searched; raise --max-depth",
                path.display()
            ),
            InputError::TooMany { path, limit } => write!(
                f,
                "{}: more documents than the {limit} that one reading takes, this one and all after it are not read; raise --max-documents",
                path.display()
            ),
            InputError::Address { address } => write!(
                f,
                "{address}: nothing is fetched from the network; save the page as a file and read that, with its address in a sidecar"
            ),
            InputError::Sidecar { path, fault } => write!(f, "{}: {fault}", path.display()),
        }
    }
}

impl std::error::Error for InputError {}

/// Finds the documents that `arguments` (files, folders, patterns with `*`, `?`, `[]`, `**`) stand
/// for. A file named outright is taken whatever its ending.
pub fn search(arguments: &[PathBuf], limits: SearchLimits) -> Search {
    let mut walk = Walk { limits, out: Search::default(), seen: HashSet::new(), full: false };
    for argument in arguments {
        let text = argument.to_string_lossy();
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        if matches!(scheme.as_deref(), Some("http" | "https" | "ftp" | "file" | "feed")) {
            let address = text.into_owned();
            walk.out.faults.push(InputError::Address { address });
        } else if text.contains(['*', '?', '[']) && !argument.exists() {
            walk.pattern(&text);
        } else {
            walk.path(argument, 0, true);
        }
    }
    walk.out
}

struct Walk {
    limits: SearchLimits,
    out: Search,
    seen: HashSet<PathBuf>,
    full: bool,
}

impl Walk {
    fn pattern(&mut self, pattern: &str) {
        let fault = |fault: String| InputError::Pattern { pattern: pattern.to_owned(), fault };
        let hidden = glob::MatchOptions {
            require_literal_leading_dot: true,
            require_literal_separator: true,
            ..glob::MatchOptions::default()
        };
        let paths = match glob::glob_with(pattern, hidden) {
            Ok(paths) => paths,
            Err(e) => return self.out.faults.push(fault(format!("no pattern of files: {e}"))),
        };
        let mut any = false;
        for path in paths {
            match path {
                Ok(path) => {
                    any = true;
                    let named = path.is_file();
                    if !named || is_document(&path) {
                        self.path(&path, 0, named);
                    } else if !is_sidecar(&path) {
                        self.out.passed_over += 1;
                    }
                }
                Err(e) => self.unreadable(e.path(), e.error()),
            }
        }
        if !any {
            self.out.faults.push(fault("no file or folder matches".to_owned()));
        }
    }

    fn unreadable(&mut self, path: &Path, fault: &std::io::Error) {
        let path = path.to_owned();
        self.out.faults.push(InputError::Unreadable { path, fault: fault.to_string() });
    }

    fn path(&mut self, path: &Path, depth: usize, named: bool) {
        if self.full {
            return;
        }
        // follows links, so that a loop of links is a folder already seen
        let place = match path.canonicalize() {
            Ok(place) => place,
            Err(e) => return self.unreadable(path, &e),
        };
        if place.is_dir() {
            if !self.seen.insert(place) {
                return;
            }
            if depth > self.limits.max_depth {
                let (path, limit) = (path.to_owned(), self.limits.max_depth);
                self.out.faults.push(InputError::TooDeep { path, depth, limit });
                return;
            }
            return self.folder(path, depth);
        }
        if !named && !is_document(path) {
            self.out.passed_over += usize::from(!is_sidecar(path));
            return;
        }
        if !place.is_file() {
            let fault = std::io::Error::other("neither a file nor a folder");
            return self.unreadable(path, &fault);
        }
        if !self.seen.insert(place) {
            return;
        }
        if self.out.files.len() >= self.limits.max_documents {
            let (path, limit) = (path.to_owned(), self.limits.max_documents);
            self.out.faults.push(InputError::TooMany { path, limit });
            self.full = true;
            return;
        }
        // "./a.txt" and "a.txt" are one document under one name
        let plain: PathBuf = path.components().filter(|c| *c != Component::CurDir).collect();
        self.out.files.push(plain);
    }

    fn folder(&mut self, path: &Path, depth: usize) {
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(e) => return self.unreadable(path, &e),
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => paths.push(entry.path()),
                Err(e) => self.unreadable(path, &e),
            }
        }
        paths.retain(|p| !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')));
        paths.sort();
        for path in paths {
            self.path(&path, depth + 1, false);
        }
    }
}

fn is_document(path: &Path) -> bool {
    path.file_name().is_some_and(|n| Format::by_name(&n.to_string_lossy()).is_some())
}

fn is_sidecar(path: &Path) -> bool {
    path.to_string_lossy().ends_with(SIDECAR)
}

/// What is known of the document at `path`: its sidecar's word where there is one.
///
/// # Errors
/// [`InputError::Sidecar`] with every fault of the sidecar: an unknown key with the nearest known one,
/// a value of the wrong kind. [`InputError::Unreadable`] where it cannot be read.
pub fn source_of(path: &Path) -> Result<DocumentSource, InputError> {
    let mut source = DocumentSource::new(path.display().to_string());
    let mut sidecar = path.as_os_str().to_owned();
    sidecar.push(SIDECAR);
    let sidecar = PathBuf::from(sidecar);
    if !sidecar.is_file() {
        return Ok(source);
    }
    let unreadable =
        |e: std::io::Error| InputError::Unreadable { path: sidecar.clone(), fault: e.to_string() };
    let fault = |fault: String| InputError::Sidecar { path: sidecar.clone(), fault };
    let size = std::fs::metadata(&sidecar).map_err(unreadable)?.len();
    if size > LONGEST_SIDECAR {
        return Err(fault(format!("{size} bytes; a sidecar has at most {LONGEST_SIDECAR}")));
    }
    let text = std::fs::read_to_string(&sidecar).map_err(unreadable)?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
        let at = e.span().map_or(0, |s| s.start.min(text.len()));
        let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        fault(format!("line {line}: {}", e.message()))
    })?;
    let mut faults = Vec::new();
    for (key, value) in table {
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other if KEYS.contains(&key.as_str()) => {
                faults.push(format!(
                    "{key}: expected text in quotation marks, found {}",
                    other.type_str()
                ));
                continue;
            }
            _ => String::new(),
        };
        faults.extend(apply(&mut source, &key, text.trim()).err());
    }
    if faults.is_empty() { Ok(source) } else { Err(fault(faults.join("; "))) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(search: &Search, root: &Path) -> Vec<String> {
        let name = |p: &PathBuf| p.strip_prefix(root).unwrap().display().to_string();
        search.files.iter().map(name).collect()
    }

    fn folder() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("b/deep/deeper")).unwrap();
        for name in [
            "z.txt",
            "a.html",
            "b/m.eml",
            "b/deep/x.md",
            "b/deep/deeper/y.pdf",
            ".hid.txt",
            "c.png",
            "z.txt.source.toml",
        ] {
            fs::write(root.path().join(name), "x").unwrap();
        }
        root
    }

    #[test]
    fn an_address_is_a_fault_that_says_nothing_is_fetched() {
        let arguments = ["https://news.example/a.html", "HTTP://x.example", "file:///etc/hosts"];
        let found = search(&arguments.map(PathBuf::from), SearchLimits::default());
        assert!(found.files.is_empty());
        assert_eq!(found.faults.len(), 3);
        let said = found.faults[0].to_string();
        assert!(said.starts_with("https://news.example/a.html: nothing is fetched"), "{said}");
        assert!(said.contains("save the page"), "{said}");
    }

    #[test]
    fn folders_are_searched_in_order_and_through_links_once() {
        let root = folder();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.path(), root.path().join("b/loop")).unwrap();
            std::os::unix::fs::symlink(root.path().join("z.txt"), root.path().join("zz.txt"))
                .unwrap();
        }
        let found = search(&[root.path().to_owned()], SearchLimits::default());
        assert_eq!(
            names(&found, root.path()),
            ["a.html", "b/deep/deeper/y.pdf", "b/deep/x.md", "b/m.eml", "z.txt"]
        );
        assert_eq!((found.passed_over, found.faults.len()), (1, 0));
    }

    #[test]
    fn limits_are_named_and_stop_nothing_else() {
        let root = folder();
        let limits = SearchLimits { max_depth: 1, max_documents: 2 };
        let found = search(&[root.path().to_owned(), root.path().join("no.txt")], limits);
        assert_eq!(names(&found, root.path()), ["a.html", "b/m.eml"]);
        let faults: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
        assert!(
            faults[0].contains("2 folders deep, more than the 1")
                && faults[0].contains("--max-depth"),
            "{faults:?}"
        );
        assert!(
            faults[1].contains("more documents than the 2")
                && faults[1].contains("--max-documents"),
            "{faults:?}"
        );
    }

    #[test]
    fn patterns_find_documents_and_say_when_they_find_none() {
        let root = folder();
        let pattern = |p: &str| search(&[root.path().join(p)], SearchLimits::default());
        assert_eq!(names(&pattern("**/*.md"), root.path()), ["b/deep/x.md"]);
        assert_eq!(names(&pattern("*"), root.path()).len(), 5);
        assert!(pattern("*.doc").faults[0].to_string().contains("no file or folder matches"));
    }

    #[test]
    fn a_sidecar_says_where_a_document_comes_from_and_all_its_faults() {
        let root = folder();
        let sidecar = root.path().join("z.txt.source.toml");
        fs::write(
            &sidecar,
            "publisher = \"The Amar Courier\"\npublished = 2031-03-14\nrating = \"B2\"\n",
        )
        .unwrap();
        let source = source_of(&root.path().join("z.txt")).unwrap();
        assert_eq!(source.publisher.as_deref(), Some("The Amar Courier"));
        assert_eq!(source.published.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
        fs::write(&sidecar, "publsher = \"x\"\nrating = 3\n").unwrap();
        let fault = source_of(&root.path().join("z.txt")).unwrap_err().to_string();
        assert!(
            fault.contains("did you mean \"publisher\"?") && fault.contains("found integer"),
            "{fault}"
        );
        fs::write(&sidecar, "a = 1\nb = \n").unwrap();
        assert!(source_of(&root.path().join("z.txt")).unwrap_err().to_string().contains("line 2"));
        assert_eq!(source_of(&root.path().join("a.html")).unwrap().publisher, None);
    }
}
