//! Nothing that comes from outside can become markup, a link that runs, or a request.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be made fails its test")]

use crate::fixture;

use proptest::prelude::*;
use report::brief::*;
use report::picture::hemicycle;
use report::text::Text;

const HOSTILE: &str =
    "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u{202e}";

fn hostile_brief(words: &str, address: &str) -> Brief {
    let mut brief = fixture::brief().unwrap();
    let text = Text::new().plain(words).name(words).strong(words).number(words, words);
    let source = SourceEntry {
        key: words.into(),
        title: words.into(),
        publisher: Some(words.into()),
        url: Some(address.into()),
        rating: Some(words.into()),
        ..SourceEntry::default()
    };
    let citation = Citation {
        source: source.clone(),
        value: Some(words.into()),
        quote: Some(words.into()),
        sentence: Some(format!("before {words} after")),
        judged: Some(words.into()),
    };
    brief.kind = words.into();
    brief.title = words.into();
    brief.subtitle = words.into();
    brief.bottom_line = vec![text.clone()];
    brief.judgements[0].statement = text.clone();
    brief.judgements[0].confidence.basis = text.clone();
    brief.judgements[0].evidence = vec![words.into()];
    brief.assumptions = vec![text.clone()];
    brief.indicators = vec![Indicator { event: text.clone(), by: None, moves: text.clone() }];
    brief.source_summary = text.clone();
    brief.sources = vec![source];
    brief.method.facts = vec![(words.into(), words.into())];
    brief.method.replay = Some(words.into());
    brief.method.paragraphs = vec![text.clone()];
    let mut input = fixture::hemicycle_input();
    input.title = words.into();
    input.parties[0].name = words.into();
    brief.sections = vec![Section {
        heading: words.into(),
        blocks: vec![
            Block::Paragraph(text.clone()),
            Block::Heading(words.into()),
            Block::List(vec![text.clone()]),
            Block::figure(hemicycle::draw(&input).unwrap(), text.clone()),
        ],
    }];
    brief.notes.insert(
        words.into(),
        EvidenceNote {
            subject: words.into(),
            derivation: Some(text),
            citations: vec![citation],
            independent: Some(1),
        },
    );
    brief
}

/// The page without the tags and attributes it writes itself must hold no others.
fn tags(page: &str) -> Vec<String> {
    page.split('<')
        .skip(1)
        .filter_map(|piece| piece.split(['>', ' ', '\n']).next())
        .map(|name| name.trim_start_matches('/').to_owned())
        .collect()
}

#[test]
fn hostile_words_stay_words() {
    let page = report::html::write(&hostile_brief(HOSTILE, "https://example.org/a"));
    for wrong in ["script", "img", "iframe", "object", "link", "base", "form"] {
        assert!(!tags(&page).iter().any(|tag| tag == wrong), "<{wrong}>");
    }
    assert!(!page.contains('\u{202e}'));
    assert_eq!(page.matches("</title>").count(), 1 + page.matches("<title id=").count());
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn only_web_addresses_become_links() {
    for address in [
        "javascript:alert(1)",
        " https://example.org",
        "JaVaScRiPt://x",
        "data:text/html,<script>1</script>",
        "file:///etc/passwd",
        "//example.org",
        "https://example.org/\u{0}",
        "http:example.org",
        "vbscript:x",
    ] {
        let page = report::html::write(&hostile_brief("plain", address));
        let links: Vec<&str> = page
            .split("href=\"")
            .skip(1)
            .filter_map(|piece| piece.split('"').next())
            .filter(|link| !link.starts_with('#') && !link.starts_with("https://example.org/"))
            .collect();
        assert_eq!(links, Vec::<&str>::new(), "{address:?}");
    }
    let page = report::html::write(&hostile_brief("plain", "HTTP://example.org/?a=1&b=\"2\""));
    assert!(
        page.contains("href=\"HTTP://example.org/?a=1&amp;b=&quot;2&quot;\" rel=\"noreferrer\"")
    );
}

#[test]
fn the_page_fetches_nothing_and_runs_nothing() {
    let page = report::html::write(&fixture::brief().unwrap());
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    for wrong in ["<script", "src=", "@import", "url(http", "onload", "<link", "srcset"] {
        assert!(!page.contains(wrong), "{wrong}");
    }
}

#[test]
fn ids_are_unique_and_links_within_the_page_arrive() {
    for page in [
        report::html::write(&fixture::brief().unwrap()),
        report::html::write(&hostile_brief(HOSTILE, "x")),
    ] {
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|piece| piece.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        let links = page.split("href=\"#").skip(1).filter_map(|piece| piece.split('"').next());
        for link in links {
            assert!(ids.binary_search(&link).is_ok(), "#{link}");
        }
        for piece in page.split("url(#").skip(1) {
            let id = piece.split(')').next().unwrap();
            assert!(ids.binary_search(&id).is_ok(), "url(#{id})");
        }
    }
}

#[test]
fn sections_of_one_name_have_ids_of_their_own() {
    let mut brief = fixture::brief().unwrap();
    let section = Section { heading: "Sources".into(), blocks: vec![] };
    brief.sections = vec![section.clone(), section];
    brief.sources.extend(brief.sources.clone());
    let page = report::html::write(&brief);
    for id in ["s1-sources", "s2-sources", "sources"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn a_note_that_is_not_there_is_a_fault_and_no_link() {
    let mut brief = fixture::brief().unwrap();
    brief.bottom_line = vec![Text::new().number("12 seats", "nowhere")];
    brief.notes.insert("empty".into(), EvidenceNote::default());
    assert_eq!(
        brief.faults(),
        vec![BriefFault::UnknownNote("nowhere".into()), BriefFault::EmptyNote("empty".into())]
    );
    assert!(report::html::write(&brief).contains("<p>12 seats</p>"));
}

#[test]
fn notes_are_numbered_as_they_are_read() {
    let brief = fixture::brief().unwrap();
    let numbers = brief.numbering();
    assert_eq!((numbers["seats"], numbers["majority"], numbers["days"]), (1, 2, 3));
    assert!(report::markdown::write(&brief).contains("about 46 of 301[^1]"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_leave_the_tags_of_the_page_as_they_were(words in any::<String>()) {
        let plain = tags(&report::html::write(&hostile_brief("x", "y")));
        let page = tags(&report::html::write(&hostile_brief(&words, &words)));
        let kinds = |tags: &[String]| {
            let mut kinds = tags.to_vec();
            kinds.sort();
            kinds.dedup();
            kinds
        };
        let (plain, page) = (kinds(&plain), kinds(&page));
        prop_assert!(page.iter().all(|tag| plain.contains(tag)), "{:?}", page);
    }

    #[test]
    fn markdown_holds_no_markup_from_outside(words in any::<String>()) {
        let page = report::markdown::escape(&words);
        prop_assert!(!page.contains('<') && !page.contains('\n'));
        let mut letters = page.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '\\' {
                letters.next();
            } else {
                prop_assert!(!"`*_[]|#".contains(letter) || letter == '#' && page.contains("&#"));
            }
        }
    }
}
