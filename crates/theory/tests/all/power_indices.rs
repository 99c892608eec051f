//! The other power indices against brute force over all subsets, and what they promise.
#![allow(clippy::unwrap_used)]

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use theory::What;
use theory::power::banzhaf::banzhaf;
use theory::power::coleman::coleman;
use theory::power::composed::{Body, ComposedGame};
use theory::power::deegan_packel::deegan_packel;
use theory::power::game::WeightedGame;
use theory::power::holler::holler;
use theory::power::johnston::johnston;
use theory::power::owen::owen;
use theory::power::shapley_shubik::shapley_shubik;

fn games(players: usize, weight: u64) -> impl Strategy<Value = WeightedGame> {
    (prop::collection::vec(0..weight, 1..=players), any::<u64>()).prop_filter_map(
        "somebody has weight",
        |(weights, quota)| {
            let total: u64 = weights.iter().sum();
            WeightedGame::new(weights, quota.checked_rem(total)? + 1).ok()
        },
    )
}

fn ratio(a: u64, b: u64) -> BigRational {
    BigRational::new(a.into(), b.into())
}

fn normalised(raw: Vec<BigRational>) -> Vec<BigRational> {
    let all: BigRational = raw.iter().sum();
    raw.into_iter().map(|r| r / &all).collect()
}

proptest! {
    #[test]
    fn each_index_matches_its_definition_over_all_subsets(game in games(9, 12)) {
        let n = game.players();
        let weight = |set: u32| -> u64 {
            (0..n).filter(|i| set >> i & 1 == 1).map(|i| game.weights()[i]).sum()
        };
        let wins = |set: u32| weight(set) >= game.quota();
        let mut dp = vec![BigRational::zero(); n];
        let mut pgi = vec![BigRational::zero(); n];
        let mut shared = vec![BigRational::zero(); n];
        let mut winning = 0_u64;
        for set in (0_u32..1 << n).filter(|s| wins(*s)) {
            winning += 1;
            let members: Vec<usize> = (0..n).filter(|i| set >> i & 1 == 1).collect();
            let critical: Vec<usize> =
                members.iter().copied().filter(|i| !wins(set ^ (1 << i))).collect();
            for i in &critical {
                shared[*i] += ratio(1, critical.len() as u64);
            }
            if critical.len() == members.len() {
                for i in &members {
                    dp[*i] += ratio(1, members.len() as u64);
                    pgi[*i] += ratio(1, 1);
                }
            }
        }
        prop_assert_eq!(deegan_packel(&game).unwrap(), normalised(dp));
        prop_assert_eq!(holler(&game).unwrap(), normalised(pgi));
        prop_assert_eq!(johnston(&game).unwrap(), normalised(shared));
        prop_assert_eq!(coleman(&game).unwrap().winning, BigUint::from(winning));
    }

    #[test]
    fn the_penrose_measure_is_the_harmonic_mean_of_prevention_and_initiative(game in games(25, 30)) {
        let measures = coleman(&game).unwrap();
        let penrose = banzhaf(&game).unwrap().penrose();
        for (i, p) in penrose.iter().enumerate() {
            let (a, b) = (&measures.prevent[i], &measures.initiate[i]);
            let both = a + b;
            let mean = if both.is_zero() { both } else { ratio(2, 1) * a * b / both };
            prop_assert_eq!(p, &mean);
        }
    }

    #[test]
    fn large_games_sum_to_one(game in games(60, 12)) {
        for index in [deegan_packel(&game), holler(&game), johnston(&game)] {
            let index = index.unwrap();
            prop_assert!(index.iter().sum::<BigRational>().is_one());
            for (w, p) in game.weights().iter().zip(&index) {
                prop_assert!(*w > 0 || p.is_zero());
            }
        }
    }

    #[test]
    fn trivial_unions_change_nothing_and_unions_share_their_unions_power(
        game in games(8, 15), cut in prop::collection::vec(0_usize..3, 8)
    ) {
        let n = game.players();
        let phi = shapley_shubik(&game).unwrap();
        prop_assert_eq!(&owen(&game, &(0..n).collect::<Vec<_>>()).unwrap(), &phi);
        prop_assert_eq!(&owen(&game, &vec![0; n]).unwrap(), &phi);
        let mut names = cut[..n].to_vec();
        names.sort_unstable();
        names.dedup();
        let unions: Vec<usize> =
            cut[..n].iter().map(|c| names.iter().position(|m| m == c).unwrap()).collect();
        let mut united = vec![0; names.len()];
        for (w, u) in game.weights().iter().zip(&unions) {
            united[*u] += w;
        }
        let among = shapley_shubik(&WeightedGame::new(united, game.quota()).unwrap()).unwrap();
        let values = owen(&game, &unions).unwrap();
        for (u, total) in among.iter().enumerate() {
            let of_members: BigRational =
                values.iter().zip(&unions).filter(|(_, v)| **v == u).map(|(x, _)| x).sum();
            prop_assert_eq!(&of_members, total);
        }
    }

    /// Against the definition: orders in which unions stand together.
    #[test]
    fn owen_values_match_all_orders_that_keep_unions_together(
        weights in prop::collection::vec(0_u64..9, 6), quota in 1_u64..20
    ) {
        let Ok(game) = WeightedGame::new(weights.clone(), quota) else { return Ok(()) };
        let unions = [0, 0, 1, 1, 1, 2];
        let mut pivots = [0_u64; 6];
        let mut orders = 0;
        let mut order = [0, 1, 2, 3, 4, 5];
        permute(&mut order, 0, &mut |order| {
            let together = (1..6).all(|k| {
                unions[order[k]] == unions[order[k - 1]]
                    || !order[..k].iter().any(|p| unions[*p] == unions[order[k]])
            });
            if together {
                orders += 1;
                let mut sum = 0;
                for p in order {
                    sum += weights[*p];
                    if sum >= quota {
                        pivots[*p] += 1;
                        break;
                    }
                }
            }
        });
        let exact: Vec<BigRational> = pivots.iter().map(|p| ratio(*p, orders)).collect();
        prop_assert_eq!(owen(&game, &unions).unwrap(), exact);
    }

    /// Two chambers and a person against brute force over all subsets.
    #[test]
    fn a_composed_game_matches_all_subsets(
        lower in prop::collection::vec(1_u64..5, 1..5), upper in prop::collection::vec(1_u64..5, 1..4),
        simple in any::<u64>(), high in any::<u64>()
    ) {
        let (a, b): (u64, u64) = (lower.iter().sum(), upper.iter().sum());
        prop_assume!(a >= 2);
        let first = simple % (a - 1) + 1;
        let second = first + 1 + high % (a - first);
        let quota = simple % b + 1;
        let body = |weights: &[u64], quotas: &[u64]| Body { weights: weights.to_vec(), quotas: quotas.to_vec() };
        let bodies = vec![body(&lower, &[first, second]), body(&upper, &[quota]), body(&[1], &[1])];
        let game = ComposedGame::new(bodies, vec![vec![1, 1, 1], vec![2, 0, 0]]).unwrap();
        let wins = |set: u32| {
            let sum = |from: usize, w: &[u64]| -> u64 {
                w.iter().enumerate().filter(|(i, _)| set >> (from + i) & 1 == 1).map(|(_, w)| w).sum()
            };
            let (x, y) = (sum(0, &lower), sum(lower.len(), &upper));
            let person = set >> (lower.len() + upper.len()) & 1 == 1;
            x >= second || (x >= first && y >= quota && person)
        };
        let n = lower.len() + upper.len() + 1;
        let factorial = |k: usize| (1..=k as u64).product::<u64>();
        let phi = game.shapley_shubik().unwrap().concat();
        let penrose = game.penrose().unwrap().concat();
        for i in 0..n {
            let (mut orders, mut swings) = (0, 0);
            for set in (0_u32..1 << n).filter(|s| s >> i & 1 == 0) {
                if !wins(set) && wins(set | 1 << i) {
                    let s = set.count_ones() as usize;
                    orders += factorial(s) * factorial(n - 1 - s);
                    swings += 1;
                }
            }
            prop_assert_eq!(&phi[i], &ratio(orders, factorial(n)));
            prop_assert_eq!(&penrose[i], &BigRational::new(swings.into(), BigInt::one() << (n - 1)));
        }
    }
}

fn permute(order: &mut [usize; 6], at: usize, visit: &mut dyn FnMut(&[usize; 6])) {
    if at == order.len() {
        return visit(order);
    }
    for k in at..order.len() {
        order.swap(at, k);
        permute(order, at + 1, visit);
        order.swap(at, k);
    }
}

#[test]
fn a_single_body_composed_is_the_game_itself_even_at_seventy_six_members() {
    let mut weights = vec![70, 40, 31, 28, 17, 15, 14, 9, 9, 9, 5, 5, 4, 3, 3];
    weights.resize(76, 1);
    let quota = 165;
    let game = WeightedGame::new(weights.clone(), quota).unwrap();
    let composed = ComposedGame::all_of(vec![Body { weights, quotas: vec![quota] }]).unwrap();
    assert_eq!(composed.shapley_shubik().unwrap(), [shapley_shubik(&game).unwrap()]);
    assert_eq!(composed.penrose().unwrap(), [banzhaf(&game).unwrap().penrose()]);
    for index in [deegan_packel(&game), holler(&game), johnston(&game)] {
        assert!(index.unwrap().iter().sum::<BigRational>().is_one());
    }
}

#[test]
fn faulty_unions_and_bodies_are_named() {
    let game = WeightedGame::majority(vec![1, 1, 1]).unwrap();
    for unions in [&[0, 1][..], &[0, 2, 2], &[0, 0, usize::MAX]] {
        assert!(matches!(owen(&game, unions).unwrap_err().what, What::Length(_)));
    }
    let body = |weights: &[u64], quotas: &[u64]| Body {
        weights: weights.to_vec(),
        quotas: quotas.to_vec(),
    };
    let one = |b: Body| ComposedGame::all_of(vec![b]).unwrap_err().place.to_string();
    assert_eq!(one(body(&[1, 1], &[3])), "quotas[0]");
    assert_eq!(one(body(&[1, 1], &[2, 1])), "quotas[0]");
    assert_eq!(one(body(&[], &[1])), "quotas[0]");
    let routes = |r: &[usize]| ComposedGame::new(vec![body(&[1, 1], &[1])], vec![r.to_vec()]);
    for wrong in [&[0][..], &[2], &[1, 1]] {
        assert_eq!(routes(wrong).unwrap_err().place.to_string(), "routes[0]");
    }
    assert!(ComposedGame::new(vec![], vec![]).unwrap_err().is_absence());
}

/// Weights far beyond the quota must neither overflow nor change who is critical.
#[test]
fn a_player_far_above_the_quota_is_a_dictator() {
    let game = WeightedGame::new(vec![u64::MAX - 10, 1, 1], 5).unwrap();
    let one = [BigRational::one(), BigRational::zero(), BigRational::zero()];
    assert_eq!(johnston(&game).unwrap(), one);
    assert_eq!(holler(&game).unwrap(), one);
    assert_eq!(deegan_packel(&game).unwrap(), one);
    assert_eq!(shapley_shubik(&game).unwrap(), one);
    assert_eq!(owen(&game, &[0, 0, 1]).unwrap(), one);
    assert_eq!(coleman(&game).unwrap().winning, BigUint::from(4_u32));
}

/// Two chambers and a president: both chambers by a majority and the president, or two thirds of both.
fn lawmaking() -> ComposedGame {
    let body = |weights: &[u64], quotas: &[u64]| Body {
        weights: weights.to_vec(),
        quotas: quotas.to_vec(),
    };
    let bodies = vec![body(&[2, 1, 1, 1, 1], &[4, 5]), body(&[1, 1, 1], &[2, 3]), body(&[1], &[1])];
    ComposedGame::new(bodies, vec![vec![1, 1, 1], vec![2, 2, 0]]).unwrap()
}

#[test]
fn what_members_and_blocs_of_several_bodies_can_do_is_what_counting_coalitions_one_by_one_says() {
    let game = lawmaking();
    let weights = [2_u64, 1, 1, 1, 1, 1, 1, 1, 1];
    let body = [0, 0, 0, 0, 0, 1, 1, 1, 2];
    let wins = |set: u32| {
        let sum = |b: usize| -> u64 {
            (0..9).filter(|i| set >> i & 1 == 1 && body[*i] == b).map(|i| weights[i]).sum()
        };
        sum(0) >= 4 && sum(1) >= 2 && sum(2) >= 1 || sum(0) >= 5 && sum(1) >= 3
    };
    let by_hand = |bloc: u32| {
        let outside: Vec<u32> = (0_u32..1 << 9).filter(|set| set & bloc == 0).collect();
        let with = outside.iter().filter(|set| wins(**set | bloc)).count() as u64;
        let without = outside.iter().filter(|set| wins(**set)).count() as u64;
        let losing = 2 * outside.len() as u64 - with - without;
        (ratio(with - without, losing), ratio(with - without, with + without))
    };
    let blocs: [(u32, Vec<Vec<usize>>); 5] = [
        (0b1, vec![vec![0], vec![], vec![]]),
        (0b1_0000_0000, vec![vec![], vec![], vec![0]]),
        (0b11, vec![vec![0, 1], vec![], vec![]]),
        (0b0_0010_0001, vec![vec![0], vec![0], vec![]]),
        (0b0_0110_0000, vec![vec![], vec![0, 1], vec![]]),
    ];
    for (set, bloc) in blocs {
        let powers = game.powers(&bloc).unwrap();
        assert_eq!((powers.initiate, powers.prevent), by_hand(set), "{bloc:?}");
    }
    // Two of three in the second chamber block it whatever the president does; he alone does not.
    assert!(game.powers(&[vec![], vec![0, 1], vec![]]).unwrap().prevent.is_one());
    assert!(!game.powers(&[vec![], vec![], vec![0]]).unwrap().prevent.is_one());
    let twice = game.powers(&[vec![0, 0], vec![], vec![]]).unwrap_err();
    assert_eq!(twice.place.to_string(), "bloc[0][1]");
}

#[test]
fn the_penrose_measure_is_the_harmonic_mean_of_initiating_and_preventing_in_several_bodies_too() {
    let game = lawmaking();
    let measures = game.coleman().unwrap();
    for (own, penrose) in measures.members.iter().zip(game.penrose().unwrap()) {
        for (powers, penrose) in own.iter().zip(penrose) {
            let (i, p) = (&powers.initiate, &powers.prevent);
            assert_eq!(ratio(2, 1) * i * p / (i + p), penrose);
        }
    }
    let one = WeightedGame::new(vec![3, 2, 1, 1], 4).unwrap();
    let body = Body { weights: one.weights().to_vec(), quotas: vec![4] };
    let composed = ComposedGame::all_of(vec![body]).unwrap().coleman().unwrap();
    let plain = coleman(&one).unwrap();
    assert_eq!(composed.collectivity, plain.collectivity);
    let prevent: Vec<BigRational> = composed.members[0].iter().map(|m| m.prevent.clone()).collect();
    assert_eq!(prevent, plain.prevent);
}
