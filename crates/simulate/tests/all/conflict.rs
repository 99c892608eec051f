//! Runs of the tutorial case with some values set, for tests of what they change.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};
use simulate::{Ensemble, Model, Play};

pub fn folder(sets: &[&str]) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    sets.iter().fold(Folder::read(&path).unwrap(), |folder, set| folder.with_set(set))
}

pub fn built(folder: &Folder) -> Case {
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    built.case.unwrap_or_else(|| panic!("{lines:#?}"))
}

/// An ensemble with its quantities' ids.
#[derive(Debug, PartialEq)]
pub struct Runs {
    pub ids: Vec<String>,
    pub all: Ensemble,
}

/// Runs of a folder under the seed of all these tests.
pub fn runs_of(folder: &Folder, count: u32) -> Runs {
    let case = built(folder);
    let model = Model::new(&case).unwrap();
    let ids = model.quantities.iter().map(|q| q.id.clone()).collect();
    // A few told runs: an open journal refuses a number drawn twice.
    (0..5).for_each(|run| drop(Play { journal: true, ..model.play(7, run) }.go().unwrap()));
    Runs { ids, all: model.ensemble(7, 0, count, &|_| {}).unwrap() }
}

pub fn runs(sets: &[&str], count: u32) -> Runs {
    runs_of(&folder(sets), count)
}

/// The values of a quantity run by run; NaN where it did not come about.
pub fn of(runs: &Runs, id: &str) -> Vec<f64> {
    let at = runs.ids.iter().position(|i| i == id);
    let at = at.unwrap_or_else(|| panic!("no {id} in {:?}", runs.ids));
    let value = |v: Option<f32>| v.map_or(f64::NAN, f64::from);
    runs.all.outcomes.iter().map(|o| value(o.quantities[at])).collect()
}

/// The mean of the values that came about.
pub fn mean(values: &[f64]) -> f64 {
    let there: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    there.iter().sum::<f64>() / there.len() as f64
}

/// The share of runs in which a quantity came about, or was 1.
pub fn share(values: &[f64]) -> f64 {
    values.iter().filter(|v| !v.is_nan() && **v != 0.0).count() as f64 / values.len() as f64
}
