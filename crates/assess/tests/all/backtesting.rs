//! Models of bargaining on trial, on a dialogue whose outcomes are worked out by hand.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::backtest::{Backtest, backtest};
use case::Folder;
use simulate::Model;

fn toyland(entries: &[String]) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("more.toml");
    let text = |entry: &String| format!("[[add]]\nkind = \"agreed\"\nentry = {{ {entry} }}\n");
    std::fs::write(&patch, entries.iter().map(text).collect::<String>()).unwrap();
    Folder::read(&path).unwrap().with_scenario(patch.to_str().unwrap()).unwrap()
}

fn agreed(issue: &str, [position, low, high]: [f64; 3]) -> String {
    format!(
        "dialogue = \"talks\", issue = \"{issue}\", date = 2031-12-31, position = {position}, low = {low}, \
         high = {high}, why = \"by the year's end\", source = \"yearbook\""
    )
}

fn tried(more: &[String]) -> Backtest {
    let folder = toyland(more);
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    let case = built.case.unwrap_or_else(|| panic!("{lines:#?}"));
    let model = Model::new(&case).unwrap();
    backtest(&model, &case, "talks", 300, 3).unwrap()
}

#[test]
fn what_stays_as_it_was_is_best_said_by_how_things_stood() {
    let found = tried(&[agreed("troops", [0.9, 0.8, 1.0]), agreed("energy", [0.1, 0.0, 0.2])]);
    let stood = found.trials.last().unwrap();
    assert_eq!(stood.model, "as things stood");
    assert_eq!((stood.error, stood.error_range), (0.0, [0.0, 0.0]));
    assert!(found.trials.iter().all(|t| t.crps >= stood.crps && t.error >= 0.0));
    assert!(stood.issues.iter().all(|i| i.inside));
}

#[test]
fn the_mean_is_the_measure_and_every_model_is_tried_on_the_same_draws() {
    let found = tried(&[agreed("troops", [0.4, 0.35, 0.45])]);
    let mean = &found.trials[0];
    assert_eq!((mean.model.as_str(), mean.nearer), ("weighted mean", 0.5));
    assert_eq!(found.trials.len(), 7);
    for trial in &found.trials {
        assert!((0.0..=1.0).contains(&trial.nearer));
        let issue = &trial.issues[0];
        assert!(issue.range[0] <= issue.median && issue.median <= issue.range[1]);
        assert!((trial.crps - issue.crps).abs() < 1e-12);
    }
    // On one issue there is nothing to exchange.
    let exchange = found.trials.iter().find(|t| t.model == "exchange").unwrap();
    assert!((exchange.error - mean.error).abs() < 1e-9);
}

#[test]
fn nothing_on_record_is_said() {
    let folder = toyland(&[]);
    let case = folder.build(None).case.unwrap();
    let model = Model::new(&case).unwrap();
    let error = backtest(&model, &case, "talks", 10, 1).unwrap_err();
    assert!(error.to_string().contains("[[agreed]]"), "{error}");
    let error = backtest(&model, &case, "walks", 10, 1).unwrap_err();
    assert!(error.to_string().contains("walks"), "{error}");
}
