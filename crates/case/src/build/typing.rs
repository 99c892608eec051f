//! The first pass: from text to typed entries. What an entry says by itself is checked here, whatever the date and
//! whatever else the case holds.

use std::collections::BTreeMap;

use entry::unit::Any;
use entry::{Entry, Estimate, Figure, Key, NOT_PLAIN, Path, Unit as _};
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use toml::de::DeValue;

use crate::FORMAT;
use crate::case::Head;
use crate::diagnostic::{Diagnostic, nearest};
use crate::kinds::{KINDS, Pile, key_of};
use crate::source_map::Spot;
use crate::statement;
use crate::tie::Channel;
use crate::tree::{Kind, Node, Tree, one_line};

/// The tables that stand once in a case, beside the kinds.
const TABLES: &[&str] = &["case", "channels", "process"];

/// An entry with what is known of it before its estimates are numbered.
#[derive(Debug, Clone)]
pub(crate) struct Held<T> {
    pub entry: T,
    /// Its key; empty for what stands as one table.
    pub key: Key,
    pub spot: Spot,
}

/// A table of estimates, such as `[channels]`.
#[derive(Debug)]
pub(crate) struct Estimates {
    pub path: Path,
    pub all: Vec<(String, Estimate)>,
}

/// All that a case says, typed.
pub(crate) struct Typed {
    /// The head, if there is one that can be read.
    pub head: Option<Head>,
    pub pile: Pile,
    pub channels: Estimates,
    /// The parameters of each process, in the order of the tree.
    pub processes: Vec<(String, Estimates)>,
    /// Entries that are there but cannot be read: that others refer to them is no second fault.
    pub unread: Vec<Path>,
}

pub(crate) struct Typing<'a> {
    tree: &'a Tree<'a>,
    faults: &'a mut Vec<Diagnostic>,
    unread: Vec<Path>,
}

impl Typed {
    /// Types what stands in a tree; with part of it missing because a file is no TOML, nothing is said of what
    /// may stand there.
    pub fn of(tree: &Tree<'_>, faults: &mut Vec<Diagnostic>) -> Self {
        let mut typing = Typing { tree, faults, unread: Vec::new() };
        let head = typing.head();
        let pile = Pile::typed(&mut typing);
        let (channels, processes) = (typing.channels(), typing.processes());
        typing.unknown_kinds();
        Self { head, pile, channels, processes, unread: typing.unread }
    }
}

impl Typing<'_> {
    fn head(&mut self) -> Option<Head> {
        let head: Option<Head> = match self.tree.kinds.get("case") {
            Some(Kind::Table(node)) => self.typed(node.clone()),
            _ if !self.tree.is_whole() => None,
            _ => {
                let fault = Diagnostic::error("missing", 0..0, "there is no [case] table");
                self.faults.push(fault.hint("add [case] to case.toml"));
                None
            }
        };
        if let Some(format) = head.as_ref().map(|head| &head.format)
            && *format.get_ref() != FORMAT
        {
            let message = format!("format {} is not known here", format.get_ref());
            let hint = format!("this version reads format {FORMAT}");
            self.faults.push(Diagnostic::error("format", format.span(), message).hint(hint));
        }
        head
    }

    /// All entries of a kind that can be read.
    pub fn kind<T: Entry>(&mut self) -> Vec<Held<T>> {
        let nodes = match self.tree.kinds.get(T::KIND) {
            None => return Vec::new(),
            Some(Kind::Table(node)) if T::ALONE => {
                let alone = self.entry::<T>(node.clone(), Some(Key::default()));
                alone.iter().for_each(|held| self.statements(&held.entry));
                return alone.into_iter().collect();
            }
            Some(Kind::Table(node)) => {
                let message = format!("write [[{0}]], not [{0}]", T::KIND);
                self.faults.push(Diagnostic::error("shape", node.span(), message));
                return Vec::new();
            }
            Some(Kind::Entries(nodes)) => nodes,
        };
        let mut seen: BTreeMap<Key, Spot> = BTreeMap::new();
        let mut all = Vec::new();
        for node in nodes {
            let Some(held) = self.entry::<T>(node.clone(), key_of(T::KIND, node)) else { continue };
            if let Some(first) = seen.get(&held.key) {
                let message = format!("{} \"{}\" is given twice", T::KIND, held.key);
                self.faults.push(
                    Diagnostic::error("twice", held.spot, message)
                        .also(first.clone(), "first here"),
                );
                continue;
            }
            seen.insert(held.key.clone(), held.spot.clone());
            self.statements(&held.entry);
            all.push(held);
        }
        all
    }

    fn entry<T: Entry>(&mut self, node: Node<'_>, key: Option<Key>) -> Option<Held<T>> {
        let spot = node.span();
        let Some(mut entry) = self.typed::<T>(node) else {
            self.unread.extend(key.map(|key| Path::entry(T::KIND, &key)));
            return None;
        };
        entry.settle();
        Some(Held { entry, key: key?, spot })
    }

    fn statements<T: Entry>(&mut self, entry: &T) {
        entry.figures(&mut |figure, written| {
            let Figure { field, unit, bounds, .. } = *figure;
            statement::check(written, field, unit, bounds, self.faults);
        });
    }

    /// One node as a type, or a fault that says what it should have been.
    fn typed<T: DeserializeOwned>(&mut self, node: Node<'_>) -> Option<T> {
        typed(node).map_err(|fault| self.faults.push(*fault)).ok()
    }

    fn estimates(&mut self, node: &Node<'_>, path: Path) -> Estimates {
        let mut all = Vec::new();
        let DeValue::Table(table) = node.get_ref() else {
            let message = format!("[{path}] is a table");
            self.faults.push(Diagnostic::error("shape", node.span(), message));
            return Estimates { path, all };
        };
        for (name, value) in table {
            let Some(estimate) = self.typed::<Estimate>(value.clone()) else { continue };
            statement::check(&estimate, name.get_ref(), None, Any::BOUNDS, self.faults);
            all.push((name.get_ref().to_string(), estimate));
        }
        Estimates { path, all }
    }

    fn channels(&mut self) -> Estimates {
        let path = Path::new("channels");
        let Some(Kind::Table(node)) = self.tree.kinds.get("channels") else {
            return Estimates { path, all: Vec::new() };
        };
        let estimates = self.estimates(node, path);
        for (name, estimate) in &estimates.all {
            if Channel::named(name).is_none() {
                let message = format!("no channel \"{name}\"");
                self.faults.push(
                    Diagnostic::error("channel", estimate.spot.clone(), message)
                        .nearest(name, Channel::ALL.map(Channel::name)),
                );
            }
        }
        estimates
    }

    fn processes(&mut self) -> Vec<(String, Estimates)> {
        let Some(Kind::Table(node)) = self.tree.kinds.get("process") else {
            return Vec::new();
        };
        let DeValue::Table(table) = node.get_ref() else { return Vec::new() };
        let path = Path::new("process");
        (table.iter())
            .map(|(name, node)| {
                let estimates = self.estimates(node, path.field(name.get_ref()));
                (name.get_ref().to_string(), estimates)
            })
            .collect()
    }

    fn unknown_kinds(&mut self) {
        let names: Vec<&str> =
            KINDS.iter().map(|kind| kind.name).chain(TABLES.iter().copied()).collect();
        for (name, kind) in &self.tree.kinds {
            if names.contains(&name.as_str()) {
                continue;
            }
            let spot = match kind {
                Kind::Table(node) => node.span(),
                Kind::Entries(nodes) => nodes.first().map_or(0..0, Node::span),
            };
            let message = format!("a case has nothing called \"{name}\"");
            let fault = Diagnostic::error("unknown", spot, message);
            self.faults.push(fault.nearest(name, names.iter().copied()));
        }
    }
}

/// One node as a type, or a fault that says what it should have been.
pub(crate) fn typed<T: DeserializeOwned>(node: Node<'_>) -> Result<T, Box<Diagnostic>> {
    let spot = node.span();
    T::deserialize(node.into_deserializer()).map_err(|error| {
        let at = error.span().filter(|s| s.start >= spot.start).unwrap_or(spot);
        Box::new(type_fault(at, error.message()))
    })
}

/// Turns the deserialiser's message into ours, with the nearest name as a hint.
fn type_fault(spot: Spot, message: &str) -> Diagnostic {
    let message = one_line(message);
    if message.ends_with(NOT_PLAIN) {
        let fault = Diagnostic::error("id", spot, message);
        return fault.hint("use lower-case letters, digits and hyphens");
    }
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let fault = |text: String| Diagnostic::error("type", spot.clone(), text);
    if let (Some(rest), [written, known @ ..]) = (message.strip_prefix("unknown "), &quoted[..]) {
        let what = rest.split(' ').next().unwrap_or("name").replace("variant", "value");
        let fault = fault(format!("\"{written}\": no such {what}"));
        return match nearest(written, known.iter().copied()) {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
            None => fault.hint(format!("one of: {}", known.join(", "))),
        };
    }
    if let (true, [field]) = (message.starts_with("missing field"), &quoted[..]) {
        return fault(format!("\"{field}\" is missing")).hint(format!("add {field} = …"));
    }
    if message.starts_with("invalid type") && message.contains("an estimate") {
        return fault("a bare number has no range and no source".to_owned())
            .hint("write { value = …, low = …, high = …, source = \"KEY\" }");
    }
    fault(entry::said::plain(&message))
}
