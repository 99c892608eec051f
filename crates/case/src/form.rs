//! The canonical form of a case file: order and spacing are the format's, words and comments the author's.
//!
//! Fields of an entry stand in the order in which their type declares them, those of an estimate likewise; one blank
//! line stands before each header; runs of blank lines become one; a comment stays with what it stands before or
//! behind. What is spread over several lines within a value is left as it is.

use entry::{Dated, fields_of};
use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, Table, Value};

use crate::case::Head;
use crate::kinds::KINDS;

/// Why a file cannot be put into form: it is no TOML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct FormError {
    /// The line, from 1.
    pub line: usize,
    /// What the parser says.
    pub message: String,
}

/// A TOML file of a case in canonical form. To do it twice changes nothing more.
///
/// # Errors
/// If the text is not TOML.
pub fn formatted(text: &str) -> Result<String, FormError> {
    let fault = |e: toml_edit::TomlError| {
        let line =
            e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        FormError { line, message: crate::tree::one_line(e.message()) }
    };
    let mut document: DocumentMut = text.parse().map_err(fault)?;
    let orders = orders();
    let mut first = true;
    root(document.as_table_mut(), &orders, &mut first);
    let trailing = format!("{}\n", document.trailing().as_str().unwrap_or_default());
    let trailing = tidy(&trailing, Lead::Keep);
    document.set_trailing(trailing);
    let text = document.to_string();
    let text = text.trim_start_matches('\n');
    let text = text.trim_end();
    Ok(if text.is_empty() { String::new() } else { format!("{text}\n") })
}

type Orders = Vec<(&'static str, &'static [&'static str])>;

fn orders() -> Orders {
    let head: (&str, &[&str]) = ("case", fields_of::<Head>());
    KINDS.iter().map(|kind| (kind.name, (kind.fields)())).chain([head]).collect()
}

fn root(table: &mut Table, orders: &Orders, first: &mut bool) {
    for (key, item) in table.iter_mut() {
        let order = orders.iter().find(|(kind, _)| *kind == key.get());
        let order = order.map_or(&[][..], |(_, fields)| fields);
        match item {
            Item::Table(table) => headed(table, order, first),
            Item::ArrayOfTables(tables) => {
                tables.iter_mut().for_each(|table| headed(table, order, first));
            }
            Item::Value(_) | Item::None => {}
        }
    }
    lines(table);
    if table.iter().any(|(_, item)| item.is_value()) {
        *first = false;
    }
}

/// A table with its header.
fn headed(table: &mut Table, order: &[&str], first: &mut bool) {
    if !table.is_implicit() {
        let lead = if *first { Lead::None } else { Lead::One };
        *first = false;
        let decor = table.decor_mut();
        let prefix = tidy(raw(decor.prefix()), lead);
        let suffix = behind(raw(decor.suffix()));
        decor.set_prefix(prefix);
        decor.set_suffix(suffix);
    }
    if !order.is_empty() {
        let place = |key: &Key| order.iter().position(|f| *f == key.get()).unwrap_or(order.len());
        table.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
    }
    lines(table);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) if !table.is_dotted() => headed(table, &[], first),
            Item::ArrayOfTables(tables) => {
                tables.iter_mut().for_each(|table| headed(table, &[], first));
            }
            _ => {}
        }
    }
}

/// The lines `key = value` of a table.
fn lines(table: &mut Table) {
    let mut lead = Lead::None;
    for (mut key, item) in table.iter_mut() {
        let Item::Value(value) = item else { continue };
        let decor = key.leaf_decor_mut();
        let prefix = tidy(raw(decor.prefix()), lead);
        *decor = Decor::new(prefix, " ");
        lead = Lead::Keep;
        let suffix = behind(raw(value.decor().suffix()));
        spaced(value);
        *value.decor_mut() = Decor::new(" ", suffix);
    }
}

/// Spaces within a value that stands on one line.
fn spaced(value: &mut Value) {
    let several = {
        let mut bare = value.clone();
        bare.decor_mut().clear();
        let text = bare.to_string();
        text.contains('\n') || text.contains('#')
    };
    match value {
        Value::InlineTable(table) if !several => inline(table),
        Value::Array(array) if !several => list(array),
        _ => {}
    }
}

fn inline(table: &mut InlineTable) {
    if table.contains_key("value") {
        let order = fields_of::<Dated>();
        let place = |key: &Key| order.iter().position(|f| *f == key.get()).unwrap_or(order.len());
        table.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
    }
    table.iter_mut().for_each(|(_, value)| spaced(value));
    table.fmt();
}

fn list(array: &mut Array) {
    array.iter_mut().for_each(spaced);
    array.fmt();
}

fn raw(text: Option<&toml_edit::RawString>) -> &str {
    text.and_then(toml_edit::RawString::as_str).unwrap_or_default()
}

/// What stands behind a value on its line: nothing, or a comment after two spaces.
fn behind(suffix: &str) -> String {
    match suffix.trim() {
        "" => String::new(),
        comment => format!("  {comment}"),
    }
}

/// How many blank lines stand before what stands before something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// None.
    None,
    /// One.
    One,
    /// One if there were any.
    Keep,
}

/// Comments and blank lines before a key or a header: comments as they are, blank lines never two together.
fn tidy(prefix: &str, lead: Lead) -> String {
    let mut lines: Vec<&str> = prefix.split('\n').map(str::trim).collect();
    // The last piece is the indentation of the key itself.
    let _ = lines.pop();
    let blank = lines.first().is_some_and(|line| line.is_empty());
    let mut out = String::new();
    if lead == Lead::One || lead == Lead::Keep && blank {
        out.push('\n');
    }
    let mut empty = true;
    for line in lines {
        if line.is_empty() {
            if !empty {
                out.push('\n');
            }
            empty = true;
        } else {
            out.push_str(line);
            out.push('\n');
            empty = false;
        }
    }
    out
}
