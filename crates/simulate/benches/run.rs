//! A whole run and its parts, on the cases that come with the project.
//!
//! `cargo bench -p shatterbelt-simulate`: the items column is runs a second on one core.

use std::path::Path;

use case::{Case, Folder};
use simulate::Model;
use simulate::luck::Luck;
use simulate::play::{Play, Until};
use simulate::pulls::{Pulls, Strengths};
use simulate::sway::Influence;

fn main() {
    divan::main();
}

fn folder(name: &str) -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name))
        .unwrap_or_else(|e| panic!("{e}"))
}

fn case(name: &str) -> Case {
    folder(name).build(None).case.unwrap_or_else(|| panic!("{name} has faults: run check"))
}

/// The cases that come with the project.
fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let listing = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        listing.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[divan::bench(args = cases())]
fn load_a_case(bencher: divan::Bencher<'_, '_>, name: &str) {
    let folder = folder(name);
    bencher.bench(|| folder.build(None));
}

#[divan::bench(args = cases())]
fn a_whole_run(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let mut run = 0;
    bencher.counter(divan::counter::ItemsCount::new(1_u32)).bench_local(|| {
        run += 1;
        model.play(1, run).go()
    });
}

/// The tutorial case over its whole window with every process there is, in the order of their list.
#[divan::bench]
fn a_run_with_every_process(bencher: divan::Bencher<'_, '_>) {
    let names: Vec<&str> = simulate::process::PROCESSES.iter().map(|known| known.name).collect();
    let folder = folder("toyland").with_set(&format!("case.processes={names:?}"));
    let case = folder.build(None).case.unwrap_or_else(|| panic!("toyland has faults"));
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let mut run = 0;
    bencher.counter(divan::counter::ItemsCount::new(1_u32)).bench_local(|| {
        run += 1;
        model.play(1, run).go()
    });
}

#[divan::bench(args = cases())]
fn the_election_of_a_run(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let mut run = 0;
    bencher.counter(divan::counter::ItemsCount::new(1_u32)).bench_local(|| {
        run += 1;
        Play { until: Until::Assembly, ..model.play(1, run) }.go()
    });
}

#[divan::bench(args = cases())]
fn the_tie_network(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let strengths = Strengths::of(&model.network, &model.draw(Luck::new(1, 1)));
    let power = [(0, 1.0)];
    bencher.bench(|| Influence::solve(&model.network.plan, &strengths).map(|i| i.sway(&power)));
}

#[divan::bench(args = cases())]
fn the_pulls_of_a_week(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let strengths = Strengths::of(&model.network, &model.draw(Luck::new(1, 1)));
    bencher.bench(|| Pulls::of(&model.network, &strengths, |_| 1.0).map(|p| p.holds(0)));
}

/// The shipped case with most text.
fn largest() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let size = |name: &String| -> u64 {
        let files = std::fs::read_dir(root.join(name)).into_iter().flatten().flatten();
        files.filter_map(|f| Some(f.metadata().ok()?.len())).sum()
    };
    cases().into_iter().max_by_key(size).unwrap_or_else(|| panic!("no case is shipped"))
}

/// The largest case over 104 weeks with every process, on one and on two threads: the items column is runs a second.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn two_years_of_everything(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let name = largest();
    let folder = folder(&name);
    let start = case(&name).as_of;
    let until = start.saturating_add(jiff::Span::new().days(104 * 7));
    let longer = folder.with_set(&format!("case.until={until}"));
    let case = longer.build(None).case.unwrap_or_else(|| panic!("{name} has faults"));
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.unwrap_or_else(|e| panic!("{e}"));
    let mut first = 0;
    bencher.counter(divan::counter::ItemsCount::new(100_u32)).bench_local(|| {
        first += 100;
        pool.install(|| model.ensemble(1, first, 100, &|_| {}))
    });
}

#[divan::bench(args = cases())]
fn the_draw_of_all_beliefs(bencher: divan::Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let mut run = 0;
    bencher.bench_local(|| {
        run += 1;
        model.draw(Luck::new(1, run))
    });
}

/// A year in which more than an election moves: runs a second by the processes in play.
#[divan::bench(args = ["escalation", "diplomacy", "sanctions", "legislation", "bargaining", "all"])]
fn a_moving_year(bencher: divan::Bencher<'_, '_>, name: &str) {
    let all = "\"legislation\", \"bargaining\", \"sanctions\", \"diplomacy\", \"escalation\"";
    let named = format!("\"{name}\"");
    let names = if name == "all" { all } else { &named };
    let set = format!("case.processes=[\"election\", \"formation\", {names}]");
    let built = folder("toyland").with_set(&set).build(None);
    let case = built.case.unwrap_or_else(|| panic!("toyland has faults: run check"));
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:?}"));
    let mut run = 0;
    bencher.counter(divan::counter::ItemsCount::new(1_u32)).bench_local(|| {
        run += 1;
        model.play(1, run).go()
    });
}
