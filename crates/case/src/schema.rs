//! The JSON Schema of a case file, made from the types that read it, for editors.
//!
//! One schema serves every file of a case, because a case may be divided into files as its author likes; it is
//! draft 7, which editors' TOML tools know.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::case::Head;
use crate::entry::schemas;
use crate::estimate::{Dated, Estimate, Keys};
use crate::tie::Channel;
use crate::units::UNITS;

impl JsonSchema for Keys {
    fn schema_name() -> Cow<'static, str> {
        "Keys".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One key in quotes, or an array of keys.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
            ],
        })
    }
}

impl JsonSchema for Estimate {
    fn schema_name() -> Cow<'static, str> {
        "Estimate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let dated = generator.subschema_for::<Dated>();
        json_schema!({
            "description": "A value with its range, its dates and its sources: one statement, or several dated ones.",
            "anyOf": [dated, { "type": "array", "minItems": 1, "items": dated }],
        })
    }
}

/// The schema of an estimate that may be a bare number.
pub(crate) fn number_or_estimate_schema(generator: &mut SchemaGenerator) -> Schema {
    let estimate = generator.subschema_for::<Estimate>();
    json_schema!({ "anyOf": [{ "type": "number" }, estimate] })
}

/// The kinds that may stand as one table as well as entries.
const ONE_OR_SEVERAL: &[&str] = &["assembly", "contest"];

/// The schema of every TOML file of a case.
#[must_use]
pub fn case_schema() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    let mut properties = Map::new();
    let head = generator.subschema_for::<Head>();
    properties
        .insert("case".to_owned(), described(head, "The head of the case: once, in case.toml."));
    for (kind, entry) in schemas(&mut generator) {
        let several = json!({ "type": "array", "items": entry });
        let property = match ONE_OR_SEVERAL.contains(&kind) {
            true => json!({ "anyOf": [entry, several] }),
            false => several,
        };
        properties.insert(kind.to_owned(), property);
    }
    let estimate = generator.subschema_for::<Estimate>();
    let channels: Map<String, Value> =
        Channel::ALL.iter().map(|c| (c.name().to_owned(), json!(estimate))).collect();
    properties.insert(
        "channels".to_owned(),
        json!({
            "description": "What a channel's pull is worth, channel by channel.",
            "type": "object",
            "properties": channels,
            "additionalProperties": false,
        }),
    );
    properties.insert(
        "process".to_owned(),
        json!({
            "description": "The parameters of each process: [process.NAME].",
            "type": "object",
            "additionalProperties": { "type": "object", "additionalProperties": estimate },
        }),
    );
    let mut definitions = Value::Object(generator.take_definitions(true));
    let kinds = kinds_of(&properties);
    for (kind, field, unit) in UNITS {
        let Some(definition) = kinds.iter().find(|(k, _)| k == kind).map(|(_, d)| d) else {
            continue;
        };
        let field = &mut definitions[definition]["properties"][*field];
        if let Some(text) = field.get("description").and_then(Value::as_str) {
            field["description"] = json!(format!("{text} Unit: {unit}."));
        }
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://shatterbelt.invalid/schema/case.json",
        "title": "A file of a Shatterbelt case",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "definitions": definitions,
    })
}

fn described(schema: Schema, text: &str) -> Value {
    json!({ "description": text, "allOf": [schema] })
}

/// Each kind with the name of its definition.
fn kinds_of(properties: &Map<String, Value>) -> Vec<(String, String)> {
    fn reference(value: &Value) -> Option<String> {
        match value {
            Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
                Some(path) => path.rsplit('/').next().map(str::to_owned),
                None => map.values().find_map(reference),
            },
            Value::Array(all) => all.iter().find_map(reference),
            _ => None,
        }
    }
    properties.iter().filter_map(|(kind, value)| Some((kind.clone(), reference(value)?))).collect()
}
