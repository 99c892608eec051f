//! Laws made of several rules: tiers, thresholds, persons, quotas of women, transferable votes.

use num_rational::{BigRational, Ratio};
use proptest::prelude::*;
use theory::What;
use theory::electoral::block_vote::block_vote;
use theory::electoral::compensatory::compensate;
use theory::electoral::districts::{District, allocate, discrepancies, totals};
use theory::electoral::divisor::Divisor;
use theory::electoral::last_parcel::{LastParcel, last_parcel};
use theory::electoral::law::{Base, Formula, Law, Poll, Standing};
use theory::electoral::open_list::{Opening, ranking};
use theory::electoral::plurality::most_votes;
use theory::electoral::quota::Quota;
use theory::electoral::reserved::{Reservation, reserved_seats};
use theory::electoral::sntv::{Slate, candidate_votes, managed_seats, sntv_by_slates, sure_seats};
use theory::electoral::steps::Clause;
use theory::electoral::stv::{Ranking, Stage, Values, single_transferable_vote};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::womens_quota::{Candidate, apply_womens_quota};

/// What a stage does to whom.
fn who(stage: &Stage) -> (u8, usize) {
    match stage {
        Stage::Elected(c, _) => (0, *c),
        Stage::Surplus(c, _) => (1, *c),
        Stage::Remaining(c, _) => (2, *c),
        Stage::Excluded(c, _) => (3, *c),
    }
}

fn votes(stage: &Stage) -> BigRational {
    match stage {
        Stage::Elected(_, votes)
        | Stage::Surplus(_, votes)
        | Stage::Remaining(_, votes)
        | Stage::Excluded(_, votes) => votes.clone(),
    }
}

fn sainte_lague() -> Law {
    Law::plain(Formula::HighestAverages(Divisor::SainteLague))
}

proptest! {
    #[test]
    fn a_slates_votes_add_up_and_fall(votes in any::<u64>(), candidates in 1_u32..40, evenness in 0.0_f64..=1.0) {
        let spread = candidate_votes(Slate { votes, candidates, evenness }).unwrap();
        prop_assert_eq!(spread.iter().map(|v| u128::from(*v)).sum::<u128>(), u128::from(votes));
        if votes < 1 << 50 {
            prop_assert!(spread.windows(2).all(|w| w[0] >= w[1]));
        }
    }

    /// What is sure against anybody is won against the rivals drawn here.
    #[test]
    fn sure_seats_are_won_whatever_the_others_do(
        votes in 1_u64..100_000, seats in 1_u32..8,
        rivals in prop::collection::vec((1_u64..60_000, 1_u32..8, 0.0_f64..=1.0), 1..6)
    ) {
        let total = votes + rivals.iter().map(|r| r.0).sum::<u64>();
        let sure = sure_seats(votes, total, seats);
        prop_assume!(sure > 0);
        let mut slates = vec![Slate { votes, candidates: sure, evenness: 1.0 }];
        slates.extend(rivals.iter().map(|r| Slate { votes: r.0, candidates: r.1, evenness: r.2 }));
        // Whole votes: an even split may leave the last candidate one vote short of its fraction.
        let won = sntv_by_slates(&slates, seats, Ties::WrittenOrder).unwrap();
        let exact = u128::from(votes) / u128::from(sure) * (u128::from(seats) + 1 - u128::from(sure));
        prop_assert!(won[0] == sure || exact <= u128::from(total - votes));
    }

    /// Nominating and spreading the same votes otherwise never beats even division among the right
    /// number, and that division wins what is promised. Rivals stand first, so they win every lot.
    #[test]
    fn no_way_of_spreading_votes_beats_the_best_management(
        votes in 1_u64..100_000, seats in 1_u32..9,
        rivals in prop::collection::vec(1_u64..60_000, 1..20),
        candidates in 1_u32..15, evenness in 0.0_f64..=1.0
    ) {
        let won = |candidates, evenness| {
            let mut slates: Vec<Slate> =
                rivals.iter().map(|v| Slate { votes: *v, candidates: 1, evenness: 1.0 }).collect();
            slates.push(Slate { votes, candidates, evenness });
            sntv_by_slates(&slates, seats, Ties::WrittenOrder).unwrap()[rivals.len()]
        };
        let best = managed_seats(votes, &rivals, seats);
        prop_assert!(best <= seats);
        prop_assert!(won(candidates, evenness) <= best);
        prop_assert!(best == 0 || won(best, 1.0) == best);
    }

    /// With no more candidates than even division elects, spreading votes more evenly costs no
    /// seat. Rivals have a vote fewer the second time, which is all that rounding can matter.
    #[test]
    fn better_vote_management_never_costs_seats(
        votes in 1_u64..100_000, seats in 1_u32..9, fewer in 0_u32..8,
        rivals in prop::collection::vec(1_u64..60_000, 1..20),
        one in 0.0_f64..=1.0, other in 0.0_f64..=1.0
    ) {
        let most = managed_seats(votes, &rivals, seats);
        prop_assume!(most > 0);
        let candidates = most - fewer % most;
        let won = |evenness, off: u64| {
            let mut slates = vec![Slate { votes, candidates, evenness }];
            slates.extend(rivals.iter().map(|v| Slate { votes: v - off, candidates: 1, evenness: 1.0 }));
            sntv_by_slates(&slates, seats, Ties::WrittenOrder).unwrap()[0]
        };
        prop_assert!(won(one.min(other), 0) <= won(one.max(other), 1));
        prop_assert!(won(one, 0) <= won(1.0, 0));
    }

    /// The record adds up to the allocation, whatever the law, and what it says a list lacked is
    /// exactly what it lacked.
    #[test]
    fn steps_add_up_to_the_allocation(
        votes in prop::collection::vec(1_u64..5_000, 1..8), seats in 0_u32..30,
        share in 0_u64..30, bonus in 0_u32..4, unlisted in 0_u64..500, kind in 0_usize..3
    ) {
        let formula = match kind {
            0 => Formula::HighestAverages(Divisor::SainteLague),
            1 => Formula::HighestAverages(Divisor::ModifiedSainteLague { first: Ratio::new(17, 10) }),
            _ => Formula::LargestRemainder(Quota::Hare),
        };
        let threshold = (share > 0).then(|| Threshold::at_least(Ratio::new(share, 100)));
        let thresholds = threshold.into_iter().collect();
        let law = Law { thresholds, winner_bonus: bonus, ..Law::plain(formula) };
        let total = votes.iter().sum::<u64>() + unlisted;
        let poll = Poll::new(&votes, total, seats);
        let plain = law.apply(&poll, Ties::WrittenOrder);
        let logged = law.steps(&poll, Ties::WrittenOrder);
        let (Ok(won), Ok((same, steps))) = (&plain, &logged) else {
            prop_assert_eq!(plain.err(), logged.err());
            return Ok(());
        };
        prop_assert_eq!(won, same);
        let mut counted = vec![0; votes.len()];
        for step in steps {
            counted[step.list] += step.seats;
            prop_assert!(!step.to_string().is_empty());
            if step.clause == Clause::Threshold {
                let needed = votes[step.list] + step.short_by.unwrap();
                let passes = |v: u64| v * 100 >= share * total;
                prop_assert!(passes(needed) && !passes(needed - 1));
            }
        }
        prop_assert_eq!(&counted, won);
    }

    #[test]
    fn the_most_votes_win(votes in prop::collection::vec(0_u64..30, 1..20), seats in 0_u32..25) {
        let elected = most_votes(&votes, seats, Ties::WrittenOrder).unwrap();
        let standing = votes.iter().filter(|v| **v > 0).count();
        prop_assert_eq!(elected.len(), standing.min(seats as usize));
        for c in 0..votes.len() {
            if !elected.contains(&c) {
                prop_assert!(elected.iter().all(|e| votes[*e] >= votes[c]));
            }
        }
    }

    #[test]
    fn rankings_are_complete_and_open_ones_follow_votes(
        personal in prop::collection::vec(0_u64..50, 0..20), share in 1_u64..10
    ) {
        let sum = personal.iter().sum();
        for opening in [Opening::Closed, Opening::Open, Opening::Flexible { over: share, under: 100 }] {
            let order = ranking(&personal, sum, opening).unwrap();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..personal.len()).collect::<Vec<_>>());
            if opening == Opening::Open {
                prop_assert!(order.windows(2).all(|w| personal[w[0]] >= personal[w[1]]));
            }
        }
    }

    #[test]
    fn a_womens_quota_changes_persons_and_no_lists_seats(
        people in prop::collection::vec((0_usize..4, 0_u64..1_000, any::<bool>()), 1..30),
        share in 1_usize..5, least in 0_u32..10
    ) {
        let candidates: Vec<Candidate> =
            people.iter().map(|p| Candidate { list: p.0, votes: p.1, woman: p.2 }).collect();
        let elected: Vec<usize> = (0..candidates.len()).step_by(share).collect();
        let after = apply_womens_quota(&candidates, &elected, least);
        let seats = |of: &[usize]| {
            let mut seats = [0; 4];
            of.iter().for_each(|c| seats[candidates[*c].list] += 1);
            seats
        };
        prop_assert_eq!(seats(&elected), seats(&after.elected));
        let women = after.elected.iter().filter(|c| candidates[**c].woman).count() as u32;
        prop_assert_eq!(women + after.missing >= least, true);
        if after.missing > 0 {
            // Nobody is left to swap: no list with a sitting man has a woman outside.
            for man in after.elected.iter().filter(|c| !candidates[**c].woman) {
                prop_assert!(!(0..candidates.len()).any(|c| candidates[c].woman
                    && candidates[c].list == candidates[*man].list
                    && !after.elected.contains(&c)));
            }
        }
        let mut unique = after.elected.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), elected.len());
    }

    /// Droop proportionality: k quotas of voters solid for the same candidates elect k of them.
    #[test]
    fn a_solid_coalition_elects_its_quotas(
        solid in 1_u64..200, orders in prop::collection::vec((Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle(), 1_u64..40), 1..12),
        seats in 1_u32..5
    ) {
        let mut ballots: Vec<Ranking> =
            orders.into_iter().map(|(order, count)| Ranking { order, count }).collect();
        ballots.push(Ranking { order: vec![2, 0, 1, 6, 5, 4, 3], count: solid });
        let count = |values| {
            single_transferable_vote(&ballots, 7, seats, values, Ties::WrittenOrder).unwrap()
        };
        // With every further decimal the count draws nearer to the exact one; they part only where the
        // exact one has two who are level, or somebody exactly at the quota.
        let all: u64 = ballots.iter().map(|b| b.count).sum();
        let quota = all / (u64::from(seats) + 1) + 1;
        let (exact, near) = (count(Values::Exact), count(Values::Decimals(90)));
        let parts = |(one, other): &(&Stage, &Stage)| who(one) != who(other);
        match exact.1.iter().zip(&near.1).find(parts) {
            None => prop_assert_eq!(&exact.0, &near.0),
            Some((one, other)) => {
                let hair = BigRational::new(1.into(), num_bigint::BigInt::from(10).pow(60));
                let close = |a: BigRational, b: BigRational| (a.clone() - &b) < hair && (b - a) < hair;
                let quota = BigRational::from_integer(quota.into());
                let level = close(votes(one), votes(other)) || close(votes(one), quota);
                prop_assert!(level, "{one:?} {other:?}");
            }
        }
        prop_assert_eq!(count(Values::Decimals(5)).0.len(), seats.min(7) as usize);
        let (elected, _) = count(Values::Exact);
        prop_assert_eq!(elected.len(), seats.min(7) as usize);
        let own = |b: &&Ranking| {
            let mut top = b.order[..3].to_vec();
            top.sort_unstable();
            top == [0, 1, 2]
        };
        let held: u64 = ballots.iter().filter(own).map(|b| b.count).sum();
        let due = (held / quota).min(3).min(u64::from(seats)) as usize;
        prop_assert!(elected.iter().filter(|c| **c < 3).count() >= due);
    }

    #[test]
    fn compensation_tops_up_and_takes_nothing_away(
        votes in prop::collection::vec(1_u64..100_000, 2..8), seats in 1_u32..100, cut in 0_u32..4
    ) {
        let law = sainte_lague();
        let total = votes.iter().sum();
        let holds: Vec<u32> = (0..votes.len() as u32).map(|i| i % 3 * cut).collect();
        let all = compensate(&Poll::new(&votes, total, seats), &holds, &law, Ties::WrittenOrder).unwrap();
        for (i, held) in holds.iter().enumerate() {
            prop_assert_eq!(held + all.added[i], all.due[i] + all.overhang[i]);
            prop_assert!(all.added[i] == 0 || all.overhang[i] == 0);
        }
    }
}

#[test]
fn a_surplus_passes_over_whoever_reached_the_quota_in_the_same_count() {
    let ballot = |count, order: &[usize]| Ranking { order: order.to_vec(), count };
    let ballots = [ballot(60, &[0, 1, 2]), ballot(35, &[1, 3]), ballot(14, &[2]), ballot(11, &[3])];
    for values in [Values::Exact, Values::Decimals(5)] {
        // Quota 31: 0 and 1 have it at once, so the 29 to spare of 0 go to 2, who has it by them.
        let counted = single_transferable_vote(&ballots, 4, 3, values, Ties::Refuse);
        let (elected, stages) = counted.unwrap();
        assert_eq!(elected, [0, 1, 2]);
        let told: Vec<String> = stages
            .iter()
            .map(|stage| match stage {
                Stage::Elected(c, votes) => format!("{c} elected with {votes}"),
                Stage::Surplus(c, votes) => format!("{votes} of {c} passed on"),
                Stage::Remaining(c, votes) => format!("{c} left with {votes}"),
                Stage::Excluded(c, votes) => format!("{c} out with {votes}"),
            })
            .collect();
        let last = match values {
            Values::Exact => "2 elected with 43",
            // 29 / 60 is .48333 to five places, sixty times, and 14.
            Values::Decimals(_) => "2 elected with 214999/5000",
        };
        assert_eq!(told, ["0 elected with 60", "1 elected with 35", "29 of 0 passed on", last]);
    }
}

#[test]
fn candidates_who_are_level_are_told_apart_by_the_latest_count_in_which_they_were_not() {
    let ballot = |count, order: &[usize]| Ranking { order: order.to_vec(), count };
    // One seat, quota 17. First preferences 12, 9, 8, 4; without the last, 1 and 2 have 10 each and
    // 2 was behind, so 2 goes, though the written rule would refuse to choose.
    let ballots = [
        ballot(12, &[0]),
        ballot(9, &[1]),
        ballot(8, &[2, 1]),
        ballot(1, &[3, 1]),
        ballot(2, &[3, 2]),
        ballot(1, &[3]),
    ];
    let counted = single_transferable_vote(&ballots, 4, 1, Values::Exact, Ties::Refuse);
    assert_eq!(counted.unwrap().0, [1]);
    // Level from the first count on, they are left to the written rule.
    let level = [ballot(9, &[0]), ballot(5, &[1]), ballot(5, &[2])];
    let counted = single_transferable_vote(&level, 3, 1, Values::Exact, Ties::Refuse);
    assert_eq!(counted.unwrap_err().what, What::Level(vec![1, 2]));
}

#[test]
fn many_candidates_or_a_star_waste_what_good_management_uses() {
    let rival = |votes| Slate { votes, candidates: 6, evenness: 0.7 };
    let won = |candidates, evenness| {
        let own = Slate { votes: 30_000, candidates, evenness };
        let slates = [own, rival(25_000), rival(25_000), rival(20_000)];
        sntv_by_slates(&slates, 5, Ties::WrittenOrder).unwrap()[0]
    };
    assert_eq!(won(4, 1.0), 3, "three or four well managed candidates");
    assert_eq!(won(1, 1.0), 1, "too few candidates");
    assert_eq!(won(12, 1.0), 0, "too many");
    assert_eq!(won(6, 0.2), 1, "a star and his companions");
}

#[test]
fn a_bare_majority_takes_every_seat_under_block_vote() {
    let ballots = [(vec![0, 1, 2], 51), (vec![3, 4, 5], 49), (vec![3, 3], 900), (vec![9], 900)];
    let elected = block_vote(&ballots, 6, 3, Ties::Refuse).unwrap();
    assert_eq!(elected, [0, 1, 2]);
    assert!(block_vote(&[(vec![0, 0], 5)], 2, 2, Ties::Refuse).unwrap_err().is_absence());
}

#[test]
fn reserved_seats_go_to_the_groups_own_candidates() {
    let votes = [900, 50, 60, 800, 10];
    let group = [None, Some(0), Some(0), None, Some(1)];
    let reserved = [Reservation { group: 0, seats: 1 }, Reservation { group: 1, seats: 2 }];
    let elected = reserved_seats(&votes, &group, &reserved, Ties::Refuse).unwrap();
    assert_eq!(elected, [vec![2], vec![4]]);
    assert!(reserved_seats(&votes, &group[..2], &reserved, Ties::Refuse).is_err());
}

#[test]
fn kinds_of_list_have_thresholds_of_their_own_and_a_minority_none() {
    let share = |n| Threshold::at_least(Ratio::new(n, 100));
    let law = Law { thresholds: vec![share(5), share(7), share(2)], ..sainte_lague() };
    let kind = |kind| Standing { kind, ..Standing::default() };
    let minority = Standing { exempt: true, ..Standing::default() };
    // A party of 6, a bloc of 6, an independent of 2, a party of 1 and a minority of 1.
    let lists = [kind(0), kind(0), kind(1), kind(2), kind(0), minority];
    let poll = Poll { lists: &lists, ..Poll::new(&[840, 60, 60, 20, 10, 10], 1_000, 50) };
    assert_eq!(law.passing(&poll), Ok(vec![true, true, false, true, false, true]));
    assert_eq!(law.apply(&poll, Ties::Refuse).unwrap().iter().sum::<u32>(), 50);
}

#[test]
fn who_has_no_more_candidates_leaves_seats_to_the_others() {
    let law = Law::plain(Formula::HighestAverages(Divisor::DHondt));
    let lists = [Standing { candidates: Some(2), ..Standing::default() }];
    let poll = Poll { lists: &lists, ..Poll::new(&[700, 200, 100], 1_000, 10) };
    assert_eq!(law.apply(&Poll { lists: &[], ..poll }, Ties::Refuse), Ok(vec![7, 2, 1]));
    // The eighth of the others' seats is level between a sixth and a third one; the first list has it.
    assert_eq!(law.apply(&poll, Ties::WrittenOrder), Ok(vec![2, 6, 2]));
    let few = [lists[0]; 3];
    let short = law.apply(&Poll { lists: &few, ..poll }, Ties::WrittenOrder).unwrap_err();
    assert!(short.to_string().contains("candidates"), "{short}");
}

#[test]
fn a_threshold_that_shuts_all_out_is_a_fault_or_waived() {
    let half = vec![Threshold::at_least(Ratio::new(1, 2))];
    let mut law = Law { thresholds: half, ..sainte_lague() };
    let poll = Poll::new(&[40, 35, 25], 100, 3);
    assert!(law.apply(&poll, Ties::Refuse).unwrap_err().is_absence());
    law.waived_if_none_pass = true;
    assert_eq!(law.apply(&poll, Ties::Refuse), Ok(vec![1, 1, 1]));
    law.base = Base::Quotient;
    law.thresholds = vec![Threshold::at_least(Ratio::new(1, 1))];
    assert_eq!(law.apply(&poll, Ties::Refuse), Ok(vec![2, 1, 0]), "a quotient is 33 1/3");
}

#[test]
fn a_list_below_the_threshold_leaves_its_seats_to_the_others() {
    let mut law = sainte_lague();
    let by = |law: &Law| law.apply(&Poll::new(&[60, 36, 4], 100, 25), Ties::Refuse).unwrap();
    assert_eq!(by(&law), [15, 9, 1]);
    law.thresholds = vec![Threshold::at_least(Ratio::new(1, 20))];
    assert_eq!(by(&law), [16, 9, 0]);
    law.thresholds = vec![Threshold::at_least(Ratio::new(4, 100))];
    assert_eq!(by(&law), [15, 9, 1], "exactly the threshold passes");
    law.thresholds = vec![Threshold::more_than(Ratio::new(4, 100))];
    assert_eq!(by(&law), [16, 9, 0], "exactly the threshold is not more than it");
    law.winner_bonus = 26;
    let fault = law.apply(&Poll::new(&[60, 36, 4], 100, 25), Ties::Refuse);
    assert_eq!(fault.unwrap_err().place.to_string(), "winner_bonus");
}

#[test]
fn sums_of_districts_show_which_certified_totals_contradict_them() {
    let districts = [
        District { seats: 5, votes: vec![300, 200, 0] },
        District { seats: 3, votes: vec![100, 90, 40] },
    ];
    let rows = allocate(&districts, &sainte_lague(), Ties::Refuse).unwrap();
    assert_eq!(rows, [vec![3, 2, 0], vec![1, 1, 1]]);
    let won = totals(&rows);
    assert_eq!(won, [4, 3, 1]);
    assert_eq!(discrepancies(&won, &[4, 3, 1], 0), []);
    assert_eq!(discrepancies(&won, &[5, 3, 2], 2), [], "two open seats make it up");
    let found = discrepancies(&won, &[5, 2, 2], 1);
    assert_eq!(found.iter().map(|d| d.list).collect::<Vec<_>>(), [0, 1, 2]);
    let level = [District { seats: 1, votes: vec![5, 5] }];
    let fault = allocate(&level, &sainte_lague(), Ties::Refuse).unwrap_err();
    assert!(fault.to_string().starts_with("districts[0]: "), "{fault}");
}

#[test]
fn a_record_names_the_clause_and_says_who_was_next() {
    let votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100];
    let mut law = Law::plain(Formula::LargestRemainder(Quota::Hare));
    law.thresholds = vec![Threshold::at_least(Ratio::new(5, 100))];
    law.winner_bonus = 2;
    let (won, steps) = law.steps(&Poll::new(&votes, 100_000, 10), Ties::Refuse).unwrap();
    // Eight seats for 96,900 votes at a quota of 12,112.5: 3 1 1 0 0, then the remainders 12,000,
    // 10,662.5 and 6,000; next is the second list with 3,887.5.
    assert_eq!(won, [6, 1, 1, 1, 1, 0]);
    let said: Vec<String> = steps.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "threshold: list 5 is shut out, 1900 votes short",
            "winner's bonus: list 0 takes 2; next was list 1, 31001 votes short",
            "whole quotas: list 0 takes 3",
            "whole quotas: list 1 takes 1",
            "whole quotas: list 2 takes 1",
            "largest remainder: list 3 takes 1; next was list 1, 8113 votes short",
            "largest remainder: list 0 takes 1; next was list 1, 6776 votes short",
            "largest remainder: list 4 takes 1; next was list 1, 2113 votes short",
        ]
    );
}

#[test]
fn only_the_last_parcel_is_looked_at_for_a_surplus() {
    let ballot = |count, order: &[usize]| Ranking { order: order.to_vec(), count };
    // Three seats, quota 26. 0 has 40; its 14 to spare pass on at .35, to 1 on all papers, who has
    // 24 + 14 = 38 and 12 to spare, all of it among those forty papers: they name 2, while 1's own
    // papers name 3.
    let ballots = [ballot(40, &[0, 1, 2]), ballot(24, &[1, 3]), ballot(19, &[3]), ballot(18, &[2])];
    let counted = last_parcel(&ballots, 4, 3, LastParcel::HUNDREDTHS, Ties::Refuse).unwrap();
    assert_eq!(counted.0, [0, 1, 2]);
    let (inclusive, _) =
        single_transferable_vote(&ballots, 4, 3, Values::Exact, Ties::Refuse).unwrap();
    assert_eq!(inclusive, [0, 1, 3], "all papers of 1 name 3 more often than 2");
}

#[test]
fn candidates_out_of_reach_go_together_and_a_surplus_that_saves_nobody_waits() {
    let ballot = |count, order: &[usize]| Ranking { order: order.to_vec(), count };
    // Two seats, quota 41. 0 has one vote to spare, which cannot lift 3 or 4 to 2: it waits, and both go
    // at once, though 4 alone would be the lowest.
    let ballots = [
        ballot(42, &[0, 4]),
        ballot(35, &[1]),
        ballot(30, &[2]),
        ballot(8, &[3, 1]),
        ballot(6, &[4, 3]),
    ];
    let counted = last_parcel(&ballots, 5, 2, LastParcel::HUNDREDTHS, Ties::Refuse).unwrap();
    let told: Vec<String> = counted
        .1
        .iter()
        .map(|stage| match stage {
            Stage::Elected(c, votes) => format!("{c} elected with {votes}"),
            Stage::Surplus(c, votes) => format!("{votes} of {c} passed on"),
            Stage::Remaining(c, votes) => format!("{c} left with {votes}"),
            Stage::Excluded(c, votes) => format!("{c} out with {votes}"),
        })
        .collect();
    assert_eq!(told, ["0 elected with 42", "4 out with 6", "3 out with 8", "1 elected with 43"]);
    assert_eq!(counted.0, [0, 1]);
}

#[test]
fn statutes_differ_in_which_stage_tells_level_candidates_apart() {
    let ballot = |count, order: &[usize]| Ranking { order: order.to_vec(), count };
    // 0 and 1 have 10 and 11, then 12 and 11, then 12 each: by the earliest stage 0 was behind, by the
    // latest 1.
    let ballots = [
        ballot(10, &[0]),
        ballot(11, &[1]),
        ballot(20, &[2]),
        ballot(1, &[3, 1]),
        ballot(2, &[3]),
        ballot(2, &[4, 0]),
    ];
    let third_out = |earliest| {
        let rule = LastParcel { postpones: false, earliest, ..LastParcel::HUNDREDTHS };
        let (_, stages) = last_parcel(&ballots, 5, 1, rule, Ties::Refuse).unwrap();
        let out = stages.iter().filter_map(|stage| match stage {
            Stage::Excluded(c, _) => Some(*c),
            _ => None,
        });
        out.collect::<Vec<usize>>()[2]
    };
    assert_eq!((third_out(true), third_out(false)), (0, 1));
}

proptest! {
    #[test]
    fn a_count_by_the_last_parcel_fills_every_seat_once(
        orders in prop::collection::vec((Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(), 1_u64..40, 1_usize..7), 1..14),
        seats in 1_u32..6
    ) {
        let ballots: Vec<Ranking> = orders
            .into_iter()
            .map(|(order, count, long)| Ranking { order: order[..long.min(6)].to_vec(), count })
            .collect();
        let cast: u64 = ballots.iter().map(|b| b.count).sum();
        for rule in [LastParcel::HUNDREDTHS, LastParcel::THOUSANDTHS] {
            let (elected, stages) = last_parcel(&ballots, 6, seats, rule, Ties::WrittenOrder).unwrap();
            prop_assert_eq!(elected.len(), seats as usize);
            let mut once = elected.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), elected.len());
            // No vote is made out of nothing: whoever is elected holds a quota, and all together no
            // more than was cast.
            let held: BigRational = stages
                .iter()
                .map(|stage| match stage {
                    Stage::Elected(_, votes) | Stage::Remaining(_, votes) => votes.clone(),
                    Stage::Surplus(_, votes) => -votes.clone(),
                    Stage::Excluded(..) => BigRational::from_integer(0.into()),
                })
                .sum();
            prop_assert!(held <= BigRational::from_integer(cast.into()), "{held} of {cast}");
        }
    }
}
