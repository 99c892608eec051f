//! How influence changed, and why: told of ties, and apart from it of seats. Who sits in the house says nothing of how
//! strongly anybody pulls, so "more" and "less" are said of the ties alone.

use assess::interval::Interval;
use assess::measure::PartKind;
use assess::measure::change::{Cause, Change};
use assess::measure::course::Course;

use super::notes::Notes;
use super::{Findings, words};
use crate::brief::{Block, Section};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::picture::{PictureError, influence_fan};
use crate::table::{Column, Table};
use crate::text::Text;

/// A share of a change smaller than this, in shares of the whole, is not told apart (*Judged*: half a tenth of a point,
/// which the tables round away).
const LEAST: f64 = 0.0005;
/// A power is said to pull more or less where its ties moved its sway by so much (*Judged*: a tenth of a point).
const TOLD: f64 = 0.001;
/// The most causes that are told of one power, and of all.
const OF_ONE: usize = 3;
const OF_ALL: usize = 10;

/// The section, where sway was measured over time and there is a change to tell.
pub(super) fn section(
    findings: &Findings<'_>,
    notes: &mut Notes<'_>,
) -> Result<Option<Section>, PictureError> {
    let Some(course) = &findings.joined.over_time else { return Ok(None) };
    let changes: Vec<&Change> = course.actors.iter().filter_map(|a| a.change.as_ref()).collect();
    let Some(first) = changes.first() else { return Ok(None) };
    let coming = course.points.last().is_some_and(|p| p.coming);
    let house = match coming {
        true => " On the last day the house counts that is yet to be elected.",
        false => "",
    };
    let opening = format!(
        "From {} to {}, by what was known on the last day, over {} draws. A change of sway over {} has two parts: what ",
        words::date(first.from),
        words::date(first.to),
        numbers::whole(f64::from(course.draws)),
        course.name,
    );
    let opening = Text::from(opening)
        .strong("ties")
        .plain(" did, whether a power pulls more or less than before, and what ")
        .strong("seats")
        .plain(format!(" did, who sits, whoever pulls on them. A list that goes on under another name is one list.{house}"));
    let mut blocks = vec![Block::Paragraph(opening)];
    let told = changes.iter().map(|change| of_one(findings, course, change, notes));
    blocks.push(Block::List(told.collect()));
    blocks.push(Block::Table(table(&changes)));
    let causes = causes(findings, &changes);
    if !causes.rows.is_empty() {
        blocks.push(Block::Table(causes));
    }
    let moved = changes.iter().any(|change| by_ties(change).next().is_some());
    if moved && let Some(fan) = fan(course)? {
        blocks.push(fan);
    }
    let heading = "How influence changed, and why".to_owned();
    Ok(Some(Section { heading, blocks }))
}

/// Points with a sign: "+1.2".
fn points(share: f64) -> String {
    numbers::signed(100.0 * share, 1)
}

/// What ties moved of a change, the largest first.
fn by_ties(change: &Change) -> impl Iterator<Item = &Cause> {
    let told = |cause: &&Cause| cause.kind != PartKind::House && cause.share.mean.abs() >= LEAST;
    change.causes.iter().filter(told)
}

/// Whether a power pulls more or less, in a sentence, and by how much.
fn of_one(
    findings: &Findings<'_>,
    course: &Course,
    change: &Change,
    notes: &mut Notes<'_>,
) -> Text {
    let name = findings.model.case.actor(&change.actor).map_or(change.label.as_str(), |a| &a.name);
    let paths: Vec<&str> = by_ties(change).flat_map(|c| &c.paths).map(String::as_str).collect();
    let note = notes.on(
        format!("change.{}", change.actor),
        format!("What the ties of {} did", words::mid(name)),
        "Each statement that changed is moved from the first day to the last, in every order; its part is the mean of what it then does (Shapley's value), so that the parts add up.",
        |path| paths.contains(&path),
    );
    let stronger = &change.stronger;
    let mut text = Text::new().strong(words::start(name)).plain(": ");
    let ties = |cause: &Cause| cause.kind != PartKind::House && cause.share.mean != 0.0;
    if !change.causes.iter().any(ties) {
        text = text.plain("the case dates no change of its ties; ");
    } else if stronger.same >= 1.0 || paths.is_empty() || change.ties.mean.abs() < TOLD {
        text =
            text.plain("what changed of its ties moved its sway by less than a tenth of a point; ");
    } else {
        let more = stronger.rises >= stronger.falls;
        let share = if more { stronger.rises } else { stronger.falls };
        let hits = (share * f64::from(course.draws)).round() as u64;
        let likelihood =
            judge(findings.lexicon, Probability::of_runs(hits, u64::from(course.draws)));
        let verb = match more {
            true => words::agree(name, " pulls more than it did", " pull more than they did"),
            false => words::agree(name, " pulls less than it did", " pull less than they did"),
        };
        text = text
            .opening_within(&likelihood)
            .plain(format!("it{verb}: its ties come to "))
            .number(
                format!(
                    "{} points ({} to {})",
                    points(change.ties.mean),
                    points(change.ties.low),
                    points(change.ties.high)
                ),
                note.clone(),
            )
            .plain("; ");
    }
    let [before, after] = &change.outside;
    let held = |share: &Interval| {
        let range = numbers::range(100.0 * share.low, 100.0 * share.high);
        format!("{} ({range}%)", numbers::percent(share.mean))
    };
    text.plain("seats come to ")
        .number(format!("{} points", points(change.seats.mean)), note.clone())
        .plain(". Of what all powers outside hold it has ")
        .number(held(after), note.clone())
        .plain(", where it had ")
        .number(held(before), note)
        .plain(".")
}

fn table(changes: &[&Change]) -> Table {
    let (from, to) =
        changes.first().map_or_else(Default::default, |c| (words::date(c.from), words::date(c.to)));
    let mut table = Table::new(
        "How sway changed",
        vec![
            Column::words("Power"),
            Column::numbers(from),
            Column::numbers(to),
            Column::numbers("Change, points (90%)"),
            Column::numbers("By ties"),
            Column::numbers("By seats"),
            Column::numbers("Of all outside, before"),
            Column::numbers("After"),
        ],
    );
    for change in changes {
        let all = &change.change;
        table.row([
            change.label.clone(),
            numbers::share(change.before.mean),
            numbers::share(change.after.mean),
            format!("{} ({} to {})", points(all.mean), points(all.low), points(all.high)),
            points(change.ties.mean),
            points(change.seats.mean),
            numbers::percent(change.outside[0].mean),
            numbers::percent(change.outside[1].mean),
        ]);
    }
    table
}

/// What moved ties, the largest first, with what happened then.
fn causes(findings: &Findings<'_>, changes: &[&Change]) -> Table {
    let mut table = Table::new(
        "What ties did, one by one",
        vec![
            Column::words("Power"),
            Column::words("What changed"),
            Column::numbers("Points"),
            Column::words("Since"),
            Column::words("What happened then, or who says so"),
        ],
    );
    let case = findings.model.case;
    let mut all: Vec<(&Change, &Cause)> = Vec::new();
    for change in changes {
        all.extend(by_ties(change).take(OF_ONE).map(|cause| (*change, cause)));
    }
    all.sort_by(|a, b| b.1.share.mean.abs().total_cmp(&a.1.share.mean.abs()));
    for (change, cause) in all.into_iter().take(OF_ALL) {
        let events = cause.events.iter().filter_map(|id| {
            case.events.iter().find(|e| e.id.get_ref() == id).map(|e| e.what.clone())
        });
        let sources = cause
            .documents
            .iter()
            .filter_map(|key| case.source(key))
            .map(|source| format!("{}, {}", source.publisher, words::date(source.published)));
        let why = events.chain(sources).next();
        let why = why.or_else(|| cause.judged.first().map(|reason| format!("judged: {reason}")));
        table.row([
            change.label.clone(),
            cause.what.clone(),
            numbers::signed(100.0 * cause.share.mean, 2),
            cause.since.map_or_else(String::new, words::date),
            why.unwrap_or_default(),
        ]);
    }
    table
}

/// The power that pulls most, over time, with what moved it.
fn fan(course: &Course) -> Result<Option<Block>, PictureError> {
    let last = |actor: &&assess::measure::course::ActorCourse| {
        actor.at.iter().rev().flatten().next().map_or(0.0, |at| at.total.mean)
    };
    let most = course.actors.iter().max_by(|a, b| last(a).total_cmp(&last(b)));
    let Some(most) = most.filter(|_| course.points.len() > 2) else { return Ok(None) };
    let shown = crate::joined::Course::of(course, most);
    let picture = influence_fan::draw(&influence_fan::Input {
        title: shown.name,
        unit: shown.unit,
        shares: shown.shares,
        points: shown.points,
        evidence: shown.evidence,
    })?;
    Ok(Some(Block::figure(
        picture,
        "The line is the mean, the dark band holds half and the pale one nine in ten; ticks mark what moved it.",
    )))
}
