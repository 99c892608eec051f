//! Entities in the Follow the Money model, one JSON object a line: persons and organisations with their names in all
//! scripts. Links between entities (ownership, sanctions, occupancies) say nothing of who an actor is and are passed over.

use case::actor::ActorKind;
use case::proposal::{Row, Says};
use serde::Deserialize;
use serde::de::IntoDeserializer as _;

use super::Format;
use super::rows::{Fault, all};
use crate::believed::word;

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "ftm",
    says: "entities of Follow the Money as JSON lines: persons, organisations and their names",
    looks,
    read,
    ..Format::PLAIN
};

/// An entity as it is written; what is not asked for is passed over.
#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    properties: Properties,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    weak_alias: Vec<String>,
    previous_name: Vec<String>,
    abbreviation: Vec<String>,
    /// What our own export calls the kind of an actor.
    classification: Vec<String>,
}

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.trim_start().starts_with('{') && first.contains("\"schema\"")
}

/// What an entity of a schema is in a case; none if it is no actor. One that is classified by the name of a kind of actor, as
/// our own export does, is of that kind.
fn kind(schema: &str, classification: &[String]) -> Option<ActorKind> {
    let usual = match schema {
        "Person" => return Some(ActorKind::Person),
        "PublicBody" => ActorKind::Agency,
        "Organization" | "Company" | "LegalEntity" => ActorKind::Organisation,
        _ => return None,
    };
    let named = |name: &String| -> Result<_, serde::de::value::Error> {
        ActorKind::deserialize(name.as_str().into_deserializer())
    };
    let own = classification.iter().find_map(|name| named(name).ok());
    Some(own.unwrap_or(usual))
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').enumerate().map(|(at, line)| {
        let from = start;
        start += line.len();
        (at + 1, from, line.trim_end_matches(['\n', '\r']))
    });
    let rows = all(lines.filter(|(.., line)| !line.trim().is_empty()).map(row))?;
    Ok(rows.into_iter().flatten().collect())
}

fn row((line, start, text): (usize, usize, &str)) -> Result<Option<Row>, Fault> {
    let entity: Entity = serde_json::from_str(text).map_err(|error| Fault {
        line,
        column: error.column().max(1),
        what: error.to_string().split(" at line").next().unwrap_or_default().to_owned(),
    })?;
    let Properties { name, alias, weak_alias, previous_name, abbreviation, classification } =
        entity.properties;
    let Some(kind) = kind(&entity.schema, &classification) else { return Ok(None) };
    let mut names = Vec::new();
    for one in [name, alias, weak_alias, previous_name, abbreviation].into_iter().flatten() {
        let one = one.split_whitespace().collect::<Vec<_>>().join(" ");
        if !one.is_empty() && !names.contains(&one) {
            names.push(one);
        }
    }
    if names.is_empty() {
        let what = format!("the entity \"{}\" has no name", entity.id);
        return Err(Fault { line, column: 1, what });
    }
    let says = Says::Entity { id: entity.id, kind: word(&kind), names };
    Ok(Some(Row { line, start, text: text.to_owned(), says }))
}
