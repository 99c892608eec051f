//! Readings kept in SQLite with full-text search. A transaction a document or a batch of them, and a
//! write-ahead log: a process killed at any moment leaves whole documents or none.
//! Documents are never overwritten: changed bytes under one source key are a new version and the
//! old stays.

mod batch;
mod comparisons;
mod corrections;
mod entries;
mod keep;
#[cfg(test)]
mod ladder;
mod listing;
mod outline;
mod queries;
mod quotes;
mod schema;
mod search;

use std::fmt;
use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

pub use batch::Batch;
pub use corrections::{Correction, Verdict, corrections_from, corrections_text};
pub use entries::{Counts, DocumentEntry, Hit, StoredEvent, StoredRecords};
pub use keep::Kept;
pub use listing::{Found, Listed};
pub use outline::Outline;
pub use search::{Answer, Filter};

/// A store of evidence.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// Why the store refused.
#[derive(Debug)]
pub enum StoreError {
    /// SQLite's own fault, with what was being done.
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// The fault.
        fault: rusqlite::Error,
    },
    /// The file is a store of another format, or no store of evidence.
    Format {
        /// What was found.
        found: String,
    },
    /// A record whose quote is not what its document holds there: nothing of the reading was
    /// written.
    Quote {
        /// Source key of the document.
        key: String,
        /// The record.
        record: String,
    },
    /// A record that could not be written as, or read back from, JSON.
    Record {
        /// The record.
        record: String,
        /// The fault.
        fault: String,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Sqlite { doing, fault } => write!(f, "evidence store: {doing}: {fault}"),
            StoreError::Format { found } => write!(
                f,
                "evidence store: {found}; this version reads format {}: read the documents again into a new file",
                schema::FORMAT
            ),
            StoreError::Quote { key, record } => {
                write!(
                    f,
                    "{key}: {record}: the quote is not what the document holds there; nothing was kept"
                )
            }
            StoreError::Record { record, fault } => write!(f, "evidence store: {record}: {fault}"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Sqlite { fault, .. } => Some(fault),
            _ => None,
        }
    }
}

/// Names what was being done when SQLite failed.
fn doing(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> StoreError {
    move |fault| StoreError::Sqlite { doing, fault }
}

fn to_json(record: &str, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|fault| StoreError::Record { record: record.to_owned(), fault: fault.to_string() })
}

impl Store {
    /// Opens a store, or makes one where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be opened or is of another format.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let connection = Connection::open(path).map_err(doing("opening the file"))?;
        Store::ready(connection)
    }

    /// A store that lives as long as the value.
    ///
    /// # Errors
    /// [`StoreError`] where SQLite cannot give the memory.
    pub fn in_memory() -> Result<Store, StoreError> {
        Store::ready(Connection::open_in_memory().map_err(doing("opening memory"))?)
    }

    fn ready(mut connection: Connection) -> Result<Store, StoreError> {
        connection
            .busy_timeout(std::time::Duration::from_secs(10))
            .map_err(doing("setting the wait for a lock"))?;
        connection
            .execute_batch(
                // the cache holds the tops of the indexes of a large store
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;",
            )
            .map_err(doing("setting the journal"))?;
        let transaction = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(doing("beginning"))?;
        let tables: i64 = transaction
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(doing("reading the tables"))?;
        if tables == 0 {
            transaction.execute_batch(schema::TABLES).map_err(doing("making the tables"))?;
            transaction
                .execute("INSERT INTO format (version) VALUES (?1)", [schema::FORMAT])
                .map_err(doing("writing the format"))?;
        }
        let version: Result<i64, _> =
            transaction.query_row("SELECT version FROM format", [], |row| row.get(0));
        match version {
            Ok(schema::FORMAT) => {}
            Ok(1) => {
                transaction.execute_batch(schema::FROM_1).map_err(doing("mending the tables"))?;
            }
            Ok(other) => {
                return Err(StoreError::Format { found: format!("the file has format {other}") });
            }
            Err(_) => {
                return Err(StoreError::Format {
                    found: "the file is no store of evidence".into(),
                });
            }
        }
        transaction.execute_batch(corrections::TABLE).map_err(doing("making the tables"))?;
        transaction.commit().map_err(doing("committing the tables"))?;
        Ok(Store { connection })
    }
}
