//! Whether an indicator has been seen: events that were read, matched by their class and actors.
//!
//! What to look for the process says that reports the quantity ([`Shown`]): attacks of A on B are assaults of A on B, a
//! listing is a sanction, a visit a consultation. Classes are PLOVER's. A sign with no such match (a step of forming a government, seats) is
//! seen through the case itself: results and governments it knows by now, and events of its history that say what a run
//! would have to show (`shows`). Such a statement trips an indicator of the same quantity that it implies: 48 days trip
//! "60 or fewer", 46 seats "40 or more".

use case::Case;
use jiff::civil::Date;
use serde::Serialize;
use simulate::quantity::Shown;

use super::Indicator;

/// An event that was read or that the case tells, as much of it as is matched and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The class.
    pub class: String,
    /// Who did it.
    pub sources: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// The day, or the first of the days it may have been.
    pub day: Date,
    /// The sentence.
    pub sentence: String,
    /// Key of the source.
    pub source: String,
    /// Title of the document, or the id of the case's event.
    pub title: Option<String>,
    /// What a run would have to show, if the case says so.
    pub shows: Option<String>,
}

/// What was seen of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tripped {
    /// How many distinct events match: by day, who and to whom, so that reprints count once.
    pub seen: usize,
    /// Whether that is as many as it takes.
    pub tripped: bool,
    /// The events, in the order of their days.
    pub sightings: Vec<Sighting>,
}

/// Whether an event is one of those that show a quantity.
fn fits(shown: &Shown, event: &Sighting) -> bool {
    let any = |wanted: &[String], found: &[String]| {
        wanted.is_empty() || wanted.iter().any(|w| found.contains(w))
    };
    // One actor on both sides of a rivalry is not the two.
    let both = !(shown.sources == shown.recipients && event.sources == event.recipients);
    shown.classes.contains(&event.class.as_str())
        && any(&shown.sources, &event.sources)
        && any(&shown.recipients, &event.recipients)
        && (both || shown.sources.is_empty())
}

/// What a case as it is known later tells: national results, nominees who failed, and history that says what it shows.
#[must_use]
pub fn told_by(later: &Case) -> Vec<Sighting> {
    let told = |day, sentence, source: String, title: String, shows| Sighting {
        class: String::new(),
        sources: Vec::new(),
        recipients: Vec::new(),
        day,
        sentence,
        source,
        title: Some(title),
        shows: Some(shows),
    };
    let keys = |keys: &case::estimate::Keys| {
        keys.0.iter().map(|k| k.get_ref().as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut all = Vec::new();
    for result in later.results.iter().filter(|r| r.district.is_none()) {
        let (Some(seats), list) = (result.seats, result.list.get_ref()) else { continue };
        let label = later.actor(list).map_or(list.as_str(), |a| a.label());
        let sentence = format!("{label} won {seats} seats.");
        let title = format!("result of {}", result.election.get_ref());
        all.push(told(
            result.date,
            sentence,
            keys(&result.source),
            title,
            format!("seats.{list} >= {seats}"),
        ));
    }
    for formed in &later.formed {
        for name in &formed.failed {
            let Some(who) = later.candidates.iter().find(|c| c.name == *name) else { continue };
            let title = format!("government after {}", formed.election.get_ref());
            let shows = format!("failed.{} >= 1", who.id.get_ref());
            let sentence = format!("{name} was nominated and failed.");
            all.push(told(formed.confidence, sentence, keys(&formed.source), title, shows));
        }
    }
    for event in &later.events {
        let Some(shows) = &event.shows else { continue };
        let title = event.id.get_ref().clone();
        all.push(told(event.date, event.what.clone(), keys(&event.source), title, shows.clone()));
    }
    all
}

/// Whether one comparison of a quantity with a number implies another of the same quantity, or both are the same words.
fn implies(shown: &str, asked: &str) -> bool {
    let parts = |text: &str| {
        let (id, sign, value) = [">=", "<=", "=="]
            .iter()
            .find_map(|sign| text.split_once(sign).map(|(id, value)| (id, *sign, value)))?;
        let value = value.trim().parse::<f64>().ok()?;
        Some((id.trim().trim_matches('"').to_owned(), sign, value))
    };
    match (parts(shown), parts(asked)) {
        (Some((a, sign, has)), Some((b, wanted, least))) if a == b => match (sign, wanted) {
            (">=" | "==", ">=") => has >= least,
            ("<=" | "==", "<=") => has <= least,
            _ => shown == asked,
        },
        _ => shown == asked,
    }
}

/// Whether an indicator has been seen, among events after the as-of date and up to its day.
#[must_use]
pub fn trip(case: &Case, indicator: &Indicator, events: &[Sighting]) -> Option<Tripped> {
    let sought = indicator.sign.shown.as_ref();
    let in_time = |e: &&Sighting| e.day > case.as_of && e.day <= indicator.by;
    let shown = |e: &Sighting| e.shows.as_deref().is_some_and(|s| implies(s, &indicator.ask));
    let told = events.iter().filter(in_time).any(&shown);
    let mut matching: Vec<Sighting> = (events.iter().filter(in_time))
        .filter(|e| shown(e) || sought.is_some_and(|s| fits(s, e)))
        .cloned()
        .collect();
    if sought.is_none() && !told {
        return None;
    }
    matching.sort_by(|a, b| (a.day, &a.source, &a.sentence).cmp(&(b.day, &b.source, &b.sentence)));
    let mut distinct: Vec<(Date, &[String], &[String])> =
        matching.iter().map(|e| (e.day, e.sources.as_slice(), e.recipients.as_slice())).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let seen = distinct.len();
    Some(Tripped {
        seen,
        tripped: told || seen as f64 >= indicator.threshold.max(1.0),
        sightings: matching,
    })
}
