//! Screening, peeling, dropping rules, judging, and covering what is left.

use rayon::prelude::*;
use theory::sensitivity::prim::{self, Patience, Region, at_least, quasi_p_values};
use theory::sensitivity::regional::{Apart, apart};

use super::gather::Runs;
use super::words::sentence;
use super::{Choose, DiscoverError, Discovery, Fit, Found, LEAST, Plan, Rule, Screened, Step};
use crate::interval::jeffreys;

/// Rules with a larger quasi p-value where they were found are dropped; the level is shared among the ends of the inputs
/// that are peeled, for peeling picks the best of them.
const TELLS: f64 = 0.05;
/// The level at which a box stands, shared among the boxes looked for.
const LEVEL: f64 = 0.05;
/// Pieces of a strip.
const PIECES: usize = 12;

/// Some runs as rows over the screened columns.
struct Half {
    points: Vec<Vec<f64>>,
    outcome: Vec<f64>,
    /// Runs with the outcome before any box took some away.
    with: usize,
    /// Runs before any box took some away.
    all: usize,
}

impl Half {
    fn of(runs: &Runs, columns: &[usize], rows: std::ops::Range<usize>) -> Self {
        let point = |row: usize| columns.iter().map(|c| f64::from(runs.columns[*c][row])).collect();
        let outcome: Vec<f64> =
            rows.clone().map(|row| f64::from(u8::from(runs.happened[row]))).collect();
        let with = outcome.iter().filter(|y| **y > 0.5).count();
        Self { points: rows.map(point).collect(), with, all: outcome.len(), outcome }
    }

    fn fit(&self, region: &Region) -> Fit {
        let (mut runs, mut with, mut left) = (0, 0, 0);
        for (point, y) in self.points.iter().zip(&self.outcome) {
            let hit = usize::from(*y > 0.5);
            left += hit;
            if region.holds(point) {
                runs += 1;
                with += hit;
            }
        }
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        Fit {
            runs,
            with,
            mass: share(runs, self.all),
            density: share(with, runs),
            coverage: share(with, self.with),
            base: share(left, self.points.len()),
        }
    }

    /// Takes away what a box holds.
    fn without(&mut self, region: &Region) {
        let kept: Vec<bool> = self.points.iter().map(|p| !region.holds(p)).collect();
        let mut keep = kept.iter();
        self.points.retain(|_| keep.next().is_some_and(|k| *k));
        let mut keep = kept.iter();
        self.outcome.retain(|_| keep.next().is_some_and(|k| *k));
    }
}

pub(super) fn boxes(runs: &Runs, plan: &Plan) -> Result<Discovery, DiscoverError> {
    let all = runs.happened.len();
    let middle = all / 2;
    let with = |rows: &[bool]| rows.iter().filter(|h| **h).count();
    let happened = with(&runs.happened);
    for half in [&runs.happened[..middle], &runs.happened[middle..]] {
        let hits = with(half);
        if hits < LEAST || half.len() - hits < LEAST {
            return Err(DiscoverError::TooFew { with: happened, runs: all });
        }
    }
    let (screened, columns) = screen(runs, middle, plan.screened);
    let mut finding = Half::of(runs, &columns, 0..middle);
    let mut judging = Half::of(runs, &columns, middle..all);
    let mut found = Vec::new();
    while found.len() < plan.boxes {
        let enough = |half: &Half| {
            let hits = half.outcome.iter().filter(|y| **y > 0.5).count();
            hits >= LEAST && half.outcome.len() - hits >= LEAST
        };
        if !enough(&finding) || !enough(&judging) {
            break;
        }
        let Some((region, path, chosen)) = dig(&finding, plan)? else { break };
        let (fitted, held) = (finding.fit(&region), judging.fit(&region));
        let p_value = at_least(held.with, held.runs, held.base);
        let denser = held.density > held.base.max(judging.with as f64 / judging.all as f64);
        let stands = p_value < LEVEL / plan.boxes as f64 && denser;
        let rules = rules(runs, &columns, &region, &finding, &judging)?;
        found.push(Found {
            when: sentence(&rules),
            rules,
            found: fitted,
            held,
            density_interval: jeffreys(held.with as f64, held.runs as f64, 0.95),
            p_value,
            stands,
            path: path
                .iter()
                .map(|r| Step {
                    rules: r.restricted().len(),
                    found: finding.fit(r),
                    held: judging.fit(r),
                })
                .collect(),
            chosen,
        });
        // What luck alone found is not worth covering further.
        if !stands {
            break;
        }
        finding.without(&region);
        judging.without(&region);
    }
    Ok(Discovery {
        runs: all,
        base: happened as f64 / all.max(1) as f64,
        inputs: runs.names.len(),
        screened,
        boxes: found,
    })
}

/// The columns whose values differ most with and without the outcome, in the runs before `until`.
fn screen(runs: &Runs, until: usize, most: usize) -> (Vec<Screened>, Vec<usize>) {
    let each: Vec<Apart> = (runs.columns.par_iter())
        .map(|column| {
            let values: Vec<f64> = column[..until].iter().map(|v| f64::from(*v)).collect();
            apart(&values, &runs.happened[..until])
        })
        .collect();
    let mut order: Vec<usize> = (0..each.len()).collect();
    order.sort_by(|a, b| each[*b].distance.total_cmp(&each[*a].distance).then(a.cmp(b)));
    order.truncate(most);
    let screened = order.iter().map(|c| Screened {
        input: runs.names[*c].clone(),
        distance: each[*c].distance,
        p_value: (each[*c].p_value * each.len() as f64).min(1.0),
    });
    (screened.collect(), order)
}

/// Peels, drops what tells nothing, and peels anew from what is left until every rule of the chosen box tells.
fn dig(half: &Half, plan: &Plan) -> Result<Option<(Region, Vec<Region>, usize)>, DiscoverError> {
    // The least mass is of all runs, also once boxes have taken some away.
    let least = plan.least_mass * half.all as f64 / half.points.len().max(1) as f64;
    let patience = Patience { least_mass: least.clamp(1e-6, 0.9), ..Patience::default() };
    let inputs = half.points.first().map_or(0, Vec::len);
    let mut used: Vec<usize> = (0..inputs).collect();
    loop {
        let points: Vec<Vec<f64>> =
            half.points.iter().map(|p| used.iter().map(|c| p[*c]).collect()).collect();
        let mut path = prim::peel(&points, &half.outcome, patience).map_err(DiscoverError::Peel)?;
        let chosen = choose(&path, plan.choose);
        let pasted = prim::paste(&path[chosen], &points, &half.outcome, patience)
            .map_err(DiscoverError::Peel)?;
        path[chosen] = pasted;
        let told =
            quasi_p_values(&path[chosen], &points, &half.outcome).map_err(DiscoverError::Peel)?;
        let tells = TELLS / (2 * used.len()).max(1) as f64;
        let mut keep = told.clone();
        keep.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let restricted = keep.len();
        if restricted == 0 {
            return Ok(None);
        }
        if restricted <= plan.rules && keep.iter().all(|(_, p)| *p <= tells) {
            let wide = |r: &Region| {
                let mut ends = vec![(None, None); inputs];
                used.iter().zip(&r.ends).for_each(|(c, e)| ends[*c] = *e);
                Region { ends, ..r.clone() }
            };
            let path: Vec<Region> = path.iter().map(wide).collect();
            return Ok(Some((path[chosen].clone(), path, chosen)));
        }
        // In a box of many rules each tells little: half of them go at a time, then one at a time.
        keep.truncate((restricted / 2).max(plan.rules).min(restricted - 1));
        if keep.is_empty() {
            return Ok(None);
        }
        let mut next: Vec<usize> = keep.iter().map(|(at, _)| used[*at]).collect();
        next.sort_unstable();
        used = next;
    }
}

/// The place in a path of the box to take; never the first, which holds everything, unless it is all there is.
fn choose(path: &[Region], how: Choose) -> usize {
    let base = path.first().map_or(0.0, |r| r.density);
    let gain = |r: &Region| r.coverage * (r.density - base);
    let best = (0..path.len())
        .max_by(|a, b| gain(&path[*a]).total_cmp(&gain(&path[*b])).then(b.cmp(a)))
        .unwrap_or(0);
    match how {
        Choose::Balanced => best,
        Choose::Density(least) => (path.iter().position(|r| r.density >= least))
            .unwrap_or_else(|| path.len().saturating_sub(1)),
    }
}

fn rules(
    runs: &Runs,
    columns: &[usize],
    region: &Region,
    finding: &Half,
    judging: &Half,
) -> Result<Vec<Rule>, DiscoverError> {
    let of = |half: &Half| {
        quasi_p_values(region, &half.points, &half.outcome).map_err(DiscoverError::Peel)
    };
    let (found, held) = (of(finding)?, of(judging)?);
    let mut rules: Vec<Rule> = found
        .iter()
        .zip(&held)
        .map(|((at, found_p), (_, held_p))| {
            let column = &runs.columns[columns[*at]];
            let (low, high) = column
                .iter()
                .fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
            let tried = (f64::from(low), f64::from(high));
            let (least, most) = region.ends[*at];
            Rule {
                input: runs.names[columns[*at]].clone(),
                least,
                most,
                tried,
                found_p: *found_p,
                held_p: *held_p,
                pieces: pieces(column, &runs.happened, tried),
            }
        })
        .collect();
    rules.sort_by(|a, b| a.found_p.total_cmp(&b.found_p));
    Ok(rules)
}

fn pieces(column: &[f32], happened: &[bool], tried: (f64, f64)) -> Vec<(u64, u64)> {
    let mut pieces = vec![(0, 0); PIECES];
    let wide = (tried.1 - tried.0) / PIECES as f64;
    for (value, did) in column.iter().zip(happened) {
        let place = ((f64::from(*value) - tried.0) / wide).max(0.0) as usize;
        let piece = &mut pieces[place.min(PIECES - 1)];
        piece.0 += 1;
        piece.1 += u64::from(*did);
    }
    pieces
}
