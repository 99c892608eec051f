//! What decisions, wishes, precedents and anchors must hold.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{Checker, names};
use crate::choice::{ALL_MATTERS, Decision, Matter};
use crate::diagnostic::Diagnostic;

pub(super) fn choices(checker: &mut Checker<'_>) {
    let case = checker.case;
    let bodies = names(&case.bodies, |b| &b.id);
    for decision in &case.decisions {
        alternatives(checker, &decision.alternatives, decision.id.span());
        one_of(checker, &decision.status, &decision.alternatives);
        decision.by.iter().chain(&decision.vetoes).for_each(|id| checker.actor(id));
        decision.bodies.iter().for_each(|id| checker.one_of("body", id, &bodies));
        let id = decision.id.get_ref();
        if decision.by.is_empty() {
            let message = format!("decision \"{id}\" says not who decides");
            let fault = Diagnostic::error("decision", decision.id.span(), message);
            checker.fault(fault.hint("add by = [\"ACTOR\"]"));
        }
        if decision.day.is_some() == decision.hazard.is_some() {
            let message = format!("decision \"{id}\" needs a day or a hazard, and not both");
            let fault = Diagnostic::error("decision", decision.id.span(), message);
            checker.fault(
                fault.hint(
                    "add day = YYYY-MM-DD, or hazard = the chance in a year that it comes up",
                ),
            );
        }
    }
    for decided in &case.decided {
        if let Some(decision) = known(checker, &decided.decision) {
            one_of(checker, &decided.alternative, &decision.alternatives);
        }
    }
    for wish in &case.wishes {
        checker.actor(&wish.actor);
        if let Some(decision) = known(checker, &wish.decision) {
            one_of(checker, &wish.alternative, &decision.alternatives);
        }
    }
    for precedent in &case.precedents {
        alternatives(checker, &precedent.alternatives, precedent.id.span());
        one_of(checker, &precedent.outcome, &precedent.alternatives);
        if let Some(majority) = &precedent.majority {
            one_of(checker, majority, &precedent.alternatives);
        }
        for want in &precedent.wants {
            one_of(checker, &want.alternative, &precedent.alternatives);
        }
    }
    for anchor in &case.anchors {
        let word = anchor.of.get_ref();
        let words = || std::iter::once(ALL_MATTERS).chain(Matter::ALL.map(Matter::word));
        if !words().any(|known| known == word) {
            let message = format!("\"{word}\": no such matter");
            let fault = Diagnostic::error("anchor", anchor.of.span(), message);
            checker.fault(fault.nearest(word, words()));
        } else if word != ALL_MATTERS && anchor.kappa.is_some() {
            let message = "kappa is one number for the whole case";
            let fault = Diagnostic::error("anchor", anchor.of.span(), message);
            checker.fault(fault.hint("give it with of = \"all\""));
        }
    }
}

/// A decision that is referred to, unless it is not known yet.
fn known<'a>(checker: &mut Checker<'a>, id: &Spanned<String>) -> Option<&'a Decision> {
    let case = checker.case;
    let found = case.decisions.iter().find(|d| d.id.get_ref() == id.get_ref());
    if found.is_none() {
        checker.one_of("decision", id, &names(&case.decisions, |d| &d.id));
    }
    found
}

fn alternatives(checker: &mut Checker<'_>, all: &[Spanned<String>], spot: std::ops::Range<usize>) {
    let apart: BTreeSet<&str> = all.iter().map(|a| a.get_ref().as_str()).collect();
    if apart.len() < 2 || apart.len() < all.len() {
        let message = "a decision has two or more alternatives, each once";
        checker.fault(Diagnostic::error("alternatives", spot, message));
    }
}

fn one_of(checker: &mut Checker<'_>, word: &Spanned<String>, all: &[Spanned<String>]) {
    if !all.iter().any(|a| a.get_ref() == word.get_ref()) {
        let message = format!("\"{}\" is none of the alternatives", word.get_ref());
        let fault = Diagnostic::error("alternatives", word.span(), message);
        let known = all.iter().map(|a| a.get_ref().as_str());
        checker.fault(fault.nearest(word.get_ref(), known));
    }
}
