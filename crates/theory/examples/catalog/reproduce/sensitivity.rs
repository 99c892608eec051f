//! Entries of the subject sensitivity. Points come from a Halton sequence, draws from a fixed mixing
//! function, so that every number is the same everywhere.

use std::f64::consts::PI;

use theory::sensitivity::morris::{effects, trajectories};
use theory::sensitivity::prim::{Patience, paste, peel};
use theory::sensitivity::sobol::{Bootstrap, Estimator, indices, points};
use toml::{Table, Value};

use super::inputs::{Inputs, row};

const PRIMES: [u64; 20] =
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];

/// Point `k` of the Halton sequence.
pub fn halton(k: usize, dimensions: usize) -> Vec<f64> {
    let one = |base: &u64| {
        let (mut left, mut scale, mut value) = (k as u64 + 1, 1.0, 0.0);
        while left > 0 {
            scale /= *base as f64;
            value += scale * (left % base) as f64;
            left /= base;
        }
        value
    };
    PRIMES[..dimensions].iter().map(one).collect()
}

/// A number in [0, 1) for two numbers, by the finaliser of splitmix64.
pub fn mixed(a: usize, b: usize) -> f64 {
    let mut z = (a as u64) << 32 ^ b as u64;
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A function of the unit cube.
type Function = Box<dyn Fn(&[f64]) -> f64>;

fn function(inputs: &Inputs) -> Result<(usize, Function), String> {
    match inputs.text("function")? {
        "ishigami" => {
            let (a, b) = (inputs.real("a")?, inputs.real("b")?);
            let f = move |u: &[f64]| {
                let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
                x[0].sin() + a * x[1].sin().powi(2) + b * x[2].powi(4) * x[0].sin()
            };
            Ok((3, Box::new(f)))
        }
        "g" => {
            let a = inputs.reals("a")?;
            let inputs = a.len();
            let f = move |u: &[f64]| {
                u.iter().zip(&a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
            };
            Ok((inputs, Box::new(f)))
        }
        "bilinear" => {
            let c = inputs.reals("a")?;
            Ok((2, Box::new(move |u: &[f64]| c[0] * u[0] + c[1] * u[1] + c[2] * u[0] * u[1])))
        }
        other => Err(format!("function \"{other}\" is unknown")),
    }
}

/// What the study finds on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let said = |e: theory::Fault| e.to_string();
    match model {
        "sobol" => {
            let (d, f) = function(inputs)?;
            let rows = inputs.real("rows")? as usize;
            let base: Vec<Vec<f64>> = (0..rows).map(|k| halton(k, 2 * d)).collect();
            let found: Vec<f64> = points(&base).map_err(said)?.iter().map(|p| f(p)).collect();
            let bootstrap = Bootstrap { resamples: 100, level: 0.95, draw: &mixed };
            let of = |e| indices(d, &found, e, Some(bootstrap)).map_err(said);
            let (saltelli, jansen) = (of(Estimator::Saltelli)?, of(Estimator::Jansen)?);
            Ok(Table::from_iter([
                ("first".into(), row(saltelli.iter().map(|i| i.first))),
                ("first_jansen".into(), row(jansen.iter().map(|i| i.first))),
                ("total".into(), row(saltelli.iter().map(|i| i.total))),
                ("total_low".into(), row(saltelli.iter().map(|i| i.total_interval.0))),
                ("total_high".into(), row(saltelli.iter().map(|i| i.total_interval.1))),
            ]))
        }
        "morris" => {
            let (d, f) = function(inputs)?;
            let count = inputs.real("trajectories")? as usize;
            let walked =
                trajectories(d, count, inputs.real("levels")? as usize, &mixed).map_err(said)?;
            let found: Vec<f64> = walked.iter().flat_map(|t| &t.points).map(|p| f(p)).collect();
            let effects = effects(&walked, &found).map_err(said)?;
            Ok(Table::from_iter([
                ("mean".into(), row(effects.iter().map(|e| e.mean))),
                ("size".into(), row(effects.iter().map(|e| e.size))),
                ("spread".into(), row(effects.iter().map(|e| e.spread))),
            ]))
        }
        "prim" => {
            let d = inputs.real("inputs")? as usize;
            let (low, high) = (inputs.reals("low")?, inputs.reals("high")?);
            let points: Vec<Vec<f64>> =
                (0..inputs.real("points")? as usize).map(|k| halton(k, d)).collect();
            let hit = |p: &Vec<f64>| (0..d).all(|i| p[i] >= low[i] && p[i] <= high[i]);
            let outcome: Vec<f64> = points.iter().map(|p| f64::from(u8::from(hit(p)))).collect();
            let patience = Patience::default();
            let path = peel(&points, &outcome, patience).map_err(said)?;
            let last = path.last().ok_or("an empty path")?;
            let region = paste(last, &points, &outcome, patience).map_err(said)?;
            Ok(Table::from_iter([
                ("restricted".into(), row(region.restricted().iter().map(|i| *i as f64))),
                ("low".into(), row(region.ends.iter().map(|e| e.0.unwrap_or(0.0)))),
                ("high".into(), row(region.ends.iter().map(|e| e.1.unwrap_or(1.0)))),
                ("density".into(), Value::Float(region.density)),
                ("coverage".into(), Value::Float(region.coverage)),
            ]))
        }
        other => Err(format!("no model {other} in sensitivity")),
    }
}
