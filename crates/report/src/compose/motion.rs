//! What moves until the window ends: events of the runs, ranked by how open they are and how far sway hangs on them.
//!
//! The rank of an event is `4p(1 - p)`, which is 1 where it is as likely as not and 0 where it is sure, plus the
//! distance between the leading power's mean sway at the end with and without it, in standard deviations of that
//! sway over the runs, of which no more than 1 counts (*Judged*: openness and consequence weigh the same).

use std::collections::BTreeMap;

use simulate::Outcome;
use simulate::quantity::{Came, Quantity, Subject, Tale};

use super::bottom_line::leading_patron;
use super::notes::Notes;
use super::telling;
use super::{Findings, courses, words};
use crate::brief::{Block, Section};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::picture::PictureError;
use crate::table::{Column, Table};
use crate::text::{NoteKey, Text};

/// Fewer runs than this on either side say nothing of a difference.
const LEAST: usize = 30;
/// How many events of one kind are told in sentences.
const SENTENCES: usize = 3;
/// The most events of one kind in a table.
const ROWS: usize = 10;

/// An event of the runs.
pub(super) struct Event<'q> {
    quantity: &'q Quantity,
    pub tale: &'q Tale,
    /// What follows "It is likely that".
    pub clause: Text,
    /// The share of runs in which it comes about.
    pub share: f64,
    /// The leading power's mean sway at the end with it and without, and how many deviations apart.
    effect: Option<(f64, f64, f64)>,
}

impl Event<'_> {
    fn rank(&self) -> f64 {
        4.0 * self.share * (1.0 - self.share)
            + self.effect.map_or(0.0, |(_, _, apart)| apart.abs().min(1.0))
    }

    /// The quantity that reports it.
    pub fn id(&self) -> &str {
        &self.quantity.id
    }

    /// The note that it rests on.
    pub fn note(&self, notes: &mut Notes<'_>) -> NoteKey {
        notes.on(
            format!("motion.{}", self.quantity.id),
            self.clause.to_plain(),
            "The share of runs in which it comes about before the window ends.",
            |path| self.tale.roots.iter().any(|root| path.starts_with(root.as_str())),
        )
    }
}

/// The told quantities with the share of runs in which each comes about, sure or not.
pub(super) fn every<'q>(findings: &Findings<'q>) -> impl Iterator<Item = (&'q Quantity, f64)> {
    let runs = &findings.ensemble.outcomes;
    let all = findings.summary.quantities.iter().enumerate();
    all.filter_map(move |(i, reported)| {
        let tale = reported.quantity.tale.as_ref()?;
        let value = |run: &Outcome| run.quantities.get(i).copied().flatten();
        let count = runs.iter().filter(|run| telling::came(tale, value(run), None)).count();
        Some((&reported.quantity, count as f64 / runs.len().max(1) as f64))
    })
}

/// The events of the runs, the most telling first; those of matters, which have a status and a page of their own, those that come about in every run or in none are left out.
pub(super) fn events<'q>(findings: &Findings<'q>) -> Vec<Event<'q>> {
    let runs = &findings.ensemble.outcomes;
    let followed = &findings.model.followed;
    let leader = leading_patron(findings).map(|l| format!("sway.{}", l.actor));
    let place = leader.and_then(|id| followed.iter().position(|q| q.id == id));
    let sway: Option<Vec<f64>> = place.map(|p| {
        let last = |course: &Vec<f32>| course.chunks_exact(followed.len()).last().map(|l| l[p]);
        runs.iter().map(|r| last(&r.course).map_or(0.0, f64::from)).collect()
    });
    let mut all = Vec::new();
    for (i, reported) in findings.summary.quantities.iter().enumerate() {
        let Some(tale) = &reported.quantity.tale else { continue };
        if super::facts::is_of_matter(findings, &reported.quantity) {
            continue;
        }
        // A climb is one from the rung that the run itself began on.
        let began = match &tale.came {
            Came::Climbed(from, _) => followed.iter().position(|q| q.id == *from),
            _ => None,
        };
        let came = |run: &Outcome| {
            let value = run.quantities.get(i).copied().flatten();
            let began = began.and_then(|place| run.course.get(place)).copied();
            telling::came(tale, value, began)
        };
        let came: Vec<bool> = runs.iter().map(came).collect();
        let count = came.iter().filter(|c| **c).count();
        if count == 0 || count == runs.len() {
            continue;
        }
        let share = count as f64 / runs.len() as f64;
        let effect = sway.as_ref().and_then(|sway| effect(sway, &came));
        let clause = telling::clause(tale);
        all.push(Event { quantity: &reported.quantity, tale, clause, share, effect });
    }
    all.sort_by(|a, b| b.rank().total_cmp(&a.rank()).then(a.quantity.id.cmp(&b.quantity.id)));
    all
}

/// The means of a number with and without an event, and how many deviations of the number they lie apart.
fn effect(values: &[f64], came: &[bool]) -> Option<(f64, f64, f64)> {
    let of = |yes: bool| -> Vec<f64> {
        values.iter().zip(came).filter(|(_, c)| **c == yes).map(|(v, _)| *v).collect()
    };
    let (with, without) = (of(true), of(false));
    if with.len() < LEAST || without.len() < LEAST {
        return None;
    }
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let middle = mean(values);
    let spread =
        (values.iter().map(|v| (v - middle).powi(2)).sum::<f64>() / values.len() as f64).sqrt();
    let (with, without) = (mean(&with), mean(&without));
    (spread > 0.0).then(|| (with, without, (with - without) / spread))
}

/// The section, where the runs move.
pub(super) fn section(
    findings: &Findings<'_>,
    notes: &mut Notes<'_>,
) -> Result<Option<Section>, PictureError> {
    if findings.summary.quantities.is_empty() {
        return Ok(None);
    }
    let end = words::date(findings.model.end);
    let mut kinds: Vec<(Subject, Vec<Event<'_>>)> = Vec::new();
    for event in events(findings) {
        match kinds.iter_mut().find(|(kind, _)| *kind == event.tale.subject) {
            Some((_, of)) => of.push(event),
            None => kinds.push((event.tale.subject, vec![event])),
        }
    }
    let mut blocks = Vec::new();
    if !kinds.is_empty() {
        blocks.push(Block::Paragraph(Text::from(format!(
            "What may come about between the date of the brief and {end}, the most open and the most consequential first."
        ))));
    }
    let mut amounts = courses::amounts(findings, notes);
    for (kind, events) in &kinds {
        blocks.push(Block::Heading(telling::heading(*kind).to_owned()));
        let mut items: Vec<Text> =
            events.iter().take(SENTENCES).map(|e| sentence(findings, notes, e)).collect();
        items.extend(amounts.remove(kind).unwrap_or_default());
        blocks.push(Block::List(items));
        blocks.push(Block::Table(table(notes, *kind, events)));
    }
    for (kind, items) in amounts {
        blocks.push(Block::Heading(telling::heading(kind).to_owned()));
        blocks.push(Block::List(items));
    }
    blocks.extend(courses::pictures(findings)?);
    let heading = "What moves until then".to_owned();
    Ok((!blocks.is_empty()).then_some(Section { heading, blocks }))
}

/// How likely an event is by the window's end, and what sway goes with it.
pub(super) fn sentence(findings: &Findings<'_>, notes: &mut Notes<'_>, event: &Event<'_>) -> Text {
    let runs = findings.summary.runs.max(1) as u64;
    let hits = (event.share * runs as f64).round() as u64;
    let likelihood = judge(findings.lexicon, Probability::of_runs(hits, runs));
    let note = event.note(notes);
    let by = format!(" by {}.", words::date(findings.model.end));
    Text::new()
        .opening(&likelihood)
        .text(event.clause.clone())
        .plain(", in ")
        .number(numbers::of_runs(hits, runs), note)
        .plain(by)
}

fn table(notes: &mut Notes<'_>, kind: Subject, events: &[Event<'_>]) -> Table {
    let columns = vec![Column::words("Event"), Column::numbers("Runs in which it comes about")];
    let mut table = Table::new(format!("{}: how often", telling::heading(kind)), columns);
    for event in events.iter().take(ROWS) {
        let note = event.note(notes);
        table.rows.push(vec![
            Text::new().name(words::upper(&event.clause.to_plain())),
            Text::new().number(numbers::percent(event.share), note),
        ]);
    }
    table
        .notes
        .extend((events.len() > ROWS).then(|| format!("… and {} more.", events.len() - ROWS)));
    table
}

/// Sentences by kind.
pub(super) type ByKind = BTreeMap<Subject, Vec<Text>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_the_difference_in_deviations() {
        // Half at 1, half at 3: a mean of 2 and a deviation of 1.
        let values: Vec<f64> = (0..100).map(|i| if i < 50 { 1.0 } else { 3.0 }).collect();
        let came: Vec<bool> = (0..100).map(|i| i >= 50).collect();
        assert_eq!(effect(&values, &came), Some((3.0, 1.0, 2.0)));
        let rare: Vec<bool> = (0..100).map(|i| i < LEAST - 1).collect();
        assert_eq!(effect(&values, &rare), None, "too few runs");
        assert_eq!(effect(&[1.0; 100], &came), None, "nothing differs");
    }
}
