//! The text of a case as one tree of tables, before it has types: files parsed, rows of CSV turned into
//! tables, patches applied. Every value keeps the span at which it was written.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use entry::{Key, Path, Piece};

use crate::diagnostic::Diagnostic;
use crate::kinds::key_of;
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
    /// Files that are no TOML: what they hold is here as far as it could be read.
    broken: Vec<Spot>,
}

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
            if let Some(fault) = syntax(&errors, file.base) {
                tree.broken.push(file.base..file.base + file.text.len());
                faults.push(fault);
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

    /// Whether every file could be read to its end.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }

    /// Takes out what is from files that are no TOML, so that nothing is said of what could not be read whole.
    pub fn leave_out_broken(&mut self) {
        let broken = &self.broken;
        let whole = |node: &Node<'_>| !broken.iter().any(|file| file.contains(&node.span().start));
        self.kinds.retain(|_, kind| match kind {
            Kind::Table(node) => whole(node),
            Kind::Entries(nodes) => {
                nodes.retain(whole);
                true
            }
        });
    }

    /// How many entries of a kind are written.
    pub fn count(&self, kind: &str) -> usize {
        match self.kinds.get(kind) {
            Some(Kind::Entries(nodes)) => nodes.len(),
            Some(Kind::Table(_)) => 1,
            None => 0,
        }
    }

    /// The paths of all estimates as written, whether known on any date or not.
    pub fn estimate_paths(&self) -> Vec<String> {
        fn walk(path: &Path, node: &Node<'_>, paths: &mut Vec<String>) {
            let DeValue::Table(table) = node.get_ref() else { return };
            for (name, value) in table {
                let path = path.field(name.get_ref());
                if is_estimate(value.get_ref()) || name.get_ref() == "rho" {
                    paths.push(path.into());
                } else {
                    walk(&path, value, paths);
                }
            }
        }
        let mut paths = Vec::new();
        for (name, kind) in &self.kinds {
            match kind {
                Kind::Table(node) => walk(&Path::new(name), node, &mut paths),
                Kind::Entries(nodes) => {
                    for node in nodes {
                        let key = key_of(name, node).unwrap_or_default();
                        walk(&Path::entry(name, &key), node, &mut paths);
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
                let keys = entries.iter().map(|entry| key_of(name, entry)).enumerate();
                let known: Vec<(usize, Key)> = keys.filter_map(|(at, k)| Some((at, k?))).collect();
                // A key may itself hold dots: the longest that fits is meant, the first of several alike.
                let fits = |(_, key): &&(usize, Key)| {
                    rest.strip_prefix(&**key).is_some_and(|r| r.is_empty() || r.starts_with('.'))
                };
                let longest = known.iter().rev().filter(fits).max_by_key(|(_, key)| key.len());
                let Some((at, key)) = longest else {
                    let part = rest.split('.').next().unwrap_or_default().to_owned();
                    let known = known.iter().map(|(_, key)| key.to_string()).collect();
                    return Err(Missing { part, known });
                };
                rest = rest[key.len()..].trim_start_matches('.');
                &mut entries[*at]
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

/// What an entry has in a field, as a part of its key.
pub(crate) fn piece<'a>(entry: &'a Node<'_>, field: &str) -> Piece<'a> {
    let DeValue::Table(table) = entry.get_ref() else { return Piece::Other };
    let value = table.get(field).map(Spanned::get_ref);
    let value = match value {
        Some(DeValue::Array(all)) => all.first().map(Spanned::get_ref),
        other => other,
    };
    match value {
        Some(DeValue::String(text)) => Piece::Text(text.as_ref().into()),
        Some(DeValue::Integer(number)) => Piece::Text(number.as_str().into()),
        Some(_) => Piece::Other,
        None => Piece::Absent,
    }
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

/// The first of a parser's errors: those that follow are of what it made of the rest.
pub(crate) fn syntax(errors: &[toml::de::Error], base: usize) -> Option<Diagnostic> {
    let first = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start))?;
    let spot = shifted(first.span().unwrap_or(0..0), base);
    Some(Diagnostic::error("syntax", spot, one_line(first.message())))
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
