//! What the journal says of an election.

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
    won: &[u32],
    others: u32,
    women: u32,
) -> String {
    let others = if others > 0 { format!(", small lists {others}") } else { String::new() };
    let women = if women > 0 { format!("; its lists owe {women} women") } else { String::new() };
    format!("{} elects {}{others}{women}", district.name, ranked(model, won, 30))
}

pub(super) fn national_story(model: &Model<'_>, seats: &Seats) -> String {
    format!(
        "The new assembly: {}; turnout {:.1} %",
        ranked(model, &seats.lists, 8),
        100.0 * seats.turnout
    )
}
