//! The kinds that set a case in motion: references that reach something.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{Checker, Names, names};
use crate::case::Case;
use crate::diagnostic::Diagnostic;

pub(super) fn motion(checker: &mut Checker<'_>) {
    decisions(checker);
    terms(checker);
    economy(checker);
    region(checker);
    opinion(checker);
    rivalries(checker);
}

fn decisions(checker: &mut Checker<'_>) {
    let case = checker.case;
    let issues = names(&case.issues, |i| &i.id);
    let offices = names(&case.offices, |o| &o.id);
    for bill in &case.bills {
        checker.one_of("issue", &bill.issue, &issues);
        bill.sponsors.iter().chain(&bill.executing).for_each(|actor| checker.actor(actor));
        if bill.hazard.is_none() && bill.proposed.is_none() {
            let message = format!("bill \"{}\" is never proposed", bill.id.get_ref());
            checker.fault(
                Diagnostic::error("bill", bill.id.span(), message)
                    .hint("give it a day, proposed = …, or a chance in a year, hazard = { … }"),
            );
        }
    }
    let mut vetoed = names(&case.bills, |b| &b.id);
    vetoed.extend(["bills", "decrees", "government"]);
    for veto in &case.vetoes {
        checker.actor(&veto.actor);
        checker.one_of("bill", &veto.over, &vetoed);
    }
    for holding in &case.holdings {
        checker.one_of("office", &holding.office, &offices);
        holding.actor.iter().for_each(|actor| checker.actor(actor));
        if holding.until.is_some_and(|until| until < holding.since) {
            let message = format!("{} leaves the office before entering it", holding.person);
            checker.fault(Diagnostic::error("dates", holding.office.span(), message));
        }
    }
    for dialogue in &case.dialogues {
        dialogue.parties.iter().chain(&dialogue.spoilers).for_each(|actor| checker.actor(actor));
        dialogue.issues.iter().for_each(|issue| checker.one_of("issue", issue, &issues));
    }
    for agreed in &case.agreed {
        checker.one_of("dialogue", &agreed.dialogue, &names(&case.dialogues, |d| &d.id));
        checker.one_of("issue", &agreed.issue, &issues);
        let line = [0.0, agreed.low, agreed.position, agreed.high, 1.0];
        if !line.is_sorted() {
            let message = "low, position and high are not in order between 0 and 1";
            checker.fault(Diagnostic::error("range", agreed.issue.span(), message));
        }
    }
}

fn economy(checker: &mut Checker<'_>) {
    let case = checker.case;
    let waivers = names(&case.waivers, |w| &w.id);
    for supply in &case.supplies {
        checker.actor(&supply.from);
        checker.actor(&supply.to);
        supply.waiver.iter().for_each(|waiver| checker.one_of("waiver", waiver, &waivers));
    }
    for waiver in &case.waivers {
        checker.actor(&waiver.by);
        checker.actor(&waiver.against);
        if waiver.term == 0 {
            let message = format!("waiver \"{}\" is granted for no days", waiver.id.get_ref());
            checker.fault(
                Diagnostic::error("waiver", waiver.id.span(), message)
                    .hint("set term to the days for which it is granted each time"),
            );
        }
    }
    for designation in &case.designations {
        checker.actor(&designation.by);
        checker.actor(&designation.actor);
        if designation.hazard.is_none() && designation.since.is_none() {
            let who = designation.actor.get_ref();
            let message = format!("the designation of \"{who}\" is neither in force nor possible");
            checker.fault(
                Diagnostic::error("designation", designation.actor.span(), message)
                    .hint("give it a day, since = …, or a chance in a year, hazard = { … }"),
            );
        }
    }
    for revenue in &case.revenues {
        checker.actor(&revenue.actor);
        revenue.payer.iter().for_each(|payer| checker.actor(payer));
    }
}

fn region(checker: &mut Checker<'_>) {
    let case = checker.case;
    for pillar in &case.pillars {
        checker.actor(&pillar.patron);
    }
    let shocks = names(&case.shocks, |s| &s.id);
    for shock in &case.shocks {
        if shock.hazard.is_none() && shock.date.is_none() {
            let message = format!("shock \"{}\" never happens", shock.id.get_ref());
            checker.fault(
                Diagnostic::error("shock", shock.id.span(), message)
                    .hint("give it a day, date = …, or a chance in a year, hazard = { … }"),
            );
        }
    }
    let reached = targets(case);
    for effect in &case.effects {
        checker.one_of("shock", &effect.shock, &shocks);
        reach(checker, &effect.on, &reached);
    }
    for visit in &case.visits {
        checker.actor(&visit.from);
        checker.actor(&visit.to);
    }
}

/// A term belongs to a dialogue and an issue, and moves something there is. It moves nothing while a scenario keeps its
/// issue off the table.
fn terms(checker: &mut Checker<'_>) {
    let case = checker.case;
    let dialogues = names(&case.dialogues, |d| &d.id);
    let issues = names(&case.issues, |i| &i.id);
    let movable = ["tie.", "supply.", "waiver.", "revenue."];
    let known: BTreeSet<String> = targets(case)
        .into_iter()
        .filter(|t| movable.iter().any(|kind| t.starts_with(kind)))
        .collect();
    for term in &case.terms {
        checker.one_of("dialogue", &term.dialogue, &dialogues);
        checker.one_of("issue", &term.issue, &issues);
        let name = term.on.get_ref().as_str();
        if !known.contains(name) && !checker.hidden.contains(name) {
            let message = format!("\"{name}\": an agreement cannot move this");
            checker.findings.push(
                Diagnostic::error("term", term.on.span(), message)
                    .nearest(name, known.iter().map(String::as_str)),
            );
        }
    }
}

/// What an effect is on must be there.
fn reach(checker: &mut Checker<'_>, on: &Spanned<String>, known: &BTreeSet<String>) {
    let name = on.get_ref().as_str();
    if !known.contains(name) && !checker.hidden.contains(name) {
        let message = format!("\"{name}\": an effect cannot reach this");
        checker.findings.push(
            Diagnostic::error("effect", on.span(), message)
                .nearest(name, known.iter().map(String::as_str)),
        );
    }
}

/// All that an effect of a shock can be on.
fn targets(case: &Case) -> BTreeSet<String> {
    let of = |kind: &str, all: Names<'_>| -> Vec<String> {
        all.into_iter().map(|id| format!("{kind}.{id}")).collect()
    };
    let mut all: BTreeSet<String> =
        of("pillar", names(&case.pillars, |p| &p.id)).into_iter().collect();
    all.extend(of("supply", names(&case.supplies, |s| &s.id)));
    all.extend(of("rivalry", names(&case.rivalries, |r| &r.id)));
    all.extend(of("waiver", names(&case.waivers, |w| &w.id)));
    all.extend(of("favour", names(&case.actors, |a| &a.id)));
    all.extend(
        case.ties
            .iter()
            .map(|t| format!("tie.{}>{}:{}", t.from.get_ref(), t.to.get_ref(), t.channel.name())),
    );
    all.extend(
        case.revenues.iter().map(|r| format!("revenue.{}:{}", r.actor.get_ref(), r.stream.name())),
    );
    all.extend(["protest", "prices", "turnout"].map(String::from));
    all
}

fn opinion(checker: &mut Checker<'_>) {
    let case = checker.case;
    let segments = names(&case.segments, |s| &s.id);
    for favour in &case.favours {
        checker.one_of("segment", &favour.segment, &segments);
        checker.actor(&favour.actor);
    }
    for poll in &case.polls {
        poll.actor.iter().for_each(|actor| checker.actor(actor));
        poll.segment.iter().for_each(|segment| checker.one_of("segment", segment, &segments));
    }
    let rivalries = names(&case.rivalries, |r| &r.id);
    let dialogues = names(&case.dialogues, |d| &d.id);
    for narrative in &case.narratives {
        checker.actor(&narrative.speaker);
        checker.actor(&narrative.about);
        narrative.rivalry.iter().for_each(|id| checker.one_of("rivalry", id, &rivalries));
        narrative.dialogue.iter().for_each(|id| checker.one_of("dialogue", id, &dialogues));
    }
}

fn rivalries(checker: &mut Checker<'_>) {
    let case = checker.case;
    let places = names(&case.places, |p| &p.id);
    for place in &case.places {
        for (value, bound, what) in
            [(&place.latitude, 90.0, "latitude"), (&place.longitude, 180.0, "longitude")]
        {
            if !(-bound..=bound).contains(value.get_ref()) {
                let message = format!("{what} must lie between -{bound} and {bound}");
                checker.fault(Diagnostic::error("bounds", value.span(), message));
            }
        }
        place.holder.iter().for_each(|holder| checker.actor(holder));
    }
    for weapon in &case.weapons {
        checker.actor(&weapon.holder);
        weapon.launch.iter().for_each(|place| checker.one_of("place", place, &places));
    }
    let known = names(&case.rivalries, |r| &r.id);
    for rivalry in &case.rivalries {
        checker.actor(&rivalry.a);
        checker.actor(&rivalry.b);
        rivalry.targets.iter().for_each(|place| checker.one_of("place", place, &places));
        let top = rivalry.rungs.len().saturating_sub(1);
        if rivalry.rungs.len() < 2 {
            let message = format!("the ladder of \"{}\" has no two rungs", rivalry.id.get_ref());
            checker.fault(Diagnostic::error("rungs", rivalry.id.span(), message));
        }
        for rung in rivalry.strike_rung.iter().chain(&rivalry.airspace_rung) {
            if *rung.get_ref() as usize > top {
                let message = format!("there is no rung {}: the highest is {top}", rung.get_ref());
                checker.fault(Diagnostic::error("rungs", rung.span(), message));
            }
        }
        checker.within("rung", &rivalry.rung, (0.0, top as f64));
    }
    for campaign in &case.campaigns {
        checker.actor(&campaign.attacker);
        checker.actor(&campaign.target);
        campaign.patron.iter().for_each(|patron| checker.actor(patron));
        checker.one_of("rivalry", &campaign.rivalry, &known);
    }
}
