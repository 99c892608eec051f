//! What the brief says beyond the forecast itself: what to watch for, and when an outcome comes about.

use assess::discover::{DiscoverError, Plan as Boxes};
use assess::indicators::{IndicatorError, Plan as Signs, indicators};
use assess::{Ask, Summary, discover};
use report::joined::{Discovery, Joined, Sign};
use simulate::Model;

use crate::command::indicators::failure;
use crate::failure::Failure;
use crate::screen;

/// Runs that look for signs and boxes: a part of the brief's own, as each is played once more and watched.
const MOST_RUNS: u32 = 4_000;
/// Signs told of an outcome.
const TOP: usize = 4;

/// An outcome worth watching for: the question and how it is told.
struct Outcome {
    ask: String,
    clause: String,
}

/// The outcomes: that forming a government takes longer than in the middle run, and that the likeliest head of
/// government comes to office. None where nothing is pending.
fn outcomes(summary: &Summary) -> Vec<Outcome> {
    let mut all = Vec::new();
    let [_, middle, _] = summary.days.points;
    if let Some(days) = middle.map(|days| (days + 5) / 10 * 10) {
        all.push(Outcome {
            ask: format!("government.days > {days}"),
            clause: format!("forming a government takes more than {days} days"),
        });
    }
    if let Some(head) = summary.heads.first().filter(|h| (0.05..0.95).contains(&h.share)) {
        all.push(Outcome {
            ask: format!("head == {}", head.id),
            clause: format!("{} becomes head of government", head.name),
        });
    }
    all
}

/// Finds out.
pub(super) fn found(
    model: &Model<'_>,
    summary: &Summary,
    seed: u64,
    runs: u32,
) -> Result<Joined, Failure> {
    let mut joined = Joined::default();
    let runs = runs.min(MOST_RUNS);
    let all = outcomes(summary);
    let bar = screen::progress(2 * u64::from(runs) * all.len() as u64, "signs");
    for outcome in all {
        let ask = Ask::read(&outcome.ask, model).map_err(|e| Failure::Internal(e.to_string()))?;
        let plan = Signs { seed, runs, days: Vec::new(), levels: false, top: TOP };
        match indicators(model, &ask, &plan, &|done| bar.inc(done)) {
            Ok(found) => {
                let standing = found.indicators.iter().filter(|i| i.stands);
                joined.signs.extend(standing.map(|i| Sign::of(i, &outcome.clause)));
            }
            // Too few runs, or an outcome that always or never comes about: there is nothing to say.
            Err(IndicatorError::Step(fault)) => return Err(failure(IndicatorError::Step(fault))),
            Err(_) => {}
        }
        let plan = Boxes { seed, runs, boxes: 1, ..Boxes::default() };
        match discover(model, &ask, &[], &plan, &|done| bar.inc(done)) {
            Ok(found) => {
                joined
                    .discoveries
                    .extend(found.standing().map(|b| Discovery::of(b, &outcome.clause)));
            }
            Err(DiscoverError::Step(fault)) => return Err(Failure::from(fault)),
            Err(_) => {}
        }
    }
    bar.finish_and_clear();
    Ok(joined)
}
