//! Alias clusters by B-cubed, and forbidden mergers.

use std::collections::BTreeMap;

use evidence::{Reading, Standing};
use serde_json::Value;

use crate::gold::{overlaps, strings, text};

/// Each alias of the gold, wherever it stands in running text: B-cubed over (alias occurrence,
/// actor), and forbidden mergers.
pub(crate) fn actors(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut items: Vec<(String, Option<String>)> = Vec::new();
    let mut violations = 0;
    for record in records.iter().filter(|r| text(r, "kind") == "actor") {
        let fields = &record["fields"];
        let id = text(fields, "id");
        let forbidden = strings(fields.get("must_not_merge"));
        let Some(lists) = fields["aliases"].as_object() else {
            continue;
        };
        for (doc, aliases) in lists {
            for (_, reading) in readings.iter().filter(|(d, _)| doc == "*" || *d == doc) {
                for alias in strings(Some(aliases)) {
                    for found in occurrences(reading, &alias) {
                        if let Some(other) = found.as_ref().filter(|f| forbidden.contains(f)) {
                            violations += 1;
                            if misses {
                                println!("  merged {alias} of {id} into {other}");
                            }
                        }
                        items.push((id.to_owned(), found));
                    }
                }
            }
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (gold, found) in &items {
        let cluster: Vec<&(String, Option<String>)> =
            items.iter().filter(|(_, f)| f == found && f.is_some()).collect();
        let truth: Vec<&(String, Option<String>)> =
            items.iter().filter(|(g, _)| g == gold).collect();
        let both = cluster.iter().filter(|(g, _)| g == gold).count();
        precision += if cluster.is_empty() { 1.0 } else { both as f64 / cluster.len() as f64 };
        recall += if truth.is_empty() { 1.0 } else { both as f64 / truth.len() as f64 };
    }
    let n = items.len().max(1) as f64;
    let (p, r) = (precision / n, recall / n);
    println!(
        "{:<52} P {:.3} R {:.3} F1 {:.3} over {} places",
        "actors: B-cubed",
        p,
        r,
        2.0 * p * r / (p + r).max(1e-9),
        items.len()
    );
    println!("{:<52} {violations:>4}  (must be 0)", "actors merged that must not be");
}

/// The actor found at each place of running text where a longer word or name does not hold the
/// alias.
pub(crate) fn occurrences(reading: &Reading, alias: &str) -> Vec<Option<String>> {
    let document = reading.document.text.as_str();
    let mut out = Vec::new();
    for (at, _) in document.match_indices(alias) {
        let end = at + alias.len();
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        if !edge(document[..at].chars().next_back()) || !edge(document[end..].chars().next()) {
            continue;
        }
        let body = reading
            .sentences
            .iter()
            .any(|s| s.standing == Standing::Body && overlaps(s.quote.span(), (at, end)));
        let found = reading.mentions.iter().find(|m| overlaps(m.quote.span(), (at, end)));
        // inside a longer name that is another actor's: not an occurrence of this alias
        if !body || found.is_some_and(|m| m.quote.text().len() > alias.len() + 4) {
            continue;
        }
        out.push(found.map(|m| m.actor.clone()));
    }
    out
}
