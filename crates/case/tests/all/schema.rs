//! The published schema is current, and every shipped case file is valid under it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use serde_json::Value;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published = std::fs::read_to_string(root().join("docs/schema/case.json")).unwrap();
    let mut published: Value = published.parse().unwrap();
    let mut current = case::schema::case_schema();
    // What the processes say of their parameters is theirs; the command lays it into the schema.
    for schema in [&mut published, &mut current] {
        schema["properties"]["process"].take();
    }
    assert!(published == current, "run: shatterbelt schema > docs/schema/case.json");
}

#[test]
fn the_published_schema_of_scenarios_is_current_and_shipped_ones_are_valid() {
    let published = std::fs::read_to_string(root().join("docs/schema/scenario.json")).unwrap();
    let schema = case::schema::scenario_schema();
    let current = serde_json::to_string_pretty(&schema).unwrap();
    let hint = "run: shatterbelt schema --scenario > docs/schema/scenario.json";
    assert!(published.trim_end() == current, "{hint}");
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("cases")).unwrap() {
        let Ok(scenarios) = std::fs::read_dir(entry.unwrap().path().join("scenarios")) else {
            continue;
        };
        for file in scenarios.map(|f| f.unwrap().path()) {
            let table: toml::Table = std::fs::read_to_string(&file).unwrap().parse().unwrap();
            let found = faults(&validator, &json(toml::Value::Table(table)));
            assert!(found.is_empty(), "{}: {found:#?}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
    let wrong: toml::Table = "[[set]]\npath = \"a.b\"\nvlaue = 3\n".parse().unwrap();
    assert!(!faults(&validator, &json(toml::Value::Table(wrong))).is_empty());
}

#[test]
fn the_published_reference_is_that_of_the_types() {
    let published = std::fs::read_to_string(root().join("docs/case-fields.md")).unwrap();
    let current = case::reference::reference();
    assert!(
        published.trim_end() == current.trim_end(),
        "run: shatterbelt schema --reference > docs/case-fields.md"
    );
}

/// TOML as JSON; dates become text, as editors' tools take them.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(all) => all.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(k, v)| (k, json(v))).collect())
        }
        plain => serde_json::to_value(plain).unwrap(),
    }
}

fn faults(validator: &jsonschema::Validator, instance: &Value) -> Vec<String> {
    validator.iter_errors(instance).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_shipped_case_file_and_row_is_valid() {
    let schema = case::schema::case_schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema), "it is a schema itself");
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut rows = 0;
    for entry in std::fs::read_dir(root().join("cases")).unwrap() {
        let case = entry.unwrap().path();
        let folder = Folder::read(&case).unwrap();
        for file in folder.map.files().iter().filter(|f| f.name.ends_with(".toml")) {
            let table: toml::Table = file.text.parse().unwrap();
            let found = faults(&validator, &json(toml::Value::Table(table)));
            assert!(found.is_empty(), "{}: {found:#?}", file.name);
        }
        for (kind, text) in folder.row_texts() {
            let table: toml::Table = text.parse().unwrap();
            let instance = serde_json::json!({ kind: [json(toml::Value::Table(table))] });
            let found = faults(&validator, &instance);
            assert!(found.is_empty(), "{kind}: {text}: {found:#?}");
            rows += 1;
        }
    }
    assert!(rows > 20, "only {rows} rows were seen");
}

#[test]
fn the_schema_refuses_what_check_refuses() {
    let validator = jsonschema::draft7::new(&case::schema::case_schema()).unwrap();
    for text in [
        "[[tie]]\nfrom = \"a\"\nto = \"b\"\nchannel = \"securty\"\n",
        "[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"state\"\ncolour = \"red\"\n",
        "[canals]\nx = 1\n",
        "[process.election]\nswing = 0.3\n",
        "[[stage]]\nid = 3\n",
    ] {
        let table: toml::Table = text.parse().unwrap();
        assert!(!faults(&validator, &json(toml::Value::Table(table))).is_empty(), "{text}");
    }
}
