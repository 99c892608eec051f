//! A description of tables beside them, `datapackage.json`, as the Data Package standard has it:
//! any of its readers knows names, types, units and what columns say.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::fault::{TableError, disk};
use crate::table::{Head, Table};

/// The file.
pub const NAME: &str = "datapackage.json";

fn field(head: &Head) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(head.name));
    field.insert("type".to_owned(), json!(head.kind.in_package()));
    field.insert("description".to_owned(), json!(head.about));
    if !head.unit.is_empty() {
        field.insert("unit".to_owned(), json!(head.unit));
    }
    field.insert("constraints".to_owned(), json!({ "required": !head.empty }));
    field.into()
}

/// What a file holds.
fn resource(file: &str, table: &Table) -> Value {
    let format = file.rsplit('.').next().unwrap_or_default();
    let media = match format {
        "csv" => "text/csv",
        _ => "application/vnd.apache.parquet",
    };
    json!({
        "name": table.name,
        "path": file,
        "format": format,
        "mediatype": media,
        "description": table.about,
        "schema": { "fields": table.heads.iter().map(field).collect::<Vec<_>>() },
    })
}

/// Describes the files of a folder.
///
/// # Errors
/// If the disk refuses.
pub fn write(folder: &Path, about: &str, tables: &[(&str, &Table)]) -> Result<(), TableError> {
    let path = folder.join(NAME);
    let resources: Vec<Value> = tables.iter().map(|(file, table)| resource(file, table)).collect();
    let package = json!({
        "profile": "data-package",
        "name": "shatterbelt",
        "description": about,
        "resources": resources,
    });
    let mut text = serde_json::to_string_pretty(&package).map_err(disk(&path))?;
    text.push('\n');
    crate::manifest::whole(&path, text.as_bytes())
}
