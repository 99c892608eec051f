//! What a case believes, as the tables `estimates` and `ties`, and what it and its documents tell,
//! as `events` and `claims`.

use case::{Belief, Case, Estimate};
use entry::Keys;
use evidence::{DocumentEntry, Store, StoreError};
use jiff::civil::Date;
use serde::Serialize;

use crate::schema;
use crate::table::{Cell, Table};

fn joined<S: AsRef<str>>(all: impl IntoIterator<Item = S>) -> String {
    all.into_iter().map(|one| one.as_ref().to_owned()).collect::<Vec<_>>().join(";")
}

fn keys(keys: &Keys) -> String {
    joined(keys.0.iter().map(|key| key.get_ref().as_str()))
}

/// The name by which a value is written.
pub(crate) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// Every estimate of a case, as of its date.
#[must_use]
pub fn estimates(case: &Case) -> Table {
    let mut table = Table::of(&schema::ESTIMATES);
    for belief in &case.beliefs {
        let shape = word(&belief.shape);
        let sources = joined(&belief.sources);
        let published = belief.sources.iter().filter_map(|key| case.source(key)?.published.into());
        table.push([
            Cell::Text(&belief.path),
            Cell::Real(belief.value),
            Cell::Real(belief.low),
            Cell::Real(belief.high),
            Cell::Text(&shape),
            Cell::words(belief.unit.as_deref()),
            Cell::day(belief.from),
            Cell::day(published.min()),
            Cell::day(belief.checked),
            Cell::words(Some(&sources)),
            Cell::words(belief.at.as_deref()),
            Cell::words(belief.quote.as_deref()),
            Cell::words(belief.judged.as_deref()),
            Cell::words(belief.note.as_deref()),
        ]);
    }
    table
}

/// Every tie of a case that is in force on its date.
#[must_use]
pub fn ties(case: &Case) -> Table {
    fn numbers<U>(case: &Case, estimate: &Estimate<U>) -> [Cell<'static>; 3] {
        let Belief { value, low, high, .. } = case.belief(estimate);
        [*value, *low, *high].map(Cell::Real)
    }
    let mut table = Table::of(&schema::TIES);
    for tie in &case.ties {
        let pull = case.belief(&tie.bandwidth).value * case.belief(&tie.dependence).value;
        let sources = keys(&tie.source);
        let mut row = vec![
            Cell::Text(tie.from.get_ref()),
            Cell::Text(tie.to.get_ref()),
            Cell::Text(tie.channel.name()),
        ];
        row.extend(numbers(case, &tie.bandwidth));
        row.extend(numbers(case, &tie.dependence));
        row.extend([
            Cell::Real(pull),
            Cell::day(tie.since),
            Cell::day(tie.until),
            Cell::words(Some(&sources)),
            Cell::words(tie.note.as_deref()),
        ]);
        table.push(row);
    }
    table
}

/// The documents of a store, each once, whatever sources have its bytes.
pub(crate) fn documents(store: &Store) -> Result<Vec<DocumentEntry>, StoreError> {
    let mut seen = std::collections::BTreeSet::new();
    let all = store.listing()?.into_iter().map(|listed| listed.document);
    Ok(all.filter(|document| seen.insert(document.id.clone())).collect())
}

/// What happened: the case's history, and what was read, if a store of evidence is given.
///
/// # Errors
/// What the store says.
pub fn events(case: &Case, store: Option<&Store>) -> Result<Table, StoreError> {
    let mut table = Table::of(&schema::EVENTS);
    for event in &case.events {
        let actors = joined(event.actors.iter().map(|actor| actor.get_ref().as_str()));
        let sources = keys(&event.source);
        table.push([
            Cell::Text(event.id.get_ref()),
            Cell::Truth(false),
            Cell::Day(event.date),
            Cell::Day(event.date),
            Cell::Empty,
            Cell::Empty,
            Cell::words(Some(&actors)),
            Cell::Empty,
            Cell::Truth(true),
            Cell::Truth(false),
            Cell::Empty,
            Cell::Empty,
            Cell::Text(&event.what),
            Cell::Empty,
            Cell::words(Some(&sources)),
            Cell::Empty,
        ]);
    }
    let Some(store) = store else { return Ok(table) };
    for document in documents(store)? {
        for event in store.reading_records(&document.id)?.events {
            let (class, actors) = (word(&event.class), joined(event.source_actors()));
            let recipients = joined(event.recipient_actors());
            table.push([
                Cell::Text(&event.id),
                Cell::Truth(true),
                Cell::day(event.when.as_ref().map(|when| when.from)),
                Cell::day(event.when.as_ref().map(|when| when.to)),
                Cell::words(Some(&class)),
                Cell::words(event.mode.as_deref()),
                Cell::words(Some(&actors)),
                Cell::words(Some(&recipients)),
                Cell::Truth(event.is_fact()),
                Cell::Truth(event.hedged),
                Cell::whole(event.count),
                Cell::Text(event.standing.word()),
                Cell::Text(event.quote.text()),
                Cell::Text(&document.id),
                Cell::Text(&document.source_key),
                Cell::Text(&event.rule),
            ]);
        }
    }
    Ok(table)
}

/// Who says what, as it was read.
///
/// # Errors
/// What the store says.
pub fn claims(store: &Store) -> Result<Table, StoreError> {
    let mut table = Table::of(&schema::CLAIMS);
    for document in documents(store)? {
        let published = document.published.as_ref().and_then(|day| day.parse::<Date>().ok());
        for claim in store.reading_records(&document.id)?.claims {
            let (actors, speech, stance) =
                (joined(&claim.actors), word(&claim.speech), word(&claim.stance));
            table.push([
                Cell::Text(&claim.id),
                Cell::Text(&document.id),
                Cell::Text(&document.source_key),
                Cell::day(published),
                Cell::Whole(i64::try_from(claim.sentence).unwrap_or(i64::MAX)),
                Cell::words(claim.speaker.as_ref().map(evidence::Quote::text)),
                Cell::words(Some(&actors)),
                Cell::Text(claim.cue.text()),
                Cell::Text(&speech),
                Cell::Text(&stance),
                Cell::Text(claim.standing.word()),
                Cell::Text(claim.quote.text()),
                Cell::Text(&claim.rule),
            ]);
        }
    }
    Ok(table)
}
