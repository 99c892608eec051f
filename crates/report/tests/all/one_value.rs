//! What a brief says in several places it says with one value, in every form that it is written in.

#![allow(clippy::unwrap_used, reason = "a case that cannot be read fails its test")]

use std::collections::BTreeMap;
use std::path::Path;

use assess::influence::{By, Influence, Query, influence};
use case::Folder;
use report::brief::Brief;
use report::compose::{Evidence, Findings, compose};
use report::joined::Joined;
use report::likelihood::Lexicon;
use report::lint::{Form, page::Page, read};
use simulate::Model;

const MOVING: &str = "case.processes=[\"shock\",\"escalation\",\"sanctions\",\"legislation\",\"decision\",\"election\",\"formation\"]";

fn brief() -> (Brief, Influence) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let folder = Folder::read(&path).unwrap().with_set(MOVING);
    let case = folder.build(None).case.unwrap();
    let model = Model::new(&case).unwrap();
    let ensemble = model.ensemble(3, 0, 300, &|_| {}).unwrap();
    let query = Query { actors: Vec::new(), of: None, by: By::Whole, seed: 3, runs: 300 };
    let found = influence(&model, &query).unwrap();
    let brief = compose(&Findings {
        model: &model,
        ensemble: &ensemble,
        summary: &assess::summary(&model, &ensemble),
        measured: &assess::measure(&model, case.head.body.get_ref(), 3, 100).unwrap(),
        scenarios: &[],
        evidence: &Evidence::default(),
        joined: &Joined { influence: Some(found.clone()), ..Joined::default() },
        lexicon: Lexicon::Icd203,
        version: "0",
        replay: None,
    })
    .unwrap();
    (brief, found)
}

/// Every sentence of a page that ends in a note, by the note and the words before its number: the numbers given.
fn values(page: &Page) -> BTreeMap<(String, String), Vec<String>> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let pieces = page.parts.iter().flat_map(|part| &part.pieces);
    for sentence in pieces.flat_map(|piece| piece.sentences()) {
        for (at, label) in &sentence.references {
            let before = &sentence.text[..*at];
            let tokens: Vec<&str> = before.split_whitespace().collect();
            let Some(place) =
                tokens.iter().rposition(|t| t.starts_with(|c: char| c.is_ascii_digit()))
            else {
                continue;
            };
            if place < 3 {
                continue;
            }
            let words = tokens[place.saturating_sub(5)..place].join(" ").to_lowercase();
            all.entry(((*label).to_owned(), words)).or_default().push(tokens[place..].join(" "));
        }
    }
    all
}

#[test]
fn no_number_is_given_twice_with_two_values() {
    let (brief, _) = brief();
    let pages = [
        read(&report::markdown::write(&brief), Form::Markdown),
        read(&report::html::write(&brief), Form::Html),
    ];
    let [markdown, html] = pages.each_ref().map(values);
    assert!(markdown.len() > 10, "{markdown:#?}");
    for (key, said) in &markdown {
        assert!(said.iter().all(|value| value == &said[0]), "{key:?}: {said:?}");
        if let Some(other) = html.get(key) {
            assert!(other.iter().all(|value| value == &said[0]), "{key:?}: {said:?} and {other:?}");
        }
    }
}

#[test]
fn an_outcome_is_as_likely_as_its_share_of_the_runs_wherever_it_is_told() {
    let (brief, found) = brief();
    let markdown = report::markdown::write(&brief);
    let ahead = markdown.split("## Decisions ahead").nth(1).unwrap().split("\n## ").next().unwrap();
    for matter in &found.matters {
        // Who stands for somebody unnamed is told by his type.
        let named = |words: &str| !words.starts_with("A ");
        let comes = matter.comes.iter().filter(|(words, share)| *share >= 0.01 && named(words));
        for (words, share) in comes.take(4) {
            let told = format!("{words} {}", report::numbers::short_percent(*share));
            assert!(ahead.contains(&report::markdown::escape(&told)), "{told}\n{ahead}");
            // Who wants that alternative alone succeeds as often.
            for actor in matter.actors.iter().filter(|a| a.wants == [words.clone()]) {
                assert!((actor.success - share).abs() < 0.05, "{}: {actor:?}", matter.name);
            }
        }
    }
}
