//! Who gets what he wants, and whether it would have come out so without him: the page that the rest is for.

use assess::influence::OfActor;
use assess::interval::Interval;

use super::facts::{Facts, Matter};
use super::notes::Notes;
use super::persons::told;
use super::words;
use crate::brief::{Block, Section};
use crate::numbers;
use crate::picture::{PictureError, Spread, decisiveness};
use crate::table::{Column, Table};
use crate::text::Text;

/// The most bars drawn.
const BARS: usize = 12;
/// What moves a matter by less than this share of the runs is told in the table alone: nobody would act on it (*Judged*).
pub(super) const TOLD: f64 = 0.02;

/// Channels that move less than this between them are not told apart.
const LEAST: f64 = 0.01;

/// A power in a matter.
pub(super) type Stake<'s, 'f> = (&'s Matter<'f>, &'f OfActor);

/// Every power in every matter, what decides most first.
pub(super) fn stakes<'s, 'f>(facts: &'s Facts<'f>) -> Vec<Stake<'s, 'f>> {
    let mut all: Vec<Stake<'s, 'f>> =
        facts.matters.iter().flat_map(|m| m.actors.iter().map(move |a| (m, a))).collect();
    all.sort_by(|a, b| {
        (b.1.decisiveness.abs().total_cmp(&a.1.decisiveness.abs()))
            .then(a.0.name.cmp(&b.0.name))
            .then(a.1.camp.cmp(&b.1.camp))
    });
    all
}

/// Whether a power's weight in a matter is more than the luck of the runs.
pub(super) fn stands(actor: &OfActor) -> bool {
    actor.decisiveness.abs() >= TOLD && actor.between.0 * actor.between.1 > 0.0
}

/// The section, where anybody wants anything.
pub(super) fn section(
    facts: &Facts<'_>,
    notes: &mut Notes<'_>,
) -> Result<Option<Section>, PictureError> {
    let stakes = stakes(facts);
    if stakes.is_empty() {
        return Ok(None);
    }
    let note = note(facts, notes);
    let again = match facts.runs > facts.pairs as usize {
        true => format!("{} of the runs were", numbers::whole(f64::from(facts.pairs))),
        false => "Every run was".to_owned(),
    };
    let mut blocks = vec![Block::Paragraph(Text::new().plain(format!("{again} played again without each power: without its wishes, ties and threats, all else and all luck the same. ")).strong("Success").plain(" is how often a matter comes out as it wants, ").strong("luck").plain(" how often it would have without it, and what it ").strong("decides").plain(format!(" is the difference, in points, over {} pairs of runs.", numbers::whole(f64::from(facts.pairs)))))];
    let mut items: Vec<Text> =
        (0..facts.camps.len()).filter_map(|camp| of_camp(facts, camp, &stakes, &note)).collect();
    items.extend(without(facts, &stakes));
    blocks.push(Block::List(items));
    let drawn: Vec<decisiveness::Bar> = (stakes.iter().filter(|(_, a)| stands(a)).take(BARS))
        .map(|(matter, actor)| decisiveness::Bar {
            who: facts.camps[actor.camp].label.clone(),
            matter: matter.name.clone(),
            decides: Spread::new(
                100.0 * actor.decisiveness,
                100.0 * actor.between.0,
                100.0 * actor.between.1,
            ),
            success: actor.success,
            luck: actor.luck,
        })
        .collect();
    if !drawn.is_empty() {
        let title = match drawn.first() {
            Some(first) => {
                format!("{} decides most, over \u{201c}{}\u{201d}", first.who, first.matter)
            }
            None => "Who decides what".to_owned(),
        };
        let picture = decisiveness::draw(&decisiveness::Input { title, bars: drawn })?;
        blocks.push(Block::figure(
            picture,
            "Points by which a matter comes out as a power wants more often with it than without; the line holds nine in ten. What moves less than two points, or is not told apart from nothing, is in the table alone.",
        ));
    }
    blocks.push(Block::Table(table(facts)));
    let channels = channels(facts, &stakes);
    if !channels.rows.is_empty() {
        blocks.push(Block::Table(channels));
    }
    Ok(Some(Section { heading: "Who gets his way".to_owned(), blocks }))
}

/// The note behind all of it.
pub(super) fn note(facts: &Facts<'_>, notes: &mut Notes<'_>) -> String {
    notes.on("influence", "Who gets his way", counted(facts), |path| {
        path.starts_with("wish.") || path.starts_with("anchor.")
    })
}

/// How it was counted.
pub(super) fn counted(facts: &Facts<'_>) -> String {
    format!(
        "Counted over {} pairs of runs, with the power and without it under the same luck; from wishes, ties and threats, and from how far wishes carried in settled decisions.",
        numbers::whole(f64::from(facts.pairs))
    )
}

/// Points: "+12 (7 to 17)".
fn points(actor: &OfActor) -> String {
    format!("{} ({})", numbers::signed(100.0 * actor.decisiveness, 0), between(actor))
}

/// The interval of what a power decides, in points.
fn between(actor: &OfActor) -> String {
    let of = |share: f64| numbers::decimal(100.0 * share, 0);
    format!("{} to {}", of(actor.between.0), of(actor.between.1))
}

/// What a power gets, in a sentence or two.
fn of_camp(facts: &Facts<'_>, camp: usize, stakes: &[Stake<'_, '_>], note: &str) -> Option<Text> {
    let own: Vec<&Stake<'_, '_>> = stakes.iter().filter(|(_, a)| a.camp == camp).collect();
    if !own.iter().any(|(_, a)| tells(a)) {
        return None;
    }
    let who = &facts.camps[camp];
    let with = match who.with.is_empty() {
        true => String::new(),
        false => format!(" (with {})", who.with.join(", ")),
    };
    let mut text = Text::new().strong(words::start(&who.name)).plain(format!(
        "{with} wants something in {}",
        numbers::counted(own.len(), "matter", "matters")
    ));
    let told: Vec<Text> = (own.iter().filter(|(_, a)| stands(a)).take(3))
        .map(|(matter, actor)| {
            Text::new().plain("\u{201c}").name(matter.name.clone()).plain("\u{201d}, ").number(
                format!(
                    "{} points ({})",
                    numbers::signed(100.0 * actor.decisiveness, 0),
                    between(actor)
                ),
                note,
            )
        })
        .collect();
    text = match told.is_empty() {
        true => text.plain("; it moves none of them by two points or more."),
        false => text.plain("; it decides most over ").text(words::row(told)).plain("."),
    };
    let held: Vec<Text> = (own.iter())
        .filter(|(_, a)| a.block.mean >= 0.5)
        .take(3)
        .map(|(matter, _)| {
            Text::new().plain("\u{201c}").name(matter.name.clone()).plain("\u{201d}")
        })
        .collect();
    if !held.is_empty() {
        text = text.plain(" More often than not it can stop ").text(words::row(held)).plain(".");
    }
    Some(text)
}

/// Whether there is something to tell of a power in a matter: that it moves it, or can stop it.
fn tells(actor: &OfActor) -> bool {
    stands(actor) || actor.block.mean >= 0.5
}

/// The powers that want something and move none of it, in one sentence.
fn without(facts: &Facts<'_>, stakes: &[Stake<'_, '_>]) -> Option<Text> {
    let of = |camp: usize| stakes.iter().filter(move |(_, a)| a.camp == camp);
    let names: Vec<Text> = (0..facts.camps.len())
        .filter(|camp| of(*camp).next().is_some() && !of(*camp).any(|(_, a)| tells(a)))
        .map(|camp| Text::new().strong(words::mid(&facts.camps[camp].name)))
        .collect();
    (!names.is_empty()).then(|| {
        Text::new()
            .plain("No matter is moved by two points or more by ")
            .text(words::row(names))
            .plain(".")
    })
}

/// By which channels what a power decides is decided: each channel's part of all that its channels move.
fn channels(facts: &Facts<'_>, stakes: &[Stake<'_, '_>]) -> Table {
    let mut table = Table::new(
        "By which channel",
        vec![Column::words("Power"), Column::words("Matter"), Column::words("Chiefly by")],
    );
    let Some(split) = facts.channels else { return table };
    for (matter, actor) in stakes.iter().filter(|(_, a)| stands(a)) {
        let of = split.matters.iter().find(|m| m.id == matter.id);
        let Some(of) = of.and_then(|m| m.actors.iter().find(|a| a.camp == actor.camp)) else {
            continue;
        };
        let whole: f64 = of.parts.iter().map(|part| part.share.abs()).sum();
        if whole < LEAST {
            continue;
        }
        let mut parts: Vec<(&str, f64)> =
            of.parts.iter().map(|part| (part.name.as_str(), part.share.abs() / whole)).collect();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let told = parts.iter().filter(|(_, share)| *share >= 0.15).take(3);
        let told: Vec<String> = told
            .map(|(name, share)| format!("{name} {}", numbers::short_percent(*share)))
            .collect();
        let who = facts.camps[actor.camp].label.clone();
        table.row([who, matter.name.clone(), told.join(", ")]);
    }
    table.notes.push(format!(
        "Each channel's part of all that the power's channels move, over {} pairs of runs (Shapley's value).",
        numbers::whole(f64::from(split.runs))
    ));
    table
}

/// What a power wants, nobody named twice, and what in some runs alone.
fn wants(facts: &Facts<'_>, actor: &OfActor) -> String {
    let always = actor.wants.iter().map(|words| told(facts.case, words));
    let fewer = actor.sometimes.iter().map(|(words, share)| {
        format!("{} in {} of the runs", told(facts.case, words), numbers::short_percent(*share))
    });
    always.chain(fewer).collect::<Vec<_>>().join("; ")
}

fn chance(interval: &Interval) -> String {
    if interval.high <= 0.0 {
        return "never".to_owned();
    }
    numbers::short_percent(interval.mean)
}

fn table(facts: &Facts<'_>) -> Table {
    let mut table = Table::new(
        "Success, luck and what each power decides, by matter",
        vec![
            Column::words("Matter"),
            Column::words("Power"),
            Column::words("Wants"),
            Column::numbers("Success"),
            Column::numbers("Luck"),
            Column::numbers("Decides, points (90%)"),
            Column::numbers("Can bring about"),
            Column::numbers("Can stop"),
        ],
    );
    for matter in &facts.matters {
        for actor in matter.actors {
            table.row([
                matter.name.clone(),
                facts.camps[actor.camp].label.clone(),
                wants(facts, actor),
                numbers::short_percent(actor.success),
                numbers::short_percent(actor.luck),
                points(actor),
                chance(&actor.impose),
                chance(&actor.block),
            ]);
        }
    }
    table.notes.push("Wishes are drawn anew in each run, and a run counts as a success by the wishes it drew. Success less luck is what a power decides, run by run. Can bring about and can stop: by the members of the deciding bodies that it holds.".to_owned());
    table
}
