//! An account of a change, summed up by kind, tie, channel, document and event.
//!
//! A cause with several documents, or that goes with several events, is shared out equally among them; what has none
//! stands under its own heading, so that each sum is the whole change.

use std::collections::BTreeMap;

use case::Case;
use jiff::civil::Date;
use serde::Serialize;

use super::change::Cause;
use super::frame::Frame;
use super::part::PartKind;

/// An event further from the day a value holds from than this many days is not taken for its occasion.
const NEAR: i32 = 31;

/// A heading and its share of the mean change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heading {
    /// The key: of a source, an event, a tie; empty for what has none.
    pub key: String,
    /// In words.
    pub name: String,
    /// When it was published or happened, if it has a day.
    pub date: Option<Date>,
    /// Its share of the mean change.
    pub share: f64,
}

/// The causes summed up, the largest share first.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Groups {
    /// By kind of thing: the house, ties, channel weights, autonomy.
    pub kinds: Vec<Heading>,
    /// By tie.
    pub ties: Vec<Heading>,
    /// By the channel of what changed.
    pub channels: Vec<Heading>,
    /// By the document that carries the new value.
    pub documents: Vec<Heading>,
    /// By the event of the history that goes with it.
    pub events: Vec<Heading>,
}

/// The events that go with a change: of those between the dates the ones on the very day the new value holds from
/// that share a source or an actor with it; if there is none, those within a month of it that share a source.
/// *Judged*.
pub(super) fn events(
    case: &Case,
    (from, to): (Date, Date),
    since: Option<Date>,
    documents: &[String],
    actors: &[String],
) -> Vec<String> {
    let Some(since) = since else { return Vec::new() };
    let between = || case.events.iter().filter(|e| e.date > from && e.date <= to);
    let cites =
        |e: &case::history::Event| e.source.0.iter().any(|key| documents.contains(key.get_ref()));
    let names = |e: &case::history::Event| e.actors.iter().any(|a| actors.contains(a.get_ref()));
    let id = |e: &case::history::Event| e.id.get_ref().clone();
    let same: Vec<String> =
        between().filter(|e| e.date == since && (cites(e) || names(e))).map(id).collect();
    if !same.is_empty() {
        return same;
    }
    let apart = |day: Date| day.since(since).map_or(i32::MAX, |span| span.get_days().abs());
    between().filter(|e| cites(e) && apart(e.date) <= NEAR).map(id).collect()
}

pub(super) fn groups(causes: &[Cause], frame: &Frame<'_>, case: &Case) -> Groups {
    let sum = |keys: &dyn Fn(&Cause) -> Vec<String>| {
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for cause in causes {
            let mut keys = keys(cause);
            if keys.is_empty() {
                keys.push(String::new());
            }
            let each = cause.share.mean / keys.len() as f64;
            keys.into_iter().for_each(|key| *sums.entry(key).or_default() += each);
        }
        sums
    };
    let headings = |sums: BTreeMap<String, f64>, name: &dyn Fn(&str) -> (String, Option<Date>)| {
        let mut rows: Vec<Heading> = (sums.into_iter())
            .map(|(key, share)| {
                let (name, date) = name(&key);
                Heading { key, name, date, share }
            })
            .collect();
        rows.sort_by(|a, b| {
            b.share.abs().total_cmp(&a.share.abs()).then_with(|| a.key.cmp(&b.key))
        });
        rows
    };
    let plain = |key: &str, none: &str| {
        let name = if key.is_empty() { none.to_owned() } else { key.to_owned() };
        (name, None)
    };
    let kind = |cause: &Cause| {
        vec![
            match cause.kind {
                PartKind::House => "who sits in the house",
                PartKind::Tie => "ties that began or ceased",
                PartKind::Bandwidth | PartKind::Dependence => "strength of ties",
                PartKind::Weight => "weights of channels",
                PartKind::Autonomy => "autonomy",
            }
            .to_owned(),
        ]
    };
    let label = |key: &str| {
        let (ends, channel) = key.rsplit_once(':')?;
        let (from, to) = ends.split_once('>')?;
        let label = |id: &str| Some(frame.actors[frame.actor(id)?].label.clone());
        Some(format!("{} → {} ({channel})", label(from)?, label(to)?))
    };
    let tie = |key: &str| (label(key).unwrap_or_else(|| "no tie".to_owned()), None);
    let document = |key: &str| match case.source(key) {
        Some(source) => (source.title.clone(), Some(source.published)),
        None => plain(key, "the author's judgement alone"),
    };
    let event = |key: &str| {
        let found = case.events.iter().find(|e| e.id.get_ref() == key);
        found.map_or_else(
            || plain(key, "no event of the history"),
            |e| (e.what.clone(), Some(e.date)),
        )
    };
    Groups {
        kinds: headings(sum(&kind), &|key| plain(key, "")),
        ties: headings(sum(&|c| c.tie.iter().cloned().collect()), &tie),
        channels: headings(
            sum(&|c| c.channel.iter().map(|c| c.name().to_owned()).collect()),
            &|key| plain(key, "no channel"),
        ),
        documents: headings(sum(&|c| c.documents.clone()), &document),
        events: headings(sum(&|c| c.events.clone()), &event),
    }
}
