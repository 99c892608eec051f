//! Where two runs under the same luck part: the first entry that differs, why, and what it leads to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;
use simulate::journal::{Cause, Entry, EntryId};
use simulate::{Model, Played};

/// A belief that counts in one run at another value than in the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// Its path in the case.
    pub path: String,
    /// Its value in the base; none where the base does not have it or does not read it there.
    pub base: Option<f64>,
    /// Its value in the scenario, likewise.
    pub scenario: Option<f64>,
}

/// Where two runs part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parting {
    /// How many entries say the same in both before it.
    pub alike: usize,
    /// The first entry that read another value but says the same, if one comes before.
    pub first_touched: Option<usize>,
    /// The first entry of the base that differs; none if only the scenario says something here.
    pub base: Option<EntryId>,
    /// The first entry of the scenario that differs; none if only the base says something here.
    pub scenario: Option<EntryId>,
    /// The beliefs behind these entries that differ in value.
    pub changed: Vec<Changed>,
    /// In the base, the entries by which the outcome hangs on this one, the shortest way; empty if it does not.
    pub base_chain: Vec<EntryId>,
    /// The same in the scenario.
    pub scenario_chain: Vec<EntryId>,
}

/// Where a run under a scenario parts from the same run of the base; none if no entry differs.
///
/// Entries are held against each other in order: they are alike if day, process and words are. If one side has an
/// entry that the other brings later, or never, that side alone has something to say. Beliefs are held against each
/// other by their paths, as a scenario may add some.
#[must_use]
pub fn parting(base: (&Model<'_>, &Played), scenario: (&Model<'_>, &Played)) -> Option<Parting> {
    let (old, new) = (&base.1.journal, &scenario.1.journal);
    let alike = old.iter().zip(new).take_while(|(a, b)| says(a) == says(b)).count();
    let (first_old, first_new) = (old.get(alike), new.get(alike));
    if first_old.is_none() && first_new.is_none() {
        return None;
    }
    let comes = |entry: Option<&Entry>, among: &[Entry]| {
        entry.is_some_and(|e| among.iter().skip(alike).any(|other| says(other) == says(e)))
    };
    let (mut a, mut b) = (first_old, first_new);
    match (comes(first_old, new), comes(first_new, old)) {
        (true, false) => a = None,
        (false, true) => b = None,
        _ => {}
    }
    let values = |model: &Model<'_>, journal: &[Entry], from: Option<&Entry>| {
        from.map_or_else(BTreeMap::new, |e| beliefs(model, journal, e))
    };
    let (before, after) = (values(base.0, old, a), values(scenario.0, new, b));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = (paths.into_iter())
        .map(|path| Changed {
            path: path.clone(),
            base: before.get(path).copied().or_else(|| value(base, path)),
            scenario: after.get(path).copied().or_else(|| value(scenario, path)),
        })
        .filter(|c| c.base != c.scenario)
        .collect();
    let touched = |at: &usize| beliefs_of(base.0, &old[*at]) != beliefs_of(scenario.0, &new[*at]);
    Some(Parting {
        alike,
        first_touched: (0..alike).find(touched),
        base: a.map(|e| e.id),
        scenario: b.map(|e| e.id),
        changed,
        base_chain: a.map_or_else(Vec::new, |e| chain(old, e.id)),
        scenario_chain: b.map_or_else(Vec::new, |e| chain(new, e.id)),
    })
}

/// A parting told: both sides of the first entry that differs, what else they read, and the way to the outcome.
#[must_use]
pub fn tell(base: (&Model<'_>, &Played), scenario: (&Model<'_>, &Played)) -> Vec<String> {
    let Some(parting) = parting(base, scenario) else {
        return vec!["No entry differs: the two runs tell the same story.".to_owned()];
    };
    let mut lines = vec![format!("The first {} entries say the same.", parting.alike)];
    let journals = [&base.1.journal, &scenario.1.journal];
    if let Some(entry) = parting.first_touched.and_then(|at| journals[0].get(at)) {
        lines.push(format!(
            "[{}] {}  reads another value already, and comes out the same: {}",
            entry.id, entry.day, entry.what
        ));
    }
    let sides = [("base", parting.base), ("scenario", parting.scenario)];
    lines.push(String::new());
    for ((side, at), journal) in sides.iter().zip(journals) {
        lines.push(match at.and_then(|at| journal.get(at.place())) {
            Some(e) => format!("{side:>8}  [{}] {}  {:<10} {}", e.id, e.day, e.process, e.what),
            None => format!("{side:>8}  nothing"),
        });
    }
    lines.push(String::new());
    let shown = |v: Option<f64>| v.map_or_else(|| "not read".to_owned(), |v| format!("{v:.3}"));
    for changed in &parting.changed {
        lines.push(format!(
            "because  {} is {} in the base, {} in the scenario",
            changed.path,
            shown(changed.base),
            shown(changed.scenario)
        ));
    }
    if parting.changed.is_empty() {
        lines.push(
            "because  an entry before it is not there; no belief behind it differs".to_owned(),
        );
    }
    let chains = [("base", &parting.base_chain), ("scenario", &parting.scenario_chain)];
    for (((side, chain), (_, at)), journal) in chains.iter().zip(sides).zip(journals) {
        if at.is_none() {
            continue;
        }
        lines.push(String::new());
        lines.push(match chain.is_empty() {
            true => format!("In the {side} the outcome does not hang on it."),
            false => format!("In the {side} it leads to:"),
        });
        for entry in chain.iter().filter_map(|at| journal.get(at.place())) {
            lines.push(format!("    [{}] {}  {}", entry.id, entry.day, entry.what));
        }
    }
    lines.push(String::new());
    lines.extend(ends(base, scenario));
    lines
}

/// How the two runs end.
fn ends(base: (&Model<'_>, &Played), scenario: (&Model<'_>, &Played)) -> Vec<String> {
    let head = |(model, told): (&Model<'_>, &Played)| {
        let of = told.outcome.head.and_then(|h| model.case.candidates.get(usize::from(h)));
        match (of, told.outcome.days) {
            (Some(person), Some(days)) => format!("{} after {days} days", person.name),
            _ => "no government inside the window".to_owned(),
        }
    };
    let (a, b) = (head(base), head(scenario));
    if a == b {
        return vec![format!("Both end with: {a}.")];
    }
    vec![format!("    base ends with: {a}"), format!("scenario ends with: {b}")]
}

fn says(entry: &Entry) -> (jiff::civil::Date, &str, &str) {
    (entry.day, entry.process, &entry.what)
}

/// The beliefs that an entry read, by path.
fn beliefs_of(model: &Model<'_>, entry: &Entry) -> BTreeMap<String, f64> {
    let read = entry.causes.iter().filter_map(|cause| match cause {
        Cause::Belief { id, value } => Some((model.case.beliefs.get(*id)?.path.clone(), *value)),
        _ => None,
    });
    read.collect()
}

/// The beliefs behind an entry and all that it hangs on, by path.
fn beliefs(model: &Model<'_>, journal: &[Entry], entry: &Entry) -> BTreeMap<String, f64> {
    let (mut all, mut seen, mut next) = (BTreeMap::new(), BTreeSet::new(), vec![entry.id]);
    while let Some(id) = next.pop() {
        if let Some(entry) = journal.get(id.place()).filter(|_| seen.insert(id)) {
            all.extend(beliefs_of(model, entry));
            next.extend(earlier(entry));
        }
    }
    all
}

/// The value of a belief anywhere in a run's journal.
fn value(run: (&Model<'_>, &Played), path: &str) -> Option<f64> {
    let id = run.0.case.beliefs.iter().position(|b| b.path == path)?;
    run.1.journal.iter().flat_map(|e| &e.causes).find_map(|cause| match cause {
        Cause::Belief { id: read, value } if *read == id => Some(*value),
        _ => None,
    })
}

fn earlier(entry: &Entry) -> impl Iterator<Item = EntryId> + '_ {
    entry.causes.iter().filter_map(|cause| match cause {
        Cause::Entry { id } => Some(*id),
        _ => None,
    })
}

/// The entries from one to the last of the process that ends the story (the forming of a government, or else the last
/// entry of all), each a cause of the next, in the fewest steps; empty if there is no such way.
fn chain(journal: &[Entry], from: EntryId) -> Vec<EntryId> {
    let ends = |e: &&Entry| e.process == simulate::process::formation::NAME;
    let Some(end) = journal.iter().rev().find(ends).or(journal.last()) else { return Vec::new() };
    let mut leads: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    let mut next = VecDeque::from([end.id]);
    while let Some(id) = next.pop_front() {
        if id == from {
            let mut way = vec![id];
            while let Some(after) = way.last().and_then(|at| leads.get(at)) {
                way.push(*after);
            }
            return way;
        }
        for cause in journal.get(id.place()).into_iter().flat_map(earlier) {
            if cause != end.id && !leads.contains_key(&cause) {
                leads.insert(cause, id);
                next.push_back(cause);
            }
        }
    }
    Vec::new()
}
