//! Runs a second of a case over 104 weeks with every process there is, on one thread and on two.
//!
//! `cargo run --release -p shatterbelt-simulate --example speed CASE [RUNS]`. The window is
//! set by a patch, not in the case.

use std::path::Path;
use std::time::Instant;

use case::Folder;
use jiff::ToSpan;
use simulate::{Model, Outcome};

/// Seconds this process has been on processors, in hundredths.
fn on_cpu() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    // The name in brackets may hold spaces; user and system time come 12 and 13 fields after it.
    let (_, rest) = text.rsplit_once(')').ok_or("no times")?;
    let ticks: Vec<f64> = rest.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    Ok(ticks.get(10..12).ok_or("no times")?.iter().sum::<f64>() / 100.0)
}

/// The bytes that an outcome takes when it is kept.
fn kept(outcome: &Outcome) -> usize {
    let districts: usize =
        outcome.districts.iter().map(|d| size_of_val(d) + size_of_val(&*d.seats)).sum();
    size_of_val(outcome)
        + size_of_val(&*outcome.seats)
        + districts
        + size_of_val(&*outcome.shares)
        + size_of_val(&*outcome.failed)
        + size_of_val(&*outcome.stage_days)
        + size_of_val(&*outcome.quantities)
        + size_of_val(&*outcome.course)
        + size_of_val(&*outcome.posts)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("name a case of cases/")?;
    let runs: u32 = arguments.next().map_or(Ok(2_000), |n| n.parse())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(&name);
    let folder = Folder::read(&root)?;
    let case = folder.build(None).case.ok_or("the case has faults: run check")?;
    let until = case.as_of.checked_add((104 * 7).days())?;
    let names: Vec<&str> = simulate::process::PROCESSES.iter().map(|known| known.name).collect();
    let mut longer = folder.with_set(&format!("case.until={until}"));
    if case.head.processes.len() < names.len() {
        longer = longer.with_set(&format!("case.processes={names:?}"));
    }
    let case = longer.build(None).case.ok_or("the case has faults with its window moved")?;
    let model = Model::new(&case).map_err(|f| format!("{f:?}"))?;
    println!("{name}: {} to {}, {} processes", model.start, model.end, model.processes.len());
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let (began, cpu) = (Instant::now(), on_cpu()?);
        let ensemble = pool.install(|| model.ensemble(1, 0, runs, &|_| ()))?;
        let (seconds, cpu) = (began.elapsed().as_secs_f64(), on_cpu()? - cpu);
        let bytes: usize = ensemble.outcomes.iter().map(kept).sum();
        println!(
            "{threads} threads: {:.0} runs a second, {:.0} a second of processor time; {} bytes a run kept",
            f64::from(runs) / seconds,
            f64::from(runs) / cpu,
            bytes / ensemble.outcomes.len().max(1)
        );
    }
    Ok(())
}
