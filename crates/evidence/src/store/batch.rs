//! Many readings in a few transactions.

use std::time::{Duration, Instant};

use rusqlite::TransactionBehavior;

use super::keep::{Known, Ready, kept};
use super::{Kept, Store, StoreError, doing};
use crate::reading::Reading;

/// Readings that are written together.
const MOST: usize = 100;
/// Bytes of text that are written together.
const MOST_BYTES: usize = 8 << 20;
/// How long a reading waits to be written while others come.
const LONGEST: Duration = Duration::from_secs(1);

/// Readings on their way into a store: they are written a hundred at a time, or what has come once the first of them
/// has waited for a second. A process that is killed loses the readings in hand and no other, and leaves none half
/// written; reading again brings them back.
#[derive(Debug)]
pub struct Batch<'s> {
    store: &'s mut Store,
    waiting: Vec<Reading>,
    bytes: usize,
    since: Option<Instant>,
}

impl Store {
    /// Keeps the readings that `work` hands on. What waits is written at the end, whatever `work` came to.
    ///
    /// The disk is waited for now and then and not after each transaction: a power cut may lose the last of them, whole.
    ///
    /// # Errors
    /// [`StoreError`] where SQLite refuses; what `work` came to is then not told.
    pub fn batch<T>(&mut self, work: impl FnOnce(&mut Batch<'_>) -> T) -> Result<T, StoreError> {
        self.synchronous("NORMAL")?;
        let mut batch = Batch { store: self, waiting: Vec::new(), bytes: 0, since: None };
        let done = work(&mut batch);
        batch.write()?;
        self.synchronous("FULL")?;
        self.connection
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .map_err(doing("waiting for the disk"))?;
        Ok(done)
    }

    fn synchronous(&self, setting: &str) -> Result<(), StoreError> {
        self.connection
            .execute_batch(&format!("PRAGMA synchronous = {setting};"))
            .map_err(doing("setting how often the disk is waited for"))
    }
}

impl Batch<'_> {
    /// Keeps a reading, as [`Store::keep`] does, now or with others. Every quote is compared with the document at once.
    ///
    /// # Errors
    /// [`StoreError::Quote`] for a quote that is not the document's, of which nothing is kept; otherwise what SQLite says.
    pub fn keep(&mut self, reading: &Reading) -> Result<Kept, StoreError> {
        let ready = Ready::of(reading)?;
        let key = &reading.document.source.key;
        let kept = match self.waiting.iter().rev().find(|r| r.document.source.key == *key) {
            Some(before) => kept(Some(&Known::of(&before.document)?), &ready),
            None => kept(Known::in_store(&self.store.connection, key)?.as_ref(), &ready),
        };
        if kept == Kept::Unchanged {
            return Ok(kept);
        }
        drop(ready);
        self.bytes += reading.document.text.len();
        self.waiting.push(reading.clone());
        let since = *self.since.get_or_insert_with(Instant::now);
        if self.waiting.len() >= MOST || self.bytes >= MOST_BYTES || since.elapsed() >= LONGEST {
            self.write()?;
        }
        Ok(kept)
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        (self.bytes, self.since) = (0, None);
        if waiting.is_empty() {
            return Ok(());
        }
        let transaction = self
            .store
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(doing("beginning"))?;
        for reading in &waiting {
            Ready::of(reading)?.put(&transaction)?;
        }
        transaction.commit().map_err(doing("committing documents"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DocumentSource, Lexicon, Limits, read};

    fn reading(n: usize, text: &str) -> Reading {
        let about = DocumentSource::new(format!("d{n:04}"));
        read(text.as_bytes(), &about, &Lexicon::default(), &Limits::default()).unwrap()
    }

    #[test]
    fn no_more_than_a_batch_is_lost_and_what_waits_is_written_whatever_came() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evidence.sqlite");
        let mut store = Store::open(&path).unwrap();
        let done: Result<(), &str> = store
            .batch(|batch| {
                for n in 0..250 {
                    let text = format!("Report {n} came.");
                    assert_eq!(batch.keep(&reading(n, &text)).unwrap(), Kept::New);
                }
                // Of what a kill now leaves nobody knows but another reader of the file.
                let there = Store::open(&path).unwrap().documents().unwrap().len();
                assert!((200..=250).contains(&there), "{there}");
                assert_eq!(batch.keep(&reading(3, "Report 3 came.")).unwrap(), Kept::Unchanged);
                assert_eq!(batch.keep(&reading(249, "Another.")).unwrap(), Kept::NewVersion);
                assert_eq!(batch.keep(&reading(249, "Another.")).unwrap(), Kept::Unchanged);
                Err("a later document cannot be read")
            })
            .unwrap();
        assert!(done.is_err());
        let counts = store.counts().unwrap();
        assert_eq!((counts.documents, counts.versions), (250, 251));
    }
}
