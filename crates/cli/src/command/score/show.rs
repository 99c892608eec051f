//! The score board as text and as a page of Markdown.

use assess::score::{Board, Forecast, Grade, PlainForecaster, Row};
use case::question::QuestionSet;

use crate::screen;

pub(super) fn set_name(set: QuestionSet) -> &'static str {
    match set {
        QuestionSet::Development => "development",
        QuestionSet::Validation => "validation",
    }
}

/// The score of a row that is shown: Brier for yes or no and for names, CRPS for numbers.
pub(super) fn shown(grade: &Grade) -> String {
    match (grade.brier, grade.crps) {
        (Some(brier), _) => format!("{brier:.3}"),
        (None, Some(crps)) => format!("{crps:.1}"),
        (None, None) => String::new(),
    }
}

pub(super) fn cells(row: &Row) -> Vec<String> {
    let forecast = row.forecast.as_ref().map_or_else(|_| "·".to_owned(), Forecast::short);
    let truth = row.truth.clone().unwrap_or_else(|| "open".to_owned());
    let ours = row.grade.as_ref().map_or_else(|| "·".to_owned(), shown);
    let mut cells = vec![row.id.clone(), row.as_of.to_string(), forecast, truth, ours];
    for rival in PlainForecaster::ALL {
        let theirs = row.plain.iter().find(|(p, ..)| *p == rival);
        cells.push(theirs.map_or_else(|| "·".to_owned(), |(.., grade)| shown(grade)));
    }
    cells
}

pub(super) const HEAD: [&str; 8] =
    ["question", "as of", "forecast", "truth", "score", "base rate", "persistence", "simple"];

pub(super) fn standing_lines(board: &Board) -> Vec<String> {
    (board.standings.iter())
        .map(|s| {
            let [low, high] = s.range;
            let verdict = match (low > 0.0, high < 0.0) {
                (true, _) => "better",
                (_, true) => "worse",
                _ => "no clear difference",
            };
            let [least, most] = s.skill_range;
            let skill = format!("skill {:.2} ({least:.2} to {most:.2})", s.skill);
            let what = match s.score {
                // The ratio says more than a saving that may fall below minus one.
                "crps" => format!(
                    "CRPS {:.2} times theirs ({:.2} to {:.2})",
                    s.ours,
                    1.0 - high,
                    1.0 - low
                ),
                score => format!(
                    "{score} {:.3} against {:.3}, gain {:.3} ({low:.3} to {high:.3}), {skill}",
                    s.ours, s.theirs, s.better
                ),
            };
            let n = match s.questions {
                1 => "1 question".to_owned(),
                n => format!("{n} questions"),
            };
            format!("{} over {n}: {what}: {verdict}", s.against.name())
        })
        .collect()
}

pub(super) fn miss_lines(board: &Board) -> Vec<String> {
    (board.misses.iter())
        .map(|miss| {
            let row = &board.rows[miss.row];
            let said = row.forecast.as_ref().map_or_else(|_| String::new(), Forecast::short);
            let truth = row.truth.as_deref().unwrap_or("");
            format!("{} {}: said {said}, came {truth}", row.id, row.text)
        })
        .collect()
}

pub(super) fn summary_line(board: &Board) -> String {
    let answered = board.rows.iter().filter(|r| r.forecast.is_ok()).count();
    let scored = board.rows.iter().filter(|r| r.grade.is_some()).count();
    let (inside, numbers) = board.covered;
    format!(
        "{} questions, {answered} answered by runs, {scored} scored; of {numbers} numbers {inside} lay in the 90 % interval",
        board.rows.len()
    )
}

/// The board for a terminal.
pub fn lines(board: &Board) -> Vec<String> {
    let mut out = vec![summary_line(board), String::new()];
    let misses = miss_lines(board);
    out.push(if misses.is_empty() {
        "No misses".to_owned()
    } else {
        "Misses, worst first".to_owned()
    });
    out.extend(misses.into_iter().map(|line| format!("  {line}")));
    out.push(String::new());
    for set in [QuestionSet::Development, QuestionSet::Validation] {
        let rows: Vec<Vec<String>> =
            board.rows.iter().filter(|r| r.set == set && r.forecast.is_ok()).map(cells).collect();
        if !rows.is_empty() {
            out.push(format!("Questions for {}", set_name(set)));
            out.extend(screen::table(&HEAD, &rows));
            out.push(String::new());
        }
    }
    let standings = standing_lines(board);
    if !standings.is_empty() {
        out.push("Against plain forecasters (90 % bootstrap interval)".to_owned());
        out.extend(standings.into_iter().map(|line| format!("  {line}")));
        out.push(String::new());
    }
    let silent: Vec<&Row> = board.rows.iter().filter(|r| r.forecast.is_err()).collect();
    if !silent.is_empty() {
        out.push("Not answered".to_owned());
        for row in silent {
            let why = row.forecast.as_ref().err().map_or(String::new(), ToString::to_string);
            out.push(format!("  {} {}: {why}", row.id, row.text));
        }
    }
    out
}
