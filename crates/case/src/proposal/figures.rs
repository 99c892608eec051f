//! Numbers of the text against the case's estimates.
//!
//! An estimate is matched with a number only when what it is about is known: either its own quote holds a number
//! of that value, whose unit, noun and owner are then looked for elsewhere; or its field is named by the noun
//! that is measured, and its owner is named in the sentence. Everything else is passed over.

use std::collections::BTreeSet;

use evidence::{Bound, Precision, Quantity, Standing as Stands};
use jiff::civil::Date;

use super::edit::{Edit, Statement};
use super::material::{Material, Read};
use super::{Proposal, ProposalKind};
use crate::estimate::Belief;

/// How near a number must be to an estimate's value for the estimate to be about it; *judged*.
const SAME: f64 = 0.01;
/// What "about" allows either way; *judged*.
const ABOUT: f64 = 0.1;
/// Days before the estimate's source from which a number is still of the same period; *judged*.
const PERIOD: i32 = 366;

/// What an estimate is about.
struct Topic {
    /// Head noun of what is measured.
    noun: String,
    /// Unit and "per".
    unit: (String, Option<String>),
    /// What one of the unit is in the estimate: 0.01 where a share is stated in percent.
    scale: f64,
    /// Actors that the sentence must name.
    owner: BTreeSet<String>,
    rule: &'static str,
    why: String,
}

/// Estimates that a document contradicts or overtakes.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for belief in &material.case.beliefs {
        let Some(topic) = by_quote(material, belief).or_else(|| by_name(material, belief)) else {
            continue;
        };
        for read in &material.documents {
            if belief.sources.contains(&read.entry.source_key) {
                continue;
            }
            for quantity in &read.records.quantities {
                all.extend(proposal(material, belief, &topic, read, quantity));
            }
        }
    }
    all
}

/// The estimate's own quote holds one number of its value: the estimate is about that.
fn by_quote(material: &Material<'_>, belief: &Belief) -> Option<Topic> {
    let quote = belief.quote.as_deref()?;
    let read = belief
        .sources
        .iter()
        .find_map(|key| material.document(key).filter(|read| read.text.contains(quote)))?;
    let start = read.text.find(quote)?;
    let within = |q: &&Quantity| {
        let span = q.quote.span();
        span.start() >= start && span.end() <= start + quote.len()
    };
    let scales = |q: &Quantity| if q.unit == "percent" { 0.01 } else { 1.0 };
    let mut fitting = read.records.quantities.iter().filter(within).filter(|q| {
        q.value.is_some_and(|v| (v * scales(q) - belief.value).abs() <= SAME * belief.value.abs())
    });
    let quantity = fitting.next()?;
    if fitting.next().is_some() {
        return None;
    }
    let noun = noun(quantity)?;
    let mut owner: BTreeSet<String> = quantity.actors.iter().cloned().collect();
    if owner.is_empty() {
        owner = read.actors(quantity.sentence).into_iter().map(str::to_owned).collect();
    }
    if owner.is_empty() {
        return None;
    }
    let why = format!("its quote states \"{}\" of \"{noun}\"", quantity.quote.text());
    Some(Topic {
        scale: scales(quantity),
        unit: (quantity.unit.clone(), quantity.per.clone()),
        rule: "figure-of-quote",
        noun,
        owner,
        why,
    })
}

/// The estimate's field is the noun that is measured, and its entry names the owner.
fn by_name(material: &Material<'_>, belief: &Belief) -> Option<Topic> {
    let (entry, field) = belief.path.rsplit_once('.')?;
    let (kind, key) = entry.split_once('.').unwrap_or((entry, ""));
    // Weights of the model are nobody's to report.
    if !matches!(kind, "contest" | "entry" | "actor" | "district" | "office" | "membership") {
        return None;
    }
    let owner: BTreeSet<String> = key
        .split(['>', ':'])
        .filter(|part| material.case.actor(part).is_some())
        .map(str::to_owned)
        .collect();
    if owner.is_empty() && kind != "contest" {
        return None;
    }
    let share = (0.0..=1.0).contains(&belief.low) && (0.0..=1.0).contains(&belief.high);
    let unit = if share { "percent".to_owned() } else { String::new() };
    Some(Topic {
        noun: field.replace('_', " "),
        unit: (unit, None),
        scale: if share { 0.01 } else { 1.0 },
        owner,
        rule: "figure-of-field",
        why: format!("it is the estimate of \"{field}\""),
    })
}

/// Head noun of what is measured, in the singular as far as a final s goes.
fn noun(quantity: &Quantity) -> Option<String> {
    let words = quantity.what.as_ref()?.text().to_lowercase();
    words.split_whitespace().next_back().map(singular)
}

fn singular(word: &str) -> String {
    let cut = word.strip_suffix('s').filter(|w| w.len() > 3 && !w.ends_with('s'));
    cut.unwrap_or(word).to_owned()
}

fn proposal(
    material: &Material<'_>,
    belief: &Belief,
    topic: &Topic,
    read: &Read,
    quantity: &Quantity,
) -> Option<Proposal> {
    let plain = matches!(quantity.bound, Bound::Exactly | Bound::About | Bound::Between);
    let unit = match topic.unit.0.as_str() {
        // A count is of any noun; its noun is compared below.
        "" => quantity.unit != "percent",
        unit => quantity.unit == unit && quantity.per == topic.unit.1,
    };
    let named = read.actors(quantity.sentence);
    let owned = topic.owner.iter().all(|id| named.contains(id.as_str()));
    let same = singular(&topic.noun) == noun(quantity)?;
    if quantity.standing != Stands::Body || !plain || !unit || !owned || !same {
        return None;
    }
    let value = quantity.value? * topic.scale;
    let (low, high) = match quantity.bound {
        Bound::About => (value - value.abs() * ABOUT, value + value.abs() * ABOUT),
        _ => (
            quantity.low.map_or(value, |v| v * topic.scale),
            quantity.high.map_or(value, |v| v * topic.scale),
        ),
    };
    if low <= belief.high && belief.low <= high {
        return None;
    }
    let known: Option<Date> = (belief.sources.iter())
        .filter_map(|key| material.case.source(key))
        .map(|s| s.published)
        .max();
    let dated: Option<Date> = read.entry.dated.as_ref().and_then(|d| d.parse().ok());
    let said = quantity.when.filter(|w| w.precision <= Precision::Month).map(|w| w.from);
    let from = said.or(dated)?;
    // A number of another period is no contradiction.
    if let (Some(when), Some(known)) = (quantity.when, known) {
        let early = known.checked_sub(jiff::Span::new().days(PERIOD)).ok()?;
        if when.to < early {
            return None;
        }
    }
    let newer = known.is_none_or(|known| dated.is_some_and(|d| d > known));
    let span = quantity.quote.span();
    let around = quantity.what.as_ref().map_or(span, |what| span.join(what.span()));
    let place = read.place(quantity.sentence, around.start(), around.end())?;
    let value = tidy(value);
    let target = format!("{}={value}@{from}", belief.path);
    let mut new = Proposal::new(ProposalKind::Estimate, target, topic.rule);
    let word = if newer { "is overtaken" } else { "is contradicted" };
    new.title = format!(
        "{} {word}: {} ({} to {}) in the case, {value} in the text",
        belief.path, belief.value, belief.low, belief.high
    );
    let owners: Vec<&str> = topic.owner.iter().map(String::as_str).collect();
    new.why = format!(
        "{}; the text states \"{}\" of the same noun in the same unit{}{}, and the ranges do not meet",
        topic.why,
        quantity.quote.text(),
        if owners.is_empty() { "" } else { " with the same owner " },
        owners.join(", ")
    );
    new.actors = topic.owner.iter().cloned().collect();
    let range = (low < high).then(|| (tidy(low), tidy(high)));
    new.edits = vec![if newer {
        Edit::AddStatement { path: belief.path.clone(), said: Statement { value, range, from } }
    } else {
        let (low, high) = (belief.low.min(value), belief.high.max(value));
        Edit::Widen { path: belief.path.clone(), low, high }
    }];
    new.weight = if topic.rule == "figure-of-quote" { 2 } else { 1 };
    new.places = vec![place];
    Some(new)
}

/// A number without the noise of binary fractions.
fn tidy(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_without_binary_noise() {
        assert!((tidy(48.0 * 0.01) - 0.48).abs() < f64::EPSILON);
        assert_eq!(tidy(0.1 + 0.2).to_string(), "0.3");
    }
}
