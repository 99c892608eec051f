//! What the journal says of an election.

use theory::electoral::steps::Step;

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
    moved: &[Step],
) -> String {
    let others = if others > 0 { format!(", small lists {others}") } else { String::new() };
    let women = if women > 0 { format!("; its lists owe {women} women") } else { String::new() };
    let quota = by_quota(model, moved);
    format!("{} elects {}{others}{women}{quota}", district.name, ranked(model, won, 30))
}

/// Whose men gave way to whose women.
fn by_quota(model: &Model<'_>, moved: &[Step]) -> String {
    let name = |list: ListId| match model.lists.get(list) {
        Some(_) => model.label(list),
        None => "a small list",
    };
    let swaps: Vec<String> = (moved.iter())
        .filter_map(|step| Some((name(step.list), name(step.next?))))
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

pub(super) fn national_story(model: &Model<'_>, seats: &Seats) -> String {
    format!(
        "The new assembly: {}; turnout {:.1} %",
        ranked(model, &seats.lists, 8),
        100.0 * seats.turnout
    )
}
