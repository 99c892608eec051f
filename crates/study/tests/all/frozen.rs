//! Frozen forecasts are read in one place, for the scores, the brief and the workbench.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::Record;
use assess::score::{Forecast, Silence};
use case::Folder;
use case::question::{Question, questions};
use study::frozen::{self, Unusable};

/// A question of the tutorial case, and a folder in which a forecast of it was frozen.
fn frozen_once() -> (Question, tempfile::TempDir) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let question = questions(&Folder::read(&root).unwrap().map).unwrap().remove(0);
    let record = Record {
        format: 1,
        question: question.id.get_ref().clone(),
        text: question.text.clone(),
        ask: question.ask.as_ref().unwrap().get_ref().clone(),
        as_of: question.as_of,
        until: question.until,
        program: "0".to_owned(),
        case_hash: String::new(),
        seed: 1,
        runs: 100,
        build: None,
        forecast: Some(Forecast::Probability(0.5)),
        outside: None,
        joined: None,
        missing: 0.0,
        before: String::new(),
        hash: String::new(),
    };
    let dir = tempfile::tempdir().unwrap();
    let text = Record::text(&[record.sealed().unwrap()]).unwrap();
    std::fs::write(frozen::file(dir.path(), &question), text).unwrap();
    (question, dir)
}

#[test]
fn a_forecast_counts_as_long_as_its_question_reads_as_it_did() {
    let (mut question, dir) = frozen_once();
    let last = frozen::last(dir.path(), &question).unwrap().unwrap();
    assert_eq!(&last.question, question.id.get_ref());
    question.text.push_str(" Or not?");
    let other = frozen::last(dir.path(), &question).unwrap();
    assert_eq!(other.unwrap_err(), Silence::AskedOtherwise);
    let nowhere = frozen::last(Path::new("nowhere"), &question).unwrap();
    assert_eq!(nowhere.unwrap_err(), Silence::NotFrozen);
}

#[test]
fn a_line_that_was_changed_since_it_was_frozen_is_told_with_its_file() {
    let (question, dir) = frozen_once();
    let path = frozen::file(dir.path(), &question);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"seed\":1", "\"seed\":2", 1)).unwrap();
    let fault = frozen::all(dir.path(), &question).unwrap_err();
    assert!(matches!(&fault, Unusable::Broken { path: at, .. } if *at == path), "{fault:?}");
    assert!(fault.to_string().contains("line 1"), "{fault}");
}
