//! The tables. The format has a version; a store of a version that is not named here is refused, not guessed at.

/// Version of the tables below. From 2 on records hold where their quotes stand and not the words again.
pub(super) const FORMAT: i64 = 2;

/// Makes a store of version 1 one of this version. Its records hold the words of their quotes and keep them.
pub(super) const FROM_1: &str = "
DROP INDEX record_actor_actor;
CREATE INDEX record_actor_sentence ON record_actor (actor, part, document, sentence);
UPDATE format SET version = 2;
";

/// `document` keeps every version of every document; `current` marks the latest of each source.
/// `record` holds mentions, events and the rest as statement rows with the columns that are
/// searched, and the whole record as JSON but for the words of its quotes. `record_actor` says which actors a record names and in
/// what part. `sentence_text` is the full-text index over folded sentences, by sentence row.
pub(super) const TABLES: &str = "
CREATE TABLE format (version INTEGER NOT NULL);
CREATE TABLE document (
  row INTEGER PRIMARY KEY,
  source_key TEXT NOT NULL,
  version INTEGER NOT NULL,
  current INTEGER NOT NULL,
  id TEXT NOT NULL,
  title TEXT, publisher TEXT, published TEXT, address TEXT, rating TEXT,
  encoding TEXT NOT NULL,
  text TEXT NOT NULL,
  words INTEGER NOT NULL,
  dated TEXT,
  reader INTEGER NOT NULL,
  lexicon TEXT NOT NULL,
  about TEXT NOT NULL,
  sketch BLOB NOT NULL,
  UNIQUE (source_key, version)
);
CREATE INDEX document_id ON document (id);
CREATE TABLE sentence (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  quote TEXT NOT NULL,
  standing TEXT NOT NULL,
  paragraph INTEGER NOT NULL,
  UNIQUE (document, ordinal)
);
CREATE VIRTUAL TABLE sentence_text USING fts5 (folded, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE record (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  kind TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  id TEXT NOT NULL,
  sentence INTEGER,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  quote TEXT NOT NULL,
  standing TEXT NOT NULL,
  class TEXT,
  date_from TEXT, date_to TEXT,
  body TEXT NOT NULL,
  UNIQUE (document, kind, ordinal)
);
CREATE INDEX record_id ON record (id);
CREATE TABLE record_actor (
  record INTEGER NOT NULL REFERENCES record (row),
  document INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  actor TEXT NOT NULL,
  part TEXT NOT NULL
);
CREATE INDEX record_actor_sentence ON record_actor (actor, part, document, sentence);
CREATE INDEX record_actor_record ON record_actor (record);
";

#[cfg(test)]
mod tests {
    use super::super::Store;
    use crate::{DocumentSource, Lexicon, LexiconActor, Limits, read};

    #[test]
    fn a_store_of_version_1_is_mended_and_its_records_are_whole() {
        let actor = |id: &str, name: &str| LexiconActor {
            id: id.into(),
            name: name.into(),
            kind: "state".into(),
            ..LexiconActor::default()
        };
        let lexicon = Lexicon { actors: vec![actor("vesla", "Vesla"), actor("orsa", "Orsa")] };
        let text =
            "Vesla imposed sanctions on Orsa on 3 March 2030. Vesla paid Orsa 3 million dollars.";
        let about = DocumentSource::new("d");
        let reading = read(text.as_bytes(), &about, &lexicon, &Limits::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evidence.sqlite");
        let mut store = Store::open(&path).unwrap();
        store.keep(&reading).unwrap();
        // As version 1 was: another index, and records with the words of their quotes.
        let sql = "DROP INDEX record_actor_sentence;
            CREATE INDEX record_actor_actor ON record_actor (actor, part); UPDATE format SET version = 1;";
        store.connection.execute_batch(sql).unwrap();
        for mention in &reading.mentions {
            let body = serde_json::to_string(mention).unwrap();
            let set = "UPDATE record SET body = ?1 WHERE id = ?2";
            assert_eq!(store.connection.execute(set, [&body, &mention.id]).unwrap(), 1);
        }
        drop(store);
        let store = Store::open(&path).unwrap();
        let records = store.reading_records(&reading.document.id).unwrap();
        assert!(!reading.mentions.is_empty() && !reading.events.is_empty());
        assert_eq!((records.mentions, records.events), (reading.mentions, reading.events));
        assert_eq!(records.quantities, reading.quantities);
        assert_eq!(store.sentences_mentioning_both("vesla", "orsa", 9).unwrap().len(), 2);
        let body = "SELECT body FROM record WHERE kind = 'event' LIMIT 1";
        let event: String = store.connection.query_row(body, [], |row| row.get(0)).unwrap();
        assert!(!event.contains("imposed"), "{event}");
    }
}
