//! What a person does with the store: searching, looking one up, cleaning tables, reading the page.

use evidence::tables::{TableError, export, import};
use evidence::{
    DocumentSource, Filter, Kept, Limits, Reading, Store, corrections_from, corrections_text, page,
    read,
};
use proptest::prelude::*;
use std::path::Path;

fn reading(key: &str, text: &str, dated: &str) -> Reading {
    let about =
        DocumentSource { published: Some(dated.parse().unwrap()), ..DocumentSource::new(key) };
    read(text.as_bytes(), &about, &super::island::lexicon(), &Limits::default()).unwrap()
}

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    store.keep(&reading("story", super::island::STORY, "2031-03-14")).unwrap();
    store
        .keep(&reading("reprint", &format!("{}\nThe end.", super::island::STORY), "2031-03-16"))
        .unwrap();
    store
        .keep(&reading(
            "other",
            "قال جبهة الميناء نعم. Vesla paid dues to Korrin on 2 April 2031.",
            "2031-04-03",
        ))
        .unwrap();
    store
}

#[test]
fn a_search_is_narrowed_and_says_what_it_found() {
    let store = store();
    let find = |query: &str, filter: &Filter| store.find(query, filter, 50).unwrap();
    let all = find("dues", &Filter::default());
    assert!(all.iter().any(|a| a.hit.standing == "heading") && all.len() > 3);
    assert!(all.iter().all(|a| a.marked("[", "]").to_lowercase().contains("[dues]")), "{all:?}");
    let body = find("dues", &Filter { body: true, ..Filter::default() });
    assert!(body.len() < all.len() && body.iter().all(|a| a.hit.standing == "body"));
    let late = Filter { from: Some("2031-04-01".parse().unwrap()), ..Filter::default() };
    assert_eq!(find("dues", &late).len(), 1);
    let source = Filter { source: Some("reprint".into()), ..Filter::default() };
    assert!(find("dues", &source).iter().all(|a| a.hit.source_key == "reprint"));
    let actor = Filter { actor: Some("korrin".into()), ..late.clone() };
    assert_eq!(find("dues", &actor).len(), 1);
    let nobody = Filter { actor: Some("dawn".into()), ..late };
    assert!(find("dues", &nobody).is_empty());
    let arabic = find("جبهه الميناء", &Filter::default());
    assert_eq!(arabic[0].marked("[", "]"), "قال [جبهة] [الميناء] نعم.");
}

#[test]
fn a_record_is_found_by_its_name_with_rule_and_sentence_and_a_copy_points_at_the_first() {
    let store = store();
    let story = store.document("story").unwrap().unwrap();
    let records = store.reading_records(&story.id).unwrap();
    for event in &records.events {
        let found = store.record(&event.id).unwrap().unwrap();
        assert_eq!((found.kind.as_str(), &found.rule), ("event", &event.rule));
        assert_eq!(found.quote, event.quote.text());
        assert!(found.sentence.unwrap().quote.contains(&found.quote));
    }
    assert!(store.record("event-000000000000").unwrap().is_none());
    assert_eq!(store.document(&story.id[..10]).unwrap().unwrap().source_key, "story");
    assert!(store.document("nothing").unwrap().is_none());
    let listing = store.listing().unwrap();
    let copy_of =
        |key: &str| listing.iter().find(|l| l.document.source_key == key).unwrap().copy_of.clone();
    assert_eq!(copy_of("reprint").as_deref(), Some("story"));
    assert_eq!((copy_of("story"), copy_of("other")), (None, None));
}

#[test]
fn an_older_version_can_still_be_shown() {
    let mut store = Store::in_memory().unwrap();
    let old = reading("k", "Vesla attacked Korrin on 3 June 2030.", "2030-06-04");
    store.keep(&old).unwrap();
    store.keep(&reading("k", "Vesla paid Korrin on 3 June 2030.", "2030-06-05")).unwrap();
    let found = store.record(&old.events[0].id).unwrap().unwrap();
    assert!(!found.current && found.version == 1);
    let listed = store.listing().unwrap();
    assert_eq!((listed.len(), listed[0].versions), (1, 2));
}

fn edit(path: &Path, change: impl Fn(Vec<Vec<String>>) -> Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    let rows = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    let mut writer = csv::Writer::from_path(path).unwrap();
    for row in change(rows) {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
}

fn column(rows: &[Vec<String>], name: &str) -> usize {
    rows[0].iter().position(|c| c == name).unwrap()
}

#[test]
fn tables_that_were_not_changed_change_nothing() {
    let mut store = store();
    let folder = tempfile::tempdir().unwrap();
    export(&store, folder.path()).unwrap();
    let before: Vec<_> =
        store.documents().unwrap().iter().map(|d| store.reading_records(&d.id).unwrap()).collect();
    assert_eq!(import(&mut store, folder.path()).unwrap(), evidence::tables::Imported::default());
    let after: Vec<_> =
        store.documents().unwrap().iter().map(|d| store.reading_records(&d.id).unwrap()).collect();
    assert_eq!(before, after);
    assert!(store.corrections().unwrap().is_empty());
    let columns = std::fs::read_to_string(folder.path().join("columns.md")).unwrap();
    for table in ["documents", "sentences", "mentions", "events", "claims", "quantities"] {
        let text = std::fs::read_to_string(folder.path().join(format!("{table}.csv"))).unwrap();
        for name in text.lines().next().unwrap().split(',') {
            assert!(columns.contains(&format!("- `{name}`")), "{table}.{name} is not described");
        }
    }
}

#[test]
fn a_correction_survives_reading_again_and_a_changed_document_does_not_have_it() {
    let mut store = store();
    let folder = tempfile::tempdir().unwrap();
    export(&store, folder.path()).unwrap();
    let story = store.document("story").unwrap().unwrap();
    let before = store.reading_records(&story.id).unwrap();
    let (changed, refused) = (before.events[0].id.clone(), before.claims[0].id.clone());
    edit(&folder.path().join("events.csv"), |mut rows| {
        let (class, sources) = (column(&rows, "class"), column(&rows, "sources"));
        let row = rows.iter_mut().find(|r| r[0] == changed).unwrap();
        row[class] = "THREATEN".into();
        row[sources] = "vesla;orsa".into();
        rows
    });
    edit(&folder.path().join("claims.csv"), |mut rows| {
        rows.retain(|r| r[0] != refused);
        rows
    });
    edit(&folder.path().join("mentions.csv"), |mut rows| {
        let mut new = vec![String::new(); rows[0].len()];
        new[column(&rows, "document")] = story.id.clone();
        new[column(&rows, "quote")] = "three people".into();
        new[column(&rows, "actor")] = "dawn".into();
        rows.push(new);
        rows
    });
    let done = import(&mut store, folder.path()).unwrap();
    assert_eq!((done.changed, done.refused, done.added), (1, 1, 1));
    let holds = |store: &Store| {
        let records = store.reading_records(&story.id).unwrap();
        let event = records.events.iter().find(|e| e.id == changed).unwrap();
        assert_eq!(event.class.word(), "THREATEN");
        assert_eq!(event.source_actors().collect::<Vec<_>>(), ["vesla", "orsa"]);
        assert!(records.claims.iter().all(|c| c.id != refused));
        let added = records.mentions.iter().find(|m| m.quote.text() == "three people").unwrap();
        assert_eq!(added.actor, "dawn");
        assert_eq!(store.record(&added.id).unwrap().unwrap().corrected.as_deref(), Some("added"));
        assert!(
            store.events_between("orsa", "dawn").unwrap().iter().any(|e| e.event.id == changed)
        );
    };
    holds(&store);
    // the same bytes read with other names, and then again with the first
    let mut fewer = super::island::lexicon();
    fewer.actors.truncate(4);
    let about = DocumentSource {
        published: Some("2031-03-14".parse().unwrap()),
        ..DocumentSource::new("story")
    };
    let again = read(super::island::STORY.as_bytes(), &about, &fewer, &Limits::default()).unwrap();
    assert_eq!(store.keep(&again).unwrap(), Kept::Reread);
    assert_eq!(
        store.keep(&reading("story", super::island::STORY, "2031-03-14")).unwrap(),
        Kept::Reread
    );
    holds(&store);
    // exported again, the tables are the corrected ones and change nothing
    export(&store, folder.path()).unwrap();
    assert_eq!(import(&mut store, folder.path()).unwrap(), evidence::tables::Imported::default());
    holds(&store);
    // a new store made from nothing but the documents and the text of the corrections
    let text = corrections_text(&store.corrections().unwrap()).unwrap();
    let mut again = Store::in_memory().unwrap();
    again.correct(&corrections_from(&text).unwrap()).unwrap();
    again.keep(&reading("story", super::island::STORY, "2031-03-14")).unwrap();
    holds(&again);
    assert!(corrections_from("{}").is_err());
    let other =
        reading("story", &super::island::STORY.replace("12 rockets", "13 rockets"), "2031-03-14");
    assert_eq!(store.keep(&other).unwrap(), Kept::NewVersion);
    let fresh = store.reading_records(&other.document.id).unwrap();
    assert_eq!(fresh.events, other.events);
}

#[test]
fn rows_that_cannot_be_taken_are_named_by_line_and_nothing_is_written() {
    let mut store = store();
    let folder = tempfile::tempdir().unwrap();
    export(&store, folder.path()).unwrap();
    let story = store.document("story").unwrap().unwrap();
    edit(&folder.path().join("events.csv"), |mut rows| {
        let (class, quote, from) =
            (column(&rows, "class"), column(&rows, "quote"), column(&rows, "from"));
        rows[1][class] = "PARTY".into();
        rows[2][quote] = "other words".into();
        rows[3][from] = "yesterday".into();
        let mut unknown = rows[4].clone();
        unknown[0] = "event-ffffffffffff".into();
        rows.push(unknown);
        let twice = rows[5].clone();
        rows.push(twice);
        let mut new = vec![String::new(); rows[0].len()];
        new[column(&rows, "document")] = story.id.clone();
        new[quote] = "words that nobody wrote".into();
        new[class] = "AID".into();
        rows.push(new);
        rows
    });
    edit(&folder.path().join("sentences.csv"), |mut rows| {
        let quote = column(&rows, "quote");
        rows[1][quote] = "changed".into();
        rows
    });
    let Err(TableError::Rows(faults)) = import(&mut store, folder.path()) else {
        panic!("the rows were taken");
    };
    assert_eq!(faults.len(), 7, "{faults:#?}");
    for (line, what) in [
        ("events.csv:2:", "no class of PLOVER"),
        ("events.csv:3:", "\"quote\" cannot be changed"),
        ("events.csv:4:", "YYYY-MM-DD"),
        ("sentences.csv:2:", "cannot be changed"),
        ("events.csv:", "no such record"),
        ("events.csv:", "a second time"),
        ("events.csv:", "does not stand in a sentence"),
    ] {
        assert!(
            faults.iter().any(|f| f.contains(line) && f.contains(what)),
            "{line} {what}: {faults:#?}"
        );
    }
    assert!(store.corrections().unwrap().is_empty());
}

#[test]
fn no_cell_is_a_formula() {
    let mut store = Store::in_memory().unwrap();
    let text = "=HYPERLINK(\"x\") said Vesla.\n\n+1 Vesla attacked Korrin.\n\n@Korrin paid Vesla.\n\n-2 ships left Vesla.";
    store.keep(&reading("=k", text, "2031-03-14")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for path in
        export(&store, folder.path()).unwrap().iter().filter(|p| p.extension().unwrap() == "csv")
    {
        let mut reader = csv::Reader::from_path(path).unwrap();
        for record in reader.records() {
            for cell in record.unwrap().iter().filter(|c| c.parse::<f64>().is_err()) {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
    }
    assert_eq!(import(&mut store, folder.path()).unwrap(), evidence::tables::Imported::default());
}

fn page_of(reading: &Reading) -> String {
    let mut store = Store::in_memory().unwrap();
    store.keep(reading).unwrap();
    let entry = store.document(&reading.document.source.key).unwrap().unwrap();
    let records = store.reading_records(&entry.id).unwrap();
    page(&entry, &reading.document.text, &records, &super::island::lexicon())
}

/// The text a reader sees in the article of a page.
fn seen(page: &str) -> String {
    let article = page.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    let article = &article[article.find('>').unwrap() + 1..];
    let mut out = String::new();
    let mut inside = false;
    for c in article.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    out.replace("&#39;", "'").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_shows_the_whole_text_and_links_every_record_both_ways() {
    let reading = reading("story", super::island::STORY, "2031-03-14");
    let page = page_of(&reading);
    assert_eq!(seen(&page), super::island::STORY.split_whitespace().collect::<Vec<_>>().join(" "));
    let ids = (reading.events.iter().map(|e| &e.id))
        .chain(reading.claims.iter().map(|c| &c.id))
        .chain(reading.quantities.iter().map(|q| &q.id));
    for id in ids {
        assert!(page.contains(&format!("<li id=\"{id}\">")), "{id} is not listed");
        assert!(page.contains(&format!("id=\"s-{id}\"")), "{id} is not marked");
        assert!(page.contains(&format!("href=\"#s-{id}\"")), "{id} does not lead to the text");
    }
    for outside in ["<script", "http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_hostile_document_is_only_text_on_the_page() {
    let text = "<script>alert(1)</script> Vesla & Korrin\n\nVesla attacked <img src=x onerror=alert(1)> Korrin on 2 June 2030. \
        \"</style><b onmouseover='x'>\" said Ilya Venn. Vesla \u{202e}attacked\u{202c} Korrin.\n";
    let page = page_of(&reading("\"><script>k", text, "2031-03-14"));
    for bad in ["<script", "<img", "<b onmouse", "onerror=alert(1)> ", "\u{202e}"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("⟨U+202E⟩"));
    assert_eq!(page.matches("</style>").count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_shown_whole(text in "(\\PC|[\n<>&\"'.,]|Vesla |attacked |Korrin |12 ships |on 3 June 2030 |said ){0,80}") {
        let reading = reading("k", &text, "2031-03-14");
        let bidi = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        let text = reading.document.text.clone();
        prop_assume!(!text.contains(bidi) && !text.contains(char::is_control) || text.chars().all(|c| c == '\n' || !c.is_control()));
        let shown = seen(&page_of(&reading));
        if !text.contains(bidi) {
            prop_assert_eq!(shown, text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
