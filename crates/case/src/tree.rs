//! The text of a case as one tree of tables, before it has types: files parsed, rows of CSV turned into
//! tables, patches applied. Every value keeps the span at which it was written.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::patch::Forced;
use crate::source_map::{SourceMap, Spot};

/// A value with its span.
pub type Node<'a> = Spanned<DeValue<'a>>;

/// What stands under one top-level name.
#[derive(Debug, Clone)]
pub enum Kind<'a> {
    /// `[name]`: one table.
    Table(Node<'a>),
    /// `[[name]]`, or the rows of `name.csv`: entries, each addressed by its key.
    Entries(Vec<Node<'a>>),
}

/// All kinds of a case by name.
#[derive(Debug, Clone, Default)]
pub struct Tree<'a> {
    /// The kinds by their top-level name.
    pub kinds: BTreeMap<String, Kind<'a>>,
    /// What scenarios make happen.
    pub forced: Vec<Forced>,
}

/// The fields which, joined by the given signs, make the key by which an entry is addressed.
///
/// A field with a question mark is left out of the key, with its sign, where the entry does not have it: a prior
/// is `prior.DISTRICT:LIST`, or `prior.CONTEST:DISTRICT:LIST` if it says of which contest it is. Of an array,
/// such as `laws`, the first counts.
pub const KEYS: &[(&str, &[&str], &str)] = &[
    ("source", &["key"], ""),
    ("actor", &["id"], ""),
    ("tie", &["from", "to", "channel"], ">:"),
    ("wing", &["faction", "list"], ">"),
    ("membership", &["actor", "bloc"], ">"),
    ("assembly", &["from"], ""),
    ("body", &["id"], ""),
    ("district", &["laws?", "id"], ":"),
    ("reserved", &["laws?", "list"], ":"),
    ("quota", &["laws?", "district", "community"], "::"),
    ("law", &["id"], ""),
    ("stage", &["id"], ""),
    ("office", &["id"], ""),
    ("contest", &["id"], ""),
    ("entry", &["contest?", "list"], ":"),
    ("prior", &["contest?", "district", "list"], "::"),
    ("result", &["election", "district", "list"], "::"),
    ("seated", &["election", "since", "list"], "::"),
    ("reached", &["election", "stage"], ":"),
    ("formed", &["election"], ""),
    ("candidate", &["contest?", "id"], ":"),
    ("preference", &["contest?", "actor", "candidate"], ":>"),
    ("issue", &["id"], ""),
    ("position", &["actor", "issue"], ":"),
    ("bill", &["id"], ""),
    ("veto", &["actor", "over"], ">"),
    ("holding", &["office", "person", "since"], "::"),
    ("dialogue", &["id"], ""),
    ("agreed", &["dialogue", "issue"], ":"),
    ("term", &["dialogue", "issue", "on"], ":>"),
    ("supply", &["id"], ""),
    ("waiver", &["id"], ""),
    ("designation", &["by", "actor", "measure"], ">:"),
    ("revenue", &["actor", "stream"], ":"),
    ("pillar", &["id"], ""),
    ("shock", &["id"], ""),
    ("effect", &["shock", "on"], ">"),
    ("visit", &["from", "to"], ">"),
    ("segment", &["id"], ""),
    ("favour", &["segment", "actor"], ">"),
    ("poll", &["id"], ""),
    ("narrative", &["id"], ""),
    ("place", &["id"], ""),
    ("weapon", &["id"], ""),
    ("rivalry", &["id"], ""),
    ("campaign", &["attacker", "target"], ">"),
    ("group", &["id"], ""),
    ("event", &["id"], ""),
    ("dispute", &["id"], ""),
    ("question", &["id"], ""),
];

impl<'a> Tree<'a> {
    /// Parses the TOML files of a map but the ones at `patches`, leaving faults in `faults`; `rows` are
    /// tables made from CSV rows.
    pub fn parse(
        map: &'a SourceMap,
        patches: &[usize],
        rows: &'a [(String, Spot, String)],
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut tree = Self::default();
        let files = map.files().iter().filter(|f| !patches.contains(&f.base));
        for file in files.filter(|f| f.name.ends_with(".toml") && !f.is_ledger()) {
            let (table, errors) = DeTable::parse_recoverable(&file.text);
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                let spot = span.start + file.base..span.end + file.base;
                faults.push(Diagnostic::error("syntax", spot, one_line(error.message())));
            }
            for (name, value) in table.into_inner() {
                let key_spot = shifted(name.span(), file.base);
                let value = shift(value, &|span| shifted(span, file.base));
                tree.insert(name.get_ref(), key_spot, value, faults);
            }
        }
        for (kind, spot, text) in rows {
            let (table, errors) = DeTable::parse_recoverable(text);
            if let Some(error) = errors.first() {
                let message = format!("this row cannot be read: {}", one_line(error.message()));
                faults.push(Diagnostic::error("syntax", spot.clone(), message));
                continue;
            }
            let value = Spanned::new(spot.clone(), DeValue::Table(table.into_inner()));
            let value = shift(value, &|_| spot.clone());
            let list = DeValue::Array(std::iter::once(value).collect());
            tree.insert(kind, spot.clone(), Spanned::new(spot.clone(), list), faults);
        }
        tree
    }

    fn insert(&mut self, name: &str, at: Spot, value: Node<'a>, faults: &mut Vec<Diagnostic>) {
        let span = value.span();
        match (self.kinds.get_mut(name), value.into_inner()) {
            (None, DeValue::Array(array)) => {
                self.kinds.insert(name.to_owned(), Kind::Entries(array.into_iter().collect()));
            }
            (Some(Kind::Entries(entries)), DeValue::Array(array)) => entries.extend(array),
            (None, table @ DeValue::Table(_)) => {
                self.kinds.insert(name.to_owned(), Kind::Table(Spanned::new(span, table)));
            }
            (Some(Kind::Table(first)), DeValue::Table(more)) => {
                if let DeValue::Table(first) = first.get_mut() {
                    for (key, value) in more {
                        if first.contains_key(&key) {
                            let message = format!("\"{}\" is given twice", key.get_ref());
                            faults.push(Diagnostic::error("twice", value.span(), message));
                        } else {
                            first.insert(key, value);
                        }
                    }
                }
            }
            (_, other) => {
                let message = format!("\"{name}\" cannot be a {} here", other.type_str());
                faults.push(
                    Diagnostic::error("shape", at, message)
                        .hint(format!("write a table [{name}] or entries [[{name}]]")),
                );
            }
        }
    }

    /// The paths of all estimates as written, whether known on any date or not.
    pub fn estimate_paths(&self) -> Vec<String> {
        fn walk(path: &str, node: &Node<'_>, paths: &mut Vec<String>) {
            let DeValue::Table(table) = node.get_ref() else { return };
            for (name, value) in table {
                let path = format!("{path}.{}", name.get_ref());
                if is_estimate(value.get_ref()) || name.get_ref() == "rho" {
                    paths.push(path);
                } else {
                    walk(&path, value, paths);
                }
            }
        }
        let mut paths = Vec::new();
        for (name, kind) in &self.kinds {
            match kind {
                Kind::Table(node) => walk(name, node, &mut paths),
                Kind::Entries(nodes) => {
                    for node in nodes {
                        let key = key_of(name, node).unwrap_or_default();
                        walk(&format!("{name}.{key}"), node, &mut paths);
                    }
                }
            }
        }
        paths
    }

    /// The place in the tree that a path such as `tie.a>b:security.bandwidth.value` names.
    pub fn find_mut(&mut self, path: &str) -> Result<&mut Node<'a>, Missing> {
        let (name, mut rest) = path.split_once('.').unwrap_or((path, ""));
        let known: Vec<String> = self.kinds.keys().cloned().collect();
        let mut node = match self.kinds.get_mut(name) {
            None => {
                return Err(Missing { part: name.to_owned(), known });
            }
            Some(Kind::Table(node)) => node,
            Some(Kind::Entries(entries)) => {
                let known: Vec<String> = entries.iter().filter_map(|e| key_of(name, e)).collect();
                // A key may itself hold dots: the longest that fits is meant.
                let fits = |key: &&String| {
                    rest.strip_prefix(key.as_str())
                        .is_some_and(|r| r.is_empty() || r.starts_with('.'))
                };
                let Some(key) = known.iter().filter(fits).max_by_key(|key| key.len()) else {
                    let part = rest.split('.').next().unwrap_or_default().to_owned();
                    return Err(Missing { part, known });
                };
                rest = rest[key.len()..].trim_start_matches('.');
                match entries.iter_mut().find(|e| key_of(name, e).as_ref() == Some(key)) {
                    None => {
                        return Err(Missing { part: key.clone(), known });
                    }
                    Some(node) => node,
                }
            }
        };
        for part in rest.split('.').filter(|part| !part.is_empty()) {
            let DeValue::Table(table) = node.get_mut() else {
                return Err(Missing { part: part.to_owned(), known: Vec::new() });
            };
            let known: Vec<String> = table.keys().map(|k| k.get_ref().to_string()).collect();
            match table.iter_mut().find(|(k, _)| k.get_ref().as_ref() == part) {
                None => {
                    return Err(Missing { part: part.to_owned(), known });
                }
                Some((_, value)) => node = value,
            }
        }
        Ok(node)
    }
}

/// The part of a path that reaches nothing, and what would have stood there.
#[derive(Debug)]
pub struct Missing {
    /// The part.
    pub part: String,
    /// The names that exist at that place.
    pub known: Vec<String>,
}

/// The key of an entry, from the fields of [`KEYS`].
#[must_use]
pub fn key_of(kind: &str, entry: &Node<'_>) -> Option<String> {
    let (_, fields, signs) = KEYS.iter().find(|(name, _, _)| *name == kind)?;
    let DeValue::Table(table) = entry.get_ref() else {
        return None;
    };
    let mut key = String::new();
    let mut signs = signs.chars();
    let mut sign = None;
    for field in *fields {
        let (field, may_lack) = match field.strip_suffix('?') {
            Some(field) => (field, true),
            None => (*field, false),
        };
        let written = table.iter().find(|(k, _)| k.get_ref() == field).map(|(_, v)| v.get_ref());
        let written = match written {
            Some(DeValue::Array(all)) => all.first().map(Spanned::get_ref),
            other => other,
        };
        if written.is_some() || !may_lack {
            key.extend(sign);
            match written {
                Some(DeValue::String(text)) => key.push_str(text),
                Some(DeValue::Integer(number)) => key.push_str(number.as_str()),
                Some(_) => return None,
                None => key.push('-'),
            }
            sign = signs.next();
        } else {
            signs.next();
        }
    }
    Some(key)
}

/// Whether a value is an estimate: a table with `value`, or an array of such tables.
#[must_use]
pub fn is_estimate(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(table) => table.keys().any(|k| k.get_ref() == "value"),
        DeValue::Array(array) => array.first().is_some_and(|first| is_estimate(first.get_ref())),
        _ => false,
    }
}

fn shifted(span: Spot, base: usize) -> Spot {
    span.start + base..span.end + base
}

/// Moves every span of a value by a rule, and turns dates into text.
pub(crate) fn shift<'a>(node: Node<'a>, rule: &dyn Fn(Spot) -> Spot) -> Node<'a> {
    let span = rule(node.span());
    let value = match node.into_inner() {
        DeValue::Table(table) => DeValue::Table(
            table
                .into_iter()
                .map(|(key, value)| {
                    let at = rule(key.span());
                    (Spanned::new(at, key.into_inner()), shift(value, rule))
                })
                .collect(),
        ),
        DeValue::Array(array) => {
            DeValue::Array(array.into_iter().map(|value| shift(value, rule)).collect())
        }
        // jiff reads dates from text.
        DeValue::Datetime(date) => DeValue::String(date.to_string().into()),
        plain => plain,
    };
    Spanned::new(span, value)
}

/// A parser's message on one line.
#[must_use]
pub fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
