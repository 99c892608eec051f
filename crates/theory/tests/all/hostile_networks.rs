//! No input makes the rules for persons and districts, signed networks, or what reads their answers
//! panic: they answer or say why not.

use crate::wild::{number, place, real, size};
use num_rational::Ratio;
use proptest::prelude::*;
use std::ops::ControlFlow;
use theory::coalition::formateur::{Selection, recognition};
use theory::coalition::formation_delay::{ALL_FORMATIONS, Circumstances, Delay, hazard_ratio};
use theory::coalition::minimal_winning::{minimal_winning, visit_minimal_winning};
use theory::coalition::policy::median_member;
use theory::coalition::portfolio::gamson_shares;
use theory::coalition::utility::{Field, Weights, worth};
use theory::economy::sanctions::Belief;
use theory::electoral::compensatory::compensate;
use theory::electoral::districts::{District, allocate, discrepancies, totals};
use theory::electoral::divisor::Divisor;
use theory::electoral::highest_averages::highest_averages_into;
use theory::electoral::largest_remainder::largest_remainder_log;
use theory::electoral::law::{Base, Formula, Law, Poll, Standing};
use theory::electoral::needed_votes::needed_votes;
use theory::electoral::open_list::{Opening, ranking};
use theory::electoral::quota::Quota;
use theory::electoral::reserved::{Reservation, reserved_seats};
use theory::electoral::rule::{Options, named};
use theory::electoral::sntv::{Slate, candidate_votes, managed_seats};
use theory::electoral::threshold::{Threshold, counted};
use theory::electoral::tie::{Tie as Level, Ties};
use theory::electoral::tier::{Tier, TierKind};
use theory::electoral::womens_quota::{Candidate, apply_best_losers, apply_womens_quota};
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::integrated_control::integrated_control;
use theory::influence::matrix::Matrix;
use theory::influence::signed::{Direction, pn_centrality};
use theory::influence::signed::{SignedNetwork, Tie};
use theory::influence::signed::{frustration, triangles, walk_balance};
use theory::normal::{bivariate, cumulative, density};
use theory::power::banzhaf::{banzhaf, normalised_f64};
use theory::power::composed::{Body, ComposedGame};
use theory::power::game::WeightedGame;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn districts_and_tiers_answer_or_say_why_not(
        rows in prop::collection::vec((prop::collection::vec(number(), 0..5), size()), 0..4),
        total in number(), share in (number(), number()), held in prop::collection::vec(size(), 0..5),
        flags in prop::collection::vec(any::<bool>(), 0..5), list in place(), wanted in size(),
        drawn in place()
    ) {
        let share = Ratio::new_raw(share.0, share.1);
        let mut laws = vec![Law::plain(Formula::LargestRemainder(Quota::Droop))];
        laws.push(Law {
            thresholds: vec![Threshold::at_least(share), Threshold::more_than(share)],
            base: Base::Quotient,
            winner_bonus: wanted,
            ..Law::plain(Formula::HighestAverages(Divisor::ModifiedSainteLague { first: share }))
        });
        laws.push(Law::plain(Formula::Candidates));
        laws.push(Law::plain(Formula::Transferable { decimals: wanted.min(9) }));
        laws.push((named("residual-seats").unwrap().formula)(&Options::default()).map(Law::plain).unwrap());
        let lists: Vec<Standing> = flags
            .iter()
            .zip(&held)
            .map(|(flag, held)| Standing {
                kind: usize::from(*flag),
                exempt: *flag,
                agreement: Some(usize::from(*held > 9)),
                candidates: Some(*held),
            })
            .collect();
        let districts: Vec<District> =
            rows.iter().map(|(votes, seats)| District { seats: *seats, votes: votes.clone() }).collect();
        let (votes, seats) = rows.first().cloned().unwrap_or_default();
        for law in &laws {
            let mut lot = |_: Level<'_>| drawn;
            let _ = allocate(&districts, law, Ties::Lot(&mut lot));
            let poll = Poll { lists: &lists, ..Poll::new(&votes, total, seats.min(99)) };
            let _ = law.steps(&poll, Ties::WrittenOrder);
            if let Ok(won) = law.apply(&poll, Ties::WrittenOrder) {
                let all: u32 = won.iter().sum();
                // Candidates may be fewer than seats; every other formula fills the house.
                let counted = matches!(law.formula, Formula::Candidates | Formula::Transferable { .. });
                let fills = !counted;
                prop_assert!(all == poll.seats || !fills && all < poll.seats, "{law:?} {poll:?}");
                let most = |l: usize| lists.get(l).and_then(|s| s.candidates).unwrap_or(u32::MAX);
                prop_assert!((0..won.len()).all(|l| won[l] <= most(l) || law.winner_bonus > 0));
            }
            let _ = compensate(&poll, &held, law, Ties::WrittenOrder);
            for kind in [TierKind::Compensatory, TierKind::Parallel, TierKind::Winners, TierKind::AdditionalMembers] {
                let tier = Tier { seats: wanted.min(99), kind, law: law.clone() };
                let _ = tier.apply(&poll, &held, Ties::WrittenOrder);
            }
        }
        let _ = totals(&[held.clone(), held.clone(), vec![u32::MAX; 3]]);
        let _ = discrepancies(&held, &[seats, wanted], wanted);
        let _ = counted(&votes, &flags);
        let _ = needed_votes(&votes, list, wanted.min(9), seats.min(20), &Divisor::DHondt);
        let _ = largest_remainder_log(&votes, total, seats, Quota::Fixed(total), Ties::WrittenOrder);
        let mut won = held.clone();
        let _ = highest_averages_into(&votes, seats.min(99), &Divisor::Adams, Ties::Refuse, &mut won);
        let _ = (Quota::Hare.of(total, seats), Quota::Imperiali.of(total, seats));
        let _ = Ties::WrittenOrder.settle(seats, &[]);
    }

    #[test]
    fn rules_for_persons_answer_or_say_why_not(
        people in prop::collection::vec((place(), number(), any::<bool>()), 0..6),
        elected in prop::collection::vec(place(), 0..6), least in size(), seats in size(),
        group in prop::collection::vec(prop::option::of(place()), 0..6), evenness in real(),
    ) {
        let candidates: Vec<Candidate> =
            people.iter().map(|p| Candidate { list: p.0, votes: p.1, woman: p.2 }).collect();
        let votes: Vec<u64> = people.iter().map(|p| p.1).collect();
        let _ = apply_womens_quota(&candidates, &elected, least);
        let _ = apply_best_losers(&candidates, &elected, least, Ties::WrittenOrder);
        let reserved = [Reservation { group: 0, seats }, Reservation { group: usize::MAX, seats: least }];
        let _ = reserved_seats(&votes, &group, &reserved, Ties::WrittenOrder);
        let own = votes.first().copied().unwrap_or(0);
        for candidates in [seats, least] {
            let _ = candidate_votes(Slate { votes: own, candidates, evenness });
        }
        prop_assert!(managed_seats(own, &votes, seats) <= seats);
        let _ = (ranking(&votes, own, Opening::Open), ranking(&votes, own, Opening::Closed));
    }

    #[test]
    fn coalitions_answer_or_say_why_not(
        seats in prop::collection::vec(number(), 0..6), quota in number(),
        tried in prop::collection::vec(place(), 0..3), incumbent in place(),
        x in real(), y in real(), places in prop::collection::vec(real(), 0..6)
    ) {
        for selection in [
            Selection::LargestFirst,
            Selection::Proportional,
            Selection::Incumbency { incumbent, advantage: x },
        ] {
            if let Ok(p) = recognition(&seats, &tried, selection) {
                prop_assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{p:?}");
            }
        }
        let _ = gamson_shares(&seats);
        let here = Circumstances { legislative_parties: x, polarisation: y, ..Default::default() };
        let _ = hazard_ratio(&ALL_FORMATIONS, &here, &Circumstances::default());
        if let Ok(delay) = Delay::with_median(x, y, 1.0) {
            let p = delay.chance_within(y, x);
            prop_assert!(p.is_nan() || (0.0..=1.0).contains(&p), "{p}");
        }
        let n = seats.len();
        let (ties, refuses) = (vec![places.clone(); n], vec![vec![false; n]; n]);
        let field = Field { seats: &seats, positions: &places, ties: &ties, refuses: &refuses };
        let weights = Weights { office: x, distance: y, ties: x, members: y, precision: x };
        let _ = worth(&field, &weights, incumbent, &tried);
        let Ok(game) = WeightedGame::new(seats, quota) else { return Ok(()) };
        let _ = (minimal_winning(&game, 20), median_member(&game, &places), game.is_proper());
        let _ = (normalised_f64(&game), game.dual());
        if let Ok(index) = banzhaf(&game) {
            let _ = (index.penrose(), index.normalised());
        }
        let mut seen = 0;
        visit_minimal_winning(&game, &mut |_| {
            seen += 1;
            if seen > 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        prop_assert!(seen <= 6);
        let body = Body { weights: game.weights().to_vec(), quotas: vec![quota] };
        let _ = ComposedGame::all_of(vec![body]).map(|g| g.penrose());
    }

    #[test]
    fn signed_networks_answer_or_say_why_not(
        actors in place(), ties in prop::collection::vec((place(), place(), any::<bool>()), 0..9),
        limit in number()
    ) {
        let ties: Vec<Tie> =
            ties.iter().map(|t| Tie { from: t.0, to: t.1, friendly: t.2 }).collect();
        for network in [SignedNetwork::mutual(actors, &ties), SignedNetwork::directed(actors, &ties)] {
            let Ok(network) = network else { continue };
            prop_assert_eq!(network.sign(usize::MAX, 0), 0);
            let _ = (network.sign(0, usize::MAX), network.pairs());
            let _ = (triangles(&network).share(), frustration(&network, limit), walk_balance(&network));
            for direction in [Direction::Mutual, Direction::In, Direction::Out] {
                let _ = pn_centrality(&network, direction);
            }
        }
    }

    #[test]
    fn what_reads_total_effects_answers_or_says_why_not(
        cells in prop::collection::vec(0.0_f64..0.4, 9), on in place(), of in place(),
        b in prop::collection::vec(real(), 0..4), wild in prop::collection::vec(real(), 9)
    ) {
        let h = Matrix::new(3, cells).unwrap();
        prop_assert_eq!(h.at(usize::MAX, on), 0.0);
        prop_assert!(h.row(usize::MAX).is_empty());
        let _ = (h.solve(&b), Matrix::from_rows(&[b.clone(), b.clone()]));
        if let Ok(m) = Matrix::new(3, wild) {
            for found in [m.solve(&[1.0, 2.0, 3.0]), m.inverse().map(|m| m.row(0).to_vec())] {
                prop_assert!(found.is_err() || found.unwrap().iter().all(|x| x.is_finite()));
            }
        }
        let Ok(v) = total_effects(&h) else { return Ok(()) };
        let _ = (v.effect(on, of), v.first_hops(on, of), v.first_hops_by(on, of, &h));
        let _ = (integrated_control(&v, on, of), v.settle(&b));
    }

    #[test]
    fn the_normal_distribution_and_beliefs_answer_anything(x in real(), y in real(), r in real(), n in any::<(u32, u32)>()) {
        let p = cumulative(x);
        prop_assert!(p.is_nan() == x.is_nan() && (p.is_nan() || (0.0..=1.0).contains(&p)));
        let _ = (density(x), bivariate(x, y, r));
        let belief = Belief { successes: x, failures: y };
        let _ = (belief.mean(), belief.sd(), belief.after(n.0, n.1).mean());
    }
}
