//! What must hold of every sensitivity study at any input.

use crate::wild;

use proptest::prelude::*;
use theory::sensitivity::VARIANCE;
use theory::sensitivity::morris::{effects, trajectories};
use theory::sensitivity::prim::{Patience, Region, paste, peel};
use theory::sensitivity::sobol::{Bootstrap, Estimator, indices, points};

proptest! {
    #[test]
    fn of_a_linear_function_every_effect_is_its_slope(
        slopes in prop::collection::vec(-9.0..9.0, 1..6),
        half in 1_usize..5,
        draws in prop::collection::vec(0.0..1.0, 64),
    ) {
        let draw = |t: usize, k: usize| draws[(13 * t + k) % 64];
        let walked = trajectories(slopes.len(), 4, 2 * half, &draw).unwrap();
        let f = |p: &Vec<f64>| p.iter().zip(&slopes).map(|(x, b)| x * b).sum::<f64>();
        for t in &walked {
            for x in t.points.iter().flatten() {
                prop_assert!((0.0..=1.0).contains(x));
            }
        }
        let found: Vec<f64> = walked.iter().flat_map(|t| &t.points).map(f).collect();
        for (effect, slope) in effects(&walked, &found).unwrap().iter().zip(&slopes) {
            prop_assert!((effect.mean - slope).abs() < 1e-9);
            prop_assert!((effect.size - slope.abs()).abs() < 1e-9);
            prop_assert!(effect.spread < 1e-9);
        }
    }

    #[test]
    fn an_input_that_does_nothing_has_a_total_index_of_zero(
        base in prop::collection::vec(prop::collection::vec(0.0..1.0, 6), 3..40),
        draws in prop::collection::vec(0.0..1.0, 32),
    ) {
        let run = points(&base).unwrap();
        prop_assert_eq!(run.len(), base.len() * 5);
        let found: Vec<f64> = run.iter().map(|p| p[0] + p[0] * p[2]).collect();
        let draw = |b: usize, k: usize| draws[(5 * b + k) % 32];
        let bootstrap = Bootstrap { resamples: 9, level: 0.9, draw: &draw };
        let all = indices(3, &found, Estimator::Jansen, Some(bootstrap)).unwrap();
        prop_assert_eq!(all[1].total, 0.0);
        prop_assert_eq!(all[1].total_interval, (0.0, 0.0));
        for i in &all {
            prop_assert!(i.total >= 0.0);
            prop_assert!(i.first_interval.0 <= i.first_interval.1);
        }
        // Adding a constant and scaling change nothing.
        let other: Vec<f64> = found.iter().map(|y| 7.0 - 3.0 * y).collect();
        for (a, b) in all.iter().zip(indices(3, &other, Estimator::Jansen, None).unwrap()) {
            prop_assert!((a.first - b.first).abs() < 1e-6);
            prop_assert!((a.total - b.total).abs() < 1e-6);
        }
    }

    #[test]
    fn every_box_on_the_path_is_what_it_says(
        rows in prop::collection::vec((0_u8..6, 0.0..1.0, 0_u8..3), 2..80),
        peeled in 0.02..0.5,
    ) {
        let points: Vec<Vec<f64>> = rows.iter().map(|r| vec![f64::from(r.0), r.1]).collect();
        let outcome: Vec<f64> = rows.iter().map(|r| f64::from(r.2)).collect();
        let patience = Patience { peel: peeled, least_mass: 0.1 };
        let all: f64 = outcome.iter().sum();
        prop_assume!(all > 0.0);
        let path = peel(&points, &outcome, patience).unwrap();
        prop_assert_eq!(path[0].count, points.len());
        let last = paste(path.last().unwrap(), &points, &outcome, patience).unwrap();
        prop_assert!(last.density >= path.last().unwrap().density);
        prop_assert!(path.windows(2).all(|w| w[1].count < w[0].count));
        for region in path.iter().chain([&last]) {
            let inside: Vec<usize> =
                (0..points.len()).filter(|i| region.holds(&points[*i])).collect();
            let sum: f64 = inside.iter().map(|i| outcome[*i]).sum();
            prop_assert_eq!(inside.len(), region.count);
            prop_assert!(region.mass >= 0.1);
            prop_assert!((sum / all - region.coverage).abs() < 1e-12);
            prop_assert!((sum / inside.len() as f64 - region.density).abs() < 1e-12);
        }
    }

    #[test]
    fn any_numbers_at_all_are_studied_or_refused(
        a in prop::collection::vec(prop::collection::vec(wild::real(), 0..4), 0..5),
        n in wild::place(),
    ) {
        let x = a.first().and_then(|r| r.first()).copied().unwrap_or(0.3);
        let flat: Vec<f64> = a.iter().flatten().copied().collect();
        let _ = points(&a);
        let bootstrap = Bootstrap { resamples: 3, level: x, draw: &|_, _| x };
        let _ = indices(n, &flat, Estimator::Saltelli, Some(bootstrap));
        let _ = trajectories(n, n, n, &|_, _| x);
        let walked = trajectories(2, 1, 4, &|_, _| 0.1).unwrap();
        let _ = effects(&walked, &flat);
        let firsts: Vec<f64> = a.iter().map(|r| r.first().copied().unwrap_or(1.0)).collect();
        let patience = Patience { peel: x, least_mass: 0.1 };
        let _ = peel(&a, &firsts, patience);
        let _ = peel(&a, &firsts, Patience::default());
        let ends = flat.iter().map(|x| (Some(*x), None)).collect();
        let start = Region { ends, count: n, mass: x, coverage: x, density: x };
        let _ = (start.holds(&flat), start.restricted(), paste(&start, &a, &firsts, patience));
    }
}

#[test]
fn results_without_variance_are_refused() {
    let found = indices(1, &[2.0; 6], Estimator::Saltelli, None);
    assert_eq!(found.unwrap_err().place.argument, VARIANCE);
}

/// Fifty studies of a function whose indices are known, each with its own draws.
#[test]
fn nine_in_ten_bootstrap_intervals_hold_the_true_total_index() {
    let mixed = |a: usize, b: usize| {
        let mut z = ((a as u64) << 32 ^ b as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    // y = 2a + b: variances 4/12 and 1/12.
    let mut held = 0;
    for study in 0..50 {
        let base: Vec<Vec<f64>> = (0..200)
            .map(|row| (0..4).map(|k| mixed(1000 + study, 4 * row + k)).collect())
            .collect();
        let run = points(&base).unwrap();
        let found: Vec<f64> = run.iter().map(|p| 2.0 * p[0] + p[1]).collect();
        let draw = |b: usize, k: usize| mixed(5000 + study, 200 * b + k);
        let bootstrap = Bootstrap { resamples: 200, level: 0.9, draw: &draw };
        let all = indices(2, &found, Estimator::Saltelli, Some(bootstrap)).unwrap();
        for (index, truth) in all.iter().zip([0.8, 0.2]) {
            let (low, high) = index.total_interval;
            held += u32::from(low <= truth && truth <= high);
        }
    }
    assert!((82..=98).contains(&held), "{held} of 100");
}
