//! Events: class, roles and date of the gold, and what must not be coded.

use std::collections::BTreeMap;

use evidence::{Class, Event, Lexicon, Reading, Role};
use serde_json::Value;

use crate::gold::{Tally, byte_range, overlaps, sentences, strings, text};

pub(crate) fn events(
    records: &[Value],
    readings: &BTreeMap<String, Reading>,
    lexicon: &Lexicon,
    misses: bool,
) {
    let (mut class, mut roles, mut all) = (Tally::default(), Tally::default(), Tally::default());
    let mut none = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "event") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let near = sentences(reading, range);
        let code = text(fields, "code");
        let found: Vec<&Event> =
            reading.events.iter().filter(|e| near.contains(&e.sentence)).collect();
        if code == "NONE" {
            none.add(!found.iter().any(|e| e.is_fact() && overlaps(e.trigger.span(), range)));
            continue;
        }
        if code == "OTHER" {
            continue;
        }
        let mut accepted: Vec<Class> =
            strings(fields.get("accept")).iter().filter_map(|c| Class::from_word(c)).collect();
        accepted.extend(Class::from_word(code));
        let alleged = matches!(text(fields, "factuality"), "alleged");
        let fits_class = |e: &&&Event| (accepted.contains(&e.class)) && (e.is_fact() || alleged);
        let by_class: Vec<&&Event> = found.iter().filter(fits_class).collect();
        let by_role: Vec<&&&Event> =
            by_class.iter().filter(|e| roles_fit(fields, e, lexicon)).collect();
        let by_date = by_role.iter().any(|e| date_fits(fields, e));
        class.add(!by_class.is_empty());
        roles.add(!by_role.is_empty());
        all.add(by_date);
        if misses && !by_date {
            println!(
                "  miss {} [{}] {} | {} -> {} | {}",
                text(record, "id"),
                code,
                text(record, "quote"),
                fields["actor"],
                fields["recipient"],
                fields["date"]
            );
            for e in &found {
                println!(
                    "       got {} ({}) {} -> {} {:?} fact {}",
                    e.class.word(),
                    e.rule,
                    names(&e.sources),
                    names(&e.recipients),
                    e.when.map(|w| (w.from, w.to)),
                    e.is_fact()
                );
            }
        }
    }
    class.print("events: class found as a fact in the sentence");
    roles.print("events: class, source and recipient");
    all.print("events: class, source, recipient and date");
    none.print("events that must not be coded");
    let facts: usize = readings.values().flat_map(|r| &r.events).filter(|e| e.is_fact()).count();
    println!("{:<52} {facts:>4}", "events coded as facts, all");
}

/// Every actor the gold names and the lexicon knows must be among the event's; an unnamed or
/// inferred one is not asked for.
pub(crate) fn roles_fit(fields: &Value, event: &Event, lexicon: &Lexicon) -> bool {
    let known = |ids: Vec<String>| {
        ids.into_iter().filter(|id| lexicon.actors.iter().any(|a| a.id == *id)).collect::<Vec<_>>()
    };
    let inferred = |key: &str| fields[key].as_bool().unwrap_or(false);
    let wanted = |key: &str, flag: &str| {
        if inferred(flag) { Vec::new() } else { known(strings(fields.get(key))) }
    };
    let sources = wanted("actor", "actor_is_inferred");
    let recipients = wanted("recipient", "recipient_is_inferred");
    let mutual = event.reciprocal || fields["reciprocal"].as_bool().unwrap_or(false);
    let did = |id: &String| event.source_actors().any(|a| a == id);
    let had = |id: &String| event.recipient_actors().any(|a| a == id);
    sources.iter().all(|id| did(id) || mutual && had(id))
        && recipients.iter().all(|id| had(id) || mutual && did(id))
}

pub(crate) fn date_fits(fields: &Value, event: &Event) -> bool {
    if text(fields, "resolved_basis") == "external"
        || fields["date_is_inferred"].as_bool().unwrap_or(false)
    {
        return true;
    }
    let wanted = match (text(fields, "resolved"), text(fields, "date"), text(fields, "date_from")) {
        ("", "", "") => return true,
        ("", "", from) => format!("{from}/{}", text(fields, "date_to")),
        ("", date, _) => date.to_owned(),
        (resolved, ..) => resolved.to_owned(),
    };
    if !wanted.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let Some(when) = event.when else { return false };
    let (from, to) = wanted.split_once('/').unwrap_or((&wanted, &wanted));
    let from = from.trim_end_matches('s');
    let (stated_from, stated_to) = (when.from.to_string(), when.to.to_string());
    stated_from.starts_with(from) && (stated_to.starts_with(to) || wanted.ends_with('s'))
}

fn names(roles: &[Role]) -> String {
    roles
        .iter()
        .map(|r| format!("{:?}{:?}", r.quote.text(), r.actors))
        .collect::<Vec<_>>()
        .join(", ")
}
