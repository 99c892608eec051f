//! What an estimate is called, and what a box says, in words.

use case::{Belief, Case};
use serde::Serialize;

use super::Rule;

/// An input, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// The estimate's path in the case, or the quantity asked for.
    pub path: String,
    /// What it is, as a noun phrase.
    pub label: String,
    /// Its unit, if it has one.
    pub unit: Option<String>,
    /// What it rests on: the keys of its sources, or the author's reason.
    pub rests_on: String,
}

pub(super) fn named(case: &Case, belief: &Belief) -> Named {
    let rests_on = match &belief.judged {
        Some(reason) if belief.sources.is_empty() => format!("judged: {reason}"),
        _ => belief.sources.join(", "),
    };
    Named {
        path: belief.path.clone(),
        label: phrase(case, &belief.path),
        unit: belief.unit.clone(),
        rests_on,
    }
}

/// What the estimate at a path is, as a noun phrase: "the bandwidth of the security tie from A to B".
#[must_use]
pub fn phrase(case: &Case, path: &str) -> String {
    let Some((kind, rest)) = path.split_once('.') else { return path.to_owned() };
    let Some((key, field)) = rest.rsplit_once('.') else {
        return format!("the {} of {kind}", plain(rest));
    };
    let field = plain(field);
    // What belongs to a contest or a law names it first.
    let own = key.split_once(':').map_or(key, |(_, own)| own);
    let name = |id: &str| name(case, id);
    let pair = |key: &str| key.split_once('>').map(|(a, b)| (name(a), name(b)));
    match kind {
        "process" => match parameter(key, rest) {
            Some(meaning) => format!("\"{field}\" ({meaning})"),
            None => format!("\"{field}\" of the {} process", plain(key)),
        },
        "tie" => {
            let (ends, channel) = key.split_once(':').unwrap_or((key, ""));
            match pair(ends) {
                Some((from, to)) => format!("the {field} of the {channel} tie from {from} to {to}"),
                None => format!("the {field} of the tie {key}"),
            }
        }
        "position" => match key.split_once(':') {
            Some((who, issue)) => format!("the {field} of {} on {}", name(who), name(issue)),
            None => format!("the {field} of {key}"),
        },
        "prior" => match own.split_once(':') {
            Some((place, list)) => {
                format!("the expected share of {} in {}", name(list), name(place))
            }
            None => format!("the expected share of {}", name(own)),
        },
        "preference" => match (pair(own), field.as_str()) {
            (Some((who, whom)), "value") => format!("what {whom} is worth to {who}"),
            (Some((who, whom)), _) => format!("the {field} of {who} against {whom}"),
            (None, _) => format!("the {field} of {own}"),
        },
        "favour" => match pair(own) {
            Some((who, whom)) => format!("how {who} see {whom}"),
            None => format!("the favour of {own}"),
        },
        "membership" => match pair(own) {
            Some((who, whom)) => format!("the {field} of {who} with {whom}"),
            None => format!("the {field} of {own}"),
        },
        "candidate" | "entry" => format!("the {field} of {}", name(own)),
        "contest" => format!("the expected {field}"),
        "channels" => format!("the weight of the {key} channel"),
        "stage" => format!("the time that \"{}\" takes", name(key)),
        _ => match key.split_once('>') {
            Some((a, b)) => match b.split_once(':') {
                Some((b, what)) => {
                    format!(
                        "the {field} of the {} of {} on {} ({what})",
                        plain(kind),
                        name(a),
                        name(b)
                    )
                }
                None => format!("the {field} of the {} of {} on {}", plain(kind), name(a), name(b)),
            },
            None => match key.split_once(':') {
                Some((a, b)) => {
                    format!("the {field} of the {} of {} ({})", plain(kind), name(a), plain(b))
                }
                None => format!("the {field} of {}", name(key)),
            },
        },
    }
}

/// What a parameter of a process is, as its own file says it, within a sentence.
fn parameter(process: &str, path: &str) -> Option<String> {
    let (_, name) = path.rsplit_once('.')?;
    let process = simulate::process::PROCESSES.iter().find(|p| p.name == process)?;
    let doc = process.parameters.iter().find(|p| p.name == name)?.doc;
    let mut letters = doc.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect())
}

/// What people call the thing with an id; the id with spaces where the case gives no name.
fn name(case: &Case, id: &str) -> String {
    if let Some(actor) = case.actor(id) {
        return actor.label().to_owned();
    }
    let others = (case.districts.iter().map(|d| (&d.id, &d.name)))
        .chain(case.candidates.iter().map(|c| (&c.id, &c.name)))
        .chain(case.offices.iter().map(|o| (&o.id, &o.name)))
        .chain(case.stages.iter().map(|s| (&s.id, &s.name)))
        .chain(case.rivalries.iter().map(|r| (&r.id, &r.name)))
        .chain(case.waivers.iter().map(|w| (&w.id, &w.name)))
        .chain(case.bills.iter().map(|b| (&b.id, &b.name)))
        .chain(case.supplies.iter().map(|s| (&s.id, &s.name)))
        .chain(case.shocks.iter().map(|s| (&s.id, &s.name)))
        .chain(case.pillars.iter().map(|p| (&p.id, &p.name)))
        .chain(case.dialogues.iter().map(|d| (&d.id, &d.name)));
    let mut found = others.filter(|(known, _)| known.get_ref() == id).map(|(_, name)| name.clone());
    found.next().unwrap_or_else(|| plain(id))
}

fn plain(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

/// A number of a rule with its unit; shares as percentages.
#[must_use]
pub(super) fn figure(value: f64, tried: (f64, f64), unit: Option<&str>) -> String {
    let span = tried.1 - tried.0;
    let places = |span: f64| match span {
        s if s >= 20.0 || s <= 0.0 => 0,
        s => (2.0 - s.log10()).ceil().clamp(0.0, 6.0) as usize,
    };
    match unit {
        Some("share") => {
            let places = places(100.0 * span).min(1);
            format!("{:.places$} %", 100.0 * value)
        }
        Some(unit) if !matches!(unit, "number" | "multiple" | "rung" | "scale") => {
            let unit = unit.strip_prefix("1/").map_or(unit.to_owned(), |per| format!("a {per}"));
            format!("{value:.*} {unit}", places(span).min(3))
        }
        _ => format!("{value:.*}", places(span).min(3)),
    }
}

/// A box as a condition: "A is 0.3 or less and B is between 0.2 and 0.6".
pub(super) fn sentence(rules: &[Rule]) -> String {
    let one = |rule: &Rule| {
        let number = |x: f64| figure(x, rule.tried, rule.input.unit.as_deref());
        let of = &rule.input.label;
        match (rule.least, rule.most) {
            (Some(least), Some(most)) => {
                format!("{of} is between {} and {}", number(least), number(most))
            }
            (Some(least), None) => format!("{of} is {} or more", number(least)),
            (None, Some(most)) => format!("{of} is {} or less", number(most)),
            (None, None) => format!("{of} is anything"),
        }
    };
    let all: Vec<String> = rules.iter().map(one).collect();
    match all.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        Some((last, _)) => last.clone(),
        None => "always".to_owned(),
    }
}
