//! Speed of the full pipeline on an invented text, in sentences a second, and of a store's writing.
//!
//! `cargo bench -p shatterbelt-evidence`

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use evidence::{DocumentSource, Lexicon, LexiconActor, Limits, Reader, Store};

fn main() {
    divan::main();
}

/// A lexicon of `n` invented actors besides the two the text names.
fn lexicon(n: usize) -> Lexicon {
    let actor = |id: String, name: String, kind: &str| LexiconActor {
        id,
        name,
        kind: kind.into(),
        ..LexiconActor::default()
    };
    let mut actors = vec![
        actor("vesla".into(), "Vesla".into(), "state"),
        actor("dawn".into(), "Dawn Brigade".into(), "armed-faction"),
    ];
    actors.extend(
        (0..n).map(|i| actor(format!("a{i}"), format!("Front Number{i} of Town{i}"), "party")),
    );
    Lexicon { actors }
}

/// About `sentences` sentences of news prose, no two alike.
fn text(sentences: usize) -> String {
    const FORMS: [&str; 6] = [
        "The government of Vesla imposed sanctions on the Dawn Brigade on 3 March 20{}, officials said.",
        "“We will not sign the agreement {},” said Mara Tolle, leader of the League of Town{}.",
        "More than {} people fled the eastern villages after the brigade fired rockets at the harbour.",
        "If the talks fail, Vesla may expel the diplomats of its neighbour, a minister warned in year {}.",
        "Trade between the two countries was worth between {} and 900 million dollars per month in 2029.",
        "The old lighthouse, which had stood for {} years, was painted white before the summer.",
    ];
    (0..sentences)
        .map(|i| {
            let number = (10 + i * 7 % 89).to_string();
            let gap = if i % 5 == 4 { "\n" } else { " " };
            format!("{}{gap}", FORMS[i % FORMS.len()].replace("{}", &number))
        })
        .collect()
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn read_sentences(bencher: Bencher, sentences: usize) {
    let (lexicon, text) = (lexicon(100), text(sentences));
    let reader = Reader::new(&lexicon, Limits::default());
    let about = DocumentSource::new("bench");
    bencher
        .counter(ItemsCount::new(sentences))
        .bench(|| reader.read(black_box(text.as_bytes()), &about));
}

#[divan::bench(args = [2, 10_000])]
fn read_a_thousand_sentences_with_actors(bencher: Bencher, actors: usize) {
    let (lexicon, text) = (lexicon(actors), text(1_000));
    let reader = Reader::new(&lexicon, Limits::default());
    let about = DocumentSource::new("bench");
    bencher
        .counter(ItemsCount::new(1_000usize))
        .bench(|| reader.read(black_box(text.as_bytes()), &about));
}

#[divan::bench]
fn keep_a_document_of_100_sentences(bencher: Bencher) {
    let (lexicon, text) = (lexicon(100), text(100));
    let reader = Reader::new(&lexicon, Limits::default());
    let reading = reader.read(text.as_bytes(), &DocumentSource::new("bench")).ok();
    bencher.with_inputs(Store::in_memory).bench_values(|store| {
        if let (Ok(mut store), Some(reading)) = (store, &reading) {
            let _ = black_box(store.keep(reading));
        }
    });
}
