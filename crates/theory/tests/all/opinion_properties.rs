//! What must hold of the models of opinion at any input.

use crate::wild;

use proptest::prelude::*;
use theory::opinion::deffuant::{meet, pair};
use theory::opinion::hegselmann_krause::{settle, step};
use theory::opinion::rally::{Shock, support};

fn range(x: &[f64]) -> f64 {
    let low = x.iter().copied().fold(f64::INFINITY, f64::min);
    let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low
}

proptest! {
    #[test]
    fn averaging_keeps_the_order_and_never_widens_the_range(
        mut opinion in prop::collection::vec(0.0..1.0, 1..20),
        confidence in 0.0..0.5,
    ) {
        opinion.sort_by(f64::total_cmp);
        let bounds = vec![confidence; opinion.len()];
        let next = step(&opinion, &bounds).unwrap();
        prop_assert!(next.windows(2).all(|w| w[0] <= w[1] + 1e-12));
        prop_assert!(range(&next) <= range(&opinion) + 1e-12);
        let rest = settle(&opinion, &bounds, 1000).unwrap();
        prop_assert!(rest.settled);
        let camps = rest.camps(1e-9);
        prop_assert_eq!(camps.iter().map(|c| c.1).sum::<usize>(), opinion.len());
        prop_assert!(camps.windows(2).all(|w| w[1].0 - w[0].0 > confidence - 1e-9));
        // Whoever listens to everyone agrees in one step.
        let open = step(&opinion, &vec![1.0; opinion.len()]).unwrap();
        prop_assert!(range(&open) < 1e-12);
    }

    #[test]
    fn meetings_keep_the_mean_and_never_widen_the_range(
        opinion in prop::collection::vec(0.0..1.0, 2..10),
        draws in prop::collection::vec(0.0..1.0, 0..60),
        confidence in 0.0..1.0,
        pull in 0.01..0.5,
    ) {
        let meetings: Vec<(usize, usize)> =
            draws.iter().filter_map(|d| pair(opinion.len(), *d)).collect();
        prop_assert!(meetings.iter().all(|(i, j)| i < j && *j < opinion.len()));
        let after = meet(&opinion, confidence, pull, &meetings).unwrap();
        let sum = |x: &[f64]| x.iter().sum::<f64>();
        prop_assert!((sum(&after) - sum(&opinion)).abs() < 1e-9);
        prop_assert!(range(&after) <= range(&opinion) + 1e-12);
    }

    #[test]
    fn support_stays_within_bounds_and_returns(
        baseline in 0.05..0.95,
        shocks in prop::collection::vec((0.0..10.0, -5.0..5.0, 0.1..3.0), 0..6),
        time in 0.0..20.0,
    ) {
        let shocks: Vec<Shock> = shocks
            .into_iter()
            .map(|(time, size, half_life)| Shock { time, size, half_life, lasting: 0.0 })
            .collect();
        let s = support(baseline, &shocks, time).unwrap();
        prop_assert!((0.0..=1.0).contains(&s));
        prop_assert!((support(baseline, &shocks, 1000.0).unwrap() - baseline).abs() < 1e-9);
        prop_assert!((support(baseline, &shocks, -1.0).unwrap() - baseline).abs() < 1e-12);
    }

    #[test]
    fn any_numbers_at_all_are_answered_or_refused(
        v in prop::collection::vec(wild::real(), 0..5),
        people in wild::place(),
    ) {
        let x = v.first().copied().unwrap_or(0.3);
        let _ = (step(&v, &v), settle(&v, &v, 9), meet(&v, x, x, &[(0, 1), (people, 0)]));
        let _ = pair(people, x);
        if let Ok(rest) = settle(&v, &v, 9) {
            let _ = rest.camps(x);
        }
        let _ = support(x, &[Shock { time: x, size: x, half_life: x, lasting: x }], x);
    }
}

#[test]
fn every_pair_meets_for_an_even_share_of_draws() {
    let met: Vec<(usize, usize)> =
        (0..6).filter_map(|k| pair(4, (f64::from(k) + 0.5) / 6.0)).collect();
    assert_eq!(met, [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]);
    assert_eq!(pair(1, 0.5), None);
}
