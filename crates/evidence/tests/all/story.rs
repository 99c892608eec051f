//! What is read from the invented story: who, what, when, how much, who says so, and what is set
//! aside.

use evidence::{
    Bound, Class, DateBasis, DocumentSource, Kind, Limits, Rating, Reading, Side, Standing, Store,
    read, summary_lines,
};

fn story() -> Reading {
    read(
        super::island::STORY.as_bytes(),
        &DocumentSource::new("story.txt"),
        &super::island::lexicon(),
        &Limits::default(),
    )
    .unwrap()
}

/// Events as `CLASS source>recipient date`.
fn coded(reading: &Reading, facts: bool) -> Vec<String> {
    reading
        .events
        .iter()
        .filter(|e| e.is_fact() == facts)
        .map(|e| {
            let first =
                |mut ids: Box<dyn Iterator<Item = &str> + '_>| ids.next().unwrap_or("?").to_owned();
            format!(
                "{} {}>{} {}",
                e.class.word(),
                first(Box::new(e.source_actors())),
                first(Box::new(e.recipient_actors())),
                e.when.map_or_else(String::new, |w| format!("{}..{}", w.from, w.to))
            )
        })
        .collect()
}

#[test]
fn events_have_class_roles_and_date() {
    let reading = story();
    let facts = coded(&reading, true);
    for expected in [
        "SANCTION vesla>dawn 2031-03-11..2031-03-11",
        "CONSULT orsa>korrin 2031-02-01..2031-02-28",
        "ACCUSE orsa>korrin ",
    ] {
        assert!(facts.iter().any(|f| f == expected), "{expected} in {facts:#?}");
    }
    assert!(facts.iter().any(|f| f.starts_with("REJECT korrin>")), "{facts:#?}");
    assert!(
        facts.iter().any(|f| f.starts_with("ASSAULT") && f.ends_with("2030-10-01..2030-12-31")),
        "{facts:#?}"
    );
}

#[test]
fn what_did_not_happen_is_no_fact() {
    let reading = story();
    let other = coded(&reading, false);
    let not = reading.events.iter().find(|e| e.class == Class::Agree).unwrap();
    assert!(not.negated && !not.is_fact());
    assert!(
        other.iter().any(|e| e.starts_with("COERCE vesla>") || e.starts_with("SANCTION vesla>")),
        "{other:#?}"
    );
    assert!(
        reading
            .events
            .iter()
            .filter(|e| e.quote.text().contains("attack Korrinese"))
            .all(|e| !e.is_fact() || e.class == Class::Threaten)
    );
}

#[test]
fn quantities_have_value_unit_and_whole() {
    let reading = story();
    let find = |unit: &str, value: f64| {
        reading
            .quantities
            .iter()
            .find(|q| q.unit == unit && q.value == Some(value))
            .unwrap_or_else(|| panic!("{value} {unit}: {:#?}", reading.quantities))
    };
    let dues = find("USD", 1.5e6);
    assert_eq!(dues.per.as_deref(), Some("month"));
    let paid = find("USD", 2.5e6);
    assert_eq!((paid.low, paid.high, paid.bound), (Some(2e6), Some(3e6), Bound::Between));
    assert_eq!(find("seats", 27.0).of, Some(80.0));
    assert_eq!(find("persons", 3.0).bound, Bound::AtLeast);
}

#[test]
fn the_page_is_parted_from_the_story() {
    let reading = story();
    let standing = |words: &str| {
        reading
            .sentences
            .iter()
            .filter(|s| s.quote.text().starts_with(words))
            .map(|s| s.standing)
            .collect::<Vec<_>>()
    };
    assert_eq!(standing("Harbour dues"), [Standing::Heading, Standing::Copy]);
    assert_eq!(standing("By Mara"), [Standing::Furniture]);
    assert_eq!(standing("The Harbour Front has not"), [Standing::Copy, Standing::Body]);
    assert_eq!(standing("Mara Tolle is"), [Standing::Furniture]);
    assert_eq!(standing("A Storm Sinks"), [Standing::Furniture]);
    let date = reading.document.date.unwrap();
    assert_eq!((date.basis, date.date.to_string().as_str()), (DateBasis::Stated, "2031-03-14"));
}

#[test]
fn claims_go_to_their_speakers() {
    let reading = story();
    let speakers: Vec<(&str, Option<&str>)> = reading
        .claims
        .iter()
        .map(|c| (c.cue.text(), c.actors.first().map(String::as_str)))
        .collect();
    assert!(speakers.contains(&("said", Some("venn"))), "{speakers:?}");
    assert!(speakers.contains(&("warned", Some("venn"))), "{speakers:?}");
}

#[test]
fn unknown_names_are_candidates_and_never_actors() {
    let text = "Governor Salim Ardane met the Coral League on Monday. Ardane praised the league.";
    let reading = read(
        text.as_bytes(),
        &DocumentSource::new("k"),
        &super::island::lexicon(),
        &Limits::default(),
    )
    .unwrap();
    assert!(reading.mentions.is_empty());
    let best = &reading.candidates[0];
    assert_eq!(
        (best.quote.text(), best.kind.as_str(), best.places.len()),
        ("Salim Ardane", "person", 2)
    );
    assert!(
        reading
            .candidates
            .iter()
            .any(|c| c.quote.text() == "Coral League" && c.kind == "organisation")
    );
}

#[test]
fn the_store_answers_who_with_whom_and_is_searched_in_any_script() {
    let mut store = Store::in_memory().unwrap();
    let about =
        DocumentSource { rating: "B2".parse::<Rating>().ok(), ..DocumentSource::new("a.txt") };
    let arabic = "وقالت جبهة الميناء إن الحكومة أوقفت المحادثات.";
    store
        .keep(
            &read(arabic.as_bytes(), &about, &super::island::lexicon(), &Limits::default())
                .unwrap(),
        )
        .unwrap();
    store.keep(&story()).unwrap();
    assert_eq!(store.sentences_mentioning("harbour", 10).unwrap()[0].quote, arabic);
    assert_eq!(store.search("الحكومه اوقفت", 5).unwrap().len(), 1, "letters are folded");
    let both = store.sentences_mentioning_both("orsa", "korrin", 10).unwrap();
    assert!(both.iter().all(|h| h.source_key == "story.txt") && both.len() >= 2);
    let events = store.events_between("vesla", "dawn").unwrap();
    assert!(
        events
            .iter()
            .any(|e| e.event.class == Class::Sanction
                && e.place.quote.contains(e.event.quote.text()))
    );
    assert_eq!(store.documents().unwrap()[0].rating.as_deref(), Some("B2"));
    assert!(store.search("\" ( NEAR( AND *", 5).unwrap().is_empty());
}

#[test]
fn reprints_are_not_independent() {
    let lexicon = super::island::lexicon();
    let keep = |store: &mut Store, key: &str, text: &str| {
        let reading =
            read(text.as_bytes(), &DocumentSource::new(key), &lexicon, &Limits::default()).unwrap();
        store.keep(&reading).unwrap();
        reading.document.id
    };
    let mut store = Store::in_memory().unwrap();
    let reprint =
        format!("Agency report.\n\n{}", super::island::STORY.replace("March 14", "March 15"));
    let other = "The ferry company raised its fares by 5 percent on Monday, the third rise in as many years, and the \
                 mayor said that the council had no say in the matter. Passengers waited in the rain for an hour.";
    let ids = [
        keep(&mut store, "a", super::island::STORY),
        keep(&mut store, "b", &reprint),
        keep(&mut store, "c", other),
    ];
    assert_eq!(store.independent(&ids).unwrap(), 2);
    assert_eq!(store.independent(&ids[..2]).unwrap(), 1);
}

#[test]
fn the_summary_names_what_matters() {
    let lines = summary_lines(&story(), &super::island::lexicon()).join("\n");
    for words in [
        "dated 2031-03-14",
        "Vesla",
        "SANCTION",
        "not counted as facts",
        "27 seats of 80",
        "set aside",
    ] {
        assert!(lines.contains(words), "{words} in\n{lines}");
    }
}

fn sources(side: &Side) -> Vec<&str> {
    side.passages.iter().map(|p| p.source.as_str()).collect()
}

#[test]
fn figures_that_differ_stand_side_by_side() {
    let mut store = Store::in_memory().unwrap();
    for (key, text) in [
        ("a", "Vesla shares a 1,600-kilometer border with Korrin."),
        ("b", "The border: Vesla and Korrin share a 1,500-kilometer (900-mile) border."),
        ("c", "Trade between Vesla and Korrin surpassed $10 billion in 2030."),
        (
            "d",
            "Trade between Vesla and Korrin reached $12 billion in 2030. Trade with Vesla was $3 billion in 2010.",
        ),
    ] {
        let reading = read(
            text.as_bytes(),
            &DocumentSource::new(key),
            &super::island::lexicon(),
            &Limits::default(),
        );
        store.keep(&reading.unwrap()).unwrap();
    }
    let compared = store.comparisons(&str::to_owned).unwrap();
    let found: Vec<(Kind, Vec<Vec<&str>>)> =
        compared.iter().map(|c| (c.kind, c.sides.iter().map(sources).collect())).collect();
    assert_eq!(
        found,
        [(Kind::Figures, vec![vec!["a"], vec!["b"]]), (Kind::Agreement, vec![vec!["c", "d"]])]
    );
}

/// Reads a sentence of a document of 3 February 2031: `CLASS date` of each event.
fn dated(text: &str) -> Vec<String> {
    let mut about = DocumentSource::new("sentence.txt");
    about.published = Some(jiff::civil::date(2031, 2, 3));
    let read = read(text.as_bytes(), &about, &super::island::lexicon(), &Limits::default());
    let day = |e: &evidence::Event| e.when.map_or("undated".to_owned(), |w| w.from.to_string());
    let events = read.unwrap().events;
    events.iter().map(|e| format!("{} {}", e.class.word(), day(e))).collect()
}

#[test]
fn a_bare_day_is_of_the_nearer_year_and_of_none_where_the_text_tells_of_another() {
    assert_eq!(dated("The army shelled the port on 20 December."), ["ASSAULT 2030-12-20"]);
    // The day of the vote is none of the meeting.
    assert_eq!(dated("The two parties met before the election of 12 April."), ["CONSULT undated"]);
    let two = "The vote was held on 9 May 2027, and the army shelled the port on 2 June.";
    assert_eq!(dated(two), ["ASSAULT undated"]);
    let one = "On 9 May 2027 the rebels fired on the camp; the army shelled the port on 2 June.";
    assert_eq!(dated(one), ["ASSAULT 2027-05-09", "ASSAULT 2027-06-02"]);
}

#[test]
fn whom_a_deed_is_done_to_is_found_behind_its_pattern_and_among_its_words() {
    let target = |text: &str| -> Vec<String> {
        let about = DocumentSource::new("sentence.txt");
        let read = read(text.as_bytes(), &about, &super::island::lexicon(), &Limits::default());
        let events = read.unwrap().events;
        let first = events.first().map(|e| e.recipients.clone()).unwrap_or_default();
        first.iter().map(|r| r.quote.text().to_owned()).collect()
    };
    for (text, wanted) in [
        ("Demonstrators burned flags outside the Velmar embassy.", "Velmar embassy"),
        ("The republic provided the rebels with rockets.", "rebels"),
        ("The opposition threatened to boycott the election.", "election"),
        ("The movement turned down the proposal.", "proposal"),
    ] {
        assert_eq!(target(text), [wanted], "{text}");
    }
}
