//! Runs of a case on one thread for `benches/peers-simulation`: CPU seconds a run, peak kilobytes and every outcome (seats
//! of each list, days to confidence, head of government), as JSON.
//!
//! `cargo run --release -p shatterbelt-simulate --example peer CASE RUNS`

use std::path::Path;
use std::time::Instant;

use case::Folder;
use simulate::Model;

/// Nanoseconds this thread has been on a processor.
fn on_cpu() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().ok_or("no time on the processor")?.parse::<f64>()? * 1e-9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, runs] = &arguments[..] else { return Err("give CASE RUNS".into()) };
    let runs: u32 = runs.parse()?;
    let case = Folder::read(Path::new(folder))?.build(None).case.ok_or("the case has faults")?;
    let model = Model::new(&case).map_err(|f| format!("{f:?}"))?;
    let (began, cpu) = (Instant::now(), on_cpu()?);
    let outcomes = (0..runs).map(|run| Ok(model.play(1, run).go()?.outcome));
    let outcomes = outcomes.collect::<Result<Vec<_>, simulate::process::StepError>>()?;
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), on_cpu()? - cpu);
    let shown = |number: Option<u16>| number.map_or("null".to_owned(), |n| n.to_string());
    // Lists without a prior stand in the model for their seats in the sitting assembly alone.
    let standing = |l: &usize| {
        let id = case.actors[model.lists[*l]].id.get_ref();
        case.entries.iter().any(|e| e.list.get_ref() == id)
    };
    let rows: Vec<String> = (outcomes.iter())
        .map(|o| {
            let seats = (0..o.seats.len()).filter(standing).map(|l| shown(Some(o.seats[l])));
            let all: Vec<String> =
                seats.chain([shown(o.days), shown(o.head.map(u16::from))]).collect();
            format!("[{}]", all.join(","))
        })
        .collect();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    let peak = peak.trim().trim_end_matches(" kB");
    let runs = f64::from(runs.max(1));
    println!(
        "{{\"seconds\": {}, \"cpu\": {}, \"kilobytes\": {peak}, \"outcomes\": [{}]}}",
        seconds / runs,
        cpu / runs,
        rows.join(",")
    );
    Ok(())
}
