//! What somebody did to somebody, from tables of events, as events of the history.

use std::collections::BTreeSet;

use super::super::edit::Edit;
use super::super::material::Material;
use super::super::{Proposal, ProposalKind};
use super::{Says, actor, event_id, new, rows};

/// Deeds that the history does not have, of which every side that is named is an actor of the case.
pub(in crate::proposal) fn deeds(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for (import, row) in rows(material) {
        let Says::Deed { id, date, exact, class, what, by, to, place, deaths } = &row.says else {
            continue;
        };
        let [doers, others] = [by, to].map(|side| -> BTreeSet<&str> {
            side.iter().filter_map(|name| actor(material.case, name)).collect()
        });
        let unknown =
            |names: &[String], known: &BTreeSet<&str>| !names.is_empty() && known.is_empty();
        let name = event_id(import, id);
        if doers.is_empty()
            || unknown(to, &others)
            || material.case.events.iter().any(|event| *event.id.get_ref() == name)
        {
            continue;
        }
        let mut event =
            new(ProposalKind::Event, format!("event.{name}"), "import/deeds", import, row);
        let label = |ids: &BTreeSet<&str>| {
            let actors = ids.iter().filter_map(|id| material.case.actor(id));
            actors.map(|actor| actor.label()).collect::<Vec<_>>().join(", ")
        };
        let dead = deaths.map_or_else(String::new, |n| format!("; {n} deaths reported"));
        let at = if place.is_empty() { String::new() } else { format!(" at {place}") };
        let whom = if others.is_empty() { String::new() } else { format!(", {}", label(&others)) };
        let told = format!("{}{whom}: {what}{at}{dead}", label(&doers));
        event.title = format!("{} {date}: {told}", class.as_deref().unwrap_or("EVENT"));
        let actors: BTreeSet<&str> = doers.union(&others).copied().collect();
        event.actors = actors.into_iter().map(str::to_owned).collect();
        let class = class.as_ref().map_or_else(String::new, |class| format!("{class}; "));
        let about = if *exact { "" } else { "; the day is not known for sure" };
        event.edits = vec![Edit::AddEvent {
            id: name,
            date: *date,
            what: told,
            actors: event.actors.clone(),
            note: format!("{class}line {} of {}{about}", row.line, import.file),
        }];
        all.push(event);
    }
    all
}
