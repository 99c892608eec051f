//! What a sound case must hold beyond its types: references that reach something, numbers within their
//! bounds, seats that sum, quotes that stand in their documents. What only deserves a look is in `care.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use toml::Spanned;

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::estimate::Estimate;
use crate::folder::{Folder, read_document};
use crate::institution::StageKind;

pub(crate) mod care;
mod elections;

mod motion;

/// An estimate's bounds, by what it is.
const SHARE: RangeInclusive<f64> = 0.0..=1.0;

struct Checker<'a> {
    case: &'a Case,
    actors: BTreeSet<&'a str>,
    /// Actors that exist in the files but not on this date.
    absent: BTreeSet<&'a str>,
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

    fn one_of(&mut self, what: &'static str, id: &Spanned<String>, names: &[&str]) {
        let name = id.get_ref().as_str();
        let known = |hidden: &String| hidden.strip_prefix(what) == Some(&format!(".{name}"));
        if !names.contains(&name) && !self.case.hidden.iter().any(known) {
            let message = format!("\"{name}\": no such {what}");
            let fault = Diagnostic::error(what, id.span(), message);
            self.fault(fault.nearest(name, names.iter().copied()));
        }
    }

    fn within(&mut self, what: &str, estimate: &Estimate, bounds: &RangeInclusive<f64>) {
        let out = estimate.dated.iter().any(|d| {
            [Some(d.value), d.low, d.high].into_iter().flatten().any(|v| !bounds.contains(&v))
        });
        if out {
            let message =
                format!("{what} must lie between {} and {}", bounds.start(), bounds.end());
            self.fault(Diagnostic::error("bounds", estimate.spot.clone(), message));
        }
    }
}

/// Checks a typed case; `keys` are all source keys of the files, known yet or not.
pub(crate) fn check(case: &Case, folder: &Folder, keys: &[String], findings: &mut Vec<Diagnostic>) {
    let hidden = case.hidden.iter().filter_map(|h| h.strip_prefix("actor."));
    let mut checker = Checker {
        case,
        actors: case.actors.iter().map(|a| a.id.get_ref().as_str()).collect(),
        absent: hidden.chain(case.aside.departed.iter().map(|(id, _)| id.as_str())).collect(),
        findings,
    };
    ids(&mut checker);
    sources(&mut checker, folder, keys);
    actors_and_ties(&mut checker);
    institutions(&mut checker);
    elections::elections(&mut checker);
    politics(&mut checker);
    motion::motion(&mut checker);
    crate::judgement::check(case, checker.findings);
    crate::proposal::check(folder, checker.findings);
}

fn ids(checker: &mut Checker<'_>) {
    let case = checker.case;
    let ids = (case.actors.iter().map(|x| &x.id))
        .chain(case.bodies.iter().map(|x| &x.id))
        .chain(case.districts.iter().map(|x| &x.id))
        .chain(case.stages.iter().map(|x| &x.id))
        .chain(case.offices.iter().map(|x| &x.id))
        .chain(case.candidates.iter().map(|x| &x.id))
        .chain(case.issues.iter().map(|x| &x.id))
        .chain(case.bills.iter().map(|x| &x.id))
        .chain(case.dialogues.iter().map(|x| &x.id))
        .chain(case.supplies.iter().map(|x| &x.id))
        .chain(case.waivers.iter().map(|x| &x.id))
        .chain(case.pillars.iter().map(|x| &x.id))
        .chain(case.shocks.iter().map(|x| &x.id))
        .chain(case.segments.iter().map(|x| &x.id))
        .chain(case.narratives.iter().map(|x| &x.id))
        .chain(case.places.iter().map(|x| &x.id))
        .chain(case.weapons.iter().map(|x| &x.id))
        .chain(case.rivalries.iter().map(|x| &x.id));
    for id in ids {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.get_ref().is_empty() || !id.get_ref().chars().all(good) {
            let message = format!("\"{}\" cannot be an id", id.get_ref());
            checker.findings.push(
                Diagnostic::error("id", id.span(), message)
                    .hint("use lower-case letters, digits and hyphens"),
            );
        }
    }
}

fn sources(checker: &mut Checker<'_>, folder: &Folder, keys: &[String]) {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for source in &checker.case.sources {
        if !(1..=6).contains(source.credibility.get_ref()) {
            let message = "credibility is a number from 1 (confirmed) to 6 (cannot be judged)";
            checker.findings.push(Diagnostic::error("rating", source.credibility.span(), message));
        }
        if let Some(copied) = &source.copies
            && !keys.contains(copied.get_ref())
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
            Some(path) => match folder.to_come.get(document.get_ref()).cloned().map_or_else(|| read_document(path), Ok) {
                Ok(text) => {
                    texts.insert(source.key.get_ref(), text);
                }
                Err(error) => checker.findings.push(Diagnostic::error(
                    "document",
                    document.span(),
                    error.fault.clone(),
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
    checker.actor(&case.head.state);
    for id in &case.head.focus {
        checker.actor(id);
    }
    for actor in &case.actors {
        if let Some(autonomy) = &actor.autonomy {
            checker.within("autonomy", autonomy, &(1e-6..=1e6));
        }
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
        checker.within("bandwidth", &tie.bandwidth, &SHARE);
        checker.within("dependence", &tie.dependence, &SHARE);
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
        checker.within("cohesion", &membership.cohesion, &SHARE);
    }
    for estimate in case.channels.values() {
        checker.within("a channel's weight", estimate, &(0.0..=1e3));
    }
}

fn institutions(checker: &mut Checker<'_>) {
    let case = checker.case;
    let bodies: Vec<&str> = case.bodies.iter().map(|b| b.id.get_ref().as_str()).collect();
    checker.one_of("body", &case.head.body, &bodies);
    let offices: Vec<&str> = case.offices.iter().map(|o| o.id.get_ref().as_str()).collect();
    for stage in &case.stages {
        checker.within("days", &stage.days, &(0.0..=10_000.0));
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
    for office in &case.offices {
        checker.within("points", &office.points, &(0.0..=1e4));
        if let Some(vacancy) = &office.vacancy {
            checker.within("vacancy", vacancy, &SHARE);
        }
    }
}

fn politics(checker: &mut Checker<'_>) {
    let case = checker.case;
    let issues: Vec<&str> = case.issues.iter().map(|i| i.id.get_ref().as_str()).collect();
    for position in &case.positions {
        checker.actor(&position.actor);
        checker.one_of("issue", &position.issue, &issues);
        checker.within("position", &position.position, &SHARE);
        checker.within("salience", &position.salience, &SHARE);
        if let Some(capability) = &position.capability {
            checker.within("capability", capability, &SHARE);
        }
    }
    for event in &case.events {
        for actor in &event.actors {
            checker.actor(actor);
        }
    }
}
