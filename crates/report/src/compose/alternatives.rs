//! What else may be: the different worlds that the runs fall into, and the runner-up of what was judged.

use simulate::Outcome;

use super::bottom_line::{leading_patron, seats_note, sway_note};
use super::notes::Notes;
use super::{Findings, motion, words};
use crate::brief::{Block, Section};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::text::Text;

/// A runner-up in fewer runs than this is not told.
const LEAST: f64 = 0.01;
/// A world of fewer runs than this is not told.
const WORLD: f64 = 0.05;
/// What differs by less between the runs of a world and the others does not set it apart (*Judged*).
const APART: f64 = 0.1;
/// The place of the runs without a government among the worlds.
const NOBODY: usize = 3;

/// The section, where there is a runner-up of anything.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Section> {
    let others = [second_list(findings, notes), second_power(findings, notes)];
    let mut items: Vec<Text> = if findings.forms() { worlds(findings) } else { Vec::new() };
    items.extend(others.into_iter().flatten());
    if items.is_empty() {
        return None;
    }
    let lead = "Worlds that the runs fall into, told by what sets each apart, and what was not judged likeliest.";
    let mut blocks = vec![Block::Paragraph(Text::from(lead)), Block::List(items)];
    blocks.extend(families(findings).map(Block::Paragraph));
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

/// Who sits in the government whoever leads it: lists by how often they are in, instead of coalitions that differ by one
/// small list.
fn families(findings: &Findings<'_>) -> Option<Text> {
    findings.forms().then_some(())?;
    let formed = findings.summary.days.formed;
    let of = |share: f64| if formed > 0.0 { share / formed } else { 0.0 };
    let among = |low: f64, high: f64| -> Option<Text> {
        let all = findings.summary.governing.iter().filter(|g| (low..high).contains(&of(g.share)));
        let all: Vec<_> = all.take(4).collect();
        let (most, least) = (of(all.first()?.share), of(all.last()?.share));
        let names = all.iter().map(|g| Text::new().name(words::mid(&g.name))).collect();
        let hundred = |share: f64| numbers::whole((100.0 * share).min(99.0));
        let range = match hundred(least) == hundred(most) {
            true => format!("{}%", hundred(most)),
            false => format!("{} to {}%", hundred(least), hundred(most)),
        };
        Some(words::row(names).plain(format!(" ({range} of the governments)")))
    };
    let mut text = Text::new();
    if let Some(core) = among(0.7, 2.0) {
        text = text.plain("Most governments hold ").text(core);
    }
    if let Some(swing) = among(0.3, 0.7) {
        let joint = if text.is_empty() { "Governments turn on " } else { "; they turn on " };
        text = text.plain(joint).text(swing);
    }
    match text.is_empty() {
        true => None,
        false => Some(text.plain(".")),
    }
}

/// The worlds that the runs fall into, by who heads the government, and what sets each apart from the others.
fn worlds(findings: &Findings<'_>) -> Vec<Text> {
    let case = findings.model.case;
    let runs = &findings.ensemble.outcomes;
    let all = runs.len().max(1) as f64;
    let kind = |run: &Outcome| -> usize {
        match run.head.and_then(|head| case.candidates.get(usize::from(head))) {
            None => NOBODY,
            Some(person) if person.incumbent => 0,
            Some(person) if person.list.is_some() => 1,
            Some(_) => 2,
        }
    };
    let told = [
        "the incumbent stays",
        "somebody whom a list puts forward takes over",
        "an outsider takes over",
        "there is no government before the runs end",
    ];
    let mut worlds = Vec::new();
    for (place, words) in told.iter().enumerate() {
        let (inside, outside): (Vec<&Outcome>, Vec<&Outcome>) =
            runs.iter().partition(|run| kind(run) == place);
        let share = inside.len() as f64 / all;
        if share < WORLD || outside.is_empty() {
            continue;
        }
        let text = Text::new()
            .strong(words::upper(words))
            .plain(format!(", in {}.", numbers::of_runs(inside.len() as u64, runs.len() as u64)));
        let apart = match place {
            // That nobody governs is what this world is.
            NOBODY => Vec::new(),
            _ => features(findings, &inside, &outside),
        };
        let text = match apart.is_empty() {
            true if place == NOBODY => text,
            true => text.plain(" Nothing that is followed here sets these runs apart."),
            false => text.plain(" Sets it apart: ").plain(apart.join("; ")).plain("."),
        };
        worlds.push((share, text));
    }
    worlds.sort_by(|a, b| b.0.total_cmp(&a.0));
    worlds.into_iter().map(|(_, text)| text).collect()
}

/// What differs most between two parts of the runs: shares of runs, the widest apart first.
fn features(findings: &Findings<'_>, inside: &[&Outcome], outside: &[&Outcome]) -> Vec<String> {
    let rate = |of: &[&Outcome], holds: &dyn Fn(&Outcome) -> bool| {
        of.iter().filter(|run| holds(run)).count() as f64 / of.len().max(1) as f64
    };
    let mut found: Vec<(f64, String)> = Vec::new();
    let mut look = |words: String, holds: &dyn Fn(&Outcome) -> bool| {
        let (a, b) = (rate(inside, holds), rate(outside, holds));
        if (a - b).abs() >= APART {
            let hundred = numbers::percent;
            found.push((
                (a - b).abs(),
                format!("{words} ({} of its runs, {} of the others)", hundred(a), hundred(b)),
            ));
        }
    };
    for list in findings.summary.lists.iter().take(12) {
        let Some(place) = findings
            .model
            .lists
            .iter()
            .position(|l| *findings.model.case.actors[*l].id.get_ref() == list.list)
        else {
            continue;
        };
        let name = &list.label;
        look(format!("{name} in government"), &|run| run.coalition >> place & 1 == 1);
        let has = words::agree(name, "has", "have");
        look(format!("{name} {has} most seats"), &|run| run.largest() == Some(place));
    }
    look("a nominee has failed before".to_owned(), &|run| !run.failed.is_empty());
    for event in motion::events(findings).iter().take(20) {
        let id = event.id().to_owned();
        let Some(place) = findings.summary.quantities.iter().position(|q| q.quantity.id == id)
        else {
            continue;
        };
        let tale = event.tale;
        look(words::upper(&event.clause.to_plain()), &|run| {
            super::telling::came(tale, run.quantities.get(place).copied().flatten(), None)
        });
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().take(3).map(|(_, words)| words).collect()
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
