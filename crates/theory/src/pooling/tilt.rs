//! An ensemble moved to what is known of its margins, by the least change.

use crate::Fault;
use crate::fault::{all_sound, sound, within};

/// Newton's steps at most; halvings of a step at most.
const STEPS: usize = 200;
const HALVINGS: usize = 60;
/// How near a margin must come, in the units of its function.
const NEAR: f64 = 1e-9;

/// An ensemble with weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Tilted {
    /// The weight of each draw; they sum to one.
    pub weights: Vec<f64>,
    /// How many unweighted draws they are worth (`kish1965`).
    pub effective: f64,
    /// The margins that were reached: the targets, unless the floor stopped it before.
    pub reached: Vec<f64>,
    /// How far it went towards the targets: 1 all the way.
    pub taken: f64,
    /// The relative entropy of the weights to even ones, in nats.
    pub entropy: f64,
}

/// How many unweighted draws weights are worth: `(sum w)^2 / sum w^2`.
///
/// Reference: `kish1965`. Checked by even weights and by a single one.
#[must_use]
pub fn effective_sample_size(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// Weights of draws by which the means of functions come to their targets, nearest to even weights
/// in relative entropy.
///
/// Mechanism: minimise `sum_i w_i ln(n w_i)` under `sum_i w_i g_k(i) = target_k`; the solution is
/// `w_i = exp(sum_k l_k g_k(i)) / sum`, its multipliers the minimum of the convex
/// `ln sum_i exp(sum_k l_k (g_k(i) - target_k))`, found by Newton's method with halved steps. Where
/// the effective sample size would fall below the floor, the targets are drawn back on the straight
/// line to the even means until it does not, and `taken` says how far it went.
///
/// `functions[k][i]` is function k of draw i; a margin is a probability where it is 0 or 1.
///
/// # Errors
/// No draws, functions of different lengths or not finite, as many targets as functions are not
/// given, a target that no draws lie on both sides of, a floor outside 0 to the number of draws,
/// functions that depend on each other.
///
/// Reference: `robertson2005`. Checked by an event of known share, by the normal whose mean is
/// moved, and by simulation.
pub fn tilt(functions: &[Vec<f64>], targets: &[f64], floor: f64) -> Result<Tilted, Fault> {
    let draws = functions.first().map_or(0, Vec::len);
    if draws == 0 {
        return Err(Fault::nothing("functions", "at least one, of at least one draw"));
    }
    if targets.len() != functions.len() {
        return Err(Fault::length("targets", targets.len(), functions.len()));
    }
    within("floor", &[floor], |f| (0.0..=draws as f64).contains(&f), "at most the draws")?;
    let mut even = Vec::with_capacity(functions.len());
    for (k, (function, target)) in functions.iter().zip(targets).enumerate() {
        if function.len() != draws {
            return Err(Fault::length("functions", function.len(), draws).at(k));
        }
        within("functions", function, f64::is_finite, "finite").map_err(|f| f.at(k))?;
        let low = function.iter().copied().fold(f64::INFINITY, f64::min);
        let high = function.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let must = "strictly between the least and the most of its function";
        within("targets", &[*target], |t| low < t && t < high, must).map_err(|f| f.at(k))?;
        even.push(sound("the mean of a function", function.iter().sum::<f64>() / draws as f64)?);
    }
    let towards = |taken: f64| -> Result<Tilted, Fault> {
        let aim = even.iter().zip(targets).map(|(e, t)| e + taken * (t - e));
        let weights = solved(functions, &aim.collect::<Vec<f64>>())?;
        all_sound("weights", &weights)?;
        let mean = |g: &Vec<f64>| g.iter().zip(&weights).map(|(g, w)| g * w).sum();
        let entropy = |w: &f64| if *w > 0.0 { w * (w * draws as f64).ln() } else { 0.0 };
        Ok(Tilted {
            effective: effective_sample_size(&weights),
            reached: functions.iter().map(mean).collect(),
            entropy: weights.iter().map(entropy).sum(),
            taken,
            weights,
        })
    };
    let whole = towards(1.0)?;
    if whole.effective >= floor {
        return Ok(whole);
    }
    let (mut least, mut most) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (least + most) / 2.0;
        if towards(middle)?.effective >= floor { least = middle } else { most = middle }
    }
    towards(least)
}

/// The weights at the minimum of the dual.
fn solved(functions: &[Vec<f64>], targets: &[f64]) -> Result<Vec<f64>, Fault> {
    let (draws, k) = (functions[0].len(), functions.len());
    let dual = |multipliers: &[f64]| -> (f64, Vec<f64>) {
        let of = |i: usize| -> f64 {
            (0..k).map(|a| multipliers[a] * (functions[a][i] - targets[a])).sum()
        };
        let logs: Vec<f64> = (0..draws).map(of).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.iter().map(|l| (l - most).exp()).collect();
        let sum: f64 = raw.iter().sum();
        (most + sum.ln(), raw.into_iter().map(|w| w / sum).collect())
    };
    let mut multipliers = vec![0.0; k];
    let (mut value, mut weights) = dual(&multipliers);
    for _ in 0..STEPS {
        let gap: Vec<f64> = (0..k)
            .map(|a| (0..draws).map(|i| weights[i] * (functions[a][i] - targets[a])).sum())
            .collect();
        if gap.iter().all(|g: &f64| g.abs() < NEAR) {
            return Ok(weights);
        }
        let cross = |a: usize, b: usize| -> f64 {
            let each = |i: usize| {
                weights[i] * (functions[a][i] - targets[a]) * (functions[b][i] - targets[b])
            };
            (0..draws).map(each).sum::<f64>() - gap[a] * gap[b]
        };
        let matrix: Vec<Vec<f64>> = (0..k).map(|a| (0..k).map(|b| cross(a, b)).collect()).collect();
        let step = crate::linear::solve(&matrix, gap.clone())
            .ok_or_else(|| Fault::singular("functions", "that do not depend on each other"))?;
        let mut share = 1.0;
        let mut moved = false;
        for _ in 0..HALVINGS {
            let tried: Vec<f64> =
                multipliers.iter().zip(&step).map(|(l, s)| l - share * s).collect();
            let (lower, new) = dual(&tried);
            if lower.is_finite() && lower <= value {
                moved = lower < value || new != weights;
                (multipliers, value, weights) = (tried, lower, new);
                break;
            }
            share /= 2.0;
        }
        if !moved {
            break;
        }
    }
    let far = |a: usize| -> f64 {
        let mean: f64 = (0..draws).map(|i| weights[i] * functions[a][i]).sum();
        (mean - targets[a]).abs()
    };
    let scale = |a: usize| functions[a].iter().fold(1.0, |most: f64, g| most.max(g.abs()));
    match (0..k).all(|a| far(a) < 1e-6 * scale(a)) {
        true => Ok(weights),
        false => Err(Fault::unsettled("the tilt", "targets that some weights of the draws meet")),
    }
}
