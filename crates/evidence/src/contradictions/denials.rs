//! Statements answered by a denial, and deeds taken back: pairs the reader has linked within a
//! document.

use super::{Comparison, Kind, Named, Testimony, side};

pub(super) fn compare(testimonies: &[Testimony], names: Named<'_>) -> Vec<Comparison> {
    testimonies
        .iter()
        .flat_map(|t| {
            let mut out = answered_events(t, names);
            // an accusation is an event and a claim; its denial is shown once
            let told = |c: &Comparison| -> Vec<usize> {
                c.sides.iter().flat_map(|s| s.passages.iter().map(|p| p.sentence)).collect()
            };
            for claim in answered_claims(t, names) {
                if !out.iter().any(|c| told(c) == told(&claim)) {
                    out.push(claim);
                }
            }
            out.extend(undone(t));
            out
        })
        .collect()
}

fn answered_events(t: &Testimony, names: Named<'_>) -> Vec<Comparison> {
    let mut out = Vec::new();
    for event in &t.events {
        let Some(earlier) =
            event.answers.as_ref().and_then(|id| t.events.iter().find(|e| e.id == *id))
        else {
            continue;
        };
        if !event.is_fact() {
            continue;
        }
        let said = t.passed(earlier.sentence, &earlier.quote, &earlier.id);
        let denied = t.passed(event.sentence, &event.quote, &event.id);
        out.push(Comparison {
            kind: Kind::Denial,
            matter: format!("{}: {}", earlier.class.word(), earlier.quote.text()),
            sides: vec![
                side(format!("said by {}", somebody(names, earlier.source_actors())), vec![said]),
                side(
                    format!("rejected by {}", somebody(names, event.source_actors())),
                    vec![denied],
                ),
            ],
        });
    }
    out
}

fn answered_claims(t: &Testimony, names: Named<'_>) -> Vec<Comparison> {
    let mut out = Vec::new();
    for claim in &t.claims {
        let Some(earlier) =
            claim.answers.as_ref().and_then(|id| t.claims.iter().find(|c| c.id == *id))
        else {
            continue;
        };
        let who = |c: &crate::records::Claim| {
            let words = c.resolved.as_ref().or(c.speaker.as_ref()).map(|q| q.text().to_owned());
            let actors = c.actors.iter().map(String::as_str);
            if c.actors.is_empty() { words.unwrap_or_default() } else { names.list(actors) }
        };
        out.push(Comparison {
            kind: Kind::Denial,
            matter: earlier.quote.text().to_owned(),
            sides: vec![
                side(
                    format!("said by {}", who(earlier)),
                    vec![t.passed(earlier.sentence, &earlier.quote, &earlier.id)],
                ),
                side(
                    format!("denied by {}", who(claim)),
                    vec![t.passed(claim.sentence, &claim.quote, &claim.id)],
                ),
            ],
        });
    }
    out
}

fn undone(t: &Testimony) -> Vec<Comparison> {
    let mut out = Vec::new();
    for event in &t.events {
        let Some(later) =
            event.undone_by.as_ref().and_then(|id| t.events.iter().find(|e| e.id == *id))
        else {
            continue;
        };
        // whoever is let go is not a contradiction of his arrest, and a plan to reverse undoes
        // nothing yet
        if !later.is_fact() || later.mode.as_deref() == Some("release") {
            continue;
        }
        out.push(Comparison {
            kind: Kind::Undone,
            matter: format!("{}: {}", event.class.word(), event.quote.text()),
            sides: vec![
                side("done".to_owned(), vec![t.passed(event.sentence, &event.quote, &event.id)]),
                side(
                    "taken back".to_owned(),
                    vec![t.passed(later.sentence, &later.quote, &later.id)],
                ),
            ],
        });
    }
    out
}

fn somebody<'a>(names: Named<'_>, ids: impl Iterator<Item = &'a str>) -> String {
    let list = names.list(ids);
    if list.is_empty() { "somebody unnamed".to_owned() } else { list }
}
