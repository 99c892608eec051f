//! A record as a row and a row as a record.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::columns::{CLAIMS, Column, EVENTS, MENTIONS, QUANTITIES};
use crate::dates::{Precision, When};
use crate::records::{
    Bound, Claim, Class, Event, Form, Mention, Quantity, Role, Sense, Speech, Stance, Standing,
    record_id,
};
use crate::span::{Quote, Span};
use crate::store::StoredRecords;

/// The rule of what a person added.
const BY_HAND: &str = "by-hand";

/// Where a new record stands.
pub(super) struct Place<'a> {
    pub document: &'a str,
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
}

impl Place<'_> {
    fn quote(&self) -> Result<Quote, String> {
        let span = Span::new(self.text, self.start, self.end);
        Ok(Quote::cut(self.text, span.ok_or("the quote is no stretch of the text")?))
    }

    /// Turns of records made by hand are counted apart, so that no reading makes the same name.
    fn id(&self, kind: &str, quote: &Quote) -> String {
        record_id(self.document, kind, quote.span(), 1_000_000)
    }
}

/// A kind of record that has a table.
pub(super) trait Tidy: Clone + Serialize + Sized {
    /// The kind in the store.
    const KIND: &'static str;
    /// The table's name.
    const TABLE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// The records of that kind.
    fn of(records: &StoredRecords) -> &[Self];
    /// The record's name.
    fn id(&self) -> &str;
    /// A cell, by column.
    fn cell(&self, column: &str) -> String;
    /// Changes a cell that may be changed.
    fn set(&mut self, column: &str, cell: &str) -> Result<(), String>;
    /// A record made by hand, to be filled with [`Tidy::set`].
    fn new(place: &Place<'_>) -> Result<Self, String>;
}

/// Cells that all kinds have.
fn place_cell(
    column: &str,
    id: &str,
    sentence: usize,
    quote: &Quote,
    standing: Standing,
) -> String {
    match column {
        "id" => id.to_owned(),
        "sentence" => sentence.to_string(),
        "start" => quote.span().start().to_string(),
        "end" => quote.span().end().to_string(),
        "quote" => quote.text().to_owned(),
        "standing" => standing.word().to_owned(),
        _ => String::new(),
    }
}

fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, String> {
    let fault = |e: serde_json::Error| e.to_string();
    serde_json::from_value(serde_json::Value::from(word)).map_err(fault)
}

fn list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect()
}

fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn truth(cell: &str) -> Result<bool, String> {
    match cell.to_lowercase().as_str() {
        "true" => Ok(true),
        "false" | "" => Ok(false),
        _ => Err("write true or false".to_owned()),
    }
}

fn number(cell: &str) -> Result<Option<f64>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let value: f64 = cell.parse().map_err(|_| "is no number")?;
    value.is_finite().then_some(Some(value)).ok_or_else(|| "is no finite number".to_owned())
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn when_cell(when: Option<When>, column: &str) -> String {
    when.map_or_else(String::new, |when| match column {
        "from" => when.from.to_string(),
        "to" => when.to.to_string(),
        _ => word(&when.precision),
    })
}

/// One cell of a date; taking the first day out takes the date out.
fn set_when(when: &mut Option<When>, column: &str, cell: &str) -> Result<(), String> {
    if column == "precision" {
        match when {
            Some(when) if !cell.is_empty() => when.precision = from_word(cell)?,
            _ => {}
        }
        return Ok(());
    }
    if cell.is_empty() {
        if column == "from" {
            *when = None;
        }
        return Ok(());
    }
    let day = cell.parse().map_err(|_| "write a day as YYYY-MM-DD")?;
    let now = when.get_or_insert(When { from: day, to: day, precision: Precision::Day });
    match column {
        "from" => {
            now.from = day;
            now.to = now.to.max(day);
        }
        _ if day < now.from => return Err("it ends before it begins".to_owned()),
        _ => now.to = day,
    }
    Ok(())
}

impl Tidy for Mention {
    const KIND: &'static str = "mention";
    const TABLE: &'static str = "mentions";
    const COLUMNS: &'static [Column] = MENTIONS;

    fn of(records: &StoredRecords) -> &[Self] {
        &records.mentions
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn cell(&self, column: &str) -> String {
        match column {
            "actor" => self.actor.clone(),
            "form" => word(&self.form),
            "sense" => word(&self.sense),
            _ => place_cell(column, &self.id, self.sentence, &self.quote, self.standing),
        }
    }

    fn set(&mut self, column: &str, cell: &str) -> Result<(), String> {
        match column {
            "actor" if cell.is_empty() => return Err("an actor is needed".to_owned()),
            "actor" => cell.clone_into(&mut self.actor),
            _ => self.sense = from_word(cell)?,
        }
        Ok(())
    }

    fn new(place: &Place<'_>) -> Result<Self, String> {
        let quote = place.quote()?;
        Ok(Mention {
            id: place.id(Self::KIND, &quote),
            sentence: place.sentence,
            quote,
            standing: Standing::Body,
            actor: String::new(),
            form: Form::Name,
            sense: Sense::Agent,
        })
    }
}

/// All actors of some roles, in order.
fn actors(roles: &[Role]) -> String {
    let all: Vec<&str> = roles.iter().flat_map(|r| r.actors.iter().map(String::as_str)).collect();
    all.join(";")
}

/// Gives roles other actors: the first role has them all, for the words of the others say who they were.
fn set_actors(roles: &mut Vec<Role>, quote: &Quote, cell: &str) {
    let all = list(cell);
    for role in roles.iter_mut() {
        role.actors.clear();
    }
    match roles.first_mut() {
        Some(first) => first.actors = all,
        None if all.is_empty() => {}
        None => roles.push(Role { quote: quote.clone(), actors: all, antecedent: None }),
    }
}

impl Tidy for Event {
    const KIND: &'static str = "event";
    const TABLE: &'static str = "events";
    const COLUMNS: &'static [Column] = EVENTS;

    fn of(records: &StoredRecords) -> &[Self] {
        &records.events
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn cell(&self, column: &str) -> String {
        match column {
            "trigger" => self.trigger.text().to_owned(),
            "class" => self.class.word().to_owned(),
            "mode" => self.mode.clone().unwrap_or_default(),
            "sources" => actors(&self.sources),
            "recipients" => actors(&self.recipients),
            "from" | "to" | "precision" => when_cell(self.when, column),
            "negated" => self.negated.to_string(),
            "hypothetical" => self.hypothetical.to_string(),
            "future" => self.future.to_string(),
            "historical" => self.historical.to_string(),
            "hedged" => self.hedged.to_string(),
            "count" => self.count.map_or_else(String::new, |n| n.to_string()),
            "rule" => self.rule.clone(),
            _ => place_cell(column, &self.id, self.sentence, &self.quote, self.standing),
        }
    }

    fn set(&mut self, column: &str, cell: &str) -> Result<(), String> {
        match column {
            "class" => {
                let class = Class::from_word(&cell.to_uppercase());
                self.class = class.ok_or("is no class of PLOVER")?;
            }
            "mode" => self.mode = optional(cell),
            "sources" => set_actors(&mut self.sources, &self.quote, cell),
            "recipients" => set_actors(&mut self.recipients, &self.quote, cell),
            "from" | "to" | "precision" => set_when(&mut self.when, column, cell)?,
            "negated" => self.negated = truth(cell)?,
            "hypothetical" => self.hypothetical = truth(cell)?,
            "future" => self.future = truth(cell)?,
            "historical" => self.historical = truth(cell)?,
            "hedged" => self.hedged = truth(cell)?,
            _ => {
                let count = (!cell.is_empty()).then(|| cell.parse());
                self.count = count.transpose().map_err(|_| "is no count")?;
            }
        }
        Ok(())
    }

    fn new(place: &Place<'_>) -> Result<Self, String> {
        let quote = place.quote()?;
        Ok(Event {
            id: place.id(Self::KIND, &quote),
            sentence: place.sentence,
            trigger: quote.clone(),
            quote,
            standing: Standing::Body,
            class: Class::Consult,
            mode: None,
            sources: Vec::new(),
            recipients: Vec::new(),
            reciprocal: false,
            when: None,
            date: None,
            count: None,
            negated: false,
            hypothetical: false,
            future: false,
            historical: false,
            hedged: false,
            declares: None,
            undone_by: None,
            rule: BY_HAND.to_owned(),
            weight: 0,
        })
    }
}

impl Tidy for Claim {
    const KIND: &'static str = "claim";
    const TABLE: &'static str = "claims";
    const COLUMNS: &'static [Column] = CLAIMS;

    fn of(records: &StoredRecords) -> &[Self] {
        &records.claims
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn cell(&self, column: &str) -> String {
        match column {
            "speaker" => self.speaker.as_ref().map_or_else(String::new, |s| s.text().to_owned()),
            "actors" => self.actors.join(";"),
            "cue" => self.cue.text().to_owned(),
            "speech" => word(&self.speech),
            "stance" => word(&self.stance),
            "rule" => self.rule.clone(),
            _ => place_cell(column, &self.id, self.sentence, &self.quote, self.standing),
        }
    }

    fn set(&mut self, column: &str, cell: &str) -> Result<(), String> {
        match column {
            "actors" => self.actors = list(cell),
            "speech" => self.speech = from_word(cell)?,
            _ => self.stance = from_word(cell)?,
        }
        Ok(())
    }

    fn new(place: &Place<'_>) -> Result<Self, String> {
        let quote = place.quote()?;
        Ok(Claim {
            id: place.id(Self::KIND, &quote),
            sentence: place.sentence,
            cue: quote.clone(),
            quote,
            standing: Standing::Body,
            speaker: None,
            actors: Vec::new(),
            resolved: None,
            speech: Speech::Indirect,
            stance: Stance::Plain,
            rule: BY_HAND.to_owned(),
        })
    }
}

impl Tidy for Quantity {
    const KIND: &'static str = "quantity";
    const TABLE: &'static str = "quantities";
    const COLUMNS: &'static [Column] = QUANTITIES;

    fn of(records: &StoredRecords) -> &[Self] {
        &records.quantities
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn cell(&self, column: &str) -> String {
        match column {
            "value" => shown(self.value),
            "low" => shown(self.low),
            "high" => shown(self.high),
            "bound" => word(&self.bound),
            "unit" => self.unit.clone(),
            "per" => self.per.clone().unwrap_or_default(),
            "what" => self.what.as_ref().map_or_else(String::new, |w| w.text().to_owned()),
            "actors" => self.actors.join(";"),
            "from" | "to" | "precision" => when_cell(self.when, column),
            _ => place_cell(column, &self.id, self.sentence, &self.quote, self.standing),
        }
    }

    fn set(&mut self, column: &str, cell: &str) -> Result<(), String> {
        match column {
            "value" => self.value = number(cell)?,
            "low" => self.low = number(cell)?,
            "high" => self.high = number(cell)?,
            "bound" => self.bound = from_word(cell)?,
            "unit" => cell.clone_into(&mut self.unit),
            "per" => self.per = optional(cell),
            "actors" => self.actors = list(cell),
            _ => set_when(&mut self.when, column, cell)?,
        }
        Ok(())
    }

    fn new(place: &Place<'_>) -> Result<Self, String> {
        let quote = place.quote()?;
        Ok(Quantity {
            id: place.id(Self::KIND, &quote),
            sentence: place.sentence,
            quote,
            standing: Standing::Body,
            value: None,
            low: None,
            high: None,
            bound: Bound::Exactly,
            unit: String::new(),
            per: None,
            of: None,
            what: None,
            actors: Vec::new(),
            when: None,
            also: None,
        })
    }
}
