//! What must hold of every score at any input.

use crate::wild;

use proptest::prelude::*;
use theory::normal::{bivariate, cumulative};
use theory::score::{
    Law, brier, brier_many, calibration, crps, crps_ensemble, crps_fair, decompose, ignorance,
    interval, interval_of_draws, log, ranked_probability, skill,
};

type Distribution = Box<dyn Fn(f64) -> f64>;

/// The integral that defines the score, by Simpson's rule from -60 to 60, cut at the outcome.
fn by_integration(cdf: impl Fn(f64) -> f64, y: f64) -> f64 {
    let simpson = |from: f64, to: f64, came: f64| {
        let steps = 60_000;
        let h = (to - from) / f64::from(steps);
        let at = |k: i32| (cdf(from + h * f64::from(k)) - came).powi(2);
        let inner: f64 =
            (1..steps).map(|k| if k % 2 == 1 { 4.0 * at(k) } else { 2.0 * at(k) }).sum();
        h / 3.0 * (at(0) + inner + at(steps))
    };
    simpson(-60.0, y, 0.0) + simpson(y, 60.0, 1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn closed_forms_are_the_integral_that_defines_them(
        y in -3.0..3.0,
        at in -1.0..1.0,
        scale in 0.5..1.5,
    ) {
        let cases: Vec<(Law, Distribution)> = vec![
            (Law::Normal { mean: at, sd: scale }, Box::new(move |x| cumulative((x - at) / scale))),
            (
                Law::Lognormal { mean: at, sd: 0.5 * scale },
                Box::new(move |x| {
                    if x <= 0.0 { 0.0 } else { cumulative((x.ln() - at) / (0.5 * scale)) }
                }),
            ),
            (
                Law::Logistic { location: at, scale },
                Box::new(move |x| 1.0 / (1.0 + (-(x - at) / scale).exp())),
            ),
            (
                Law::Laplace { location: at, scale },
                Box::new(move |x| {
                    let z = (x - at) / scale;
                    if z < 0.0 { 0.5 * z.exp() } else { 1.0 - 0.5 * (-z).exp() }
                }),
            ),
            (
                Law::Uniform { low: at, high: at + scale },
                Box::new(move |x| ((x - at) / scale).clamp(0.0, 1.0)),
            ),
            (
                Law::Exponential { rate: scale },
                Box::new(move |x| if x < 0.0 { 0.0 } else { 1.0 - (-scale * x).exp() }),
            ),
        ];
        for (law, cdf) in cases {
            let (closed, integral) = (crps(law, y).unwrap(), by_integration(cdf, y));
            prop_assert!((closed - integral).abs() < 1e-4, "{law:?} at {y}: {closed} {integral}");
        }
    }
}

proptest! {
    #[test]
    fn the_parts_of_the_brier_score_add_up(
        rows in prop::collection::vec((0_u8..=10, any::<bool>()), 1..60),
    ) {
        let p: Vec<f64> = rows.iter().map(|r| f64::from(r.0) / 10.0).collect();
        let o: Vec<bool> = rows.iter().map(|r| r.1).collect();
        let parts = decompose(&p, &o).unwrap();
        let sum = parts.reliability - parts.resolution + parts.uncertainty;
        prop_assert!((sum - brier(&p, &o).unwrap()).abs() < 1e-12);
        let bins = calibration(&p, &o, 10).unwrap();
        prop_assert_eq!(bins.iter().map(|b| b.count).sum::<usize>(), p.len());
        for (p, bin) in p.iter().map(|p| (p, ((p * 10.0).round() as usize).min(9))) {
            prop_assert!(bins[bin].count > 0, "{p}");
        }
        for b in bins.iter().filter(|b| b.count > 0) {
            let (low, high) = b.wilson.unwrap();
            let share = b.share.unwrap();
            prop_assert!(low <= share + 1e-12 && share <= high + 1e-12);
        }
    }

    #[test]
    fn an_ensemble_is_scored_as_the_step_function_it_is(
        mut draws in prop::collection::vec(-5.0..5.0, 1..12),
        y in -6.0..6.0,
    ) {
        let score = crps_ensemble(&draws, y).unwrap();
        let fair = crps_fair(&draws, y).unwrap();
        prop_assert!(fair <= score + 1e-12);
        draws.sort_by(f64::total_cmp);
        let n = draws.len() as f64;
        let mut knots = draws.clone();
        knots.push(y);
        knots.sort_by(f64::total_cmp);
        let step = |w: &[f64]| {
            let middle = (w[0] + w[1]) / 2.0;
            let below = draws.iter().filter(|x| **x <= middle).count() as f64 / n;
            let came = f64::from(u8::from(y <= middle));
            (w[1] - w[0]) * (below - came).powi(2)
        };
        prop_assert!((knots.windows(2).map(step).sum::<f64>() - score).abs() < 1e-9);
    }

    #[test]
    fn a_forecaster_does_best_by_saying_what_it_believes(
        believed in 0.01..0.99,
        said in 0.01..0.99,
    ) {
        let expected = |p: f64, of: &dyn Fn(f64, usize) -> f64| {
            believed * of(p, 1) + (1.0 - believed) * of(p, 0)
        };
        let scores: [&dyn Fn(f64, usize) -> f64; 4] = [
            &|p, o| brier(&[p], &[o == 1]).unwrap(),
            &|p, o| brier_many(&[1.0 - p, p], o).unwrap(),
            &|p, o| log(&[1.0 - p, p], o).unwrap(),
            &|p, o| ranked_probability(&[1.0 - p, p], o).unwrap(),
        ];
        for score in scores {
            prop_assert!(expected(believed, score) <= expected(said, score) + 1e-12);
        }
    }

    #[test]
    fn two_dimensions_add_up_over_quadrants(h in -6.0..6.0, k in -6.0..6.0, rho in -1.0..1.0) {
        let both = bivariate(h, k, rho);
        prop_assert!((both + bivariate(h, -k, -rho) - cumulative(h)).abs() < 1e-12);
        prop_assert!((both - bivariate(k, h, rho)).abs() < 1e-12);
        let orthant = 0.25 + rho.asin() / std::f64::consts::TAU;
        prop_assert!((bivariate(0.0, 0.0, rho) - orthant).abs() < 1e-14);
    }

    #[test]
    fn any_numbers_at_all_are_scored_or_refused(
        a in prop::collection::vec(wild::real(), 0..5),
        k in wild::place(),
    ) {
        let o: Vec<bool> = a.iter().map(|x| *x > 0.0).collect();
        let (x, y) = (a.first().copied().unwrap_or(0.5), a.get(1).copied().unwrap_or(f64::NAN));
        let _ = (brier(&a, &o), decompose(&a, &o), calibration(&a, &o, k));
        let _ = (brier_many(&a, k), log(&a, k), ranked_probability(&a, k));
        let _ = (crps_ensemble(&a, x), crps_fair(&a, x), ignorance(&a, &a, x));
        let _ = (interval_of_draws(&a, x), interval(x, y, y, x), skill(x, y));
        let _ = crps(Law::Normal { mean: x, sd: y }, y);
        let _ = crps(Law::Lognormal { mean: x, sd: y }, y);
        let _ = crps(Law::Uniform { low: x, high: y }, y);
        let _ = (cumulative(x), bivariate(x, y, x));
    }
}

#[test]
fn the_normal_distribution_agrees_with_tables() {
    for (x, p) in [
        (0.0, 0.5),
        (1.0, 0.841_344_746_068_542_9),
        (-1.96, 0.024_997_895_148_220_435),
        (-3.0, 0.001_349_898_031_630_094_6),
        (2.4, 0.991_802_464_075_403_8),
        (-10.0, 7.619_853_024_160_526e-24),
        (f64::INFINITY, 1.0),
    ] {
        assert!((cumulative(x) - p).abs() <= 1e-13 * p, "{x}: {}", cumulative(x));
    }
}
