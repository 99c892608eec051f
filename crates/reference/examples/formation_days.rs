//! Days to a government, each country's forecast from the others and from its own past, scored.
//!
//! ```text
//! cargo run --release -p reference --example formation_days # the class that is shipped
//! cargo run --release -p reference --example formation_days -- FOLDER # and ParlGov
//! ```
//!
//! Each episode of a country is forecast from all episodes of the other countries and the country's
//! own earlier ones, by the log-normal with a country effect; beside it the country's own past
//! alone and the others' days alone, as they are. CRPS in days, over the same episodes: those with
//! an own past.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use theory::pooling::{Kernel, Pooled, Record};
use theory::score::crps_ensemble;

/// A wait that was over on its first day counts as half a day, as in the outside view.
const SAME_DAY: f64 = 0.5;
/// Points of a distribution.
const POINTS: usize = 200;

/// Per country, days in the order of time.
type Episodes = BTreeMap<String, Vec<f64>>;

fn shipped() -> Result<Episodes, Box<dyn Error>> {
    let class = reference::class("formation")?;
    let mut dated: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for row in class.rows() {
        let kind = class.cell(row, "kind") == Some("post_election");
        if let (true, Some(start), Some(days)) =
            (kind, class.cell(row, "start"), class.number(row, "days"))
        {
            dated.entry(row.country.clone()).or_default().push((start.to_owned(), days));
        }
    }
    Ok(sorted(dated))
}

fn cabinets(path: &Path) -> Result<Episodes, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let head = reader.headers()?.clone();
    let at = |name: &str| head.iter().position(|column| column == name).ok_or("no such column");
    let (country, day, days, first) =
        (at("country")?, at("election_day")?, at("days_since_election")?, at("first_formed")?);
    let mut dated: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        if record.get(first) == Some("y")
            && record.get(day).is_some_and(|day| day >= "1945")
            && let Ok(days) = record[days].parse()
        {
            let entry = dated.entry(record[country].to_owned()).or_default();
            entry.push((record[day].to_owned(), days));
        }
    }
    Ok(sorted(dated))
}

fn sorted(dated: BTreeMap<String, Vec<(String, f64)>>) -> Episodes {
    let in_order = |(country, mut all): (String, Vec<(String, f64)>)| {
        all.sort_by(|a, b| a.0.cmp(&b.0));
        (country, all.into_iter().map(|(_, days)| days).collect())
    };
    dated.into_iter().map(in_order).collect()
}

fn score(name: &str, all: &Episodes) -> Result<(), Box<dyn Error>> {
    // Pooled, own past, others; over all episodes, and over those with one to four of their own
    // before.
    let mut sums = [[0.0; 3]; 2];
    let mut counts = [0.0; 2];
    for (at, (country, own)) in all.iter().enumerate() {
        let others: Vec<f64> =
            all.iter().filter(|(c, _)| *c != country).flat_map(|(_, days)| days.clone()).collect();
        for (k, came) in own.iter().enumerate().skip(1) {
            let mut records = Vec::new();
            for (group, (other, days)) in all.iter().enumerate() {
                let seen = if other == country { &own[..k] } else { &days[..] };
                records.extend(seen.iter().map(|days| Record {
                    group,
                    value: days.max(SAME_DAY).ln(),
                    censored: false,
                    weight: 1.0,
                }));
            }
            let mixture = Pooled::fit(&records, all.len(), Kernel::Normal)?.predict(Some(at));
            let points = (0..POINTS)
                .map(|i| Ok(mixture.quantile((i as f64 + 0.5) / POINTS as f64)?.exp()))
                .collect::<Result<Vec<f64>, theory::Fault>>()?;
            let scores = [
                crps_ensemble(&points, *came)?,
                crps_ensemble(&own[..k], *came)?,
                crps_ensemble(&others, *came)?,
            ];
            for (part, holds) in [true, k <= 4].into_iter().enumerate() {
                if holds {
                    counts[part] += 1.0;
                    for (sum, score) in sums[part].iter_mut().zip(scores) {
                        *sum += score;
                    }
                }
            }
        }
    }
    for (part, what) in ["all episodes", "with one to four earlier ones"].iter().enumerate() {
        let [pooled, own, others] = sums[part].map(|sum| sum / counts[part]);
        println!(
            "| {name}, {what} | {} | {pooled:.1} | {own:.1} | {others:.1} |",
            counts[part] as u64
        );
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("| table | episodes | pooled | own past alone | other countries alone |");
    println!("|---|---|---|---|---|");
    score("formation", &shipped()?)?;
    if let Some(folder) = std::env::args().nth(1) {
        score("ParlGov", &cabinets(&Path::new(&folder).join("parlgov_cabinets.csv"))?)?;
    }
    Ok(())
}
