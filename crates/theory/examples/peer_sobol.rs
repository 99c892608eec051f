//! Sobol indices of the Ishigami function for the comparison in `benches/peers-sensitivity`.
//!
//! `peer_sobol INPUTS RESAMPLES` reads the results at the points from standard input, one a line, in the
//! order of `sobol::points`, and prints the mean processor time of reading indices and bootstrap intervals off
//! them, the indices, and the peak memory of the process.

use std::io::Read;
use std::process::ExitCode;

use theory::sensitivity::sobol::{Bootstrap, Estimator, indices};

fn mixed(a: usize, b: usize) -> f64 {
    let mut z = ((a as u64) << 32 ^ b as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The processor time of the process so far.
fn processor_seconds() -> Result<f64, String> {
    let text = std::fs::read_to_string("/proc/self/schedstat").map_err(|e| e.to_string())?;
    let first = text.split_whitespace().next().and_then(|t| t.parse::<f64>().ok());
    first.map(|ns| ns / 1e9).ok_or_else(|| "the system does not tell processor time".to_owned())
}

fn run() -> Result<String, String> {
    let mut arguments = std::env::args().skip(1);
    let mut number = || -> Result<usize, String> {
        let text = arguments.next().ok_or("usage: peer_sobol INPUTS RESAMPLES")?;
        text.parse().map_err(|e| format!("{text}: {e}"))
    };
    let (inputs, resamples) = (number()?, number()?);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|e| e.to_string())?;
    let parse = |line: &str| line.parse::<f64>().map_err(|e| format!("{line}: {e}"));
    let results: Vec<f64> = text.lines().map(parse).collect::<Result<_, _>>()?;
    // The clock of the processor and not the wall's: a busy machine must not count.
    let (start, mut times) = (processor_seconds()?, 0_u32);
    let (seconds, found) = loop {
        let bootstrap = Bootstrap { resamples, level: 0.95, draw: &mixed };
        let found = indices(inputs, &results, Estimator::Saltelli, Some(bootstrap))
            .map_err(|e| e.to_string())?;
        times += 1;
        let spent = processor_seconds()? - start;
        if times >= 5 && spent > 0.3 {
            break (spent / f64::from(times), found);
        }
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let peak = peak.trim().trim_end_matches(" kB");
    let first: Vec<String> = found.iter().map(|i| i.first.to_string()).collect();
    let total: Vec<String> = found.iter().map(|i| i.total.to_string()).collect();
    Ok(format!(
        "{{\"seconds\": {}, \"first\": [{}], \"total\": [{}], \"kilobytes\": {peak}}}",
        seconds,
        first.join(", "),
        total.join(", ")
    ))
}

fn main() -> ExitCode {
    match run() {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
