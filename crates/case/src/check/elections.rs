//! Checks of what elections are made of: assemblies, laws, districts, and contest by contest who stands.

use crate::ballot::Ballot;
use crate::diagnostic::Diagnostic;

use super::{Checker, Names, laws, names};

pub(super) fn elections(checker: &mut Checker<'_>) {
    assemblies(checker);
    for law in &checker.case.laws {
        laws::one_law(checker, law);
    }
    let case = checker.case;
    let aside = &case.aside.kinds;
    let districts = case.districts.iter().chain(&aside.districts);
    let under = (districts.clone().map(|d| &d.laws))
        .chain(case.reserved.iter().chain(&aside.reserved).map(|r| &r.laws))
        .chain(case.quotas.iter().chain(&aside.quotas).map(|q| &q.laws));
    let laws = names(&case.laws, |l| &l.id);
    for law in under.flat_map(|laws| &laws.0) {
        checker.one_of("law", law, &laws);
    }
    for district in districts {
        if let Some(parts) = &district.constituencies
            && !(1..=*district.seats.get_ref()).contains(parts.get_ref())
        {
            let (parts_text, seats) = (parts.get_ref(), district.seats.get_ref());
            let message = format!("{seats} seats cannot be filled in {parts_text} constituencies");
            checker.fault(Diagnostic::error("seats", parts.span(), message));
        }
    }
    contest_names(checker);
    for ballot in case.ballots() {
        contest(checker, &ballot);
        people(checker, &ballot);
    }
    for result in &case.results {
        checker.actor(&result.list);
    }
    for seated in &case.seated {
        checker.actor(&seated.list);
    }
    let stages = names(&case.stages, |s| &s.id);
    for reached in &case.reached {
        checker.one_of("stage", &reached.stage, &stages);
    }
    for sitting in &case.sittings {
        checker.one_of("stage", &sitting.stage, &stages);
    }
    for office in &case.offices {
        let Some(list) = &office.convention else { continue };
        checker.actor(list);
        if office.kept.is_none() {
            let message =
                format!("nobody says how likely {} is to keep the office", list.get_ref());
            let hint = "add kept = { value = ..., judged = \"...\" }: how often it was kept before";
            checker.fault(Diagnostic::error("convention", list.span(), message).hint(hint));
        }
    }
}

fn assemblies(checker: &mut Checker<'_>) {
    let case = checker.case;
    for assembly in case.assemblies() {
        let (seats, majority) = (*assembly.seats.get_ref(), *assembly.majority.get_ref());
        if majority > seats || u64::from(majority) * 2 <= u64::from(seats) {
            let message = format!("{majority} of {seats} is not a majority");
            checker.fault(Diagnostic::error("majority", assembly.majority.span(), message));
        }
    }
    if let Some(assembly) = &case.assembly {
        let seats = *assembly.seats.get_ref();
        for body in &case.bodies {
            let quota = *body.quota.get_ref();
            if quota == 0 || quota > seats {
                let message = format!("a quota of {quota} does not fit an assembly of {seats}");
                checker.fault(Diagnostic::error("quota", body.quota.span(), message));
            }
        }
    }
}

/// What names a contest must name one there is.
fn contest_names(checker: &mut Checker<'_>) {
    let case = checker.case;
    let aside = &case.aside.kinds;
    let known = names(case.contest.iter().chain(&aside.contests), |c| &c.id);
    let named = (case.entries.iter().chain(&aside.entries).map(|e| &e.contest))
        .chain(case.priors.iter().chain(&aside.priors).map(|p| &p.contest))
        .chain(case.candidates.iter().chain(&aside.candidates).map(|c| &c.contest))
        .chain(case.preferences.iter().chain(&aside.preferences).map(|p| &p.contest));
    for contest in named.flatten() {
        checker.one_of("contest", contest, &known);
    }
}

fn contest(checker: &mut Checker<'_>, ballot: &Ballot<'_>) {
    let lists = names(ballot.entries.iter().copied(), |e| &e.list);
    let districts = names(ballot.districts.iter().copied(), |d| &d.id);
    let laws = names(&checker.case.laws, |l| &l.id);
    if let Some(contest) = ballot.contest {
        checker.one_of("law", &contest.law, &laws);
    }
    seats(checker, ballot);
    let mut seen = Names::new();
    for district in &ballot.districts {
        if !seen.insert(district.id.get_ref()) {
            let message =
                format!("district \"{}\" is given twice for one law", district.id.get_ref());
            checker.fault(Diagnostic::error("twice", district.id.span(), message));
        }
    }
    for reserved in &ballot.reserved {
        checker.actor(&reserved.list);
    }
    for entry in &ballot.entries {
        checker.actor(&entry.list);
        if entry.abstain.is_none() && !entry.participates {
            let list = entry.list.get_ref();
            let message = format!("\"{list}\" stays away but says not what its voters do");
            checker.fault(
                Diagnostic::error("abstain", entry.list.span(), message)
                    .hint("add an estimate abstain"),
            );
        }
        for list in &entry.transfers {
            checker.one_of("entry", list, &lists);
        }
    }
    for prior in &ballot.priors {
        checker.one_of("district", &prior.district, &districts);
        checker.one_of("entry", &prior.list, &lists);
    }
}

fn seats(checker: &mut Checker<'_>, ballot: &Ballot<'_>) {
    let ids = names(ballot.districts.iter().copied(), |d| &d.id);
    for quota in &ballot.quotas {
        let id = quota.district.get_ref();
        checker.one_of("district", &quota.district, &ids);
        let all: u64 = (ballot.quotas.iter())
            .filter(|q| q.district.get_ref() == id)
            .map(|q| u64::from(*q.seats.get_ref()))
            .sum();
        let district = ballot.districts.iter().find(|d| d.id.get_ref() == id);
        if let Some(district) = district.filter(|d| u64::from(*d.seats.get_ref()) < all) {
            let message = format!(
                "quotas take {all} seats of district \"{id}\", which has {}",
                district.seats.get_ref()
            );
            checker.fault(Diagnostic::error("seats", quota.seats.span(), message));
        }
        let lists = names(ballot.entries.iter().copied(), |e| &e.list);
        for list in &quota.lists.0 {
            checker.one_of("entry", list, &lists);
        }
        let cut = district.and_then(|d| d.constituencies.as_ref()).filter(|n| *n.get_ref() > 1);
        if cut.is_some() && !quota.lists.0.is_empty() {
            let message = format!(
                "district \"{id}\" is cut into constituencies: nobody knows in which the quota's seats are"
            );
            let hint = "make each constituency a district, or leave lists away";
            checker.fault(Diagnostic::error("seats", quota.seats.span(), message).hint(hint));
        }
        let community = quota.community.get_ref().as_str();
        let mut known: Vec<&str> =
            checker.case.actors.iter().filter_map(|a| a.community.as_deref()).collect();
        known.sort_unstable();
        known.dedup();
        if !known.contains(&community) {
            let message = format!("\"{community}\": no actor is of this community");
            let fault = Diagnostic::warning("community", quota.community.span(), message);
            checker.fault(fault.nearest(community, known));
        }
    }
    let (Some(assembly), false) = (ballot.assembly, ballot.districts.is_empty()) else { return };
    let contested: u64 = ballot.districts.iter().map(|d| u64::from(*d.seats.get_ref())).sum();
    let reserved: u64 = ballot.reserved.iter().map(|r| u64::from(*r.seats.get_ref())).sum();
    let law = ballot
        .contest
        .and_then(|c| checker.case.laws.iter().find(|l| l.id.get_ref() == c.law.get_ref()));
    // Before a contest names its law, the only one there is stands for it.
    let law = law.or_else(|| match &checker.case.laws[..] {
        [one] => Some(one),
        _ => None,
    });
    let national =
        law.and_then(|l| l.national.as_ref()).map_or(0, |n| u64::from(*n.seats.get_ref()));
    let seats = *assembly.seats.get_ref();
    if contested + reserved + national != u64::from(seats) {
        let tier = match national {
            0 => String::new(),
            some => format!(", {some} are national"),
        };
        let mut message = format!(
            "the assembly has {seats} seats, but districts have {contested}{tier} and {reserved} are reserved"
        );
        let mut spot = assembly.seats.span();
        if let Some(contest) = ballot.contest.filter(|_| checker.case.aside.total > 1) {
            message.push_str(&format!(" in contest \"{}\"", contest.id.get_ref()));
            spot = contest.law.span();
        }
        checker.fault(Diagnostic::error("seats", spot, message));
    }
}

fn people(checker: &mut Checker<'_>, ballot: &Ballot<'_>) {
    let candidates = names(ballot.candidates.iter().copied(), |c| &c.id);
    for candidate in &ballot.candidates {
        if let Some(list) = &candidate.list {
            checker.actor(list);
        }
    }
    for preference in &ballot.preferences {
        checker.actor(&preference.actor);
        checker.one_of("candidate", &preference.candidate, &candidates);
    }
}
