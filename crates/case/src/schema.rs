//! The JSON Schema of a case file, made from the types that read it, for editors.
//!
//! One schema serves every file of a case, because a case may be divided into files as its author likes; it is
//! draft 7, which editors' TOML tools know.

use entry::Estimate;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::case::Head;
use crate::kinds::KINDS;
use crate::tie::Channel;

/// The schema of every TOML file of a case.
///
/// Of `[process.NAME]` it says no more than that parameters are estimates: which there are is for whoever has the list
/// of processes.
#[must_use]
pub fn case_schema() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    let mut properties = Map::new();
    let head = generator.subschema_for::<Head>();
    properties
        .insert("case".to_owned(), described(head, "The head of the case: once, in case.toml."));
    for kind in KINDS {
        let entry = (kind.schema)(&mut generator);
        let several = json!({ "type": "array", "items": entry });
        let property = match kind.alone {
            true => json!({ "anyOf": [entry, several] }),
            false => several,
        };
        properties.insert(kind.name.to_owned(), property);
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
    for kind in KINDS {
        let Some((_, definition)) = kinds.iter().find(|(name, _)| name == kind.name) else {
            continue;
        };
        for figure in kind.figures {
            let field = &mut definitions[definition]["properties"][figure.field];
            if let Some(text) = field.get("description").and_then(Value::as_str) {
                field["description"] =
                    json!(format!("{text}{}", in_words(figure.unit, figure.bounds)));
            }
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

/// The schema of a scenario.
#[must_use]
pub fn scenario_schema() -> Value {
    let operation = |required: &[&str], properties: Value| {
        json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            },
        })
    };
    let text = |description: &str| json!({ "type": "string", "description": description });
    let path = text("What is changed: kind.key.field, such as tie.north>guard:security.bandwidth.");
    let day = json!({ "type": "string", "format": "date", "description": "The day." });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://shatterbelt.invalid/schema/scenario.json",
        "title": "A scenario of a Shatterbelt case",
        "type": "object",
        "properties": {
            "title": text("What the scenario is called."),
            "why": text("Why one might expect it."),
            "set": operation(&["path", "value"], json!({
                "path": path,
                "value": { "description": "What stands there now; a number on an estimate fixes it." },
            })),
            "add": operation(&["kind", "entry"], json!({
                "kind": text("The kind of the entry."),
                "entry": { "type": "object", "description": "The entry." },
            })),
            "remove": operation(&["path"], json!({ "path": path })),
            "move": operation(&["path"], json!({
                "path": path,
                "to": day,
                "by": { "type": "integer", "description": "Days later; below zero for earlier." },
            })),
            "force": operation(&["what", "date"], json!({
                "what": text("The entry that is made to happen: kind.key, such as shock.frost."),
                "date": day,
            })),
        },
        "additionalProperties": false,
    })
}

/// The unit and the bounds of an estimate as a sentence after what it is.
fn in_words(unit: Option<&str>, (low, high): (f64, f64)) -> String {
    let within = match (low.is_finite(), high.is_finite()) {
        (false, false) => String::new(),
        (true, false) => format!("{low} or more"),
        (false, true) => format!("{high} or less"),
        (true, true) => format!("{low} to {high}"),
    };
    match (unit, within.as_str()) {
        (None, "") => String::new(),
        (Some(unit), "") => format!(" Unit: {unit}."),
        (None, within) => format!(" From {within}."),
        (Some(unit), within) => format!(" Unit: {unit}, {within}."),
    }
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
