//! The decisions ahead: where each stands today, when it comes up, and what comes of it.

use super::answers::{concerns, short};
use super::facts::{Facts, Matter};
use super::{Findings, words};
use crate::brief::{Block, Section};
use crate::joined::Answer;
use crate::numbers;
use crate::table::{Column, Table};
use crate::text::Text;

/// The answer to the key question that asks about a matter.
fn answered<'a>(findings: &Findings<'a>, matter: &Matter<'_>) -> Option<&'a Answer> {
    findings.joined.answers.iter().find(|answer| concerns(answer, matter))
}

/// The section, where anything is decided.
pub(super) fn section(findings: &Findings<'_>, facts: &Facts<'_>) -> Option<Section> {
    if facts.matters.is_empty() {
        return None;
    }
    let end = words::date(findings.model.end);
    let seen =
        facts.matters.iter().any(|m| answered(findings, m).is_some_and(|a| a.outside.is_some()));
    let mut columns = vec![
        Column::words("Matter"),
        Column::words("Status"),
        Column::words("When"),
        Column::words(format!("By {end}, shares of the runs")),
    ];
    if seen {
        columns.push(Column::numbers("Elsewhere"));
        columns.push(Column::numbers("Joined"));
    }
    let mut table = Table::new("What is open, the most open and most contested first", columns);
    for matter in &facts.matters {
        let comes = matter.comes.iter().filter(|(_, share)| *share >= 0.01).take(4);
        let comes: Vec<String> = comes
            .map(|(words, share)| format!("{words} {}", numbers::short_percent(*share)))
            .collect();
        let mut row = vec![
            Text::new().name(matter.name.clone()),
            Text::from(matter.status.words.clone()),
            Text::from(matter.when.clone().unwrap_or_else(|| match matter.office {
                true => "as the steps to a government allow".to_owned(),
                false => "not foreseen on a day".to_owned(),
            })),
            Text::from(comes.join("; ")),
        ];
        if seen {
            let of = |pick: &dyn Fn(&Answer) -> Option<String>| {
                Text::from(
                    answered(findings, matter).and_then(pick).unwrap_or_else(|| "–".to_owned()),
                )
            };
            row.push(of(&|a| a.outside.as_ref().map(short)));
            row.push(of(&|a| a.said.as_ref().ok().filter(|_| a.outside.is_some()).map(short)));
        }
        table.rows.push(row);
    }
    if seen {
        table.notes.push("Elsewhere and joined are the answers to the key question that asks about the matter; its wording may differ.".to_owned());
    }
    let blocks = vec![Block::Table(table)];
    Some(Section { heading: "Decisions ahead".to_owned(), blocks })
}
