//! One kind of entry after the other, from untyped tables to types with their beliefs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use toml::de::DeValue;

use crate::ballot::{Aside, InPlay};
use crate::contest::{Contest, ElectionResult};
use crate::diagnostic::{Diagnostic, nearest};
use crate::entry::{CaseEntry, Resolver};
use crate::estimate::{Belief, Estimate};
use crate::source_map::Spot;
use crate::tie::Channel;
use crate::tree::{KEYS, Kind, Node, Tree, key_of, one_line};

/// The tables that stand once in a case, beside the kinds of [`KEYS`].
const TABLES: &[&str] = &["case", "channels", "process"];

pub(super) struct Builder<'a> {
    pub tree: Tree<'a>,
    /// The day on which the case is as it is built.
    pub as_of: Date,
    /// The day by which its sources are out: the same, unless a past day is looked back on.
    pub known_by: Date,
    pub published: BTreeMap<String, Date>,
    pub beliefs: Vec<Belief>,
    pub faults: Vec<Diagnostic>,
    pub hidden: Vec<String>,
    pub play: InPlay,
    pub aside: Aside,
}

/// What becomes of an entry.
enum Fate<T> {
    /// It counts.
    In(T),
    /// It belongs to another contest or law.
    Aside(T),
    /// It cannot be known on the as-of date.
    Hidden,
}

impl Builder<'_> {
    /// All entries of a kind that are known on the as-of date.
    pub fn entries<T: CaseEntry>(&mut self) -> Vec<T> {
        self.split().0
    }

    /// All entries of a kind that are known on the as-of date: those in play, and those of other contests or laws.
    pub fn split<T: CaseEntry>(&mut self) -> (Vec<T>, Vec<T>) {
        let nodes = match self.tree.kinds.get(T::KIND) {
            Some(Kind::Entries(nodes)) => nodes.clone(),
            Some(Kind::Table(node)) => {
                let message = format!("write [[{0}]], not [{0}]", T::KIND);
                self.faults.push(Diagnostic::error("shape", node.span(), message));
                return (Vec::new(), Vec::new());
            }
            None => return (Vec::new(), Vec::new()),
        };
        let mut seen: BTreeMap<String, Spot> = BTreeMap::new();
        let (mut all, mut aside) = (Vec::new(), Vec::new());
        for node in nodes {
            let spot = node.span();
            let key = key_of(T::KIND, &node);
            let Some(entry) = self.typed::<T>(node) else {
                // It is there, if broken: that others refer to it is no second fault.
                self.hidden.extend(key.map(|key| format!("{}.{key}", T::KIND)));
                continue;
            };
            let Some(key) = key else { continue };
            if let Some(first) = seen.get(&key) {
                let message = format!("{} \"{key}\" is given twice", T::KIND);
                self.faults.push(
                    Diagnostic::error("twice", spot.clone(), message)
                        .also(first.clone(), "first here"),
                );
                continue;
            }
            if self.play.total > 1 && entry.contest() == Some(None) {
                let message = format!("this {} says not of which contest it is", T::KIND);
                let fault = Diagnostic::error("contest", spot.clone(), message);
                self.faults.push(fault.hint("the case has several: add contest = \"ID\""));
            }
            seen.insert(key.clone(), spot);
            match self.resolved(entry, key) {
                Fate::In(entry) => all.push(entry),
                Fate::Aside(entry) => aside.push(entry),
                Fate::Hidden => {}
            }
        }
        (all, aside)
    }

    /// A kind that may stand as one table or as several entries.
    pub fn one_or_several<T: CaseEntry>(&mut self) -> Vec<T> {
        let node = match self.tree.kinds.get(T::KIND) {
            Some(Kind::Table(node)) => node.clone(),
            Some(Kind::Entries(_)) => return self.entries(),
            None => return Vec::new(),
        };
        let Some(entry) = self.typed::<T>(node) else { return Vec::new() };
        match self.resolved(entry, String::new()) {
            Fate::In(entry) => vec![entry],
            Fate::Aside(_) | Fate::Hidden => Vec::new(),
        }
    }

    /// Finds out which contest is in play; leaves no trace otherwise.
    pub fn choose_contest(&mut self, results: &[ElectionResult]) {
        let (beliefs, faults, hidden) = (self.beliefs.len(), self.faults.len(), self.hidden.len());
        let known: Vec<Contest> = self.one_or_several();
        self.beliefs.truncate(beliefs);
        self.faults.truncate(faults);
        self.hidden.truncate(hidden);
        let total = match self.tree.kinds.get("contest") {
            Some(Kind::Entries(nodes)) => nodes.len(),
            Some(Kind::Table(_)) => 1,
            None => 0,
        };
        self.play = InPlay::choose(&known, total, results, self.as_of);
    }

    /// The contest in play; the others are put aside with their beliefs.
    pub fn contest(&mut self) -> Option<Contest> {
        let before = self.beliefs.len();
        let contests: Vec<Contest> = self.one_or_several();
        let mut drawn = self.beliefs.split_off(before);
        let mut chosen = None;
        for mut contest in contests.into_iter().rev() {
            // Each contest has two estimates, one after the other: take them off the end.
            let own = drawn.split_off(drawn.len().saturating_sub(2));
            if self.play.coming.as_ref() == Some(contest.id.get_ref()) {
                contest.electorate.id = before;
                contest.turnout.id = before + 1;
                self.beliefs.extend(own);
                chosen = Some(contest);
            } else {
                self.aside.beliefs.extend(own);
                self.aside.contests.push(contest);
            }
        }
        chosen
    }

    /// The entry with its beliefs, if it can be known on the as-of date.
    fn resolved<T: CaseEntry>(&mut self, mut entry: T, key: String) -> Fate<T> {
        for source in entry.sources() {
            if !self.published.contains_key(source.get_ref()) {
                let message = format!("source \"{}\": no such source", source.get_ref());
                self.faults.push(
                    Diagnostic::error("source", source.span(), message)
                        .nearest(source.get_ref(), self.published.keys().map(String::as_str)),
                );
            }
        }
        let known_by = self.known_by;
        let sources = entry.sources();
        let out = sources.is_empty()
            || sources
                .iter()
                .any(|s| self.published.get(s.get_ref()).is_none_or(|d| *d <= known_by));
        let before = self.beliefs.len();
        let mut resolver = Resolver {
            as_of: self.as_of,
            known_by,
            published: &self.published,
            beliefs: &mut self.beliefs,
            faults: &mut self.faults,
            hidden: false,
        };
        entry.resolve(&key, &mut resolver);
        if resolver.hidden || !out {
            self.beliefs.truncate(before);
            self.hidden.push(format!("{}.{key}", T::KIND).trim_end_matches('.').to_owned());
            return Fate::Hidden;
        }
        let stays = matches!(T::KIND, "candidate" | "preference");
        let in_play = entry.contest().is_none_or(|of| self.play.holds(of, stays));
        if in_play && self.play.lawful(entry.laws()) {
            return Fate::In(entry);
        }
        self.aside.beliefs.extend(self.beliefs.drain(before..));
        Fate::Aside(entry)
    }

    /// One node as a type, or a fault that says what it should have been.
    pub fn typed<T: DeserializeOwned>(&mut self, node: Node<'_>) -> Option<T> {
        typed(node).map_err(|fault| self.faults.push(*fault)).ok()
    }

    fn estimates(&mut self, node: &Node<'_>, path: &str) -> BTreeMap<String, Estimate> {
        let DeValue::Table(table) = node.get_ref() else {
            self.faults.push(Diagnostic::error(
                "shape",
                node.span(),
                format!("[{path}] is a table"),
            ));
            return BTreeMap::new();
        };
        let mut all = BTreeMap::new();
        for (name, value) in table {
            let Some(mut estimate) = self.typed::<Estimate>(value.clone()) else {
                continue;
            };
            let at = format!("{path}.{}", name.get_ref());
            let mut resolver = Resolver {
                as_of: self.as_of,
                known_by: self.known_by,
                published: &self.published,
                beliefs: &mut self.beliefs,
                faults: &mut self.faults,
                hidden: false,
            };
            resolver.required(at.clone(), &mut estimate);
            if resolver.hidden {
                self.hidden.push(at);
            } else {
                all.insert(name.get_ref().to_string(), estimate);
            }
        }
        all
    }

    pub fn channels(&mut self) -> BTreeMap<Channel, Estimate> {
        let Some(Kind::Table(node)) = self.tree.kinds.get("channels") else {
            return BTreeMap::new();
        };
        let node = node.clone();
        let mut all = BTreeMap::new();
        for (name, estimate) in self.estimates(&node, "channels") {
            match Channel::ALL.into_iter().find(|c| c.name() == name) {
                Some(channel) => {
                    all.insert(channel, estimate);
                }
                None => self.faults.push(
                    Diagnostic::error("channel", estimate.spot, format!("no channel \"{name}\""))
                        .nearest(&name, Channel::ALL.map(Channel::name)),
                ),
            }
        }
        all
    }

    pub fn processes(&mut self) -> BTreeMap<String, BTreeMap<String, Estimate>> {
        let Some(Kind::Table(node)) = self.tree.kinds.get("process") else {
            return BTreeMap::new();
        };
        let DeValue::Table(table) = node.clone().into_inner() else {
            return BTreeMap::new();
        };
        table
            .into_iter()
            .map(|(name, node)| {
                let name = name.get_ref().to_string();
                let estimates = self.estimates(&node, &format!("process.{name}"));
                (name, estimates)
            })
            .collect()
    }

    pub fn unknown_kinds(&mut self) {
        let names: Vec<&str> = KEYS.iter().map(|k| k.0).chain(TABLES.iter().copied()).collect();
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
    fault(message)
}
