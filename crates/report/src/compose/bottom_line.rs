//! Figures that several parts speak of, each in one form of words: seats, sway, days.

use assess::measure::ActorSway;
use assess::summary::ListSeats;
use case::actor::ActorKind;

use super::notes::Notes;
use super::{Findings, words};
use crate::numbers;

/// The note behind a list's seats.
pub(super) fn seats_note(
    notes: &mut Notes<'_>,
    findings: &Findings<'_>,
    list: &ListSeats,
) -> String {
    let runs = numbers::whole(findings.summary.runs as f64);
    let ending = format!(":{}.share", list.list);
    notes.on(
        format!("seats.{}", list.list),
        format!("Seats of {}", list.label),
        format!("Median of {runs} runs, with the range that holds nine in ten; from its expected share in each district, national and district swings, and the electoral law."),
        |path| path.starts_with("prior.") && path.ends_with(&ending) || path.starts_with("process.election."),
    )
}

/// The outside actor of the case's focus with most sway.
pub(super) fn leading_patron<'a>(findings: &'a Findings<'_>) -> Option<&'a ActorSway> {
    let focus = &findings.model.case.head.focus;
    findings.measured.actors.iter().find(|a| {
        focus.iter().any(|f| f.get_ref() == &a.actor)
            && matches!(a.kind, ActorKind::State | ActorKind::Agency | ActorKind::Organisation)
    })
}

/// The note behind an actor's sway.
pub(super) fn sway_note(
    notes: &mut Notes<'_>,
    findings: &Findings<'_>,
    actor: &ActorSway,
) -> String {
    let starts = format!("tie.{}>", actor.actor);
    let draws = numbers::whole(f64::from(findings.measured.draws));
    let key = notes.on(
        format!("sway.{}", actor.actor),
        format!("Sway of {} over {}", actor.name, findings.measured.name),
        format!("Mean of {draws} draws, with the range that holds nine in ten; from its ties and the ties of those it reaches."),
        |path| path.starts_with(&starts),
    );
    for hop in actor.hops.iter().take(6) {
        notes.add_pair(&key, &actor.actor, &hop.actor);
    }
    key
}

/// A share with its range, such as "8% (7% to 10%)".
pub(super) fn share(mean: f64, low: f64, high: f64) -> String {
    // A narrow range is told to a tenth of a point, or its ends would run together.
    let narrow = high > low && high - low < 0.03;
    let digits = |v: f64| match narrow {
        true => format!("{:.1}", 100.0 * v),
        false => numbers::decimal(100.0 * v, usize::from(v < 0.0095)),
    };
    format!("{}% ({} to {}%)", digits(mean), digits(low), digits(high))
}

/// The lower end of a range, to the step that the range allows.
fn rounded(low: f64, high: f64) -> String {
    let step = numbers::step(low, high);
    numbers::whole((low / step).round() * step)
}

/// The days of the middle run with their range, such as "about 240 days from election day (130 to 380)".
pub(super) fn days(findings: &Findings<'_>) -> String {
    let days = &findings.summary.days;
    let [low, middle, high] = days.points.map(|d| d.map(f64::from));
    let end = words::date(findings.model.end);
    let wide = high.unwrap_or(days.when.high);
    match (low, middle, high) {
        (Some(low), Some(middle), Some(high)) => format!(
            "{} days from election day in the middle run ({})",
            numbers::about(middle, low, high),
            numbers::range(low, high)
        ),
        (Some(low), Some(middle), None) => format!(
            "{} days from election day in the middle run ({} to beyond {end})",
            numbers::about(middle, low, wide),
            rounded(low, wide)
        ),
        _ => format!("until after {end} in the middle run"),
    }
}
