//! How sure a judgement is, and why: what its estimates rest on, whether the outside view and the runs agree, and how
//! forecasts of its kind have done. Each reason is the judgement's own.

use case::source::Reliability;

use super::Findings;
use crate::brief::{Confidence, Level};
use crate::likelihood::{Likelihood, Probability, judge};
use crate::numbers;
use crate::text::Text;

/// Views this far apart, in probability or in shares of the wider interval, do not agree (*Judged*).
const APART: f64 = 0.15;
/// Fewer scored forecasts than this are no record (*Judged*).
const RECORD: usize = 10;
/// A coin's Brier score.
const COIN: f64 = 0.25;
/// What a judgement of low confidence may come to at most: more would be claimed than is known.
const MOST: f64 = 0.99;

/// What a judgement rests on.
pub(super) struct Grounds<'g> {
    /// Which estimates.
    pub holds: &'g dyn Fn(&str) -> bool,
    /// How far the outside view and the runs lie apart, where there are both.
    pub apart: Option<f64>,
    /// Whether there is an outside view at all.
    pub outside: bool,
    /// What the two say, in a few characters, where there are both.
    pub views: Option<(String, String)>,
}

/// How sure, and why.
///
/// The level is high where most estimates rest on good sources, both views agree and forecasts of yes or no of the case
/// beat a coin; moderate where the sources are good and neither of the others speaks against it; else low. *Judged*.
pub(super) fn confidence(findings: &Findings<'_>, grounds: &Grounds<'_>) -> Confidence {
    let case = findings.model.case;
    let behind = case.beliefs.iter().filter(|b| (grounds.holds)(&b.path));
    let (mut all, mut solid) = (0, 0);
    for belief in behind {
        all += 1;
        let rated =
            |key: &String| case.source(key).is_some_and(|s| s.reliability <= Reliability::B);
        solid += usize::from(belief.sources.iter().any(rated));
    }
    let good_sources = all > 0 && solid * 2 >= all;
    let agree = grounds.apart.map(|apart| apart < APART);
    let record = brier(findings);
    let beats = record.map(|(_, score)| score < COIN);
    let level = match (good_sources, agree, beats) {
        (true, Some(true), Some(true)) => Level::High,
        (true, None | Some(true), None | Some(true)) => Level::Moderate,
        _ => Level::Low,
    };
    // Each reason, and whether it speaks for the judgement.
    let mut reasons: Vec<(String, bool)> = Vec::new();
    if all > 0 {
        let of = numbers::whole(all as f64);
        let rest = match (solid, all) {
            (0, 1) => "the one estimate behind it rests on no source rated A or B".to_owned(),
            (0, _) => format!("none of {of} estimates rests on a source rated A or B"),
            (1, _) => format!("1 of {of} estimates rests on a source rated A or B"),
            (n, _) => format!("{n} of {of} estimates rest on sources rated A or B"),
        };
        reasons.push((rest, good_sources));
    }
    reasons.push(match (agree, grounds.outside) {
        (Some(true), _) => {
            (format!("what happened elsewhere and the runs agree{}", at(&grounds.views)), true)
        }
        (Some(false), _) => (
            format!("what happened elsewhere and the runs lie far apart{}", at(&grounds.views)),
            false,
        ),
        (None, true) => ("only what happened elsewhere speaks to it".to_owned(), false),
        (None, false) => ("the runs alone speak to it".to_owned(), false),
    });
    // The record is the same of every judgement and told beneath them once; with one alone it stands where nothing else
    // speaks against that.
    let decides = level == Level::Low && reasons.iter().all(|(_, speaks)| *speaks);
    if let Some(told) = told(record).filter(|_| decides) {
        reasons.push((told, false));
    }
    Confidence { level, basis: Text::from(basis(level, &reasons)) }
}

/// What the two views say, behind what is said of them.
fn at(views: &Option<(String, String)>) -> String {
    views.as_ref().map_or(String::new(), |(one, other)| format!(" ({one} and {other})"))
}

/// What the record says of how sure any judgement may be.
fn told(record: Option<(usize, f64)>) -> Option<String> {
    let (n, score) = record?;
    let verdict = if score < COIN { "beat a coin" } else { "do no better than a coin" };
    Some(format!("{n} scored forecasts {verdict}"))
}

/// The same as a sentence beneath all judgements.
pub(super) fn on_record(findings: &Findings<'_>) -> String {
    match told(brier(findings)) {
        Some(told) => format!("Of this case {told}."),
        None => "Too few of its forecasts are scored to show a record.".to_owned(),
    }
}

/// The reasons in a row: those that bear the level out, and those that speak against it after an "although".
fn basis(level: Level, reasons: &[(String, bool)]) -> String {
    let of = |speaks: bool| -> Vec<&str> {
        reasons.iter().filter(|(_, s)| *s == speaks).map(|(r, _)| r.as_str()).collect()
    };
    let row = |all: &[&str]| match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        // A reason may hold an "and" of its own.
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    };
    let (against, speaking) = (of(false), of(true));
    let (why, though) = match level {
        Level::Low => (&against, &speaking),
        Level::Moderate | Level::High => (&speaking, &against),
    };
    match (why.is_empty(), though.is_empty()) {
        (false, true) => format!("because {}", row(why)),
        (false, false) => format!("because {}, although {}", row(why), row(though)),
        (true, _) => format!("although {}", row(though)),
    }
}

/// The mean Brier score of the case's scored forecasts, and of how many; none where there are too few.
pub(super) fn brier(findings: &Findings<'_>) -> Option<(usize, f64)> {
    let rows = findings.joined.scored.iter().flat_map(|scored| &scored.rows);
    let scores: Vec<f64> = rows.filter(|r| r.measure == "Brier").map(|r| r.score).collect();
    let n = scores.len();
    (n >= RECORD).then(|| (n, scores.iter().sum::<f64>() / n as f64))
}

/// A probability as a percentage prints it.
fn printed(p: f64) -> f64 {
    match p {
        p if (0.01..=0.99).contains(&p) => (100.0 * p).round() / 100.0,
        other => other,
    }
}

/// The likelihood of a probability as it may be said at a level of confidence: what is hardly known is not said to be
/// all but sure.
pub(super) fn tempered(findings: &Findings<'_>, p: f64, level: Level) -> Likelihood {
    let p = match level {
        Level::Low => p.clamp(1.0 - MOST, MOST),
        Level::Moderate | Level::High => p,
    };
    judge(
        findings.lexicon,
        // The word is that of the percentage as it is printed.
        Probability::new(printed(p).clamp(0.0, 1.0)).unwrap_or(Probability::of_runs(0, 1)),
    )
}
