//! A brief of runs in which no government is formed but much moves.

#![allow(clippy::unwrap_used, reason = "a case that cannot be read fails its test")]

use std::path::Path;

use case::Folder;
use report::brief::{Block, Brief};
use report::compose::{Evidence, Findings, compose};
use report::joined::Joined;
use report::likelihood::Lexicon;
use simulate::Model;

fn brief(sets: &[&str]) -> Brief {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let folder = sets.iter().fold(Folder::read(&path).unwrap(), |f, set| f.with_set(set));
    let case = folder.build(None).case.unwrap();
    let model = Model::new(&case).unwrap();
    let ensemble = model.ensemble(7, 0, 200, &|_| {}).unwrap();
    compose(&Findings {
        model: &model,
        ensemble: &ensemble,
        summary: &assess::summary(&model, &ensemble),
        measured: &assess::measure(&model, case.head.body.get_ref(), 7, 100).unwrap(),
        scenarios: &[],
        evidence: &Evidence::default(),
        joined: &Joined::default(),
        lexicon: Lexicon::Icd203,
        version: "0",
        replay: None,
    })
    .unwrap()
}

const MOVING: &str = "case.processes=[\"shock\",\"escalation\",\"sanctions\"]";
const MOVING_TO_A_GOVERNMENT: &str =
    "case.processes=[\"shock\",\"escalation\",\"sanctions\",\"election\",\"formation\"]";

/// What the annex folds away under a heading.
fn folded<'b>(brief: &'b Brief, heading: &str) -> Option<&'b [Block]> {
    let annex = brief.sections.iter().filter(|s| s.heading == "Annex").flat_map(|s| &s.blocks);
    annex.into_iter().find_map(|block| match block {
        Block::Details { summary, blocks } if summary == heading => Some(&blocks[..]),
        _ => None,
    })
}

#[test]
fn runs_without_a_formation_are_not_told_as_one() {
    let brief = brief(&[MOVING]);
    assert!(brief.faults().is_empty(), "{:?}", brief.faults());
    let text = report::markdown::write(&brief);
    assert!(!text.contains("orming a government takes"), "{text}");
    assert!(!text.contains("heads the next government"), "{text}");
    assert!(folded(&brief, "The government").is_none());
    let lines: Vec<String> = brief.lines().iter().map(|t| t.to_plain()).collect();
    assert!(lines.last().unwrap().contains("more sway"), "{lines:?}");
    assert!(brief.judgements.len() > 1, "sway and what moves");
}

#[test]
fn what_moves_is_told_with_likelihood_words_and_tables() {
    for sets in [[MOVING], [MOVING_TO_A_GOVERNMENT]] {
        let brief = brief(&sets);
        let moves = folded(&brief, "What moves until then").unwrap();
        let lists = moves.iter().filter(|b| matches!(b, Block::List(_))).count();
        let tables = moves.iter().filter(|b| matches!(b, Block::Table(_))).count();
        assert!(lists >= 2 && tables >= 2, "{lists} lists, {tables} tables");
        let events: Vec<String> = (moves.iter())
            .filter_map(|b| match b {
                Block::List(items) => Some(items.iter().map(|i| i.to_plain())),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(events.iter().any(|e| e.contains("chance") || e.contains("likely")), "{events:?}");
        let names: Vec<String> = brief.figures().into_iter().map(|(name, _)| name).collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "every picture has a name of its own");
    }
}

#[test]
fn a_still_case_says_nothing_of_what_moves() {
    let brief = brief(&[]);
    assert!(folded(&brief, "What moves until then").is_none());
    assert!(folded(&brief, "The government").is_some());
}
