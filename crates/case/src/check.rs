//! What a sound case must hold beyond what its entries say by themselves: references that reach something, seats that
//! sum, quotes that stand in their documents. What only deserves a look is in `care.rs`.

use std::collections::{BTreeMap, BTreeSet};

use entry::Written;
use toml::Spanned;

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::folder::{Folder, read_document};
use crate::institution::StageKind;

pub(crate) mod care;
mod choices;
mod elections;
mod laws;

mod motion;

/// The ids there are, to look one up in.
type Names<'a> = BTreeSet<&'a str>;

fn names<'a, T: 'a>(
    all: impl IntoIterator<Item = &'a T>,
    id: impl Fn(&'a T) -> &'a Spanned<String>,
) -> Names<'a> {
    all.into_iter().map(|entry| id(entry).get_ref().as_str()).collect()
}

struct Checker<'a> {
    case: &'a Case,
    actors: BTreeSet<&'a str>,
    /// Actors that exist in the files but not on this date.
    absent: BTreeSet<&'a str>,
    /// What cannot be known on this date, by path.
    hidden: BTreeSet<&'a str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn fault(&mut self, fault: Diagnostic) {
        self.findings.push(fault);
    }

    fn actor(&mut self, id: &Spanned<String>) {
        let name = id.get_ref().as_str();
        if self.actors.contains(name) || self.absent.contains(name) {
            return;
        }
        let fault = Diagnostic::error("actor", id.span(), format!("\"{name}\": no such actor"))
            .nearest(name, self.actors.iter().copied());
        self.fault(fault);
    }

    fn one_of(&mut self, what: &'static str, id: &Spanned<String>, names: &Names<'_>) {
        let name = id.get_ref().as_str();
        if !names.contains(name) && !self.hidden.contains(format!("{what}.{name}").as_str()) {
            let message = format!("\"{name}\": no such {what}");
            let fault = Diagnostic::error(what, id.span(), message);
            self.fault(fault.nearest(name, names.iter().copied()));
        }
    }

    /// Bounds that are no matter of the field alone.
    fn within(&mut self, what: &str, estimate: &Written, bounds: (f64, f64)) {
        crate::statement::within(estimate, what, bounds, self.findings);
    }
}

/// Checks a typed case; `keys` are all source keys of the files, known yet or not.
pub(crate) fn check(case: &Case, folder: &Folder, keys: &[String], findings: &mut Vec<Diagnostic>) {
    let hidden = case.hidden.iter().filter_map(|h| h.strip_prefix("actor."));
    let mut checker = Checker {
        case,
        actors: case.actors.iter().map(|a| a.id.get_ref().as_str()).collect(),
        absent: hidden.chain(case.aside.departed.iter().map(|(id, _)| id.as_str())).collect(),
        hidden: case.hidden.iter().map(String::as_str).collect(),
        findings,
    };
    sources(&mut checker, folder, keys);
    actors_and_ties(&mut checker);
    institutions(&mut checker);
    elections::elections(&mut checker);
    politics(&mut checker);
    choices::choices(&mut checker);
    motion::motion(&mut checker);
    checker.findings.extend(crate::question::gathered(&folder.map).faults);
    crate::judgement::check(case, checker.findings);
    crate::proposal::check(folder, checker.findings);
}

fn sources(checker: &mut Checker<'_>, folder: &Folder, keys: &[String]) {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for source in &checker.case.sources {
        if !(1..=6).contains(source.credibility.get_ref()) {
            let message = "credibility is a number from 1 (confirmed) to 6 (cannot be judged)";
            checker.findings.push(Diagnostic::error("rating", source.credibility.span(), message));
        }
        if let Some(copied) = &source.copies
            && keys.binary_search(copied.get_ref()).is_err()
        {
            let message = format!("source \"{}\": no such source", copied.get_ref());
            checker.findings.push(
                Diagnostic::error("source", copied.span(), message)
                    .nearest(copied.get_ref(), keys.iter().map(String::as_str)),
            );
        }
        let Some(document) = &source.document else {
            continue;
        };
        match folder.documents.get(document.get_ref()) {
            None => {
                let message = format!("\"{}\": no such document in the folder", document.get_ref());
                let names = folder.documents.keys().map(String::as_str);
                checker.findings.push(
                    Diagnostic::error("document", document.span(), message)
                        .nearest(document.get_ref(), names),
                );
            }
            Some(path) => match folder
                .to_come
                .get(document.get_ref())
                .cloned()
                .map_or_else(|| read_document(path), Ok)
            {
                Ok(text) => {
                    texts.insert(source.key.get_ref(), text);
                }
                Err(error) => checker.findings.push(Diagnostic::error(
                    "document",
                    document.span(),
                    error.fault.to_string(),
                )),
            },
        }
    }
    for belief in checker.case.beliefs.iter().chain(&checker.case.aside.beliefs) {
        let Some(quote) = &belief.quote else { continue };
        // The quote may be from a source that is not out yet; a source at fault has its own finding.
        if belief.withheld || belief.sources.iter().any(|key| checker.case.source(key).is_none()) {
            continue;
        }
        let mut cited = belief.sources.iter().filter_map(|k| texts.get(k.as_str()));
        if !cited.any(|text| text.contains(quote.as_str())) {
            let message = "the quote is not in the document of its source";
            checker.findings.push(
                Diagnostic::error("quote", belief.spot.clone(), message)
                    .hint("copy the words from the document, or give the source a document"),
            );
        }
    }
}

fn actors_and_ties(checker: &mut Checker<'_>) {
    let case = checker.case;
    let mut played = BTreeSet::new();
    for process in &case.head.processes {
        if !played.insert(process.get_ref()) {
            let message = format!("\"{}\" is in play twice", process.get_ref());
            checker
                .fault(Diagnostic::error("process", process.span(), message).hint("name it once"));
        }
    }
    checker.actor(&case.head.state);
    for id in &case.head.focus {
        checker.actor(id);
    }
    for tie in &case.ties {
        checker.actor(&tie.from);
        checker.actor(&tie.to);
        if tie.from.get_ref() == tie.to.get_ref() {
            let message = format!("\"{}\" cannot have a tie with itself", tie.to.get_ref());
            checker.fault(
                Diagnostic::error("tie", tie.to.span(), message)
                    .hint("an actor's hold on itself is its autonomy"),
            );
        }
        if !case.channels.contains_key(&tie.channel) {
            let message = format!("channel \"{}\" has no weight", tie.channel.name());
            checker.fault(
                Diagnostic::error("channel", tie.to.span(), message)
                    .hint("give it an estimate in [channels]"),
            );
        }
        if case.actor(tie.to.get_ref()).is_some_and(|a| a.autonomy.is_none()) {
            let message = format!("\"{}\" is pulled on but has no autonomy", tie.to.get_ref());
            checker.fault(
                Diagnostic::error("autonomy", tie.to.span(), message)
                    .hint("add an autonomy estimate to the actor"),
            );
        }
    }
    for wing in &case.wings {
        checker.actor(&wing.faction);
        checker.actor(&wing.list);
    }
    for membership in &case.memberships {
        checker.actor(&membership.actor);
        checker.actor(&membership.bloc);
    }
    for estimate in case.channels.values() {
        checker.within("a channel's weight", estimate, (0.0, 1e3));
    }
    successions(checker);
}

/// An actor goes on under another name as one actor: who goes before it is another, and has no other heir.
fn successions(checker: &mut Checker<'_>) {
    let case = checker.case;
    let mut heirs: BTreeMap<&str, &str> = BTreeMap::new();
    for actor in &case.actors {
        let Some(before) = &actor.succeeds else { continue };
        let id = actor.id.get_ref().as_str();
        checker.actor(before);
        if let Some(other) = heirs.insert(before.get_ref(), id) {
            let message = format!("\"{}\" is succeeded by both {other} and {id}", before.get_ref());
            checker.fault(
                Diagnostic::error("succeeds", before.span(), message)
                    .hint("name it of one; an actor that broke up has no successor"),
            );
        }
    }
    for actor in &case.actors {
        let Some(before) = &actor.succeeds else { continue };
        let first = actor.id.get_ref().as_str();
        let next = |id: &str| case.actor(id)?.succeeds.as_ref().map(|s| s.get_ref().as_str());
        let mut now = Some(before.get_ref().as_str());
        for _ in 0..case.actors.len() {
            match now {
                Some(id) if id == first => {
                    let message = format!("\"{first}\" comes before itself");
                    checker.fault(
                        Diagnostic::error("succeeds", before.span(), message)
                            .hint("name the actor that went before it"),
                    );
                    break;
                }
                Some(id) => now = next(id),
                None => break,
            }
        }
    }
}

fn institutions(checker: &mut Checker<'_>) {
    let case = checker.case;
    let bodies = names(&case.bodies, |b| &b.id);
    checker.one_of("body", &case.head.body, &bodies);
    let offices = names(&case.offices, |o| &o.id);
    for stage in &case.stages {
        match &stage.office {
            Some(office) => checker.one_of("office", office, &offices),
            None if matches!(stage.kind, StageKind::Elect | StageKind::Confidence) => {
                let message = format!("stage \"{}\" fills no office", stage.id.get_ref());
                checker.fault(
                    Diagnostic::error("stage", stage.id.span(), message).hint("add office = \"…\""),
                );
            }
            None => {}
        }
    }
}

fn politics(checker: &mut Checker<'_>) {
    let case = checker.case;
    let issues = names(&case.issues, |i| &i.id);
    for position in &case.positions {
        checker.actor(&position.actor);
        checker.one_of("issue", &position.issue, &issues);
    }
    for event in &case.events {
        for actor in &event.actors {
            checker.actor(actor);
        }
    }
}
