//! A document read with an invented lexicon, and what must hold of every reading.

use std::ffi::OsString;
use std::sync::OnceLock;
use std::time::Duration;

use evidence::{
    DocumentSource, Lexicon, LexiconActor, Limits, Quote, ReadError, Reader, Reading, Span, When,
};

/// The program, with its arguments, that takes PDFs apart; whoever calls the targets says it first.
pub static PDF_PROGRAM: OnceLock<Vec<OsString>> = OnceLock::new();

/// Actors of an invented island.
#[must_use]
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let actor = |id: &str, name: &str, kind: &str, aliases: &[&str], demonyms: &[&str]| {
            let own = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
            LexiconActor {
                id: id.to_owned(),
                name: name.to_owned(),
                kind: kind.to_owned(),
                aliases: own(aliases),
                demonyms: own(demonyms),
                ..LexiconActor::default()
            }
        };
        let actors = vec![
            actor("vesla", "Vesla", "state", &["Republic of Vesla", "فيسلا"], &["Veslan"]),
            actor("korrin", "Korrin", "state", &["Halm", "کورین"], &["Korrinese"]),
            actor("harbour", "Harbour Front", "party", &["HF", "جبهة الميناء"], &[]),
            actor("dawn", "Dawn Brigade", "armed-faction", &["Dawn", "لواء الفجر"], &[]),
            actor("orsa", "Tamar al-Orsa", "person", &["تامر الأورسا"], &[]),
        ];
        Lexicon { actors }
    })
}

/// Bounds that no input of a machine comes near, but those that would never end.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        max_text: 4 << 20,
        max_time: Duration::from_secs(20),
        pdf_program: PDF_PROGRAM.get().cloned().unwrap_or_default(),
        ..Limits::default()
    }
}

/// Reads a document under a name that tells its format, and asserts what must hold of the reading. A document may be refused.
pub fn read(name: &str, bytes: &[u8]) -> Option<Reading> {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    let reader = READER.get_or_init(|| Reader::new(lexicon(), limits()));
    let mut about = DocumentSource::new(name);
    about.published = Some(jiff::civil::date(2031, 3, 14));
    match reader.read(bytes, &about) {
        Ok(reading) => {
            holds(&reading);
            Some(reading)
        }
        Err(error) => {
            assert!(!matches!(error, ReadError::TooSlow { .. }), "{error}");
            assert!(error.to_string().starts_with(name), "an error names the document: {error}");
            None
        }
    }
}

/// Asserts what must hold of a reading: quotes are the document's bytes and lie in their sentences, sentences follow one
/// another, stretches of time and of numbers are the right way round.
pub fn holds(reading: &Reading) {
    let text = reading.document.text.as_str();
    let quote = |quote: &Quote| {
        let span = quote.span();
        assert!(Span::new(text, span.start(), span.end()).is_some(), "cuts a character: {quote:?}");
        assert!(quote.holds_in(text), "not the document's bytes: {quote:?}");
    };
    let mut end = 0;
    for (n, sentence) in reading.sentences.iter().enumerate() {
        quote(&sentence.quote);
        assert_eq!(sentence.index, n);
        let span = sentence.quote.span();
        assert!(
            span.start() >= end,
            "sentence {n} begins within the one before: {:?}",
            sentence.quote
        );
        end = span.end();
    }
    let within = |index: usize, one: &Quote| {
        quote(one);
        let sentence = reading.sentences.get(index).map(|s| s.quote.span());
        assert!(
            sentence.is_some_and(|s| s.contains(one.span())),
            "outside of sentence {index}: {one:?}"
        );
    };
    let when = |when: &Option<When>| {
        if let Some(when) = when {
            assert!(when.from <= when.to, "{when:?}");
        }
    };
    reading.passages.iter().for_each(|passage| quote(&passage.quote));
    reading.mentions.iter().for_each(|mention| within(mention.sentence, &mention.quote));
    for candidate in &reading.candidates {
        quote(&candidate.quote);
        for place in &candidate.places {
            assert!(Span::new(text, place.start(), place.end()).is_some(), "{candidate:?}");
        }
    }
    for date in &reading.dates {
        within(date.sentence, &date.quote);
        when(&date.when);
    }
    for quantity in &reading.quantities {
        within(quantity.sentence, &quantity.quote);
        for other in [&quantity.what, &quantity.by, &quantity.row, &quantity.column] {
            other.iter().for_each(quote);
        }
        let numbers = [quantity.value, quantity.low, quantity.high, quantity.of];
        assert!(numbers.iter().flatten().all(|n| n.is_finite()), "{quantity:?}");
        if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
            assert!(low <= high, "{quantity:?}");
        }
        when(&quantity.when);
    }
    for event in &reading.events {
        within(event.sentence, &event.quote);
        within(event.sentence, &event.trigger);
        event.date.iter().for_each(quote);
        for role in event.sources.iter().chain(&event.recipients) {
            quote(&role.quote);
            role.antecedent.iter().for_each(quote);
        }
        when(&event.when);
    }
    for claim in &reading.claims {
        within(claim.sentence, &claim.quote);
        within(claim.sentence, &claim.cue);
        claim.speaker.iter().chain(&claim.resolved).for_each(quote);
    }
}
