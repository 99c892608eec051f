//! Events the history lacks: asserted as fact, dated at least to the month, by or against an actor that the case
//! knows; the other side may be in words alone.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{
    Class, DocumentSource, Event, Limits, Precision, Reader, Role, Stance, Standing as Stands, When,
};
use jiff::civil::Date;

use super::edit::Edit;
use super::material::{Material, Read};
use super::names::slug;
use super::{Proposal, ProposalKind};
use crate::case::Case;

/// Days by which reports of one event may differ; *judged*.
const NEAR: i64 = 3;

struct Told<'a> {
    event: &'a Event,
    when: When,
    actors: BTreeSet<String>,
    /// Head words of a side that is no actor of the case: what tells two deeds of one actor apart.
    words: BTreeSet<String>,
    read: &'a Read,
}

/// Days that an interval may span and still date an event; *judged*.
const LONGEST: i32 = 31;

/// Events that are not in the case's history.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let known = history(material);
    // Groups of reports of one event, by class and actors.
    type Matter = (Class, BTreeSet<String>, BTreeSet<String>);
    let mut groups: BTreeMap<Matter, Vec<Vec<Told<'_>>>> = BTreeMap::new();
    for read in &material.documents {
        for event in &read.records.events {
            let Some(told) = told(material, read, event) else {
                continue;
            };
            let there = known.iter().any(|k| {
                let near = days_apart(told.when, (k.date, k.date)) <= NEAR;
                let same = !k.actors.is_empty()
                    && (told.actors.is_subset(&k.actors) || k.actors.is_subset(&told.actors));
                near && same && (k.classes.is_empty() || k.classes.contains(&event.class))
            });
            if there {
                continue;
            }
            let matter = (event.class, told.actors.clone(), told.words.clone());
            let same = groups.entry(matter).or_default();
            let near = |group: &&mut Vec<Told<'_>>| {
                group.iter().all(|g| days_apart(told.when, (g.when.from, g.when.to)) <= NEAR)
            };
            match same.iter_mut().find(near) {
                Some(group) => group.push(told),
                None => same.push(vec![told]),
            }
        }
    }
    let all = groups.into_values().flatten().filter_map(|group| proposal(material, group));
    // Two matters of one day and the same actors would be one entry.
    let mut seen = BTreeSet::new();
    all.filter(|proposal| seen.insert(proposal.target.clone())).collect()
}

/// Whether the sentence denies the deed: what is denied is no fact, and no second source of one.
fn denied(read: &Read, event: &Event) -> bool {
    read.records.claims.iter().any(|claim| {
        claim.stance == Stance::Denial
            && claim.sentence == event.sentence
            && claim.quote.span().contains(event.trigger.span())
    })
}

fn told<'a>(material: &Material<'_>, read: &'a Read, event: &'a Event) -> Option<Told<'a>> {
    let fact = event.is_fact()
        && !denied(read, event)
        && !event.hedged
        && event.undone_by.is_none()
        && event.declares.is_none()
        && event.standing == Stands::Body;
    let short = |w: &When| w.from.until(w.to).is_ok_and(|s| s.get_days() <= LONGEST);
    let when = event.when.filter(|w| match w.precision {
        Precision::Day | Precision::Week | Precision::Month => true,
        Precision::Interval => short(w),
        _ => false,
    })?;
    let (sources, recipients): (BTreeSet<&str>, BTreeSet<&str>) =
        (event.source_actors().collect(), event.recipient_actors().collect());
    // Both sides are said, by name or in words; what one does alone needs one.
    let both =
        !event.sources.is_empty() && (!event.recipients.is_empty() || event.sources.len() > 1);
    let alone = !event.sources.is_empty()
        && matches!(
            event.class,
            Class::Protest | Class::Mobilize | Class::Retreat | Class::Agree | Class::Consult
        );
    let done = !event.recipients.is_empty()
        && matches!(event.class, Class::Assault | Class::Coerce | Class::Sanction | Class::Retreat);
    let actors: BTreeSet<String> =
        sources.union(&recipients).map(|actor| (*actor).to_owned()).collect();
    let known = !actors.is_empty() && actors.iter().all(|id| material.case.actor(id).is_some());
    let roles = event.sources.iter().chain(&event.recipients);
    let words = roles
        .filter(|role| role.actors.is_empty())
        .filter_map(|role| role.quote.text().split_whitespace().next_back().map(str::to_lowercase))
        .collect();
    (fact && (both || alone || done) && known).then_some(Told { event, when, actors, words, read })
}

fn proposal(material: &Material<'_>, mut group: Vec<Told<'_>>) -> Option<Proposal> {
    // The finest date first, then the surest pattern.
    group.sort_by_key(|t| (t.when.precision, std::cmp::Reverse(t.event.weight)));
    let best = group.first()?;
    let class = best.event.class.word();
    let ids: Vec<String> = best.actors.iter().cloned().collect();
    let date = best.when.from;
    let other: Vec<String> = best.words.iter().cloned().collect();
    let other = if ids.len() > 1 || other.is_empty() {
        String::new()
    } else {
        format!(":{}", other.join("+"))
    };
    let target = format!("event={class}:{}{other}:{date}", ids.join("+"));
    let mut new = Proposal::new(ProposalKind::Event, target, "event");
    let day = match best.when.precision {
        Precision::Day => date.to_string(),
        Precision::Week => format!("in the week from {date}"),
        Precision::Interval => format!("between {date} and {}", best.when.to),
        _ => format!("{:04}-{:02}", date.year(), date.month()),
    };
    let (sides, ordered) = sides(material.case, best.event);
    new.title = format!("{class} {day}: {sides}");
    new.places = group
        .iter()
        .filter_map(|t| {
            let span = t.event.quote.span();
            t.read.place(t.event.sentence, span.start(), span.end())
        })
        .collect();
    let place = new.places.first()?;
    new.why = format!(
        "rule {} reads it as {class}, stated as a fact and dated {day}; the history has nothing of this class with \
         these actors within {NEAR} days",
        best.event.rule
    );
    new.weight = best.event.weight;
    let mut id = slug(&format!("{} {} {}", class, ordered.join(" "), date));
    while material.case.events.iter().any(|e| *e.id.get_ref() == id) {
        id.push_str("-b");
    }
    let note = match best.when.precision {
        Precision::Day => format!("{class}, {sides}"),
        _ => format!("{class}, {sides}; dated {day}"),
    };
    new.edits = vec![Edit::AddEvent {
        id,
        date,
        what: place.sentence.clone(),
        actors: ordered.clone(),
        note: format!("{note}; bytes {}..{} of the document", place.start, place.end),
    }];
    new.actors = ordered;
    Some(new)
}

/// Who did it to whom, in words, and the actors among them: those who did it first.
fn sides(case: &Case, event: &Event) -> (String, Vec<String>) {
    let mut ids: Vec<String> = Vec::new();
    let mut told = |roles: &[Role]| -> String {
        let mut names: Vec<String> = Vec::new();
        for role in roles {
            let known = role.actors.iter().filter_map(|id| case.actor(id));
            let mut own: Vec<String> = known.map(|actor| actor.label().to_owned()).collect();
            if own.is_empty() {
                own.push(role.quote.text().to_owned());
            }
            ids.extend(role.actors.iter().cloned());
            names.extend(own);
        }
        names.dedup();
        names.join(", ")
    };
    let (doers, targets) = (told(&event.sources), told(&event.recipients));
    let words = match (doers.is_empty(), targets.is_empty()) {
        (false, true) => doers,
        (true, _) => format!("somebody → {targets}"),
        (false, false) => format!("{doers} → {targets}"),
    };
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    (words, ids)
}

struct Known {
    date: Date,
    actors: BTreeSet<String>,
    classes: Vec<Class>,
}

/// The history with the classes its sentences would be read as.
fn history(material: &Material<'_>) -> Vec<Known> {
    let reader = Reader::new(&material.lexicon, Limits::default());
    let classes = |what: &str| {
        let reading = reader.read(what.as_bytes(), &DocumentSource::new("history"));
        let of_patterns = |r: evidence::Reading| {
            r.events.iter().filter(|e| !e.suggested).map(|e| e.class).collect()
        };
        reading.map_or_else(|_| Vec::new(), of_patterns)
    };
    (material.case.events.iter())
        .map(|event| Known {
            date: event.date,
            actors: event.actors.iter().map(|a| a.get_ref().clone()).collect(),
            classes: classes(&event.what),
        })
        .collect()
}

/// Days between two stretches; 0 where they overlap.
fn days_apart(a: When, (from, to): (Date, Date)) -> i64 {
    let gap = |early: Date, late: Date| {
        early.until(late).map_or(i64::MAX, |span| i64::from(span.get_days()))
    };
    match () {
        () if a.to < from => gap(a.to, from),
        () if to < a.from => gap(to, a.from),
        () => 0,
    }
}
