//! The gold as it is written, and tallies over it.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::{Lexicon, LexiconActor, Reading};
use serde_json::Value;

use crate::Result;

pub(crate) fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<std::result::Result<_, _>>()?)
}

pub(crate) fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or("")
}

pub(crate) fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(s)) => vec![s.clone()],
        Some(Value::Array(list)) => {
            list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// The gold's alias lists as a lexicon; the first alias is the name.
pub(crate) fn lexicon_of(records: &[Value]) -> Lexicon {
    let mut actors = Vec::new();
    for record in records.iter().filter(|r| text(r, "kind") == "actor") {
        let fields = &record["fields"];
        let mut aliases: Vec<String> = Vec::new();
        if let Some(lists) = fields["aliases"].as_object() {
            for alias in lists.values().flat_map(|l| strings(Some(l))) {
                if !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
        }
        let metonym = text(fields, "metonym").to_owned();
        aliases.retain(|a| *a != metonym);
        let Some(name) = aliases.first().cloned() else {
            continue;
        };
        actors.push(LexiconActor {
            id: text(fields, "id").to_owned(),
            name,
            kind: text(fields, "type").to_owned(),
            aliases,
            metonyms: if metonym.is_empty() { Vec::new() } else { vec![metonym] },
            ..LexiconActor::default()
        });
    }
    Lexicon { actors }
}

/// A tally printed as `name 12/15 = 80.0 %`.
#[derive(Default)]
pub(crate) struct Tally(pub(crate) usize, pub(crate) usize);

impl Tally {
    pub(crate) fn add(&mut self, hit: bool) {
        self.0 += usize::from(hit);
        self.1 += 1;
    }

    pub(crate) fn print(&self, name: &str) {
        println!("{name:<52} {:>4}/{:<4} {:>5.1} %", self.0, self.1, percent(self.0, self.1));
    }
}

pub(crate) fn percent(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 * 100.0 / b as f64 }
}

/// Byte ranges of gold records that fit.
pub(crate) fn places<'a>(
    records: &'a [Value],
    readings: &BTreeMap<String, Reading>,
    fits: impl Fn(&Value) -> bool,
) -> Vec<(&'a str, usize, usize)> {
    records
        .iter()
        .filter(|r| fits(r))
        .filter_map(|r| {
            let doc = text(r, "doc");
            let (start, end) = byte_range(r, &readings.get(doc)?.document.text)?;
            Some((doc, start, end))
        })
        .collect()
}

/// Code points of the gold into bytes.
pub(crate) fn byte_range(record: &Value, document: &str) -> Option<(usize, usize)> {
    let number = |key: &str| usize::try_from(record[key].as_u64()?).ok();
    let (start, end) = (number("start")?, number("end")?);
    let byte = |n: usize| document.char_indices().nth(n).map_or(document.len(), |(at, _)| at);
    Some((byte(start), byte(end)))
}

pub(crate) fn overlaps(span: evidence::Span, range: (usize, usize)) -> bool {
    span.start() < range.1 && range.0 < span.end()
}

/// The sentences a gold quote touches.
pub(crate) fn sentences(reading: &Reading, range: (usize, usize)) -> Vec<usize> {
    reading.sentences.iter().filter(|s| overlaps(s.quote.span(), range)).map(|s| s.index).collect()
}

/// "62.0 % (55.1-68.4; 120 of 193)": a share with its Wilson interval at 95 %.
pub(crate) fn interval(right: usize, of: usize) -> String {
    if of == 0 {
        return "- (0 of 0)".to_owned();
    }
    let (n, z) = (of as f64, 1.96f64);
    let p = right as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let percent = |x: f64| 100.0 * x;
    format!(
        "{:.1} % ({:.1}-{:.1}; {right} of {of})",
        percent(p),
        percent((middle - half).max(0.0)),
        percent((middle + half).min(1.0))
    )
}
