//! A brief set into a house's own page.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be drawn fails its test")]

use crate::fixture;

use report::template::fill;

#[test]
fn parts_stand_in_the_order_and_under_the_names_of_the_template() {
    let brief = fixture::brief().unwrap();
    let filled = fill(include_str!("../../../../docs/templates/institute.html"), &brief).unwrap();
    assert_eq!(filled.left_out, Vec::<String>::new());
    let places: Vec<usize> = [
        ">What we judge</h2>",
        ">Since our last assessment</h2>",
        ">Who has the votes</h2>",
        ">Evidence notes</h2>",
    ]
    .iter()
    .map(|heading| filled.html.find(heading).unwrap_or_else(|| panic!("no {heading}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(!filled.html.contains(">Key judgements<") && !filled.html.contains("{{"));
    assert!(filled.html.contains("<li><a href=\"#key-judgements\">What we judge</a></li>"));
}

#[test]
fn words_of_a_brief_are_never_tokens_nor_markup() {
    let mut brief = fixture::brief().unwrap();
    brief.title = "{{rest}}<script>alert(1)</script>".to_owned();
    let html = fill("<h1>{{title}}</h1>{{rest}}", &brief).unwrap().html;
    assert!(
        html.starts_with("<h1>{{rest}}&lt;script&gt;alert(1)&lt;/script&gt;</h1><section"),
        "{}",
        &html[..80]
    );
}

#[test]
fn a_template_that_cannot_be_filled_says_where_and_why() {
    let brief = fixture::brief().unwrap();
    let fault = |template: &str| fill(template, &brief).unwrap_err().to_string();
    assert!(fault("a\n{{titel}}{{rest}}").starts_with("2: {{titel}}: no such token"));
    assert!(fault("{{title").contains("not closed"));
    assert!(fault("{{title}}").contains("evidence notes are placed nowhere"));
    assert!(fault("{{part \"Method\"}}\n{{part \"Method\"}}{{rest}}").contains("placed twice"));
    let filled =
        fill("{{part \"Evidence notes\"}}{{part \"Nothing of the kind\"}}", &brief).unwrap();
    assert!(filled.left_out.iter().any(|heading| heading == "Method"));
}
