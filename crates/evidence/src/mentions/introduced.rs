//! What one document introduces: abbreviations in brackets, surnames.

use std::collections::{BTreeMap, HashSet};

use crate::records::Form;
use crate::span::Span;
use crate::tokens::{Piece, pieces, tokens};

/// What one document has introduced so far.
#[derive(Default)]
pub(crate) struct Introduced {
    names: BTreeMap<Vec<String>, (usize, Form)>,
    ambiguous: HashSet<Vec<String>>,
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
            _ => {
                self.names.insert(name, (actor, form));
            }
        }
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
