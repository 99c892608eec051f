//! Models of bargaining held against what was agreed: each model's outcome of a dialogue's issues from the positions,
//! salience and capability as known on a date, against the record of what came of it.
//!
//! Every draw of the estimates gives each model one outcome an issue; the spread over draws is what the estimates'
//! ranges leave open. The draws are the same for all models, so models are compared pair by pair. Capability counts as
//! the case gives it: what sway and attacks do to it in a run is left out, for the models alone are on trial.

use case::Case;
use case::decision::Bargain;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use simulate::luck::Luck;
use simulate::model::{BeliefId, Model};
use simulate::process::bargaining::{Stance, outcomes};
use theory::score::{crps_ensemble, interval_of_draws};

use crate::interval::Interval;

/// A model on trial, and how it is asked: by which rule, and with how much exchange between the issues.
const MODELS: [(&str, Bargain, f64); 6] = [
    ("weighted mean", Bargain::Mean, 0.0),
    ("weighted median", Bargain::Median, 0.0),
    ("Nash", Bargain::Nash, 0.0),
    ("challenges", Bargain::Challenge, 0.0),
    ("exchange", Bargain::Mean, 1.0),
    ("spatial (SMP)", Bargain::Smp, 0.0),
];

/// What a model made of one issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnIssue {
    /// The issue's id.
    pub issue: String,
    /// The median of the draws.
    pub median: f64,
    /// Their central 90 % interval.
    pub range: [f64; 2],
    /// The continuous ranked probability score against what was agreed, on the issue's line from 0 to 1.
    pub crps: f64,
    /// Whether the interval and what is on record have a point in common.
    pub inside: bool,
}

/// How a model did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The model.
    pub model: String,
    /// Issue by issue, in the order of [`Backtest::agreed`].
    pub issues: Vec<OnIssue>,
    /// The mean over the issues of the distance between outcome and record: its mean over the draws.
    pub error: f64,
    /// The central 90 % interval of that over the draws.
    pub error_range: [f64; 2],
    /// The mean over the issues of the continuous ranked probability score.
    pub crps: f64,
    /// The share of draws in which it was nearer than the weighted mean; draws in which both are as near count half.
    pub nearer: f64,
}

/// What was agreed on an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The issue's id.
    pub issue: String,
    /// The issue, for people.
    pub name: String,
    /// What its ends mean.
    pub ends: [String; 2],
    /// How it stood: the middle of the estimate.
    pub status_quo: f64,
    /// Where what was agreed lies, with the least and most it can be read as.
    pub agreed: [f64; 3],
    /// What happened.
    pub why: String,
}

/// The whole trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// The dialogue's name.
    pub dialogue: String,
    /// The last day of information.
    pub as_of: jiff::civil::Date,
    /// How many draws.
    pub draws: u32,
    /// The seed.
    pub seed: u64,
    /// What was agreed.
    pub agreed: Vec<Outcome>,
    /// The models, then how things stood.
    pub trials: Vec<Trial>,
}

/// Why there is no trial.
#[derive(Debug, Clone, PartialEq)]
pub enum BacktestError {
    /// No dialogue of this id is known on the day.
    NoDialogue(String, Date),
    /// The issue is not known on the day.
    NoIssue(String, Date),
    /// The issue has no status quo.
    NoStatusQuo(String),
    /// Nobody stands on the issue with a capability.
    Nobody(String),
    /// Nothing is on record of what the dialogue came to after the day.
    NothingAgreed(String, Date),
    /// A model of bargaining is not defined on the numbers.
    Bargaining(theory::Fault),
    /// A score is not defined on the numbers.
    Score(theory::Fault),
}

impl std::fmt::Display for BacktestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoDialogue(id, day) => {
                write!(f, "\"{id}\": no dialogue of that id is known on {day}")
            }
            Self::NoIssue(id, day) => write!(f, "the issue \"{id}\" is not known on {day}"),
            Self::NoStatusQuo(id) => {
                write!(f, "the issue \"{id}\" has no status_quo: say how it stands")
            }
            Self::Nobody(id) => write!(f, "nobody stands on \"{id}\" with a capability"),
            Self::NothingAgreed(id, day) => write!(
                f,
                "nothing is on record of what \"{id}\" came to after {day}: add [[agreed]]"
            ),
            Self::Bargaining(error) => write!(f, "a model of bargaining: {error}"),
            Self::Score(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for BacktestError {}

/// An issue's beliefs by place.
struct Topic {
    stands: BeliefId,
    stakes: Vec<Option<[BeliefId; 3]>>,
}

/// Holds the models of bargaining against what a dialogue came to. `before` is the case as of the date on which the
/// forecast is made, `after` one that knows the outcome.
///
/// # Errors
/// [`BacktestError`]: no such dialogue, nothing on record, an issue on which nobody stands, or numbers a model is not
/// defined on.
pub fn backtest(
    before: &Model<'_>,
    after: &Case,
    dialogue: &str,
    draws: u32,
    seed: u64,
) -> Result<Backtest, BacktestError> {
    let case = before.case;
    let Some(talks) = case.dialogues.iter().find(|d| d.id.get_ref() == dialogue) else {
        return Err(BacktestError::NoDialogue(dialogue.to_owned(), case.as_of));
    };
    let mut agreed = Vec::new();
    let mut topics = Vec::new();
    let mut actors: Vec<&str> = Vec::new();
    let on_record = after.agreed.iter().filter(|a| a.dialogue.get_ref() == dialogue);
    let on_record: Vec<_> = on_record.filter(|a| a.date > case.as_of).collect();
    for record in &on_record {
        for position in positions(case, record.issue.get_ref()) {
            if !actors.contains(&position.actor.get_ref().as_str()) {
                actors.push(position.actor.get_ref());
            }
        }
    }
    for record in on_record {
        let id = record.issue.get_ref();
        let Some(issue) = case.issues.iter().find(|i| i.id.get_ref() == id) else {
            return Err(BacktestError::NoIssue(id.clone(), case.as_of));
        };
        let Some(stands) = &issue.status_quo else {
            return Err(BacktestError::NoStatusQuo(id.clone()));
        };
        let mut stakes = vec![None; actors.len()];
        for position in positions(case, id) {
            let place = actors.iter().position(|a| a == position.actor.get_ref());
            if let (Some(place), Some(capability)) = (place, &position.capability) {
                stakes[place] = Some([position.position.id, position.salience.id, capability.id]);
            }
        }
        if stakes.iter().all(Option::is_none) {
            return Err(BacktestError::Nobody(id.clone()));
        }
        agreed.push(Outcome {
            issue: id.clone(),
            name: issue.name.clone(),
            ends: [issue.low.clone(), issue.high.clone()],
            status_quo: case.beliefs[stands.id].value,
            agreed: [record.position, record.low, record.high],
            why: record.why.clone(),
        });
        topics.push(Topic { stands: stands.id, stakes });
    }
    if agreed.is_empty() {
        return Err(BacktestError::NothingAgreed(dialogue.to_owned(), case.as_of));
    }
    let party = |a: &str| talks.parties.iter().any(|p| p.get_ref() == a);
    let parties: Vec<bool> = actors.iter().map(|a| party(a)).collect();
    let played = (0..draws)
        .into_par_iter()
        .map(|draw| play(before, &topics, &parties, Luck::new(seed, draw)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(BacktestError::Bargaining)?;
    let names = MODELS.iter().map(|m| m.0).chain(["as things stood"]);
    let errors =
        |of: usize| -> Vec<f64> { played.iter().map(|d| error(&d[of], &agreed)).collect() };
    let plain = errors(0);
    let mut trials = Vec::new();
    for (m, name) in names.enumerate() {
        let own = errors(m);
        let spread = Interval::of(own.iter().copied());
        let nearer = own.iter().zip(&plain).map(|(a, b)| match a.partial_cmp(b) {
            Some(std::cmp::Ordering::Less) => 1.0,
            Some(std::cmp::Ordering::Equal) => 0.5,
            _ => 0.0,
        });
        let mut issues = Vec::new();
        for (i, outcome) in agreed.iter().enumerate() {
            let mut at: Vec<f64> = played.iter().map(|d| d[m][i]).collect();
            at.sort_by(f64::total_cmp);
            let (low, high) = interval_of_draws(&at, 0.9).map_err(BacktestError::Score)?;
            issues.push(OnIssue {
                issue: outcome.issue.clone(),
                median: crate::interval::quantile(&at, 0.5),
                range: [low, high],
                crps: crps_ensemble(&at, outcome.agreed[0]).map_err(BacktestError::Score)?,
                inside: low <= outcome.agreed[2] && outcome.agreed[1] <= high,
            });
        }
        let count = issues.len() as f64;
        trials.push(Trial {
            model: name.to_owned(),
            error: spread.mean,
            error_range: [spread.low, spread.high],
            crps: issues.iter().map(|i| i.crps).sum::<f64>() / count,
            nearer: nearer.sum::<f64>() / f64::from(draws.max(1)),
            issues,
        });
    }
    Ok(Backtest { dialogue: talks.name.clone(), as_of: case.as_of, draws, seed, agreed, trials })
}

fn positions<'c>(
    case: &'c Case,
    issue: &'c str,
) -> impl Iterator<Item = &'c case::issue::Position> {
    case.positions.iter().filter(move |p| p.issue.get_ref() == issue)
}

/// What each model makes of each issue under one draw of the estimates, and how things stand.
fn play(
    model: &Model<'_>,
    topics: &[Topic],
    parties: &[bool],
    luck: Luck,
) -> Result<Vec<Vec<f64>>, theory::Fault> {
    let drawn = model.draw(luck);
    let share = |id| drawn.peek(id).clamp(0.0, 1.0);
    let stands: Vec<f64> = topics.iter().map(|t| share(t.stands)).collect();
    let stance = |stake: &Option<[BeliefId; 3]>| {
        stake.map(|[position, salience, capability]| Stance {
            position: share(position),
            salience: share(salience),
            capability: drawn.peek(capability).max(0.0),
        })
    };
    let stances: Vec<Vec<_>> =
        topics.iter().map(|t| t.stakes.iter().map(stance).collect()).collect();
    let mut all = MODELS
        .iter()
        .map(|(_, rule, linkage)| outcomes(*rule, &stances, &stands, parties, *linkage))
        .collect::<Result<Vec<_>, _>>()?;
    all.push(stands);
    Ok(all)
}

/// The mean distance between outcomes and record; a reading inside what the record allows is no error.
fn error(outcomes: &[f64], agreed: &[Outcome]) -> f64 {
    let far =
        outcomes.iter().zip(agreed).map(|(x, a)| (x - x.clamp(a.agreed[1], a.agreed[2])).abs());
    far.sum::<f64>() / agreed.len().max(1) as f64
}
