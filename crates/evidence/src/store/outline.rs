//! What a brief shows of a document, without its records.

use super::{Store, StoreError, doing};

/// The sentences of a document and how much was read in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its sentences, in their order.
    pub sentences: Vec<String>,
    /// Events that are no mere suggestions.
    pub events: usize,
    /// Quantities.
    pub quantities: usize,
}

impl Store {
    /// The outline of the latest document of a source; none where the source is not known.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn outline(&self, source_key: &str) -> Result<Option<Outline>, StoreError> {
        let one = "SELECT d.row,
             (SELECT count(*) FROM record r WHERE r.document = d.row AND r.kind = 'event'
                AND coalesce(json_extract(r.body, '$.suggested'), 0) = 0),
             (SELECT count(*) FROM record r WHERE r.document = d.row AND r.kind = 'quantity')
             FROM document d WHERE d.source_key = ?1 AND d.current = 1";
        let mut one = self.connection.prepare_cached(one).map_err(doing("preparing a query"))?;
        let mut rows = one.query([source_key]).map_err(doing("asking"))?;
        let Some(row) = rows.next().map_err(doing("asking"))? else { return Ok(None) };
        let answer = doing("reading an answer");
        let read =
            || -> rusqlite::Result<(i64, i64, i64)> { Ok((row.get(0)?, row.get(1)?, row.get(2)?)) };
        let (document, events, quantities) = read().map_err(answer)?;
        let mut quotes = self
            .connection
            .prepare_cached("SELECT quote FROM sentence WHERE document = ?1 ORDER BY ordinal")
            .map_err(doing("preparing a query"))?;
        let sentences = quotes.query_map([document], |row| row.get(0)).map_err(doing("asking"))?;
        let count = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Some(Outline {
            sentences: sentences.collect::<Result<_, _>>().map_err(doing("reading an answer"))?,
            events: count(events),
            quantities: count(quantities),
        }))
    }
}
