//! The reference of the case format in Markdown, made from the schema: every kind with its fields.

use std::fmt::Write as _;

use entry::Key;
use serde_json::Value;

use crate::kinds::kind as known;
use crate::schema::case_schema;

/// The kinds and fields of a case as Markdown tables.
#[must_use]
pub fn reference() -> String {
    let schema = case_schema();
    let mut text = String::from(
        "# Kinds and fields of a case\n\nMade by `shatterbelt schema --reference`. How they work together: [case-format.md](case-format.md).\n",
    );
    let empty = serde_json::Map::new();
    let kinds = schema["properties"].as_object().unwrap_or(&empty);
    for (kind, property) in kinds {
        let Some(definition) = definition(property).map(|name| &schema["definitions"][name]) else {
            continue;
        };
        if kind == "channels" || kind == "process" {
            continue;
        }
        let brackets = if kind == "case" { "[case]".to_owned() } else { format!("[[{kind}]]") };
        let _ = write!(text, "\n## `{brackets}`\n\n{}\n", line(definition["description"].as_str()));
        if let Some(known) = known(kind) {
            let _ = write!(text, "\nKey: `{kind}.{}`.\n", Key::form(known.key));
        }
        fields(&mut text, definition, &schema);
    }
    text.push_str("\n## Parts\n");
    for name in [
        "Dated",
        "NationalTier",
        "ListThreshold",
        "Agreement",
        "Candidates",
        "Transfer",
        "Grant",
        "Version",
    ] {
        let definition = &schema["definitions"][name];
        if definition.is_object() {
            let title = if name == "Dated" { "An estimate's statement" } else { name };
            let _ = write!(text, "\n### {title}\n\n{}\n", line(definition["description"].as_str()));
            fields(&mut text, definition, &schema);
        }
    }
    text.push_str(
        "\n## `[channels]` and `[process.NAME]`\n\nTables of estimates: the weight of each channel (political, security, economic, social, information, diplomatic), and the parameters of each process ([process-parameters.md](process-parameters.md)). A missing or unknown parameter is named by `check`.\n",
    );
    text
}

fn fields(text: &mut String, definition: &Value, schema: &Value) {
    let required: Vec<&str> =
        definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    text.push_str("\n| field | form | meaning |\n|---|---|---|\n");
    for (name, field) in definition["properties"].as_object().into_iter().flatten() {
        let must = if required.contains(&name.as_str()) { "" } else { ", may lack" };
        let meaning = line(field["description"].as_str());
        let _ = writeln!(text, "| `{name}` | {}{must} | {meaning} |", form(field, schema));
    }
}

/// What a field takes, in a word or two.
fn form(field: &Value, schema: &Value) -> String {
    if let Some(name) = field["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return named(name, schema);
    }
    for joined in ["allOf", "anyOf", "oneOf"] {
        let parts = field[joined].as_array().into_iter().flatten();
        let forms: Vec<String> =
            parts.filter(|p| p["type"] != "null").map(|p| form(p, schema)).collect();
        if !forms.is_empty() {
            return forms.join(" or ");
        }
    }
    let kinds: Vec<&str> = match &field["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match kinds.iter().find(|kind| **kind != "null") {
        Some(&"string") if field["format"] == "date" => "date".to_owned(),
        Some(&"string") => "text".to_owned(),
        Some(&"boolean") => "true or false".to_owned(),
        Some(&"integer") => "whole number".to_owned(),
        Some(&"array") => format!("array of {}", form(&field["items"], schema)),
        Some(kind) => (*kind).to_owned(),
        None => "anything".to_owned(),
    }
}

fn named(name: &str, schema: &Value) -> String {
    let definition = &schema["definitions"][name];
    let values: Vec<String> = match (&definition["enum"], &definition["oneOf"]) {
        (Value::Array(all), _) => all.iter().filter_map(Value::as_str).map(quoted).collect(),
        (_, Value::Array(all)) => all
            .iter()
            .flat_map(|one| match (&one["const"], &one["enum"]) {
                (Value::String(value), _) => vec![quoted(value)],
                (_, Value::Array(all)) => {
                    all.iter().filter_map(Value::as_str).map(quoted).collect()
                }
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    };
    match name {
        "Estimate" => "estimate".to_owned(),
        "Keys" => "key or keys".to_owned(),
        _ if !values.is_empty() => values.join(", "),
        _ => format!("table ({name})"),
    }
}

fn quoted(value: &str) -> String {
    format!("`{value}`")
}

fn line(text: Option<&str>) -> String {
    text.unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("\\[", "[")
        .replace("\\]", "]")
        .replace('|', "\\|")
}

fn definition(property: &Value) -> Option<&str> {
    match property {
        Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
            Some(path) => path.rsplit('/').next(),
            None => map.values().find_map(definition),
        },
        Value::Array(all) => all.iter().find_map(definition),
        _ => None,
    }
}
