//! The score board as text and as a page of Markdown.

use assess::score::{Board, Forecast, Grade, Overall, PlainForecaster, Row};
use case::question::{QuestionKind, QuestionSet};

use crate::screen;

pub(super) fn set_name(set: QuestionSet) -> &'static str {
    match set {
        QuestionSet::Development => "development",
        QuestionSet::Validation => "validation",
        QuestionSet::Open => "open",
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

/// What is said of all questions of a kind, before anything else: a heading, and a row a forecaster.
pub(super) fn overall(of: &Overall) -> (String, Vec<&'static str>, Vec<Vec<String>>) {
    let n = of.questions;
    let (one, many) = match of.kind {
        QuestionKind::Binary => ("yes-or-no question", "yes-or-no questions"),
        QuestionKind::Number => ("number", "numbers"),
        QuestionKind::Category => ("question for a name", "questions for a name"),
    };
    let heading = match n {
        1 => format!("The one {one}"),
        _ => format!("All {n} {many}"),
    };
    let score = |value: Option<f64>| value.map_or_else(|| "·".to_owned(), |v| format!("{v:.3}"));
    let number = of.kind == QuestionKind::Number;
    let head = match number {
        true => vec!["forecaster", "answered", "CRPS over ours"],
        false => vec!["forecaster", "answered", "Brier, all", "log, all", "Brier, answered"],
    };
    let lines = of.lines.iter().filter(|line| !number || line.answered > 0);
    let row = |line: &assess::score::Line| {
        let mut cells = vec![line.forecaster.name().to_owned(), line.answered.to_string()];
        match number {
            true => cells.push(line.crps.map_or_else(|| "·".to_owned(), |v| format!("{v:.2}"))),
            false => cells.extend([line.brier, line.log, line.brier_answered].map(score)),
        }
        cells
    };
    (heading, head, lines.map(row).collect())
}

/// How the first rows are to be read.
pub(super) const OVERALL: [&str; 3] = [
    "Joined is what the program says: the reference class and the runs as one, drawn toward even odds as far as earlier forecasts were too sure.",
    "Where a forecaster says nothing it has even odds.",
    "Numbers differ in their units, so each CRPS is taken over that of the joined forecast: above 1 is worse.",
];

fn short<T, E>(said: &Result<T, E>, forecast: impl Fn(&T) -> String) -> String {
    said.as_ref().map_or_else(|_| "·".to_owned(), forecast)
}

pub(super) fn cells(row: &Row) -> Vec<String> {
    let graded = |grade: Option<&Grade>| grade.map_or_else(|| "·".to_owned(), shown);
    let plain = |who| row.plain.iter().find(|(p, ..)| *p == who).map(|(.., grade)| grade);
    vec![
        row.id.clone(),
        row.as_of.to_string(),
        short(&row.outside.said, |o| o.forecast.short()),
        short(&row.inside.said, Forecast::short),
        row.weight.map_or_else(|| "·".to_owned(), |w| format!("{:.2}", w.inside)),
        row.slope.map_or_else(|| "·".to_owned(), |s| format!("{:.2}", s.slope)),
        short(&row.forecast, Forecast::short),
        row.truth.clone().unwrap_or_else(|| "open".to_owned()),
        graded(row.grade.as_ref()),
        graded(row.outside.grade.as_ref()),
        graded(row.inside.grade.as_ref()),
        graded(plain(PlainForecaster::BaseRate)),
        graded(plain(PlainForecaster::Persistence)),
        graded(plain(PlainForecaster::Simple)),
    ]
}

pub(super) const HEAD: [&str; 14] = [
    "question",
    "as of",
    "outside",
    "runs",
    "weight",
    "slope",
    "joined",
    "truth",
    "score",
    "outside's",
    "runs'",
    "base rate's",
    "persistence's",
    "simple's",
];

/// What the outside view of a question rests on, or why there is none.
pub(super) fn rests_on(row: &Row) -> String {
    let runs = row
        .inside
        .said
        .as_ref()
        .err()
        .map_or_else(String::new, |why| format!("; the runs say nothing: {why}"));
    let outside = match &row.outside.said {
        Ok(o) => format!(
            "{}: {} rows of {} countries, {} its own, worth {:.1}",
            o.class, o.rows, o.countries, o.own, o.worth
        ),
        Err(why) => format!("no outside view: {why}"),
    };
    outside + &runs
}

/// Questions below which nothing is said of who did better: a bootstrap of so few draws the same ones again and again.
const FEWEST: usize = 5;

pub(super) fn standing_lines(board: &Board) -> Vec<String> {
    (board.standings.iter())
        .map(|s| {
            let [low, high] = s.range;
            let verdict = match (low > 0.0, high < 0.0) {
                _ if s.questions < FEWEST => "too few to tell",
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

/// What others said, beside ours.
pub(super) fn other_lines(board: &Board) -> Vec<String> {
    let of_row = |row: &Row| -> Vec<String> {
        let brier = |grade: Option<&Grade>| grade.and_then(|g| g.brier);
        let ours = row.forecast.as_ref().map_or_else(|_| "no answer".to_owned(), Forecast::short);
        let told = row.others.iter().map(|(other, grade)| {
            let scores = brier(grade.as_ref()).zip(brier(row.grade.as_ref()));
            let scores =
                scores.map_or(String::new(), |(t, o)| format!("; Brier {t:.3}, ours {o:.3}"));
            let theirs = screen::percent(other.p);
            format!("{}: {} on {}: {theirs}; ours {ours}{scores}", row.id, other.by, other.on)
        });
        told.collect()
    };
    board.rows.iter().flat_map(of_row).collect()
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
    let by_runs = board.rows.iter().filter(|r| r.inside.said.is_ok()).count();
    let scored = board.rows.iter().filter(|r| r.grade.is_some()).count();
    let (inside, numbers) = board.covered;
    let scored = match (scored, numbers) {
        (0, _) => "none scored yet".to_owned(),
        (_, 0) => format!("{scored} scored"),
        _ => format!("{scored} scored; of {numbers} numbers {inside} lay in the 90 % interval"),
    };
    format!(
        "{} questions, {answered} answered, {by_runs} of them by runs, {scored}",
        board.rows.len()
    )
}

/// The board for a terminal.
pub fn lines(board: &Board) -> Vec<String> {
    let mut out = Vec::new();
    for of in &board.overall {
        let (heading, head, rows) = overall(of);
        out.push(heading);
        out.extend(screen::table(&head, &rows));
        out.push(String::new());
    }
    if !board.overall.is_empty() {
        out.extend(OVERALL.map(str::to_owned));
        out.push(String::new());
    }
    out.extend([summary_line(board), String::new()]);
    let misses = miss_lines(board);
    let scored = board.rows.iter().any(|row| row.grade.is_some());
    out.push(
        match (misses.is_empty(), scored) {
            (true, false) => "Nothing is scored yet",
            (true, true) => "No misses",
            (false, _) => "Misses, worst first",
        }
        .to_owned(),
    );
    out.extend(misses.into_iter().map(|line| format!("  {line}")));
    out.push(String::new());
    for set in [QuestionSet::Development, QuestionSet::Validation, QuestionSet::Open] {
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
    let others = other_lines(board);
    if !others.is_empty() {
        out.push("What others said, beside ours and not joined with it".to_owned());
        out.extend(others.into_iter().map(|line| format!("  {line}")));
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
