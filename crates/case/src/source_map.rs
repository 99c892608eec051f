//! Every file of a case in one numbered space of bytes, so that a span alone says which file it is in.
//!
//! A patch may bring a value from a scenario file into a table of another file; because spans count through
//! all files together, the value keeps pointing at the place where it was written.

pub use entry::Spot;

/// One file: its name as shown to people and its text.
#[derive(Debug, Clone)]
pub struct File {
    /// The path as the user would type it.
    pub name: String,
    /// The text, as UTF-8.
    pub text: String,
    /// The number of the file's first byte in the map.
    pub base: usize,
    /// Where its lines begin, so that no finding has to count them again.
    lines: Vec<usize>,
}

/// Files that say how the evidence was judged and what became of its proposals. They hold no belief about the
/// state, so no run depends on them.
pub const LEDGERS: [&str; 2] = ["judgements.toml", "decisions.toml"];

impl File {
    /// A file at a place in the map.
    #[must_use]
    pub fn new(name: String, text: String, base: usize) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { name, text, base, lines }
    }

    /// The number, from 0, and the text of the line in which a byte of the file stands, without its end.
    #[must_use]
    pub fn line(&self, at: usize) -> (usize, &str) {
        let line = self.lines.partition_point(|start| *start <= at).saturating_sub(1);
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        (line, &self.text[self.lines[line]..end])
    }

    /// Where a line begins.
    #[must_use]
    pub fn start_of(&self, line: usize) -> usize {
        self.lines[line]
    }

    /// The file's name without its folder.
    #[must_use]
    pub fn short_name(&self) -> &str {
        std::path::Path::new(&self.name).file_name().and_then(|n| n.to_str()).unwrap_or("")
    }

    /// Whether the file is one of [`LEDGERS`].
    #[must_use]
    pub fn is_ledger(&self) -> bool {
        LEDGERS.contains(&self.short_name())
    }

    /// Whether the file holds boundaries of districts.
    #[must_use]
    pub fn is_boundaries(&self) -> bool {
        self.name.ends_with(crate::boundary::ENDING)
    }
}

/// All files of a case, laid end to end.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

/// A place a person can go to: file, line and column, both counted from one; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl SourceMap {
    /// Adds a file and returns the number of its first byte.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        // One byte between files keeps an empty span at the end of one out of the next.
        let base = self.files.last().map_or(0, |f| f.base + f.text.len() + 1);
        self.files.push(File::new(name.into(), text.into(), base));
        base
    }

    /// The files in the order in which they were added.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file of that name in the case's folder.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|f| f.short_name() == name)
    }

    /// The file that holds a byte number, if any does.
    #[must_use]
    pub fn file_at(&self, at: usize) -> Option<&File> {
        let i = self.files.partition_point(|f| f.base <= at).checked_sub(1)?;
        let file = &self.files[i];
        (at <= file.base + file.text.len()).then_some(file)
    }

    /// Where a span begins, for a person.
    #[must_use]
    pub fn place(&self, spot: &Spot) -> Option<Place> {
        let file = self.file_at(spot.start)?;
        let mut at = (spot.start - file.base).min(file.text.len());
        while !file.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = file.line(at).0;
        Some(Place {
            file: file.name.clone(),
            line: line + 1,
            column: file.text[file.start_of(line)..at].chars().count() + 1,
        })
    }

    /// The text of a span, if it lies within one file and on character boundaries.
    #[must_use]
    pub fn text(&self, spot: &Spot) -> Option<&str> {
        let file = self.file_at(spot.start)?;
        file.text.get(spot.start - file.base..spot.end.checked_sub(file.base)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_finds_its_file_line_and_column() {
        let mut map = SourceMap::default();
        map.add("a.toml", "one\ntwo");
        let base = map.add("b.toml", "é = 1\nkey = 2\n");
        let place = map.place(&(base + 7..base + 10)).unwrap();
        assert_eq!(place.to_string(), "b.toml:2:1");
        let value = map.place(&(base + 5..base + 6)).unwrap();
        assert_eq!(value.to_string(), "b.toml:1:5");
        assert_eq!(map.text(&(base + 7..base + 10)), Some("key"));
        assert_eq!(map.place(&(999..1000)), None);
    }
}
