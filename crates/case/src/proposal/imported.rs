//! What tables of others suggest: polls, events, results, sources, actors and their names. The rows were taken in by
//! `shatterbelt import` and are kept with the state of this machine; the case is changed when a proposal is accepted, as with
//! all others. Each proposal cites its table and the bytes of its row.

mod deeds;
mod results;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use evidence::name_key;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::edit::Edit;
use super::material::{Material, Place};
use super::names::slug;
use super::{Proposal, ProposalKind};
use crate::case::Case;

pub(super) use deeds::deeds;
pub(super) use results::results;
pub(super) use sources::sources;

/// A row of a table, as what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its first byte in the file.
    pub start: usize,
    /// Its text.
    pub text: String,
    /// What it says.
    pub says: Says,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Says {
    /// That so many would vote for a list.
    Poll {
        /// The last day in the field.
        day: Date,
        /// Who asked.
        pollster: String,
        /// The list, by its id or a name.
        list: String,
        /// The share that would vote for it, in percent.
        percent: f64,
        /// How many were asked, where it is said.
        sample: Option<u32>,
    },
    /// That there was violence.
    Violence {
        /// Its id in the table.
        id: String,
        /// The first day it may have been.
        from: Date,
        /// The last.
        to: Date,
        /// Whether the day is known.
        exact: bool,
        /// What sort of violence, in words.
        kind: String,
        /// Both sides, by name.
        sides: [String; 2],
        /// Where.
        place: String,
        /// Deaths: the low, the best and the high count.
        deaths: [u32; 3],
    },
    /// That there is somebody of these names.
    Entity {
        /// Its id in the table.
        id: String,
        /// What kind of actor it would be.
        kind: String,
        /// Its names, the first the usual one.
        names: Vec<String>,
    },
    /// That somebody did something to somebody.
    Deed {
        /// Its id in the table.
        id: String,
        /// The day.
        date: Date,
        /// Whether the day is known.
        exact: bool,
        /// The PLOVER class, where the table's own type has one.
        class: Option<String>,
        /// What was done, in words.
        what: String,
        /// Who did it, by name.
        by: Vec<String>,
        /// To whom, by name.
        to: Vec<String>,
        /// Where.
        place: String,
        /// Deaths, where the table counts them.
        deaths: Option<u32>,
    },
    /// What a list won in an election.
    Result {
        /// The country: its code and its name.
        country: [String; 2],
        /// Election day.
        date: Date,
        /// The names of the list.
        names: Vec<String>,
        /// Its share of the vote in percent, where known.
        percent: Option<f64>,
        /// Its seats, where known.
        seats: Option<u32>,
        /// All seats, where known.
        of: Option<u32>,
    },
    /// That there is a source.
    Source {
        /// Its key in the bibliography.
        key: String,
        /// Its title.
        title: String,
        /// Who published it, where it is said.
        publisher: Option<String>,
        /// When: the last day that what is said allows.
        published: Date,
        /// Whether it is the day itself.
        exact: bool,
        /// Where it can be found.
        url: Option<String>,
        /// The terms under which it may be handed on, where they are said.
        licence: Option<String>,
        /// Reliability and credibility on the Admiralty scale, where they are said.
        rating: Option<(String, u8)>,
        /// A remark.
        note: Option<String>,
    },
}

impl Says {
    /// Puts the ids of actors in place of names that a map has.
    pub fn rename(&mut self, map: &BTreeMap<String, String>) {
        let names: Vec<&mut String> = match self {
            Self::Poll { list, .. } => vec![list],
            Self::Violence { sides, .. } => sides.iter_mut().collect(),
            Self::Deed { by, to, .. } => by.iter_mut().chain(to).collect(),
            Self::Result { names, .. } => names.iter_mut().collect(),
            Self::Entity { .. } | Self::Source { .. } => Vec::new(),
        };
        for name in names {
            if let Some(id) = map.get(name) {
                name.clone_from(id);
            }
        }
    }

    /// The country a row is about, as its code and its name, where a table has several.
    #[must_use]
    pub fn country(&self) -> Option<&[String; 2]> {
        match self {
            Self::Result { country, .. } => Some(country),
            _ => None,
        }
    }
}

/// A table that was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The key under which the case would cite it.
    pub key: String,
    /// The name of its file.
    pub file: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub published: Date,
    /// The terms under which it may be handed on, if they are known.
    pub licence: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

fn folder(root: &Path) -> io::Result<PathBuf> {
    Ok(crate::state::of(root)?.join("imports"))
}

/// BLAKE3 of a table's bytes, as hex.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

impl Import {
    /// Keeps it with the state of a case, under a temporary name until it is whole.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn keep(&self, root: &Path) -> io::Result<()> {
        crate::state::made(root)?;
        let folder = folder(root)?;
        std::fs::create_dir_all(&folder)?;
        let (part, whole) =
            (folder.join(format!("{}.part", self.key)), folder.join(format!("{}.json", self.key)));
        std::fs::write(&part, serde_json::to_vec(self)?)?;
        std::fs::rename(part, whole)
    }

    /// What it says of itself as a remark on a source.
    pub(super) fn note(&self) -> String {
        let licence = self.licence.as_deref().unwrap_or("not known");
        format!("licence: {licence}; imported from {}, BLAKE3 {}", self.file, &self.hash[..16])
    }

    /// The names in it that no actor of the case bears, of those that have to be one.
    #[must_use]
    pub fn strangers(&self, case: &Case) -> BTreeSet<&str> {
        let named = self.rows.iter().flat_map(|row| match &row.says {
            Says::Poll { list, .. } => vec![list.as_str()],
            Says::Violence { sides, .. } => sides.iter().map(String::as_str).collect(),
            Says::Deed { by, to, .. } => by.iter().chain(to).map(String::as_str).collect(),
            // One of several names is enough.
            Says::Result { names, .. } if list(case, names).is_some() => Vec::new(),
            Says::Result { names, .. } => names.iter().take(1).map(String::as_str).collect(),
            Says::Entity { .. } | Says::Source { .. } => Vec::new(),
        });
        named.filter(|name| actor(case, name).is_none()).collect()
    }

    fn place(&self, row: &Row) -> Place {
        let (publisher, dated) = match &row.says {
            Says::Source { publisher, published, .. } => (publisher.as_ref(), published),
            _ => (None, &self.published),
        };
        Place {
            source: self.key.clone(),
            document: self.hash.clone(),
            publisher: Some(publisher.unwrap_or(&self.publisher).clone()),
            dated: Some(dated.to_string()),
            rating: None,
            start: row.start,
            end: row.start + row.text.len(),
            quote: row.text.clone(),
            sentence: row.text.clone(),
        }
    }
}

/// The tables that were taken in for a case, in the order of their keys; what an other version of the program kept, and
/// this one cannot read, is none.
pub(super) fn kept(root: &Path) -> Vec<Import> {
    let files = folder(root).and_then(std::fs::read_dir).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    paths
        .iter()
        .filter_map(|path| serde_json::from_slice(&std::fs::read(path).ok()?).ok())
        .collect()
}

/// The one actor of this id or name.
fn actor<'c>(case: &'c Case, name: &str) -> Option<&'c str> {
    let key = name_key(name);
    let bears = |actor: &&crate::actor::Actor| {
        let names = std::iter::once(&actor.name).chain(&actor.short).chain(&actor.aliases);
        actor.id.get_ref() == name || names.into_iter().any(|known| name_key(known) == key)
    };
    let mut found = case.actors.iter().filter(bears);
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one.id.get_ref()),
        _ => None,
    }
}

/// The one actor that bears names of a list; none if they are several.
fn list<'c>(case: &'c Case, names: &[String]) -> Option<&'c str> {
    let known: BTreeSet<&str> = names.iter().filter_map(|name| actor(case, name)).collect();
    known.first().copied().filter(|_| known.len() == 1)
}

/// A proposal resting on one row.
fn new(
    kind: ProposalKind,
    target: String,
    rule: &'static str,
    import: &Import,
    row: &Row,
) -> Proposal {
    let mut new = Proposal::new(kind, target, rule);
    new.places = vec![import.place(row)];
    new.why = format!("line {} of {}, {}", row.line, import.file, import.publisher);
    new.weight = 1;
    new
}

/// Every row that was taken in, with its table.
fn rows<'m>(material: &'m Material<'_>) -> impl Iterator<Item = (&'m Import, &'m Row)> {
    material.imports.iter().flat_map(|import| import.rows.iter().map(move |row| (import, row)))
}

/// Ends of the 95 % interval of a share asked of a sample, in percent (Wilson's); sampling error alone.
pub(super) fn around(percent: f64, sample: u32) -> [f64; 2] {
    const Z: f64 = 1.959_964;
    let (share, n) = (percent / 100.0, f64::from(sample));
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    [middle - half, middle + half].map(|end| (1000.0 * end).round() / 10.0)
}

/// Polls that the case does not have.
pub(super) fn polls(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for import in &material.imports {
        for row in &import.rows {
            let Says::Poll { day, pollster, list, percent, sample } = &row.says else { continue };
            let Some(actor) = actor(material.case, list) else { continue };
            // A pollster in another script has no letters that an id may have.
            let by = match slug(pollster).is_empty() {
                true => crate::outline::id_of(pollster),
                false => pollster.clone(),
            };
            let id = slug(&format!("{by} {day} {actor}"));
            if material.case.polls.iter().any(|poll| *poll.id.get_ref() == id) {
                continue;
            }
            let mut poll =
                new(ProposalKind::Poll, format!("poll.{id}"), "import/polls", import, row);
            poll.title = format!("{pollster}, {day}: {percent} % for {list}");
            poll.actors = vec![actor.to_owned()];
            poll.edits = vec![Edit::AddPoll {
                id,
                date: *day,
                actor: actor.to_owned(),
                percent: *percent,
                range: sample.map(|sample| around(*percent, sample)),
                note: match sample {
                    Some(sample) => {
                        format!("{pollster}, {sample} asked; the range is sampling error alone")
                    }
                    None => format!("{pollster}; how many were asked is not said"),
                },
            }];
            all.push(poll);
        }
    }
    all
}

/// Violence between actors of the case that its history does not have.
pub(super) fn violence(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for import in &material.imports {
        for row in &import.rows {
            let Says::Violence { id, from, to, exact, kind, sides, place, deaths } = &row.says
            else {
                continue;
            };
            let known: Vec<&str> =
                sides.iter().filter_map(|side| actor(material.case, side)).collect();
            let &[a, b] = known.as_slice() else { continue };
            let name = event_id(import, id);
            if material.case.events.iter().any(|event| *event.id.get_ref() == name) {
                continue;
            }
            let [low, best, high] = deaths;
            let mut event =
                new(ProposalKind::Event, format!("event.{name}"), "import/ged", import, row);
            let counted = format!("{best} deaths ({low} to {high})");
            event.title = format!("ASSAULT {from}: {} and {}, {counted}", sides[0], sides[1]);
            event.actors = vec![a.to_owned(), b.to_owned()];
            let days = if *exact || from == to {
                String::new()
            } else {
                format!("; dated {from} to {to}")
            };
            event.edits = vec![Edit::AddEvent {
                id: name,
                date: *from,
                what: format!("{kind} at {place}: {counted}"),
                actors: vec![a.to_owned(), b.to_owned()],
                note: format!("ASSAULT; line {} of {}{days}", row.line, import.file),
            }];
            all.push(event);
        }
    }
    all
}

/// Names of an entity, by whether an actor of the case bears one of them: the actor, and the names.
fn entities<'m>(
    material: &'m Material<'_>,
) -> impl Iterator<Item = (&'m Import, &'m Row, Option<&'m str>, &'m str, &'m [String])> {
    rows(material).filter_map(|(import, row)| match &row.says {
        Says::Entity { kind, names, .. } => {
            let known: BTreeSet<&str> =
                names.iter().filter_map(|name| actor(material.case, name)).collect();
            let known = if known.len() > 1 { return None } else { known.first().copied() };
            Some((import, row, known, kind.as_str(), names.as_slice()))
        }
        _ => None,
    })
}

/// Other names of actors that the case has.
pub(super) fn aliases(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for (import, row, known, _, names) in entities(material) {
        let Some(id) = known else { continue };
        let label = material.case.actor(id).map_or(id, |actor| actor.label());
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for name in names {
            let new_to_all = !material.case.actors.iter().any(|a| {
                let mut names = std::iter::once(&a.name).chain(&a.short).chain(&a.aliases);
                names.any(|known| name_key(known) == name_key(name))
            });
            if !new_to_all || material.judged.on(name, id).is_some() || !seen.insert(name_key(name))
            {
                continue;
            }
            let target = format!("actor.{id}.aliases={name}");
            let mut alias = new(ProposalKind::Alias, target, "import/ftm", import, row);
            alias.title = format!("{label} is also called \"{name}\"");
            alias.actors = vec![id.to_owned()];
            alias.edits = vec![Edit::AddAlias { actor: id.to_owned(), alias: name.clone() }];
            all.push(alias);
        }
    }
    all
}

/// Persons and organisations that the case does not have.
pub(super) fn actors(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for (import, row, known, kind, names) in entities(material) {
        let (None, Some((name, others))) = (known, names.split_first()) else { continue };
        let mut id = slug(name);
        if id.is_empty() {
            // No name in letters that an id may have: that of the table.
            let Says::Entity { id: own, .. } = &row.says else { continue };
            id = slug(own);
        }
        while material.case.actor(&id).is_some() || id.is_empty() {
            id.push_str("-new");
            id = id.trim_start_matches('-').to_owned();
        }
        let mut actor =
            new(ProposalKind::Actor, format!("actor={name}"), "import/ftm", import, row);
        actor.title = format!("\"{name}\" may be an actor");
        actor.edits = vec![Edit::AddActor {
            id,
            name: name.clone(),
            kind: kind.to_owned(),
            aliases: others.to_vec(),
        }];
        all.push(actor);
    }
    all
}

/// The id that an event of a table would have in the case.
fn event_id(import: &Import, id: &str) -> String {
    format!("{}-{}", import.key.split('-').next().unwrap_or("event"), slug(id))
}
