//! Numbers of the text against the case's estimates.
//!
//! An estimate is matched with a number only when what it is about is known: either its own quote holds a number
//! of that value, whose unit, noun and owner are then looked for elsewhere; or its field is named by the noun
//! that is measured, and its owner is named in the sentence. Everything else is passed over.

use std::collections::{BTreeSet, HashMap};

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

/// A number of running text, with what it is matched by.
struct Figure<'m> {
    read: &'m Read,
    quantity: &'m Quantity,
    /// Actors that its sentence names.
    actors: BTreeSet<&'m str>,
}

/// The numbers that any estimate may be about, by their nouns: each is looked at for estimates of its noun alone.
fn by_noun<'m>(material: &'m Material<'_>) -> HashMap<String, Vec<Figure<'m>>> {
    let mut all: HashMap<String, Vec<Figure<'m>>> = HashMap::new();
    for read in &material.documents {
        for quantity in &read.records.quantities {
            let plain = matches!(quantity.bound, Bound::Exactly | Bound::About | Bound::Between);
            if quantity.standing != Stands::Body || !plain {
                continue;
            }
            let nouns: BTreeSet<String> =
                [noun(quantity), noun_before(read, quantity)].into_iter().flatten().collect();
            for noun in nouns {
                let actors = read.actors(quantity.sentence);
                all.entry(noun).or_default().push(Figure { read, quantity, actors });
            }
        }
    }
    all
}

/// Estimates that a document contradicts or overtakes.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let figures = by_noun(material);
    let mut all = Vec::new();
    for belief in &material.case.beliefs {
        let Some(topic) = by_quote(material, belief).or_else(|| by_name(material, belief)) else {
            continue;
        };
        for figure in figures.get(&singular(&topic.noun)).into_iter().flatten() {
            if !belief.sources.contains(&figure.read.entry.source_key) {
                all.extend(proposal(material, belief, &topic, figure));
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

/// Words between a noun and its number, as in "turnout was put at about 48 percent"; *judged*.
const BETWEEN: &[&str] = &[
    "of", "at", "is", "was", "were", "are", "be", "will", "would", "to", "reached", "stood",
    "stands", "put", "about", "some", "nearly", "around", "almost", "fell", "rose",
];

/// The noun right before the number, past the words of [`BETWEEN`].
fn noun_before(read: &Read, quantity: &Quantity) -> Option<String> {
    let sentence = read.sentence(quantity.sentence)?;
    let start = usize::try_from(sentence.start).ok()?;
    let before = read.text.get(start..quantity.quote.span().start())?.to_lowercase();
    let mut words = before.split_whitespace().rev().skip_while(|w| BETWEEN.contains(w));
    words.next().filter(|w| w.chars().all(char::is_alphabetic)).map(singular)
}

fn singular(word: &str) -> String {
    let cut = word.strip_suffix('s').filter(|w| w.len() > 3 && !w.ends_with('s'));
    cut.unwrap_or(word).to_owned()
}

fn proposal(
    material: &Material<'_>,
    belief: &Belief,
    topic: &Topic,
    Figure { read, quantity, actors: named }: &Figure<'_>,
) -> Option<Proposal> {
    let unit = match topic.unit.0.as_str() {
        // A count is of any noun; its noun is compared below.
        "" => quantity.unit != "percent",
        unit => quantity.unit == unit && quantity.per == topic.unit.1,
    };
    let owned = topic.owner.iter().all(|id| named.contains(id.as_str()));
    if !unit || !owned {
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
    let dated = read.entry.dated.as_ref().filter(|_| read.entry.dated_exactly);
    let dated: Option<Date> = dated.and_then(|d| d.parse().ok());
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
    // The number alone could stand anywhere: the sentence is cited.
    let whole = read.sentence(quantity.sentence)?;
    let ends = (usize::try_from(whole.start).ok()?, usize::try_from(whole.end).ok()?);
    let place = read.place(quantity.sentence, ends.0, ends.1)?;
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
    // A single number is no certainty: without a range of its own it keeps the width the estimate had.
    let own = low < high;
    let (below, above) = (belief.value - belief.low, belief.high - belief.value);
    let (mut low, mut high) = if own { (low, high) } else { (value - below, value + above) };
    if topic.scale < 1.0 {
        (low, high) = (low.max(0.0), high.min(1.0));
    }
    let range = (low < high).then(|| (tidy(low), tidy(high)));
    let kept = "the text gives no range: its width is that of the statement before";
    let note = (!own && range.is_some()).then(|| kept.to_owned());
    new.edits = vec![if newer {
        Edit::AddStatement {
            path: belief.path.clone(),
            said: Statement { value, range, from, note },
        }
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
