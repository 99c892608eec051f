//! Quantities and the speakers of claims.

use std::collections::BTreeMap;

use evidence::Reading;
use serde_json::Value;

use crate::gold::{Tally, byte_range, overlaps, sentences, text};

pub(crate) fn quantities(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut tally = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "quantity") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let people =
            |u: &str| matches!(u.split('/').next(), Some("persons" | "candidates" | "members"));
        let plain = |u: &str| u.trim_end_matches('s').to_owned();
        let unit = text(fields, "unit");
        let hit = reading.quantities.iter().filter(|q| overlaps(q.quote.span(), range)).any(|q| {
            let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-9,
                _ => false,
            };
            let number =
                close(q.value, fields["value"].as_f64()) || close(q.low, fields["low"].as_f64());
            let same_unit = plain(&q.unit) == plain(unit) || people(unit) && people(&q.unit);
            let whole = fields["of"].as_f64().is_none_or(|of| close(q.of, Some(of)));
            number && same_unit && whole
        });
        tally.add(hit);
        if misses && !hit {
            println!(
                "  miss {} quantity {} | {}",
                text(record, "id"),
                text(record, "quote"),
                fields
            );
        }
    }
    tally.print("quantities: value, unit, whole");
}

pub(crate) fn claims(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut tally = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "claim") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let speaker = text(fields, "speaker");
        let plain = |s: &str| s.replace('’', "'").to_lowercase();
        let bare = plain(speaker.trim_start_matches("anonymous: "));
        let near: Vec<_> = reading
            .claims
            .iter()
            .filter(|c| {
                overlaps(c.quote.span(), range) || sentences(reading, range).contains(&c.sentence)
            })
            .collect();
        let hit = near.iter().any(|c| {
            let words = c
                .resolved
                .as_ref()
                .or(c.speaker.as_ref())
                .map_or_else(String::new, |q| plain(q.text()));
            c.actors.iter().any(|a| a == speaker)
                || !words.is_empty() && (words.contains(&bare) || bare.contains(&words))
        });
        tally.add(hit);
        if misses && !hit {
            println!("  miss {} claim {} | {}", text(record, "id"), text(record, "quote"), speaker);
            for c in near {
                println!(
                    "       got {:?} {:?} ({})",
                    c.speaker.as_ref().map(|q| q.text()),
                    c.actors,
                    c.cue.text()
                );
            }
        }
    }
    tally.print("claims: speaker");
}
