//! What changed between two versions of a case, entry by entry and field by field, in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use toml::de::DeValue;

use crate::folder::Folder;
use crate::kinds::{KINDS, key_of};
use crate::tree::{Kind, Node, Tree, is_estimate};

/// What happened to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Some of its fields differ.
    Changed,
}

/// One entry that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its kind.
    pub kind: String,
    /// Its key; empty for a table that stands once.
    pub key: String,
    /// What happened to it.
    pub what: What,
    /// The fields that differ; empty for an entry that is new or gone.
    pub fields: Vec<FieldChange>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field, with dots where it lies deeper.
    pub field: String,
    /// What stood there; none if nothing did.
    pub before: Option<String>,
    /// What stands there; none if nothing does.
    pub after: Option<String>,
}

/// What changed from one case to another, in the order of kinds and keys.
///
/// The comparison is of what is written, whatever the as-of date, and works on cases with faults too; what cannot be
/// parsed at all is not compared.
#[must_use]
pub fn changes(before: &Folder, after: &Folder) -> Vec<Change> {
    let (mut faults, mut more) = (Vec::new(), Vec::new());
    let old = Tree::parse(&before.map, &before.patch_bases(), &before.rows, &mut faults);
    let new = Tree::parse(&after.map, &after.patch_bases(), &after.rows, &mut more);
    let mut all = Vec::new();
    let mut kinds: Vec<&String> = old.kinds.keys().chain(new.kinds.keys()).collect();
    let place = |kind: &str| KINDS.iter().position(|known| known.name == kind);
    kinds.sort_by_key(|kind| (place(kind), kind.as_str()));
    kinds.dedup();
    for kind in kinds {
        let entries = |tree: &Tree<'_>| tree.kinds.get(kind).map(|k| fields_by_key(kind, k));
        let (old, new) = (entries(&old).unwrap_or_default(), entries(&new).unwrap_or_default());
        let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let (what, fields) = match (old.get(key), new.get(key)) {
                (None, _) => (What::Added, Vec::new()),
                (_, None) => (What::Removed, Vec::new()),
                (Some(old), Some(new)) if old != new => (What::Changed, differing(old, new)),
                _ => continue,
            };
            all.push(Change { kind: kind.clone(), key: key.clone(), what, fields });
        }
    }
    all
}

type Fields = BTreeMap<String, String>;

fn fields_by_key(kind: &str, entries: &Kind<'_>) -> BTreeMap<String, Fields> {
    let mut all = BTreeMap::new();
    match entries {
        Kind::Table(node) => {
            let mut fields = Fields::new();
            flatten("", node, &mut fields);
            all.insert(String::new(), fields);
        }
        Kind::Entries(nodes) => {
            for node in nodes {
                let mut key =
                    key_of(kind, node).map_or_else(|| "?".to_owned(), |key| key.to_string());
                // A key given twice is a fault of check; here both are kept apart.
                while all.contains_key(&key) {
                    key.push('\u{2032}');
                }
                let mut fields = Fields::new();
                flatten("", node, &mut fields);
                all.insert(key, fields);
            }
        }
    }
    all
}

fn flatten(path: &str, node: &Node<'_>, into: &mut Fields) {
    match node.get_ref() {
        DeValue::Table(table) if path.is_empty() || !is_estimate(node.get_ref()) => {
            for (name, value) in table {
                let dot = if path.is_empty() { "" } else { "." };
                flatten(&format!("{path}{dot}{}", name.get_ref()), value, into);
            }
        }
        value => {
            into.insert(path.to_owned(), words(value));
        }
    }
}

/// A value in words: an estimate with its range and sources, the rest as it is written.
fn words(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(all) => {
            let estimates = is_estimate(value);
            let parts: Vec<String> = all.iter().map(|v| words(v.get_ref())).collect();
            parts.join(if estimates { "; " } else { ", " })
        }
        DeValue::Table(table) => {
            let get = |name: &str| {
                table.iter().find(|(k, _)| k.get_ref() == name).map(|(_, v)| words(v.get_ref()))
            };
            let Some(number) = get("value") else {
                let parts: Vec<String> = table
                    .iter()
                    .map(|(name, value)| format!("{} {}", name.get_ref(), words(value.get_ref())))
                    .collect();
                return parts.join(", ");
            };
            let mut text = number;
            if let (Some(low), Some(high)) = (get("low"), get("high")) {
                let _ = write!(text, " ({low} to {high})");
            }
            for (name, value) in table {
                let name = name.get_ref().as_ref();
                match name {
                    "value" | "low" | "high" => {}
                    "source" => {
                        let _ = write!(text, ", from {}", words(value.get_ref()));
                    }
                    "judged" => {
                        let _ = write!(text, ", judged: {}", words(value.get_ref()));
                    }
                    "from" => {
                        let _ = write!(text, ", since {}", words(value.get_ref()));
                    }
                    "to" => {
                        let _ = write!(text, ", until {}", words(value.get_ref()));
                    }
                    "quote" => {
                        let _ = write!(text, ", \u{201c}{}\u{201d}", words(value.get_ref()));
                    }
                    other => {
                        let _ = write!(text, ", {other} {}", words(value.get_ref()));
                    }
                }
            }
            text
        }
    }
}

fn differing(old: &Fields, new: &Fields) -> Vec<FieldChange> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| FieldChange {
            field: name.clone(),
            before: old.get(name).cloned(),
            after: new.get(name).cloned(),
        })
        .collect()
}
