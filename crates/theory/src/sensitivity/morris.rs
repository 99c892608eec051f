//! Morris's elementary effects: which inputs matter at all, for few runs.
//!
//! It refuses to run the model: [`trajectories`] says where to, [`effects`] reads the results.

use super::{results, uniform};
use crate::Fault;
use crate::fault::sound;

/// A walk through the unit cube: d + 1 points, each differing from the last in one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// The points.
    pub points: Vec<Vec<f64>>,
    /// Which input changed on the way to each point but the first, and by how much.
    pub steps: Vec<(usize, f64)>,
}

/// What is known of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The mean elementary effect.
    pub mean: f64,
    /// The mean of its size: does the input matter?
    pub size: f64,
    /// Its standard deviation: does it bend or interact?
    pub spread: f64,
}

/// Numbers that the points of one study may hold, half a gigabyte.
pub const MOST_NUMBERS: usize = 1 << 26;

/// `count` trajectories over `inputs` inputs on a grid of `levels` levels.
///
/// Mechanism: the base of a trajectory is a random grid point, and inputs change one by one in random
/// order by `delta = levels / (2 (levels - 1))`, up from the lower half of the grid and down from
/// the upper half. `draw(t, k)` is a number in [0, 1) for trajectory t: k below d picks the levels,
/// from d to 2d the order.
///
/// # Errors
/// No inputs or trajectories, more than [`MOST_NUMBERS`] numbers in all their points, an odd number
/// of levels or none, draws outside [0, 1).
///
/// Reference: `morris1991`. Checked by linear and bilinear functions (catalog entry
/// `morris-bilinear`, property tests).
pub fn trajectories(
    inputs: usize,
    count: usize,
    levels: usize,
    draw: &dyn Fn(usize, usize) -> f64,
) -> Result<Vec<Trajectory>, Fault> {
    if inputs == 0 || count == 0 {
        return Err(Fault::nothing("rows and inputs", "at least one"));
    }
    // Each of `count` trajectories has a point more than there are inputs.
    let numbers = inputs.saturating_add(1).saturating_mul(inputs).saturating_mul(count);
    if numbers > MOST_NUMBERS {
        let must = "at most 2^26: take fewer trajectories or inputs";
        return Err(Fault::whole("the count of numbers in all points", numbers as u64, must));
    }
    if levels < 2 || levels % 2 == 1 {
        return Err(Fault::whole("levels", levels as u64, "even and at least 2"));
    }
    let top = (levels - 1) as f64;
    let delta = levels as f64 / (2.0 * top);
    let walk = |t: usize| {
        let mut point = Vec::with_capacity(inputs);
        let mut order = Vec::with_capacity(inputs);
        let mut steps = vec![0.0; inputs];
        for (k, step) in steps.iter_mut().enumerate() {
            let level = ((uniform(t, draw(t, k))? * levels as f64) as usize).min(levels - 1);
            point.push(level as f64 / top);
            *step = if level < levels / 2 { delta } else { -delta };
            order.push((uniform(t, draw(t, inputs + k))?, k));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut points = vec![point.clone()];
        for (_, i) in &order {
            point[*i] = (point[*i] + steps[*i]).clamp(0.0, 1.0);
            points.push(point.clone());
        }
        let steps = order.iter().map(|(_, i)| (*i, steps[*i])).collect();
        Ok(Trajectory { points, steps })
    };
    (0..count).map(walk).collect()
}

/// The effects of each input, from the `results` at the points of all trajectories in order.
///
/// Mechanism: `EE_i = (f(x + step) - f(x)) / step`, one for each trajectory; their mean, the mean of
/// their size, and their standard deviation (with n - 1; zero for a single trajectory).
///
/// # Errors
/// A number of results that does not fit, numbers not finite.
///
/// Reference: `morris1991`, `campolongo2007` for the mean size. Checked as [`trajectories`].
pub fn effects(walked: &[Trajectory], found: &[f64]) -> Result<Vec<Effect>, Fault> {
    let inputs =
        walked.first().ok_or(Fault::nothing("rows and inputs", "at least one"))?.steps.len();
    results(found, walked.iter().map(|t| t.points.len()).sum())?;
    let mut each: Vec<Vec<f64>> = vec![Vec::with_capacity(walked.len()); inputs];
    let mut from = 0;
    for t in walked {
        if t.points.len() != t.steps.len() + 1 {
            return Err(Fault::length("points of a trajectory", t.points.len(), t.steps.len() + 1));
        }
        for (k, (i, step)) in t.steps.iter().enumerate() {
            let change = found[from + k + 1] - found[from + k];
            let Some(list) = each.get_mut(*i) else {
                return Err(Fault::whole("input", *i as u64, format!("below {inputs}")));
            };
            if !(step.abs() > 0.0 && step.is_finite()) {
                return Err(Fault::number("steps", *step, "finite and not zero").at(k));
            }
            list.push(sound("an elementary effect", change / step)?);
        }
        from += t.points.len();
    }
    Ok(each
        .iter()
        .map(|list| {
            let n = list.len().max(1) as f64;
            let mean = list.iter().sum::<f64>() / n;
            let squares: f64 = list.iter().map(|e| (e - mean) * (e - mean)).sum();
            Effect {
                mean,
                size: list.iter().map(|e| e.abs()).sum::<f64>() / n,
                spread: if n > 1.0 { (squares / (n - 1.0)).sqrt() } else { 0.0 },
            }
        })
        .collect())
}
