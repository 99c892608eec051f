//! Which coalitions the theories predict, checked over all subsets, and how long forming one takes.

use proptest::prelude::*;
use theory::What;
use theory::coalition::baron_ferejohn::closed_rule;
use theory::coalition::formateur::{Selection, recognition};
use theory::coalition::formation_delay::{ALL_FORMATIONS, Circumstances, Delay, hazard_ratio};
use theory::coalition::minimum_size::{Smallest, smallest_winning};
use theory::coalition::policy::{median_member, minimal_connected_winning, minimal_range};
use theory::coalition::portfolio::{share_posts, share_posts_above};
use theory::coalition::utility::{Field, Weights, choice_among, worth};
use theory::power::game::WeightedGame;

use num_rational::Ratio;

fn games() -> impl Strategy<Value = WeightedGame> {
    (prop::collection::vec(0_u64..25, 1..=9), any::<u64>()).prop_filter_map(
        "somebody has weight",
        |(weights, quota)| {
            let total: u64 = weights.iter().sum();
            WeightedGame::new(weights, quota.checked_rem(total)? + 1).ok()
        },
    )
}

struct Subsets<'g>(&'g WeightedGame);

impl Subsets<'_> {
    fn weight(&self, members: &[usize]) -> u64 {
        members.iter().map(|i| self.0.weights()[*i]).sum()
    }

    fn winning(&self) -> Vec<Vec<usize>> {
        let n = self.0.players();
        (0_u32..1 << n)
            .map(|set| (0..n).filter(|i| set >> i & 1 == 1).collect::<Vec<_>>())
            .filter(|s| self.weight(s) >= self.0.quota())
            .filter(|s| s.iter().all(|i| self.0.weights()[*i] > 0))
            .collect()
    }

    fn minimal(&self) -> Vec<Vec<usize>> {
        let needed = |s: &Vec<usize>| {
            let all = self.weight(s);
            s.iter().all(|i| all - self.0.weights()[*i] < self.0.quota())
        };
        self.winning().into_iter().filter(needed).collect()
    }
}

fn sorted(mut found: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    found.sort();
    found
}

proptest! {
    #[test]
    fn smallest_coalitions_are_those_no_winning_subset_undercuts(game in games()) {
        let all = Subsets(&game);
        let least = all.winning().iter().map(|s| all.weight(s)).min().unwrap();
        let fewest = all.winning().iter().map(Vec::len).min().unwrap();
        let light: Vec<_> = all.winning().into_iter().filter(|s| all.weight(s) == least).collect();
        let few: Vec<_> = all.winning().into_iter().filter(|s| s.len() == fewest).collect();
        let found = smallest_winning(&game, Smallest::Weight, 1 << 9).unwrap();
        prop_assert_eq!(sorted(found), sorted(light.clone()));
        let found = smallest_winning(&game, Smallest::Members, 1 << 9).unwrap();
        prop_assert_eq!(sorted(found), sorted(few));
        let short = smallest_winning(&game, Smallest::Weight, light.len() - 1);
        prop_assert_eq!(short.unwrap_err().what, What::TooLarge);
    }

    #[test]
    fn minimal_ranges_are_the_least_over_all_minimal_coalitions(
        game in games(), places in prop::collection::vec(0_i32..6, 9)
    ) {
        let positions: Vec<f64> = places[..game.players()].iter().map(|p| f64::from(*p)).collect();
        let range = |s: &Vec<usize>| {
            let at = |i: &usize| places[*i];
            s.iter().map(at).max().unwrap() - s.iter().map(at).min().unwrap()
        };
        let minimal = Subsets(&game).minimal();
        let least = minimal.iter().map(range).min().unwrap();
        let brute: Vec<_> = minimal.into_iter().filter(|s| range(s) == least).collect();
        let found = minimal_range(&game, &positions, 1 << 9).unwrap();
        prop_assert_eq!(sorted(found), sorted(brute));
    }

    #[test]
    fn connected_coalitions_win_and_need_both_ends(
        game in games(), places in prop::collection::vec(-9.0_f64..9.0, 9)
    ) {
        let positions = &places[..game.players()];
        let all = Subsets(&game);
        let found = minimal_connected_winning(&game, positions).unwrap();
        prop_assert!(!found.is_empty());
        for members in &found {
            prop_assert!(all.weight(members) >= game.quota());
            let place = |i: &usize| positions[*i];
            let low = members.iter().map(place).fold(f64::INFINITY, f64::min);
            let high = members.iter().map(place).fold(f64::NEG_INFINITY, f64::max);
            for (i, position) in positions.iter().enumerate() {
                let inside = (low..=high).contains(position) && game.weights()[i] > 0;
                prop_assert_eq!(inside, members.contains(&i));
            }
            for end in [low, high] {
                let rest: Vec<usize> =
                    members.iter().copied().filter(|i| positions[*i] != end).collect();
                prop_assert!(all.weight(&rest) < game.quota());
            }
        }
        let median = median_member(&game, positions).unwrap();
        let side = |left: bool| -> u64 {
            (0..game.players())
                .filter(|i| if left { positions[*i] < positions[median] } else { positions[*i] > positions[median] })
                .map(|i| game.weights()[i])
                .sum()
        };
        prop_assert!(2 * side(true) < game.total() && 2 * side(false) <= game.total());
    }

    #[test]
    fn nobody_gains_by_voting_otherwise_under_the_closed_rule(
        n in 1_u32..200, share in 0.0_f64..1.0, delta in 0.0_f64..=1.0
    ) {
        let votes = 1 + (f64::from(n - 1) * share) as u32;
        let e = closed_rule(n, votes, delta).unwrap();
        prop_assert!((e.proposer + f64::from(e.partners) * e.partner - 1.0).abs() < 1e-12);
        prop_assert!(e.proposer >= e.partner - 1e-12);
        // Before the draw: chance of proposing, plus chance of being paid.
        let paid = f64::from(e.partners) / f64::from(n);
        let expected = e.proposer / f64::from(n) + paid * e.partner;
        prop_assert!((expected - e.expected).abs() < 1e-12);
        prop_assert!((e.partner - delta * e.expected).abs() < 1e-12);
    }

    #[test]
    fn formateurs_are_drawn_among_those_not_yet_tried(
        seats in prop::collection::vec(0_u64..90, 1..10), tried in prop::collection::vec(0_usize..10, 0..4),
        advantage in 0.1_f64..9.0
    ) {
        let incumbent = seats.len() - 1;
        for how in [
            Selection::LargestFirst,
            Selection::Proportional,
            Selection::Incumbency { incumbent, advantage },
        ] {
            let open = |i: usize| seats[i] > 0 && !tried.contains(&i);
            match recognition(&seats, &tried, how) {
                Ok(p) => {
                    prop_assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                    prop_assert!((0..p.len()).all(|i| p[i] == 0.0 || open(i)));
                }
                Err(fault) => {
                    prop_assert!(fault.is_absence());
                    prop_assert!(!(0..seats.len()).any(open));
                }
            }
        }
    }

    #[test]
    fn a_delay_drawn_at_u_is_survived_with_probability_one_less_u(
        median in 1.0_f64..300.0, shape in 0.5_f64..3.0, ratio in 0.05_f64..9.0, u in 0.0_f64..0.999,
        day in 0.0_f64..400.0, days in 0.0_f64..90.0
    ) {
        let delay = Delay::with_median(median, shape, ratio).unwrap();
        prop_assert!((delay.survival(delay.day(u).unwrap()) - (1.0 - u)).abs() < 1e-9);
        let base = Delay::with_median(median, shape, 1.0).unwrap();
        prop_assert!((base.survival(median) - 0.5).abs() < 1e-12);
        let (now, then) = (delay.survival(day), delay.survival(day + days));
        prop_assert!((now * (1.0 - delay.chance_within(day, days)) - then).abs() < 1e-9);
    }

    #[test]
    fn posts_too_dear_for_everybody_stay_unfilled(
        seats in prop::collection::vec(1_u64..60, 1..8), points in prop::collection::vec(1_u64..16, 0..25)
    ) {
        let none = share_posts_above(&seats, &points, &[], Some(Ratio::new(0, 1))).unwrap();
        let all: u64 = points.iter().sum();
        let total: u64 = seats.iter().sum();
        let half = share_posts_above(&seats, &points, &[], Some(Ratio::new(1, 2))).unwrap();
        let mut spent = vec![0; seats.len()];
        for pick in &half {
            let due = seats[pick.member] as f64 * all as f64 / total as f64;
            let left = due - spent[pick.member] as f64;
            prop_assert!(2.0 * left >= points[pick.post] as f64 - 1e-9);
            spent[pick.member] += points[pick.post];
        }
        prop_assert!(none.len() <= share_posts(&seats, &points, &[]).unwrap().len());
        let mut posts: Vec<usize> = half.iter().map(|p| p.post).collect();
        posts.sort_unstable();
        posts.dedup();
        prop_assert_eq!(posts.len(), half.len());
    }
}

#[test]
fn elections_and_many_parties_delay_and_a_continuation_rule_hastens() {
    let quiet = Circumstances { legislative_parties: 3.0, polarisation: 0.2, ..Default::default() };
    let ratio = |c: Circumstances| hazard_ratio(&ALL_FORMATIONS, &c, &quiet).unwrap();
    let after = Circumstances { post_election: true, ..quiet };
    assert!((ratio(after) - (-0.98_f64).exp()).abs() < 1e-12);
    let crowded = Circumstances { legislative_parties: 5.0, ..quiet };
    assert!((ratio(crowded) - (-0.52_f64).exp()).abs() < 1e-12);
    assert!(ratio(Circumstances { continuation_rule: true, ..quiet }) > 4.0);
    let broken = Circumstances { polarisation: f64::NAN, ..quiet };
    let fault = hazard_ratio(&ALL_FORMATIONS, &broken, &quiet);
    assert_eq!(fault.unwrap_err().place.to_string(), "polarisation[0]");
}

#[test]
fn a_party_that_wins_alone_is_the_smallest_coalition_however_heavy_the_others() {
    let game = WeightedGame::new(vec![10, 10, 1], 5).unwrap();
    let found = smallest_winning(&game, Smallest::Weight, 9).unwrap();
    assert_eq!(sorted(found), [vec![0], vec![1]]);
    let huge = WeightedGame::majority(vec![1 << 40; 5]).unwrap();
    assert_eq!(smallest_winning(&huge, Smallest::Weight, 9).unwrap_err().what, What::TooLarge);
    assert_eq!(smallest_winning(&huge, Smallest::Members, 99).unwrap().len(), 10);
}

#[test]
fn a_coalition_is_worth_office_less_distance_plus_ties_less_members() {
    let ties = vec![vec![0.0, 0.8, 0.2], vec![0.6, 0.0, 0.0], vec![0.0, 0.0, 0.0]];
    let refuses = vec![vec![false; 3]; 3];
    let weights = Weights { office: 1.0, distance: 2.0, ties: 0.5, members: 0.3, precision: 4.0 };
    let field =
        |refuses| Field { seats: &[30, 10, 20], positions: &[0.2, 0.6, 1.0], ties: &ties, refuses };
    let u = |members: &[usize]| worth(&field(&refuses), &weights, 0, members).unwrap();
    // Mean position (30 x 0.2 + 10 x 0.6) / 40 = 0.3; ties (0.8 + 0.6) / 2 = 0.7.
    assert!((u(&[0, 1]) - (0.75 - 0.2 + 0.35 - 0.1)).abs() < 1e-12);
    assert!(u(&[0, 1]) > u(&[0, 2]));
    let options = [vec![0, 1], vec![0, 2]];
    let p = choice_among(&field(&refuses), &weights, 0, &options).unwrap();
    let odds = (4.0 * (u(&[0, 1]) - u(&[0, 2]))).exp();
    assert!((p[0] / p[1] - odds).abs() < 1e-9 * odds);
    let outside = worth(&field(&refuses), &weights, 1, &[0, 2]);
    assert!(outside.unwrap_err().is_absence());
    let mut hostile = refuses.clone();
    hostile[2][0] = true;
    let refused = worth(&field(&hostile), &weights, 0, &[0, 2]);
    assert_eq!(refused, Ok(f64::NEG_INFINITY));
    let p = choice_among(&field(&hostile), &weights, 0, &options).unwrap();
    assert_eq!(p, [1.0, 0.0]);
}
