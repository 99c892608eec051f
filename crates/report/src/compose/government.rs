//! The government to come: how long it takes, who leads it, which coalitions, step by step.

use assess::Interval;

use super::bottom_line::days;
use super::judgements::{days_note, past_days};
use super::notes::Notes;
use super::persons::{is_nobody, told};
use super::sections::spread;
use super::{Findings, judgements, words};
use crate::brief::{Block, Section};
use crate::numbers;
use crate::picture::{
    Line, LineKind, Picture, PictureError, coalition_matrix, days_curve, dotplot,
};
use crate::table::{Column, Table};
use crate::text::Text;

/// The constitutional deadlines as marks on an axis of days, each counted from the median end of the step before.
fn deadlines(findings: &Findings<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = past_days(findings)
        .into_iter()
        .map(|(days, election)| Line {
            at: f64::from(days),
            label: election.to_owned(),
            kind: LineKind::Past,
        })
        .collect();
    // What the clocks allow from ratification to confidence, if every step took all its time.
    let stages = &findings.summary.stages;
    let ratified = stages.first().map_or(0.0, |s| s.by.median);
    let allowed: u32 = stages.iter().filter_map(|s| s.deadline).sum();
    if allowed > 0 {
        let at = ratified + f64::from(allowed);
        let label = "every deadline used up".to_owned();
        lines.push(Line { at, label, kind: LineKind::Deadline });
    }
    lines
}

/// The section.
pub(super) fn write(
    findings: &Findings<'_>,
    notes: &mut Notes<'_>,
) -> Result<Section, PictureError> {
    let case = findings.model.case;
    let summary = findings.summary;
    let majority = case.assembly.as_ref().map_or(0, |a| *a.majority.get_ref());
    let note = days_note(findings, notes);
    let mut lead = Text::new()
        .plain("Forming a government takes ")
        .number(days(findings), note)
        .plain(format!(
            "; in {} of the runs there is none by {}. ",
            numbers::percent(1.0 - summary.days.formed),
            words::date(case.head.until)
        ));
    let heads = judgements::heads_note(notes);
    let kinds = judgements::kinds(findings);
    if !kinds.is_empty() {
        let told = kinds.iter().map(|kind| {
            let share = numbers::percent(kind.share);
            Text::new().plain(format!("{} in ", kind.words)).number(share, heads.clone())
        });
        lead =
            lead.plain("It is headed by ").text(words::row(told.collect())).plain(" of the runs.");
    }
    let mut blocks = vec![Block::Paragraph(lead)];
    let names = heads_table(findings);
    if !names.rows.is_empty() {
        blocks.push(Block::Table(names));
    }
    if !summary.coalitions.is_empty() {
        blocks.push(Block::figure(coalitions(findings, majority)?, "Filled marks are members. Coalitions that differ only in small lists count as one; their seats include the small lists'."));
    }
    let values: Vec<f64> =
        findings.ensemble.outcomes.iter().filter_map(|r| r.days.map(f64::from)).collect();
    let unfinished = (findings.ensemble.outcomes.len() - values.len()) as u64;
    let dots = dotplot::draw(&dotplot::Input {
        title: "Days from election to confidence".to_owned(),
        unit: "days".to_owned(),
        values: values.clone(),
        unfinished,
        unfinished_label: format!("no government by {}", words::date(case.head.until)),
        lines: deadlines(findings),
    })?;
    blocks.push(Block::figure(
        dots,
        "A hundred dots, each one run in a hundred; dotted lines are earlier formations.",
    ));
    let curve = days_curve::draw(&days_curve::Input {
        title: "How long the country may wait".to_owned(),
        unit: "days after the election".to_owned(),
        waiting: "no government yet".to_owned(),
        days: values,
        unfinished,
        window: summary.days.window.map_or(summary.days.when.high.max(1.0), f64::from),
        lines: deadlines(findings),
    })?;
    blocks.push(Block::figure(curve, "The share of runs still without a government on each day."));
    blocks.push(Block::Table(steps(findings)));
    if !summary.empty.is_empty() {
        let mut table = Table::new(
            "Posts still empty on the day of confidence",
            vec![Column::words("Post"), Column::numbers("Share of governments")],
        );
        for post in summary.empty.iter().take(6) {
            table.row([post.name.clone(), numbers::percent(post.share)]);
        }
        blocks.push(Block::Table(table));
    }
    Ok(Section { heading: "The government".to_owned(), blocks })
}

/// Who may head it, each name under its type.
fn heads_table(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(
        "Who heads the next government",
        vec![Column::words("Type"), Column::words("Name"), Column::numbers("Share of the runs")],
    );
    for kind in judgements::kinds(findings) {
        for (name, share) in kind.names.iter().filter(|(_, share)| *share >= 0.01) {
            let case = findings.model.case;
            let name = match (is_nobody(name), kind.words) {
                (true, "an outsider whom no list puts forward") => {
                    "nobody whom the case can name".to_owned()
                }
                _ => told(case, name),
            };
            table.row([words::upper(kind.words), name, numbers::percent(*share)]);
        }
    }
    table
}

fn coalitions(findings: &Findings<'_>, majority: u32) -> Result<Picture, PictureError> {
    let summary = findings.summary;
    let mut parties: Vec<String> = Vec::new();
    for list in &summary.lists {
        if summary.coalitions.iter().any(|c| c.labels.contains(&list.label)) {
            parties.push(list.label.clone());
        }
    }
    coalition_matrix::draw(&coalition_matrix::Input {
        title: "The likeliest governments".to_owned(),
        coalitions: (summary.coalitions.iter())
            .map(|c| coalition_matrix::Coalition {
                members: c
                    .labels
                    .iter()
                    .filter_map(|l| parties.iter().position(|p| p == l))
                    .collect(),
                probability: c.share,
                seats: spread(&c.seats),
            })
            .collect(),
        parties,
        majority,
        facts: vec![
            coalition_matrix::Fact {
                label: "Small lists".to_owned(),
                values: summary.coalitions.iter().map(|c| numbers::whole(c.smaller)).collect(),
            },
            coalition_matrix::Fact {
                label: "Median days where it forms".to_owned(),
                values: summary.coalitions.iter().map(|c| numbers::whole(c.days.median)).collect(),
            },
        ],
    })
}

/// The days to a government over all runs, those without one counted as longest.
fn of_all_runs(findings: &Findings<'_>) -> String {
    let [low, middle, high] = findings.summary.days.points.map(|d| d.map(f64::from));
    let told = |d: Option<f64>| d.map_or_else(|| "beyond".to_owned(), numbers::whole);
    match (low, high) {
        (Some(low), Some(high)) => format!("{} ({})", told(middle), numbers::dash_range(low, high)),
        _ => format!("{} ({} to {})", told(middle), told(low), told(high)),
    }
}

fn steps(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(
        "The constitutional steps",
        vec![
            Column::words("Step"),
            Column::numbers("Days allowed"),
            Column::numbers("Days it takes"),
            Column::numbers("Late"),
            Column::numbers("Done by day"),
        ],
    );
    let range = |i: &Interval| {
        format!("{} ({})", numbers::whole(i.median), numbers::dash_range(i.low, i.high))
    };
    let last = findings.summary.stages.len().saturating_sub(1);
    for (at, stage) in findings.summary.stages.iter().enumerate() {
        // The last step is the government itself, whose days are those of all runs wherever they are told.
        let by = match at == last {
            true => of_all_runs(findings),
            false => range(&stage.by),
        };
        table.row([
            stage.name.clone(),
            stage.deadline.map_or_else(|| "none".to_owned(), |d| d.to_string()),
            range(&stage.took),
            stage.late.map_or_else(|| "–".to_owned(), numbers::percent),
            by,
        ]);
    }
    table
}
