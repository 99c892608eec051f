//! The PLOVER gold standard: class and role spans, one event a sentence, without any lexicon.

use std::collections::BTreeMap;

use evidence::{DocumentSource, Event, Lexicon, Limits, Reader, Reading};
use serde_json::Value;

use crate::Result;

use crate::gold::{Tally, percent, text};

/// Class and role spans of the PLOVER gold standard, one event a sentence, without any lexicon.
pub(crate) fn score_plover(records: &[Value], misses: bool) -> Result<()> {
    let lexicon = Lexicon::default();
    let reader = Reader::new(&lexicon, Limits::default());
    let mut class = Tally::default();
    let mut any = Tally::default();
    let mut per_class: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut shared, mut stated, mut wanted) = (0usize, 0usize, 0usize);
    for record in records {
        let sentence = text(record, "text");
        let gold = match text(record, "event") {
            "DEMAND" => "REQUEST",
            "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
            "FIGHT" => "ASSAULT",
            other => other,
        };
        let reading = reader.read(sentence.as_bytes(), &DocumentSource::new("sentence"))?;
        let main = main_event(&reading);
        let found = main.map(|e| e.declares.unwrap_or(e.class).word()).unwrap_or("-");
        class.add(found == gold);
        any.add(
            reading
                .events
                .iter()
                .any(|e| e.class.word() == gold || e.declares.is_some_and(|d| d.word() == gold)),
        );
        per_class.entry(gold.to_owned()).or_default().add(found == gold);
        let spans = gold_spans(record);
        if !spans.is_empty() {
            let chars = |list: &mut dyn Iterator<Item = (usize, usize)>| {
                list.flat_map(|(a, b)| a..b).collect::<std::collections::BTreeSet<_>>()
            };
            let truth = chars(&mut spans.into_iter());
            let roles = main
                .map(|e| e.sources.iter().chain(&e.recipients).collect::<Vec<_>>())
                .unwrap_or_default();
            let own = chars(&mut roles.iter().map(|r| {
                let span = r.antecedent.as_ref().unwrap_or(&r.quote).span();
                let (a, b) = (span.start(), span.end());
                (sentence[..a].chars().count(), sentence[..b].chars().count())
            }));
            if misses && truth.intersection(&own).count() * 10 < truth.len().max(own.len()) * 8 {
                let named = |list: &std::collections::BTreeSet<usize>| {
                    sentence
                        .chars()
                        .enumerate()
                        .map(|(i, c)| if list.contains(&i) { c } else { '·' })
                        .collect::<String>()
                };
                println!(
                    "  roles {}\n    gold {}\n    own  {}",
                    text(record, "id"),
                    named(&truth),
                    named(&own)
                );
            }
            shared += truth.intersection(&own).count();
            stated += own.len();
            wanted += truth.len();
        }
        if misses && found != gold {
            let all: Vec<String> = reading
                .events
                .iter()
                .map(|e| format!("{}:{}", e.class.word(), e.trigger.text()))
                .collect();
            println!("  plover {} wanted {gold} got {found} {all:?}", text(record, "id"));
        }
    }
    println!("PLOVER gold standard, development half");
    class.print("class of the main event");
    any.print("class among all events of the sentence");
    let (p, r) = (percent(shared, stated), percent(shared, wanted));
    println!(
        "{:<52} P {p:.1} R {r:.1} F1 {:.1}",
        "source and target: characters of the main event",
        2.0 * p * r / (p + r).max(1e-9)
    );
    for (name, tally) in per_class {
        tally.print(&format!("    {name}"));
    }
    Ok(())
}

/// The event a one-event annotator would code: the first that a pattern finds and that is stated or
/// declared, unless the words bear out another far better; else any other, else what is suggested.
pub(crate) fn main_event(reading: &Reading) -> Option<&Event> {
    let stated = |e: &&Event| (e.is_fact() || e.declares.is_some()) && !e.sources.is_empty();
    let first = reading.events.iter().find(stated);
    let rank = |e: &Event| {
        let kind = match () {
            () if e.suggested => 0,
            () if stated(&e) => STATED,
            () => 101,
        };
        let before = if first.is_some_and(|f| f.id == e.id) { FAR } else { 0 };
        kind + before + u32::from(e.score.unwrap_or(0))
    };
    let better = |a: &'_ Event, b: &'_ Event| rank(b) > rank(a);
    reading.events.iter().reduce(|a, b| if better(a, b) { b } else { a })
}

/// What an event that is stated is worth before others, and the first of these, in percent;
/// *judged*.
const STATED: u32 = 200;
const FAR: u32 = 60;

pub(crate) fn gold_spans(record: &Value) -> Vec<(usize, usize)> {
    let number = |v: &Value, key: &str| v[key].as_u64().and_then(|n| usize::try_from(n).ok());
    record["spans"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|s| matches!(text(s, "role"), "SRC" | "TAR" | "SRC/TAR"))
        .filter_map(|s| Some((number(s, "start")?, number(s, "end")?)))
        .collect()
}
