//! Names nobody knows yet, ranked. A candidate is a proposal for a person to judge; it is never an
//! actor on its own.

use std::collections::{BTreeMap, HashMap};

use crate::chunks::{Clauses, Range};
use crate::mentions::name_key;
use crate::span::Span;
use crate::tokens::Kind;
use crate::words::{Tag, words};

/// A name as gathered over a document.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    pub(crate) sentence: usize,
    pub(crate) places: Vec<Span>,
    pub(crate) abbreviation: Option<String>,
    pub(crate) titled: bool,
    pub(crate) acts: bool,
    /// Written large inside a sentence, where a large letter means a name.
    pub(crate) inside: bool,
}

/// Candidates by folded name.
#[derive(Default)]
pub(crate) struct Candidates {
    found: BTreeMap<String, Gathered>,
}

impl Candidates {
    /// Gathers the unknown names of a sentence. `taken` marks tokens that name known actors,
    /// `roles` those with a part in an event.
    pub(crate) fn gather(
        &mut self,
        c: &Clauses<'_>,
        sentence: usize,
        taken: &[bool],
        roles: &[Range],
    ) {
        let mut i = 0;
        while i < c.tokens.len() {
            if !self.starts(c, i, taken) {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < c.tokens.len()
                && (self.continues(c, end, taken) || self.links(c, end, taken))
            {
                end += 1;
            }
            let mut first = i;
            let mut titled = false;
            while first < end && is_title(c, first) {
                titled = true;
                first += 1;
                // "Secretary of State": the office goes with the title
                if c.word(first) == "of" && first + 1 < end {
                    let office = words().is_ordinary(c.word(first + 1));
                    first += 1 + usize::from(office);
                }
            }
            if first < end {
                self.add(c, sentence, Range { first, end }, titled, roles, opens(c, i));
            }
            i = end;
        }
    }

    fn starts(&self, c: &Clauses<'_>, i: usize, taken: &[bool]) -> bool {
        c.tag(i) == Some(Tag::Name) && !taken[i] && !c.dated[i] && c.tokens[i].kind == Kind::Word
            || is_title(c, i)
                && !taken[i]
                && c.tokens[i].capital
                && i + 1 < c.tokens.len()
                && self.continues(c, i + 1, taken)
    }

    fn continues(&self, c: &Clauses<'_>, i: usize, taken: &[bool]) -> bool {
        !taken[i] && c.tag(i) == Some(Tag::Name) && c.tokens[i].kind == Kind::Word && !c.dated[i]
    }

    /// "of", "the", "al" inside a name with a large letter after it.
    fn links(&self, c: &Clauses<'_>, i: usize, taken: &[bool]) -> bool {
        matches!(c.word(i), "of" | "al" | "bin" | "ibn" | "de" | "van" | "von" | "&")
            && i + 1 < c.tokens.len()
            && self.continues(c, i + 1, taken)
    }

    fn add(
        &mut self,
        c: &Clauses<'_>,
        sentence: usize,
        range: Range,
        titled: bool,
        roles: &[Range],
        opening: bool,
    ) {
        let Some(span) = c.span(range) else { return };
        let single = range.end - range.first == 1;
        let word = c.word(range.first);
        // a lone ordinary word written large, or a short one opening a sentence, is no name
        if single
            && (words().is_ordinary(word)
                || word.chars().count() < 3 && !c.tokens[range.first].upper
                || opening && word.len() < 4)
        {
            return;
        }
        let acts = roles.iter().any(|r| r.first <= range.first && range.end <= r.end);
        let mut abbreviation = None;
        if c.word(range.end) == "(" && c.word(range.end + 2) == ")" && c.tokens[range.end + 1].upper
        {
            abbreviation = Some(c.tokens[range.end + 1].span.of(c.text).to_owned());
        }
        let entry = self.found.entry(name_key(span.of(c.text))).or_insert_with(|| Gathered {
            sentence,
            places: Vec::new(),
            abbreviation: None,
            titled: false,
            acts: false,
            inside: false,
        });
        entry.places.push(span);
        entry.titled |= titled;
        entry.inside |= !opening || !single;
        entry.acts |= acts;
        if entry.abbreviation.is_none() {
            entry.abbreviation = abbreviation;
        }
    }

    /// A lone surname joins the one full name that ends with it; with two such names it stays
    /// alone.
    fn join_surnames(&mut self) {
        let last = |key: &str| key.rsplit(' ').next().unwrap_or("").to_owned();
        let mut full: HashMap<String, Vec<String>> = HashMap::new();
        let single = |key: &str| !key.trim_start_matches("al ").contains(' ');
        for key in self.found.keys().filter(|k| !single(k)) {
            full.entry(last(key)).or_default().push(key.clone());
        }
        let lone: Vec<String> = self.found.keys().filter(|k| single(k)).cloned().collect();
        for key in lone {
            let Some([one]) = full.get(&last(&key)).map(Vec::as_slice) else {
                continue;
            };
            if let Some(short) = self.found.remove(&key)
                && let Some(entry) = self.found.get_mut(one)
            {
                entry.places.extend(short.places);
                entry.acts |= short.acts;
            }
        }
    }

    /// In rank order: most weight first, then first in the document.
    pub(crate) fn ranked(mut self) -> Vec<(Gathered, u32, &'static str)> {
        self.join_surnames();
        self.found.retain(|_, g| g.inside || g.titled || g.abbreviation.is_some());
        let mut out: Vec<(Gathered, u32, &'static str)> = self
            .found
            .into_iter()
            .map(|(key, mut g)| {
                g.places.sort();
                let uses = u32::try_from(g.places.len()).unwrap_or(u32::MAX);
                let weight = uses.saturating_add(
                    2 * u32::from(g.titled)
                        + 2 * u32::from(g.acts)
                        + u32::from(g.abbreviation.is_some()),
                );
                let organised = key.split(' ').any(|w| words().institutions.contains(w));
                let kind = if organised || g.abbreviation.is_some() {
                    "organisation"
                } else if g.titled {
                    "person"
                } else {
                    "name"
                };
                (g, weight, kind)
            })
            .collect();
        out.sort_by_key(|(g, weight, _)| (std::cmp::Reverse(*weight), g.places.first().copied()));
        out
    }
}

/// Whether a token opens its sentence or a quotation in it.
fn opens(c: &Clauses<'_>, i: usize) -> bool {
    i == 0 || c.is_quote(i - 1) || matches!(c.word(i - 1), ":" | "•" | "-" | ".")
}

fn is_title(c: &Clauses<'_>, i: usize) -> bool {
    words().titles.contains(c.word(i))
}
