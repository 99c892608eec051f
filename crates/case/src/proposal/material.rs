//! What proposals are made from: the case, its folder, and every current document with its records.

use std::collections::{BTreeSet, HashMap};

use evidence::{
    DocumentEntry, Hit, Lexicon, Mention, Standing as Stands, Store, StoreError, StoredRecords,
};
use serde::Serialize;

use super::imported::{self, Import};
use crate::case::Case;
use crate::folder::Folder;
use crate::judgement::Standing;

/// A place in a document that bears a proposal out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Source key under which the document was read.
    pub source: String,
    /// BLAKE3 of the document's bytes.
    pub document: String,
    /// Publisher, where known.
    pub publisher: Option<String>,
    /// The day the document is dated, where the day is known.
    pub dated: Option<String>,
    /// Admiralty rating.
    pub rating: Option<String>,
    /// First byte of the words cited.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words cited.
    pub quote: String,
    /// The sentence they stand in.
    pub sentence: String,
}

/// A document and what was read in it.
pub(super) struct Read {
    pub entry: DocumentEntry,
    pub records: StoredRecords,
    pub text: String,
}

impl Read {
    /// The place of some bytes of a sentence.
    pub fn place(&self, sentence: usize, start: usize, end: usize) -> Option<Place> {
        let hit = self.sentence(sentence)?;
        Some(Place {
            source: self.entry.source_key.clone(),
            document: self.entry.id.clone(),
            publisher: self.entry.publisher.clone(),
            dated: self.entry.dated.clone().filter(|_| self.entry.dated_exactly),
            rating: self.entry.rating.clone(),
            start,
            end,
            quote: self.text.get(start..end)?.to_owned(),
            sentence: hit.quote.split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }

    pub fn sentence(&self, index: usize) -> Option<&Hit> {
        // Sentences are listed in order, and none is left out.
        self.records.sentences.get(index)
    }

    /// Mentions in running text in a sentence.
    pub fn named(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        let mentions = self.records.mentions.iter();
        mentions.filter(move |m| m.sentence == sentence && m.standing == Stands::Body)
    }

    /// Actors named in a sentence.
    pub fn actors(&self, sentence: usize) -> BTreeSet<&str> {
        self.named(sentence).map(|m| m.actor.as_str()).collect()
    }
}

/// Everything a proposal may rest on.
pub(super) struct Material<'a> {
    pub case: &'a Case,
    pub folder: &'a Folder,
    pub lexicon: Lexicon,
    pub judged: Standing<'a>,
    pub documents: Vec<Read>,
    /// Where the document of a source is, by its key; of several the first.
    by_source: HashMap<String, usize>,
    /// Tables that were taken in.
    pub imports: Vec<Import>,
}

impl<'a> Material<'a> {
    pub fn gather(case: &'a Case, folder: &'a Folder, store: &Store) -> Result<Self, StoreError> {
        let mut documents = Vec::new();
        for entry in store.documents()? {
            let records = store.reading_records(&entry.id)?;
            let text = store.text(&entry.id)?.unwrap_or_default();
            documents.push(Read { entry, records, text });
        }
        let imports = imported::kept(&folder.root);
        let keys = documents.iter().enumerate().rev();
        let by_source = keys.map(|(at, read)| (read.entry.source_key.clone(), at)).collect();
        Ok(Self {
            case,
            folder,
            lexicon: case.lexicon(),
            judged: Standing::of(case),
            documents,
            by_source,
            imports,
        })
    }

    /// The document of a source of the case.
    pub fn document(&self, key: &str) -> Option<&Read> {
        self.by_source.get(key).map(|at| &self.documents[*at])
    }
}

impl super::Proposal {
    /// A proposal without what is filled in for all kinds alike.
    pub(super) fn new(kind: super::ProposalKind, target: String, rule: &'static str) -> Self {
        Self {
            id: String::new(),
            kind,
            target,
            title: String::new(),
            actors: Vec::new(),
            places: Vec::new(),
            rule,
            why: String::new(),
            independent: 0,
            weight: 0,
            open: None,
            edits: Vec::new(),
            diff: Vec::new(),
        }
    }
}
