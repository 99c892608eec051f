//! Paired ensembles of the tutorial case, and what is asked of them.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};
use jiff::civil::Date;
use simulate::journal::Journal;
use simulate::luck::Luck;
use simulate::process::{Process, StepError};
use simulate::world::World;
use simulate::{Model, Outcome};

pub const ALL: [&str; 7] =
    ["shock", "patronage", "dependence", "information", "opinion", "election", "formation"];
pub const RUNS: u32 = 200;

/// The tutorial case with the processes of society in play, and no shocks unless a test asks for them.
pub fn folder() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let sets = [
        "shock.fen-rising.hazard=0",
        "shock.flood.hazard=0",
        "pillar.fenland.hazard=0",
        "pillar.uplanders.hazard=0",
        "supply.gas.cut=0",
        "supply.grain.cut=0",
        "contest.date=2031-06-15",
    ];
    let folder = Folder::read(&root).unwrap();
    let folder = folder.with_set(&format!("case.processes={ALL:?}"));
    sets.iter().fold(folder, |folder, set| folder.with_set(set))
}

pub fn with(folder: &Folder, sets: &[&str]) -> Folder {
    sets.iter().fold(folder.clone(), |folder, set| folder.with_set(set))
}

/// Entries laid over a case: kind, then the entry's fields.
pub fn adding(folder: &Folder, entries: &[(&str, &str)]) -> Folder {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("more.toml");
    let text = |(kind, entry): &(&str, &str)| {
        format!("[[add]]\nkind = \"{kind}\"\nentry = {{ {entry} }}\n")
    };
    std::fs::write(&path, entries.iter().map(text).collect::<String>()).unwrap();
    folder.with_scenario(path.to_str().unwrap()).unwrap()
}

pub fn built(folder: &Folder) -> Case {
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    assert!(built.errors() == 0, "{lines:#?}");
    built.case.unwrap()
}

/// A process of the tests that sets a part of the world every week, as another process would.
pub struct Sets<F>(pub F);

impl<F> std::fmt::Debug for Sets<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sets")
    }
}

impl<F: Fn(&mut World, &Journal) + Send + Sync> Process for Sets<F> {
    fn name(&self) -> &'static str {
        "test"
    }
    fn appointment(&self, _world: &World) -> Option<Date> {
        None
    }
    fn step(
        &self,
        _model: &Model<'_>,
        world: &mut World,
        _luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if world.weekly {
            self.0(world, journal);
        }
        Ok(())
    }
}

/// Runs with a process of the test's own before all others.
pub fn pushed(
    folder: &Folder,
    set: impl Fn(&mut World, &Journal) + Send + Sync + 'static,
) -> (Vec<Outcome>, Vec<String>) {
    let case = built(folder);
    let mut model = Model::new(&case).unwrap();
    model.processes.insert(0, Box::new(Sets(set)));
    let outcomes = model.ensemble(7, 0, RUNS, &|_| {}).unwrap().outcomes;
    (outcomes, model.quantities.iter().map(|q| q.id.clone()).collect())
}

pub fn runs(folder: &Folder) -> (Vec<Outcome>, Vec<String>) {
    pushed(folder, |_, _| {})
}

pub type Runs = (Vec<Outcome>, Vec<String>);

/// The values of a quantity, run by run.
pub fn values(runs: &Runs, id: &str) -> Vec<f64> {
    let at = runs.1.iter().position(|q| q == id).unwrap_or_else(|| panic!("no {id}"));
    runs.0.iter().map(|o| f64::from(o.quantities[at].unwrap())).collect()
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean difference of a quantity, b less a; every run's difference must have its sign or be nothing.
pub fn moved(a: &Runs, b: &Runs, id: &str) -> f64 {
    let differences: Vec<f64> =
        values(a, id).iter().zip(values(b, id)).map(|(a, b)| b - a).collect();
    let sum = mean(&differences);
    let against = differences.iter().filter(|d| **d * sum < -1e-12).count();
    assert_eq!(against, 0, "{id}: {against} runs go the other way");
    sum
}

/// Everything of two ensembles but some quantities is the same.
pub fn same_but(a: &Runs, b: &Runs, but: &[&str]) {
    for (x, y) in a.0.iter().zip(&b.0) {
        for (at, id) in a.1.iter().enumerate().filter(|(_, id)| !but.contains(&id.as_str())) {
            assert_eq!(x.quantities[at], y.quantities[at], "{id}");
        }
        let rest = |o: &Outcome| Outcome { quantities: Vec::new(), ..o.clone() };
        assert_eq!(rest(x), rest(y));
    }
}

/// A second rivalry between the two patrons, so high that strikes are near, and a campaign in it.
pub fn feud(folder: &Folder) -> Folder {
    let judged = |value: &str| format!("{{ value = {value}, judged = \"test\" }}");
    let rivalry = format!(
        "id = \"feud\", name = \"Feud\", a = \"northmark\", b = \"seaward\", strike_rung = 2, airspace_rung = 2, \
         rungs = [\"calm\", \"threats\", \"strikes\"], rung = {}, rise = {}, calm = {}, source = \"courier\"",
        judged("1"),
        judged("0"),
        judged("0")
    );
    let campaign = format!(
        "attacker = \"guard\", target = \"harbour\", rivalry = \"feud\", patron = \"northmark\", rate = {}, \
         branching = {}, heat = {}, source = \"courier\"",
        judged("1"),
        judged("0.2"),
        judged("1.5")
    );
    adding(folder, &[("rivalry", &rivalry), ("campaign", &campaign)])
}

pub fn place(folder: &Folder, rivalry: &str) -> usize {
    built(folder).rivalries.iter().position(|r| r.id.get_ref() == rivalry).unwrap()
}
