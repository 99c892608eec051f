//! What the numbers rest on: estimates with their sources and sentences, gathered under a key.

use std::collections::{BTreeMap, BTreeSet};

use case::{Belief, Case};

use super::paths::plain_path;
use super::{Evidence, Findings, source_entry};
use crate::brief::{Citation, EvidenceNote, SourceEntry};
use crate::numbers;
use crate::text::{NoteKey, Text};

/// The most estimates that one note lists; the rest are counted.
const MOST: usize = 6;

/// The notes of a brief in the making.
pub(super) struct Notes<'a> {
    case: &'a Case,
    evidence: &'a Evidence,
    notes: BTreeMap<NoteKey, EvidenceNote>,
}

impl<'a> Notes<'a> {
    pub fn new(findings: &Findings<'a>) -> Self {
        Self { case: findings.model.case, evidence: findings.evidence, notes: BTreeMap::new() }
    }

    /// A note on the estimates whose paths pass a test, strongest sourced first. Returns its key.
    pub fn on(
        &mut self,
        key: impl Into<NoteKey>,
        subject: impl Into<String>,
        derivation: impl Into<String>,
        picks: impl Fn(&str) -> bool,
    ) -> NoteKey {
        self.on_near(key, subject, derivation, picks, |_| false)
    }

    /// The same, with the estimates first that bear on it most.
    pub fn on_near(
        &mut self,
        key: impl Into<NoteKey>,
        subject: impl Into<String>,
        derivation: impl Into<String>,
        picks: impl Fn(&str) -> bool,
        near: impl Fn(&str) -> bool,
    ) -> NoteKey {
        let key = key.into();
        if self.notes.contains_key(&key) {
            return key;
        }
        let mut beliefs: Vec<&Belief> =
            self.case.beliefs.iter().filter(|b| picks(&b.path)).collect();
        let rank = |b: &Belief| {
            // A quoted sentence before a bare source before a judgement.
            (!near(&b.path), b.quote.is_none(), b.sources.is_empty())
        };
        beliefs.sort_by_key(|b| rank(b));
        let mut derivation = derivation.into();
        if beliefs.len() > MOST {
            let why = match beliefs.iter().any(|b| near(&b.path)) {
                true => "bear on it most",
                false => "are the best sourced",
            };
            derivation.push_str(&format!(
                " Of the {} estimates behind it, these {MOST} {why}.",
                beliefs.len()
            ));
        }
        let mut citations = Vec::new();
        for group in grouped(beliefs.iter().take(MOST).copied()) {
            citations.extend(self.citations(&group));
        }
        let shown = &beliefs[..beliefs.len().min(MOST)];
        let independent = self.publishers(shown);
        self.notes.insert(
            key.clone(),
            EvidenceNote {
                subject: subject.into(),
                derivation: Some(Text::from(derivation)),
                citations,
                independent: u32::try_from(independent).ok().filter(|n| *n > 0),
            },
        );
        key
    }

    /// A note as it is. Returns its key.
    pub fn put(&mut self, key: String, note: EvidenceNote) -> NoteKey {
        self.notes.insert(key.clone(), note);
        key
    }

    /// Adds to a note the sentences of the evidence that name two actors together.
    pub fn add_pair(&mut self, key: &str, a: &str, b: &str) {
        let pair = match a < b {
            true => (a.to_owned(), b.to_owned()),
            false => (b.to_owned(), a.to_owned()),
        };
        let Some(hits) = self.evidence.pairs.get(&pair) else {
            return;
        };
        let Some(note) = self.notes.get_mut(key) else {
            return;
        };
        for hit in hits.iter().take(2) {
            let Some(source) = source_entry(self.case, &hit.source_key) else {
                continue;
            };
            let sentence = flat(&hit.quote);
            if note.citations.iter().any(|c| c.sentence.as_deref() == Some(&sentence)) {
                continue;
            }
            let sentence = Some(sentence);
            note.citations.push(Citation { source, sentence, ..Citation::default() });
        }
    }

    /// The citations of estimates that rest on the same sources and the same reason.
    fn citations(&self, group: &[&Belief]) -> Vec<Citation> {
        let Some(belief) = group.first() else { return Vec::new() };
        let values: Vec<String> = group.iter().map(|b| valued(self.case, b)).collect();
        let value = Some(values.join("; "));
        let judged = belief.judged.clone();
        if belief.sources.is_empty() {
            return vec![Citation { value, judged, ..Citation::default() }];
        }
        let mut all = Vec::new();
        for key in &belief.sources {
            let Some(source) = source_entry(self.case, key) else {
                continue;
            };
            let sentence = belief.quote.as_ref().and_then(|quote| self.sentence(key, quote));
            // A quote stands in one of the sources' documents; it is shown with that one.
            let quote = belief.quote.clone().filter(|_| sentence.is_some());
            let (value, judged) = match all.is_empty() {
                true => (value.clone(), judged.clone()),
                false => (None, None),
            };
            all.push(Citation { source, value, quote, sentence, judged });
        }
        all
    }

    /// The sentence of a source's document in which a quote stands.
    fn sentence(&self, source: &str, quote: &str) -> Option<String> {
        let quote = flat(quote);
        let sentences = self.evidence.sentences.get(source)?;
        sentences.iter().map(|s| flat(s)).find(|s| s.contains(&quote))
    }

    /// How many publishers speak, reprints counted with what they copy.
    fn publishers(&self, beliefs: &[&Belief]) -> usize {
        let mut speaking = BTreeSet::new();
        for key in beliefs.iter().flat_map(|b| &b.sources) {
            let mut source = self.case.source(key);
            // A copy speaks with its original's voice.
            for _ in 0..8 {
                match source.and_then(|s| s.copies.as_ref()) {
                    Some(original) => source = self.case.source(original.get_ref()),
                    None => break,
                }
            }
            speaking.extend(source.map(|s| s.publisher.as_str()));
        }
        speaking.len()
    }

    /// The first sentence that a note quotes and that names one of these names, with its source, where there is any.
    pub fn strongest(&self, key: &str, names: &[String]) -> Option<String> {
        let of_it = |sentence: &String| {
            let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '-');
            words.any(|word| names.iter().any(|name| name == word))
        };
        let cited = &self.notes.get(key)?.citations;
        let cited = cited.iter().find(|c| c.sentence.as_ref().is_some_and(of_it))?;
        let sentence = cited.sentence.as_ref()?;
        let publisher = cited.source.publisher.as_deref().unwrap_or(&cited.source.title);
        let day = cited
            .source
            .published
            .map_or(String::new(), |d| format!(", {}", super::words::date(d)));
        Some(format!("Its best source says: \u{201c}{sentence}\u{201d} ({publisher}{day})."))
    }

    /// The sources that notes cite, by key.
    pub fn cited(&self) -> Vec<SourceEntry> {
        let citations = self.notes.values().flat_map(|n| &n.citations);
        let keys: BTreeSet<&str> =
            citations.map(|c| c.source.key.as_str()).filter(|k| !k.is_empty()).collect();
        keys.into_iter().filter_map(|key| source_entry(self.case, key)).collect()
    }

    pub fn finish(self) -> BTreeMap<NoteKey, EvidenceNote> {
        self.notes
    }
}

/// Estimates that rest on the same sources, quote and reason, together, in the order in which they first come.
fn grouped<'b>(beliefs: impl Iterator<Item = &'b Belief>) -> Vec<Vec<&'b Belief>> {
    let mut groups: Vec<Vec<&Belief>> = Vec::new();
    for belief in beliefs {
        let same = |other: &Belief| {
            (&other.sources, &other.quote, &other.judged)
                == (&belief.sources, &belief.quote, &belief.judged)
        };
        match groups.iter_mut().find(|g| g.first().is_some_and(|b| same(b))) {
            Some(group) => group.push(belief),
            None => groups.push(vec![belief]),
        }
    }
    groups
}

/// What an estimate is, with its value and range.
fn valued(case: &Case, belief: &Belief) -> String {
    let value = ranged(belief.value, belief.low, belief.high);
    format!("{}: {value}", plain_path(case, &belief.path))
}

/// A value with its range: "0.3 (0.2 to 0.4)".
pub(super) fn ranged(value: f64, low: f64, high: f64) -> String {
    let range = match low < high {
        true => format!(" ({} to {})", short(low), short(high)),
        false => String::new(),
    };
    format!("{}{range}", short(value))
}

/// A number as short as it can be said.
fn short(value: f64) -> String {
    match value.abs() {
        v if v >= 1000.0 => numbers::whole(value),
        v if v >= 10.0 => numbers::decimal(value, 1),
        _ => numbers::decimal(value, 3),
    }
}

/// Text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
