//! Asking the store. Every list has one order: source key, then place in the document; a search has
//! best match first.

use rusqlite::{OptionalExtension, Row, params};
use serde::Deserialize;

use super::entries::{Counts, DocumentEntry, Hit, StoredEvent, StoredRecords};
use super::{Store, StoreError, doing};
use crate::independent::{Sketch, independent};
use crate::normalise::fold;

pub(super) const HIT: &str = "d.id, d.source_key, d.title, d.publisher, d.dated, d.rating,
    s.ordinal, s.start, s.end, s.quote, s.standing";

pub(super) fn hit(row: &Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        document: row.get(0)?,
        source_key: row.get(1)?,
        title: row.get(2)?,
        publisher: row.get(3)?,
        dated: row.get(4)?,
        rating: row.get(5)?,
        sentence: row.get(6)?,
        start: row.get(7)?,
        end: row.get(8)?,
        quote: row.get(9)?,
        standing: row.get(10)?,
    })
}

fn limited(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The words of a query, each quoted, so that no character of it is syntax. A word that ends with
/// `*` is a prefix; words in double quotes are a phrase.
fn match_expression(query: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (n, part) in query.split('"').enumerate() {
        let groups: Vec<&str> =
            if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for group in groups {
            let prefix = n % 2 == 0 && group.ends_with('*');
            let clean: String =
                fold(group).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
            let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
            if !clean.is_empty() {
                terms.push(format!("\"{clean}\"{}", if prefix { "*" } else { "" }));
            }
        }
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

impl Store {
    fn hits(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Hit>, StoreError> {
        let mut statement =
            self.connection.prepare_cached(sql).map_err(doing("preparing a query"))?;
        let rows = statement.query_map(parameters, hit).map_err(doing("asking"))?;
        rows.collect::<Result<_, _>>().map_err(doing("reading an answer"))
    }

    /// Sentences that hold all words of the query, best first. Any text is a query; none of it is syntax but `"a phrase"` and
    /// `begin*`.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let Some(expression) = match_expression(query) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT {HIT} FROM sentence_text f JOIN sentence s ON s.row = f.rowid JOIN document d ON d.row = s.document
             WHERE sentence_text MATCH ?1 AND d.current = 1
             ORDER BY (s.standing <> 'body'), bm25(sentence_text), d.source_key, s.ordinal LIMIT ?2"
        );
        self.hits(&sql, params![expression, limited(limit)])
    }

    /// Sentences of running text that name the actor.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn sentences_mentioning(&self, actor: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let sql = format!(
            "SELECT {HIT} FROM sentence s JOIN document d ON d.row = s.document
             WHERE d.current = 1 AND s.standing = 'body' AND EXISTS (SELECT 1 FROM record_actor a
               WHERE a.actor = ?1 AND a.part = 'named' AND a.document = s.document AND a.sentence = s.ordinal)
             ORDER BY d.source_key, s.ordinal LIMIT ?2"
        );
        self.hits(&sql, params![actor, limited(limit)])
    }

    /// Sentences of running text that name both: the evidence behind a tie.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn sentences_mentioning_both(
        &self,
        a: &str,
        b: &str,
        limit: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        let sql = format!(
            "SELECT {HIT} FROM sentence s JOIN document d ON d.row = s.document
             WHERE d.current = 1 AND s.standing = 'body'
               AND EXISTS (SELECT 1 FROM record_actor x WHERE x.actor = ?1 AND x.part = 'named'
                 AND x.document = s.document AND x.sentence = s.ordinal)
               AND EXISTS (SELECT 1 FROM record_actor y WHERE y.actor = ?2 AND y.part = 'named'
                 AND y.document = s.document AND y.sentence = s.ordinal)
             ORDER BY d.source_key, s.ordinal LIMIT ?3"
        );
        self.hits(&sql, params![a, b, limited(limit)])
    }

    /// Events in which both take part, one as source and the other as recipient or both as sources.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Record`] for a record that cannot be read back.
    pub fn events_between(&self, a: &str, b: &str) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {HIT}, r.body FROM record r JOIN document d ON d.row = r.document
             JOIN sentence s ON s.document = r.document AND s.ordinal = r.sentence
             WHERE d.current = 1 AND r.kind = 'event'
               AND EXISTS (SELECT 1 FROM record_actor x WHERE x.record = r.row AND x.actor = ?1)
               AND EXISTS (SELECT 1 FROM record_actor y WHERE y.record = r.row AND y.actor = ?2)
             ORDER BY d.source_key, r.ordinal"
        );
        self.events(&sql, params![a, b])
    }

    /// Every coded event of the current documents.
    ///
    /// # Errors
    /// As [`Store::events_between`].
    pub fn all_events(&self) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {HIT}, r.body FROM record r JOIN document d ON d.row = r.document
             JOIN sentence s ON s.document = r.document AND s.ordinal = r.sentence
             WHERE d.current = 1 AND r.kind = 'event' ORDER BY d.source_key, r.ordinal"
        );
        self.events(&sql, [])
    }

    fn events(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let mut statement =
            self.connection.prepare_cached(sql).map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map(parameters, |row| Ok((hit(row)?, row.get::<_, String>(11)?)))
            .map_err(doing("asking"))?;
        let mut out = Vec::new();
        for row in rows {
            let (place, body) = row.map_err(doing("reading an answer"))?;
            out.push(StoredEvent { event: from_json("event", &body)?, place });
        }
        Ok(out)
    }

    /// The current documents.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn documents(&self) -> Result<Vec<DocumentEntry>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, source_key, version, title, publisher, published, dated, address, rating, words,
                 (SELECT count(*) FROM sentence s WHERE s.document = d.row AND s.standing = 'body'),
                 (SELECT count(*) FROM record r WHERE r.document = d.row AND r.kind = 'event')
                 FROM document d WHERE current = 1 ORDER BY source_key",
            )
            .map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map([], |row| {
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
                })
            })
            .map_err(doing("asking"))?;
        rows.collect::<Result<_, _>>().map_err(doing("reading an answer"))
    }

    /// The text of a document, any version, by the hash of its bytes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn text(&self, document: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT text FROM document WHERE id = ?1 LIMIT 1", [document], |row| {
                row.get(0)
            })
            .optional()
            .map_err(doing("reading a text"))
    }

    /// All records of a document by the hash of its bytes; empty where it is not known. Of several sources with these bytes,
    /// the first by key.
    ///
    /// # Errors
    /// As [`Store::events_between`].
    pub fn reading_records(&self, document: &str) -> Result<StoredRecords, StoreError> {
        let row: Option<i64> = self
            .connection
            .query_row(
                "SELECT row FROM document WHERE id = ?1 ORDER BY current DESC, source_key LIMIT 1",
                [document],
                |row| row.get(0),
            )
            .optional()
            .map_err(doing("looking for the document"))?;
        let Some(row) = row else {
            return Ok(StoredRecords::default());
        };
        let sql = format!(
            "SELECT {HIT} FROM sentence s JOIN document d ON d.row = s.document WHERE s.document = ?1 ORDER BY s.ordinal"
        );
        let mut out =
            StoredRecords { sentences: self.hits(&sql, [row])?, ..StoredRecords::default() };
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, body FROM record WHERE document = ?1 ORDER BY ordinal")
            .map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map([row], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))
            .map_err(doing("asking"))?;
        for row in rows {
            let (kind, body) = row.map_err(doing("reading an answer"))?;
            match kind.as_str() {
                "passage" => out.passages.push(from_json("passage", &body)?),
                "mention" => out.mentions.push(from_json("mention", &body)?),
                "candidate" => out.candidates.push(from_json("candidate", &body)?),
                "date" => out.dates.push(from_json("date", &body)?),
                "quantity" => out.quantities.push(from_json("quantity", &body)?),
                "event" => out.events.push(from_json("event", &body)?),
                _ => out.claims.push(from_json("claim", &body)?),
            }
        }
        Ok(out)
    }

    /// How much the store holds.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let record = |kind: &str| {
            self.connection
                .query_row(
                    "SELECT count(*) FROM record r JOIN document d ON d.row = r.document
                     WHERE d.current = 1 AND r.kind = ?1",
                    [kind],
                    |row| row.get(0),
                )
                .map_err(doing("counting"))
        };
        let count = |sql: &str| {
            self.connection.query_row(sql, [], |row| row.get(0)).map_err(doing("counting"))
        };
        Ok(Counts {
            documents: count("SELECT count(*) FROM document WHERE current = 1")?,
            versions: count("SELECT count(*) FROM document")?,
            sentences: count(
                "SELECT count(*) FROM sentence s JOIN document d ON d.row = s.document WHERE d.current = 1",
            )?,
            mentions: record("mention")?,
            events: record("event")?,
            quantities: record("quantity")?,
            claims: record("claim")?,
            candidates: record("candidate")?,
        })
    }

    /// How many of the documents are independent of each other: near-copies count once, unknown ids not at all.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn independent<S: AsRef<str>>(&self, documents: &[S]) -> Result<usize, StoreError> {
        let mut ids: Vec<&str> = documents.iter().map(AsRef::as_ref).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut sketches: Vec<Sketch> = Vec::new();
        for id in ids {
            let found: Option<Vec<u8>> = self
                .connection
                .query_row("SELECT sketch FROM document WHERE id = ?1 LIMIT 1", [id], |row| {
                    row.get(0)
                })
                .optional()
                .map_err(doing("reading a sketch"))?;
            sketches.extend(found.map(|bytes| Sketch::from_bytes(&bytes)));
        }
        Ok(independent(&sketches))
    }
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(
    kind: &str,
    body: &'a str,
) -> Result<T, StoreError> {
    serde_json::from_str(body)
        .map_err(|fault| StoreError::Record { record: kind.to_owned(), fault: fault.to_string() })
}

#[cfg(test)]
mod tests {
    use super::match_expression;

    #[test]
    fn no_character_of_a_query_is_syntax() {
        assert_eq!(
            match_expression("harbour AND (\"town hall\" OR dues*"),
            Some("\"harbour\" \"and\" \"town hall\" \"or\" \"dues\"*".into())
        );
        assert_eq!(match_expression("\"''*()^:-"), None);
    }
}
