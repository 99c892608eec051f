//! What to watch for: events of the runs after which the days to a government are most different.

use simulate::Outcome;

use super::notes::Notes;
use super::{Findings, judgements, words};
use crate::brief::Indicator;
use crate::numbers;
use crate::text::Text;

/// Fewer runs than this on either side say nothing.
const LEAST: usize = 30;

/// Indicators, the one that moves the days most first.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Indicator> {
    if !findings.forms() {
        return Vec::new();
    }
    let case = findings.model.case;
    let runs = &findings.ensemble.outcomes;
    let elected = findings.model.election_day();
    let mut found: Vec<(f64, Indicator)> = Vec::new();
    // The last step is the outcome itself.
    let steps = case.stages.len().saturating_sub(1);
    for (s, stage) in case.stages.iter().enumerate().take(steps) {
        // A step that half of the runs have done by its day is a mark on the calendar.
        let by = findings.summary.stages.get(s).map_or(0.0, |d| d.by.median);
        let day = elected.and_then(|d| d.checked_add(jiff::Span::new().days(by as i64)).ok());
        let behind = |r: &Outcome| r.stage_days.get(s).is_none_or(|d| f64::from(*d) > by);
        if let (Some((size, moves)), Some(day)) = (effect(findings, notes, runs, &behind), day) {
            let event = Text::new().plain("\u{201c}").name(stage.name.as_str());
            let event = event.plain("\u{201d} is still not done");
            found.push((size, Indicator { event, by: Some(day), moves }));
        }
    }
    for (c, candidate) in case.candidates.iter().enumerate() {
        let failed = |r: &Outcome| r.failed.iter().any(|f| usize::from(*f) == c);
        if let Some((size, moves)) = effect(findings, notes, runs, &failed) {
            let event =
                Text::new().name(words::start(&candidate.name)).plain(" is named and fails");
            found.push((size, Indicator { event, by: None, moves }));
        }
    }
    let typical = findings.summary.bloc_seats.median;
    let small = |r: &Outcome| f64::from(r.bloc_seats) < typical;
    if let Some((size, moves)) = effect(findings, notes, runs, &small) {
        let event = Text::from(format!("The largest bloc musters fewer than {typical:.0} seats"));
        found.push((size, Indicator { event, by: None, moves }));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(6).map(|(_, indicator)| indicator).collect()
}

/// How far the median days move if something is seen, in words; runs without a government count as longest.
fn effect(
    findings: &Findings<'_>,
    notes: &mut Notes<'_>,
    runs: &[Outcome],
    seen: &dyn Fn(&Outcome) -> bool,
) -> Option<(f64, Text)> {
    let window = findings.summary.days.window.map_or(9999.0, f64::from);
    let days = |r: &&Outcome| r.days.map_or(window, f64::from);
    let (with, without): (Vec<&Outcome>, Vec<&Outcome>) = runs.iter().partition(|r| seen(r));
    if with.len() < LEAST || without.len() < LEAST {
        return None;
    }
    let median = |of: &[&Outcome]| assess::Interval::of(of.iter().map(days)).median;
    let (a, b) = (median(&with), median(&without));
    let note = judgements::days_note(findings, notes);
    let text = Text::new()
        .plain("Median days to a government: ")
        .number(numbers::whole(a), note.clone())
        .plain(" if it is seen, ")
        .number(numbers::whole(b), note)
        .plain(" if not.");
    Some(((a - b).abs(), text))
}
