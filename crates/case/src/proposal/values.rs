//! Values of a TOML text changed in the way they are written: remarks, lines and order stay.

use super::edit::NoEdit;
use toml_edit::{Array, Item, Table, Value};

/// Adds to a list in the way the list is written: on its line, or on a line of its own.
pub(super) fn push(list: &mut Array, mut new: Value) {
    let raw = |raw: Option<&toml_edit::RawString>| {
        raw.and_then(|r| r.as_str()).unwrap_or_default().to_owned()
    };
    let last = list.len().checked_sub(1).and_then(|at| list.get_mut(at));
    let Some(last) = last else {
        list.push(new);
        return;
    };
    let lead = raw(last.decor().prefix());
    let tail = raw(last.decor().suffix());
    let indent = lead.rfind('\n').map(|at| lead[at..].to_owned());
    // A remark behind the last value belongs to that value: the new one comes after it.
    let trailing = raw(Some(list.trailing()));
    let open = format!("{tail}{trailing}");
    let prefix = match &indent {
        Some(indent) if open.contains('#') => format!("{}{indent}", open.trim_end()),
        Some(indent) => indent.clone(),
        None => " ".to_owned(),
    };
    if let Some(last) = list.len().checked_sub(1).and_then(|at| list.get_mut(at)) {
        last.decor_mut().set_suffix("");
    }
    new.decor_mut().set_prefix(prefix);
    new.decor_mut().set_suffix("");
    list.push_formatted(new);
    if indent.is_some() {
        list.set_trailing(open.rfind('\n').map_or("\n", |at| &open[at..]));
    } else {
        list.set_trailing(open);
    }
}

/// Another value in the old one's place, with the remarks around it.
pub(super) fn replace(old: &mut Value, mut new: Value) {
    *new.decor_mut() = old.decor().clone();
    *old = new;
}

/// Adds a key to an entry's sources. An entry without any stays so: it is known at all times, and a source would hide
/// it on days before that was published. Its citation is in the record of the decision.
pub(super) fn cite(entry: &mut Table, key: &str) -> Result<(), NoEdit> {
    match entry.get_mut("source").and_then(Item::as_value_mut) {
        Some(source) => add_key(source, key),
        None => Ok(()),
    }
}

pub(super) fn add_key(source: &mut Value, key: &str) -> Result<(), NoEdit> {
    match source {
        Value::String(one) if one.value() == key => {}
        Value::String(one) => {
            let all: Array = [one.value().as_str(), key].into_iter().collect();
            replace(source, all.into());
        }
        Value::Array(all) if all.iter().any(|k| k.as_str() == Some(key)) => {}
        Value::Array(all) => push(all, key.into()),
        _ => return Err(NoEdit::OddSource),
    }
    Ok(())
}
