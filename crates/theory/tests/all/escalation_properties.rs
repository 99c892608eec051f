//! What must hold of every model of escalation at any input.

use crate::wild;

use proptest::prelude::*;
use theory::What;
use theory::escalation::hawkes::{Event, Hawkes, fit};
use theory::escalation::ladder::Ladder;
use theory::escalation::quantal::{crisis, logit};
use theory::escalation::signalling::{Payoffs, equilibria};
use theory::normal::{bivariate, cumulative};

fn payoffs() -> impl Strategy<Value = Payoffs> {
    prop::collection::vec(-4.0..3.0, 7).prop_map(|v| Payoffs {
        status_quo_a: v[0],
        victory_a: v[0] + 0.05 + (v[1] + 4.0) / 2.0,
        concession_b: v[2],
        war_a: v[3],
        war_b: v[4],
        backing_down_a: v[5],
        victory_b: v[6],
    })
}

/// How far B's resistance is from B's best answer, worked out anew.
fn off(p: &Payoffs, resist: f64) -> f64 {
    let c = (p.status_quo_a - (1.0 - resist) * p.victory_a) / resist;
    let challenge = 1.0 - cumulative(c - p.war_a) * cumulative(c - p.backing_down_a);
    let root = 0.5_f64.sqrt();
    let fight = bivariate((p.war_a - p.backing_down_a) * root, p.war_a - c, root) / challenge;
    let gain = fight * p.war_b + (1.0 - fight) * p.victory_b - p.concession_b;
    resist - cumulative(gain / fight)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_equilibrium_is_missed_or_made_up(p in payoffs()) {
        let found = equilibria(&p).unwrap();
        prop_assert!(!found.is_empty());
        for e in &found {
            if e.challenge > 1e-6 && e.resist > 1e-9 {
                prop_assert!(off(&p, e.resist).abs() < 1e-6, "{e:?}");
            }
            prop_assert!((e.outcomes().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        // Every change of sign on a plain grid has its equilibrium.
        let grid: Vec<f64> = (1..400).map(|k| f64::from(k) / 400.0).collect();
        for w in grid.windows(2) {
            let (a, b) = (off(&p, w[0]), off(&p, w[1]));
            if a.abs() > 1e-6 && b.abs() > 1e-6 && a.signum() != b.signum() {
                prop_assert!(found.iter().any(|e| e.resist >= w[0] && e.resist <= w[1]));
            }
        }
        // A continuous map of the unit range onto itself crosses the diagonal an odd number of times
        // unless it touches it.
        prop_assert!(found.len() % 2 == 1 || found.iter().any(|e| !e.stable));
    }

    #[test]
    fn a_quantal_response_equilibrium_answers_itself(
        a in prop::collection::vec(prop::collection::vec(-3.0..3.0, 3), 2),
        b in prop::collection::vec(prop::collection::vec(-3.0..3.0, 3), 2),
        lambda in 0.0..1.5,
    ) {
        match logit(&a, &b, lambda) {
            Ok(mixed) => {
                let answer = |utility: Vec<f64>| -> Vec<f64> {
                    let weight: Vec<f64> = utility.iter().map(|u| (lambda * u).exp()).collect();
                    let total: f64 = weight.iter().sum();
                    weight.iter().map(|w| w / total).collect()
                };
                let rows = answer(
                    a.iter().map(|r| r.iter().zip(&mixed.columns).map(|(a, q)| a * q).sum()).collect(),
                );
                let columns = answer(
                    (0..3).map(|j| b.iter().zip(&mixed.rows).map(|(b, p)| b[j] * p).sum()).collect(),
                );
                for (x, y) in rows.iter().zip(&mixed.rows).chain(columns.iter().zip(&mixed.columns)) {
                    prop_assert!((x - y).abs() < 1e-9);
                }
            }
            // The branch turns back, or forks.
            Err(fault) => {
                prop_assert!(matches!(fault.what, What::Unsettled | What::Singular), "{}", fault);
            }
        }
    }

    #[test]
    fn the_likelihood_is_that_of_the_rate_integrated(
        times in prop::collection::vec((0.0..10.0, 0_usize..2), 0..8),
        rates in prop::collection::vec(0.05..1.0, 6),
        decay in 0.2..3.0,
    ) {
        let mut events: Vec<Event> =
            times.into_iter().map(|(time, kind)| Event { time, kind }).collect();
        events.sort_by(|a, b| a.time.total_cmp(&b.time));
        let process = Hawkes {
            background: rates[..2].to_vec(),
            excitation: vec![rates[2..4].to_vec(), rates[4..].to_vec()],
            decay,
        };
        let rate = |kind: usize, t: f64, before: &[Event]| -> f64 {
            let raised = |e: &Event| {
                process.excitation[kind][e.kind] * (-decay * (t - e.time)).exp()
            };
            process.background[kind] + before.iter().map(raised).sum::<f64>()
        };
        let mut expected: f64 =
            (0..events.len()).map(|n| rate(events[n].kind, events[n].time, &events[..n]).ln()).sum();
        let mut knots: Vec<f64> = events.iter().map(|e| e.time).collect();
        knots.push(10.0);
        let mut from = 0.0;
        for (n, to) in knots.iter().enumerate() {
            let h = (to - from) / 400.0;
            for k in 0..400 {
                let middle = from + h * (f64::from(k) + 0.5);
                expected -= h * (0..2).map(|i| rate(i, middle, &events[..n])).sum::<f64>();
            }
            from = *to;
        }
        let found = process.log_likelihood(&events, 10.0).unwrap();
        prop_assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }

    #[test]
    fn chances_on_a_ladder_add_up_and_settle(
        rates in prop::collection::vec((0.1..2.0, 0.1..2.0), 1..5),
        time in 0.0..20.0,
    ) {
        let (up, down): (Vec<f64>, Vec<f64>) = rates.into_iter().unzip();
        let top = up.len();
        let ladder = Ladder { up, down };
        let chances = ladder.chances(0, time).unwrap();
        prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(chances.iter().all(|p| (0.0..=1.0).contains(p)));
        let reached = ladder.reaches(0, top, time).unwrap();
        prop_assert!(reached >= chances[top] - 1e-12);
        let long = ladder.chances(0, 1000.0).unwrap();
        for (a, b) in long.iter().zip(ladder.standing().unwrap().unwrap()) {
            prop_assert!((a - b).abs() < 1e-3);
        }
        // The mean time to the top is the integral of the chance of not having reached it.
        let mean = ladder.mean_time(0, top).unwrap();
        if mean < 40.0 {
            let h = mean / 10.0;
            let integral: f64 = (0..300)
                .map(|k| h * (1.0 - ladder.reaches(0, top, h * (f64::from(k) + 0.5)).unwrap()))
                .sum();
            prop_assert!((integral - mean).abs() < 2e-2 * mean, "{integral} {mean}");
        }
    }

    #[test]
    fn any_numbers_at_all_are_answered_or_refused(
        v in prop::collection::vec(wild::real(), 7),
        k in wild::place(),
        to in wild::place(),
    ) {
        let p = Payoffs {
            status_quo_a: v[0],
            victory_a: v[1],
            concession_b: v[2],
            war_a: v[3],
            war_b: v[4],
            backing_down_a: v[5],
            victory_b: v[6],
        };
        let _ = (equilibria(&p), crisis(&p, v[0]));
        let square = vec![v[..2].to_vec(), v[2..4].to_vec()];
        let _ = logit(&square, &square, v[4]);
        let process = Hawkes { background: v[..2].to_vec(), excitation: square, decay: v[5] };
        let events = [Event { time: v[6], kind: k }];
        let _ = process.simulate(v[6], 50, &|_| v[0].abs().fract());
        let _ = (process.log_likelihood(&events, v[6]), process.mean_rate());
        let _ = (process.rescaled_gaps(&events, v[6]), fit(&v, v[6]));
        let ladder = Ladder { up: v[..3].to_vec(), down: v[3..6].to_vec() };
        let _ = (ladder.chances(k, v[6]), ladder.reaches(k, to, v[6]), ladder.standing());
        let _ = ladder.mean_time(k, to);
    }
}

#[test]
fn extreme_payoffs_have_their_one_equilibrium() {
    let base = Payoffs {
        status_quo_a: 0.0,
        victory_a: 1.0,
        concession_b: 0.0,
        war_a: -15.0,
        war_b: -15.0,
        backing_down_a: -15.0,
        victory_b: 15.0,
    };
    assert!(!equilibria(&base).unwrap().is_empty());
    let bold = Payoffs { war_a: 15.0, backing_down_a: -15.0, ..base };
    let found = equilibria(&bold).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].fight > 0.999 && found[0].resist < 1e-6);
}

#[test]
fn a_simulated_series_has_gaps_of_mean_one_in_its_own_time() {
    let process = Hawkes {
        background: vec![0.2, 0.1],
        excitation: vec![vec![0.3, 0.4], vec![0.5, 0.1]],
        decay: 1.5,
    };
    let draw = |k: u64| {
        let mut z = k.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let until = 20_000.0;
    let events = process.simulate(until, 100_000, &draw).unwrap();
    let rate = process.mean_rate().unwrap().unwrap();
    for kind in 0..2 {
        let count = events.iter().filter(|e| e.kind == kind).count() as f64;
        assert!((count / until / rate[kind] - 1.0).abs() < 0.06, "{count} {rate:?}");
        let gaps = &process.rescaled_gaps(&events, until).unwrap()[kind];
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let above = gaps.iter().filter(|g| **g > 1.0).count() as f64 / gaps.len() as f64;
        assert!((mean - 1.0).abs() < 0.04, "{mean}");
        assert!((above - (-1.0_f64).exp()).abs() < 0.02, "{above}");
    }
    let runaway = Hawkes { decay: 0.5, ..process };
    assert_eq!(runaway.mean_rate().unwrap(), None);
    assert_eq!(runaway.simulate(until, 500, &draw).unwrap_err().what, What::TooLarge);
}
