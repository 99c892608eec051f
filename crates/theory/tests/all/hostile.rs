//! No input makes the seat rules, indices and influence models panic: they answer or say why not.

use crate::wild;

use crate::wild::{number, real, size};
use num_rational::Ratio;
use proptest::prelude::*;
use theory::coalition::baron_ferejohn::closed_rule;
use theory::coalition::formation_delay::Delay;
use theory::coalition::minimum_size::{Smallest, smallest_winning};
use theory::coalition::policy::{minimal_connected_winning, minimal_range};
use theory::coalition::portfolio::{share_posts, share_posts_above};
use theory::coalition::quantal_choice::{choose, probabilities};
use theory::coalition::utility::{Field, Weights, choice_among};
use theory::electoral::block_vote::block_vote;
use theory::electoral::divisor::{Divisor, decimal};
use theory::electoral::highest_averages::{highest_averages, highest_averages_log};
use theory::electoral::largest_remainder::largest_remainder;
use theory::electoral::last_parcel::{LastParcel, last_parcel};
use theory::electoral::law::{Formula, Law, Poll};
use theory::electoral::open_list::{Opening, ranking};
use theory::electoral::plurality::most_votes;
use theory::electoral::quota::Quota;
use theory::electoral::seat_quotas::{self, SeatQuota, fill_quotas, seats_under_quotas};
use theory::electoral::sntv::{Slate, SlateWomen, sntv_by_slates, sntv_with_women, sure_seats};
use theory::electoral::stv::{Ranking, Values, single_transferable_vote};
use theory::electoral::stv_by_slates::{Passing, stv_by_slates};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::womens_quota::women_owed;
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::linked_issues::settle_linked;
use theory::influence::matrix::Matrix;
use theory::power::banzhaf::{banzhaf, penrose_f64};
use theory::power::coleman::coleman;
use theory::power::composed::{Body, ComposedGame};
use theory::power::deegan_packel::deegan_packel;
use theory::power::game::WeightedGame;
use theory::power::holler::holler;
use theory::power::johnston::johnston;
use theory::power::owen::owen;
use theory::power::shapley_shubik::{shapley_shubik, shapley_shubik_f64};

fn fraction() -> impl Strategy<Value = Ratio<u64>> {
    (number(), number()).prop_map(|(a, b)| Ratio::new_raw(a, b))
}

proptest! {
    // Some cases build tables close to the limits of memory.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn seat_rules_answer_or_say_why_not(
        votes in prop::collection::vec(number(), 0..6), seats in size(), total in number(),
        first in fraction(), listed in prop::collection::vec(fraction(), 0..5), bonus in size()
    ) {
        let divisors = [
            Divisor::ModifiedSainteLague { first },
            Divisor::Listed(listed),
            Divisor::HuntingtonHill,
            Divisor::Dean,
            Divisor::Adams,
        ];
        for divisor in divisors {
            let _ = highest_averages(&votes, seats, &divisor, Ties::WrittenOrder);
            let _ = highest_averages_log(&votes, seats, &divisor, Ties::Refuse);
            let formula = Formula::HighestAverages(divisor);
            let law = Law {
                thresholds: vec![Threshold::at_least(first)],
                winner_bonus: bonus,
                ..Law::plain(formula)
            };
            let _ = law.apply(&Poll::new(&votes, total, seats), Ties::WrittenOrder);
        }
        for quota in [Quota::Hare, Quota::Droop, Quota::HagenbachBischoff, Quota::Imperiali, Quota::Fixed(total)] {
            let _ = largest_remainder(&votes, total, seats, quota, Ties::WrittenOrder);
        }
        let _ = most_votes(&votes, seats, Ties::WrittenOrder);
        let _ = sure_seats(total, votes.first().copied().unwrap_or(0), seats);
        let share = Opening::Flexible { over: *first.numer(), under: *first.denom() };
        let _ = ranking(&votes, total, share);
    }

    #[test]
    fn counts_of_persons_answer_or_say_why_not(
        orders in prop::collection::vec((prop::collection::vec(wild::place(), 0..5), number()), 0..5),
        candidates in prop_oneof![0_usize..6, Just(usize::MAX)], seats in size(),
        slates in prop::collection::vec((number(), size(), real()), 0..3), text in ".{0,8}"
    ) {
        let ballots: Vec<Ranking> =
            orders.iter().map(|(o, count)| Ranking { order: o.clone(), count: *count }).collect();
        for values in [Values::Exact, Values::Decimals(5)] {
            let _ =
                single_transferable_vote(&ballots, candidates, seats, values, Ties::WrittenOrder);
        }
        for rule in [LastParcel::HUNDREDTHS, LastParcel::THOUSANDTHS] {
            let _ = last_parcel(&ballots, candidates, seats, rule, Ties::WrittenOrder);
        }
        let numbers: Vec<usize> = orders.iter().flat_map(|(o, _)| o.iter().copied()).collect();
        let counts: Vec<u64> = orders.iter().map(|(_, count)| *count).collect();
        let person = |(at, list): (usize, &usize)| {
            let quota = numbers[numbers.len() - 1 - at];
            seat_quotas::Candidate { list: *list, quota, votes: at as u64, of: u64::MAX }
        };
        let persons: Vec<seat_quotas::Candidate> = numbers.iter().enumerate().map(person).collect();
        let _ = fill_quotas(&persons, &[seats; 5], &[2, seats, 0, 1, 9], Ties::WrittenOrder);
        let few = seats.min(40);
        let open = SeatQuota { seats, lists: vec![true, false, true] };
        let _ = seats_under_quotas(&counts, &vec![few; counts.len()], &[open.clone(), open]);
        let _ = women_owed(&[seats, few], few, &[seats, few]);
        let _ = block_vote(&orders, candidates, seats, Ties::WrittenOrder);
        let slates: Vec<Slate> = slates
            .into_iter()
            .map(|(votes, candidates, evenness)| Slate { votes, candidates, evenness })
            .collect();
        let _ = sntv_by_slates(&slates, seats, Ties::WrittenOrder);
        let rows: Vec<SlateWomen> = slates
            .iter()
            .map(|s| SlateWomen { share: s.evenness, behind: s.evenness, lots: (s.evenness, 0.5) })
            .collect();
        let _ = sntv_with_women(&slates, &rows, seats, few, Ties::WrittenOrder);
        let next = [numbers.clone()];
        let within = slates.first().map_or(0.5, |s| s.evenness);
        for next in [&next[..], &[]] {
            let passing = Passing { within, next };
            let _ = stv_by_slates(&slates, passing, seats, few, Ties::WrittenOrder);
        }
        let _ = decimal(&text);
    }

    #[test]
    fn indices_answer_or_say_why_not(
        weights in prop::collection::vec(number(), 0..6), quota in number(),
        unions in prop::collection::vec(prop_oneof![0_usize..4, Just(usize::MAX)], 0..6),
        places in prop::collection::vec(real(), 0..6), levels in prop::collection::vec(number(), 0..3),
        route in prop::collection::vec(0_usize..3, 0..3)
    ) {
        let body = Body { weights: weights.clone(), quotas: levels };
        if let Ok(game) = ComposedGame::new(vec![body.clone(), body], vec![route]) {
            prop_assert!(game.shapley_shubik().is_ok() && game.penrose().is_ok());
        }
        let Ok(game) = WeightedGame::new(weights, quota) else { return Ok(()) };
        let _ = (shapley_shubik(&game), shapley_shubik_f64(&game), banzhaf(&game));
        let _ = (penrose_f64(&game), coleman(&game), owen(&game, &unions));
        let _ = (deegan_packel(&game), holler(&game), johnston(&game));
        let _ = smallest_winning(&game, Smallest::Weight, 50);
        let _ = smallest_winning(&game, Smallest::Members, 50);
        let _ = (minimal_range(&game, &places, 50), minimal_connected_winning(&game, &places));
    }

    #[test]
    fn choices_and_posts_answer_or_say_why_not(
        seats in prop::collection::vec(number(), 0..5), points in prop::collection::vec(number(), 0..5),
        reals in prop::collection::vec(real(), 0..6), x in real(), y in real(), n in size(), m in size(),
        share in (0_u32..4, 0_u32..4)
    ) {
        let _ = share_posts(&seats, &points, &[]);
        let _ = share_posts(&seats, &points, std::slice::from_ref(&reals));
        let _ = share_posts_above(&seats, &points, &[], Some(Ratio::new_raw(share.0, share.1)));
        let _ = (probabilities(&reals, x), choose(&reals, x), closed_rule(n, m, x));
        if let Ok(delay) = Delay::with_median(x, y, 1.0) {
            let _ = (delay.survival(y), delay.chance_within(x, y), delay.day(y));
        }
        let n = reals.len();
        let field = Field {
            seats: &seats,
            positions: &reals,
            ties: &vec![reals.clone(); n],
            refuses: &vec![vec![false; n]; n],
        };
        let weights = Weights { office: x, distance: y, ties: 1.0, members: 1.0, precision: x };
        let _ = choice_among(&field, &weights, 0, &[vec![0], vec![0, 1], vec![7]]);
    }

    #[test]
    fn influence_answers_or_says_why_not(
        cells in prop::collection::vec(real(), 0..10), logic in prop::collection::vec(real(), 0..5),
        start in prop::collection::vec(prop::collection::vec(real(), 0..3), 0..4), n in 0_usize..4
    ) {
        let Ok(h) = Matrix::new(n, cells) else { return Ok(()) };
        let _ = h.inverse();
        if let Ok(v) = total_effects(&h) {
            let _ = (v.settle(&[1.0]), v.first_hops(n, 0), v.effect(9, 9));
        }
        if let Ok(c) = Matrix::new(2, logic) {
            let _ = settle_linked(&h, &c, &start);
        }
    }
}
