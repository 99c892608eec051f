//! PRIM, the patient rule induction method: in which region of the inputs does a thing happen?
//!
//! The answer is a box, a plain rule of the form "a above 0.6 and c below 0.3", with the share of all
//! cases it covers and the share of cases in it that are cases. The module refuses to pick one box:
//! it gives the whole path from everything to the densest box, and the reader trades coverage for
//! density.

use crate::Fault;
use crate::fault::within;

mod significance;

pub use significance::{at_least, quasi_p_values};

/// A box in the inputs. An end that is `None` is not restricted.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// For each input the lower and upper end; both belong to the box.
    pub ends: Vec<(Option<f64>, Option<f64>)>,
    /// How many points lie in it.
    pub count: usize,
    /// Its share of all points.
    pub mass: f64,
    /// The sum of outcomes in it over the sum of all: of all cases, how many does it explain?
    pub coverage: f64,
    /// The mean outcome in it: of what is in it, how much are cases?
    pub density: f64,
}

impl Region {
    /// Whether a point lies in the box.
    pub fn holds(&self, point: &[f64]) -> bool {
        self.ends.len() == point.len()
            && self.ends.iter().zip(point).all(|((low, high), x)| {
                low.is_none_or(|low| *x >= low) && high.is_none_or(|high| *x <= high)
            })
    }

    /// The inputs it restricts.
    pub fn restricted(&self) -> Vec<usize> {
        let free = |ends: &(Option<f64>, Option<f64>)| ends.0.is_none() && ends.1.is_none();
        (0..self.ends.len()).filter(|i| !free(&self.ends[*i])).collect()
    }
}

/// How patiently to peel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience {
    /// The share of a box's points to peel at a time, above 0 and below 1.
    pub peel: f64,
    /// The share of all points below which no box may fall.
    pub least_mass: f64,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { peel: 0.05, least_mass: 0.05 }
    }
}

/// Peels boxes, from the whole of `points` inwards.
///
/// Mechanism: of all ways to cut the share `peel` of points off one end of one input, take the one
/// that leaves the highest mean outcome (the first input and its lower end on a tie), until the box
/// would hold less than `least_mass` of all points or its mean is the highest outcome there is. A
/// cut falls midway between the points it parts, and never parts equal values; if too many are
/// equal it takes all of the end value.
///
/// `outcome` is one number for each point, not negative: 1 where the thing happened and 0 where not,
/// or any measure of it.
///
/// # Errors
/// Shapes, numbers not finite or negative, an outcome that never occurs, patience out of range.
///
/// Reference: `friedman1999`, `bryant2010`. Checked by finding a planted box (catalog entry
/// `prim-planted-box`) and by the property that density, mass and coverage are what they say.
pub fn peel(
    points: &[Vec<f64>],
    outcome: &[f64],
    patience: Patience,
) -> Result<Vec<Region>, Fault> {
    let inputs = check(points, outcome, patience)?;
    let most = outcome.iter().copied().fold(0.0, f64::max);
    let least = ((patience.least_mass * points.len() as f64).ceil() as usize).max(1);
    let mut ends = vec![(None, None); inputs];
    let mut inside: Vec<usize> = (0..points.len()).collect();
    let mut path = vec![region(&ends, &inside, outcome)];
    while path.last().is_some_and(|r| r.density < most) {
        let mut best: Option<(f64, Cut, Vec<usize>)> = None;
        for input in 0..inputs {
            let mut order = inside.clone();
            order.sort_by(|a, b| points[*a][input].total_cmp(&points[*b][input]));
            for cut in cuts(points, &order, input, patience.peel) {
                let kept = cut.kept(&order);
                if kept.len() < least {
                    continue;
                }
                let mean = kept.iter().map(|i| outcome[*i]).sum::<f64>() / kept.len() as f64;
                if best.as_ref().is_none_or(|b| mean > b.0) {
                    best = Some((mean, cut, kept.to_vec()));
                }
            }
        }
        let Some((_, cut, kept)) = best else { break };
        match cut.end {
            End::Low => ends[cut.input].0 = Some(cut.at),
            End::High => ends[cut.input].1 = Some(cut.at),
        }
        inside = kept;
        inside.sort_unstable();
        path.push(region(&ends, &inside, outcome));
    }
    Ok(path)
}

/// Pastes back what peeling cut too deep: moves ends of the box outwards, each time by the share
/// `peel` of its points, as long as the mean outcome rises.
///
/// # Errors
/// As [`peel`], and a box of other inputs.
///
/// Reference: `friedman1999`. Checked as [`peel`].
pub fn paste(
    start: &Region,
    points: &[Vec<f64>],
    outcome: &[f64],
    patience: Patience,
) -> Result<Region, Fault> {
    let inputs = check(points, outcome, patience)?;
    if start.ends.len() != inputs {
        return Err(Fault::length("ends of the box", start.ends.len(), inputs));
    }
    let members = |ends: &[(Option<f64>, Option<f64>)]| -> Vec<usize> {
        let probe =
            Region { ends: ends.to_vec(), count: 0, mass: 0.0, coverage: 0.0, density: 0.0 };
        (0..points.len()).filter(|i| probe.holds(&points[*i])).collect()
    };
    let mut now = region(&start.ends, &members(&start.ends), outcome);
    loop {
        let step = ((patience.peel * now.count as f64).ceil() as usize).max(1);
        let mut best: Option<Region> = None;
        for input in now.restricted() {
            for end in [End::Low, End::High] {
                let Some(wider) = widen(&now, points, &members, input, end, step) else {
                    continue;
                };
                let candidate = region(&wider, &members(&wider), outcome);
                let than = best.as_ref().map_or(now.density, |b| b.density);
                if candidate.density > than && candidate.count > now.count {
                    best = Some(candidate);
                }
            }
        }
        match best {
            Some(wider) => now = wider,
            None => return Ok(now),
        }
    }
}

type Ends = Vec<(Option<f64>, Option<f64>)>;

/// The ends of `now` with one moved out by `step` points.
fn widen(
    now: &Region,
    points: &[Vec<f64>],
    members: &impl Fn(&[(Option<f64>, Option<f64>)]) -> Vec<usize>,
    input: usize,
    end: End,
    step: usize,
) -> Option<Ends> {
    let mut wider = now.ends.clone();
    let bound = match end {
        End::Low => wider[input].0.take()?,
        End::High => wider[input].1.take()?,
    };
    let beyond = |x: &f64| {
        if end == End::Low { *x < bound } else { *x > bound }
    };
    let mut outside: Vec<f64> =
        members(&wider).iter().map(|i| points[*i][input]).filter(beyond).collect();
    outside.sort_by(f64::total_cmp);
    if end == End::Low {
        outside.reverse();
    }
    let reached = outside.get(step - 1).copied();
    // Past the last point the end is free again.
    match (end, reached) {
        (End::Low, Some(x)) => wider[input].0 = Some(x),
        (End::High, Some(x)) => wider[input].1 = Some(x),
        (_, None) if outside.is_empty() => return None,
        (_, None) => {}
    }
    Some(wider)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// A way to cut a box: keep the points from `from` to `to` of an order.
#[derive(Debug, Clone, Copy)]
struct Cut {
    input: usize,
    end: End,
    at: f64,
    from: usize,
    to: usize,
}

impl Cut {
    fn kept<'a>(&self, order: &'a [usize]) -> &'a [usize] {
        order.get(self.from..self.to).unwrap_or(&[])
    }
}

/// The cuts off the two ends of one input, given its points in order.
fn cuts(points: &[Vec<f64>], order: &[usize], input: usize, share: f64) -> Vec<Cut> {
    let n = order.len();
    let x = |place: usize| points[order[place]][input];
    let goal = ((share * n as f64) as usize).max(1);
    let mut found = Vec::with_capacity(2);
    if n < 2 || x(0) == x(n - 1) {
        return found;
    }
    let midway = |a: f64, b: f64| a + (b - a) / 2.0;
    // Back to the start of the run of equal values, or past it if it starts the box.
    let value = x(goal.min(n - 1));
    let mut from = order.partition_point(|i| points[*i][input] < value);
    if from == 0 {
        from = order.partition_point(|i| points[*i][input] <= value);
    }
    found.push(Cut { input, end: End::Low, at: midway(x(from - 1), x(from)), from, to: n });
    let value = x(n - 1 - goal.min(n - 1));
    let mut to = order.partition_point(|i| points[*i][input] <= value);
    if to == n {
        to = order.partition_point(|i| points[*i][input] < value);
    }
    found.push(Cut { input, end: End::High, at: midway(x(to - 1), x(to)), from: 0, to });
    found
}

fn region(ends: &[(Option<f64>, Option<f64>)], inside: &[usize], outcome: &[f64]) -> Region {
    let sum: f64 = inside.iter().map(|i| outcome[*i]).sum();
    let all: f64 = outcome.iter().sum();
    Region {
        ends: ends.to_vec(),
        count: inside.len(),
        mass: inside.len() as f64 / outcome.len() as f64,
        coverage: sum / all,
        density: sum / inside.len().max(1) as f64,
    }
}

fn check(points: &[Vec<f64>], outcome: &[f64], patience: Patience) -> Result<usize, Fault> {
    let inputs = points.first().map_or(0, Vec::len);
    if inputs == 0 {
        return Err(Fault::nothing("rows and inputs", "at least one"));
    }
    super::results(outcome, points.len())?;
    for (row, point) in points.iter().enumerate() {
        if point.len() != inputs {
            return Err(Fault::length("points", point.len(), inputs).at(row));
        }
        within("point", point, |x| x.abs() <= 1e100, "a number of size at most 1e100")
            .map_err(|fault| fault.within("points", row))?;
    }
    if let Some(row) = outcome.iter().position(|y| *y < 0.0) {
        return Err(Fault::number("results", outcome[row], "zero or more").at(row));
    }
    if outcome.iter().all(|y| *y == 0.0) {
        return Err(super::no_variance());
    }
    for (name, value) in [("peel", patience.peel), ("least_mass", patience.least_mass)] {
        if !(value > 0.0 && value < 1.0) {
            return Err(Fault::number(name, value, "above 0 and below 1"));
        }
    }
    Ok(inputs)
}
