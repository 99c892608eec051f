//! The scorer: the weights that are built in are those that the committed sentences make, and what it alone
//! says is never a fact.

use std::path::Path;

use evidence::scorer::Scorer;
use evidence::scorer::sentences::{Labelled, is_locked, parse};
use evidence::scorer::train::{of_sentence, train};
use evidence::{DocumentSource, Lexicon, Limits, Reader};

fn sentences() -> Vec<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sentences");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let read = parse(&text);
        assert!(read.is_ok(), "{}: {read:?}", file.display());
        out.extend(read.unwrap());
    }
    out
}

#[test]
fn the_weights_built_in_are_learned_from_the_committed_sentences_and_no_locked_one() {
    let all = sentences();
    assert!(all.len() >= 3_000, "{}", all.len());
    let own: Vec<_> = all
        .iter()
        .filter(|one| !is_locked(&one.text))
        .map(|one| (of_sentence(&one.text), one.label))
        .collect();
    assert!(own.len() * 5 > all.len() * 3 && own.len() * 7 < all.len() * 5, "{}", own.len());
    let learned = train(&own).to_bytes();
    assert!(
        learned == Scorer::built_in().to_bytes(),
        "the weights are not those of the sentences, words and patterns as they are now: run \
         cargo run --release -p shatterbelt-evidence --example scorecard -- train"
    );
}

#[test]
fn no_sentence_stands_twice() {
    let mut all: Vec<String> = sentences().into_iter().map(|one| one.text).collect();
    let before = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), before);
}

#[test]
fn what_the_scorer_alone_says_is_marked_and_is_no_fact() {
    let lexicon = Lexicon::default();
    let reader = Reader::new(&lexicon, Limits::default());
    let mut suggested = 0;
    for one in sentences().iter().filter(|one| !is_locked(&one.text)).step_by(4) {
        let reading = reader.read(one.text.as_bytes(), &DocumentSource::new("k.txt")).unwrap();
        for event in &reading.events {
            assert_eq!(event.suggested, event.rule == "suggested");
            let span = event.quote.span();
            assert_eq!(&reading.document.text[span.start()..span.end()], event.quote.text());
            if !event.suggested {
                continue;
            }
            suggested += 1;
            assert!(!event.is_fact(), "{}", one.text);
            assert!(event.score.is_some_and(|score| score >= 50), "{}", one.text);
            let same =
                |other: &&evidence::Event| other.declares.unwrap_or(other.class) == event.class;
            assert_eq!(reading.events.iter().filter(same).count(), 1, "{}", one.text);
        }
    }
    assert!(suggested > 20, "{suggested}");
}

#[test]
fn an_event_that_the_words_bear_out_scores_above_one_that_they_do_not() {
    let lexicon = Lexicon::default();
    let reader = Reader::new(&lexicon, Limits::default());
    let text = "Gunmen attacked a convoy of soldiers and killed nine of them.\n\n\
                The ministers met in the capital and signed a treaty on the river.";
    let reading = reader.read(text.as_bytes(), &DocumentSource::new("k.txt")).unwrap();
    assert!(!reading.events.is_empty());
    for event in reading.events.iter().filter(|e| !e.suggested) {
        assert!(event.score.is_some(), "{event:?}");
    }
    let score = |class: &str| {
        let of = reading.events.iter().filter(|e| e.class.word() == class);
        of.filter_map(|e| e.score).max().unwrap_or(0)
    };
    assert!(score("ASSAULT") > 80, "{}", score("ASSAULT"));
}
