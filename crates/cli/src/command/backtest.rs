//! `backtest`: models of bargaining as of a past date, held against what was agreed.

use std::path::PathBuf;

use assess::backtest::{Backtest, backtest};
use clap::Args;
use jiff::civil::Date;
use study::opening::ready;

use super::report::write_whole;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Hold the models of bargaining against what a past dialogue came to
///
///     shatterbelt backtest CASE talks --as-of 2024-03-01
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Try {
    /// The case folder
    case: PathBuf,
    /// The dialogue, by its id
    dialogue: String,
    /// Use nothing published after this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Date,
    /// How many draws of the estimates
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    draws: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the result as JSON to this file: the page of `score --recorded` shows forecasts/bargaining.json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

impl Try {
    /// Tries.
    pub fn go(&self) -> Result<(), Failure> {
        let then = Opening { case: self.case.clone(), as_of: Some(self.as_of), set: Vec::new() };
        let folder = then.folder(&[])?;
        let case = then.case(&folder)?;
        let model = ready(&folder, &case)?;
        // What came of it is read in the case as of its own date.
        let now = Opening { as_of: None, ..then.clone() }.case(&folder)?;
        let found = backtest(&model, &now, &self.dialogue, self.draws, self.seed)
            .map_err(Failure::input)?;
        if let Some(path) = &self.out {
            let text = serde_json::to_string_pretty(&found)?;
            write_whole(path, format!("{text}\n").as_bytes())?;
        }
        if self.json {
            return print_json(&found);
        }
        print(lines(&found))
    }
}

const HEAD: [&str; 5] = ["model", "mean error", "90 % of draws", "CRPS", "nearer than the mean"];

fn rows(found: &Backtest) -> Vec<Vec<String>> {
    let mut order: Vec<usize> = (0..found.trials.len()).collect();
    order.sort_by(|a, b| found.trials[*a].crps.total_cmp(&found.trials[*b].crps).then(a.cmp(b)));
    (order.into_iter())
        .map(|t| {
            let trial = &found.trials[t];
            vec![
                trial.model.clone(),
                format!("{:.2}", trial.error),
                format!("{:.2} to {:.2}", trial.error_range[0], trial.error_range[1]),
                format!("{:.3}", trial.crps),
                if t == 0 { "·".to_owned() } else { format!("{:.0} %", 100.0 * trial.nearer) },
            ]
        })
        .collect()
}

fn issue_head(found: &Backtest) -> Vec<String> {
    let mut head = vec!["issue".to_owned(), "stood".to_owned(), "agreed".to_owned()];
    let models = found.trials.iter().filter(|t| t.model != "as things stood");
    head.extend(models.map(|t| t.model.clone()));
    head
}

fn issue_rows(found: &Backtest) -> Vec<Vec<String>> {
    (found.agreed.iter().enumerate())
        .map(|(i, outcome)| {
            let [at, low, high] = outcome.agreed;
            let mut row = vec![
                outcome.issue.clone(),
                format!("{:.2}", outcome.status_quo),
                format!("{at:.2} ({low:.2} to {high:.2})"),
            ];
            for trial in found.trials.iter().filter(|t| t.model != "as things stood") {
                let of = &trial.issues[i];
                let mark = if of.inside { "" } else { " ✗" };
                row.push(format!(
                    "{:.2} ({:.2} to {:.2}){mark}",
                    of.median, of.range[0], of.range[1]
                ));
            }
            row
        })
        .collect()
}

fn said(found: &Backtest) -> String {
    format!(
        "{} as known on {}, {} draws of the estimates, seed {}. Distances on lines from 0 to 1; a reading inside what \
         the record allows is no error. ✗: the interval misses the record.",
        found.dialogue, found.as_of, found.draws, found.seed
    )
}

fn lines(found: &Backtest) -> Vec<String> {
    let mut out = vec![said(found), String::new()];
    out.extend(screen::table(&HEAD, &rows(found)));
    out.push(String::new());
    let head = issue_head(found);
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let Ok(head) = <[&str; 9]>::try_from(head) else { return out };
    out.extend(screen::table(&head, &issue_rows(found)));
    out
}

/// The trial as Markdown.
pub fn markdown(found: &Backtest) -> Vec<String> {
    let table = |head: &[String], rows: Vec<Vec<String>>| {
        let mut out = vec![format!("| {} |", head.join(" | "))];
        out.push(format!("|{}", "---|".repeat(head.len())));
        out.extend(rows.iter().map(|row| format!("| {} |", row.join(" | "))));
        out
    };
    let mut out = vec![said(found), String::new()];
    out.extend(table(&HEAD.map(String::from), rows(found)));
    out.push(String::new());
    out.extend(table(&issue_head(found), issue_rows(found)));
    out.push(String::new());
    for outcome in &found.agreed {
        let [low, high] = &outcome.ends;
        out.push(format!(
            "- {} {} (0: {low}; 1: {high}) {}",
            outcome.issue, outcome.name, outcome.why
        ));
    }
    out
}
