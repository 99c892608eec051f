//! What to watch: the days that are fixed already, and what each would settle. Steps of what is forecast are no signs of
//! it; signs from outside are found by the study of runs ([`crate::joined::Sign`]).

use jiff::civil::Date;

use super::Findings;
use super::facts::Facts;
use crate::brief::Indicator;
use crate::numbers;
use crate::text::Text;

/// The most days told.
const MOST: usize = 6;
/// The most matters told that have no day.
const UNDATED: usize = 3;

/// Days to come, the nearest first.
pub(super) fn write(findings: &Findings<'_>, facts: &Facts<'_>) -> Vec<Indicator> {
    let mut all = fixed(findings);
    let case = findings.model.case;
    all.retain(|(day, ..)| *day > case.as_of && *day <= findings.model.end);
    all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    all.truncate(MOST);
    let told = all.into_iter().map(|(day, event, id)| {
        let matter = facts.matters.iter().find(|m| Some(m.id.as_str()) == id.as_deref());
        let moves = match matter.and_then(|m| Some((m, m.likeliest()?.0))) {
            Some((m, likeliest)) => {
                Text::new().plain("Status: ").plain(m.status.words.clone()).plain(format!(
                    "; in the runs it most often comes to \u{201c}{likeliest}\u{201d}."
                ))
            }
            None => Text::from("The forecast is to be made again on what comes of it."),
        };
        Indicator { event: Text::new().name(event), by: Some(day), moves }
    });
    let mut told: Vec<Indicator> = told.collect();
    // What has no day is watched for all the same.
    let open = facts.matters.iter().filter(|m| !m.office && m.when.is_some());
    let room = MOST.saturating_sub(told.len()).min(UNDATED);
    told.extend(open.take(room).filter_map(|m| {
        let (likeliest, share) = m.likeliest()?;
        let event = Text::new().plain("\u{201c}").name(m.name.clone()).plain("\u{201d} comes up");
        let moves = Text::new().plain("Status: ").plain(m.status.words.clone()).plain(format!(
            "; it ends in \u{201c}{likeliest}\u{201d} in {} of the runs.",
            numbers::percent(share)
        ));
        Some(Indicator { event, by: None, moves })
    }));
    told
}

/// Days that the case fixes: what happens, and the matter it belongs to.
fn fixed(findings: &Findings<'_>) -> Vec<(Date, String, Option<String>)> {
    let case = findings.model.case;
    let mut all = Vec::new();
    for decision in &case.decisions {
        if let Some(day) = decision.day {
            all.push((
                day,
                format!("A decision is due: {}", decision.name),
                Some(decision.id.get_ref().clone()),
            ));
        }
    }
    for waiver in &case.waivers {
        if let Some(day) = waiver.expires(case.as_of) {
            all.push((day, format!("{} runs out", waiver.name), Some(waiver.id.get_ref().clone())));
        }
    }
    for dialogue in &case.dialogues {
        all.push((dialogue.from, format!("{} opens", dialogue.name), None));
    }
    if let Some(contest) = case.contest.as_ref().filter(|_| findings.model.elects()) {
        all.push((*contest.date.get_ref(), "Voters go to the polls".to_owned(), None));
    }
    // The next step that the constitution bounds, counted from the step before.
    if let (Some(day), false) = (findings.model.election_day(), findings.model.elects())
        && let Some(stage) = findings.summary.stages.first()
        && let Some(days) = stage.deadline
        && let Ok(last) = day.checked_add(jiff::Span::new().days(i64::from(days)))
    {
        all.push((
            last,
            format!("The last day the constitution allows for \u{201c}{}\u{201d}", stage.name),
            None,
        ));
    }
    all
}
