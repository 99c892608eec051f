//! Predictive distributions and pools: published numbers, and numbers worked by hand.

#![allow(clippy::unwrap_used)]

use theory::pooling::{
    BetaBinomial, Events, GammaPoisson, Kernel, Pooled, Rate, Record, Share, Span, StudentT,
    Trials, effective_sample_size, kaplan_meier, log_odds_pool, quantile_pool, recalibrated,
    recalibration_slope, survival_on, tilt,
};
use theory::score::{Law, crps};

fn near(found: f64, expected: f64, by: f64) {
    assert!((found - expected).abs() <= by, "{found} is not {expected} to within {by}");
}

fn trials(yes: f64, trials: f64) -> Trials {
    Trials { yes, trials }
}

/// Tumours in 71 groups of rats (Tarone 1982), as Gelman and others print them in table 5.1.
#[rustfmt::skip]
const RATS: [(u8, u8); 71] = [
    (0, 20), (0, 20), (0, 20), (0, 20), (0, 20), (0, 20), (0, 20), (0, 19), (0, 19), (0, 19),
    (0, 19), (0, 18), (0, 18), (0, 17), (1, 20), (1, 20), (1, 20), (1, 20), (1, 19), (1, 19),
    (1, 18), (1, 18), (2, 25), (2, 24), (2, 23), (2, 20), (2, 20), (2, 20), (2, 20), (2, 20),
    (2, 20), (1, 10), (5, 49), (2, 19), (5, 46), (3, 27), (2, 17), (7, 49), (7, 47), (3, 20),
    (3, 20), (2, 13), (9, 48), (10, 50), (4, 20), (4, 20), (4, 20), (4, 20), (4, 20), (4, 20),
    (4, 20), (10, 48), (4, 19), (4, 19), (4, 19), (5, 22), (11, 46), (12, 49), (5, 20), (5, 20),
    (6, 23), (5, 19), (6, 22), (6, 20), (6, 20), (6, 20), (16, 52), (15, 47), (15, 46), (9, 24),
    (4, 14),
];

#[test]
fn the_rats_of_bayesian_data_analysis_come_out_as_printed() {
    let groups: Vec<Trials> =
        RATS.iter().map(|(y, n)| trials(f64::from(*y), f64::from(*n))).collect();
    let fit = BetaBinomial::fit(&groups).unwrap();
    // Section 5.3: the posterior means of alpha and beta are 2.4 and 14.3.
    let Share { alpha, beta } = fit.shapes();
    near(alpha, 2.4, 0.05);
    near(beta, 14.3, 0.3);
    // The last group, 4 of 14, is drawn towards the rest: above a quarter it would stand alone.
    let last = fit.chance(trials(4.0, 14.0)).unwrap();
    assert!((0.19..0.23).contains(&last), "{last}");
}

#[test]
fn one_trial_moves_a_share_as_counting_does() {
    // Section 2.4: 437 girls of 980 births after placenta praevia, from an even prior.
    let share = Share { alpha: 1.0, beta: 1.0 }.after(trials(437.0, 980.0));
    near(share.mean(), 0.446, 0.0005);
    assert_eq!(share, Share { alpha: 438.0, beta: 544.0 });
    // Without any record the prior is even, and one group alone stays between its share and a half.
    near(BetaBinomial::fit(&[]).unwrap().chance(Trials::default()).unwrap(), 0.5, 1e-9);
    let own = trials(3.0, 4.0);
    let chance = BetaBinomial::fit(&[own]).unwrap().chance(own).unwrap();
    assert!((0.5..0.75).contains(&chance), "{chance}");
}

#[test]
fn the_asthma_deaths_of_bayesian_data_analysis_come_out_as_printed() {
    // Section 2.6: Gamma(3, 5), then 3 deaths in an exposure of 2: Gamma(6, 7), mean 0.86.
    let prior = Rate { shape: 3.0, inverse_scale: 5.0 };
    let rate = prior.after(Events { count: 3.0, exposure: 2.0 });
    assert_eq!(rate, Rate { shape: 6.0, inverse_scale: 7.0 });
    near(rate.mean(), 0.857, 0.0005);
    // No event in one unit: (7/8)^6; one event: 6 (7/8)^6 / 8.
    near(rate.chance_of(0, 1.0), 0.875_f64.powi(6), 1e-12);
    near(rate.chance_of(1, 1.0), 6.0 * 0.875_f64.powi(6) / 8.0, 1e-12);
    let all: f64 = (0..200).map(|n| rate.chance_of(n, 3.0)).sum();
    near(all, 1.0, 1e-12);
}

#[test]
fn rates_of_groups_lie_between_their_own_and_that_of_all() {
    let group = |count, exposure| Events { count, exposure };
    let groups = [group(0.0, 10.0), group(2.0, 10.0), group(9.0, 10.0)];
    let fit = GammaPoisson::fit(&groups).unwrap();
    let means: Vec<f64> = groups.iter().map(|g| fit.mean(*g)).collect();
    assert!(means[0] > 0.0 && means[0] < 0.2, "{means:?}");
    assert!(means[1] > 0.2 && means[1] < 0.37, "{means:?}");
    assert!(means[2] > 0.6 && means[2] < 0.9, "{means:?}");
    let all: f64 = (0..400).map(|n| fit.chance_of(n, 1.0, groups[2]).unwrap()).sum();
    near(all, 1.0, 1e-6);
    assert!(GammaPoisson::fit(&[]).unwrap_err().is_absence());
    assert!(GammaPoisson::fit(&[group(1.0, 0.0)]).is_err());
}

#[test]
fn students_t_has_the_quantiles_of_the_tables() {
    // Two-sided five per cent, as every table prints it.
    for (df, table) in [(1.0, 12.706), (2.0, 4.303), (5.0, 2.571), (30.0, 2.042)] {
        let t = StudentT::new(0.0, 1.0, df).unwrap();
        near(t.quantile(0.975).unwrap(), table, 5e-4);
        near(t.cumulative(-table), 0.025, 1e-4);
    }
    let t = StudentT::new(3.0, 2.0, 4.0).unwrap();
    near(t.cumulative(3.0), 0.5, 1e-14);
    // The density at the middle of the t with one degree of freedom is 1/pi.
    let cauchy = StudentT::new(0.0, 1.0, 1.0).unwrap();
    near(cauchy.ln_density(0.0).exp(), std::f64::consts::FRAC_1_PI, 1e-12);
    assert!(StudentT::new(0.0, 0.0, 4.0).is_err());
    assert!(StudentT::fit(&[1.0, 1.0, 1.0], &[4.0]).is_err());
}

#[test]
fn remission_times_last_as_kaplan_and_meier_have_it() {
    // Freireich and others 1963, the 21 patients under 6-mercaptopurine, in weeks.
    let ended = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0];
    let watched = [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0];
    let span = |ended| move |length: &f64| Span { length: *length, ended, weight: 1.0 };
    let mut spans: Vec<Span> = ended.iter().map(span(true)).collect();
    spans.extend(watched.iter().map(span(false)));
    let steps = kaplan_meier(&spans).unwrap();
    let printed = [
        (6.0, 0.857, 0.0764),
        (7.0, 0.807, 0.0869),
        (10.0, 0.753, 0.0963),
        (13.0, 0.690, 0.1068),
        (16.0, 0.627, 0.1141),
        (22.0, 0.538, 0.1282),
        (23.0, 0.448, 0.1346),
    ];
    assert_eq!(steps.len(), printed.len());
    for (step, (time, survival, error)) in steps.iter().zip(printed) {
        assert_eq!(step.time, time);
        near(step.survival, survival, 6e-4);
        near(step.error, error, 6e-5);
    }
    assert_eq!(survival_on(&steps, 5.9), 1.0);
    near(survival_on(&steps, 30.0), 0.448, 6e-4);
    // Two waits that count half are one.
    let half = [Span { length: 2.0, ended: true, weight: 0.5 }; 2];
    assert_eq!(kaplan_meier(&half).unwrap()[0].survival, 0.0);
}

/// Yields of dyestuff in grams, six batches of five (Davies and Goldsmith 1972).
const DYESTUFF: [[f64; 5]; 6] = [
    [1545.0, 1440.0, 1440.0, 1520.0, 1580.0],
    [1540.0, 1555.0, 1490.0, 1560.0, 1495.0],
    [1595.0, 1550.0, 1605.0, 1510.0, 1560.0],
    [1445.0, 1440.0, 1595.0, 1465.0, 1545.0],
    [1595.0, 1630.0, 1515.0, 1635.0, 1625.0],
    [1520.0, 1455.0, 1450.0, 1480.0, 1445.0],
];

#[test]
fn batches_of_dyestuff_are_drawn_together_as_published() {
    let of = |(group, row): (usize, &[f64; 5])| {
        row.map(|value| Record { group, value, censored: false, weight: 1.0 })
    };
    let records: Vec<Record> = DYESTUFF.iter().enumerate().flat_map(of).collect();
    let fit = Pooled::fit(&records, 6, Kernel::Normal).unwrap();
    // Restricted maximum likelihood gives 49.5 within and 42.0 between batches; the mean of a
    // posterior that leans to the right, as that of a spread between six groups does, lies above.
    let (within, between) = fit.spreads();
    near(within, 49.5, 6.0);
    assert!((42.0..90.0).contains(&between), "{between}");
    // Means of batches, shrunk by restricted maximum likelihood (lme4, `ranef` of Dyestuff).
    let shrunk = [1509.9, 1527.9, 1556.1, 1504.5, 1584.7, 1481.9];
    for (batch, expected) in shrunk.iter().enumerate() {
        near(fit.predict(Some(batch)).location(), *expected, 6.0);
    }
    near(fit.predict(None).location(), 1527.5, 3.0);
}

#[test]
fn one_group_alone_is_predicted_by_the_exact_t() {
    let values = [4.1, 5.3, 4.7, 6.2, 5.0, 5.5, 4.4, 5.9];
    let record = |value: &f64| Record { group: 0, value: *value, censored: false, weight: 1.0 };
    let records: Vec<Record> = values.iter().map(record).collect();
    let fit = Pooled::fit(&records, 1, Kernel::Normal).unwrap();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let exact = StudentT::new(mean, sd * (1.0 + 1.0 / n).sqrt(), n - 1.0).unwrap();
    let found = fit.predict(Some(0));
    for share in [0.05, 0.25, 0.5, 0.75, 0.95] {
        near(found.quantile(share).unwrap(), exact.quantile(share).unwrap(), 0.06);
    }
}

#[test]
fn a_wait_that_was_not_seen_to_its_end_makes_the_next_longer() {
    let record = |value: f64, censored| Record { group: 0, value, censored, weight: 1.0 };
    let mut records: Vec<Record> =
        [3.0, 3.5, 4.0, 4.5, 5.0].iter().map(|v| record(*v, false)).collect();
    let before = Pooled::fit(&records, 1, Kernel::Normal).unwrap().predict(Some(0));
    records.push(record(5.5, true));
    let after = Pooled::fit(&records, 1, Kernel::Normal).unwrap().predict(Some(0));
    assert!(after.quantile(0.5).unwrap() > before.quantile(0.5).unwrap());
    // One that ended early says less than one still going on then, which says next to nothing.
    records.pop();
    records.push(record(1.0, true));
    let still = Pooled::fit(&records, 1, Kernel::Normal).unwrap().predict(Some(0));
    near(still.quantile(0.5).unwrap(), before.quantile(0.5).unwrap(), 0.01);
    assert!(Pooled::fit(&[record(1.0, true)], 1, Kernel::Normal).is_err());
    assert!(Pooled::fit(&[record(1.0, false); 3], 1, Kernel::Normal).is_err());
    assert!(Pooled::fit(&[record(1.0, false)], 0, Kernel::Normal).is_err());
}

#[test]
fn odds_pool_by_their_geometric_mean() {
    // Odds of 4 and 1 with even weights: 2.
    near(log_odds_pool(&[0.8, 0.5], &[0.5, 0.5]).unwrap(), 2.0 / 3.0, 1e-14);
    near(log_odds_pool(&[0.8, 0.5], &[1.0, 0.0]).unwrap(), 0.8, 1e-14);
    near(log_odds_pool(&[1.0, 0.5], &[0.0, 1.0]).unwrap(), 0.5, 1e-14);
    assert_eq!(log_odds_pool(&[1.0, 0.5], &[0.5, 0.5]).unwrap(), 1.0);
    assert!(log_odds_pool(&[1.0, 0.0], &[0.5, 0.5]).is_err());
    assert!(log_odds_pool(&[0.3], &[0.9]).is_err());
    assert!(log_odds_pool(&[], &[]).unwrap_err().is_absence());
    // Externally Bayesian: evidence of odds 3 may be taken in before or after.
    let seen = |p: f64| 3.0 * p / (1.0 - p + 3.0 * p);
    let after = seen(log_odds_pool(&[0.2, 0.6], &[0.3, 0.7]).unwrap());
    let before = log_odds_pool(&[seen(0.2), seen(0.6)], &[0.3, 0.7]).unwrap();
    near(after, before, 1e-14);
}

#[test]
fn quantiles_of_two_normals_pool_into_a_normal() {
    let z = [-1.644_854, -0.674_490, 0.0, 0.674_490, 1.644_854];
    let of = |mean: f64, sd: f64| z.map(|z| mean + sd * z);
    let (a, b) = (of(10.0, 2.0), of(20.0, 4.0));
    let pool = quantile_pool(&[&a, &b], &[0.25, 0.75]).unwrap();
    for (found, expected) in pool.iter().zip(of(17.5, 3.5)) {
        near(*found, expected, 1e-12);
    }
    assert!(quantile_pool(&[&a, &b[1..]], &[0.5, 0.5]).is_err());
    assert!(quantile_pool(&[&[2.0, 1.0], &[1.0, 2.0]], &[0.5, 0.5]).is_err());
}

#[test]
fn a_tilt_to_the_share_of_an_event_weighs_as_by_hand() {
    // Ten draws, the event in two of them, moved to a half: 1/4 each and 1/16 each.
    let event: Vec<f64> = (0..10).map(|i| f64::from(u8::from(i < 2))).collect();
    let found = tilt(std::slice::from_ref(&event), &[0.5], 0.0).unwrap();
    for (i, weight) in found.weights.iter().enumerate() {
        near(*weight, if i < 2 { 0.25 } else { 0.0625 }, 1e-9);
    }
    near(found.effective, 1.0 / (2.0 * 0.0625 + 8.0 * 0.003_906_25), 1e-6);
    // Relative entropy: a half ln 2.5 + a half ln 0.625.
    near(found.entropy, 0.5 * 2.5_f64.ln() + 0.5 * 0.625_f64.ln(), 1e-9);
    assert_eq!(found.taken, 1.0);
    // With a floor of 8 draws it goes as far as that allows, and says so.
    let held = tilt(std::slice::from_ref(&event), &[0.5], 8.0).unwrap();
    assert!(held.effective >= 8.0 && held.effective < 8.01, "{held:?}");
    assert!(held.taken < 1.0 && held.reached[0] > 0.2 && held.reached[0] < 0.5);
    assert_eq!(effective_sample_size(&[1.0, 1.0, 1.0]), 3.0);
    assert_eq!(effective_sample_size(&[1.0, 0.0, 0.0]), 1.0);
    assert!(tilt(&[event], &[1.0], 0.0).is_err());
}

#[test]
fn a_tilted_normal_is_the_normal_moved() {
    let law = StudentT::new(0.0, 1.0, 1e6).unwrap();
    let n = 2000;
    let draws: Vec<f64> =
        (0..n).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(n)).unwrap()).collect();
    let square: Vec<f64> = draws.iter().map(|x| x * x).collect();
    // The least change that moves a normal's mean to m keeps its spread, and costs m^2 / 2.
    let moved = tilt(std::slice::from_ref(&draws), &[0.5], 0.0).unwrap();
    near(moved.entropy, 0.125, 0.002);
    let second: f64 = moved.weights.iter().zip(&square).map(|(w, s)| w * s).sum();
    near(second - 0.25, 1.0, 0.01);
    // Both margins at once: mean 0 and variance a quarter; the relative entropy is ln 2 - 3/8.
    let narrow = tilt(&[draws, square], &[0.0, 0.25], 0.0).unwrap();
    near(narrow.entropy, 2.0_f64.ln() - 0.375, 0.005);
}

#[test]
fn a_mixture_scores_as_the_law_it_is() {
    // A pooled log-normal of one wide record: its quantiles score like the closed form.
    let z: Vec<f64> = (0..200).map(|i| (f64::from(i) + 0.5) / 200.0).collect();
    let law = StudentT::new(4.0, 0.5, 1e6).unwrap();
    let points: Vec<f64> = z.iter().map(|p| law.quantile(*p).unwrap().exp()).collect();
    let found = theory::score::crps_ensemble(&points, 80.0).unwrap();
    near(found, crps(Law::Lognormal { mean: 4.0, sd: 0.5 }, 80.0).unwrap(), 0.05);
}

#[test]
fn a_forecast_is_drawn_toward_even_odds_and_never_past_them() {
    // Odds of 4 with a slope of one half are odds of 2.
    near(recalibrated(0.8, 0.5).unwrap(), 2.0 / 3.0, 1e-14);
    near(recalibrated(0.2, 0.5).unwrap(), 1.0 / 3.0, 1e-14);
    near(recalibrated(0.8, 1.0).unwrap(), 0.8, 1e-14);
    assert_eq!(recalibrated(1.0, 0.0).unwrap(), 0.5);
    assert_eq!(recalibrated(1.0, 0.3).unwrap(), 1.0);
    assert!(recalibrated(0.8, 1.1).is_err());
    assert!(recalibrated(1.2, 0.5).is_err());
}

#[test]
fn the_slope_is_what_the_answers_bear_out() {
    // Nothing known: the mean of the even prior.
    near(recalibration_slope(&[], &[]).unwrap(), 0.5, 1e-14);
    // One forecast of 3 in 4 that came: the mean of b under a density that goes with 3^b / (1 + 3^b).
    near(recalibration_slope(&[0.75], &[true]).unwrap(), 0.5333, 2e-3);
    let sure = [0.95; 40];
    let right: Vec<bool> = (0..40).map(|i| i % 20 != 0).collect();
    let even: Vec<bool> = (0..40).map(|i| i % 2 == 0).collect();
    assert!(recalibration_slope(&sure, &right).unwrap() > 0.8);
    assert!(recalibration_slope(&sure, &even).unwrap() < 0.15);
    // The opposite of each question teaches the same.
    let other: Vec<f64> = sure.iter().map(|p| 1.0 - p).collect();
    let not: Vec<bool> = right.iter().map(|came| !came).collect();
    let same = recalibration_slope(&sure, &right).unwrap();
    near(recalibration_slope(&other, &not).unwrap(), same, 1e-12);
    assert!(recalibration_slope(&[0.5], &[]).is_err());
    assert!(recalibration_slope(&[1.0], &[true]).is_err());
}

#[test]
fn an_overconfident_forecaster_is_found_out() {
    // Truth has odds e^x; the forecaster says e^{x / b}. Of each probability as many come as should.
    for slope in [0.25, 0.5, 0.8] {
        let (mut said, mut came) = (Vec::new(), Vec::new());
        for step in -8..=8 {
            let x = f64::from(step) / 4.0;
            let truth = 1.0 / (1.0 + (-x).exp());
            for n in 0..200 {
                said.push(1.0 / (1.0 + (-x / slope).exp()));
                came.push(f64::from(n) + 0.5 < 200.0 * truth);
            }
        }
        near(recalibration_slope(&said, &came).unwrap(), slope, 0.02);
    }
}
