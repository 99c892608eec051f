//! What a careful author would look at again: nothing here stops a run.

use std::collections::{BTreeMap, BTreeSet};

use entry::Shape;
use jiff::civil::Date;
use toml::de::DeValue;

use crate::ballot::in_force;
use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::estimate::Belief;
use crate::folder::Folder;
use crate::source::Reliability;
use crate::tree::{Kind, Node, Tree};

/// Days after which a value that nobody looked at is stale, if the case says nothing.
const STALE_AFTER: u32 = 365;

/// Adds warnings about a case that has been built.
pub(crate) fn care(case: &Case, folder: &Folder, findings: &mut Vec<Diagnostic>) {
    for belief in &case.beliefs {
        findings.extend(stale(case, belief));
        findings.extend(width(belief));
        findings.extend(single_source(case, belief));
    }
    for (spot, who, until) in &case.aside.dangling {
        let message = format!("\"{who}\" ceased to be on {until}, but this has no end");
        let fault = Diagnostic::warning("ended", spot.clone(), message);
        findings.push(fault.hint("add until = DATE"));
    }
    for dispute in case.disputes.iter().filter(|d| d.judged.is_none()) {
        let message = format!("dispute \"{}\" is left open", dispute.id.get_ref());
        let fault = Diagnostic::warning("dispute", dispute.id.span(), message);
        findings.push(fault.hint("add judged = \"what you make of it\""));
    }
    result_seats(case, findings);
    // What is not known is drawn: a vote that was held stands in runs as one to come.
    if let Some(contest) = case.contest.as_ref().filter(|c| *c.date.get_ref() <= case.as_of) {
        let (day, id) = (contest.date.get_ref(), contest.id.get_ref());
        let message = format!(
            "contest \"{id}\" was held on {day}, and no result of it is known on {}",
            case.as_of
        );
        let fault = Diagnostic::warning("uncounted", contest.date.span(), message);
        findings.push(fault.hint(
            "add its rows to result.csv, or ask as of an earlier day; till then runs draw it",
        ));
    }
    for question in crate::question::gathered(&folder.map).questions {
        if question.class.is_none() && question.no_class.is_none() {
            let message =
                format!("question \"{}\" names no reference class", question.id.get_ref());
            let fault = Diagnostic::warning("class", question.id.span(), message);
            findings.push(fault.hint(
                "add class = { of = \"…\" }, or no_class = \"why none answers it\" (docs/questions.md)",
            ));
        }
    }
    orphans(case, folder, findings);
}

/// Whether a belief, or every dated source of it, was last looked at longer ago than the case allows.
#[must_use]
pub(crate) fn is_stale(case: &Case, belief: &Belief) -> Option<Date> {
    let of_sources = || belief.sources.iter().filter_map(|k| case.source(k)?.checked).max();
    let looked = belief.checked.or_else(of_sources)?;
    let after = case.head.stale_after.as_ref().map_or(STALE_AFTER, |n| *n.get_ref());
    let days = case.as_of.since(looked).ok()?.get_days();
    (i64::from(days) > i64::from(after)).then_some(looked)
}

fn stale(case: &Case, belief: &Belief) -> Option<Diagnostic> {
    let looked = is_stale(case, belief)?;
    let message = format!("{} was last looked at on {looked}", belief.path);
    let fault = Diagnostic::warning("stale", belief.spot.clone(), message);
    Some(fault.hint("look again and set checked to the day you did"))
}

/// Ranges that say nothing, and values that claim to be exact without being a rule or a count.
fn width(belief: &Belief) -> Option<Diagnostic> {
    let (low, high) = (belief.low, belief.high);
    let wide = match belief.unit.as_deref() {
        Some("share" | "probability" | "position") => high - low > 0.9,
        Some("scale") => high - low > 1.8,
        Some("percent") => high - low > 90.0,
        _ => low > 0.0 && high / low > 100.0,
    };
    if wide {
        let message = format!("{}: {low} to {high} leaves nearly everything open", belief.path);
        let fault = Diagnostic::warning("wide", belief.spot.clone(), message);
        return Some(fault.hint("narrow it, or leave the number out"));
    }
    let fixed = belief.judged.as_deref().is_some_and(|why| why.starts_with("set by scenario"));
    if low == high && belief.shape == Shape::Constant && !belief.exact && !fixed {
        let message = format!("{} is a point without a range", belief.path);
        let fault = Diagnostic::warning("point", belief.spot.clone(), message);
        return Some(
            fault.hint("add low and high, or shape = \"constant\" if it is known exactly"),
        );
    }
    None
}

/// A number that rests on one source alone; copies of one source are one. A confirmed record (A 1) needs no second.
fn single_source(case: &Case, belief: &Belief) -> Option<Diagnostic> {
    if belief.judged.is_some() || belief.sources.is_empty() {
        return None;
    }
    let origin = |key: &String| {
        let copied = case.source(key).and_then(|s| s.copies.as_ref());
        copied.map_or_else(|| key.clone(), |c| c.get_ref().clone())
    };
    let origins: BTreeSet<String> = belief.sources.iter().map(origin).collect();
    let confirmed = |key: &String| {
        let source = case.source(key);
        source.is_some_and(|s| s.reliability == Reliability::A && *s.credibility.get_ref() == 1)
    };
    if origins.len() > 1 || belief.sources.iter().any(confirmed) {
        return None;
    }
    let message = format!("{} rests on one source alone", belief.path);
    Some(Diagnostic::warning("single-source", belief.spot.clone(), message))
}

/// National results whose seats are more or fewer than the assembly of their day had.
fn result_seats(case: &Case, findings: &mut Vec<Diagnostic>) {
    let mut sums: BTreeMap<(&str, Date), (u32, bool, usize)> = BTreeMap::new();
    for result in case.results.iter().filter(|r| r.district.is_none()) {
        let key = (result.election.get_ref().as_str(), result.date);
        let sum = sums.entry(key).or_insert((0, true, result.election.span().start));
        sum.0 = sum.0.saturating_add(result.seats.unwrap_or(0));
        sum.1 &= result.seats.is_some();
    }
    for ((election, date), (sum, complete, at)) in sums {
        let assembly = in_force(case.assemblies(), date);
        // Without dates nobody knows whether an older assembly was as large.
        let dated = case.assemblies().any(|a| a.from.is_some());
        let last = case.last_result() == Some(date);
        let Some(assembly) = assembly.filter(|_| complete && (dated || last)) else { continue };
        let seats = *assembly.seats.get_ref();
        if sum != seats {
            let message =
                format!("the results of \"{election}\" have {sum} seats, the assembly has {seats}");
            findings.push(Diagnostic::warning("sum", at..at, message));
        }
    }
}

/// Actors, issues, sources and places that nothing else names.
fn orphans(case: &Case, folder: &Folder, findings: &mut Vec<Diagnostic>) {
    let tree = Tree::parse(&folder.map, &folder.patch_bases(), &folder.rows, &mut Vec::new());
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (name, kind) in &tree.kinds {
        match kind {
            Kind::Table(node) => strings(node, "", &mut used),
            Kind::Entries(nodes) => {
                let own = if name == "source" { "key" } else { "id" };
                nodes.iter().for_each(|node| strings(node, own, &mut used));
            }
        }
    }
    for patch in &folder.patches {
        // A scenario may use what the case itself does not.
        used.extend(patch.text.split(|c: char| !(c.is_alphanumeric() || c == '-')));
    }
    let mut orphan = |what: &str, id: &toml::Spanned<String>| {
        if !used.contains(id.get_ref().as_str()) {
            let message = format!("nothing in the case uses {what} \"{}\"", id.get_ref());
            findings.push(Diagnostic::warning("orphan", id.span(), message));
        }
    };
    case.actors.iter().for_each(|a| orphan("actor", &a.id));
    case.issues.iter().for_each(|i| orphan("issue", &i.id));
    case.places.iter().for_each(|p| orphan("place", &p.id));
    case.sources.iter().filter(|s| s.document.is_none()).for_each(|s| orphan("source", &s.key));
}

/// Every text below a node but the entry's own id.
fn strings<'a>(node: &'a Node<'a>, own: &str, into: &mut BTreeSet<&'a str>) {
    match node.get_ref() {
        DeValue::String(text) => {
            into.insert(text);
        }
        DeValue::Array(all) => all.iter().for_each(|item| strings(item, "", into)),
        DeValue::Table(table) => {
            for (name, value) in table {
                if name.get_ref() != own {
                    strings(value, "", into);
                }
            }
        }
        _ => {}
    }
}
