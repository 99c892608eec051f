//! From text to a typed case as of a date, collecting every fault on the way.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use toml::de::DeValue;

use crate::FORMAT;
use crate::case::{Case, Head};
use crate::check::check;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::entry::{CaseEntry, Resolver};
use crate::estimate::{Belief, Estimate};
use crate::folder::Folder;
use crate::source::Source;
use crate::source_map::Spot;
use crate::tie::Channel;
use crate::tree::{KEYS, Kind, Node, Tree, key_of, one_line};

/// The tables that stand once in a case, beside the kinds of [`KEYS`].
const TABLES: &[&str] = &["case", "assembly", "contest", "channels", "process"];

/// What building a case comes to.
#[derive(Debug)]
pub struct Built {
    /// The case, unless a fault stands in the way.
    pub case: Option<Case>,
    /// Everything found, in the order of the files.
    pub findings: Vec<Diagnostic>,
}

impl Built {
    /// How many findings are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    as_of: Date,
    published: BTreeMap<String, Date>,
    beliefs: Vec<Belief>,
    faults: Vec<Diagnostic>,
    hidden: Vec<String>,
}

impl Builder<'_> {
    /// All entries of a kind that are known on the as-of date, each with its key.
    fn entries<T: CaseEntry>(&mut self) -> Vec<T> {
        let nodes = match self.tree.kinds.get(T::KIND) {
            Some(Kind::Entries(nodes)) => nodes.clone(),
            Some(Kind::Table(node)) => {
                let message = format!("write [[{0}]], not [{0}]", T::KIND);
                self.faults.push(Diagnostic::error("shape", node.span(), message));
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut seen: BTreeMap<String, Spot> = BTreeMap::new();
        let mut all = Vec::new();
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
            seen.insert(key.clone(), spot);
            all.extend(self.resolved(entry, key));
        }
        all
    }

    /// A table that stands once.
    fn table<T: CaseEntry>(&mut self) -> Option<T> {
        let node = match self.tree.kinds.get(T::KIND)? {
            Kind::Table(node) => node.clone(),
            Kind::Entries(nodes) => {
                let spot = nodes.first().map_or(0..0, Node::span);
                let message = format!("write [{0}], not [[{0}]]", T::KIND);
                self.faults.push(Diagnostic::error("shape", spot, message));
                return None;
            }
        };
        let entry = self.typed::<T>(node)?;
        self.resolved(entry, String::new())
    }

    /// The entry with its beliefs, or nothing if it cannot be known on the as-of date.
    fn resolved<T: CaseEntry>(&mut self, mut entry: T, key: String) -> Option<T> {
        for source in entry.sources() {
            if !self.published.contains_key(source.get_ref()) {
                let message = format!("source \"{}\": no such source", source.get_ref());
                self.faults.push(
                    Diagnostic::error("source", source.span(), message)
                        .nearest(source.get_ref(), self.published.keys().map(String::as_str)),
                );
            }
        }
        let as_of = self.as_of;
        let sources = entry.sources();
        let out = sources.is_empty()
            || sources.iter().any(|s| self.published.get(s.get_ref()).is_none_or(|d| *d <= as_of));
        let before = self.beliefs.len();
        let mut resolver = Resolver {
            as_of,
            published: &self.published,
            beliefs: &mut self.beliefs,
            faults: &mut self.faults,
            hidden: false,
        };
        entry.resolve(&key, &mut resolver);
        if resolver.hidden || !out {
            self.beliefs.truncate(before);
            self.hidden.push(format!("{}.{key}", T::KIND).trim_end_matches('.').to_owned());
            return None;
        }
        Some(entry)
    }

    /// One node as a type, or a fault that says what it should have been.
    fn typed<T: DeserializeOwned>(&mut self, node: Node<'_>) -> Option<T> {
        let spot = node.span();
        match T::deserialize(node.into_deserializer()) {
            Ok(value) => Some(value),
            Err(error) => {
                let at = error.span().filter(|s| s.start >= spot.start).unwrap_or(spot);
                self.faults.push(type_fault(at, error.message()));
                None
            }
        }
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

    fn channels(&mut self) -> BTreeMap<Channel, Estimate> {
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

    fn processes(&mut self) -> BTreeMap<String, BTreeMap<String, Estimate>> {
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

    fn unknown_kinds(&mut self) {
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

impl Folder {
    /// Builds the case as of a date (the case's own if none is given) with the folder's patches applied.
    ///
    /// Every fault is collected; the case is there only if no finding is an error.
    #[must_use]
    pub fn build(&self, as_of: Option<Date>) -> Built {
        self.build_despite(as_of, &[])
    }

    /// As [`Folder::build`], but a case is made in spite of errors of the rules named.
    pub(crate) fn build_despite(&self, as_of: Option<Date>, rules: &[&str]) -> Built {
        let mut faults = self.faults.clone();
        let bases: Vec<usize> = self.patches.iter().map(|p| p.base).collect();
        let mut tree = Tree::parse(&self.map, &bases, &self.rows, &mut faults);
        for patch in &self.patches {
            crate::patch::apply(&mut tree, patch, &mut faults);
        }
        let mut builder = Builder {
            tree,
            as_of: as_of.unwrap_or(Date::MAX),
            published: BTreeMap::new(),
            beliefs: Vec::new(),
            faults,
            hidden: Vec::new(),
        };
        let head = match builder.tree.kinds.get("case") {
            Some(Kind::Table(node)) => {
                let node = node.clone();
                builder.typed::<Head>(node)
            }
            _ => {
                let message = "there is no [case] table";
                builder.faults.push(
                    Diagnostic::error("missing", 0..0, message).hint("add [case] to case.toml"),
                );
                None
            }
        };
        if let Some(head) = &head {
            if as_of.is_none() {
                builder.as_of = head.as_of;
            }
            if *head.format.get_ref() != FORMAT {
                let message = format!("format {} is not known here", head.format.get_ref());
                let hint = format!("this version reads format {FORMAT}");
                builder
                    .faults
                    .push(Diagnostic::error("format", head.format.span(), message).hint(hint));
            }
        }
        let all_sources = builder.entries::<Source>();
        let broken = builder.hidden.iter().filter_map(|h| h.strip_prefix("source."));
        builder.published = (all_sources.iter().map(|s| (s.key.get_ref().clone(), s.published)))
            .chain(broken.map(|key| (key.to_owned(), Date::MIN)))
            .collect();
        let as_of = builder.as_of;
        let (sources, later): (Vec<_>, Vec<_>) =
            all_sources.into_iter().partition(|s| s.published <= as_of);
        builder.hidden.extend(later.iter().map(|s| format!("source.{}", s.key.get_ref())));
        let case = Case {
            as_of,
            sources,
            actors: builder.entries(),
            ties: builder.entries(),
            wings: builder.entries(),
            memberships: builder.entries(),
            channels: builder.channels(),
            assembly: builder.table(),
            bodies: builder.entries(),
            districts: builder.entries(),
            reserved: builder.entries(),
            laws: builder.entries(),
            stages: builder.entries(),
            offices: builder.entries(),
            contest: builder.table(),
            entries: builder.entries(),
            priors: builder.entries(),
            results: builder.entries(),
            formed: builder.entries(),
            candidates: builder.entries(),
            preferences: builder.entries(),
            issues: builder.entries(),
            positions: builder.entries(),
            events: builder.entries(),
            disputes: builder.entries(),
            questions: builder.entries(),
            judgements: crate::judgement::judgements(&self.map, &mut builder.faults),
            processes: builder.processes(),
            beliefs: std::mem::take(&mut builder.beliefs),
            hidden: std::mem::take(&mut builder.hidden),
            hash: self.hash(),
            head: match head {
                Some(head) => head,
                None => {
                    return Built { case: None, findings: builder.faults };
                }
            },
        };
        builder.unknown_kinds();
        let mut findings = builder.faults;
        let mut case = case;
        case.drop_out_of_date();
        let known: Vec<String> = builder.published.into_keys().collect();
        check(&case, self, &known, &mut findings);
        findings.sort_by_key(|f| (f.spot.start, f.severity));
        findings.dedup();
        let sound =
            findings.iter().all(|f| f.severity != Severity::Error || rules.contains(&f.rule));
        Built { case: sound.then_some(case), findings }
    }
}

impl Case {
    /// Leaves out actors, ties, wings and memberships that are not in force on the as-of date.
    fn drop_out_of_date(&mut self) {
        let day = self.as_of;
        let holds = |since: Option<Date>, until: Option<Date>| {
            since.is_none_or(|s| s <= day) && until.is_none_or(|u| u >= day)
        };
        self.ties.retain(|t| holds(t.since, t.until));
        self.wings.retain(|w| holds(w.since, w.until));
        self.memberships.retain(|m| holds(m.since, m.until));
        self.actors.retain(|a| holds(a.since, a.until));
        let actors: Vec<&str> = self.actors.iter().map(|a| a.id.get_ref().as_str()).collect();
        let hidden: Vec<String> =
            self.hidden.iter().filter_map(|h| h.strip_prefix("actor.").map(String::from)).collect();
        // What hangs on an actor that is not yet known cannot be known either.
        let gone = |id: &str| !actors.contains(&id) && hidden.iter().any(|h| h == id);
        self.ties.retain(|t| !gone(t.from.get_ref()) && !gone(t.to.get_ref()));
        self.wings.retain(|w| !gone(w.faction.get_ref()) && !gone(w.list.get_ref()));
        self.memberships.retain(|m| !gone(m.actor.get_ref()) && !gone(m.bloc.get_ref()));
        self.entries.retain(|e| !gone(e.list.get_ref()));
        self.priors.retain(|p| !gone(p.list.get_ref()));
    }
}
