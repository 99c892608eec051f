//! What a change is called, for people: "North on Guard, security", never the name of a field's path where there are words.

use entry::Piece;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::made::Made;
use crate::case::Case;
use crate::folder::Folder;
use crate::judgement::Decided;
use crate::kinds;

/// The key that fields make.
pub(super) fn key(kind: &str, fields: &Map<String, Value>) -> String {
    let own = kinds::kind(kind).and_then(|kind| kind.key_of(|field| piece(fields.get(field))));
    own.map_or_else(String::new, |key| key.to_string())
}

/// What an entry has in a field, as a part of its key.
pub(super) fn piece(value: Option<&Value>) -> Piece<'static> {
    let value = match value {
        Some(Value::Array(all)) => all.first(),
        other => other,
    };
    match value {
        Some(Value::String(text)) => Piece::Text(text.clone().into()),
        Some(Value::Number(number)) => Piece::Text(number.to_string().into()),
        Some(Value::Null) | None => Piece::Absent,
        Some(_) => Piece::Other,
    }
}

/// A change in words.
pub(super) fn title(folder: &Folder, made: &Made) -> String {
    let case = folder.build_for_review();
    let case = case.as_ref();
    match made {
        Made::Entry { kind, fields } => entry(case, kind, fields),
        Made::Fields { path, fields } => {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            format!("{}: {}", subject(case, path), names.join(", "))
        }
        Made::Estimate { path, said, .. } => {
            let number =
                |name: &str| said.get(name).filter(|v| v.is_number()).map(Value::to_string);
            let mut out =
                format!("{}: {}", subject(case, path), number("value").unwrap_or_default());
            if let (Some(low), Some(high)) = (number("low"), number("high")) {
                out.push_str(&format!(" ({low} to {high})"));
            }
            if let Some(from) =
                said.get("from").and_then(Value::as_str).filter(|from| !from.is_empty())
            {
                out.push_str(&format!(", from {}", day(from)));
            }
            out
        }
        Made::Document { file, .. } => format!("New document: {file}"),
        Made::Text { file, .. } => format!("{file}, changed by hand"),
        Made::Judged { name, actor, decided } => {
            let actor = named(case, actor);
            match decided {
                Decided::Same => format!("\u{201c}{name}\u{201d} is {actor}"),
                Decided::NotSame => format!("\u{201c}{name}\u{201d} is not {actor}"),
                Decided::Unsure => format!("\u{201c}{name}\u{201d} may be {actor}"),
            }
        }
    }
}

fn entry(case: Option<&Case>, kind: &str, fields: &Map<String, Value>) -> String {
    let of = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = |field: &str| named(case, of(field));
    match kind {
        "tie" => format!("New tie: {} on {}, {}", name("from"), name("to"), of("channel")),
        "event" => format!("{}, {}", of("what").trim_end_matches('.'), day(of("date"))),
        "source" => {
            format!("New source: {}, {}, {}", of("title"), of("publisher"), day(of("published")))
        }
        "wish" => {
            let value = fields.get("value").and_then(|v| v.get("value")).map(Value::to_string);
            let value = value.map_or_else(String::new, |v| format!(": {v}"));
            format!(
                "{} on \u{201c}{}\u{201d} in {}{value}",
                name("actor"),
                of("alternative"),
                of("decision")
            )
        }
        "question" => format!("New question: {}", of("text")),
        kind => {
            let words =
                ["name", "title", "what", "text"].map(of).into_iter().find(|w| !w.is_empty());
            let key = key(kind, fields);
            format!("New {kind}: {}", words.unwrap_or(&key))
        }
    }
}

fn named(case: Option<&Case>, id: &str) -> String {
    case.and_then(|case| case.actor(id))
        .map_or_else(|| id.to_owned(), |actor| actor.label().to_owned())
}

/// What a path is about.
fn subject(case: Option<&Case>, path: &str) -> String {
    let (kind, rest) = path.split_once('.').unwrap_or((path, ""));
    let (key, field) = rest.rsplit_once('.').unwrap_or((rest, ""));
    let field = if field.is_empty() { String::new() } else { format!(", {field}") };
    match kind {
        "actor" => format!("{}{field}", named(case, key)),
        "tie" => {
            let (from, rest) = key.split_once('>').unwrap_or((key, ""));
            let (to, channel) = rest.rsplit_once(':').unwrap_or((rest, ""));
            format!("{} on {}, {channel}{field}", named(case, from), named(case, to))
        }
        kind => format!("{kind} {key}{field}"),
    }
}

/// A day as people write it.
fn day(text: &str) -> String {
    text.parse::<Date>()
        .map_or_else(|_| text.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}
