//! Writing a reading, whole or not at all.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::dates::When;
use crate::independent::Sketch;
use crate::normalise::fold;
use crate::reading::Reading;
use crate::records::{Claim, Document, Event, Mention, Quantity};
use crate::span::Quote;

use super::queries::from_json;
use super::quotes::bare;
use super::{Store, StoreError, doing, to_json};

/// What keeping a reading came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The source was not known.
    New,
    /// Same bytes, same lexicon, same reader: nothing was written.
    Unchanged,
    /// Other bytes: a new version; the old is kept.
    NewVersion,
    /// Same bytes read with another lexicon, reader or source record: the records were replaced.
    Reread,
}

/// A record as the table holds it.
pub(super) struct Row<'a> {
    kind: &'static str,
    id: &'a str,
    sentence: Option<usize>,
    quote: &'a Quote,
    standing: &'a str,
    class: Option<&'a str>,
    when: Option<When>,
    body: String,
    actors: Vec<(&'a str, &'static str)>,
}

impl Store {
    /// Keeps a reading. Every quote is compared with the document once more before anything is written.
    ///
    /// # Errors
    /// [`StoreError::Quote`] for a quote that is not the document's; otherwise what SQLite says. Nothing is then written.
    pub fn keep(&mut self, reading: &Reading) -> Result<Kept, StoreError> {
        let ready = Ready::of(reading)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(doing("beginning"))?;
        let kept = ready.put(&transaction)?;
        transaction.commit().map_err(doing("committing a document"))?;
        Ok(kept)
    }
}

/// What the store knows a source's latest document by.
pub(super) struct Known {
    row: i64,
    version: i64,
    id: String,
    reader: u32,
    lexicon: String,
    about: String,
}

impl Known {
    /// Of the latest document of a source, if there is one.
    pub fn in_store(connection: &Connection, key: &str) -> Result<Option<Self>, StoreError> {
        connection
            .prepare_cached(
                "SELECT row, version, id, reader, lexicon, about FROM document WHERE source_key = ?1 AND current = 1",
            )
            .map_err(doing("preparing"))?
            .query_row([key], |r| {
                Ok(Self {
                    row: r.get(0)?,
                    version: r.get(1)?,
                    id: r.get(2)?,
                    reader: r.get(3)?,
                    lexicon: r.get(4)?,
                    about: r.get(5)?,
                })
            })
            .optional()
            .map_err(doing("looking for the document"))
    }

    /// Of a document that is not in the store yet.
    pub fn of(document: &Document) -> Result<Self, StoreError> {
        Ok(Self {
            row: 0,
            version: 0,
            id: document.id.clone(),
            reader: document.reader,
            lexicon: document.lexicon.clone(),
            about: about(document)?,
        })
    }
}

/// What is known of a document beside its text, as it is kept.
fn about(document: &Document) -> Result<String, StoreError> {
    to_json(&document.source.key, &(&document.source, &document.date))
}

/// What keeping a reading comes to, by the latest document of its source.
pub(super) fn kept(known: Option<&Known>, ready: &Ready<'_>) -> Kept {
    let document = &ready.reading.document;
    match known {
        None => Kept::New,
        Some(known) if known.id != document.id => Kept::NewVersion,
        Some(known)
            if known.reader == document.reader
                && known.lexicon == document.lexicon
                && known.about == ready.about =>
        {
            Kept::Unchanged
        }
        Some(_) => Kept::Reread,
    }
}

/// A reading whose quotes hold, as rows.
pub(super) struct Ready<'r> {
    reading: &'r Reading,
    about: String,
    rows: Vec<Row<'r>>,
}

impl<'r> Ready<'r> {
    /// # Errors
    /// [`StoreError::Quote`] for a quote that is not the document's.
    pub fn of(reading: &'r Reading) -> Result<Self, StoreError> {
        let ready = Self { reading, about: about(&reading.document)?, rows: rows(reading)? };
        verify(reading, &ready.rows)?;
        Ok(ready)
    }

    /// Writes it in place of what the store has of its source, unless that is the same.
    pub fn put(&self, transaction: &Transaction<'_>) -> Result<Kept, StoreError> {
        let current = Known::in_store(transaction, &self.reading.document.source.key)?;
        let kept = kept(current.as_ref(), self);
        let (mut place, mut version) = (None, 1);
        match (kept, &current) {
            (Kept::Unchanged, _) => return Ok(kept),
            (Kept::Reread, Some(known)) => {
                remove(transaction, known.row)?;
                (place, version) = (Some(known.row), known.version);
            }
            (_, Some(known)) => {
                transaction
                    .execute("UPDATE document SET current = 0 WHERE row = ?1", [known.row])
                    .map_err(doing("setting the old version aside"))?;
                version = known.version + 1;
            }
            (_, None) => {}
        }
        write(transaction, self.reading, place, version, &self.about, &self.rows)?;
        Ok(kept)
    }
}

fn remove(transaction: &Transaction<'_>, document: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM record_actor WHERE document = ?1",
        "DELETE FROM record WHERE document = ?1",
        "DELETE FROM sentence_text WHERE rowid IN (SELECT row FROM sentence WHERE document = ?1)",
        "DELETE FROM sentence WHERE document = ?1",
        "DELETE FROM document WHERE row = ?1",
    ] {
        let mut statement = transaction.prepare_cached(statement).map_err(doing("preparing"))?;
        statement.execute([document]).map_err(doing("taking out the earlier reading"))?;
    }
    Ok(())
}

/// Every quote of a reading against its text.
fn verify(reading: &Reading, rows: &[Row<'_>]) -> Result<(), StoreError> {
    let text = reading.document.text.as_str();
    let fault = |record: &str| StoreError::Quote {
        key: reading.document.source.key.clone(),
        record: record.to_owned(),
    };
    for sentence in &reading.sentences {
        if !sentence.quote.holds_in(text) {
            return Err(fault(&format!("sentence {}", sentence.index)));
        }
    }
    for row in rows {
        if !row.quote.holds_in(text) {
            return Err(fault(row.id));
        }
    }
    let inner = reading
        .events
        .iter()
        .flat_map(|e| {
            let roles = e.sources.iter().chain(&e.recipients);
            let roles = roles.flat_map(|r| std::iter::once(&r.quote).chain(&r.antecedent));
            roles.chain(&e.date).chain([&e.trigger]).map(|q| (e.id.as_str(), q))
        })
        .chain(reading.claims.iter().flat_map(|c| {
            c.speaker.iter().chain(&c.resolved).chain([&c.cue]).map(|q| (c.id.as_str(), q))
        }))
        .chain(reading.quantities.iter().flat_map(|q| {
            q.what.iter().chain(&q.row).chain(&q.column).map(|w| (q.id.as_str(), w))
        }));
    for (id, quote) in inner {
        if !quote.holds_in(text) {
            return Err(fault(id));
        }
    }
    Ok(())
}

fn rows(reading: &Reading) -> Result<Vec<Row<'_>>, StoreError> {
    let mut out = Vec::new();
    for r in &reading.passages {
        out.push(Row {
            kind: "passage",
            id: &r.id,
            sentence: None,
            quote: &r.quote,
            standing: r.standing.word(),
            class: Some(&r.rule),
            when: None,
            body: bare(&r.id, r)?,
            actors: Vec::new(),
        });
    }
    for r in &reading.mentions {
        out.push(mention(r)?);
    }
    for r in &reading.candidates {
        out.push(Row {
            kind: "candidate",
            id: &r.id,
            sentence: Some(r.sentence),
            quote: &r.quote,
            standing: "body",
            class: Some(&r.kind),
            when: None,
            body: bare(&r.id, r)?,
            actors: Vec::new(),
        });
    }
    for r in &reading.dates {
        out.push(Row {
            kind: "date",
            id: &r.id,
            sentence: Some(r.sentence),
            quote: &r.quote,
            standing: r.standing.word(),
            class: None,
            when: r.when,
            body: bare(&r.id, r)?,
            actors: Vec::new(),
        });
    }
    for r in &reading.quantities {
        out.push(quantity(r)?);
    }
    for r in &reading.events {
        out.push(event(r)?);
    }
    for r in &reading.claims {
        out.push(claim(r)?);
    }
    Ok(out)
}

fn mention(r: &Mention) -> Result<Row<'_>, StoreError> {
    Ok(Row {
        kind: "mention",
        id: &r.id,
        sentence: Some(r.sentence),
        quote: &r.quote,
        standing: r.standing.word(),
        class: None,
        when: None,
        body: bare(&r.id, r)?,
        actors: vec![(&r.actor, "named")],
    })
}

fn quantity(r: &Quantity) -> Result<Row<'_>, StoreError> {
    Ok(Row {
        kind: "quantity",
        id: &r.id,
        sentence: Some(r.sentence),
        quote: &r.quote,
        standing: r.standing.word(),
        class: Some(&r.unit),
        when: r.when,
        body: bare(&r.id, r)?,
        actors: r.actors.iter().map(|a| (a.as_str(), "measured")).collect(),
    })
}

fn event(r: &Event) -> Result<Row<'_>, StoreError> {
    let sources = r.source_actors().map(|a| (a, "source"));
    Ok(Row {
        kind: "event",
        id: &r.id,
        sentence: Some(r.sentence),
        quote: &r.quote,
        standing: r.standing.word(),
        class: Some(r.class.word()),
        when: r.when,
        body: bare(&r.id, r)?,
        actors: sources.chain(r.recipient_actors().map(|a| (a, "recipient"))).collect(),
    })
}

fn claim(r: &Claim) -> Result<Row<'_>, StoreError> {
    Ok(Row {
        kind: "claim",
        id: &r.id,
        sentence: Some(r.sentence),
        quote: &r.quote,
        standing: r.standing.word(),
        class: Some(&r.rule),
        when: None,
        body: bare(&r.id, r)?,
        actors: r.actors.iter().map(|a| (a.as_str(), "speaker")).collect(),
    })
}

/// Hands on the row of a record kept as JSON, with the words of its quotes as they are given.
pub(super) fn row_of<T>(
    kind: &str,
    body: &str,
    then: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match kind {
        "mention" => then(&Row { body: body.to_owned(), ..mention(&from_json(kind, body)?)? }),
        "quantity" => then(&Row { body: body.to_owned(), ..quantity(&from_json(kind, body)?)? }),
        "event" => then(&Row { body: body.to_owned(), ..event(&from_json(kind, body)?)? }),
        "claim" => then(&Row { body: body.to_owned(), ..claim(&from_json(kind, body)?)? }),
        _ => Err(StoreError::Record {
            record: kind.to_owned(),
            fault: "records of this kind cannot be corrected".to_owned(),
        }),
    }
}

/// Writes one record with its actors.
pub(super) fn insert_record(
    transaction: &Transaction<'_>,
    document: i64,
    ordinal: i64,
    r: &Row<'_>,
) -> Result<(), StoreError> {
    let fault = doing;
    let mut record = transaction
        .prepare_cached(
            "INSERT INTO record (document, kind, ordinal, id, sentence, start, end, quote, standing, class,
             date_from, date_to, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )
        .map_err(fault("preparing"))?;
    let mut actor = transaction
        .prepare_cached(
            "INSERT INTO record_actor (record, document, sentence, actor, part) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .map_err(fault("preparing"))?;
    let span = r.quote.span();
    let row = record
        .insert(params![
            document,
            r.kind,
            ordinal,
            r.id,
            r.sentence.map(number),
            number(span.start()),
            number(span.end()),
            r.quote.text(),
            r.standing,
            r.class,
            r.when.map(|w| w.from.to_string()),
            r.when.map(|w| w.to.to_string()),
            r.body
        ])
        .map_err(fault("writing a record"))?;
    for (name, part) in &r.actors {
        actor
            .execute(params![row, document, r.sentence.map_or(0, number), name, part])
            .map_err(fault("writing an actor"))?;
    }
    Ok(())
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn write(
    transaction: &Transaction<'_>,
    reading: &Reading,
    place: Option<i64>,
    version: i64,
    about: &str,
    rows: &[Row<'_>],
) -> Result<(), StoreError> {
    let d = &reading.document;
    transaction
        .execute(
            "INSERT INTO document (row, source_key, version, current, id, title, publisher, published, address, rating,
             encoding, text, words, dated, reader, lexicon, about, sketch)
             VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                place,
                d.source.key,
                version,
                d.id,
                d.source.title,
                d.source.publisher,
                d.source.published.map(|p| p.to_string()),
                d.source.address,
                d.source.rating.map(|r| r.to_string()),
                d.encoding,
                d.text,
                number(d.words),
                d.date.as_ref().map(|d| d.date.to_string()),
                d.reader,
                d.lexicon,
                about,
                Sketch::of(reading).to_bytes(),
            ],
        )
        .map_err(doing("writing a document"))?;
    let document = transaction.last_insert_rowid();
    let fault = doing;
    let mut sentence = transaction
        .prepare_cached(
            "INSERT INTO sentence (document, ordinal, start, end, quote, standing, paragraph)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .map_err(fault("preparing"))?;
    let mut folded = transaction
        .prepare_cached("INSERT INTO sentence_text (rowid, folded) VALUES (?1, ?2)")
        .map_err(fault("preparing"))?;
    for s in &reading.sentences {
        let span = s.quote.span();
        let row = sentence
            .insert(params![
                document,
                number(s.index),
                number(span.start()),
                number(span.end()),
                s.quote.text(),
                s.standing.word(),
                number(s.paragraph)
            ])
            .map_err(fault("writing a sentence"))?;
        folded
            .execute(params![row, fold(s.quote.text()).replace('\0', " ")])
            .map_err(fault("indexing a sentence"))?;
    }
    for (ordinal, r) in rows.iter().enumerate() {
        insert_record(transaction, document, number(ordinal), r)?;
    }
    super::corrections::lay_all(transaction, document, &d.id)
}
