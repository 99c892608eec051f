//! PLOVER: events as JSON lines, those of the case's history and those that were read in its documents. A history's event has
//! no type: its author wrote a sentence.

use case::Case;
use evidence::StoreError;
use jiff::civil::Date;
use serde::Serialize;

use super::{Format, Material, Written};
use crate::believed::{documents, word};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "plover",
    says: "events of the history and of documents, as JSON lines with PLOVER types",
    ties: false,
    write,
};

/// A line.
#[derive(Serialize)]
struct Line<'l> {
    event_id: &'l str,
    /// `case` or `document`.
    origin: &'static str,
    event_date: Option<Date>,
    event_date_to: Option<Date>,
    event_type: Option<String>,
    event_mode: Option<&'l str>,
    actors: Vec<Party<'l>>,
    recipients: Vec<Party<'l>>,
    fact: bool,
    hedged: bool,
    count: Option<u64>,
    text: &'l str,
    document: Option<&'l str>,
    sources: Vec<&'l str>,
    rule: Option<&'l str>,
}

/// Who did it, or to whom.
#[derive(Serialize)]
struct Party<'l> {
    id: &'l str,
    name: &'l str,
}

fn party<'l>(case: &'l Case, id: &'l str) -> Party<'l> {
    Party { id, name: case.actor(id).map_or(id, |actor| &actor.name) }
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let case = material.case;
    let mut out = String::new();
    let mut line = |line: &Line<'_>| {
        out.push_str(&serde_json::json!(line).to_string());
        out.push('\n');
    };
    for event in &case.events {
        line(&Line {
            event_id: event.id.get_ref(),
            origin: "case",
            event_date: Some(event.date),
            event_date_to: Some(event.date),
            event_type: None,
            event_mode: None,
            actors: event.actors.iter().map(|a| party(case, a.get_ref())).collect(),
            recipients: Vec::new(),
            fact: true,
            hedged: false,
            count: None,
            text: &event.what,
            document: None,
            sources: event.source.0.iter().map(|key| key.get_ref().as_str()).collect(),
            rule: None,
        });
    }
    let Some(store) = material.store else {
        let remark = "no document was read yet: events of documents come with `shatterbelt read`";
        return Ok(Written { text: out, remarks: vec![remark.to_owned()] });
    };
    for document in documents(store)? {
        for event in store.reading_records(&document.id)?.events {
            line(&Line {
                event_id: &event.id,
                origin: "document",
                event_date: event.when.as_ref().map(|when| when.from),
                event_date_to: event.when.as_ref().map(|when| when.to),
                event_type: Some(word(&event.class)),
                event_mode: event.mode.as_deref(),
                actors: event.source_actors().map(|id| party(case, id)).collect(),
                recipients: event.recipient_actors().map(|id| party(case, id)).collect(),
                fact: event.is_fact(),
                hedged: event.hedged,
                count: event.count.map(u64::from),
                text: event.quote.text(),
                document: Some(&document.id),
                sources: vec![&document.source_key],
                rule: Some(&event.rule),
            });
        }
    }
    Ok(out.into())
}
