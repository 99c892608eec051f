//! Fields that come as JSON, as the TOML a person would write: days without quotes, an estimate on one line with its value
//! first, an entry's fields in the order in which its kind declares them. The schema of the case says which is which.

use entry::{Dated, fields_of};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::edit::{NoEdit, text};
use crate::kinds;
use crate::schema::case_schema;

/// A list longer than this is written one value a line.
const LINE: usize = 100;

/// The schema of a case, asked what a field is.
pub(super) struct Form(Value);

impl Form {
    /// The form of every kind.
    pub fn new() -> Self {
        Self(case_schema())
    }

    /// An entry's fields as TOML, in the order of its kind; what is empty is left out.
    ///
    /// # Errors
    /// If there is no such kind, or a field can be no TOML.
    pub fn entry(
        &self,
        kind: &str,
        fields: &Map<String, Value>,
    ) -> Result<Vec<(String, String)>, NoEdit> {
        let order = (self.kind(kind)?.fields)();
        let place =
            |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
        let mut given: Vec<(&String, &Value)> =
            fields.iter().filter(|(_, v)| !is_empty(v)).collect();
        given.sort_by_key(|(name, _)| place(name));
        given
            .into_iter()
            .map(|(name, value)| Ok((name.clone(), self.field(kind, name, value)?)))
            .collect()
    }

    /// One field as TOML.
    ///
    /// # Errors
    /// If it can be no TOML: null, or a name that is no key.
    pub fn field(&self, kind: &str, name: &str, value: &Value) -> Result<String, NoEdit> {
        plain(name)?;
        let entry = &self.0["properties"][kind];
        let mut shapes = Vec::new();
        self.shapes(entry, &mut shapes);
        let items: Vec<&Value> = shapes.iter().filter_map(|s| s.get("items")).collect();
        items.into_iter().for_each(|item| self.shapes(item, &mut shapes));
        let field = shapes.iter().find_map(|s| s.get("properties")?.get(name));
        self.toml(field, value, 0)
    }

    /// An estimate's statement as TOML.
    ///
    /// # Errors
    /// As [`Form::field`].
    pub fn statement(&self, said: &Map<String, Value>) -> Result<String, NoEdit> {
        self.toml(self.0["definitions"].get("Dated"), &Value::Object(said.clone()), 0)
    }

    fn kind(&self, name: &str) -> Result<&'static entry::Kind, NoEdit> {
        kinds::kind(name).ok_or_else(|| NoEdit::NoKind(name.to_owned()))
    }

    /// All that a schema allows: itself, what it refers to, and its alternatives.
    fn shapes<'a>(&'a self, schema: &'a Value, into: &mut Vec<&'a Value>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.shapes(&self.0["definitions"][name], into);
        }
        into.push(schema);
        for several in ["anyOf", "allOf", "oneOf"] {
            for one in schema[several].as_array().into_iter().flatten() {
                self.shapes(one, into);
            }
        }
    }

    fn toml(&self, schema: Option<&Value>, value: &Value, depth: usize) -> Result<String, NoEdit> {
        let mut shapes = Vec::new();
        if let Some(schema) = schema {
            self.shapes(schema, &mut shapes);
        }
        match value {
            Value::String(words) if shapes.iter().any(|s| s["format"] == "date") => {
                let day = words.parse::<Date>();
                Ok(day.map_or_else(|_| text(words), |day| day.to_string()))
            }
            Value::String(words) => Ok(text(words)),
            Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
            Value::Array(all) => {
                let item = shapes.iter().find_map(|s| s.get("items"));
                let all = all.iter().map(|one| self.toml(item, one, depth + 1));
                let all = all.collect::<Result<Vec<String>, NoEdit>>()?;
                let line = all.join(", ");
                // Within a table on one line nothing may be broken.
                match depth == 0 && line.len() > LINE {
                    true => Ok(format!(
                        "[\n{}]",
                        all.iter().map(|v| format!("  {v},\n")).collect::<String>()
                    )),
                    false => Ok(format!("[{line}]")),
                }
            }
            Value::Object(map) => {
                let fields = shapes.iter().find_map(|s| s.get("properties"));
                let order = fields_of::<Dated>();
                let place = |name: &str| {
                    order.iter().position(|known| *known == name).unwrap_or(order.len())
                };
                let mut given: Vec<(&String, &Value)> =
                    map.iter().filter(|(_, v)| !is_empty(v)).collect();
                given.sort_by_key(|(name, _)| place(name));
                let one = |(name, value): (&String, &Value)| {
                    plain(name)?;
                    let schema = fields.and_then(|f| f.get(name));
                    Ok(format!("{name} = {}", self.toml(schema, value, depth + 1)?))
                };
                let all = given.into_iter().map(one).collect::<Result<Vec<String>, NoEdit>>()?;
                Ok(format!("{{ {} }}", all.join(", ")))
            }
            Value::Null => Err(NoEdit::NoName("null".to_owned())),
        }
    }
}

/// Whether a form left a field open.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => words.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.values().all(is_empty),
        _ => false,
    }
}

/// Refuses what would need quotes as a key: no field of a case does, and a form must not write past its field.
fn plain(name: &str) -> Result<(), NoEdit> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match !name.is_empty() && name.chars().all(plain) {
        true => Ok(()),
        false => Err(NoEdit::NoName(name.to_owned())),
    }
}

/// A TOML value as JSON, days as text.
pub(super) fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(words) => Value::from(words.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(truth) => Value::from(*truth),
        toml::Value::Datetime(day) => Value::from(day.to_string()),
        toml::Value::Array(all) => all.iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(name, value)| (name.clone(), json(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_tie_is_written_as_a_person_writes_it() {
        let tie = fields(json!({
            "dependence": {"judged": "a guess", "value": 0.2, "high": 0.4, "low": 0.1},
            "bandwidth": {"quote": "\"x\" = y", "source": "courier", "from": "2031-02-01", "value": 1, "low": 0.5, "high": 1},
            "channel": "security", "to": "guard", "from": "north", "since": "2030-01-02", "note": "", "until": null,
        }));
        let lines = Form::new().entry("tie", &tie).unwrap();
        let text: String =
            lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        assert_eq!(
            text,
            "from = \"north\"\nto = \"guard\"\nchannel = \"security\"\n\
             bandwidth = { value = 1, low = 0.5, high = 1, from = 2031-02-01, source = \"courier\", quote = \"\\\"x\\\" = y\" }\n\
             dependence = { value = 0.2, low = 0.1, high = 0.4, judged = \"a guess\" }\nsince = 2030-01-02\n"
        );
    }

    #[test]
    fn a_field_cannot_be_written_past() {
        let form = Form::new();
        for name in ["", "a b", "a = 1\nb", "[x]", "\"x\""] {
            assert!(form.entry("event", &fields(json!({ name: "x" }))).is_err(), "{name}");
        }
        let words = form.field("event", "what", &json!("\"\"\"\n[[actor]]\nid = 1")).unwrap();
        assert!(!words.contains('\n'), "{words}");
        assert!(form.entry("nobody", &fields(json!({ "x": 1 }))).is_err());
    }
}
