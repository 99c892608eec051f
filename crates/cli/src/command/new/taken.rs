//! What tables of others say for a new case: who stands and with how many votes, who fights, who else there is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use case::outline::{Found, id_of};
use case::proposal::{About, Edit, Import, Row, Says, accept, propose};
use case::{Folder, Proposal, ProposalKind};
use jiff::ToSpan as _;
use jiff::civil::Date;
use tables::import::Format;

use super::super::import::{format_of, rows_of};
use super::super::read::open_store;
use crate::failure::{Failure, at};

/// The tables that a case is begun from.
#[derive(Default)]
pub(super) struct Taken {
    tables: Vec<Read>,
}

struct Read {
    file: PathBuf,
    format: &'static Format,
    hash: String,
    rows: Vec<Row>,
}

/// What the tables say where the command line says nothing.
pub(super) struct Usual {
    pub as_of: Option<Date>,
    pub election: Option<Date>,
    pub seats: Option<u32>,
    pub lists: Vec<String>,
}

/// Sides of fights that become actors: those with most deaths.
const FIGHTERS: usize = 6;
/// Events that are written into the history; earlier ones wait as proposals.
const EVENTS: usize = 200;
/// What is proposed, in the order in which one rests on the other.
const ORDER: [ProposalKind; 6] = [
    ProposalKind::Actor,
    ProposalKind::Alias,
    ProposalKind::Source,
    ProposalKind::Result,
    ProposalKind::Poll,
    ProposalKind::Event,
];

/// The day of a row, if it has one.
fn day(says: &Says) -> Option<Date> {
    match says {
        Says::Poll { day, .. } => Some(*day),
        Says::Violence { to, .. } => Some(*to),
        Says::Deed { date, .. } | Says::Result { date, .. } => Some(*date),
        Says::Source { published, .. } => Some(*published),
        Says::Entity { .. } => None,
    }
}

/// The day of a proposed event.
fn happened(proposal: &Proposal) -> Option<Date> {
    proposal.edits.iter().find_map(|edit| match edit {
        Edit::AddEvent { date, .. } => Some(*date),
        _ => None,
    })
}

/// A list in an election: its names, its share in percent and its seats.
struct Stood<'t> {
    names: &'t [String],
    percent: Option<f64>,
    seats: Option<u32>,
}

impl Taken {
    /// Reads tables, each of whatever kind it looks like, as far as a day.
    pub fn read(
        files: &[PathBuf],
        country: Option<&str>,
        as_of: Option<Date>,
    ) -> Result<Self, Failure> {
        let mut tables = Vec::new();
        for file in files {
            let format = format_of(file)?;
            let (hash, mut rows) = rows_of(file, format, country)?;
            rows.retain(|row| {
                as_of.is_none_or(|as_of| day(&row.says).is_none_or(|day| day <= as_of))
            });
            tables.push(Read { file: file.clone(), format, hash, rows });
        }
        Ok(Self { tables })
    }

    fn says(&self) -> impl Iterator<Item = &Says> {
        self.tables.iter().flat_map(|table| table.rows.iter().map(|row| &row.says))
    }

    /// The last election, with the lists that won seats in it (or two in a hundred votes, where seats are not known).
    fn last_election(&self) -> Option<(Date, Option<u32>, Vec<Stood<'_>>)> {
        let results = || {
            self.says().filter_map(|says| match says {
                Says::Result { date, names, percent, seats, of, .. } => {
                    let (percent, seats) = (*percent, *seats);
                    Some((*date, *of, Stood { names, percent, seats }))
                }
                _ => None,
            })
        };
        let last = results().map(|(date, ..)| date).max()?;
        let of = results().filter(|(date, ..)| *date == last).find_map(|(_, of, _)| of);
        let mut lists: Vec<Stood<'_>> = results()
            .filter(|(date, ..)| *date == last)
            .map(|(.., stood)| stood)
            .filter(|stood| stood.seats.map_or(stood.percent >= Some(2.0), |seats| seats > 0))
            .collect();
        lists.sort_by(|a, b| b.percent.unwrap_or(0.0).total_cmp(&a.percent.unwrap_or(0.0)));
        let mut seen = BTreeSet::new();
        lists.retain(|stood| seen.insert(id_of(&stood.names[0])));
        Some((last, of, lists))
    }

    /// The last poll of every list.
    fn polls(&self) -> BTreeMap<&str, (Date, f64)> {
        let mut last: BTreeMap<&str, (Date, f64)> = BTreeMap::new();
        for says in self.says() {
            let Says::Poll { day, list, percent, .. } = says else { continue };
            let known = last.entry(list).or_insert((*day, *percent));
            if *day >= known.0 {
                *known = (*day, *percent);
            }
        }
        last
    }

    /// What the tables say of what is asked for.
    pub fn usual(&self) -> Usual {
        let as_of = self.says().filter_map(day).max();
        let last = self.last_election();
        let lists = match &last {
            Some((.., lists)) if lists.len() > 1 => {
                lists.iter().map(|stood| stood.names[0].clone()).collect()
            }
            _ => self.polls().into_keys().map(str::to_owned).collect(),
        };
        let after = |last: Date| {
            // Four years is what most assemblies sit.
            let mut next = last;
            while as_of.is_some_and(|as_of| next <= as_of) || next == last {
                next = next.checked_add(4.years()).ok()?;
            }
            Some(next)
        };
        let soon = || as_of?.checked_add(90.days()).ok();
        Usual {
            as_of,
            election: last.as_ref().and_then(|(day, ..)| after(*day)).or_else(soon),
            seats: last.and_then(|(_, of, _)| of),
            lists,
        }
    }

    /// What goes into the case's own files.
    pub fn found(&self, state: &str, lists: &[String]) -> Found {
        let mut found = Found::default();
        let is = |name: &str, list: &String| id_of(name) == id_of(list);
        if let Some((day, _, stood)) = self.last_election() {
            for one in stood {
                let Some(list) = lists.iter().find(|list| one.names.iter().any(|n| is(n, list)))
                else {
                    continue;
                };
                // A letter alone would be found in any text.
                let longer = |name: &&String| *name != list && name.chars().count() > 1;
                let others = one.names.iter().filter(longer).cloned();
                found.aliases.entry(list.clone()).or_default().extend(others);
                if let Some(percent) = one.percent {
                    let why = format!("to be replaced: its share on {day}");
                    found.shares.insert(list.clone(), (percent / 100.0, why));
                }
            }
        }
        // The later of two polls that name one list otherwise comes last, and stands.
        let mut polls: Vec<_> = self.polls().into_iter().collect();
        polls.sort_by_key(|(_, (day, _))| *day);
        for (name, (day, percent)) in polls {
            let aliases = &found.aliases;
            let bears = |list: &&String| {
                let others = aliases.get(*list).into_iter().flatten();
                std::iter::once(*list).chain(others).any(|known| is(name, known))
            };
            if let Some(list) = lists.iter().find(bears) {
                let why = format!("to be replaced: its share in the poll of {day}");
                found.shares.insert(list.clone(), (percent / 100.0, why));
            }
        }
        self.fights(state, lists, &mut found);
        found
    }

    /// Who fights, and how many die of it each year.
    fn fights(&self, state: &str, lists: &[String], found: &mut Found) {
        let mut deaths: BTreeMap<&str, u64> = BTreeMap::new();
        for says in self.says() {
            let Says::Violence { sides, deaths: [_, best, _], from, .. } = says else { continue };
            *found.deaths.entry(from.year()).or_default() += u64::from(*best);
            for side in sides {
                *deaths.entry(side).or_default() += u64::from(*best);
            }
        }
        if let (Some(first), Some(last)) =
            (found.deaths.keys().next().copied(), found.deaths.keys().last().copied())
        {
            // A year between without a row is a year without deaths.
            for year in first..=last {
                found.deaths.entry(year).or_default();
            }
        }
        let mut sides: Vec<(&str, u64)> = deaths.into_iter().collect();
        sides.sort_by_key(|(_, deaths)| std::cmp::Reverse(*deaths));
        for (side, _) in sides {
            let known =
                lists.iter().chain([&state.to_owned()]).any(|name| id_of(name) == id_of(side));
            if side.starts_with("Government of ") {
                if side.contains(state) {
                    found.aliases.entry(state.to_owned()).or_default().push(side.to_owned());
                }
            } else if !known && side != "Civilians" && found.factions.len() < FIGHTERS {
                found.factions.push(side.to_owned());
            }
        }
    }

    /// Keeps the tables beside a new case and accepts what they propose, so that each of it cites its row. Says what was
    /// taken over.
    pub fn accept(&self, root: &Path, as_of: Date) -> Result<Vec<String>, Failure> {
        for table in &self.tables {
            let file = table
                .file
                .file_name()
                .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let publisher = table.format.publisher.map_or("to be replaced", |name| name);
            let import = Import {
                key: format!("{}-{}", table.format.name, &table.hash[..8]),
                title: file.clone(),
                publisher: publisher.to_owned(),
                published: as_of,
                licence: table.format.licence.map(str::to_owned),
                url: None,
                file,
                hash: table.hash.clone(),
                rows: table.rows.clone(),
            };
            import.keep(root)?;
        }
        let store = open_store(root, None)?;
        let about = About {
            by: Some("shatterbelt new".to_owned()),
            on: Some(as_of),
            why: Some("the case was begun from this table".to_owned()),
            ..About::default()
        };
        let mut lines = Vec::new();
        for kind in ORDER {
            let folder = Folder::read(root)?;
            let case = study::opening::built(&folder, Some(Date::MAX))?;
            let mut all = propose(&case, &folder, &store)?;
            all.retain(|proposal| proposal.kind == kind);
            if kind == ProposalKind::Event {
                all.sort_by_key(|proposal| std::cmp::Reverse(happened(proposal)));
                all.truncate(EVENTS);
            }
            if all.is_empty() {
                continue;
            }
            let ids: Vec<String> = all.into_iter().map(|proposal| proposal.id).collect();
            accept(root, &store, &ids, &about, as_of).map_err(at(root))?;
            lines.push(format!("  {} × {}", ids.len(), kind.word()));
        }
        Ok(lines)
    }
}
