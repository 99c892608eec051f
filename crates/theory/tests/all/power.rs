//! Power indices against brute force, and what every index promises.

use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use proptest::prelude::*;
use std::ops::ControlFlow;
use theory::coalition::minimal_winning::{minimal_winning, visit_minimal_winning};
use theory::power::banzhaf::{banzhaf, normalised_f64, penrose_f64};
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::{shapley_shubik, shapley_shubik_f64};

fn games(players: usize, weight: u64) -> impl Strategy<Value = WeightedGame> {
    (prop::collection::vec(0..weight, 1..=players), any::<u64>()).prop_filter_map(
        "somebody has weight",
        |(weights, quota)| {
            let total: u64 = weights.iter().sum();
            WeightedGame::new(weights, quota.checked_rem(total)? + 1).ok()
        },
    )
}

/// Swings by size, from all subsets.
fn swings_of_all_subsets(game: &WeightedGame) -> Vec<Vec<u64>> {
    let n = game.players();
    let mut swings = vec![vec![0; n]; n];
    for set in 0_u32..1 << n {
        let members = (0..n).filter(|i| set >> i & 1 == 1);
        let weight: u64 = members.clone().map(|i| game.weights()[i]).sum();
        for i in (0..n).filter(|i| set >> i & 1 == 0) {
            if weight < game.quota() && weight + game.weights()[i] >= game.quota() {
                swings[i][set.count_ones() as usize] += 1;
            }
        }
    }
    swings
}

proptest! {
    #[test]
    fn indices_match_all_subsets(game in games(9, 40)) {
        let n = game.players();
        let brute = swings_of_all_subsets(&game);
        let counted = banzhaf(&game).unwrap();
        let phi = shapley_shubik(&game).unwrap();
        let factorial = |k: usize| (1..=k).map(BigUint::from).product::<BigUint>();
        for i in 0..n {
            prop_assert_eq!(&counted.swings[i], &BigUint::from(brute[i].iter().sum::<u64>()));
            let orders: BigUint = (0..n)
                .map(|s| factorial(s) * factorial(n - 1 - s) * brute[i][s])
                .sum();
            let exact = BigRational::new(orders.into(), factorial(n).into());
            prop_assert_eq!(&phi[i], &exact);
        }
    }

    #[test]
    fn indices_sum_to_one_and_treat_alike_alike(game in games(60, 30)) {
        let phi = shapley_shubik(&game).unwrap();
        prop_assert!(phi.iter().sum::<BigRational>().is_one());
        let counted = banzhaf(&game).unwrap();
        prop_assert!(counted.normalised().iter().sum::<BigRational>().is_one());
        for i in 0..game.players() {
            prop_assert!(game.weights()[i] > 0 || phi[i].is_zero());
            prop_assert!(game.weights()[i] > 0 || counted.swings[i].is_zero());
            for j in 0..game.players() {
                if game.weights()[i] >= game.weights()[j] {
                    prop_assert!(phi[i] >= phi[j]);
                    prop_assert!(counted.swings[i] >= counted.swings[j]);
                }
            }
        }
    }

    #[test]
    fn rounded_paths_agree_with_exact_ones(game in games(140, 20)) {
        let near = |a: &[f64], b: &[BigRational]| {
            a.iter().zip(b).all(|(a, b)| (a - b.to_f64().unwrap()).abs() < 1e-13)
        };
        prop_assert!(near(&shapley_shubik_f64(&game).unwrap(), &shapley_shubik(&game).unwrap()));
        let counted = banzhaf(&game).unwrap();
        prop_assert!(near(&penrose_f64(&game).unwrap(), &counted.penrose()));
        prop_assert!(near(&normalised_f64(&game).unwrap(), &counted.normalised()));
    }

    #[test]
    fn a_game_and_its_dual_give_the_same_power(game in games(30, 30)) {
        prop_assert_eq!(shapley_shubik(&game).unwrap(), shapley_shubik(&game.dual()).unwrap());
        prop_assert_eq!(banzhaf(&game).unwrap(), banzhaf(&game.dual()).unwrap());
    }

    #[test]
    fn minimal_winning_coalitions_are_all_found_once(game in games(10, 20)) {
        let n = game.players();
        let weight = |set: u32| -> u64 {
            (0..n).filter(|i| set >> i & 1 == 1).map(|i| game.weights()[i]).sum()
        };
        let mut brute: Vec<Vec<usize>> = (0_u32..1 << n)
            .filter(|set| {
                weight(*set) >= game.quota()
                    && (0..n).all(|i| set >> i & 1 == 0 || weight(set ^ (1 << i)) < game.quota())
            })
            .map(|set| (0..n).filter(|i| set >> i & 1 == 1).collect())
            .collect();
        let mut found = minimal_winning(&game, 1 << n).unwrap();
        brute.sort();
        found.sort();
        prop_assert_eq!(&found, &brute);
        prop_assert!(minimal_winning(&game, brute.len() - 1).is_err());
    }
}

/// Where the narrow integers end the next wider ones take over; the result must not jump.
#[test]
fn the_one_person_one_vote_game_is_right_at_every_width() {
    for n in [1_usize, 63, 64, 65, 67, 68, 69, 70, 76, 127, 128, 129, 130, 131, 132, 150] {
        let game = WeightedGame::majority(vec![1; n]).unwrap();
        let share = BigRational::new(1.into(), n.into());
        assert!(shapley_shubik(&game).unwrap().iter().all(|p| *p == share), "{n} players");
        let half = n / 2;
        let choose = (0..half).fold(BigUint::one(), |c, k| c * (n - 1 - k) / (k + 1));
        assert!(banzhaf(&game).unwrap().swings.iter().all(|s| *s == choose), "{n} players");
        let near = |p: &f64| (p - 1.0 / n as f64).abs() < 1e-14;
        assert!(shapley_shubik_f64(&game).unwrap().iter().all(near), "{n} players");
    }
}

#[test]
fn seventy_six_players_share_all_power_exactly() {
    let mut weights = vec![73, 37, 33, 31, 17, 17, 14, 9, 9, 6, 5, 4, 4, 4, 3, 3];
    weights.resize(76, 1);
    let game = WeightedGame::new(weights, 165).unwrap();
    let phi = shapley_shubik(&game).unwrap();
    assert!(phi.iter().sum::<BigRational>().is_one());
    assert!(phi[0] > phi[1] && phi[1] > phi[2] && !phi[75].is_zero());
}

#[test]
fn a_table_beyond_memory_is_refused_in_words() {
    let game = WeightedGame::majority((0..60).map(|k| 1_000_000_007 + k).collect::<Vec<_>>());
    let fault = shapley_shubik(&game.unwrap()).unwrap_err();
    assert!(fault.to_string().contains("too large"), "{fault}");
}

#[test]
fn a_visitor_can_stop_the_search() {
    let game = WeightedGame::majority(vec![1; 40]).unwrap();
    let mut seen = 0;
    visit_minimal_winning(&game, &mut |_| {
        seen += 1;
        if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 5);
}
