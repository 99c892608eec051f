//! The brief: what is said, in what order, and what each number rests on.
//!
//! A brief is plain text and pictures, already composed; the writers of HTML and Markdown only set
//! it. It refuses to hold a likelihood and a confidence in one sentence: they are two fields.

pub(crate) mod grouping;

use crate::likelihood::Likelihood;
use crate::picture::Picture;
use crate::table::Table;
use crate::text::{NoteKey, Text};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What every brief says of how it was written.
pub const COMPOSED: &str = "The sentences of this brief were composed by a program from the case, \
     its sources and the runs. Quotations are the sources' own words.";

/// A brief.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The line above the title: "Assessment".
    pub kind: String,
    /// The title.
    pub title: String,
    /// The line beneath it.
    pub subtitle: String,
    /// The day up to which sources were known.
    pub as_of: Date,
    /// The bottom line, two sentences; empty where the judgements are the bottom line.
    pub bottom_line: Vec<Text>,
    /// Whose questions the judgements answer, where they answer any.
    pub asked: Option<Text>,
    /// The key judgements: the answers in the order of the questions, or the weightiest first.
    pub judgements: Vec<Judgement>,
    /// What changed since an earlier brief, where there is one.
    pub changes: Option<Changes>,
    /// The body: drivers, alternatives and the rest, in order.
    pub sections: Vec<Section>,
    /// What is taken for granted.
    pub assumptions: Vec<Text>,
    /// Events whose observation would move the forecast.
    pub indicators: Vec<Indicator>,
    /// How earlier forecasts fared.
    pub record: Vec<Block>,
    /// The sources in a paragraph: how many, how reliable, how independent.
    pub source_summary: Text,
    /// The sources.
    pub sources: Vec<SourceEntry>,
    /// How it was made.
    pub method: Method,
    /// What each number rests on, by the key that spans carry.
    pub notes: BTreeMap<NoteKey, EvidenceNote>,
}

/// A key judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What it is about, the same from brief to brief: "largest", "motion.bill.fees".
    pub key: String,
    /// The statement, with its likelihood term in it.
    pub statement: Text,
    /// How likely it is.
    pub likelihood: Likelihood,
    /// How sure the assessment is, in a sentence of its own.
    pub confidence: Confidence,
    /// The notes it rests on, beside those its numbers open.
    pub evidence: Vec<NoteKey>,
}

/// How much the assessment can be relied on, which is not how likely the event is.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    /// The level.
    pub level: Level,
    /// What it rests on: "because two independent sources agree and the record is short", which
    /// goes on from the level; or, with a capital, a sentence after it. The full stop is added.
    pub basis: Text,
}

impl Confidence {
    /// What stands between the level and the basis, and what ends the sentence.
    pub(crate) fn joints(&self) -> (&'static str, &'static str) {
        let words = self.basis.to_plain();
        let begins_a_sentence = words.chars().next().is_none_or(char::is_uppercase);
        let is_ended = words.is_empty() || words.ends_with(['.', '!', '?']);
        (if begins_a_sentence { "." } else { "" }, if is_ended { "" } else { "." })
    }
}

/// A level of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Level {
    /// The word, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Moderate => "moderate",
            Level::High => "high",
        }
    }
}

/// What changed since an earlier brief.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The day of the earlier brief.
    pub since: Date,
    /// The changes and what caused each.
    pub items: Vec<Text>,
    /// What is new, in tables that are folded away on a page.
    pub detail: Vec<Block>,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A smaller heading.
    Heading(String),
    /// A list.
    List(Vec<Text>),
    /// A picture with its caption.
    Figure {
        /// The picture.
        picture: Box<Picture>,
        /// What it shows and what to see in it.
        caption: Text,
    },
    /// A table.
    Table(Table),
    /// What only some readers want: folded away on a page, printed in full.
    Details {
        /// What it holds, in a line.
        summary: String,
        /// The blocks.
        blocks: Vec<Block>,
    },
}

impl Block {
    /// A picture with its caption.
    pub fn figure(picture: Picture, caption: impl Into<Text>) -> Block {
        Block::Figure { picture: Box::new(picture), caption: caption.into() }
    }
}

/// Something to watch for.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// What would be seen.
    pub event: Text,
    /// By when, where there is a day.
    pub by: Option<Date>,
    /// How the forecast would move.
    pub moves: Text,
}

/// A source in the list of sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceEntry {
    /// Its key in the case.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Where it can be read. Only http and https become links.
    pub url: Option<String>,
    /// Its rating on the Admiralty scale: "B2".
    pub rating: Option<String>,
}

/// What a number rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EvidenceNote {
    /// What the number is: "Seats of the Harbour Front".
    pub subject: String,
    /// How it was computed, where it was: "Median of 10,000 runs; the inputs follow."
    pub derivation: Option<Text>,
    /// Where it comes from.
    pub citations: Vec<Citation>,
    /// How many of the sources are independent once reprints are folded together.
    pub independent: Option<u32>,
}

/// One place that a number comes from: a source, or a judgement and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// The source.
    pub source: SourceEntry,
    /// The value it gives: "46 (40 to 52)".
    pub value: Option<String>,
    /// The words that carry the value.
    pub quote: Option<String>,
    /// The whole sentence in which they stand.
    pub sentence: Option<String>,
    /// Why it was judged so, if nobody said it.
    pub judged: Option<String>,
}

/// How the brief was made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Method {
    /// The method, in paragraphs.
    pub paragraphs: Vec<Text>,
    /// Name and value: seed, runs, scenario, case hash, versions.
    pub facts: Vec<(String, String)>,
    /// The command that makes the same bytes again.
    pub replay: Option<String>,
}

/// Something a brief must not be published with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BriefFault {
    /// A span opens a note that is not there.
    UnknownNote(NoteKey),
    /// A note says nothing of where its number comes from.
    EmptyNote(NoteKey),
    /// The bottom line is missing.
    NoBottomLine,
    /// There is no key judgement.
    NoJudgement,
    /// A judgement's confidence has no basis: its place in the list.
    NoBasis(usize),
}

impl std::fmt::Display for BriefFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BriefFault::UnknownNote(key) => {
                write!(f, "brief: a number opens the note {key:?}, which is not there; add it")
            }
            BriefFault::EmptyNote(key) => {
                write!(f, "brief: the note {key:?} cites nothing; add a citation or a derivation")
            }
            BriefFault::NoBottomLine => write!(f, "brief: no bottom line; write two sentences"),
            BriefFault::NoJudgement => write!(f, "brief: no key judgement; add one"),
            BriefFault::NoBasis(place) => {
                write!(f, "brief: judgement {}: confidence without a basis; say why", place + 1)
            }
        }
    }
}

impl Brief {
    /// Every fault, in reading order.
    pub fn faults(&self) -> Vec<BriefFault> {
        let mut faults = Vec::new();
        if self.bottom_line.is_empty() && self.judgements.is_empty() {
            faults.push(BriefFault::NoBottomLine);
        }
        if self.judgements.is_empty() {
            faults.push(BriefFault::NoJudgement);
        }
        for (place, judgement) in self.judgements.iter().enumerate() {
            if judgement.confidence.basis.is_empty() {
                faults.push(BriefFault::NoBasis(place));
            }
        }
        for key in self.mentions() {
            let fault = BriefFault::UnknownNote(key.clone());
            if !self.notes.contains_key(key) && !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        for (key, note) in &self.notes {
            if note.citations.is_empty() && note.derivation.is_none() {
                faults.push(BriefFault::EmptyNote(key.clone()));
            }
        }
        faults
    }

    /// What is read first: the bottom line, or the judgements where they are it.
    pub fn lines(&self) -> Vec<&Text> {
        match self.bottom_line.is_empty() {
            true => self.judgements.iter().map(|judgement| &judgement.statement).collect(),
            false => self.bottom_line.iter().collect(),
        }
    }

    /// Every picture in reading order with a name of its own: its kind, and a number from the second of a kind on.
    pub fn figures(&self) -> Vec<(String, &Picture)> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut pictures = Vec::new();
        for block in self.sections.iter().flat_map(|s| &s.blocks).chain(&self.record) {
            pictures_of_block(block, &mut pictures);
        }
        let name = |picture: &Picture, count: usize| match count {
            1 => picture.name.clone(),
            _ => format!("{}-{count}", picture.name),
        };
        pictures
            .into_iter()
            .map(|picture| {
                let count = seen.entry(picture.name.as_str()).or_default();
                *count += 1;
                (name(picture, *count), picture)
            })
            .collect()
    }

    /// The number of each note: in the order in which the text first opens them, then those that
    /// nothing opens. Keys without a note have no number.
    pub fn numbering(&self) -> BTreeMap<&str, usize> {
        let mut numbers = BTreeMap::new();
        for key in self.mentions().into_iter().chain(self.notes.keys()) {
            if self.notes.contains_key(key) && !numbers.contains_key(key.as_str()) {
                numbers.insert(key.as_str(), numbers.len() + 1);
            }
        }
        numbers
    }

    /// Every mention of a note, in reading order.
    fn mentions(&self) -> Vec<&NoteKey> {
        let mut keys: Vec<&NoteKey> = Vec::new();
        keys.extend(self.bottom_line.iter().chain(&self.asked).flat_map(Text::notes));
        for judgement in &self.judgements {
            keys.extend(judgement.statement.notes());
            keys.extend(judgement.confidence.basis.notes());
            keys.extend(&judgement.evidence);
        }
        if let Some(changes) = &self.changes {
            keys.extend(changes.items.iter().flat_map(Text::notes));
            changes.detail.iter().for_each(|block| mentions_of_block(block, &mut keys));
        }
        for section in &self.sections {
            section.blocks.iter().for_each(|block| mentions_of_block(block, &mut keys));
        }
        keys.extend(self.assumptions.iter().flat_map(Text::notes));
        for indicator in &self.indicators {
            keys.extend(indicator.event.notes().chain(indicator.moves.notes()));
        }
        self.record.iter().for_each(|block| mentions_of_block(block, &mut keys));
        keys.extend(self.source_summary.notes());
        keys.extend(self.method.paragraphs.iter().flat_map(Text::notes));
        keys
    }
}

fn pictures_of_block<'a>(block: &'a Block, pictures: &mut Vec<&'a Picture>) {
    match block {
        Block::Figure { picture, .. } => pictures.push(picture),
        Block::Details { blocks, .. } => {
            blocks.iter().for_each(|block| pictures_of_block(block, pictures));
        }
        _ => {}
    }
}

fn mentions_of_block<'a>(block: &'a Block, keys: &mut Vec<&'a NoteKey>) {
    match block {
        Block::Paragraph(text) => keys.extend(text.notes()),
        Block::Heading(_) => {}
        Block::Details { blocks, .. } => {
            blocks.iter().for_each(|block| mentions_of_block(block, keys));
        }
        Block::List(items) => keys.extend(items.iter().flat_map(Text::notes)),
        Block::Figure { picture, caption } => {
            keys.extend(caption.notes());
            keys.extend(picture.table.rows.iter().flatten().flat_map(Text::notes));
        }
        Block::Table(table) => keys.extend(table.rows.iter().flatten().flat_map(Text::notes)),
    }
}
