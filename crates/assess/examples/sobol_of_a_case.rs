//! How long a variance study of a case takes and how much memory: one line of the table in
//! `docs/peers-sensitivity-case.md`.
//!
//! `cargo run --release -p shatterbelt-assess --example sobol_of_a_case -- CASE ASK INPUTS BASE-POINTS`

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use assess::sensitivity::Study;
use assess::{Ask, sensitivity};
use case::Folder;
use simulate::Model;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match study(&arguments) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn study(arguments: &[String]) -> Result<String, String> {
    let [folder, ask, top, samples] = arguments else {
        return Err("give CASE ASK INPUTS BASE-POINTS".to_owned());
    };
    let number = |text: &String| text.parse::<usize>().map_err(|e| format!("{text}: {e}"));
    let (top, samples) = (number(top)?, number(samples)?);
    let case = Folder::read(Path::new(folder)).map_err(|e| e.to_string())?.build(None).case;
    let case = case.ok_or("the case has faults: run check")?;
    let model = Model::new(&case).map_err(|_| "the case cannot run: run check")?;
    let read = Ask::read(ask, &model).map_err(|e| e.to_string())?;
    let runs = AtomicU64::new(0);
    let count = |done| {
        runs.fetch_add(done, Ordering::Relaxed);
    };
    let start = Instant::now();
    let size = Study { seed: 1, walks: 16, samples, top };
    let found = sensitivity(&model, &read, &size, &count).map_err(|e| e.to_string())?;
    let seconds = start.elapsed().as_secs_f64();
    let told = found.variance.map_or(0, |v| v.shares.len());
    Ok(format!(
        "| {ask} | {} | {told} | {samples} | {} | {:.0} s | {seconds:.0} s | {:.0} MB |",
        found.inputs,
        runs.load(Ordering::Relaxed),
        processor_seconds()?,
        peak_megabytes()?,
    ))
}

/// The processor time of all threads, user and system, from the kernel's count of hundredths of a second.
fn processor_seconds() -> Result<f64, String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|e| e.to_string())?;
    // The command's name, in brackets, may hold spaces; user and system time are the 12th and 13th number after it.
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: Vec<f64> =
        after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    match ticks[..] {
        [user, system] => Ok((user + system) / 100.0),
        _ => Err("the system does not tell processor time".to_owned()),
    }
}

/// The most memory the process has held at once.
fn peak_megabytes() -> Result<f64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|e| e.to_string())?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kilobytes.map(|k| k / 1024.0).ok_or_else(|| "the system does not tell peak memory".to_owned())
}
