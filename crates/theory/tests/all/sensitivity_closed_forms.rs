//! Sobol indices and elementary effects against the closed forms of two functions, within their own intervals.
#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use theory::sensitivity::morris::{effects, trajectories};
use theory::sensitivity::sobol::{Bootstrap, Estimator, Index, indices, points};

const PRIMES: [u64; 8] = [2, 3, 5, 7, 11, 13, 17, 19];
/// The coefficients of the g-function (`saltelli2010`).
const G: [f64; 4] = [0.0, 1.0, 4.5, 9.0];

fn halton(k: usize, dimensions: usize) -> Vec<f64> {
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

fn mixed(a: usize, b: usize) -> f64 {
    let mut z = ((a as u64) << 32 ^ b as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn ishigami(u: &[f64]) -> f64 {
    let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

fn g(u: &[f64]) -> f64 {
    u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

fn studied(inputs: usize, f: fn(&[f64]) -> f64) -> Vec<Index> {
    let base: Vec<Vec<f64>> = (0..2048).map(|k| halton(k, 2 * inputs)).collect();
    let found: Vec<f64> = points(&base).unwrap().iter().map(|p| f(p)).collect();
    let bootstrap = Bootstrap { resamples: 300, level: 0.95, draw: &mixed };
    indices(inputs, &found, Estimator::Saltelli, Some(bootstrap)).unwrap()
}

fn held(name: &str, index: &[Index], first: &[f64], total: &[f64]) {
    for (i, index) in index.iter().enumerate() {
        for (what, truth, (low, high)) in
            [("first", first[i], index.first_interval), ("total", total[i], index.total_interval)]
        {
            assert!(
                low <= truth && truth <= high,
                "{name} {i} {what}: {truth} not in {low} {high}"
            );
            assert!(high - low < 0.25, "{name} {i} {what}: {low} {high} says little");
        }
    }
}

#[test]
fn the_intervals_of_both_orders_hold_the_closed_forms_of_the_ishigami_function() {
    let (a, b) = (7.0_f64, 0.1_f64);
    let v1 = (1.0 + b * PI.powi(4) / 5.0).powi(2) / 2.0;
    let v2 = a * a / 8.0;
    let v13 = 8.0 * b * b * PI.powi(8) / 225.0;
    let v = v1 + v2 + v13;
    held(
        "ishigami",
        &studied(3, ishigami),
        &[v1 / v, v2 / v, 0.0],
        &[(v1 + v13) / v, v2 / v, v13 / v],
    );
}

#[test]
fn the_intervals_of_both_orders_hold_the_closed_forms_of_the_g_function() {
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let v = G.iter().map(|a| 1.0 + part(*a)).product::<f64>() - 1.0;
    let first: Vec<f64> = G.iter().map(|a| part(*a) / v).collect();
    let others = |a: f64| (v + 1.0) / (1.0 + part(a));
    let total: Vec<f64> = G.iter().map(|a| part(*a) * others(*a) / v).collect();
    held("g", &studied(4, g), &first, &total);
}

/// On a grid of four levels a step of two thirds moves |4x - 2| by 4/3 either way, so the size of the effect of input
/// i is 2 / (1 + a_i) times the product of the means of the others, (4/3 + a_j) / (1 + a_j).
#[test]
fn elementary_effects_of_the_g_function_have_the_size_of_its_closed_form() {
    let walks = 400;
    let walked = trajectories(4, walks, 4, &mixed).unwrap();
    let found: Vec<f64> = walked.iter().flat_map(|t| &t.points).map(|p| g(p)).collect();
    for (i, effect) in effects(&walked, &found).unwrap().iter().enumerate() {
        let others = G.iter().enumerate().filter(|(j, _)| *j != i);
        let size =
            2.0 / (1.0 + G[i]) * others.map(|(_, a)| (4.0 / 3.0 + a) / (1.0 + a)).product::<f64>();
        // The spread of the effects with their signs is more than that of their sizes.
        let error = 1.96 * effect.spread / (walks as f64).sqrt();
        assert!((effect.size - size).abs() < error, "{i}: {} not {size} ± {error}", effect.size);
        assert!(effect.mean.abs() < 2.0 * error, "{i}: it goes up as often as down");
    }
}
