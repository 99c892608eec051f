//! Deaths in state-based conflict by country and month, forecast as VIEWS' challenge has it and
//! scored beside VIEWS' own benchmarks.
//!
//! ```text
//! cargo run --release -p reference --example deaths -- FOLDER
//! ```
//!
//! A window is the twelve months of a year; its forecasts know the months up to October of the year
//! before (steps 3 to 14). The self-exciting process is fitted to all countries up to then, its
//! paths are pooled, quantile by quantile and with even weights, with the country's own last twelve
//! months.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use theory::escalation::counts::SelfExciting;
use theory::pooling::quantile_pool;
use theory::score::{crps_ensemble, ignorance, interval, interval_of_draws};

/// Paths a country.
const PATHS: usize = 1000;
/// Where VIEWS' bins begin.
const EDGES: [f64; 11] = [0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5];

/// A plain generator (splitmix64), so that the forecasts are the same everywhere.
fn luck(mut state: u64) -> impl FnMut() -> f64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn read(path: &Path) -> Result<Vec<csv::StringRecord>, Box<dyn Error>> {
    Ok(csv::Reader::from_path(path)?.records().collect::<Result<_, _>>()?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the tables")?;
    let mut deaths: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in read(&Path::new(&folder).join("fatalities.csv"))? {
        let count = row[2].parse()?;
        deaths.entry(row[1].to_owned()).or_default().insert(row[0].to_owned(), count);
    }
    let months: BTreeSet<&String> = deaths.values().flat_map(BTreeMap::keys).collect();
    let months: Vec<&String> = months.into_iter().collect();
    let series: Vec<Vec<f64>> = (deaths.values())
        .map(|own| months.iter().map(|m| own.get(*m).copied().unwrap_or(0.0)).collect())
        .collect();
    println!("| year | whose | CRPS | ignorance | interval score |\n|---|---|---|---|---|");
    let benchmarks = read(&Path::new(&folder).join("fatalities_benchmarks.csv"))?;
    for year in 2019..=2023 {
        let last = format!("{}-10", year - 1);
        let known = 1 + months.iter().position(|m| **m == last).ok_or("a month is missing")?;
        let before: Vec<Vec<f64>> = series.iter().map(|all| all[..known].to_vec()).collect();
        let process = SelfExciting::fit(&before)?;
        let mut sums = [[0.0; 3]; 3];
        let mut n = 0.0;
        for (country, all) in series.iter().enumerate() {
            let mut luck = luck((year * 1000 + country as i32) as u64);
            let paths = (0..PATHS)
                .map(|_| process.path(&all[..known], 14, &mut luck))
                .collect::<Result<Vec<Vec<f64>>, _>>()?;
            let mut own = all[known.saturating_sub(12)..known].to_vec();
            own.sort_by(f64::total_cmp);
            let spread: Vec<f64> = (0..PATHS)
                .map(|i| own[((i as f64 + 0.5) / PATHS as f64 * own.len() as f64) as usize])
                .collect();
            for month in 0..12 {
                let mut draws: Vec<f64> = paths.iter().map(|path| path[month + 2]).collect();
                draws.sort_by(f64::total_cmp);
                let pooled = quantile_pool(&[&draws, &spread], &[0.5, 0.5])?;
                let came = all[known + 2 + month];
                for (into, said) in sums.iter_mut().zip([&draws, &spread, &pooled]) {
                    let (low, high) = interval_of_draws(said, 0.9)?;
                    into[0] += crps_ensemble(said, came)?;
                    into[1] += ignorance(&EDGES, said, came)?;
                    into[2] += interval(low, high, 0.9, came)?;
                }
                n += 1.0;
            }
        }
        for row in benchmarks.iter().filter(|row| row[0] == year.to_string()) {
            println!("| {year} | {} | {} | {} | {} |", &row[1], &row[3], &row[4], &row[5]);
        }
        let whose = ["self-exciting alone", "own last year alone", "the two pooled"];
        for (whose, sum) in whose.iter().zip(sums) {
            let [crps, ignorance, interval] = sum.map(|s| s / n);
            println!("| {year} | {whose} | {crps:.2} | {ignorance:.3} | {interval:.0} |");
        }
        eprintln!("{year}: {process:?}");
    }
    Ok(())
}
