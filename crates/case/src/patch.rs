//! Scenarios: small patches over the paths of a case, never a copied case.
//!
//! ```toml
//! title = "Nobody stays away"
//! [[set]]
//! path = "entry.reds.participates"
//! value = true
//! [[add]]
//! kind = "preference"
//! entry = { actor = "north", candidate = "veteran", value = { value = -0.8, judged = "scenario" } }
//! [[remove]]
//! path = "tie.north>reds:security"
//! [[move]]                       # a date, to another day (`to`) or by some days (`by`, below zero for earlier)
//! path = "contest.date"
//! by = 30
//! [[force]]                      # something that may happen, happens on this day
//! what = "shock.oil-slump"
//! date = 2031-04-01
//! ```
//!
//! A number set on an estimate fixes it: the estimate loses its range. Scenarios compose: each is laid over what the
//! ones before it left. A patch that reaches nothing is a fault; one that changes nothing is a warning.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::folder::Patch;
use crate::kinds::{KINDS, key_of};
use crate::source_map::Spot;
use crate::tree::{Kind, Node, Tree, is_estimate, shift, syntax};

/// The note that a patch leaves on an estimate it fixes.
fn fixed<'a>(number: Node<'a>, name: &'a str) -> DeValue<'a> {
    let span = number.span();
    let mut table = DeTable::new();
    table.insert(Spanned::new(span.clone(), "value".into()), number);
    let reason = DeValue::String(format!("set by scenario {name}").into());
    table.insert(Spanned::new(span.clone(), "judged".into()), Spanned::new(span, reason));
    DeValue::Table(table)
}

/// Lays a scenario over a tree.
pub(crate) fn apply<'a>(tree: &mut Tree<'a>, patch: &'a Patch, faults: &mut Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(&patch.text);
    let moved = |span: Spot| span.start + patch.base..span.end + patch.base;
    if let Some(fault) = syntax(&errors, patch.base) {
        // Half a scenario is none.
        faults.push(fault);
        return;
    }
    for (name, value) in table.into_inner() {
        let at = moved(name.span());
        let value = shift(value, &moved);
        let operations = match (name.get_ref().as_ref(), value.into_inner()) {
            ("title" | "why", DeValue::String(_)) => continue,
            ("set" | "add" | "remove" | "move" | "force", DeValue::Array(operations)) => operations,
            (other, _) => {
                let message = format!("a scenario has no \"{other}\" like this");
                faults.push(
                    Diagnostic::error("patch", at, message).hint(
                        "use title, why, [[set]], [[add]], [[remove]], [[move]] and [[force]]",
                    ),
                );
                continue;
            }
        };
        for operation in operations {
            match one(tree, name.get_ref(), operation, &patch.name) {
                Ok(idle) => faults.extend(idle),
                Err(fault) => faults.push(*fault),
            }
        }
    }
}

fn one<'a>(
    tree: &mut Tree<'a>,
    verb: &str,
    operation: Node<'a>,
    name: &'a str,
) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    let spot = operation.span();
    let wants = match verb {
        "set" => ["path", "value"].as_slice(),
        "add" => &["kind", "entry"],
        "move" => &["path", "to", "by"],
        "force" => &["what", "date"],
        _ => &["path"],
    };
    let lacking = |field: &str| {
        let message = format!("[[{verb}]] needs \"{field}\"");
        Box::new(Diagnostic::error("patch", spot.clone(), message))
    };
    let DeValue::Table(mut fields) = operation.into_inner() else {
        return Err(lacking(wants[0]));
    };
    if let Some(key) = fields.keys().find(|k| !wants.contains(&k.get_ref().as_ref())) {
        let message = format!("[[{verb}]] has no \"{}\"", key.get_ref());
        return Err(Box::new(
            Diagnostic::error("patch", key.span(), message)
                .nearest(key.get_ref(), wants.iter().copied()),
        ));
    }
    let mut take = |field: &str| fields.remove(field).ok_or_else(|| lacking(field));
    let first = take(wants[0])?;
    let at = first.span();
    let DeValue::String(path) = first.into_inner() else {
        let message = format!("\"{}\" must be in quotes", wants[0]);
        return Err(Box::new(Diagnostic::error("patch", at, message)));
    };
    match verb {
        "set" => {
            let value = take("value")?;
            let target = tree.find_mut(&path).map_err(|m| missing(&path, at.clone(), m))?;
            if same(target, &value) {
                let message = format!("\"{path}\" is so already: this changes nothing");
                return Ok(Some(Diagnostic::warning("idle", at, message)));
            }
            let span = value.span();
            let number = matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
            let new = if is_estimate(target.get_ref()) && number {
                fixed(value, name)
            } else {
                value.into_inner()
            };
            *target = Spanned::new(span, new);
        }
        "move" => {
            let target = tree.find_mut(&path).map_err(|m| missing(&path, at.clone(), m))?;
            let idle = moved(target, fields, &path, &spot)?;
            return Ok(idle.then(|| {
                let message = format!("\"{path}\" is on that day already: this changes nothing");
                Diagnostic::warning("idle", at, message)
            }));
        }
        "force" => {
            let date = take("date")?;
            tree.find_mut(&path).map_err(|m| missing(&path, at.clone(), m))?;
            let day = day(&date).ok_or_else(|| {
                Diagnostic::error("patch", date.span(), "\"date\" must be a date")
            })?;
            let (kind, key) = path.split_once('.').unwrap_or((&path, ""));
            let forced = KINDS.iter().filter(|kind| kind.forced).map(|kind| kind.name);
            if !forced.clone().any(|name| name == kind) || key.contains('.') {
                let message = format!("\"{path}\" is nothing that can be forced");
                let kinds: Vec<&str> = forced.collect();
                let hint = format!("name an entry of these kinds: {}", kinds.join(", "));
                return Err(Box::new(Diagnostic::error("forced", at, message).hint(hint)));
            }
            if kind == "shock"
                && let Ok(entry) = tree.find_mut(&path)
                && let DeValue::Table(table) = entry.get_mut()
            {
                // A shock on a day happens on that day for certain.
                table.remove("date");
                table.insert(Spanned::new(date.span(), "date".into()), date);
            }
            tree.forced.push(Forced {
                kind: kind.to_owned(),
                key: key.to_owned(),
                date: day,
                spot,
            });
        }
        "add" => {
            let entry = take("entry")?;
            match tree.kinds.get_mut(path.as_ref()) {
                Some(Kind::Entries(entries)) => entries.push(entry),
                Some(Kind::Table(_)) => {
                    let message = format!("\"{path}\" is one table, not a list of entries");
                    return Err(Box::new(
                        Diagnostic::error("patch", at, message).hint("use [[set]] on its fields"),
                    ));
                }
                None => {
                    tree.kinds.insert(path.to_string(), Kind::Entries(vec![entry]));
                }
            }
        }
        _ => {
            let (kind, key) = path.split_once('.').unwrap_or((&path, ""));
            tree.find_mut(&path).map_err(|m| missing(&path, at.clone(), m))?;
            let Some(Kind::Entries(entries)) = tree.kinds.get_mut(kind) else {
                let message = format!("\"{path}\" is not an entry and cannot be removed");
                return Err(Box::new(Diagnostic::error("patch", at, message)));
            };
            let before = entries.len();
            entries.retain(|entry| key_of(kind, entry).as_deref() != Some(key));
            if entries.len() == before {
                let message = format!("\"{path}\" names a field, not an entry");
                return Err(Box::new(
                    Diagnostic::error("patch", at, message).hint("remove takes kind.key"),
                ));
            }
        }
    }
    Ok(None)
}

/// Something that a scenario makes happen on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    /// The kind of the entry, such as `shock`.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// The day.
    pub date: Date,
    /// Where the scenario says so.
    pub spot: Spot,
}

fn day(node: &Node<'_>) -> Option<Date> {
    match node.get_ref() {
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Moves a date; says whether it stays where it was.
fn moved<'a>(
    target: &mut Node<'a>,
    mut fields: DeTable<'a>,
    path: &str,
    spot: &Spot,
) -> Result<bool, Box<Diagnostic>> {
    let fault = |spot: Spot, message: String| Box::new(Diagnostic::error("patch", spot, message));
    let Some(old) = day(target) else {
        return Err(fault(spot.clone(), format!("\"{path}\" is no date and cannot be moved")));
    };
    let (new, span) = match (fields.remove("to"), fields.remove("by")) {
        (Some(to), None) => match day(&to) {
            Some(new) => (new, to.span()),
            None => return Err(fault(to.span(), "\"to\" must be a date".to_owned())),
        },
        (None, Some(by)) => {
            let days = match by.get_ref() {
                DeValue::Integer(days) => days.as_str().parse::<i64>().ok(),
                _ => None,
            };
            let span = days.and_then(|days| jiff::Span::new().try_days(days).ok());
            match span.and_then(|span| old.checked_add(span).ok()) {
                Some(new) => (new, by.span()),
                None => {
                    let message = "\"by\" must be a number of days that leads to a date";
                    return Err(fault(by.span(), message.to_owned()));
                }
            }
        }
        _ => return Err(fault(spot.clone(), "[[move]] needs either \"to\" or \"by\"".to_owned())),
    };
    *target = Spanned::new(span, DeValue::String(new.to_string().into()));
    Ok(new == old)
}

/// Whether two values say the same, wherever they stand.
fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a.get_ref(), b.get_ref()) {
        (DeValue::Table(a), DeValue::Table(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b.iter())
                    .all(|((k, v), (l, w))| k.get_ref() == l.get_ref() && same(v, w))
        }
        (DeValue::Array(a), DeValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(v, w)| same(v, w))
        }
        (DeValue::Table(table), number) => {
            // An estimate that is a point already.
            table.len() <= 2
                && table
                    .iter()
                    .any(|(k, v)| k.get_ref() == "value" && plain(v.get_ref()) == plain(number))
        }
        (a, b) => plain(a).is_some() && plain(a) == plain(b),
    }
}

fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(format!("\"{text}\"")),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Integer(number) => number.as_str().parse::<f64>().ok().map(|n| n.to_string()),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok().map(|n| n.to_string()),
        _ => None,
    }
}

fn missing(path: &str, at: Spot, missing: crate::tree::Missing) -> Box<Diagnostic> {
    let message = format!("\"{path}\" reaches nothing: there is no \"{}\"", missing.part);
    Box::new(
        Diagnostic::error("patch", at, message)
            .nearest(&missing.part, missing.known.iter().map(String::as_str)),
    )
}
