//! What one document introduces: abbreviations in brackets, surnames.

use std::collections::{BTreeMap, HashSet};

use crate::records::Form;
use crate::span::Span;
use crate::tokens::{Piece, pieces, tokens};
use crate::words::words;

/// What one document has introduced so far.
#[derive(Default)]
pub(crate) struct Introduced {
    names: BTreeMap<Vec<String>, (usize, Form)>,
    ambiguous: HashSet<Vec<String>>,
    doubted: HashSet<String>,
}

impl Introduced {
    /// A spelling that two actors would share is nobody's.
    pub(super) fn learn(&mut self, name: Vec<String>, actor: usize, form: Form) {
        match self.names.get(&name) {
            Some((other, _)) if *other != actor => {
                self.names.remove(&name);
                self.ambiguous.insert(name);
            }
            _ if self.ambiguous.contains(&name) => {}
            _ if form == Form::Surname && self.doubts(&name) => {}
            _ => {
                self.names.insert(name, (actor, form));
            }
        }
    }

    /// A surname that also follows a first name nobody here has is nobody's.
    pub(super) fn doubt(&mut self, pieces: &[Piece]) {
        if let Some(last) = pieces.last() {
            self.doubted.insert(last.folded.clone());
            self.names.retain(|name, (_, form)| {
                *form != Form::Surname || name.last() != Some(&last.folded)
            });
        }
    }

    pub(super) fn doubts(&self, name: &[String]) -> bool {
        name.last().is_some_and(|last| self.doubted.contains(last)) || self.ambiguous.contains(name)
    }

    pub(super) fn longest(&self, pieces: &[Piece], from: usize) -> Option<(usize, usize, Form)> {
        (1..=3).rev().find_map(|n| {
            let name: Vec<String> =
                pieces.get(from..from + n)?.iter().map(|p| p.folded.clone()).collect();
            self.names.get(&name).map(|(actor, form)| (from + n, *actor, *form))
        })
    }
}

/// Folded words of an alias.
pub(super) fn keys(alias: &str) -> Vec<String> {
    let list = tokens(alias, Span::whole(alias));
    pieces(alias, &list).into_iter().map(|p| p.folded).collect()
}

/// The last name of a person, with and without its article: "al-Dora" and "Dora".
pub(super) fn surname(keys: &[String]) -> Vec<Vec<String>> {
    let Some(last) = keys.last().filter(|k| keys.len() > 1 && k.chars().count() > 2) else {
        return Vec::new();
    };
    let mut out = vec![vec![last.clone()]];
    if let Some(article) = keys.len().checked_sub(2).and_then(|i| keys.get(i)).filter(|k| {
        matches!(
            k.as_str(),
            "al" | "el" | "ad" | "as" | "ash" | "an" | "ar" | "bin" | "ibn" | "van" | "von" | "de"
        )
    }) {
        out.push(vec![article.clone(), last.clone()]);
    }
    out
}

/// Whether a surname is telling enough to stand for its bearer in a document that never writes the
/// first name: it has its article, or it is long and no word of the language.
pub(super) fn is_plain_surname(keys: &[String]) -> bool {
    let long = |k: &String| k.chars().count() >= 6 && !words().is_ordinary(k);
    keys.len() > 1 && keys.last().is_some_and(|k| !words().is_ordinary(k))
        || keys.first().is_some_and(long)
}
