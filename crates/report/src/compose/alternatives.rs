//! What else may be: the runner-up of each judgement, how likely it is, and what it hangs on.

use super::bottom_line::{leading_patron, seats_note, sway_note};
use super::notes::Notes;
use super::{Findings, words};
use crate::brief::{Block, Section};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::text::Text;

/// A runner-up in fewer runs than this is not told.
const LEAST: f64 = 0.01;

/// The section, where there is a runner-up of anything.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Section> {
    let items = [
        second_list(findings, notes),
        second_head(findings, notes),
        second_coalition(findings),
        second_power(findings, notes),
    ];
    let items: Vec<Text> = items.into_iter().flatten().collect();
    if items.is_empty() {
        return None;
    }
    let lead = "What was not judged likeliest, and how often the runs come out so.";
    let blocks = vec![Block::Paragraph(Text::from(lead)), Block::List(items)];
    Some(Section { heading: "Alternatives".to_owned(), blocks })
}

fn opening(findings: &Findings<'_>, share: f64) -> Text {
    let runs = findings.summary.runs.max(1) as u64;
    let hits = (share * runs as f64).round() as u64;
    Text::new().opening(&judge(findings.lexicon, Probability::of_runs(hits, runs)))
}

fn second_list(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Text> {
    findings.model.elects().then_some(())?;
    let lists = &findings.summary.lists;
    let leader = lists.first()?;
    let others = lists.iter().skip(1).filter(|list| list.first >= LEAST);
    let second = others.max_by(|a, b| a.first.total_cmp(&b.first))?;
    let name = findings.model.case.actor(&second.list)?.name.clone();
    let seats = &second.seats;
    let held = numbers::about(seats.median, seats.low, seats.high);
    let note = seats_note(notes, findings, second);
    let text = opening(findings, second.first)
        .name(words::mid(&name))
        .plain(words::agree(&name, " wins most seats: ", " win most seats: "))
        .number(format!("{held} ({})", numbers::range(seats.low, seats.high)), note)
        .plain(" in the middle run, against ");
    let held = numbers::about(leader.seats.median, leader.seats.low, leader.seats.high);
    let range = numbers::range(leader.seats.low, leader.seats.high);
    let note = seats_note(notes, findings, leader);
    Some(text.number(format!("{held} ({range})"), note).plain(" for the first."))
}

fn second_head(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Text> {
    findings.forms().then_some(())?;
    let second = findings.summary.heads.get(1).filter(|head| head.share >= LEAST)?;
    let note = notes.on(
        "heads",
        "Who heads the next government",
        "The share of runs that each nominee ends with confidence; from what actors think of the candidates, how far their pull reaches, and who threatens.",
        |path| path.starts_with("candidate.") || path.starts_with("preference."),
    );
    let runs = findings.summary.runs;
    let hits = numbers::of_runs((second.share * runs as f64).round() as u64, runs as u64);
    let text = opening(findings, second.share).name(words::mid(&second.name));
    Some(text.plain(" heads the next government: ").number(hits, note).plain("."))
}

fn second_coalition(findings: &Findings<'_>) -> Option<Text> {
    findings.forms().then_some(())?;
    let names = |at: usize| -> Option<Text> {
        let labels = &findings.summary.coalitions.get(at)?.labels;
        Some(words::row(labels.iter().map(|label| Text::new().name(words::mid(label))).collect()))
    };
    let second = findings.summary.coalitions.get(1).filter(|c| c.share >= LEAST)?;
    let text = opening(findings, second.share).plain("the government is that of ").text(names(1)?);
    Some(text.plain(", rather than the likeliest one, of ").text(names(0)?).plain("."))
}

fn second_power(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Text> {
    let leader = leading_patron(findings)?;
    let pair = findings.measured.ahead.iter().find(|pair| pair.first == leader.actor)?;
    let other = 1.0 - pair.share;
    let second = findings.measured.actors.iter().find(|actor| actor.actor == pair.second)?;
    if other < LEAST {
        return None;
    }
    let note = sway_note(notes, findings, second);
    let t = &second.total;
    let text = opening(findings, other).name(words::mid(&second.name));
    let text =
        text.plain(words::agree(&second.name, " holds more sway than ", " hold more sway than "));
    let text = text.name(words::mid(&leader.name)).plain(" does; its share is ");
    Some(text.number(super::bottom_line::share(t.mean, t.low, t.high), note).plain("."))
}
