//! Words for a shell to take as they are.

use std::path::Path;

/// A word as a shell reads it back.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A path as a shell takes it for one word.
#[must_use]
pub fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}
