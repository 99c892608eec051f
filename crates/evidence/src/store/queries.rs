//! Asking the store. Every list has one order: source key, then place in the document; a search has
//! best match first.

use rusqlite::{OptionalExtension, Row, params};
use serde::Deserialize;

use super::entries::{Counts, DocumentEntry, Hit, StoredEvent, StoredRecords};
use super::listing::{ENTRY, entry};
use super::quotes::whole;
use super::search::Filter;
use super::{Store, StoreError, doing};
use crate::independent::{Sketch, independent};
use crate::normalise::fold;

pub(super) const HIT: &str = "d.id, d.source_key, d.title, d.publisher, d.dated, d.rating,
    s.ordinal, s.start, s.end, s.quote, s.standing";

/// Sentences that name an actor, by the index of `record_actor` alone.
const NAMED: &str = "document, sentence FROM record_actor WHERE part = 'named'";

/// From places `n` to their sentences in running text of current documents; the order of the joins is meant, so that the
/// work is that of what is named and not of all that is stored.
const PLACED: &str = "CROSS JOIN document d ON d.row = n.document AND d.current = 1
    CROSS JOIN sentence s ON s.document = n.document AND s.ordinal = n.sentence AND s.standing = 'body'";

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

pub(super) fn limited(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The words of a query and whether each is the beginning of one; words in double quotes are a phrase. No character
/// is syntax but `"a phrase"` and `begin*`.
pub(super) fn terms(query: &str) -> Vec<(String, bool)> {
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
                terms.push((clean, prefix));
            }
        }
    }
    terms
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
        let found = self.find(query, &Filter::default(), limit)?;
        Ok(found.into_iter().map(|answer| answer.hit).collect())
    }

    /// Sentences of running text that name the actor.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn sentences_mentioning(&self, actor: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let sql = format!(
            "SELECT {HIT} FROM (SELECT DISTINCT {NAMED} AND actor = ?1) n {PLACED}
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
            "SELECT {HIT} FROM (SELECT {NAMED} AND actor = ?1 INTERSECT SELECT {NAMED} AND actor = ?2) n {PLACED}
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
        // They come document by document.
        let mut text = (String::new(), String::new());
        for row in rows {
            let (place, body) = row.map_err(doing("reading an answer"))?;
            if text.0 != place.document {
                text = (place.document.clone(), self.text(&place.document)?.unwrap_or_default());
            }
            out.push(StoredEvent { event: whole("event", &body, &text.1)?, place });
        }
        Ok(out)
    }

    /// The current documents.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn documents(&self) -> Result<Vec<DocumentEntry>, StoreError> {
        let sql =
            format!("SELECT {ENTRY} FROM document d WHERE d.current = 1 ORDER BY d.source_key");
        let mut statement =
            self.connection.prepare_cached(&sql).map_err(doing("preparing a query"))?;
        let rows = statement.query_map([], entry).map_err(doing("asking"))?;
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
        let found: Option<(i64, String)> = self
            .connection
            .prepare_cached(
                "SELECT row, text FROM document WHERE id = ?1 ORDER BY current DESC, source_key LIMIT 1",
            )
            .map_err(doing("preparing a query"))?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(doing("looking for the document"))?;
        let Some((row, text)) = found else {
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
                "passage" => out.passages.push(whole("passage", &body, &text)?),
                "mention" => out.mentions.push(whole("mention", &body, &text)?),
                "candidate" => out.candidates.push(whole("candidate", &body, &text)?),
                "date" => out.dates.push(whole("date", &body, &text)?),
                "quantity" => out.quantities.push(whole("quantity", &body, &text)?),
                "event" => out.events.push(whole("event", &body, &text)?),
                _ => out.claims.push(whole("claim", &body, &text)?),
            }
        }
        Ok(out)
    }

    /// Two numbers that change whenever the store does, by this connection or by another: what was worked out of the store
    /// holds as long as they are the same. They mean nothing to another [`Store`].
    ///
    /// # Errors
    /// What SQLite says.
    pub fn state(&self) -> Result<[u64; 2], StoreError> {
        let ask = |sql: &str| {
            self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(doing("asking"))
        };
        let numbers = [ask("SELECT total_changes()")?, ask("PRAGMA data_version")?];
        Ok(numbers.map(i64::cast_unsigned))
    }

    /// How much the store holds.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let record = |kind: &str| {
            self.connection
                .query_row(
                    "SELECT count(*) FROM document d CROSS JOIN record r ON r.document = d.row AND r.kind = ?1
                     WHERE d.current = 1",
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
                .prepare_cached("SELECT sketch FROM document WHERE id = ?1 LIMIT 1")
                .map_err(doing("preparing a query"))?
                .query_row([id], |row| row.get(0))
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
    use super::terms;

    #[test]
    fn no_character_of_a_query_is_syntax() {
        let words: Vec<(&str, bool)> = vec![
            ("harbour", false),
            ("and", false),
            ("town hall", false),
            ("or", false),
            ("dues", true),
        ];
        let found = terms("harbour AND (\"town hall\" OR dues*");
        assert!(found.iter().map(|(w, p)| (w.as_str(), *p)).eq(words));
        assert!(terms("\"''*()^:-").is_empty());
    }
}
