//! Finite numbers in give finite numbers out, or a fault: no model answers `Ok` with what is no number.
//!
//! Two functions are infinite by definition and say so: the logarithmic score of what was called
//! impossible, and the mean time to a rung that cannot be reached.

use proptest::prelude::*;
use std::fmt::Debug;
use theory::Fault;
use theory::bargaining::exchange::{Stake, trade};
use theory::bargaining::expected_utility::{Field, play};
use theory::bargaining::nash::{Party, solution, split};
use theory::bargaining::weighted_mean::weighted_mean;
use theory::bargaining::weighted_median::weighted_median;
use theory::coalition::baron_ferejohn::closed_rule;
use theory::coalition::formateur::{Selection, recognition};
use theory::coalition::formation_delay::{AFTER_ELECTIONS, Circumstances, Delay, hazard_ratio};
use theory::coalition::quantal_choice::probabilities;
use theory::coalition::utility;
use theory::economy::leontief::{bottleneck, inoperability, output, rounds};
use theory::escalation::hawkes::{Event, Hawkes, fit};
use theory::escalation::ladder::Ladder;
use theory::escalation::quantal::{crisis, logit};
use theory::escalation::signalling::{Payoffs, equilibria};
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::integrated_control::integrated_control;
use theory::influence::linked_issues::settle_linked;
use theory::influence::matrix::Matrix;
use theory::influence::sparse::Plan;
use theory::normal::{bivariate, cumulative, density};
use theory::opinion::deffuant::meet;
use theory::opinion::hegselmann_krause::settle;
use theory::opinion::rally::{Shock, support};
use theory::score::{
    Law, brier, brier_many, calibration, crps, crps_ensemble, crps_fair, decompose, ignorance,
    interval, interval_of_draws, ranked_probability, skill,
};
use theory::sensitivity::morris::{Trajectory, effects};
use theory::sensitivity::prim::{Patience, paste, peel};
use theory::sensitivity::regional::apart;
use theory::sensitivity::sobol::{Estimator, indices};

/// Any finite number, the ordinary ones most often, the ends of the range often enough.
pub fn finite() -> impl Strategy<Value = f64> {
    let edges = [0.0, 1.0, f64::MAX, f64::MIN, 1e308, -1e308, 1e154, 1e-154, 5e-324, 1e-300, 1e-5];
    prop_oneof![
        6 => -3.0_f64..3.0,
        3 => 0.0_f64..1.0,
        3 => prop::sample::select(edges.to_vec()),
        2 => prop::num::f64::NORMAL,
        2 => -700.0_f64..700.0,
    ]
}

pub fn row(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(finite(), n)
}

/// What came out, as it prints; a fault may name what it likes.
pub fn no_number<T: Debug>(out: &Result<T, Fault>) -> Option<String> {
    let Ok(out) = out else { return None };
    let text = format!("{out:?}");
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| word == "NaN" || word == "inf").then_some(text)
}

macro_rules! sound {
    ($($call:expr),* $(,)?) => {$(
        let out = $call;
        prop_assert_eq!(no_number(&out), None, "{}", stringify!($call));
    )*};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn scores_of_finite_numbers_are_finite(
        y in finite(), a in finite(), b in finite(), draws in prop::collection::vec(finite(), 1..6),
        p in prop::collection::vec(0.0_f64..=1.0, 3), o in prop::collection::vec(any::<bool>(), 3)
    ) {
        sound!(
            crps(Law::Normal { mean: a, sd: b }, y),
            crps(Law::Lognormal { mean: a, sd: b }, y),
            crps(Law::Logistic { location: a, scale: b }, y),
            crps(Law::Laplace { location: a, scale: b }, y),
            crps(Law::Uniform { low: a, high: b }, y),
            crps(Law::Exponential { rate: a }, y),
            crps_ensemble(&draws, y),
            crps_fair(&draws, y),
            interval(a, b, p[0], y),
            interval_of_draws(&draws, p[0]),
            ignorance(&[a, b], &draws, y),
            skill(a, b),
            brier(&p, &o),
            decompose(&p, &o),
            calibration(&p, &o, 4),
            brier_many(&[p[0], 1.0 - p[0]], 1),
            ranked_probability(&[p[0], 1.0 - p[0]], 0),
            Ok((cumulative(a), density(a), bivariate(a, b, p[0]))),
        );
    }

    #[test]
    fn sensitivity_to_finite_numbers_is_finite(
        found in row(12), step in finite(), points in prop::collection::vec(row(2), 6),
        values in row(6), happened in prop::collection::vec(any::<bool>(), 6)
    ) {
        for estimator in [Estimator::Saltelli, Estimator::Jansen] {
            sound!(indices(2, &found, estimator, None));
        }
        let steps = vec![(0, step), (1, -step)];
        let walked = [Trajectory { points: points[..3].to_vec(), steps }];
        sound!(effects(&walked, &found[..3]));
        let cases: Vec<f64> = happened.iter().map(|h| f64::from(u8::from(*h))).collect();
        let patience = Patience::default();
        let boxes = peel(&points, &cases, patience);
        if let Ok(Some(last)) = boxes.as_ref().map(|path| path.last()) {
            sound!(paste(last, &points, &cases, patience));
        }
        sound!(Ok(apart(&values, &happened)));
    }

    #[test]
    fn bargains_over_finite_numbers_are_finite(
        x in row(3), w in row(3), s in row(3), pie in finite(), d in row(3)
    ) {
        let party = |i: usize| Party { position: x[i], weight: w[i], disagreement: d[i] };
        let stake = |i: usize| Stake { capability: w[i], salience: s[i], position: x[i] };
        let stakes: Vec<Vec<Stake>> = (0..3).map(|i| vec![stake(i), stake((i + 1) % 3)]).collect();
        let field = Field { capability: w.clone(), salience: s.clone(), position: x.clone() };
        sound!(
            weighted_mean(&x, &w),
            weighted_median(&x, &w),
            split(pie, &d, &w),
            solution(&[party(0), party(1), party(2)]),
            trade(&stakes).map(|t| (t.before, t.after)),
            play(&field, 3).map(|rounds| rounds.into_iter().map(|r| r.position).collect::<Vec<_>>()),
        );
    }

    #[test]
    fn coalitions_of_finite_numbers_are_finite(
        x in row(3), a in finite(), b in finite(), c in finite(), u in 0.0_f64..1.0,
        seats in prop::collection::vec(any::<u64>(), 3)
    ) {
        let here = Circumstances { legislative_parties: a, polarisation: b, ..Default::default() };
        let (ties, refuses) = (vec![x.clone(); 3], vec![vec![false; 3]; 3]);
        let field =
            utility::Field { seats: &seats, positions: &x, ties: &ties, refuses: &refuses };
        let weights = utility::Weights { office: a, distance: b, ties: c, members: a, precision: b };
        sound!(
            hazard_ratio(&AFTER_ELECTIONS, &here, &Circumstances::default()),
            probabilities(&x, a),
            closed_rule(5, 3, a),
            recognition(&seats, &[], Selection::Incumbency { incumbent: 1, advantage: a }),
            utility::worth(&field, &weights, 0, &[0, 2]),
            utility::choice_among(&field, &weights, 0, &[vec![0], vec![0, 1]]),
        );
        if let Ok(delay) = Delay::with_median(a, b, c) {
            sound!(delay.day(u), Ok((delay.survival(u), delay.chance_within(x[0], x[1]))));
        }
    }

    #[test]
    fn economies_and_opinions_of_finite_numbers_are_finite(
        needs in prop::collection::vec(row(2), 2), demand in row(2), shares in prop::collection::vec(0.0_f64..=1.0, 4),
        x in row(3), e in row(3), a in finite(), shock in row(3)
    ) {
        let depends = [shares[..2].to_vec(), shares[2..].to_vec()];
        let shock = Shock { time: shock[0], size: shock[1], half_life: shock[2], lasting: shares[0] };
        sound!(
            output(&needs, &demand),
            rounds(&needs, &demand, 30),
            inoperability(&depends, &shares[..2]),
            bottleneck(&depends, &shares[..2]),
            settle(&x, &e, 50),
            meet(&x, a, shares[0], &[(0, 1), (1, 2)]),
            support(shares[0], &[shock], a),
        );
    }

    #[test]
    fn influence_of_finite_numbers_is_finite(cells in row(4), start in row(2), own in row(2)) {
        let Ok(h) = Matrix::new(2, cells.clone()) else { return Ok(()) };
        sound!(h.solve(&start), h.inverse());
        if let Ok(v) = total_effects(&h) {
            sound!(v.settle(&start), v.first_hops(0, 1), integrated_control(&v, 0, 1));
        }
        sound!(settle_linked(&h, &h, &[start.clone(), own.clone()]));
        if let Ok(plan) = Plan::new(2, &[(0, 1), (1, 0)])
            && let Ok(factors) = plan.factor(&start, &own)
        {
            let _ = factors.anchor();
            sound!(Ok(factors.anchor().to_vec()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn crises_of_finite_numbers_are_finite(
        pay in row(7), lambda in finite(), a in prop::collection::vec(row(2), 2),
        b in prop::collection::vec(row(2), 2), rates in row(4), time in finite(),
        small in prop::collection::vec(0.0_f64..5.0, 4)
    ) {
        let payoffs = Payoffs {
            status_quo_a: pay[0],
            victory_a: pay[1],
            concession_b: pay[2],
            war_a: pay[3],
            war_b: pay[4],
            backing_down_a: pay[5],
            victory_b: pay[6],
        };
        let ladder = Ladder { up: rates[..2].to_vec(), down: rates[2..].to_vec() };
        let decay = rates[2];
        let hawkes =
            Hawkes { background: vec![rates[0]], excitation: vec![vec![rates[1]]], decay };
        let event = |time: &f64| Event { time: *time, kind: 0 };
        let mut times = small.clone();
        times.sort_by(f64::total_cmp);
        let events: Vec<Event> = times.iter().map(event).collect();
        sound!(
            crisis(&payoffs, lambda),
            equilibria(&payoffs),
            equilibria(&payoffs).map(|all| all.iter().map(|e| e.outcomes()).collect::<Vec<_>>()),
            ladder.standing(),
            ladder.chances(0, small[0]),
            ladder.reaches(0, 2, time.min(1e3)),
            hawkes.mean_rate(),
            hawkes.rescaled_gaps(&events, 6.0),
            fit(&times, 6.0),
        );
        if lambda.abs() < 100.0 {
            sound!(logit(&a, &b, lambda));
        }
    }
}

#[test]
fn what_came_back_wrong_with_ok_is_right_or_a_fault_now() {
    // 2 e^72 (Phi(-12 / sqrt 2) - Phi(-12)).
    let wide = crps(Law::Lognormal { mean: 0.0, sd: 12.0 }, 1.0).unwrap();
    assert!((wide / 3.999812659348e+14 - 1.0).abs() < 1e-9, "{wide}");
    let wider = crps(Law::Lognormal { mean: 0.0, sd: 38.0 }, 1.0).unwrap();
    assert!(wider.is_finite() && wider > wide, "{wider}");
    assert!(crps(Law::Lognormal { mean: 0.0, sd: 60.0 }, 1.0).is_err(), "beyond any number");
    assert_eq!(crps_ensemble(&[1e308, -1e308], 0.0), Ok(5e307));
    assert!(Delay::with_median(30.0, 1e-5, 1.0).is_err());

    // A constant with one ulp of noise has no variance to share out.
    let constant = |k: usize| if k.is_multiple_of(3) { 0.3 } else { 0.3 + f64::EPSILON / 4.0 };
    let found: Vec<f64> = (0..400).map(constant).collect();
    assert!(indices(2, &found, Estimator::Saltelli, None).unwrap_err().is_absence());
}

#[test]
fn a_logit_equilibrium_beyond_a_fork_is_refused() {
    let game = |n: usize| -> Vec<Vec<f64>> {
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect()
    };
    for n in [2, 3, 4] {
        // Who wants to do what the other does sees a fork at precision n.
        let before = logit(&game(n), &game(n), 0.9 * n as f64).unwrap();
        assert!((before.rows[0] - 1.0 / n as f64).abs() < 1e-9, "{before:?}");
        for beyond in [1.5 * n as f64, 1e6] {
            let fault = logit(&game(n), &game(n), beyond).unwrap_err();
            assert!(fault.to_string().contains("forked"), "{fault}");
        }
    }
    // Matching pennies has one equilibrium, however precise.
    let pennies = [vec![1.0, -1.0], vec![-1.0, 1.0]];
    let other = [vec![-1.0, 1.0], vec![1.0, -1.0]];
    assert!(logit(&pennies, &other, 1e4).is_ok());
}
