//! CSL-JSON: each item is a source, with the day on which it was issued, its address and its terms.

use case::proposal::{Row, Says};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::Format;
use super::cited::{Cited, whole_day};
use super::rows::{Fault, all, place};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "csl",
    says: "sources as CSL-JSON",
    sources: true,
    looks,
    read,
    ..Format::PLAIN
};

/// An item as it is written; what is not asked for is passed over.
#[derive(Deserialize)]
struct Item {
    id: Value,
    title: Option<String>,
    publisher: Option<String>,
    #[serde(rename = "container-title")]
    container: Option<String>,
    authority: Option<String>,
    #[serde(default)]
    author: Vec<Name>,
    issued: Option<Issued>,
    #[serde(rename = "URL")]
    url: Option<String>,
    note: Option<String>,
    license: Option<String>,
    #[serde(default)]
    custom: Custom,
}

#[derive(Deserialize)]
struct Name {
    family: Option<String>,
    given: Option<String>,
    literal: Option<String>,
}

#[derive(Deserialize)]
struct Issued {
    #[serde(rename = "date-parts", default)]
    parts: Vec<Vec<Value>>,
}

/// What our own export adds, and the licence, for which CSL has no word.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Custom {
    reliability: Option<String>,
    credibility: Option<u8>,
    licence: Option<String>,
}

fn looks(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('[').map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with('{') && inner.contains("\"id\""))
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let fault = |at: usize, what: &str| {
        let (line, column) = place(text, at);
        vec![Fault { line, column, what: what.to_owned() }]
    };
    let blank = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    };
    let mut at = blank(0);
    if !text[at..].starts_with('[') {
        return Err(fault(at, "it is no list of items: it has to begin with ["));
    }
    at = blank(at + 1);
    let mut items = Vec::new();
    while !text[at..].starts_with(']') {
        let mut one = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Item>();
        let item = match one.next() {
            Some(Ok(item)) => item,
            Some(Err(error)) => {
                let what = error.to_string();
                let into = offset(&text[at..], error.line(), error.column());
                return Err(fault(at + into, what.split(" at line").next().unwrap_or_default()));
            }
            None => return Err(fault(at, "the list of items does not end")),
        };
        let end = at + one.byte_offset();
        items.push((at, end, item));
        at = blank(end);
        match text[at..].chars().next() {
            Some(',') => at = blank(at + 1),
            Some(']') => {}
            _ => return Err(fault(at, "a comma or ] is wanted after an item")),
        }
    }
    all(items.into_iter().map(|(start, end, item)| {
        let (line, column) = place(text, start);
        let says = source(item).map_err(|what| Fault { line, column, what })?;
        Ok(Row { line, start, text: text[start..end].to_owned(), says })
    }))
}

/// The byte at a line and column, both from 1, of a text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// A part of a date, which some write as a string.
fn part(value: Option<&Value>) -> Option<i16> {
    let value = value?;
    let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())?;
    i16::try_from(number).ok()
}

/// The day an item was issued: the last of a range.
fn published(issued: &Issued) -> Option<(Date, bool)> {
    let parts = issued.parts.last()?;
    let small = |at: usize| part(parts.get(at)).map(|n| i8::try_from(n).unwrap_or(0));
    whole_day(part(parts.first())?, small(1), small(2))
}

fn source(item: Item) -> Result<Says, String> {
    let key = match &item.id {
        Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    let author = item.author.first().and_then(|name| {
        let full = [name.given.as_deref(), name.family.as_deref()];
        let full = full.into_iter().flatten().collect::<Vec<_>>().join(" ");
        name.literal.clone().or(Some(full)).filter(|name| !name.is_empty())
    });
    Cited {
        key,
        title: item.title,
        publisher: item.publisher.or(item.authority).or(item.container).or(author),
        published: item.issued.as_ref().and_then(published),
        url: item.url,
        licence: item.custom.licence.or(item.license),
        reliability: item.custom.reliability,
        credibility: item.custom.credibility.map(|digit| digit.to_string()),
        note: item.note,
    }
    .says()
}
