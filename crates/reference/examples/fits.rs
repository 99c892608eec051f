//! The fits that stand in `reference/` for tables that may not be copied: swings of lists, new
//! lists, and whether the list of the sitting head comes first again.
//!
//! ```text
//! cargo run --release -p reference --example fits -- FOLDER
//! ```
//!
//! Only elections from 1990 to 2009 are used, so that a forecast of 2010 or later could have known
//! the fit.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use theory::pooling::{BetaBinomial, StudentT, Trials};

type Table = Vec<BTreeMap<String, String>>;

const YEARS: std::ops::RangeInclusive<i32> = 1990..=2009;
const DF: [f64; 10] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 30.0];
/// Lists smaller than this, in per cent, come and go by rules of their own.
const SMALLEST: f64 = 1.0;

fn read(path: &Path) -> Result<Table, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let head = reader.headers()?.clone();
    let row = |record: csv::StringRecord| {
        head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    Ok(reader.records().map(|r| r.map(row)).collect::<Result<Table, csv::Error>>()?)
}

fn number(row: &BTreeMap<String, String>, column: &str) -> Option<f64> {
    row.get(column)?.parse().ok()
}

fn year(day: &str) -> Option<i32> {
    day.get(..4)?.parse().ok()
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the tables")?;
    let swings = read(&Path::new(&folder).join("parlgov_swings.csv"))?;
    let within = |row: &&BTreeMap<String, String>| {
        year(&row["election_day"]).is_some_and(|y| YEARS.contains(&y))
    };
    let logs: Vec<f64> = (swings.iter().filter(within))
        .filter(|row| row["new_party"] == "n")
        .filter_map(|row| {
            let (now, before) = (number(row, "share")?, number(row, "previous_share")?);
            (now > 0.0 && before >= SMALLEST).then(|| (now / before).ln())
        })
        .collect();
    println!("swing: {} swings, {:?}", logs.len(), StudentT::fit(&logs, &DF)?);
    let new: Vec<f64> = (swings.iter().filter(within))
        .filter(|row| row["new_party"] == "y")
        .filter_map(|row| {
            let (seats, of) = (number(row, "seats")?, number(row, "of")?);
            (seats > 0.0 && of > 0.0).then(|| (seats / of).ln())
        })
        .collect();
    println!("new-list: {} lists, {:?}", new.len(), StudentT::fit(&new, &DF)?);
    let cabinets = read(&Path::new(&folder).join("parlgov_cabinets.csv"))?;
    let mut groups: BTreeMap<&str, Trials> = BTreeMap::new();
    let mut before: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in &cabinets {
        let (country, day) = (row["country"].as_str(), row["election_day"].as_str());
        if let Some((vote, head)) = before.get(country)
            && *vote != day
            && year(day).is_some_and(|y| YEARS.contains(&y))
            && !head.is_empty()
            && !row["largest_party"].is_empty()
        {
            let group = groups.entry(country).or_default();
            group.trials += 1.0;
            group.yes += f64::from(u8::from(*head == row["largest_party"]));
        }
        before.insert(country, (day, row["head_party"].as_str()));
    }
    let all: Vec<Trials> = groups.into_values().collect();
    let sum = |of: fn(&Trials) -> f64| all.iter().map(of).sum::<f64>();
    let shapes = BetaBinomial::fit(&all)?.shapes();
    println!(
        "head-first: {} of {} votes in {} countries, {shapes:?}",
        sum(|t| t.yes),
        sum(|t| t.trials),
        all.len()
    );
    Ok(())
}
