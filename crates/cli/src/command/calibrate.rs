//! `calibrate`: the judged parameters of processes, weighed by past episodes.

use std::path::PathBuf;

use assess::calibrate::{Calibration, Episode, Seen, calibrate};
use case::{Case, Folder};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use simulate::Model;
use study::opening::ready;

use super::report::write_whole;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Weigh the judged parameters of processes by past elections and formations
///
///     shatterbelt calibrate CASE
///     shatterbelt calibrate CASE --out calibrated.toml
///     shatterbelt run CASE --scenario calibrated.toml
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Calibrate {
    #[command(flatten)]
    opening: Opening,
    /// Weigh the parameters of these processes
    #[arg(long = "process", value_name = "NAME", default_values_t = ["election".to_owned(), "formation".to_owned()])]
    processes: Vec<String>,
    /// How many draws of the parameters
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    draws: u32,
    /// How often each is played in each episode
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    plays: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write what moved as a scenario to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the result as JSON to this file: the page of `score --recorded` shows forecasts/calibration.json
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// A past election whose end is known: its id, its day and what came of it.
struct Past {
    id: String,
    date: Date,
    /// The day on which its national result was first known.
    counted: Option<Date>,
    seats: Vec<(String, f64)>,
    days: Option<f64>,
}

impl Calibrate {
    /// Calibrates.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&[])?;
        let known = self.opening.case(&folder)?;
        let mut cases: Vec<(Past, Case)> = Vec::new();
        let mut unused = Vec::new();
        for past in episodes(&known) {
            match eve(&folder, &past) {
                Ok(case) => cases.push((past, case)),
                Err(why) => unused.push(format!("{}: {why}", past.id)),
            }
        }
        let mut models = Vec::new();
        for (past, case) in &cases {
            models.push((past, ready(&folder, case)?));
        }
        let episodes: Vec<Episode<'_>> = (models.iter())
            .map(|(past, model)| Episode { id: past.id.clone(), model, seen: seen(past, model) })
            .collect();
        if episodes.is_empty() {
            let why =
                if unused.is_empty() { "none is on record".to_owned() } else { unused.join("; ") };
            return Err(Failure::input(format!("there is no past episode to learn from: {why}")));
        }
        let of =
            |path: &str| self.processes.iter().any(|p| path.starts_with(&format!("process.{p}.")));
        let paths: Vec<String> =
            known.beliefs.iter().map(|b| b.path.clone()).filter(|p| of(p)).collect();
        if paths.is_empty() {
            let names = self.processes.join(", ");
            return Err(Failure::usage(format!(
                "--process {names}: the case gives it no parameters"
            )));
        }
        let found = calibrate(&episodes, &paths, self.draws, self.plays, self.seed)?;
        if let Some(path) = &self.out {
            write_whole(path, scenario(&found, &known).as_bytes())?;
        }
        if let Some(path) = &self.record {
            let text = serde_json::to_string_pretty(&found)?;
            write_whole(path, format!("{text}\n").as_bytes())?;
        }
        if self.json {
            return print_json(&found);
        }
        let mut lines = lines(&found);
        if !unused.is_empty() {
            lines.extend([String::new(), "Episodes not used".to_owned()]);
            lines.extend(unused.into_iter().map(|line| format!("  {line}")));
        }
        print(lines)
    }
}

/// The past elections of a case, in order.
fn episodes(case: &Case) -> Vec<Past> {
    let mut all: Vec<Past> = Vec::new();
    let first = |keys: &case::estimate::Keys| {
        let day =
            |key: &str| case.sources.iter().find(|s| s.key.get_ref() == key).map(|s| s.published);
        keys.0.iter().filter_map(|k| day(k.get_ref())).min()
    };
    for result in case.results.iter().filter(|r| r.district.is_none() && r.date <= case.as_of) {
        let counted = first(&result.source);
        let place = all.iter().position(|p| p.date == result.date).unwrap_or_else(|| {
            let formed = case.formed.iter().find(|f| f.date == result.date && !f.mid_term);
            let days = formed.filter(|f| f.confidence <= case.as_of);
            all.push(Past {
                id: result.election.get_ref().clone(),
                date: result.date,
                counted,
                seats: Vec::new(),
                days: days
                    .and_then(|f| f.confidence.since(f.date).ok())
                    .map(|s| f64::from(s.get_days())),
            });
            all.len() - 1
        });
        all[place].counted = all[place].counted.max(counted);
        if let Some(seats) = result.seats {
            all[place].seats.push((result.list.get_ref().clone(), f64::from(seats)));
        }
    }
    all.sort_by_key(|p| p.date);
    all
}

/// The case as of the eve of an election, or as of the day its result was known if nothing runs before.
fn eve(folder: &Folder, past: &Past) -> Result<Case, String> {
    let mut why = String::new();
    let eve = past.date.saturating_sub(1.days());
    for day in [Some(eve), past.counted].into_iter().flatten() {
        let built = folder.build(Some(day));
        let first = built.findings.iter().find(|f| f.severity == case::Severity::Error);
        let line = first.map(|f| f.line(&folder.map));
        let Some(case) = built.case else {
            why = format!("cannot be built as of {day}: {}", line.unwrap_or_default());
            continue;
        };
        let of_it = match Model::new(&case) {
            Err(findings) => {
                let line = findings.first().map_or(String::new(), |f| f.line(&folder.map));
                why = format!("does not run as of {day}: {line}");
                continue;
            }
            Ok(model) => {
                model.election_day() == Some(past.date)
                    && model.processes.iter().any(|p| p.name() == "formation")
            }
        };
        match of_it {
            true => return Ok(case),
            false => why = format!("as of {day} no government is formed after that election"),
        }
    }
    Err(why)
}

/// What is known of the end of an episode, for the lists of its model.
fn seen(past: &Past, model: &Model<'_>) -> Seen {
    let held = |id: &str| past.seats.iter().find(|(list, _)| list == id).map_or(0.0, |(_, s)| *s);
    let seats = model
        .elects()
        .then(|| model.lists.iter().map(|a| held(model.case.actors[*a].id.get_ref())).collect());
    Seen { days: past.days, turnout: None, seats }
}

/// What moved, as a scenario.
fn scenario(found: &Calibration, case: &Case) -> String {
    let names: Vec<&str> = found.held_out.iter().map(|h| h.episode.as_str()).collect();
    let mut text = format!(
        "title = \"Parameters as past episodes have them\"\nwhy = \"Calibrated from the episodes {} as known on {}: \
         {} draws, effective {:.0}, weights to the power {:.2}; seed {}.\"\n",
        names.join(", "),
        case.as_of,
        found.draws,
        found.effective,
        found.power,
        found.seed
    );
    for of in found.parameters.iter().filter(|p| p.moved) {
        let [low, value, high] = of.pert();
        text.push_str(&format!(
            "\n[[set]]\npath = \"{}\"\nvalue = {{ value = {value:.4}, low = {low:.4}, high = {high:.4}, judged = \
             \"calibrated from the episodes {}: mean {:.3}, before them {:.3}\" }}\n",
            of.path,
            names.join(", "),
            of.posterior[0],
            of.prior[0]
        ));
    }
    text
}

const HEAD: [&str; 5] = ["parameter", "before", "after", "shift", "moved"];
const EPISODES: [&str; 6] =
    ["held out", "as of", "known of it", "log density", "calibrated", "CRPS of days"];

fn rows(found: &Calibration) -> Vec<Vec<String>> {
    let points = |p: &[f64; 3]| format!("{:.3} ({:.3} to {:.3})", p[1], p[0], p[2]);
    (found.parameters.iter())
        .map(|p| {
            vec![
                p.path.trim_start_matches("process.").to_owned(),
                points(&p.prior_points),
                points(&p.posterior_points),
                format!("{:+.2} ± {:.2}", p.shift, p.error),
                if p.moved { "yes" } else { "no" }.to_owned(),
            ]
        })
        .collect()
}

fn episode_rows(found: &Calibration) -> Vec<Vec<String>> {
    (found.held_out.iter())
        .map(|h| {
            vec![
                h.episode.clone(),
                h.as_of.to_string(),
                h.summaries.join(", "),
                format!("{:.2}", h.prior),
                format!("{:.2}", h.calibrated),
                h.days_crps.map_or("·".to_owned(), |[a, b]| format!("{a:.0}, calibrated {b:.0}")),
            ]
        })
        .collect()
}

fn said(found: &Calibration) -> Vec<String> {
    let moved = found.parameters.iter().filter(|p| p.moved).count();
    let helped = found.held_out.iter().filter(|h| h.calibrated > h.prior).count();
    let gain: f64 = found.held_out.iter().map(|h| h.calibrated - h.prior).sum();
    vec![
        format!(
            "{} draws, each played {} times an episode, effective {:.0} ({:.0} before the weights were raised to the power \
             {:.2}), seed {}.",
            found.draws,
            found.plays,
            found.effective,
            found.effective_untempered,
            found.power,
            found.seed
        ),
        format!("{moved} of {} parameters moved.", found.parameters.len()),
        match found.held_out.len() {
            0 | 1 => "One episode alone: nothing could be held out.".to_owned(),
            n => format!(
                "Forecast by the others, {helped} of {n} held-out episodes came out likelier than under the prior; \
                 log density {gain:+.2} in all."
            ),
        },
    ]
}

fn lines(found: &Calibration) -> Vec<String> {
    let mut out = said(found);
    out.push(String::new());
    out.extend(screen::table(&HEAD, &rows(found)));
    out.push(String::new());
    out.extend(screen::table(&EPISODES, &episode_rows(found)));
    out
}

/// The calibration as Markdown.
pub fn markdown(found: &Calibration) -> Vec<String> {
    let table = |head: &[&str], rows: Vec<Vec<String>>| {
        let mut out = vec![format!("| {} |", head.join(" | "))];
        out.push(format!("|{}", "---|".repeat(head.len())));
        out.extend(rows.iter().map(|row| format!("| {} |", row.join(" | "))));
        out
    };
    let mut out = vec![said(found).join(" "), String::new()];
    out.extend(table(&EPISODES, episode_rows(found)));
    out.push(String::new());
    out.push(
        "Median and 90 % interval of each parameter before the first episode and after the last; the shift of its \
         mean is in standard deviations of the prior. The forecasts above do not use it."
            .to_owned(),
    );
    out.push(String::new());
    out.extend(table(&HEAD, rows(found)));
    out
}
