//! A record as a row and a row as a record.

use serde::Serialize;

use super::cells::{
    from_word, list, number, optional, place_cell, set_when, shown, truth, when_cell, word,
};
use super::columns::{CLAIMS, Column, EVENTS, MENTIONS, QUANTITIES};
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
            "suggested" => self.suggested.to_string(),
            "score" => self.score.map_or_else(String::new, |s| s.to_string()),
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
            "suggested" => self.suggested = truth(cell)?,
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
            answers: None,
            rule: BY_HAND.to_owned(),
            weight: 0,
            score: None,
            suggested: false,
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
            answers: None,
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
            by: None,
            when: None,
            also: None,
            row: None,
            column: None,
        })
    }
}
