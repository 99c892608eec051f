//! What the journal says of an election.

use theory::electoral::steps::{Clause, Step};

use super::{District, Mood};
use crate::model::{ListId, Model};
use crate::world::Seats;

pub(super) fn swing_story(model: &Model<'_>, mood: &Mood) -> String {
    let mut lists: Vec<(f64, ListId)> =
        mood.national.iter().enumerate().map(|(l, z)| (*z, l)).collect();
    lists.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let name = |at: Option<&(f64, ListId)>| at.map_or("nobody", |(_, l)| model.label(*l));
    format!(
        "The country swings most towards {} and most away from {}",
        name(lists.first()),
        name(lists.last())
    )
}

fn ranked(model: &Model<'_>, seats: &[u32], most: usize) -> String {
    let mut lists: Vec<(u32, ListId)> = seats
        .iter()
        .take(model.lists.len())
        .enumerate()
        .map(|(l, s)| (*s, l))
        .filter(|(s, _)| *s > 0)
        .collect();
    lists.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let text: Vec<String> =
        lists.iter().take(most).map(|(s, l)| format!("{} {s}", model.label(*l))).collect();
    text.join(", ")
}

pub(super) fn district_story(
    model: &Model<'_>,
    district: &District,
    (won, others): (&[u32], u32),
    women: u32,
    steps: &[Step],
) -> String {
    let others = if others > 0 { format!(", small lists {others}") } else { String::new() };
    let women = if women > 0 { format!("; its lists owe {women} women") } else { String::new() };
    let counted = format!("{}{}", by_quota(model, steps), by_count(model, steps));
    format!("{} elects {}{others}{women}{counted}", district.name, ranked(model, won, 30))
}

/// Whose men gave way to whose women.
fn by_quota(model: &Model<'_>, steps: &[Step]) -> String {
    let swaps: Vec<String> = (steps.iter())
        .filter(|step| step.clause == Clause::WomensQuota)
        .filter_map(|step| Some((name(model, step.list), name(model, step.next?))))
        .map(|(to, from)| match to == from {
            true => format!("{to} for a man of its own"),
            false => format!("{to} for a man of {from}"),
        })
        .collect();
    if swaps.is_empty() {
        return String::new();
    }
    format!("; by the women's quota a woman of {}", swaps.join(", of "))
}

/// The first stages of a count of papers.
fn by_count(model: &Model<'_>, steps: &[Step]) -> String {
    let stage = |step: &Step| {
        let name = name(model, step.list);
        match step.clause {
            Clause::Quota => Some(format!("{name} has a quota")),
            Clause::LastPlace => Some(format!("{name} takes a last place")),
            Clause::Surplus => Some(format!("a surplus of {name} passes on")),
            Clause::Exclusion => Some(format!("a candidate of {name} is excluded")),
            _ => None,
        }
    };
    let stages: Vec<String> = steps.iter().filter_map(stage).collect();
    if stages.is_empty() {
        return String::new();
    }
    let more = match stages.len().saturating_sub(STAGES) {
        0 => String::new(),
        more => format!(", and {more} stages more"),
    };
    let first = &stages[..stages.len().min(STAGES)];
    format!("; in the count {}{more}", first.join(", "))
}

/// Stages that are told.
const STAGES: usize = 40;

/// A list by its name.
fn name<'m>(model: &'m Model<'_>, list: ListId) -> &'m str {
    match model.lists.get(list) {
        Some(_) => model.label(list),
        None => "a small list",
    }
}

pub(super) fn national_story(model: &Model<'_>, seats: &Seats) -> String {
    format!(
        "The new assembly: {}; turnout {:.1} %",
        ranked(model, &seats.lists, 8),
        100.0 * seats.turnout
    )
}
