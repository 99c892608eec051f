//! The difference between two texts as one stretch taken out and one put in: small enough to keep in a decision,
//! and exact, so that it can be undone byte for byte.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was changed in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Splice {
    /// The file, relative to the case's folder.
    pub file: String,
    /// First byte of the change.
    pub at: usize,
    /// What stood there; nothing where the file is new.
    pub removed: String,
    /// What stands there now; left out where a document is new, which its hash tells as well.
    pub inserted: String,
    /// BLAKE3 of the file before; none where it is new.
    pub before: Option<String>,
    /// BLAKE3 of the file after.
    pub after: String,
}

/// BLAKE3 of a text, in hex.
pub(super) fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

impl Splice {
    /// The change from one text to another; no first text is a new file.
    pub(super) fn between(file: &str, before: Option<&str>, after: &str) -> Splice {
        let old = before.unwrap_or("");
        let mut at = old.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(at) || !after.is_char_boundary(at) {
            at -= 1;
        }
        let tails = old[at..].bytes().rev().zip(after[at..].bytes().rev());
        let mut tail = tails.take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(old.len() - tail) || !after.is_char_boundary(after.len() - tail)
        {
            tail -= 1;
        }
        Splice {
            file: file.to_owned(),
            at,
            removed: old[at..old.len() - tail].to_owned(),
            inserted: match before.is_none() && is_document(file) {
                true => String::new(),
                false => after[at..after.len() - tail].to_owned(),
            },
            before: before.map(hash),
            after: hash(after),
        }
    }

    /// The text before the change, from the text after it; none where the text is another. The inner none is a
    /// file that was not there.
    #[allow(clippy::option_option)]
    pub(super) fn undone(&self, now: &str) -> Option<Option<String>> {
        if hash(now) != self.after {
            return None;
        }
        let Some(before) = &self.before else {
            return Some(None);
        };
        let tail = self.at.checked_add(self.inserted.len())?;
        let text = format!("{}{}{}", now.get(..self.at)?, self.removed, now.get(tail..)?);
        (hash(&text) == *before).then_some(Some(text))
    }

    /// The text after the change, from the text before it; none where the text is another. `gone` is what the file said with it, where
    /// the whole file went.
    pub(super) fn redone(&self, now: Option<&str>, gone: Option<&str>) -> Option<String> {
        if now.map(hash) != self.before {
            return None;
        }
        let text = match (now, gone) {
            (None, Some(gone)) => gone.to_owned(),
            (now, _) => {
                let now = now.unwrap_or("");
                let tail = self.at.checked_add(self.removed.len())?;
                format!("{}{}{}", now.get(..self.at)?, self.inserted, now.get(tail..)?)
            }
        };
        (hash(&text) == self.after).then_some(text)
    }
}

/// Whether a file is one of the case's documents.
fn is_document(file: &str) -> bool {
    file.starts_with("documents/")
}

/// How many lines of a new document are shown.
const SHOWN: usize = 4;

/// The lines that differ, file by file: `-` taken out, `+` put in.
pub(super) fn lines(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut out = Vec::new();
    for (file, text) in after {
        let old: Vec<&str> = before.get(file).map_or_else(Vec::new, |t| t.lines().collect());
        let new: Vec<&str> = text.lines().collect();
        if before.get(file) == Some(text) {
            continue;
        }
        out.push(file.clone());
        if is_document(file) && old.is_empty() {
            let shown = new.iter().filter(|l| !l.is_empty());
            out.extend(shown.take(SHOWN).map(|l| format!("+ {l}")));
            let more = new.iter().filter(|l| !l.is_empty()).count().saturating_sub(SHOWN);
            out.extend((more > 0).then(|| format!("+ (and {more} lines more)")));
            continue;
        }
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tails = old[head..].iter().rev().zip(new[head..].iter().rev());
        let tail = tails.take_while(|(a, b)| a == b).count();
        let (gone, come) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        // Two places of one file may lie far apart: what stands between is no change.
        let same: Vec<&&str> = gone.iter().filter(|l| come.contains(l)).collect();
        out.extend(gone.iter().filter(|l| !same.contains(l)).map(|l| format!("- {l}")));
        let kept = |l: &&&str| !(same.contains(l) && gone.len() > 1);
        out.extend(come.iter().filter(kept).filter(|l| !l.is_empty()).map(|l| format!("+ {l}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_change_is_undone_byte_for_byte(before in "\\PC{0,30}", after in "\\PC{0,30}") {
            let splice = Splice::between("f", Some(&before), &after);
            prop_assert_eq!(splice.undone(&after), Some(Some(before.clone())));
            let touched = format!("{after}x");
            prop_assert_eq!(splice.undone(&touched), None);
            prop_assert_eq!(splice.redone(Some(&before), None), Some(after.clone()));
            prop_assert_eq!(splice.redone(Some(&format!("{before}x")), None), None);
        }
    }
}
