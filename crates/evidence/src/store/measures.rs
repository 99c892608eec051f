//! The same measure stated more than once: side by side, never averaged.
//!
//! Two statements are of one measure when their unit, their "per" and the head noun of what is
//! measured agree, their sentences name an actor in common, and their dates, where both have one,
//! overlap. They agree when their ranges overlap. It cannot tell two borders of one country apart:
//! a person judges.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::queries::{HIT, from_json, hit};
use super::{Hit, Store, StoreError, doing};
use crate::records::{Bound, Quantity};
use crate::words::singular;

/// A quantity with the sentence it stands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence and its document.
    pub place: Hit,
    /// The quantity.
    pub quantity: Quantity,
}

/// One measure and everything said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Head noun of what is measured.
    pub what: String,
    /// Unit, with its "per".
    pub unit: String,
    /// Actors all statements' sentences name.
    pub actors: Vec<String>,
    /// Whether all ranges overlap.
    pub agrees: bool,
    /// The statements, by source key and place.
    pub statements: Vec<Statement>,
}

struct Candidate {
    statement: Statement,
    actors: BTreeSet<String>,
}

impl Store {
    /// Measures that two sentences or more state, those whose values differ first.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Record`] for a record that cannot be read back.
    pub fn measures(&self) -> Result<Vec<Measure>, StoreError> {
        let sql = format!(
            "SELECT {HIT}, r.body, (SELECT group_concat(DISTINCT a.actor) FROM record_actor a
               WHERE a.document = r.document AND a.sentence = r.sentence AND a.part = 'named')
             FROM record r JOIN document d ON d.row = r.document
             JOIN sentence s ON s.document = r.document AND s.ordinal = r.sentence
             WHERE d.current = 1 AND r.kind = 'quantity' AND r.standing = 'body'
             ORDER BY d.source_key, r.ordinal"
        );
        let mut query = self.connection.prepare_cached(&sql).map_err(doing("preparing a query"))?;
        let rows = query
            .query_map([], |row| {
                Ok((hit(row)?, row.get::<_, String>(11)?, row.get::<_, Option<String>>(12)?))
            })
            .map_err(doing("asking"))?;
        let mut slots: BTreeMap<(String, String), Vec<Candidate>> = BTreeMap::new();
        for row in rows {
            let (place, body, actors) = row.map_err(doing("reading an answer"))?;
            let quantity: Quantity = from_json("quantity", &body)?;
            let Some(slot) = slot(&quantity) else {
                continue;
            };
            let actors = actors.iter().flat_map(|a| a.split(',')).map(str::to_owned).collect();
            let statement = Statement { place, quantity };
            slots.entry(slot).or_default().push(Candidate { statement, actors });
        }
        let mut out: Vec<Measure> =
            slots.into_iter().flat_map(|((what, unit), list)| gather(&what, &unit, list)).collect();
        out.sort_by_key(|m| m.agrees);
        Ok(out)
    }
}

/// Head noun and unit; none where the sentence does not say what is measured.
fn slot(quantity: &Quantity) -> Option<(String, String)> {
    let words = quantity.what.as_ref()?.text().to_lowercase();
    let head = singular(words.split_whitespace().next_back()?);
    let unit = quantity
        .per
        .as_ref()
        .map_or_else(|| quantity.unit.clone(), |per| format!("{} per {per}", quantity.unit));
    (quantity.value.is_some() || quantity.low.is_some()).then_some((head, unit))
}

/// Statements joined while they share an actor with all before them.
fn gather(what: &str, unit: &str, list: Vec<Candidate>) -> Vec<Measure> {
    let mut groups: Vec<(BTreeSet<String>, Vec<Statement>)> = Vec::new();
    for Candidate { statement, actors } in list {
        let fits = |(shared, said): &&mut (BTreeSet<String>, Vec<Statement>)| {
            shared.intersection(&actors).next().is_some()
                && said.iter().all(|s| same_time(&s.quantity, &statement.quantity))
        };
        match groups.iter_mut().find(fits) {
            Some((shared, said)) => {
                shared.retain(|a| actors.contains(a));
                said.push(statement);
            }
            None => groups.push((actors, vec![statement])),
        }
    }
    groups.retain(|(_, said)| said.len() > 1);
    let measure = |(actors, statements): (BTreeSet<String>, Vec<Statement>)| Measure {
        what: what.to_owned(),
        unit: unit.to_owned(),
        actors: actors.into_iter().collect(),
        agrees: agree(&statements),
        statements,
    };
    groups.into_iter().map(measure).collect()
}

fn same_time(a: &Quantity, b: &Quantity) -> bool {
    match (a.when, b.when) {
        (Some(a), Some(b)) => a.from <= b.to && b.from <= a.to,
        _ => true,
    }
}

/// Whether one value could satisfy every statement.
fn agree(statements: &[Statement]) -> bool {
    let low = statements.iter().map(|s| range(&s.quantity).0).fold(f64::NEG_INFINITY, f64::max);
    let high = statements.iter().map(|s| range(&s.quantity).1).fold(f64::INFINITY, f64::min);
    low <= high
}

/// What a statement allows; "about" allows a tenth either way. *Judged.*
fn range(q: &Quantity) -> (f64, f64) {
    let low = q.low.unwrap_or(f64::NEG_INFINITY);
    let high = q.high.unwrap_or(f64::INFINITY);
    match (q.bound, q.value) {
        (Bound::About, Some(v)) => (v - v.abs() * 0.1, v + v.abs() * 0.1),
        _ => (low, high),
    }
}
