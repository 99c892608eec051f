//! One record or document by its name, and the list of documents.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use super::queries::{HIT, hit};
use super::quotes::{Quoting, whole};
use super::{DocumentEntry, Hit, Store, StoreError, doing};
use crate::independent::{Sketch, near_pairs, reprints};
use crate::records::{Candidate, Claim, DateRecord, Event, Mention, Passage, Quantity};

/// A document in the list, with how often it was changed and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The document.
    pub document: DocumentEntry,
    /// Versions kept, old ones included.
    pub versions: i64,
    /// Source key of the earlier document that this one is a near-copy of.
    pub copy_of: Option<String>,
    /// Actors named in running text.
    pub mentions: i64,
    /// Claims.
    pub claims: i64,
    /// Quantities.
    pub quantities: i64,
    /// Unknown names.
    pub candidates: i64,
}

/// A record with everything the store knows of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Its stable name.
    pub id: String,
    /// `mention`, `event`, `claim`, `quantity`, `date`, `candidate` or `passage`.
    pub kind: String,
    /// The rule or form by which it was read.
    pub rule: String,
    /// BLAKE3 of the document's bytes.
    pub document: String,
    /// Where the document came from.
    pub source_key: String,
    /// The document's version, from 1.
    pub version: i64,
    /// Whether that is the latest version.
    pub current: bool,
    /// The sentence it stands in.
    pub sentence: Option<Hit>,
    /// First byte.
    pub start: i64,
    /// One past the last byte.
    pub end: i64,
    /// Its words.
    pub quote: String,
    /// How it stands on the page.
    pub standing: String,
    /// What became of it by hand: `changed` or `added`.
    pub corrected: Option<String>,
    /// The whole record.
    pub record: Value,
}

/// The columns of a [`DocumentEntry`]; its date is in the second part of `about`.
pub(super) const ENTRY: &str = "d.id, d.source_key, d.version, d.title, d.publisher, d.published, d.dated, d.address, d.rating, d.words,
    (SELECT count(*) FROM sentence s WHERE s.document = d.row AND s.standing = 'body'),
    (SELECT count(*) FROM record r WHERE r.document = d.row AND r.kind = 'event'),
    coalesce(json_extract(d.about, '$[1].exact') AND json_extract(d.about, '$[1].basis') <> 'latest', 0)";

pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<DocumentEntry> {
    Ok(DocumentEntry {
        id: row.get(0)?,
        source_key: row.get(1)?,
        version: row.get(2)?,
        title: row.get(3)?,
        publisher: row.get(4)?,
        published: row.get(5)?,
        dated: row.get(6)?,
        address: row.get(7)?,
        rating: row.get(8)?,
        words: row.get(9)?,
        sentences: row.get(10)?,
        events: row.get(11)?,
        dated_exactly: row.get(12)?,
    })
}

/// A record of any kind, whole.
fn value(kind: &str, body: &str, text: &str) -> Result<Value, StoreError> {
    fn of<T: Quoting>(kind: &str, body: &str, text: &str) -> Result<Value, StoreError> {
        serde_json::to_value(whole::<T>(kind, body, text)?).map_err(|fault| StoreError::Record {
            record: kind.to_owned(),
            fault: fault.to_string(),
        })
    }
    match kind {
        "passage" => of::<Passage>(kind, body, text),
        "mention" => of::<Mention>(kind, body, text),
        "candidate" => of::<Candidate>(kind, body, text),
        "date" => of::<DateRecord>(kind, body, text),
        "quantity" => of::<Quantity>(kind, body, text),
        "event" => of::<Event>(kind, body, text),
        _ => of::<Claim>(kind, body, text),
    }
}

/// What a record says of how it was read.
fn rule(kind: &str, record: &Value) -> String {
    let field = match kind {
        "mention" => "form",
        "candidate" => "kind",
        "date" => "anchor",
        "quantity" => "bound",
        _ => "rule",
    };
    record.get(field).and_then(Value::as_str).unwrap_or(kind).to_owned()
}

impl Store {
    /// The current documents by source key, near-copies pointing at the earliest of their like.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn listing(&self) -> Result<Vec<Listed>, StoreError> {
        let count = |kind: &str, only: &str| {
            format!(
                "(SELECT count(*) FROM record r WHERE r.document = d.row AND r.kind = '{kind}'{only})"
            )
        };
        let sql = format!(
            "SELECT {ENTRY}, (SELECT count(*) FROM document v WHERE v.source_key = d.source_key),
             {}, {}, {}, {}, d.sketch FROM document d WHERE d.current = 1 ORDER BY d.source_key",
            count("mention", " AND r.standing = 'body'"),
            count("claim", ""),
            count("quantity", ""),
            count("candidate", ""),
        );
        let mut statement =
            self.connection.prepare_cached(&sql).map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map([], |row| {
                let listed = Listed {
                    document: entry(row)?,
                    versions: row.get(13)?,
                    copy_of: None,
                    mentions: row.get(14)?,
                    claims: row.get(15)?,
                    quantities: row.get(16)?,
                    candidates: row.get(17)?,
                };
                Ok((listed, row.get::<_, Vec<u8>>(18)?))
            })
            .map_err(doing("asking"))?;
        let mut all: Vec<(Listed, Sketch)> = Vec::new();
        for row in rows {
            let (listed, sketch) = row.map_err(doing("reading an answer"))?;
            all.push((listed, Sketch::from_bytes(&sketch)));
        }
        // The earliest is the original; a document without a date is later than any with one.
        let age = |l: &Listed| {
            let dated = l.document.dated.clone();
            (dated.is_none(), dated, l.document.source_key.clone())
        };
        let (all, sketches): (Vec<Listed>, Vec<Sketch>) = all.into_iter().unzip();
        let mut copies: Vec<Option<usize>> = vec![None; all.len()];
        for (a, b) in near_pairs(&sketches) {
            let (first, second) = if age(&all[a]) <= age(&all[b]) { (a, b) } else { (b, a) };
            if copies[second].is_none_or(|known| age(&all[first]) < age(&all[known])) {
                copies[second] = Some(first);
            }
        }
        let keys: Vec<String> = all.iter().map(|l| l.document.source_key.clone()).collect();
        let joined = all.into_iter().zip(copies);
        Ok(joined
            .map(|(listed, of)| Listed { copy_of: of.map(|at| keys[at].clone()), ..listed })
            .collect())
    }

    /// Which current documents are near-copies of one another: a number for each document, shared by copies.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn copy_groups(&self) -> Result<BTreeMap<String, usize>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, sketch FROM document WHERE current = 1 ORDER BY source_key")
            .map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .map_err(doing("asking"))?;
        let (mut ids, mut sketches) = (Vec::new(), Vec::new());
        for row in rows {
            let (id, bytes) = row.map_err(doing("reading a sketch"))?;
            ids.push(id);
            sketches.push(Sketch::from_bytes(&bytes));
        }
        Ok(ids.into_iter().zip(reprints(&sketches)).collect())
    }

    /// A document by its source key, by the hash of its bytes, or by the first six or more digits of it; the
    /// latest version of the first that fits.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn document(&self, reference: &str) -> Result<Option<DocumentEntry>, StoreError> {
        let by_key = "d.source_key = ?1 ORDER BY d.current DESC, d.version DESC";
        if let Some(found) = self.first(by_key, reference)? {
            return Ok(Some(found));
        }
        if reference.len() < 6 || !reference.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(None);
        }
        // All that begin with these digits stand together in the index.
        let by_id = "d.id >= lower(?1) AND d.id < lower(?1) || 'g'
            ORDER BY d.current DESC, d.version DESC, d.source_key";
        self.first(by_id, reference)
    }

    fn first(&self, which: &str, reference: &str) -> Result<Option<DocumentEntry>, StoreError> {
        self.connection
            .prepare_cached(&format!("SELECT {ENTRY} FROM document d WHERE {which} LIMIT 1"))
            .map_err(doing("preparing a query"))?
            .query_row([reference], entry)
            .optional()
            .map_err(doing("looking for the document"))
    }

    /// A record by its name; the latest version of its document first.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Record`] for a record that cannot be read back.
    pub fn record(&self, id: &str) -> Result<Option<Found>, StoreError> {
        let sql = "SELECT r.kind, d.id, d.source_key, d.version, d.current, r.sentence, r.start, r.end, r.quote,
             r.standing, r.body, d.row, d.text, (SELECT c.verdict FROM correction c WHERE c.record = r.id)
             FROM record r JOIN document d ON d.row = r.document WHERE r.id = ?1
             ORDER BY d.current DESC, d.version DESC LIMIT 1";
        let found = self
            .connection
            .query_row(sql, [id], |r| {
                let body: String = r.get(10)?;
                let place: (Option<i64>, i64) = (r.get(5)?, r.get(11)?);
                let found = Found {
                    id: id.to_owned(),
                    kind: r.get(0)?,
                    rule: String::new(),
                    document: r.get(1)?,
                    source_key: r.get(2)?,
                    version: r.get(3)?,
                    current: r.get(4)?,
                    sentence: None,
                    start: r.get(6)?,
                    end: r.get(7)?,
                    quote: r.get(8)?,
                    standing: r.get(9)?,
                    corrected: r.get(13)?,
                    record: Value::Null,
                };
                Ok((found, body, r.get::<_, String>(12)?, place))
            })
            .optional()
            .map_err(doing("looking for the record"))?;
        let Some((mut found, body, text, (sentence, document))) = found else {
            return Ok(None);
        };
        found.record = value(&found.kind, &body, &text)?;
        found.rule = rule(&found.kind, &found.record);
        let sql = format!(
            "SELECT {HIT} FROM sentence s JOIN document d ON d.row = s.document
             WHERE s.document = ?1 AND s.ordinal = ?2"
        );
        found.sentence = self
            .connection
            .query_row(&sql, params![document, sentence], hit)
            .optional()
            .map_err(doing("looking for the sentence"))?;
        Ok(Some(found))
    }
}
