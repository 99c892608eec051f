//! What people changed in the records: a layer that is laid over every reading of a document again.
//!
//! A correction belongs to a record's name, which is made of the document's bytes, the kind and the place: reading
//! the same bytes with other names or another reader keeps it, a changed document does not have it.

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use super::keep::{Row, insert_record, row_of};
use super::{Store, StoreError, doing};

/// What was done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It says something else now.
    Changed,
    /// It is wrong and gone.
    Refused,
    /// Somebody added it.
    Added,
}

impl Verdict {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Verdict::Changed => "changed",
            Verdict::Refused => "refused",
            Verdict::Added => "added",
        }
    }
}

/// One correction of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The record's name.
    pub record: String,
    /// BLAKE3 of the document's bytes.
    pub document: String,
    /// The kind of record.
    pub kind: String,
    /// What was done.
    pub verdict: Verdict,
    /// The record as it is to be, as JSON; empty for a refused one.
    pub body: String,
}

/// The table, made in any store that lacks it.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS correction (
  record TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  body TEXT NOT NULL
);";

impl Store {
    /// Lays corrections over the records, all of them or none. A later correction of a record replaces the
    /// earlier; a record that somebody added and somebody refuses is forgotten.
    ///
    /// # Errors
    /// [`StoreError::Record`] for a body that is no record of its kind; otherwise what SQLite says.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(doing("beginning"))?;
        for correction in corrections {
            let added: bool = transaction
                .query_row(
                    "SELECT count(*) FROM correction WHERE record = ?1 AND verdict = 'added'",
                    [&correction.record],
                    |row| row.get::<_, i64>(0),
                )
                .map_err(doing("looking for a correction"))?
                > 0;
            let verdict = match correction.verdict {
                Verdict::Changed if added => Verdict::Added,
                other => other,
            };
            if added && verdict == Verdict::Refused {
                transaction
                    .execute("DELETE FROM correction WHERE record = ?1", [&correction.record])
                    .map_err(doing("forgetting a correction"))?;
            } else {
                transaction
                    .execute(
                        "INSERT OR REPLACE INTO correction (record, document, kind, verdict, body)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                        params![
                            correction.record,
                            correction.document,
                            correction.kind,
                            verdict.word(),
                            correction.body
                        ],
                    )
                    .map_err(doing("writing a correction"))?;
            }
            let mut statement = transaction
                .prepare_cached("SELECT row FROM document WHERE id = ?1")
                .map_err(doing("preparing"))?;
            let rows = statement
                .query_map([&correction.document], |row| row.get::<_, i64>(0))
                .map_err(doing("asking"))?;
            let rows: Vec<i64> = rows.collect::<Result<_, _>>().map_err(doing("asking"))?;
            drop(statement);
            for row in rows {
                lay(&transaction, row, &correction.record, &correction.kind, &correction.body)?;
            }
        }
        transaction.commit().map_err(doing("committing corrections"))
    }

    /// Every correction, by record.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn corrections(&self) -> Result<Vec<Correction>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT record, document, kind, verdict, body FROM correction ORDER BY record",
            )
            .map_err(doing("preparing"))?;
        let rows = statement
            .query_map([], |r| {
                let verdict: String = r.get(3)?;
                Ok(Correction {
                    record: r.get(0)?,
                    document: r.get(1)?,
                    kind: r.get(2)?,
                    verdict: match verdict.as_str() {
                        "changed" => Verdict::Changed,
                        "refused" => Verdict::Refused,
                        _ => Verdict::Added,
                    },
                    body: r.get(4)?,
                })
            })
            .map_err(doing("asking"))?;
        rows.collect::<Result<_, _>>().map_err(doing("reading corrections"))
    }
}

/// Corrections as text, one a line as JSON: what a case keeps beside its other files, so that the store can be
/// made again from nothing.
///
/// # Errors
/// [`StoreError::Record`] for one that cannot be written.
pub fn corrections_text(all: &[Correction]) -> Result<String, StoreError> {
    let lines: Vec<String> =
        all.iter().map(|c| super::to_json(&c.record, c)).collect::<Result<_, _>>()?;
    Ok(lines.into_iter().map(|line| line + "\n").collect())
}

/// The corrections in such a text.
///
/// # Errors
/// [`StoreError::Record`] with the line that cannot be read.
pub fn corrections_from(text: &str) -> Result<Vec<Correction>, StoreError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(n, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|fault| StoreError::Record {
            record: format!("corrections, line {}", n + 1),
            fault: fault.to_string(),
        })
    };
    lines.map(read).collect()
}

/// Lays the corrections of a document over what was just read of it.
pub(super) fn lay_all(
    transaction: &Transaction<'_>,
    row: i64,
    document: &str,
) -> Result<(), StoreError> {
    let mut statement = transaction
        .prepare_cached(
            "SELECT record, kind, body FROM correction WHERE document = ?1 ORDER BY record",
        )
        .map_err(doing("preparing"))?;
    let rows = statement
        .query_map([document], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .map_err(doing("asking"))?;
    let all: Vec<(String, String, String)> =
        rows.collect::<Result<_, _>>().map_err(doing("reading corrections"))?;
    for (record, kind, body) in all {
        lay(transaction, row, &record, &kind, &body)?;
    }
    Ok(())
}

/// Puts one record in place of whatever bears its name; an empty body puts nothing there.
fn lay(
    transaction: &Transaction<'_>,
    document: i64,
    record: &str,
    kind: &str,
    body: &str,
) -> Result<(), StoreError> {
    let ordinal: Option<i64> = transaction
        .query_row(
            "SELECT max(ordinal) FROM record WHERE document = ?1 AND kind = ?2 AND id = ?3",
            params![document, kind, record],
            |row| row.get(0),
        )
        .map_err(doing("looking for the record"))?;
    for sql in [
        "DELETE FROM record_actor WHERE record IN (SELECT row FROM record WHERE document = ?1 AND id = ?2)",
        "DELETE FROM record WHERE document = ?1 AND id = ?2",
    ] {
        transaction
            .execute(sql, params![document, record])
            .map_err(doing("taking out a record"))?;
    }
    if body.is_empty() {
        return Ok(());
    }
    let next: i64 = transaction
        .query_row(
            "SELECT coalesce(max(ordinal), -1) + 1 FROM record WHERE document = ?1",
            [document],
            |row| row.get(0),
        )
        .map_err(doing("looking for a place"))?;
    row_of(kind, body, |row: &Row<'_>| {
        insert_record(transaction, document, ordinal.unwrap_or(next), row)
    })
}
