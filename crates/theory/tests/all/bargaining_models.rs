//! What must hold of the plainer bargaining models at any input.

use crate::wild;

use proptest::prelude::*;
use theory::bargaining::exchange::{Stake, trade};
use theory::bargaining::expected_utility::{Field, Move, play};
use theory::bargaining::nash::{Party, solution, split};
use theory::bargaining::weighted_mean::weighted_mean;
use theory::bargaining::weighted_median::weighted_median;

fn rows() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-100.0..100.0, 0.01..10.0), 1..12)
}

proptest! {
    #[test]
    fn the_weighted_mean_lies_between_the_extremes_and_forgets_the_scale_of_weights(rows in rows()) {
        let (x, w): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let mean = weighted_mean(&x, &w).unwrap();
        let low = x.iter().copied().fold(f64::INFINITY, f64::min);
        let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(mean >= low - 1e-9 && mean <= high + 1e-9);
        let heavier: Vec<f64> = w.iter().map(|w| 1e3 * w).collect();
        prop_assert!((weighted_mean(&x, &heavier).unwrap() - mean).abs() < 1e-9);
    }

    #[test]
    fn neither_side_of_the_weighted_median_outweighs_the_other(rows in rows()) {
        let (x, w): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let median = weighted_median(&x, &w).unwrap();
        let beyond = |side: fn(&f64, &f64) -> bool| -> f64 {
            x.iter().zip(&w).filter(|(x, _)| side(x, &median)).map(|(_, w)| w).sum()
        };
        let half = w.iter().sum::<f64>() / 2.0;
        prop_assert!(beyond(f64::lt) <= half + 1e-9);
        prop_assert!(beyond(f64::gt) <= half + 1e-9);
    }

    #[test]
    fn no_other_split_has_a_larger_nash_product(
        rows in prop::collection::vec((0.0..1.0, 0.1..5.0), 2..6),
        shift in 0.01..0.9,
    ) {
        let (d, w): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let pie = d.iter().sum::<f64>() + 1.0;
        let best = split(pie, &d, &w).unwrap();
        prop_assert!((best.iter().sum::<f64>() - pie).abs() < 1e-9);
        let product = |x: &[f64]| -> f64 {
            x.iter().zip(&d).zip(&w).map(|((x, d), w)| w * (x - d).ln()).sum()
        };
        let mut other = best.clone();
        let moved = shift * (best[0] - d[0]);
        other[0] -= moved;
        other[1] += moved;
        prop_assert!(product(&other) <= product(&best) + 1e-9);
    }

    #[test]
    fn no_other_point_has_a_larger_nash_product(
        rows in prop::collection::vec((0.0..1.0, 0.1..5.0, -9.0..-1.1), 1..6),
        share in 0.0..1.0,
    ) {
        let parties: Vec<Party> = rows
            .into_iter()
            .map(|(position, weight, disagreement)| Party { position, weight, disagreement })
            .collect();
        let best = solution(&parties).unwrap();
        let product = |x: f64| -> f64 {
            let gain = |p: &Party| -(x - p.position).powi(2) - p.disagreement;
            parties.iter().map(|p| p.weight * gain(p).ln()).sum()
        };
        prop_assert!(product(share) <= product(best) + 1e-9);
    }

    #[test]
    fn as_disagreement_becomes_unbearable_nash_tends_to_the_weighted_mean(rows in rows()) {
        let (x, w): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
        let parties: Vec<Party> = rows
            .into_iter()
            .map(|(position, weight)| Party { position, weight, disagreement: -1e12 })
            .collect();
        let mean = weighted_mean(&x, &w).unwrap();
        prop_assert!((solution(&parties).unwrap() - mean).abs() < 1e-3);
    }

    #[test]
    fn both_parties_of_every_exchange_gain_alike_and_nobody_shifts_twice_on_an_issue(
        rows in prop::collection::vec(
            prop::collection::vec((0.1..5.0, 0.05..1.0, 0.0..100.0), 3),
            2..7,
        ),
    ) {
        let stakes: Vec<Vec<Stake>> = rows
            .iter()
            .map(|r| {
                let stake = |&(capability, salience, position): &(f64, f64, f64)| {
                    Stake { capability, salience, position }
                };
                r.iter().map(stake).collect()
            })
            .collect();
        let done = trade(&stakes).unwrap();
        let mut votes: Vec<Vec<f64>> =
            stakes.iter().map(|r| r.iter().map(|s| s.position).collect()).collect();
        let mut shifted = std::collections::BTreeSet::new();
        let outcome = |votes: &[Vec<f64>], p: usize| {
            let x: Vec<f64> = votes.iter().map(|r| r[p]).collect();
            let w: Vec<f64> = stakes.iter().map(|r| r[p].capability * r[p].salience).collect();
            weighted_mean(&x, &w).unwrap()
        };
        let worth = |votes: &[Vec<f64>], who: usize| -> f64 {
            let loss = |p: usize| {
                let s = stakes[who][p];
                -s.salience * (outcome(votes, p) - s.position).abs()
            };
            (0..3).map(loss).sum()
        };
        for e in &done.exchanges {
            let was = (worth(&votes, e.giver), worth(&votes, e.taker));
            votes[e.giver][e.gives] = e.giver_to;
            votes[e.taker][e.takes] = e.taker_to;
            prop_assert!((worth(&votes, e.giver) - was.0 - e.gain).abs() < 1e-9);
            prop_assert!((worth(&votes, e.taker) - was.1 - e.gain).abs() < 1e-9);
            prop_assert!(e.gain > 0.0);
            prop_assert!(shifted.insert((e.giver, e.gives)));
            prop_assert!(shifted.insert((e.taker, e.takes)));
        }
        for p in 0..3 {
            prop_assert!((outcome(&votes, p) - done.after[p]).abs() < 1e-9);
        }
    }

    #[test]
    fn the_expected_utility_model_keeps_everybody_inside_the_range(
        rows in prop::collection::vec((0.0..10.0, 0.0..1.0, 0.0..100.0), 1..9),
    ) {
        let field = Field {
            capability: rows.iter().map(|r| r.0 + 0.1).collect(),
            salience: rows.iter().map(|r| r.1).collect(),
            position: rows.iter().map(|r| r.2).collect(),
        };
        let low = field.position.iter().copied().fold(f64::INFINITY, f64::min);
        let high = field.position.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for round in play(&field, 6).unwrap() {
            for ((x, r), how) in round.position.iter().zip(&round.exponent).zip(&round.moves) {
                prop_assert!((low - 1e-9..=high + 1e-9).contains(x));
                prop_assert!((0.5 - 1e-9..=2.0 + 1e-9).contains(r));
                if let Move::Confronted(j) | Move::Compromises(j) | Move::Capitulates(j) = how {
                    prop_assert!(*j < rows.len());
                }
            }
        }
    }

    #[test]
    fn any_numbers_at_all_are_answered_or_refused(
        a in prop::collection::vec(wild::real(), 0..6), rounds in wild::place()
    ) {
        let _ = weighted_mean(&a, &a);
        let _ = weighted_median(&a, &a);
        let _ = split(a.first().copied().unwrap_or(0.0), &a, &a);
        let parties: Vec<Party> = a
            .iter()
            .map(|x| Party { position: *x, weight: x.abs(), disagreement: -x.abs() })
            .collect();
        let _ = solution(&parties);
        let field = Field { capability: a.clone(), salience: a.clone(), position: a.clone() };
        let _ = play(&field, rounds);
        let stake = |x: &f64| Stake { capability: x.abs(), salience: x.abs(), position: *x };
        let _ = trade(&[a.iter().map(stake).collect(), a.iter().rev().map(stake).collect()]);
    }
}

#[test]
fn two_equal_parties_with_equal_reach_meet_in_the_middle() {
    let party = |position| Party { position, weight: 1.0, disagreement: -1.0 };
    assert!((solution(&[party(0.0), party(1.0)]).unwrap() - 0.5).abs() < 1e-12);
    assert!(solution(&[party(0.0), party(2.5)]).unwrap_err().is_absence());
}

#[test]
fn faults_name_the_actor_and_the_number() {
    let fault = weighted_mean(&[1.0, 2.0], &[1.0, -3.0]).unwrap_err();
    assert_eq!(fault.what, theory::What::Number(-3.0));
    assert_eq!(fault.to_string(), "weight[1] is -3; it must be zero or more");
}
