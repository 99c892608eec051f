//! Priors for the judged parameters of processes from past episodes: elections and formations whose end is known.
//!
//! Each episode is run as of its eve, when nothing of its end was known. M draws of the parameters are made once, from
//! the beliefs in force before the first episode, and each is played in every episode with the episode's other beliefs
//! and luck drawn anew. A draw's likelihood in an episode is a Gaussian kernel over the distance between the summaries
//! of its run and what came (approximate Bayesian computation, `beaumont2002`); bandwidths follow Silverman's rule for
//! as many dimensions as there are summaries (`silverman1986`), and are wider where fewer than a twentieth of the runs
//! come that near. Each draw is played several times and its kernels are averaged, summary by summary: given the
//! parameters the summaries are taken to be independent. *Judged*.
//!
//! **Shrinkage.** Weights are raised to the largest power t in \[0, 1\] at which the effective sample size 1 / sum w^2
//! is at least a given share of the draws (a power prior, `ibrahim2000`): few episodes move little. With t = 0 the
//! posterior is the prior.
//!
//! **Held out.** Each episode is forecast by the weights of all the others, and by the prior: the logarithm of the
//! kernel density at what came, and the continuous ranked probability score of the days. If calibration does not help
//! there, it is not to be trusted. The summaries are *Judged*.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use simulate::draw::Quantile;
use simulate::luck::{Luck, Name, Who};
use simulate::model::Model;
use simulate::play::Play;
use simulate::process::StepError;

mod summaries;
mod weights;

use summaries::Summaries;
use weights::{effective, mean_and_deviation, product, tempered, weighted_crps, weighted_quantile};

const PARAMETER: Name = Name::new("calibrate/parameter");

/// The share of draws that the effective sample size must keep.
pub const KEPT: f64 = 0.1;

/// What is known of how an episode ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// Days from the election to a government.
    pub days: Option<f64>,
    /// Turnout.
    pub turnout: Option<f64>,
    /// The seats of each list of the model, where an election was run.
    pub seats: Option<Vec<f64>>,
}

/// A past episode.
#[derive(Debug)]
pub struct Episode<'m> {
    /// Its id.
    pub id: String,
    /// The model as of its eve.
    pub model: &'m Model<'m>,
    /// How it ended.
    pub seen: Seen,
}

/// What became of a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Its path in the case.
    pub path: String,
    /// Mean and standard deviation before any episode.
    pub prior: [f64; 2],
    /// Its 5, 50 and 95 % points.
    pub prior_points: [f64; 3],
    /// Mean and standard deviation after all.
    pub posterior: [f64; 2],
    /// Its 5, 50 and 95 % points.
    pub posterior_points: [f64; 3],
    /// The least and the most it can be: the ends of what was drawn.
    pub bounds: [f64; 2],
    /// By how many standard deviations of the prior the mean moved.
    pub shift: f64,
    /// The standard error of that, from the number of draws.
    pub error: f64,
    /// Whether the shift is more than three standard errors and a tenth of a deviation.
    pub moved: bool,
}

/// An episode forecast by the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldOut {
    /// The episode.
    pub episode: String,
    /// The last day of information.
    pub as_of: Date,
    /// What was known of its end: `days`, `seats`, `turnout`.
    pub summaries: Vec<String>,
    /// The logarithm of the density at what came under the prior; higher is better.
    pub prior: f64,
    /// The same with the parameters weighted by the other episodes.
    pub calibrated: f64,
    /// The continuous ranked probability score of the days under both, where they are known; lower is better.
    pub days_crps: Option<[f64; 2]>,
    /// The effective sample size of the other episodes' weights.
    pub effective: f64,
}

/// A calibration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// How many draws.
    pub draws: u32,
    /// How often each was played in each episode.
    pub plays: u32,
    /// The seed.
    pub seed: u64,
    /// The power to which the weights of all episodes were raised.
    pub power: f64,
    /// Their effective sample size.
    pub effective: f64,
    /// That before they were raised.
    pub effective_untempered: f64,
    /// The parameters, in the order of their paths.
    pub parameters: Vec<Moved>,
    /// The episodes, in order.
    pub held_out: Vec<HeldOut>,
}

/// Weighs draws of the parameters at `paths` by what came of the episodes, which are given in the order of their days;
/// each draw is played `plays` times in each.
///
/// # Errors
/// If a process cannot take a step.
pub fn calibrate(
    episodes: &[Episode<'_>],
    paths: &[String],
    draws: u32,
    plays: u32,
    seed: u64,
) -> Result<Calibration, StepError> {
    let plays = plays.max(1);
    let mut known: Vec<(String, Quantile)> = Vec::new();
    for path in paths {
        // The belief before the first episode that has it: none has taught it anything yet.
        let belief =
            episodes.iter().find_map(|e| e.model.case.beliefs.iter().find(|b| b.path == *path));
        if let Some(belief) = belief {
            known.push((path.clone(), Quantile::of(belief)));
        }
    }
    let drawn: Vec<Vec<f64>> = (known.iter())
        .map(|(path, quantile)| {
            let who = Who::new(path);
            let at = |m| quantile.at(Luck::new(seed, m).number(Date::ZERO, PARAMETER, who));
            (0..draws).map(at).collect()
        })
        .collect();
    let mut played = Vec::with_capacity(episodes.len());
    for episode in episodes {
        let model = episode.model;
        let place = |path: &String| model.case.beliefs.iter().position(|b| b.path == *path);
        let places: Vec<Option<usize>> = known.iter().map(|(path, _)| place(path)).collect();
        let outcomes = (0..draws.saturating_mul(plays))
            .into_par_iter()
            .with_min_len(16)
            .map(|run| {
                let mut values = model.draw(Luck::new(seed, run));
                for (place, of) in places.iter().zip(&drawn) {
                    if let Some(id) = place {
                        values.set(*id, of[(run / plays) as usize]);
                    }
                }
                let play = Play { drawn: Some(values), ..model.play(seed, run) };
                Ok(play.go()?.outcome)
            })
            .collect::<Result<Vec<_>, StepError>>()?;
        played.push(Summaries::of(model, &outcomes, plays as usize, &episode.seen));
    }
    let logs: Vec<Vec<f64>> = played.iter().map(|s| s.log_likelihood.clone()).collect();
    let all: Vec<usize> = (0..episodes.len()).collect();
    let untempered = product(&logs, &all, draws as usize, 1.0);
    let (power, weights) = tempered(&logs, &all, draws as usize, KEPT);
    let parameters =
        known.iter().zip(&drawn).map(|((path, _), of)| moved(path, of, &weights)).collect();
    let held_out = (episodes.iter().zip(&played).enumerate())
        .map(|(e, (episode, summaries))| {
            let others: Vec<usize> = all.iter().copied().filter(|o| *o != e).collect();
            let (_, weights) = tempered(&logs, &others, draws as usize, KEPT);
            let even = vec![1.0 / f64::from(draws.max(1)); draws as usize];
            let days_crps = (episode.seen.days).map(|came| {
                let each = |w: &f64| std::iter::repeat_n(w / f64::from(plays), plays as usize);
                let spread = |w: &[f64]| w.iter().flat_map(each).collect::<Vec<f64>>();
                [&even, &weights].map(|w| weighted_crps(&summaries.days, &spread(w), came))
            });
            HeldOut {
                episode: episode.id.clone(),
                as_of: episode.model.start,
                summaries: summaries.names.iter().map(|n| (*n).to_owned()).collect(),
                prior: summaries.log_density(&even),
                calibrated: summaries.log_density(&weights),
                days_crps,
                effective: effective(&weights),
            }
        })
        .collect();
    Ok(Calibration {
        draws,
        plays,
        seed,
        power,
        effective: effective(&weights),
        effective_untempered: effective(&untempered),
        parameters,
        held_out,
    })
}

fn moved(path: &str, values: &[f64], weights: &[f64]) -> Moved {
    let even = vec![1.0 / values.len().max(1) as f64; values.len()];
    let (before, sd) = mean_and_deviation(values, &even);
    let (after, after_sd) = mean_and_deviation(values, weights);
    let points = |w: &[f64]| [0.05, 0.5, 0.95].map(|share| weighted_quantile(values, w, share));
    // The draws before and after are the same: the error is that of the weighted mean of what is left of the mean.
    let variance = (values.iter().zip(weights).zip(&even))
        .map(|((v, w), e)| (w * (v - after) - e * (v - before)).powi(2));
    let scale = if sd > 0.0 { sd } else { 1.0 };
    let (shift, error) = ((after - before) / scale, variance.sum::<f64>().sqrt() / scale);
    let ends = values.iter().fold([f64::MAX, f64::MIN], |[a, b], v| [a.min(*v), b.max(*v)]);
    Moved {
        path: path.to_owned(),
        prior: [before, sd],
        prior_points: points(&even),
        posterior: [after, after_sd],
        posterior_points: points(weights),
        bounds: ends,
        shift,
        error,
        moved: shift.abs() > 3.0 * error && shift.abs() > 0.1,
    }
}

impl Moved {
    /// Low, value and high of a PERT distribution with the posterior's mean and, as far as the prior's ends allow, its
    /// spread: the ends are drawn in towards the mean by the ratio of the deviations.
    #[must_use]
    pub fn pert(&self) -> [f64; 3] {
        let [mean, sd] = self.posterior;
        let ratio = if self.prior[1] > 0.0 { (sd / self.prior[1]).min(1.0) } else { 1.0 };
        let [least, most] = self.bounds;
        let (low, high) = (mean - (mean - least) * ratio, mean + (most - mean) * ratio);
        [low, ((6.0 * mean - low - high) / 4.0).clamp(low, high), high]
    }
}
