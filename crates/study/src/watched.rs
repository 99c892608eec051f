//! What is found beyond the forecast itself: what to watch for, and when an outcome comes about.

use assess::discover::{DiscoverError, Plan as Boxes, discover_over};
use assess::indicators::watched::watch_all;
use assess::indicators::{IndicatorError, Kind, Plan as Signs, of_watched};
use assess::{Ask, Summary};
use report::compose::told;
use report::joined::{Discovery, Sign};
use simulate::{Ensemble, Model};

use crate::fault::Fault;
use crate::follow::{Follow, Stage};
use crate::road::PAIRS;

/// Signs told of an outcome.
const TOP: usize = 4;
/// Signs looked at before those are left out that are steps of the outcome itself.
const LOOKED: usize = 40;

/// Signs and rules.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    /// What would change our mind.
    pub signs: Vec<Sign>,
    /// When an outcome comes about, in rules found in the runs.
    pub discoveries: Vec<Discovery>,
}

/// An outcome worth watching for: the question and how it is told.
struct Outcome {
    ask: String,
    clause: String,
}

/// The outcomes: that forming a government takes longer than in the middle run, and that the
/// likeliest head of government comes to office. None where nothing is pending.
fn outcomes(model: &Model<'_>, summary: &Summary) -> Vec<Outcome> {
    let mut all = Vec::new();
    let [_, middle, _] = summary.days.points;
    if let Some(days) = middle.map(|days| (days + 5) / 10 * 10) {
        all.push(Outcome {
            ask: format!("government.days > {days}"),
            clause: format!("forming a government takes more than {days} days"),
        });
    }
    if let Some(head) = summary.heads.first().filter(|h| (0.05..0.95).contains(&h.share)) {
        let name = told(model.case, &head.name);
        all.push(Outcome {
            ask: format!("head == {}", head.id),
            clause: format!("{name} becomes head of government"),
        });
    }
    all
}

/// Whether a sign is no step of what is forecast: the vote, the steps to a government and who fails on the way are.
fn is_outside(sign: &assess::indicators::Sign) -> bool {
    sign.kind != Kind::Result
        && !["stage.", "failed", "failures", "bloc."].iter().any(|step| sign.id.starts_with(step))
}

/// Finds out over the runs that were made, or the first of them: they are played once more to be watched.
pub(crate) fn watched(
    model: &Model<'_>,
    summary: &Summary,
    ran: &Ensemble,
    follow: &dyn Follow,
) -> Result<Watched, Fault> {
    let mut found = Watched::default();
    let (seed, runs) = (ran.seed, crate::findings::count(ran).min(PAIRS));
    let all = outcomes(model, summary);
    let asks = all.iter().map(|o| Ok([Ask::read(&o.ask, model)?]));
    let asks = asks.collect::<Result<Vec<[Ask; 1]>, Fault>>()?;
    let sets: Vec<&[Ask]> = asks.iter().map(<[Ask; 1]>::as_slice).collect();
    follow.begin(Stage::Signs, u64::from(runs) * (1 + all.len()) as u64);
    let (go_on, done) = (|| follow.goes_on(), |more| follow.done(more));
    let plan = Signs { seed, runs, days: Vec::new(), levels: false, top: LOOKED };
    let seen = match watch_all(model, &sets, &plan, &go_on, &done) {
        Ok(seen) => seen,
        Err(IndicatorError::Step(fault)) => return Err(fault.into()),
        Err(IndicatorError::Stopped) => return Err(Fault::Cancelled),
        Err(_) => Vec::new(),
    };
    for (seen, outcome) in seen.iter().zip(&all) {
        // Too few runs, or an outcome that always or never comes about: there is nothing to say.
        if let Ok(signs) = of_watched(model, seen, &plan) {
            let standing = signs.indicators.iter().filter(|i| i.stands && is_outside(&i.sign));
            found.signs.extend(standing.take(TOP).map(|i| Sign::of(i, &outcome.clause)));
        }
    }
    for ([ask], outcome) in asks.iter().zip(&all) {
        let plan = Boxes { seed, runs, boxes: 1, ..Boxes::default() };
        let had = if ran.first == 0 { ran.outcomes.as_slice() } else { &[] };
        match discover_over(model, ask, (&[], had), &plan, &go_on, &done) {
            Ok(boxes) => {
                let standing = boxes.standing();
                found.discoveries.extend(standing.map(|b| Discovery::of(b, &outcome.clause)));
            }
            Err(DiscoverError::Step(fault)) => return Err(fault.into()),
            Err(DiscoverError::Stopped) => return Err(Fault::Cancelled),
            Err(_) => {}
        }
    }
    follow.end();
    Ok(found)
}
