//! Frozen forecasts are read in one place, for the scores, the brief and the workbench.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::score::Silence;
use case::Folder;
use case::question::questions;
use study::frozen::{self, Unusable};

#[test]
fn a_forecast_counts_as_long_as_its_question_reads_as_it_did() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let folder = frozen::folder(&root);
    let mut all = questions(&Folder::read(&root).unwrap().map).unwrap();
    let question = &mut all[0];
    let frozen = frozen::last(&folder, question).unwrap().unwrap();
    assert_eq!(&frozen.question, question.id.get_ref());
    question.text.push_str(" Or not?");
    let other = frozen::last(&folder, question).unwrap();
    assert_eq!(other.unwrap_err(), Silence::AskedOtherwise);
    let nowhere = frozen::last(Path::new("nowhere"), question).unwrap();
    assert_eq!(nowhere.unwrap_err(), Silence::NotFrozen);
}

#[test]
fn a_line_that_was_changed_since_it_was_frozen_is_told_with_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let question = &questions(&Folder::read(&root).unwrap().map).unwrap()[0];
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(frozen::file(&frozen::folder(&root), question)).unwrap();
    let path = frozen::file(dir.path(), question);
    std::fs::write(&path, text.replacen("\"seed\":1", "\"seed\":2", 1)).unwrap();
    let fault = frozen::all(dir.path(), question).unwrap_err();
    assert!(matches!(&fault, Unusable::Broken { path: at, .. } if *at == path), "{fault:?}");
    assert!(fault.to_string().contains("line 1"), "{fault}");
}
