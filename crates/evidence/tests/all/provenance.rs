//! Every stored quote is the document's own bytes; reading twice changes nothing; hostile input
//! ends soon and harmlessly.

use std::path::Path;
use std::time::Duration;

use cpu_time::ThreadTime;
use evidence::{DocumentSource, Kept, Lexicon, Limits, Quote, Reading, Store, StoreError, read};
use proptest::prelude::*;

fn reading_of(key: &str, bytes: &[u8], lexicon: &Lexicon) -> Reading {
    read(bytes, &DocumentSource::new(key), lexicon, &Limits::default()).unwrap()
}

/// Every quote of a reading, with what it is.
fn quotes(reading: &Reading) -> Vec<(String, &Quote)> {
    let mut out: Vec<(String, &Quote)> = Vec::new();
    let mut add = |name: &str, quote| out.push((name.to_owned(), quote));
    reading.sentences.iter().for_each(|r| add("sentence", &r.quote));
    reading.passages.iter().for_each(|r| add(&r.id, &r.quote));
    reading.mentions.iter().for_each(|r| add(&r.id, &r.quote));
    reading.candidates.iter().for_each(|r| add(&r.id, &r.quote));
    reading.dates.iter().for_each(|r| add(&r.id, &r.quote));
    for r in &reading.quantities {
        add(&r.id, &r.quote);
        r.what.iter().for_each(|q| add(&r.id, q));
    }
    for r in &reading.events {
        add(&r.id, &r.quote);
        add(&r.id, &r.trigger);
        r.date.iter().for_each(|q| add(&r.id, q));
        r.sources
            .iter()
            .chain(&r.recipients)
            .flat_map(|role| std::iter::once(&role.quote).chain(&role.antecedent))
            .for_each(|q| add(&r.id, q));
    }
    for r in &reading.claims {
        add(&r.id, &r.quote);
        add(&r.id, &r.cue);
        r.speaker.iter().chain(&r.resolved).for_each(|q| add(&r.id, q));
    }
    out
}

fn assert_quotes_are_bytes(reading: &Reading, bytes: &[u8], decoded: bool) {
    let text = reading.document.text.as_bytes();
    if !decoded {
        assert_eq!(text, bytes, "the text of a UTF-8 document is its bytes");
    }
    for (name, quote) in quotes(reading) {
        let span = quote.span();
        assert_eq!(text.get(span.start()..span.end()), Some(quote.text().as_bytes()), "{name}");
    }
    for candidate in &reading.candidates {
        for place in &candidate.places {
            assert!(std::str::from_utf8(&text[place.start()..place.end()]).is_ok());
        }
    }
}

/// The same, asked of the store.
fn assert_store_holds(store: &Store, reading: &Reading) {
    let id = reading.document.id.as_str();
    let text = store.text(id).unwrap().unwrap();
    assert_eq!(text, reading.document.text);
    let records = store.reading_records(id).unwrap();
    assert_eq!(records.events, reading.events);
    assert_eq!(records.mentions, reading.mentions);
    assert_eq!(records.claims, reading.claims);
    assert_eq!(records.quantities, reading.quantities);
    assert_eq!(records.dates, reading.dates);
    assert_eq!(records.candidates, reading.candidates);
    assert_eq!(records.passages, reading.passages);
    assert_eq!(records.sentences.len(), reading.sentences.len());
    for hit in &records.sentences {
        let (start, end) = (usize::try_from(hit.start).unwrap(), usize::try_from(hit.end).unwrap());
        assert_eq!(text.get(start..end), Some(hit.quote.as_str()));
    }
}

#[test]
fn every_stored_quote_of_the_invented_story_is_its_bytes() {
    let bytes = super::island::STORY.as_bytes();
    let reading = reading_of("story.txt", bytes, &super::island::lexicon());
    assert!(reading.events.len() > 5 && reading.mentions.len() > 10 && !reading.claims.is_empty());
    assert_quotes_are_bytes(&reading, bytes, false);
    let mut store = Store::in_memory().unwrap();
    store.keep(&reading).unwrap();
    assert_store_holds(&store, &reading);
}

#[test]
fn every_stored_quote_of_the_seed_documents_is_their_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = if folder.is_dir() {
        folder
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/seeds")
    };
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!(
            "\n*** seed documents are absent ({}): THIS TEST SAW NOTHING ***\n",
            folder.display()
        );
        return;
    };
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    files.sort();
    let mut store = Store::in_memory().unwrap();
    let mut seen = 0;
    // names are not this crate's business: each document is read with its own most frequent
    // candidates as actors
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        let bytes = std::fs::read(file).unwrap();
        let key = file.display().to_string();
        let first = reading_of(&key, &bytes, &Lexicon::default());
        let actors = first
            .candidates
            .iter()
            .take(20)
            .enumerate()
            .map(|(n, c)| evidence::LexiconActor {
                id: format!("actor-{n}"),
                name: c.quote.text().to_owned(),
                kind: "state".into(),
                ..Default::default()
            })
            .collect();
        let lexicon = Lexicon { actors };
        let reading = reading_of(&key, &bytes, &lexicon);
        assert!(!reading.mentions.is_empty() && !reading.events.is_empty(), "{key}");
        assert_quotes_are_bytes(&reading, &bytes, false);
        assert_eq!(store.keep(&reading).unwrap(), Kept::New);
        assert_store_holds(&store, &reading);
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn reading_twice_changes_nothing_and_a_changed_document_is_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.sqlite");
    let lexicon = super::island::lexicon();
    let reading = reading_of("story.txt", super::island::STORY.as_bytes(), &lexicon);
    assert_eq!(reading, reading_of("story.txt", super::island::STORY.as_bytes(), &lexicon));

    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.keep(&reading).unwrap(), Kept::New);
    let before = (store.counts().unwrap(), store.reading_records(&reading.document.id).unwrap());
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.keep(&reading).unwrap(), Kept::Unchanged);
    assert_eq!(
        before,
        (store.counts().unwrap(), store.reading_records(&reading.document.id).unwrap())
    );

    let mut fewer = lexicon.clone();
    fewer.actors.truncate(1);
    let reread = reading_of("story.txt", super::island::STORY.as_bytes(), &fewer);
    assert_eq!(store.keep(&reread).unwrap(), Kept::Reread);
    assert!(store.counts().unwrap().mentions < before.0.mentions);
    assert_eq!(store.keep(&reading).unwrap(), Kept::Reread);
    assert_eq!(before.0, store.counts().unwrap());

    let changed = reading_of("story.txt", b"Vesla attacked Korrin on 3 June 2030.", &lexicon);
    assert_eq!(store.keep(&changed).unwrap(), Kept::NewVersion);
    let counts = store.counts().unwrap();
    assert_eq!((counts.documents, counts.versions), (1, 2));
    assert_eq!(store.text(&reading.document.id).unwrap().as_deref(), Some(super::island::STORY));
    assert!(store.search("rockets", 5).unwrap().is_empty(), "an old version is not searched");
}

#[test]
fn a_reading_with_a_false_quote_is_refused_whole() {
    let mut reading =
        reading_of("story.txt", super::island::STORY.as_bytes(), &super::island::lexicon());
    reading.document.text = reading.document.text.replacen("sanctions", "SANCTIONS", 1);
    let mut store = Store::in_memory().unwrap();
    assert!(matches!(store.keep(&reading), Err(StoreError::Quote { .. })));
    assert_eq!(store.counts().unwrap().versions, 0);
}

#[test]
fn a_legacy_document_is_quoted_from_its_decoded_text() {
    let text = "La délégation a visité la ville. Vesla a été informée.";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let reading = reading_of("latin", &bytes, &super::island::lexicon());
    assert_eq!(reading.document.text, text);
    assert_quotes_are_bytes(&reading, &bytes, true);
    assert_eq!(reading.mentions.len(), 1);
}

#[test]
fn hostile_documents_end_soon() {
    let lexicon = super::island::lexicon();
    let varied: String =
        (0..4_000).map(|i| format!("Vesla{i} attacked Korr{i} in town{i} on Friday. ")).collect();
    let long = |s: &str, bytes: usize| s.repeat(bytes / s.len());
    let repeat = |s: &str| long(s, 200_000);
    for (name, text) in [
        ("one line", long("Vesla attacked Korrin and ", 1_000_000)),
        ("no spaces", repeat("a")),
        ("brackets", long("(", 1_000_000)),
        ("one word in brackets", long("(Vesla ", 1_000_000)),
        ("quotes", repeat("“‘")),
        ("quoted names", repeat("(Vesla “")),
        ("stops", repeat("a.")),
        ("spaced stops", repeat("A. ")),
        ("zeros", repeat("a\0b ")),
        ("bidirectional marks", repeat("\u{202e}Vesla\u{202c} ")),
        ("combining marks", repeat("a\u{301}\u{301}\u{301}")),
        ("same sentence", repeat("Vesla attacked Korrin on Friday last week. ")),
        ("commas", repeat("Vesla, ")),
        ("ands", repeat("Vesla and ")),
        ("numbers", repeat("1,000 million to ")),
        ("dates", repeat("May 1, 2020 to ")),
        ("hyphens", repeat("a-")),
        ("short lines", repeat("a\n")),
        (
            "datelines",
            repeat(
                "Head\n\nPORT AMAR, Vesla: and then a very long line follows which says nothing at all of note.\n",
            ),
        ),
        ("many names", varied),
        ("arabic", repeat("والميناء ")),
    ] {
        // The time that this thread worked: other work on the machine does not count.
        let started = ThreadTime::now();
        let reading =
            read(text.as_bytes(), &DocumentSource::new(name), &lexicon, &Limits::default());
        let took = started.elapsed();
        // generous for an unoptimised build on a slow machine; a quadratic step would need minutes
        assert!(took < Duration::from_secs(60), "{name}: {took:?}");
        if let Ok(reading) = reading {
            assert_quotes_are_bytes(&reading, text.as_bytes(), false);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let read = read(&bytes, &DocumentSource::new("k"), &super::island::lexicon(), &Limits::default());
        if let Ok(reading) = read {
            assert_quotes_are_bytes(&reading, &bytes, true);
        }
    }

    #[test]
    fn any_text_keeps_its_offsets(text in "(\\PC|[\n.,“”'’() ]|Vesla |attack |the |Dawn |12 |May |\\$|على ){0,120}") {
        let reading = reading_of("k", text.as_bytes(), &super::island::lexicon());
        assert_quotes_are_bytes(&reading, text.as_bytes(), false);
        let mut store = Store::in_memory().unwrap();
        store.keep(&reading).unwrap();
        assert_store_holds(&store, &reading);
    }

    #[test]
    fn any_text_is_a_query(query in "\\PC{0,60}") {
        let mut store = Store::in_memory().unwrap();
        store.keep(&reading_of("k", super::island::STORY.as_bytes(), &super::island::lexicon())).unwrap();
        store.search(&query, 5).unwrap();
    }
}
