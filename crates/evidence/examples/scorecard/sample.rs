//! A sample of events for a person to judge: every n-th, in the order of documents and places, with
//! its sentence. The same events come in every run.

use std::collections::BTreeMap;

use evidence::{DocumentSource, Event, Lexicon, Limits, Reader, Reading, Role};
use serde_json::Value;

use crate::Result;
use crate::gold::text;

pub(crate) fn print(
    readings: &BTreeMap<String, Reading>,
    sentences: &[Value],
    n: usize,
) -> Result<()> {
    let mut turn = 0;
    for (doc, reading) in readings {
        list(doc, reading, n, &mut turn);
    }
    let lexicon = Lexicon::default();
    let reader = Reader::new(&lexicon, Limits::default());
    for (index, record) in sentences.iter().enumerate() {
        let reading =
            reader.read(text(record, "text").as_bytes(), &DocumentSource::new("sentence"))?;
        list(&format!("p{index:03}"), &reading, n, &mut turn);
    }
    Ok(())
}

fn list(doc: &str, reading: &Reading, n: usize, turn: &mut usize) {
    for event in &reading.events {
        *turn += 1;
        if !turn.is_multiple_of(n.max(1)) {
            continue;
        }
        let span = event.quote.span();
        let sentence = reading.sentences.get(event.sentence).map_or("", |s| s.quote.text());
        println!(
            "{doc}:{}-{} {} {} | {} -> {} | {} | “{}” | {sentence}",
            span.start(),
            span.end(),
            event.class.word(),
            marks(event),
            roles(&event.sources),
            roles(&event.recipients),
            event.when.map_or_else(|| "-".to_owned(), |w| format!("{}..{}", w.from, w.to)),
            event.trigger.text(),
        );
    }
}

fn marks(event: &Event) -> String {
    let marks = [
        (event.negated, "negated"),
        (event.hypothetical, "hypothetical"),
        (event.future, "future"),
        (event.hedged, "hedged"),
    ];
    let on: Vec<&str> = marks.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
    let declares = event.declares.map_or_else(String::new, |d| format!(" declares {}", d.word()));
    format!("{}{declares}", if on.is_empty() { "fact".to_owned() } else { on.join("+") })
}

fn roles(list: &[Role]) -> String {
    let one = |r: &Role| {
        if r.actors.is_empty() { format!("“{}”", r.quote.text()) } else { r.actors.join("+") }
    };
    if list.is_empty() {
        "?".to_owned()
    } else {
        list.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}
