//! What the stored documents agree on and contradict each other in.

use super::{Store, StoreError, doing};
use crate::contradictions::{Comparison, Testimony, comparisons};
use crate::independent::{Sketch, reprints};
use crate::records::Standing;

impl Store {
    /// Everything the current documents agree on or contradict each other in, contradictions first:
    /// see [`Comparison`]. Actors are told by what `name` makes of their ids.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Record`] for a record that cannot be read back.
    pub fn comparisons(
        &self,
        name: &dyn Fn(&str) -> String,
    ) -> Result<Vec<Comparison>, StoreError> {
        let sql = "SELECT id, source_key, dated, sketch FROM document WHERE current = 1
             ORDER BY source_key";
        let mut query = self.connection.prepare_cached(sql).map_err(doing("preparing a query"))?;
        let rows = query
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, Option<String>>(2)?,
                    row.get::<_, Vec<u8>>(3)?,
                ))
            })
            .map_err(doing("asking"))?;
        let mut documents = Vec::new();
        for row in rows {
            documents.push(row.map_err(doing("reading an answer"))?);
        }
        let sketches: Vec<Sketch> = documents.iter().map(|d| Sketch::from_bytes(&d.3)).collect();
        let mut testimonies = Vec::with_capacity(documents.len());
        for ((id, source, dated, _), group) in documents.into_iter().zip(reprints(&sketches)) {
            let records = self.reading_records(&id)?;
            let body = |standing: Standing| standing == Standing::Body;
            let place = |ordinal: i64| usize::try_from(ordinal).unwrap_or(usize::MAX);
            testimonies.push(Testimony {
                document: id,
                source,
                dated: dated.and_then(|d| d.parse().ok()),
                group,
                sentences: records
                    .sentences
                    .into_iter()
                    .map(|s| (place(s.sentence), s.quote))
                    .collect(),
                mentions: records.mentions,
                quantities: records.quantities.into_iter().filter(|q| body(q.standing)).collect(),
                events: records
                    .events
                    .into_iter()
                    .filter(|e| body(e.standing) && !e.suggested)
                    .collect(),
                claims: records.claims.into_iter().filter(|c| body(c.standing)).collect(),
            });
        }
        Ok(comparisons(&testimonies, name))
    }
}
