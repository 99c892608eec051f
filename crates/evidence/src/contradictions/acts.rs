//! Events that one passage says happened and another says did not.
//!
//! The same class, a doer and a recipient in common, and times that are both told, at least to the
//! month, and overlap. What stands in the content of somebody's denial counts as said not to have
//! happened, by that speaker. Conditions, plans and hearsay say neither.

use std::collections::BTreeMap;

use super::{Comparison, Kind, Named, Testimony, side};
use crate::dates::{Precision, When};
use crate::records::{Class, Event, Stance};

struct Act<'a> {
    testimony: &'a Testimony,
    event: &'a Event,
    happened: bool,
    when: When,
}

pub(super) fn compare(testimonies: &[Testimony], names: Named<'_>) -> Vec<Comparison> {
    let mut classes: BTreeMap<Class, Vec<Act<'_>>> = BTreeMap::new();
    for act in testimonies.iter().flat_map(|t| t.events.iter().filter_map(move |e| act(t, e))) {
        classes.entry(act.event.class).or_default().push(act);
    }
    classes.values().flat_map(|acts| compare_class(acts, names)).collect()
}

fn compare_class(acts: &[Act<'_>], names: Named<'_>) -> Vec<Comparison> {
    let mut out = Vec::new();
    let mut used = vec![false; acts.len()];
    for i in 0..acts.len() {
        if used[i] {
            continue;
        }
        let group: Vec<usize> =
            (i..acts.len()).filter(|j| *j == i || !used[*j] && same(&acts[i], &acts[*j])).collect();
        let says = |happened: bool| -> Vec<&Act<'_>> {
            group.iter().map(|j| &acts[*j]).filter(|a| a.happened == happened).collect()
        };
        let (yes, no) = (says(true), says(false));
        let documents = |list: &[&Act<'_>]| {
            let mut ids: Vec<&str> = list.iter().map(|a| a.testimony.source.as_str()).collect();
            ids.dedup();
            ids.len()
        };
        let kind = match (yes.is_empty(), no.is_empty()) {
            (false, false) => Kind::Acts,
            (false, true) if documents(&yes) > 1 => Kind::Agreement,
            _ => continue,
        };
        for j in &group {
            used[*j] = true;
        }
        let passed = |list: &[&Act<'_>]| {
            list.iter()
                .map(|a| a.testimony.passed(a.event.sentence, &a.event.quote, &a.event.id))
                .collect()
        };
        let mut sides = vec![side("happened".to_owned(), passed(&yes))];
        if !no.is_empty() {
            sides.push(side("did not happen".to_owned(), passed(&no)));
        }
        out.push(Comparison { kind, matter: matter(&acts[i], names), sides });
    }
    out
}

fn act<'a>(testimony: &'a Testimony, event: &'a Event) -> Option<Act<'a>> {
    let when = event
        .when
        .filter(|w| w.precision <= Precision::Month || w.precision == Precision::Season)?;
    let both = event.source_actors().next().is_some() && event.recipient_actors().next().is_some();
    let unsure = event.hypothetical || event.future || event.hedged;
    if !both || unsure {
        return None;
    }
    let denied = testimony.claims.iter().any(|c| {
        c.stance == Stance::Denial
            && c.sentence == event.sentence
            && c.quote.span().contains(event.trigger.span())
    });
    Some(Act { testimony, event, happened: event.negated == denied, when })
}

fn same(a: &Act<'_>, b: &Act<'_>) -> bool {
    let common = |x: Vec<&str>, y: Vec<&str>| x.iter().any(|id| y.contains(id));
    let same_place =
        a.testimony.source == b.testimony.source && a.event.sentence == b.event.sentence;
    !same_place
        && a.event.class == b.event.class
        && a.event.mode == b.event.mode
        && a.when.from <= b.when.to
        && b.when.from <= a.when.to
        && common(a.event.source_actors().collect(), b.event.source_actors().collect())
        && common(a.event.recipient_actors().collect(), b.event.recipient_actors().collect())
}

fn matter(act: &Act<'_>, names: Named<'_>) -> String {
    let (from, to) = (act.when.from, act.when.to);
    let days = if from == to { from.to_string() } else { format!("{from} to {to}") };
    format!(
        "{}: {} on {}, {days}",
        act.event.class.word(),
        names.list(act.event.source_actors()),
        names.list(act.event.recipient_actors())
    )
}
