//! How much, and when: amounts that the processes report in sentences, and the courses of the runs as pictures.

use simulate::quantity::{AmountForm, Quantity, Unit};

use super::motion::ByKind;
use super::notes::Notes;
use super::telling;
use super::{Findings, words};
use crate::brief::Block;
use crate::numbers;
use crate::picture::{PictureError, escalation_ladder};
use crate::text::Text;

/// The most pictures of one kind.
const PICTURES: usize = 3;
/// A rivalry that leaves its rung in fewer runs than this is not drawn.
const MOVED: f64 = 0.02;

/// Attacks, the worst shortage and the largest protest, in sentences.
pub(super) fn amounts(findings: &Findings<'_>, notes: &mut Notes<'_>) -> ByKind {
    let days = findings.model.end.since(findings.model.start).map_or(0, |s| s.get_days());
    let weeks = f64::from(days.max(1)) / 7.0;
    let mut all = ByKind::new();
    for reported in &findings.summary.quantities {
        let values = &reported.values;
        if reported.came_about == 0.0 || values.high <= 0.0 {
            continue;
        }
        let Some(amount) = &reported.quantity.amount else { continue };
        let note = notes.on(
            format!("motion.{}", reported.quantity.id),
            reported.quantity.name.clone(),
            "The middle run with the range that holds nine in ten.",
            |path| amount.roots.iter().any(|root| path.starts_with(root.as_str())),
        );
        let percent = |share: f64| numbers::share(share);
        let text = match &amount.form {
            AmountForm::Times(name, [one, several], on) => {
                let count = numbers::about(values.median, values.low, values.high);
                let range = numbers::range(values.low, values.high);
                Text::new()
                    .name(words::start(name))
                    .plain(words::agree(name, one, several))
                    .name(words::mid(on))
                    .plain(" ")
                    .number(format!("{count} times ({range})"), note)
                    .plain(match values.median / weeks {
                        rare if rare < 0.1 => " in the middle run.".to_owned(),
                        rate => {
                            format!(" in the middle run, {} a week.", numbers::decimal(rate, 1))
                        }
                    })
            }
            AmountForm::Share(before, after) => {
                let held = format!(
                    "{} ({} to {})",
                    percent(values.median),
                    percent(values.low),
                    percent(values.high)
                );
                Text::new().plain(*before).number(held, note).plain(*after)
            }
        };
        all.entry(amount.subject).or_default().push(text);
    }
    all
}

/// The ladders of rivalries that move.
pub(super) fn pictures(findings: &Findings<'_>) -> Result<Vec<Block>, PictureError> {
    let mut blocks = Vec::new();
    let followed = &findings.model.followed;
    let ladders = followed.iter().enumerate().filter(|(_, q)| q.unit == Unit::Rung);
    let ladders = ladders.filter_map(|(at, quantity)| ladder(findings, at, quantity));
    for input in ladders.take(PICTURES) {
        let picture = escalation_ladder::draw(&input)?;
        blocks.push(Block::figure(
            picture,
            "The larger the disc, the more runs stand on that rung on that day; the square is where the rivalry stands on the date of the brief.",
        ));
    }
    Ok(blocks)
}

/// The runs on each rung of a rivalry, four weeks by four weeks; none where it hardly moves.
fn ladder(
    findings: &Findings<'_>,
    at: usize,
    quantity: &Quantity,
) -> Option<escalation_ladder::Input> {
    let id = quantity.key.of.as_deref()?;
    let rivalry = findings.model.case.rivalries.iter().find(|r| r.id.get_ref() == id)?;
    let width = findings.model.followed.len();
    let days = &findings.summary.courses.get(at)?.points;
    let runs = findings.ensemble.outcomes.len();
    let mut counts = vec![vec![0_usize; rivalry.rungs.len()]; days.len()];
    for run in &findings.ensemble.outcomes {
        for (step, values) in run.course.chunks_exact(width).enumerate() {
            let rung = values[at].round().max(0.0) as usize;
            *counts.get_mut(step)?.get_mut(rung)? += 1;
        }
    }
    let now = telling::rung(findings.model.case, rivalry) as usize;
    let stay = counts.iter().map(|c| c.get(now).copied().unwrap_or(0)).min()?;
    if runs == 0 || stay as f64 > (1.0 - MOVED) * runs as f64 {
        return None;
    }
    // A year of steps has room; a longer window is thinned evenly, its last day kept.
    let every = days.len().div_ceil(12).max(1);
    let last = days.len() - 1;
    let kept = (0..days.len()).filter(|s| (last - s) % every == 0 || *s == 0);
    let steps = kept.map(|s| escalation_ladder::Step {
        label: days[s].0.strftime("%b %Y").to_string(),
        shares: counts[s].iter().map(|c| *c as f64 / runs as f64).collect(),
        observed: (s == 0).then_some(now),
    });
    Some(escalation_ladder::Input {
        title: format!("Rungs between {}", words::mid(&rivalry.name)),
        rungs: rivalry.rungs.clone(),
        steps: steps.collect(),
    })
}
