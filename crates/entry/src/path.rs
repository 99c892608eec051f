//! Paths: where something stands in a case, whatever file it is written in.

use crate::key::Key;

/// Where something stands: `KIND`, `KIND.KEY`, `KIND.KEY.FIELD` and further down. What stands once, such as
/// `[channels]`, has no key: `KIND.FIELD`.
///
/// A key may itself hold dots, in the name of a person, so that only who has the entries can tell where it ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// The path that a text is.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The path of an entry.
    #[must_use]
    pub fn entry(kind: &str, key: &Key) -> Self {
        Self(if key.is_empty() { kind.to_owned() } else { format!("{kind}.{key}") })
    }

    /// The path of what stands in a field of this.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }

    /// The kind, and what follows it; nothing follows a kind alone.
    #[must_use]
    pub fn kind(&self) -> (&str, &str) {
        self.0.split_once('.').unwrap_or((&self.0, ""))
    }

    /// What the last name on the path stands in, with that name; none for a kind alone.
    #[must_use]
    pub fn last(&self) -> Option<(Self, &str)> {
        self.0.rsplit_once('.').map(|(above, name)| (Self(above.to_owned()), name))
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.0
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
