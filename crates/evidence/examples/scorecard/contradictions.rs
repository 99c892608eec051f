//! Contradictions: those of the gold that are found, and every one found for a person to judge.

use std::collections::BTreeMap;

use evidence::{Comparison, Passed, Reading, Testimony, comparisons};
use serde_json::Value;

use crate::gold::{Tally, byte_range, sentences, text};

pub(crate) fn score(records: &[Value], readings: &BTreeMap<String, Reading>, list: bool) {
    let all: Vec<&Reading> = readings.values().collect();
    let found = comparisons(&Testimony::all(&all), &str::to_owned);
    let mut tally = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "contradiction") {
        let fields = &record["fields"];
        // what agrees, what stands in another story, and judgements in prose are not asked for
        let asked = matches!(text(fields, "type"), "numeric" | "claim/denial" | "superseded");
        if !asked || fields["off_topic"].as_bool() == Some(true) {
            continue;
        }
        let Some(here) = readings.get(text(record, "doc")) else { continue };
        let Some(there) = readings.get(text(fields, "other_doc")) else { continue };
        let Some(range) = byte_range(record, &here.document.text) else { continue };
        let other = text(fields, "other_quote");
        let Some(at) = there.document.text.find(other) else { continue };
        let hit = found
            .iter()
            .filter(|c| !c.agrees())
            .any(|c| touches(c, here, range) && touches(c, there, (at, at + other.len())));
        tally.add(hit);
        if list && !hit {
            println!("  miss {} {}", text(record, "id"), text(fields, "about"));
        }
    }
    tally.print("contradictions of figures, claims and deeds");
    let agree = found.iter().filter(|c| c.agrees()).count();
    println!("{:<52} {:>4}", "contradictions found, all", found.len() - agree);
    println!("{:<52} {agree:>4}", "agreements across documents, all");
    if list {
        for (n, comparison) in found.iter().enumerate() {
            print(n, comparison);
        }
    }
}

/// Whether a side quotes a sentence that the range stands in.
fn touches(comparison: &Comparison, reading: &Reading, range: (usize, usize)) -> bool {
    let near = sentences(reading, range);
    let said = |p: &Passed| p.document == reading.document.id && near.contains(&p.sentence);
    comparison.sides.iter().flat_map(|s| &s.passages).any(said)
}

fn print(n: usize, comparison: &Comparison) {
    println!("{n} {} {}", comparison.kind.word(), comparison.matter);
    for side in &comparison.sides {
        println!("   {} ({} independent)", side.says, side.independent);
        for p in &side.passages {
            println!("      {} #{}: {}", p.source, p.sentence, p.context);
        }
    }
}
