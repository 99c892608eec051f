//! Checks of a law: its numbers, what its method takes, the women it holds seats for, where its papers pass on.

use entry::Entry as _;
use theory::electoral::rule::rules;
use theory::electoral::stv_by_slates::MOST_DECIMALS;
use toml::Spanned;

use crate::ballot::Ballot;
use crate::diagnostic::Diagnostic;
use crate::law::Law;

use super::{Checker, Names, names};

pub(super) fn one_law(checker: &mut Checker<'_>, law: &Law) {
    let firsts = [(law.method, &law.first_divisor)]
        .into_iter()
        .chain(law.national.iter().map(|n| (n.method.unwrap_or(law.method), &n.first_divisor)));
    for (method, first) in firsts {
        let Some(first) = first else { continue };
        if !method.takes("first_divisor") {
            let message = "first_divisor belongs to sainte-lague alone";
            checker.fault(Diagnostic::error("law", first.span(), message));
        }
        if !(first.get_ref().is_finite() && *first.get_ref() >= 1.0) {
            let message = "first_divisor must be 1 or more";
            checker.fault(Diagnostic::error("law", first.span(), message));
        }
    }
    let of_some = law.thresholds.iter().map(|t| &t.threshold);
    let thresholds = law.threshold.iter().chain(law.national.iter().flat_map(|n| &n.threshold));
    let thresholds = thresholds.chain(of_some);
    for threshold in thresholds {
        if !(0.0..1.0).contains(threshold.get_ref()) {
            let message = "threshold is a share of the vote, from 0 to below 1";
            checker.fault(Diagnostic::error("law", threshold.span(), message));
        }
    }
    if let Some(quota) = &law.womens_quota
        && !(0.0..=1.0).contains(quota.get_ref())
    {
        let message = "womens_quota is a share of the seats, from 0 to 1";
        checker.fault(Diagnostic::error("law", quota.span(), message));
    }
    for (at, divisor) in law.womens_divisors.iter().enumerate() {
        let falls = at == 0 || divisor.get_ref() < law.womens_divisors[at - 1].get_ref();
        if *divisor.get_ref() == 0 || !falls {
            let message = "womens_divisors are above zero, and each is below the one before it";
            checker.fault(Diagnostic::error("law", divisor.span(), message));
        }
    }
    if let (Some(first), None) = (law.womens_divisors.first(), &law.womens_quota) {
        let message =
            "womens_divisors say which lists owe the women of womens_quota, which is not given";
        let hint = "add womens_quota = 0.25, say";
        checker.fault(Diagnostic::error("law", first.span(), message).hint(hint));
    }
    match (law.method.takes("quota"), &law.quota) {
        (true, None) => {
            let message = format!("law \"{}\" names no quota", law.id.get_ref());
            checker.fault(
                Diagnostic::error("law", law.id.span(), message).hint(
                    "add quota = \"hare\", \"droop\", \"hagenbach-bischoff\" or \"imperiali\"",
                ),
            );
        }
        (true, Some(_)) | (_, None) => {}
        (false, Some(quota)) => {
            let message = "quota belongs to largest-remainder alone";
            checker.fault(Diagnostic::error("law", quota.span(), message));
        }
    }
    law.figures(&mut |figure, written| {
        if !law.method.takes(figure.field) {
            let message = belongs(figure.field);
            checker.fault(Diagnostic::error("law", written.spot.clone(), message));
        }
    });
    women_counted(checker, law);
    transferable(checker, law);
}

/// Which methods take a field of a law.
fn belongs(field: &str) -> String {
    let takes = rules().filter(|rule| rule.takes.contains(&field)).map(|rule| rule.name);
    let names: Vec<&str> = takes.collect();
    format!("{field} belongs to {} alone", names.join(" and "))
}

/// A women's quota among counted candidates: who the women are, and nothing that speaks of lists' own.
fn women_counted(checker: &mut Checker<'_>, law: &Law) {
    let given = [&law.women_candidates, &law.women_behind];
    let takes = law.method.takes("women_candidates") && law.womens_divisors.is_empty();
    let unsaid = takes && given.iter().any(|estimate| estimate.is_none());
    // What is not known on the date may be missing without anybody's fault.
    if let Some(quota) = law.womens_quota.as_ref().filter(|_| unsaid) {
        let message = "womens_quota moves no seat in a run: nobody says which candidates are women";
        let hint = "add estimates women_candidates and women_behind to the law";
        checker.fault(Diagnostic::warning("law", quota.span(), message).hint(hint));
    }
    let Some(first) = given.into_iter().flatten().next() else { return };
    if law.womens_quota.is_none() {
        let message = "women among the candidates take seats of womens_quota, which is not given";
        let hint = "add womens_quota = 0.25, say";
        checker.fault(Diagnostic::error("law", first.spot.clone(), message).hint(hint));
    }
    if !law.womens_divisors.is_empty() {
        let message = "womens_divisors leave every list its seats, women_candidates move them";
        let hint = "leave one of the two away";
        checker.fault(Diagnostic::error("law", first.spot.clone(), message).hint(hint));
    }
    if let Some(agreement) = law.agreements.iter().find_map(|a| a.lists.0.first()) {
        no_agreements(checker, agreement, "women among counted candidates");
    }
}

fn no_agreements(checker: &mut Checker<'_>, list: &Spanned<String>, what: &str) {
    let message = format!("{what} and lists that count their votes together do not go together");
    let fault = Diagnostic::error("law", list.span(), message);
    checker.fault(fault.hint("leave agreements away"));
}

/// What a transferable vote needs, and where its papers pass on.
fn transferable(checker: &mut Checker<'_>, law: &Law) {
    let takes = law.method.takes("transfers");
    if !takes {
        let first = law.transfers.first().map(|transfer| (transfer.from.span(), "transfers"));
        let decimals = law.decimals.as_ref().map(|decimals| (decimals.span(), "decimals"));
        for (spot, field) in first.into_iter().chain(decimals) {
            checker.fault(Diagnostic::error("law", spot, belongs(field)));
        }
    }
    let bad = law.decimals.as_ref().filter(|d| *d.get_ref() > MOST_DECIMALS);
    if let Some(decimals) = bad {
        let message = "decimals is a number from 0 to 9";
        checker.fault(Diagnostic::error("law", decimals.span(), message));
    }
    transfers(checker, law);
    if !takes {
        return;
    }
    if law.decimals.is_none() {
        let message = format!("law \"{}\" names no decimals", law.id.get_ref());
        let hint = "add decimals = 5: to how many the value of a paper is kept";
        checker.fault(Diagnostic::error("law", law.id.span(), message).hint(hint));
    }
    if let Some(agreement) = law.agreements.iter().find_map(|a| a.lists.0.first()) {
        no_agreements(checker, agreement, "papers that pass on");
    }
}

fn transfers(checker: &mut Checker<'_>, law: &Law) {
    if law.transfers.is_empty() {
        return;
    }
    let case = checker.case;
    let held = |ballot: &Ballot<'_>| {
        ballot.contest.is_some_and(|contest| contest.law.get_ref() == law.id.get_ref())
    };
    let ballots: Vec<Ballot<'_>> = case.ballots().into_iter().filter(held).collect();
    let standing = (!ballots.is_empty())
        .then(|| names(ballots.iter().flat_map(|b| b.entries.iter().copied()), |e| &e.list));
    let mut from = Names::new();
    for transfer in &law.transfers {
        let own = transfer.from.get_ref().as_str();
        stands(checker, standing.as_ref(), &transfer.from);
        if !from.insert(own) {
            let message = format!("where papers of \"{own}\" pass on is said twice");
            let fault = Diagnostic::error("twice", transfer.from.span(), message);
            checker.fault(fault.hint("name all the lists in one to = [...]"));
        }
        if transfer.to.0.is_empty() {
            let message = format!("papers of \"{own}\" pass on to nobody");
            let fault = Diagnostic::error("law", transfer.from.span(), message);
            checker.fault(fault.hint("leave this transfer away"));
        }
        let mut to = Names::new();
        for list in &transfer.to.0 {
            let name = list.get_ref().as_str();
            stands(checker, standing.as_ref(), list);
            if name == own {
                let message = format!("papers of \"{own}\" pass on to that list itself");
                let hint = "how many stay within a list is within_list";
                checker.fault(Diagnostic::error("law", list.span(), message).hint(hint));
            }
            if !to.insert(name) {
                let message = format!("papers of \"{own}\" pass on to \"{name}\" twice");
                checker.fault(Diagnostic::error("twice", list.span(), message));
            }
        }
    }
}

/// A list that a law names must be an actor, and stand where contests are held under the law.
fn stands(checker: &mut Checker<'_>, standing: Option<&Names<'_>>, list: &Spanned<String>) {
    let name = list.get_ref().as_str();
    let hidden = |path: &&str| {
        let key = path.strip_prefix("entry.");
        key.is_some_and(|key| key.rsplit(':').next() == Some(name))
    };
    match standing.filter(|_| checker.actors.contains(name)) {
        None => checker.actor(list),
        Some(lists) if lists.contains(name) || checker.hidden.iter().any(hidden) => {}
        Some(lists) => {
            let message = format!("\"{name}\" stands in no contest under this law");
            let fault = Diagnostic::error("entry", list.span(), message);
            checker.fault(fault.nearest(name, lists.iter().copied()));
        }
    }
}
