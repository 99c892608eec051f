//! The keys by which the entries of a kind are addressed.

use std::borrow::{Borrow, Cow};
use std::ops::Deref;

/// One field of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The field.
    pub field: &'static str,
    /// The sign between it and the next; empty at the end.
    pub sign: &'static str,
    /// Whether it is left out, with its sign, where the entry does not have it.
    pub may_lack: bool,
}

/// What an entry has in a field of its key. Of an array, such as `laws`, the first counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A text, a number or a date, as text.
    Text(Cow<'a, str>),
    /// Nothing.
    Absent,
    /// What can be no part of a key.
    Other,
}

/// The key of an entry: what its parts hold, with their signs between them. It is empty for what stands once.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// The key that parts make of an entry's fields; none if one of them can be no part of a key. A part that must be
    /// there and is not counts as a hyphen: the national result of an election is of the district `-`.
    #[must_use]
    pub fn of<'a>(
        parts: &[Part],
        mut piece: impl FnMut(&'static str) -> Piece<'a>,
    ) -> Option<Self> {
        let mut key = String::new();
        for part in parts {
            match piece(part.field) {
                Piece::Text(text) => key.push_str(&text),
                Piece::Absent if part.may_lack => continue,
                Piece::Absent => key.push('-'),
                Piece::Other => return None,
            }
            key.push_str(part.sign);
        }
        Some(Self(key))
    }

    /// The form of a key, for people: `[CONTEST:]DISTRICT:LIST`.
    #[must_use]
    pub fn form(parts: &[Part]) -> String {
        let one = |part: &Part| {
            let text = format!("{}{}", part.field.to_uppercase(), part.sign);
            if part.may_lack { format!("[{text}]") } else { text }
        };
        parts.iter().map(one).collect()
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIOR: &[Part] = &[
        Part { field: "contest", sign: ":", may_lack: true },
        Part { field: "district", sign: ":", may_lack: false },
        Part { field: "list", sign: "", may_lack: false },
    ];

    fn key(contest: Piece<'static>, district: Piece<'static>) -> Option<String> {
        let key = Key::of(PRIOR, |field| match field {
            "contest" => contest.clone(),
            "district" => district.clone(),
            _ => Piece::Text("reds".into()),
        });
        key.map(|key| key.to_string())
    }

    #[test]
    fn a_part_that_may_lack_takes_its_sign_with_it_and_another_leaves_a_hyphen() {
        let hill = || Piece::Text("hill".into());
        assert_eq!(key(Piece::Text("2031".into()), hill()).as_deref(), Some("2031:hill:reds"));
        assert_eq!(key(Piece::Absent, hill()).as_deref(), Some("hill:reds"));
        assert_eq!(key(Piece::Absent, Piece::Absent).as_deref(), Some("-:reds"));
        assert_eq!(key(Piece::Absent, Piece::Other), None);
        assert_eq!(Key::form(PRIOR), "[CONTEST:]DISTRICT:LIST");
    }
}
