//! One task of the comparison with other packages: prints seconds (the median) and values as JSON.
//!
//! `benches/peers/run` calls it as `peers KIND NUMBERS SIZE`.

use num_rational::Ratio;
use num_traits::ToPrimitive;
use std::process::ExitCode;
use std::time::Instant;
use theory::electoral::divisor::Divisor;
use theory::electoral::highest_averages::highest_averages;
use theory::electoral::largest_remainder::largest_remainder;
use theory::electoral::quota::Quota;
use theory::electoral::tie::Ties;
use theory::power::banzhaf::banzhaf;
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::shapley_shubik;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match run(&given) {
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

fn run(given: &[String]) -> Result<String, String> {
    let [kind, numbers, size] = given else {
        return Err("usage: peers KIND NUMBERS SIZE".to_owned());
    };
    let number = |n: &str| n.parse::<u64>().map_err(|e| format!("{n}: {e}"));
    let numbers = numbers.split(',').map(number).collect::<Result<Vec<u64>, _>>()?;
    let size = number(size)?;
    let mut times = Vec::new();
    let mut values = Vec::new();
    for _ in 0..1_000 {
        let start = Instant::now();
        values = answer(kind, &numbers, size)?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let seconds = times[times.len() / 2];
    let kilobytes = peak_kilobytes().ok_or("this system does not tell a process's peak memory")?;
    Ok(format!("{{\"seconds\": {seconds:e}, \"kilobytes\": {kilobytes}, \"values\": {values:?}}}"))
}

/// The most memory this process has held, as Linux tells it.
fn peak_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn answer(kind: &str, numbers: &[u64], size: u64) -> Result<Vec<f64>, String> {
    let game = || WeightedGame::new(numbers, size).map_err(|e| e.to_string());
    let seats = u32::try_from(size).map_err(|e| e.to_string())?;
    let divisor = match kind {
        "shapley_shubik" => {
            let exact = shapley_shubik(&game()?).map_err(|e| e.to_string())?;
            return Ok(exact.iter().map(|r| r.to_f64().unwrap_or(f64::NAN)).collect());
        }
        "banzhaf" => {
            let exact = banzhaf(&game()?).map_err(|e| e.to_string())?.normalised();
            return Ok(exact.iter().map(|r| r.to_f64().unwrap_or(f64::NAN)).collect());
        }
        "hare" => {
            let total = numbers.iter().sum();
            let won = largest_remainder(numbers, total, seats, Quota::Hare, Ties::WrittenOrder);
            return Ok(won.map_err(|e| e.to_string())?.into_iter().map(f64::from).collect());
        }
        "modified_sainte_lague" => Divisor::ModifiedSainteLague { first: Ratio::new(14, 10) },
        "huntington_hill" => Divisor::HuntingtonHill,
        other => return Err(format!("\"{other}\" is unknown")),
    };
    let won = highest_averages(numbers, seats, &divisor, Ties::WrittenOrder);
    Ok(won.map_err(|e| e.to_string())?.into_iter().map(f64::from).collect())
}
