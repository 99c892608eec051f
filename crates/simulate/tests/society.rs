//! What the texts say of patrons, people and shortages, tried on the tutorial case with paired luck.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};
use simulate::{Ensemble, Model};

fn folder() -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")).unwrap()
}

fn playing(folder: &Folder, processes: &[&str]) -> Folder {
    folder.with_set(&format!("case.processes={processes:?}"))
}

fn built(folder: &Folder) -> Case {
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    assert!(built.errors() == 0, "{lines:#?}");
    built.case.unwrap_or_else(|| panic!("{lines:#?}"))
}

fn ensemble(case: &Case, runs: u32) -> Ensemble {
    Model::new(case).unwrap().ensemble(7, 0, runs, &|_| {}).unwrap()
}

#[test]
fn it_runs() {
    let all = playing(
        &folder(),
        &["shock", "patronage", "dependence", "information", "opinion", "election", "formation"],
    );
    let case = built(&all);
    let model = Model::new(&case).unwrap();
    let told = model.tell(7, 3).unwrap();
    for e in &told.journal {
        println!("{} {} {}", e.day, e.process, e.what);
    }
    let runs = ensemble(&case, 200);
    for (q, at) in model.quantities.iter().zip(0..) {
        let values: Vec<f32> = runs.outcomes.iter().filter_map(|o| o.quantities[at]).collect();
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        let max = values.iter().copied().fold(f32::MIN, f32::max);
        println!("{:40} mean {mean:.3} max {max:.3} of {}", q.id, values.len());
    }
}
