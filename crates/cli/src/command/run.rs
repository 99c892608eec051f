//! `run`: many futures and what they have in common.

use std::path::PathBuf;

use assess::{Interval, Summary};
use case::Case;
use clap::Args;
use simulate::{Ensemble, Model};
use study::opening::ready;
use tables::{Columns, Part, Share, Taken};

use super::results::{Keep, futures};
use super::tabled::Tabled;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen::{self, Bars};

/// Run many futures and say what they have in common
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    opening: Opening,
    /// Run under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// How many futures, or which: 10000, or 2000..4000 for a part
    #[arg(long, default_value = "10000", value_name = "N or LO..HI", value_parser = range)]
    runs: [u32; 2],
    /// The seed; the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keep every run's outcome in this folder, exactly and as tables, with a manifest
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Make this share of the runs, K of N, in a folder of its own inside --out; what is there
    /// already is gone on with, or left
    #[arg(long, value_name = "K/N", requires = "out")]
    part: Option<Share>,
    #[command(flatten)]
    tabled: Tabled,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// Runs an ensemble with a progress bar.
pub fn ensemble(model: &Model<'_>, seed: u64, runs: u32) -> Result<Ensemble, Failure> {
    some(runs)?;
    let outcomes = study::futures(model, seed, 0..runs, &Bars::default())?;
    Ok(Ensemble { seed, first: 0, outcomes })
}

/// Refuses to run nothing.
pub fn some(runs: u32) -> Result<(), Failure> {
    match runs {
        0 => Err(Failure::usage("--runs 0: run at least one future")),
        _ => Ok(()),
    }
}

impl Run {
    /// Runs.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let made = || super::results::made(&self.opening, &self.scenario, &case, self.seed);
        let columns = Columns::of(&model);
        let (mut runs, mut out, mut part) = (self.runs, self.out.clone(), None);
        if let (Some(folder), Some(share)) = (&self.out, self.part) {
            runs = share.of(self.runs).ok_or_else(|| {
                Failure::usage("--part: there are fewer runs than parts, and none for this one")
            })?;
            let folder = folder.join(tables::range::name(runs));
            part = match Part::take_up(&folder, made(), runs, columns)? {
                Taken::Open(part) => Some(*part),
                Taken::Whole(_) => {
                    let [from, to] = runs;
                    say!("runs {from}..{to} are in {} already", folder.display());
                    return Ok(());
                }
            };
            out = Some(folder);
        } else if let Some(folder) = &self.out {
            part = Some(Part::begin(folder, made(), runs, columns)?);
        }
        let sheets = self.tabled.open(&Columns::of(&model).runs())?;
        let done = futures(&model, self.seed, runs, Keep { part, folder: out.as_deref(), sheets })?;
        show(&done.summary, &case, self.json)?;
        done.settle(out.as_deref())
    }
}

/// A number of runs, or the first and the one after the last.
fn range(text: &str) -> Result<[u32; 2], String> {
    let number = |part: &str| {
        part.parse::<u32>().map_err(|e| format!("\"{part}\": {e}; write 10000 or 2000..4000"))
    };
    let [from, to] = match text.split_once("..") {
        Some((from, to)) => [number(from)?, number(to)?],
        None => [0, number(text)?],
    };
    if from < to { Ok([from, to]) } else { Err("run at least one future".to_owned()) }
}

/// Prints a summary.
pub fn show(summary: &Summary, case: &Case, json: bool) -> Result<(), Failure> {
    if json {
        return print_json(summary);
    }
    print(lines(summary, &case.head.title, &case.as_of.to_string()))
}

/// Median with the 90 % interval, in whole numbers.
pub fn whole(interval: &Interval) -> String {
    format!("{:.0} ({:.0} – {:.0})", interval.median, interval.low, interval.high)
}

fn lines(summary: &Summary, title: &str, as_of: &str) -> Vec<String> {
    let mut out = vec![
        format!("{title} as of {as_of}: {} futures, seed {}", summary.runs, summary.seed),
        String::new(),
        "Seats: median (90 % interval)".to_owned(),
    ];
    let rows: Vec<Vec<String>> = (summary.lists.iter().take(20))
        .map(|l| {
            let share = format!("{:.1} %", 100.0 * l.share.median);
            vec![l.label.clone(), whole(&l.seats), share, screen::percent(l.first)]
        })
        .collect();
    out.extend(screen::table(&["list", "seats", "votes", "largest list"], &rows));
    if summary.lists.len() > 20 {
        out.push(format!("… and {} more lists", summary.lists.len() - 20));
    }
    out.push(format!("small lists and independents {}", whole(&summary.fringe)));
    if let Some(turnout) = &summary.turnout {
        let [median, low, high] = [turnout.median, turnout.low, turnout.high].map(screen::percent);
        out.push(format!("turnout {median} ({low} – {high})"));
    }
    out.push(format!("largest bloc {} seats", whole(&summary.bloc_seats)));
    out.push(String::new());
    out.push("Head of government".to_owned());
    for head in summary.heads.iter().take(8) {
        out.push(format!("  {:>6}  {}", screen::percent(head.share), head.name));
    }
    let none = 1.0 - summary.days.formed;
    if none > 0.0 {
        out.push(format!("  {:>6}  no government inside the window", screen::percent(none)));
    }
    out.push(format!(
        "  some nominee fails first in {}",
        screen::percent(summary.some_nominee_failed)
    ));
    out.push(String::new());
    out.push("Likeliest governments".to_owned());
    for coalition in summary.coalitions.iter().take(10) {
        let smaller = match coalition.smaller.round() {
            0.0 => String::new(),
            n => format!(" + {n:.0} smaller"),
        };
        out.push(format!(
            "  {:>6}  {} seats, most often led by {}: {}{smaller}",
            screen::percent(coalition.share),
            whole(&coalition.seats),
            coalition.head,
            coalition.labels.join(" + ")
        ));
    }
    out.push(String::new());
    let point =
        |p: Option<u16>| p.map_or_else(|| "beyond the window".to_owned(), |d| d.to_string());
    let [low, middle, high] = summary.days.points.map(point);
    out.push(format!("Days from election to confidence, over all runs: {middle} ({low} – {high})"));
    out.push("The steps, over the runs that get there:".to_owned());
    let rows: Vec<Vec<String>> = (summary.stages.iter())
        .map(|stage| {
            let deadline = stage.deadline.map_or_else(|| "·".to_owned(), |d| d.to_string());
            let late = stage.late.map_or_else(|| "·".to_owned(), screen::percent);
            vec![stage.name.clone(), whole(&stage.took), deadline, late, whole(&stage.by)]
        })
        .collect();
    out.extend(screen::table(&["step", "days it takes", "allowed", "late", "done by day"], &rows));
    if !summary.empty.is_empty() {
        out.push(String::new());
        let posts: Vec<String> = (summary.empty.iter().take(4))
            .map(|p| format!("{} {}", p.name, screen::percent(p.share)))
            .collect();
        out.push(format!("Left empty on the day of confidence: {}", posts.join(", ")));
    }
    out
}
