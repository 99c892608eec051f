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
//! ```
//!
//! A number set on an estimate fixes it: the estimate loses its range. A patch that reaches nothing is a fault.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::folder::Patch;
use crate::source_map::Spot;
use crate::tree::{Kind, Node, Tree, is_estimate, key_of, one_line, shift};

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
    for error in errors {
        let spot = moved(error.span().unwrap_or(0..0));
        faults.push(Diagnostic::error("syntax", spot, one_line(error.message())));
    }
    for (name, value) in table.into_inner() {
        let at = moved(name.span());
        let value = shift(value, &moved);
        let operations = match (name.get_ref().as_ref(), value.into_inner()) {
            ("title" | "why", DeValue::String(_)) => continue,
            ("set" | "add" | "remove", DeValue::Array(operations)) => operations,
            (other, _) => {
                let message = format!("a scenario has no \"{other}\" like this");
                faults.push(
                    Diagnostic::error("patch", at, message)
                        .hint("use title, why, [[set]], [[add]] and [[remove]]"),
                );
                continue;
            }
        };
        for operation in operations {
            if let Err(fault) = one(tree, name.get_ref(), operation, &patch.name) {
                faults.push(*fault);
            }
        }
    }
}

fn one<'a>(
    tree: &mut Tree<'a>,
    verb: &str,
    operation: Node<'a>,
    name: &'a str,
) -> Result<(), Box<Diagnostic>> {
    let spot = operation.span();
    let wants = match verb {
        "set" => ["path", "value"].as_slice(),
        "add" => &["kind", "entry"],
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
            let target = tree.find_mut(&path).map_err(|m| missing(&path, at, m))?;
            let span = value.span();
            let number = matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
            let new = if is_estimate(target.get_ref()) && number {
                fixed(value, name)
            } else {
                value.into_inner()
            };
            *target = Spanned::new(span, new);
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
    Ok(())
}

fn missing(path: &str, at: Spot, missing: crate::tree::Missing) -> Box<Diagnostic> {
    let message = format!("\"{path}\" reaches nothing: there is no \"{}\"", missing.part);
    Box::new(
        Diagnostic::error("patch", at, message)
            .nearest(&missing.part, missing.known.iter().map(String::as_str)),
    )
}
