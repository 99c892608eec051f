//! The tables. The format has a version; a store of another version is refused, not guessed at.

/// Version of the tables below.
pub(super) const FORMAT: i64 = 1;

/// `document` keeps every version of every document; `current` marks the latest of each source.
/// `record` holds mentions, events and the rest as statement rows with the columns that are
/// searched, and the whole record as JSON. `record_actor` says which actors a record names and in
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
CREATE INDEX record_actor_actor ON record_actor (actor, part);
CREATE INDEX record_actor_record ON record_actor (record);
";
