//! Who is whom: decisions on names, kept in `judgements.toml` of the case.
//!
//! Each entry says that a name is an actor, is not, or may be; who decided, when and why, and the words that led
//! to it. The state is a function of the entries in their order: a later entry on the same name and actor
//! replaces the earlier. Taking an entry away takes the decision back. Nothing here merges by itself.

use std::collections::BTreeMap;

use evidence::name_key;
use jiff::civil::Date;
use serde::de::IntoDeserializer as _;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::source_map::{SourceMap, Spot};
use crate::tree::{one_line, shift, syntax};

/// The file of a case that holds judgements.
pub const FILE: &str = "judgements.toml";

/// What was decided of a name and an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// The name is the actor's: it counts as an alias.
    Same,
    /// It is not: it is never read as the actor, whatever the rules of names and short forms would do.
    NotSame,
    /// It may be: a mention by that name stays a candidate.
    Unsure,
}

impl Decided {
    /// The word in the file and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotSame => "not-same",
            Self::Unsure => "unsure",
        }
    }
}

/// One entry of `judgements.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// What was decided.
    pub decided: Decided,
    /// The name as written, in any script; the id of an actor stands for all its names.
    pub name: Spanned<String>,
    /// The actor's id.
    pub actor: Spanned<String>,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Date,
    /// Why.
    pub why: String,
    /// Key of the source whose words led to it.
    pub source: Option<String>,
    /// The words.
    pub quote: Option<String>,
    /// Where they stand in the document, such as `bytes 12..40`.
    pub at: Option<String>,
}

/// The entries of the file in order; faults go to the list.
pub(crate) fn judgements(map: &SourceMap, faults: &mut Vec<Diagnostic>) -> Vec<Judgement> {
    let Some(file) = map.named(FILE) else {
        return Vec::new();
    };
    let moved = |span: Spot| span.start + file.base..span.end + file.base;
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    faults.extend(syntax(&errors, file.base));
    let mut all = Vec::new();
    for (name, value) in table.into_inner() {
        let spot = moved(name.span());
        let DeValue::Array(entries) = value.into_inner() else {
            faults.push(shape(spot));
            continue;
        };
        if name.get_ref() != "judgement" {
            faults.push(shape(spot));
            continue;
        }
        for entry in entries {
            let entry = shift(entry, &moved);
            let at = entry.span();
            match Judgement::deserialize(entry.into_deserializer()) {
                Ok(judgement) => all.push(judgement),
                Err(error) => {
                    let at = error.span().filter(|s| s.start >= at.start).unwrap_or(at);
                    let hint = "an entry has decided, name, actor, by, on, why, and may have source, quote, at";
                    faults.push(
                        Diagnostic::error("judgement", at, one_line(error.message())).hint(hint),
                    );
                }
            }
        }
    }
    all
}

fn shape(spot: Spot) -> Diagnostic {
    Diagnostic::error("judgement", spot, format!("{FILE} holds entries [[judgement]] and no more"))
}

/// What holds after all entries are read in order: the last decision on each pair of name and actor.
#[derive(Debug, Default)]
pub struct Standing<'a> {
    /// By folded name and actor.
    pub pairs: BTreeMap<(String, &'a str), &'a Judgement>,
}

impl<'a> Standing<'a> {
    /// Replays a case's judgements.
    #[must_use]
    pub fn of(case: &'a Case) -> Self {
        let mut pairs = BTreeMap::new();
        for judgement in &case.judgements {
            for name in names(case, judgement.name.get_ref()) {
                pairs.insert((name_key(name), judgement.actor.get_ref().as_str()), judgement);
            }
        }
        Self { pairs }
    }

    /// What was decided of a name and an actor, if anything.
    #[must_use]
    pub fn on(&self, name: &str, actor: &str) -> Option<Decided> {
        let key = name_key(name);
        let mut pairs = self.pairs.iter();
        pairs.find(|((n, a), _)| *n == key && *a == actor).map(|(_, j)| j.decided)
    }

    /// Actors that a name is held to be, or may be.
    #[must_use]
    pub fn actors(&self, name: &str, decided: Decided) -> Vec<&'a str> {
        let key = name_key(name);
        let pairs = self.pairs.iter().filter(|((n, _), j)| *n == key && j.decided == decided);
        pairs.map(|((_, actor), _)| *actor).collect()
    }
}

/// The names a judgement is about: all of an actor's if it gives an id, else the one written.
fn names<'a>(case: &'a Case, written: &'a str) -> Vec<&'a str> {
    match case.actor(written) {
        Some(actor) => {
            std::iter::once(&actor.name).chain(&actor.aliases).map(String::as_str).collect()
        }
        None => vec![written],
    }
}

/// Names that more than one actor bears, each with its actors: nobody's, until a judgement says whose.
#[must_use]
pub fn shared_names(case: &Case) -> BTreeMap<String, Vec<String>> {
    let standing = Standing::of(case);
    let mut bearers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for actor in &case.actors {
        let id = actor.id.get_ref();
        let own = std::iter::once(&actor.name).chain(&actor.aliases);
        for name in own.chain(&actor.demonyms).chain(&actor.metonyms) {
            bearers.entry(name_key(name)).or_default().push(id.clone());
        }
    }
    for ((name, actor), judgement) in &standing.pairs {
        let list = bearers.entry(name.clone()).or_default();
        match judgement.decided {
            Decided::Same => list.push((*actor).to_owned()),
            Decided::NotSame | Decided::Unsure => list.retain(|a| a != actor),
        }
    }
    for (name, list) in &mut bearers {
        list.sort();
        list.dedup();
        // Somebody said whose it is.
        let held = standing.actors(name, Decided::Same);
        if let [one] = held[..] {
            list.retain(|actor| actor == one);
        }
    }
    bearers.retain(|_, list| list.len() > 1);
    bearers
}

/// What contradicts itself among the judgements, with both places.
pub(crate) fn check(case: &Case, findings: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = case.actors.iter().map(|a| a.id.get_ref().as_str()).collect();
    let hidden = |id: &str| case.hidden.iter().any(|h| h.strip_prefix("actor.") == Some(id));
    let mut before: Vec<&Judgement> = Vec::new();
    for judgement in &case.judgements {
        let (name, actor) = (judgement.name.get_ref(), judgement.actor.get_ref());
        if !known.contains(&actor.as_str()) && !hidden(actor) {
            let message = format!("\"{actor}\": no such actor");
            findings.push(
                Diagnostic::error("actor", judgement.actor.span(), message)
                    .nearest(actor, known.iter().copied()),
            );
        }
        let key = name_key(name);
        for earlier in before.iter().filter(|j| name_key(j.name.get_ref()) == key) {
            let there = earlier.actor.get_ref();
            let message = if there == actor && earlier.decided != judgement.decided {
                format!(
                    "\"{name}\" and \"{actor}\" were judged {} before and {} here; the later one holds",
                    earlier.decided.word(),
                    judgement.decided.word()
                )
            } else if there != actor
                && (earlier.decided, judgement.decided) == (Decided::Same, Decided::Same)
            {
                format!(
                    "\"{name}\" is judged to be \"{there}\" and \"{actor}\": it counts for neither"
                )
            } else {
                continue;
            };
            findings.push(
                Diagnostic::warning("conflict", judgement.name.span(), message)
                    .also(earlier.name.span(), "judged here before")
                    .hint("take one of the two entries away"),
            );
        }
        before.push(judgement);
    }
}

/// The file without its entry of that number, and the entry: what stands between belongs to the next.
pub(crate) fn without(file: &str, entry: usize) -> (String, String) {
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let is_header = |line: &&str| line.trim_start().starts_with("[[judgement]]");
    let headers: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| is_header(l)).map(|(at, _)| at).collect();
    let Some(&start) = headers.get(entry) else {
        return (file.to_owned(), String::new());
    };
    let mut end = headers.get(entry + 1).copied().unwrap_or(lines.len());
    let idle = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    while end > start + 1 && idle(lines[end - 1]) {
        end -= 1;
    }
    let blank = usize::from(start > 0 && lines[start - 1].trim().is_empty());
    let now = [&lines[..start - blank], &lines[end..]].concat().concat();
    (now, lines[start..end].concat())
}
