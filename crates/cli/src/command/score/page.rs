//! The score board as a page of Markdown with its picture: every question, every miss, the sets apart.

use std::path::Path;

use assess::backtest::Backtest;
use assess::calibrate::Calibration;
use assess::score::{Board, Record, Row, board};
use case::question::{QuestionKind, QuestionSet};
use report::picture::calibration::{Bin, Input, Score as Scored, draw};

use super::Score;
use super::show::{
    HEAD, OVERALL, cells, miss_lines, other_lines, overall, rests_on, set_name, standing_lines,
    summary_line,
};
use crate::command::report::write_whole;
use crate::failure::{Failure, at};

/// The trial of models of bargaining that the page shows, beside the forecasts.
pub const BARGAINING: &str = "bargaining.json";
/// The calibration that the page shows, beside the forecasts.
pub const CALIBRATION: &str = "calibration.json";

/// Writes the page's picture beside it and gives the page.
pub fn write(
    all: &Board,
    records: &[Record],
    asked: &Score,
    path: &Path,
) -> Result<String, Failure> {
    let mut out = vec!["# How good is it?".to_owned(), String::new()];
    out.push(made(records, asked));
    out.push(String::new());
    out.push(
        "Development questions could be looked at while the model and the case were made; validation questions \
         were kept apart and scored once, after the last change. The truth of both was published when the case was \
         written, so neither is a forecast of an unknown future: what holds is that no number published after a \
         question's date enters its forecast, and that nothing was fitted to an answer but the \
         weight of the runs beside the reference class and the slope by which log odds are drawn toward even ones, to \
         development questions of other episodes and other cases."
            .to_owned(),
    );
    let sets = [QuestionSet::Development, QuestionSet::Validation, QuestionSet::Open];
    let parts: Vec<(QuestionSet, Board)> = sets
        .into_iter()
        .filter_map(|set| {
            let rows: Vec<Row> = all.rows.iter().filter(|r| r.set == set).cloned().collect();
            (!rows.is_empty()).then(|| (set, board(rows, asked.seed)))
        })
        .collect();
    out.extend([String::new(), "## All questions".to_owned(), String::new()]);
    out.extend(overall_tables(all));
    out.push(OVERALL.join(" "));
    for (set, part) in &parts {
        out.extend([String::new(), format!("### {} questions alone", capital(set_name(*set)))]);
        out.push(String::new());
        out.extend(overall_tables(part));
    }
    out.extend([String::new(), "## In short".to_owned(), String::new()]);
    for (set, part) in &parts {
        out.push(format!("- {}: {}.", capital(set_name(*set)), summary_line(part)));
        out.extend(standing_lines(part).into_iter().map(|line| format!("  - {line}")));
    }
    out.extend([
        String::new(),
        "A gain is the rival's score less ours: above 0 the forecasts were better. Skill is one minus the ratio of \
         the scores. Intervals are 90 % of 2,000 bootstrap samples of the questions. With so few questions they are \
         wide, and \"no clear difference\" means just that. Questions of one date share their runs, so they are less \
         independent than the bootstrap takes them to be."
            .to_owned(),
    ]);
    for (set, part) in &parts {
        let name = set_name(*set);
        out.extend([String::new(), format!("## {} questions", capital(name)), String::new()]);
        if part.rows.iter().any(|r| r.forecast.is_ok()) {
            out.extend(["### Every miss, worst first".to_owned(), String::new()]);
            let misses = miss_lines(part);
            match misses.is_empty() {
                true => out.push("None.".to_owned()),
                false => out.extend(misses.into_iter().map(|line| format!("- {line}"))),
            }
            out.extend([String::new(), "### Forecasts".to_owned(), String::new()]);
            out.push(format!("| {} |", HEAD.join(" | ")));
            out.push(format!("|{}", "---|".repeat(HEAD.len())));
            out.extend(part.rows.iter().filter(|r| r.forecast.is_ok()).map(row_line));
            out.push(String::new());
            out.extend(["### What the outside views rest on".to_owned(), String::new()]);
            let line = |row: &Row| format!("- {}: {}", row.id, plain(&rests_on(row)));
            out.extend(part.rows.iter().map(line));
            out.push(String::new());
        }
        let others = other_lines(part);
        if !others.is_empty() {
            out.extend(["### What others said".to_owned(), String::new()]);
            out.extend(others.iter().map(|line| format!("- {}", plain(line))));
            out.push(String::new());
        }
        let silent: Vec<&Row> = part.rows.iter().filter(|r| r.forecast.is_err()).collect();
        if !silent.is_empty() {
            out.extend([
                "### Not answered".to_owned(),
                String::new(),
                "Neither a reference class nor the runs answer these; what a plain forecaster said is shown where the \
                 question gives one."
                    .to_owned(),
                String::new(),
            ]);
            out.extend(silent.into_iter().map(silent_line));
        }
    }
    out.extend([String::new(), SCORES.to_owned(), String::new()]);
    picture(all, &parts, path, &mut out)?;
    bargaining(asked, &mut out)?;
    calibrated(asked, &mut out)?;
    on_record(records, &mut out);
    out.push(String::new());
    Ok(out.join("\n"))
}

const SCORES: &str = "Scores: Brier for yes or no and for names, CRPS in the number's own unit; lower is better. A \
    number counts as missed if it lies outside the 90 % interval, anything else if less than a third was given to \
    what came true. The base rate is that of the answers before the question's date, persistence that the last \
    answer holds again (95 % for yes or no and names, the number itself for numbers).";

/// The first rows: how every forecaster did on all questions of a kind.
fn overall_tables(board: &Board) -> Vec<String> {
    let mut out = Vec::new();
    for of in &board.overall {
        let (heading, head, rows) = overall(of);
        out.extend([format!("{heading}:"), String::new(), format!("| {} |", head.join(" | "))]);
        out.push(format!("|{}", "---|".repeat(head.len())));
        out.extend(rows.into_iter().map(|row| format!("| {} |", row.join(" | "))));
        out.push(String::new());
    }
    out
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// How the page was made.
fn made(records: &[Record], asked: &Score) -> String {
    let case = asked.case.display();
    match records.last() {
        None => format!("Made by `shatterbelt score {case} --out …`."),
        Some(_) => format!(
            "Made by `shatterbelt score {case} --recorded --out …` from the forecasts on record in \
             `{}`, without running anything again. Each was frozen, sealed and chained to the one before it, before \
             it was held against what came true. The outside view, the weight of the runs and the slope are not frozen: they are \
             made now, from rows that were public before the question's date and from answers of other episodes. Which \
             class a question belongs to was chosen when the answers were known, so the outside view's score is that of \
             a rule laid down afterwards.",
            asked.folder().display()
        ),
    }
}

fn row_line(row: &Row) -> String {
    let mut cells = cells(row);
    cells[0] = format!("{}: {}", row.id, plain(&row.text));
    format!("| {} |", cells.join(" | "))
}

/// Text that stands in a table.
fn plain(text: &str) -> String {
    report::markdown::escape(text)
}

/// Text that stands in a table as code, where nothing else is read as markup.
fn code(text: &str) -> String {
    text.replace('|', "\\|").replace('`', "'")
}

fn silent_line(row: &Row) -> String {
    let why = row.forecast.as_ref().err().map_or(String::new(), ToString::to_string);
    let truth = row.truth.as_deref().map_or(String::new(), |t| format!("; came: {t}"));
    let rivals: Vec<String> = (row.plain.iter())
        .map(|(rival, forecast, _)| format!("{} {}", rival.name(), forecast.short()))
        .collect();
    let rivals = match rivals.is_empty() {
        true => String::new(),
        false => format!("; {}", rivals.join(", ")),
    };
    format!("- {}, as of {}: {} *{why}*{truth}{rivals}", row.id, row.as_of, plain(&row.text))
}

fn picture(
    all: &Board,
    parts: &[(QuestionSet, Board)],
    path: &Path,
    out: &mut Vec<String>,
) -> Result<(), Failure> {
    let bins = (all.calibration.iter())
        .map(|b| Bin {
            said: b.forecast,
            came: b.observed,
            low: b.range[0].min(b.observed),
            high: b.range[1].max(b.observed),
            count: b.count as u64,
        })
        .collect();
    let brier = |board: &Board, kind: fn(&Row) -> Option<f64>| {
        let scores: Vec<f64> = board.rows.iter().filter_map(kind).collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    };
    let ours = |row: &Row| (row.kind == QuestionKind::Binary).then_some(row.grade.as_ref()?.brier?);
    let forecasters = (parts.iter())
        .map(|(set, part)| Scored {
            forecaster: format!("{} questions", set_name(*set)),
            values: vec![brier(part, ours)],
        })
        .collect();
    let input = Input {
        title: "What was said and what came true".to_owned(),
        bins,
        scores: vec!["Brier, yes or no".to_owned()],
        forecasters,
    };
    let drawn = draw(&input)?;
    let svg = path.with_extension("svg");
    write_whole(&svg, drawn.svg().as_bytes())?;
    let name = svg.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    out.extend(["## Calibration".to_owned(), String::new()]);
    out.push(format!("![{}]({name})", drawn.description));
    out.push(String::new());
    out.push("Yes-or-no forecasts of both sets, by what was said.".to_owned());
    out.push(String::new());
    out.push("| said | questions | mean forecast | came true | 95 % interval |".to_owned());
    out.push("|---|---|---|---|---|".to_owned());
    for bin in &all.calibration {
        let p = |share: f64| format!("{:.0} %", 100.0 * share);
        out.push(format!(
            "| {} to {} | {} | {} | {} | {} to {} |",
            p(bin.bin[0]),
            p(bin.bin[1]),
            bin.count,
            p(bin.forecast),
            p(bin.observed),
            p(bin.range[0]),
            p(bin.range[1])
        ));
    }
    Ok(())
}

/// A file of results beside the forecasts, if it is there.
fn beside<T: serde::de::DeserializeOwned>(asked: &Score, name: &str) -> Result<Option<T>, Failure> {
    let path = asked.folder().join(name);
    match std::fs::read_to_string(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(at(path)(e)),
        Ok(text) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|e| Failure::input(format!("{}: {e}; make it again", path.display()))),
    }
}

fn bargaining(asked: &Score, out: &mut Vec<String>) -> Result<(), Failure> {
    if let Some(found) = beside::<Backtest>(asked, BARGAINING)? {
        out.extend([String::new(), "## Models of bargaining".to_owned(), String::new()]);
        out.extend(crate::command::backtest::markdown(&found));
    }
    Ok(())
}

fn calibrated(asked: &Score, out: &mut Vec<String>) -> Result<(), Failure> {
    if let Some(found) = beside::<Calibration>(asked, CALIBRATION)? {
        out.extend([String::new(), "## What past episodes teach".to_owned(), String::new()]);
        out.extend(crate::command::calibrate::markdown(&found));
    }
    Ok(())
}

fn on_record(records: &[Record], out: &mut Vec<String>) {
    if records.is_empty() {
        return;
    }
    out.extend([String::new(), "## The records".to_owned(), String::new()]);
    out.push(
        "| question | asked of each run | runs to | futures | seed | case | seal |".to_owned(),
    );
    out.push(format!("|{}", "---|".repeat(7)));
    for record in records {
        let until = record.until.map_or("its window's end".to_owned(), |d| d.to_string());
        let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
        out.push(format!(
            "| {} | `{}` | {until} | {} | {} | `{}` | `{}` |",
            record.question,
            code(&record.ask),
            record.runs,
            record.seed,
            short(&record.case_hash),
            short(&record.hash)
        ));
    }
}
