//! The names by which entries are told apart.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer};
use toml::Spanned;

/// A name as written, with its place: what refers to something by its id.
pub type Name = Spanned<String>;

/// How the refusal of an id ends, by which readers of messages know it.
pub const NOT_PLAIN: &str = "cannot be an id";

/// An entry's own id: lower-case letters of ASCII, digits and hyphens, and at least one of them.
///
/// Ids become parts of paths, of addresses and of file names, so nothing else is taken: an id with a slash in it would
/// lead out of the folder of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(Name);

impl Id {
    /// Whether a text can be an id.
    #[must_use]
    pub fn is_plain(text: &str) -> bool {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        !text.is_empty() && text.bytes().all(plain)
    }
}

impl Deref for Id {
    type Target = Name;

    fn deref(&self) -> &Name {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Name::deserialize(deserializer)?;
        match Self::is_plain(name.get_ref()) {
            true => Ok(Self(name)),
            false => Err(de::Error::custom(format!("\"{}\" {NOT_PLAIN}", name.get_ref()))),
        }
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z0-9-]+$" })
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn an_id_leads_nowhere_and_is_never_empty() {
        assert!(Id::is_plain("seats-2031"));
        for text in ["", "../up", "a/b", "a.b", "Hill", "hügel", "a b", "a\n"] {
            assert!(!Id::is_plain(text), "{text:?}");
        }
    }
}
