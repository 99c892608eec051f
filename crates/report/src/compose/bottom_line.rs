//! The bottom line: two sentences, the election or assembly first, then the government and who holds sway.

use assess::measure::ActorSway;
use assess::summary::ListSeats;
use case::actor::ActorKind;

use super::notes::Notes;
use super::{Findings, judgements, motion, words};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::text::Text;

/// Two sentences.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Text> {
    if !findings.forms() {
        return calm(findings, notes);
    }
    let mut lines = Vec::new();
    if let Some(top) = findings.summary.lists.first() {
        lines.push(seats(findings, notes, top));
    }
    lines.push(government(findings, notes));
    lines
}

/// Where no government is to be formed: who holds sway, then what may move it or, where nothing moves, who sits.
fn calm(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Text> {
    let mut lines = Vec::new();
    if let Some(patron) = leading_patron(findings) {
        let note = sway_note(notes, findings, patron);
        let t = &patron.total;
        let verb = words::agree(&patron.name, " holds", " hold");
        let line = Text::new()
            .plain("Of the foreign powers watched here ")
            .name(words::mid(&patron.name))
            .plain(format!("{verb} most sway over {}, ", findings.measured.name))
            .number(share(t.mean, t.low, t.high), note)
            .plain(".");
        lines.push(line);
    }
    if let Some(event) = motion::events(findings).first() {
        lines.push(motion::sentence(findings, notes, event));
        return lines;
    }
    let mut line = Text::new().plain(match findings.model.case.formation_pending() {
        true => "The runs form no government",
        false => "No election is due and no government is being formed",
    });
    if let Some(formed) = findings.in_office() {
        line = line
            .plain(": that of ")
            .name(formed.head.as_str())
            .plain(format!(" won confidence on {}", words::date(formed.confidence)));
    }
    lines.push(match findings.summary.lists.first() {
        Some(top) => line.plain(", and in the sitting assembly ").text(seats(findings, notes, top)),
        None => line.plain("."),
    });
    lines
}

fn seats(findings: &Findings<'_>, notes: &mut Notes<'_>, top: &ListSeats) -> Text {
    let case = findings.model.case;
    let name = case.actor(&top.list).map_or(top.label.as_str(), |a| a.name.as_str());
    let note = seats_note(notes, findings, top);
    let held = numbers::about(top.seats.median, top.seats.low, top.seats.high);
    let range = match top.seats.low < top.seats.high {
        true => format!(" ({})", numbers::range(top.seats.low, top.seats.high)),
        false => String::new(),
    };
    let majority = case.assembly.as_ref().map_or(0, |a| *a.majority.get_ref());
    let all = case.assembly.as_ref().map_or(0, |a| *a.seats.get_ref());
    let text = match findings.model.elects() {
        true => {
            let first = judge(
                findings.lexicon,
                Probability::of_runs(
                    (top.first * findings.summary.runs as f64).round() as u64,
                    findings.summary.runs as u64,
                ),
            );
            Text::new().opening(&first).name(words::mid(name)).plain(words::agree(
                name,
                " wins most seats, ",
                " win most seats, ",
            ))
        }
        false => {
            let name_here = if findings.forms() { words::start(name) } else { words::mid(name) };
            let verb = words::agree(name, " holds most seats, ", " hold most seats, ");
            Text::new().name(name_here).plain(verb)
        }
    };
    let text = text.number(format!("{held} of {all}{range}"), note);
    match top.seats.high < f64::from(majority) {
        true => text.plain(format!(", far from the {majority} it takes to govern alone.")),
        false => text.plain(format!("; {majority} make a majority.")),
    }
}

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

/// The days since the election after which a government is being formed, where it is over.
pub(super) fn passed(findings: &Findings<'_>) -> Option<i32> {
    let elected = findings.model.election_day().filter(|_| !findings.model.elects())?;
    let days = findings.model.case.as_of.since(elected).ok()?.get_days();
    (days > 1).then_some(days)
}

fn government(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Text {
    let note = judgements::days_note(findings, notes);
    let mut text = Text::new().plain("Forming a government takes ").number(days(findings), note);
    if let Some(passed) = passed(findings) {
        text = text.plain(format!(", of which {} have passed", numbers::whole(f64::from(passed))));
    }
    let Some(patron) = leading_patron(findings) else { return text.plain(".") };
    let note = sway_note(notes, findings, patron);
    let t = &patron.total;
    text.plain("; of the foreign powers watched here ")
        .name(words::mid(&patron.name))
        .plain(words::agree(
            &patron.name,
            " holds most sway over it, ",
            " hold most sway over it, ",
        ))
        .number(share(t.mean, t.low, t.high), note)
        .plain(".")
}
