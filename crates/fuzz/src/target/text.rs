//! Plain text, from bytes to the store and the page.

use std::cell::RefCell;

use evidence::{Filter, Kept, Reading, Store, page, summary_lines};

use crate::{Target, reading, text};

pub const TARGET: Target = Target {
    name: "text",
    says: "`read` of plain text into the store: kept byte for byte, the same twice, found again, shown as words",
    run,
};

/// Documents that one store is given before another takes its place.
const STORED: u32 = 200;

thread_local! {
    static STORE: RefCell<(Option<Store>, u32)> = const { RefCell::new((None, 0)) };
}

fn run(bytes: &[u8]) {
    let Some(read) = reading::read("x.txt", bytes) else { return };
    if let Some(text) = text(bytes).filter(|text| !text.starts_with('\u{feff}')) {
        assert_eq!(read.document.text, text, "text in UTF-8 is kept byte for byte");
    }
    assert_eq!(reading::read("x.txt", bytes).as_ref(), Some(&read), "read twice, read otherwise");
    let _ = summary_lines(&read, reading::lexicon());
    STORE.with_borrow_mut(|(store, held)| {
        if *held >= STORED {
            (*store, *held) = (None, 0);
        }
        *held += 1;
        let store = match store {
            Some(store) => store,
            None => store.insert(fresh()),
        };
        stored(store, &read);
    });
}

#[allow(clippy::expect_used)]
fn fresh() -> Store {
    Store::in_memory().expect("a store can be made in memory")
}

/// What is kept comes back as it was, by its words too, and the page of it gives no orders.
#[allow(clippy::expect_used)]
fn stored(store: &mut Store, read: &Reading) {
    let id = read.document.id.as_str();
    let kept = store.keep(read).expect("a reading can be kept");
    assert!(kept != Kept::Reread, "the same reading twice is another: {id}");
    assert_eq!(store.text(id).expect("it is there").as_deref(), Some(read.document.text.as_str()));
    let records = store.reading_records(id).expect("its records are there");
    assert_eq!(records.events, read.events);
    assert_eq!(records.mentions, read.mentions);
    assert_eq!(records.claims, read.claims);
    assert_eq!(records.quantities, read.quantities);
    assert_eq!(records.dates, read.dates);
    assert_eq!(records.candidates, read.candidates);
    assert_eq!(records.sentences.len(), read.sentences.len());
    if let Some(sentence) = read.sentences.first() {
        let query: String = sentence.quote.text().chars().take(60).collect();
        for answer in store.find(&query, &Filter::default(), 5).expect("any words can be looked for") {
            let quote = answer.hit.quote.as_str();
            assert!(answer.marks.iter().all(|(a, b)| quote.get(*a..*b).is_some()), "{answer:?}");
        }
    }
    if let Some(entry) = store.document(id).expect("it is listed") {
        let page = page(&entry, &read.document.text, &records, reading::lexicon());
        assert!(!page.contains("<script"), "words of a document become a script");
    }
}
