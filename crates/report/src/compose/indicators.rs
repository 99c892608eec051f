//! What to watch for: events of the runs after which the days to a government, or the sway of the
//! leading power, are most different.

use simulate::Outcome;

use super::bottom_line::leading_patron;
use super::notes::Notes;
use super::{Findings, judgements, motion, words};
use crate::brief::Indicator;
use crate::numbers;
use crate::text::Text;

/// Fewer runs than this on either side say nothing.
const LEAST: usize = 30;

/// The most indicators in all.
const MOST: usize = 7;
/// The most on the forming of a government, and the most on what moves.
const FORMING: usize = 5;
const MOVING: usize = 4;

/// Indicators: those that move the days most, then those that move the leading power's sway most.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Indicator> {
    let mut all = match findings.forms() {
        true => of_forming(findings, notes),
        false => Vec::new(),
    };
    all.extend(of_sway(findings, notes));
    all.truncate(MOST);
    all
}

/// Events after which the leading power's sway ends up elsewhere, where the runs move.
fn of_sway(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Indicator> {
    let Some(leader) = leading_patron(findings) else { return Vec::new() };
    let events = motion::events(findings);
    let told = events.iter().filter_map(|event| {
        let (with, without) = event.apart()?;
        let percent = |share: f64| format!("{}%", numbers::decimal(100.0 * share, 1));
        if percent(with) == percent(without) {
            return None;
        }
        let note = event.note(notes);
        let moves = Text::new()
            .plain("Mean sway of ")
            .name(words::mid(&leader.name))
            .plain(" at the end: ")
            .number(percent(with), note.clone())
            .plain(" in the runs in which it comes about, ")
            .number(percent(without), note)
            .plain(" in the others.");
        let clause = words::upper(&event.clause.to_plain());
        Some(Indicator { event: Text::new().name(clause), by: None, moves })
    });
    told.take(MOVING).collect()
}

/// Events on the way to a government.
fn of_forming(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Indicator> {
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
    found.into_iter().take(FORMING).map(|(_, indicator)| indicator).collect()
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
