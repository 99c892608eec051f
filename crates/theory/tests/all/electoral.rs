//! What every seat rule promises, held on random elections.
#![allow(clippy::unwrap_used)]

use num_rational::Ratio;
use proptest::prelude::*;
use theory::electoral::divisor::Divisor;
use theory::electoral::highest_averages::{
    highest_averages, highest_averages_into, highest_averages_log,
};
use theory::electoral::largest_remainder::{largest_remainder, largest_remainder_log};
use theory::electoral::needed_votes::needed_votes;
use theory::electoral::quota::Quota;
use theory::electoral::tie::Ties;
use theory::{Fault, What};

fn divisors() -> impl Strategy<Value = Divisor> {
    prop_oneof![
        Just(Divisor::DHondt),
        Just(Divisor::SainteLague),
        (1_u64..30).prop_map(|n| Divisor::ModifiedSainteLague { first: Ratio::new(n, 10) }),
        Just(Divisor::Imperiali),
        Just(Divisor::Danish),
        Just(Divisor::Adams),
        Just(Divisor::Dean),
        Just(Divisor::HuntingtonHill),
        Just(Divisor::Listed((1..200).map(|k| Ratio::new(k * k, 3)).collect())),
    ]
}

fn votes() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![
        prop::collection::vec(0_u64..50, 1..12),
        prop::collection::vec(0_u64..5_000_000, 1..40),
        prop::collection::vec(any::<u64>(), 1..6),
    ]
    .prop_filter("somebody voted", |v| v.iter().any(|x| *x > 0))
}

proptest! {
    #[test]
    fn all_seats_are_filled_and_none_without_a_vote(v in votes(), s in 0_u32..120, d in divisors()) {
        let seats = highest_averages(&v, s, &d, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(seats.iter().sum::<u32>(), s);
        for (v, s) in v.iter().zip(&seats) {
            prop_assert!(*v > 0 || *s == 0);
        }
    }

    #[test]
    fn one_more_seat_takes_none_away(v in votes(), s in 0_u32..80, d in divisors()) {
        let now = highest_averages(&v, s, &d, Ties::WrittenOrder).unwrap();
        let then = highest_averages(&v, s + 1, &d, Ties::WrittenOrder).unwrap();
        let gained: u32 = now.iter().zip(&then).map(|(a, b)| b.checked_sub(*a).unwrap()).sum();
        prop_assert_eq!(gained, 1);
    }

    #[test]
    fn more_votes_never_mean_fewer_seats(v in votes(), s in 0_u32..80, d in divisors()) {
        let seats = highest_averages(&v, s, &d, Ties::WrittenOrder).unwrap();
        for i in 0..v.len() {
            for j in 0..v.len() {
                prop_assert!(v[i] <= v[j] || seats[i] >= seats[j]);
                prop_assert!(v[i] != v[j] || seats[i].abs_diff(seats[j]) <= 1);
            }
        }
    }

    #[test]
    fn the_log_agrees_with_the_fast_path(v in votes(), s in 0_u32..80, d in divisors()) {
        let mut buffer = vec![7; v.len()];
        highest_averages_into(&v, s, &d, Ties::WrittenOrder, &mut buffer).unwrap();
        let (seats, log) = highest_averages_log(&v, s, &d, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(&buffer, &seats);
        let mut counted = vec![0; v.len()];
        for award in &log {
            prop_assert_eq!(award.held, counted[award.winner]);
            counted[award.winner] += 1;
        }
        prop_assert_eq!(counted, seats);
    }

    /// The margin is exact: so many more votes take the last seat, one fewer do not.
    #[test]
    fn the_last_seat_turns_on_exactly_the_votes_the_log_says(
        v in prop::collection::vec(1_u64..3_000, 2..8), s in 1_u32..30, d in divisors()
    ) {
        let (seats, log) = highest_averages_log(&v, s, &d, Ties::WrittenOrder).unwrap();
        let last = log.last().unwrap();
        let (Some(next), Some(short)) = (last.next, last.short_by) else { return Ok(()) };
        let with = |extra: u64| {
            // The other seats were awarded before; only the last is run again, at the votes it
            // names.
            let mut v = v.clone();
            v[next] += extra;
            let bid = |i: usize, k: u32| bid(&d, v[i], k);
            bid(next, seats[next]) > bid(last.winner, last.held)
        };
        prop_assert!(with(short));
        prop_assert!(short == 0 || !with(short - 1));
    }

    #[test]
    fn dhondt_never_falls_below_the_lower_quota(v in votes(), s in 0_u32..80) {
        let seats = highest_averages(&v, s, &Divisor::DHondt, Ties::WrittenOrder).unwrap();
        let all: u128 = v.iter().map(|x| u128::from(*x)).sum();
        for (v, got) in v.iter().zip(&seats) {
            prop_assert!(u128::from(*v) * u128::from(s) / all <= u128::from(*got));
        }
    }

    #[test]
    fn adams_never_rises_above_the_upper_quota(v in votes(), s in 0_u32..80) {
        let seats = highest_averages(&v, s, &Divisor::Adams, Ties::WrittenOrder).unwrap();
        let all: u128 = v.iter().map(|x| u128::from(*x)).sum();
        for (v, got) in v.iter().zip(&seats) {
            prop_assert!((u128::from(*v) * u128::from(s)).div_ceil(all) >= u128::from(*got));
        }
    }

    #[test]
    fn hare_stays_within_the_quota(v in prop::collection::vec(0_u64..5_000_000, 1..40), s in 1_u32..80) {
        let all: u64 = v.iter().sum();
        prop_assume!(all > 0);
        let seats = largest_remainder(&v, all, s, Quota::Hare, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(seats.iter().sum::<u32>(), s);
        for (v, got) in v.iter().zip(&seats) {
            let exact = u128::from(*v) * u128::from(s);
            let all = u128::from(all);
            prop_assert!(exact / all <= u128::from(*got));
            prop_assert!(u128::from(*got) <= exact.div_ceil(all));
        }
    }

    #[test]
    fn any_quota_fills_the_seats_or_says_why(
        v in votes(), more in 0_u64..1_000, s in 0_u32..80, fixed in 0_u64..100_000
    ) {
        let sum: u128 = v.iter().map(|x| u128::from(*x)).sum();
        let total = u64::try_from(sum).unwrap_or(u64::MAX).saturating_add(more);
        for quota in [
            Quota::Hare, Quota::Droop, Quota::HagenbachBischoff, Quota::Imperiali, Quota::Fixed(fixed),
        ] {
            match largest_remainder(&v, total, s, quota, Ties::WrittenOrder) {
                Ok(seats) => prop_assert_eq!(seats.iter().sum::<u32>(), s),
                Err(fault) => prop_assert!(!fault.to_string().is_empty()),
            }
        }
    }

    /// The lot decides level seats and nothing else.
    #[test]
    fn a_lot_is_drawn_only_among_level_lists(pick in 0_usize..3, s in 1_u32..12) {
        let mut drawn = Vec::new();
        let mut lot = |tie: theory::electoral::tie::Tie<'_>| {
            drawn.push(tie.tied.to_vec());
            pick % tie.tied.len()
        };
        let seats =
            highest_averages(&[10, 10, 10], s, &Divisor::DHondt, Ties::Lot(&mut lot)).unwrap();
        prop_assert_eq!(seats.iter().sum::<u32>(), s);
        prop_assert_eq!(drawn.len() as u32, s % 3);
        let refused = highest_averages(&[10, 10, 10], s, &Divisor::DHondt, Ties::Refuse);
        prop_assert_eq!(refused.is_ok(), s % 3 == 0);
    }
}

/// A bid as an exact square, independent of how the crate compares bids.
fn bid(divisor: &Divisor, votes: u64, held: u32) -> Ratio<u128> {
    let (v, k) = (u128::from(votes), u128::from(held));
    let infinite = Ratio::from_integer(1_u128 << 90) * v;
    let plain = |over: u128, under: u128| {
        if under == 0 { infinite } else { Ratio::new(over * over, under * under) }
    };
    match divisor {
        Divisor::DHondt => plain(v, k + 1),
        Divisor::SainteLague => plain(v, 2 * k + 1),
        Divisor::ModifiedSainteLague { first } if held == 0 => {
            plain(v * u128::from(*first.denom()), u128::from(*first.numer()))
        }
        Divisor::ModifiedSainteLague { .. } => plain(v, 2 * k + 1),
        Divisor::Imperiali => plain(v, k + 2),
        Divisor::Danish => plain(v, 3 * k + 1),
        Divisor::Adams => plain(v, k),
        Divisor::Dean => plain(v * (2 * k + 1), 2 * k * (k + 1)),
        Divisor::HuntingtonHill if held == 0 => infinite,
        Divisor::HuntingtonHill => Ratio::new(v * v, k * (k + 1)),
        Divisor::Listed(terms) => {
            let term = terms[held as usize];
            plain(v * u128::from(*term.denom()), u128::from(*term.numer()))
        }
    }
}

#[test]
fn the_textbook_district_differs_by_method_as_the_textbook_says() {
    // Six lists, ten seats, the example every comparison of methods uses.
    let votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100];
    let by = |d: &Divisor| highest_averages(&votes, 10, d, Ties::Refuse).unwrap();
    assert_eq!(by(&Divisor::DHondt), [5, 2, 2, 1, 0, 0]);
    assert_eq!(by(&Divisor::SainteLague), [4, 2, 2, 1, 1, 0]);
    let hare = largest_remainder(&votes, 100_000, 10, Quota::Hare, Ties::Refuse).unwrap();
    assert_eq!(hare, [5, 2, 1, 1, 1, 0]);
    let droop = largest_remainder(&votes, 100_000, 10, Quota::Droop, Ties::Refuse).unwrap();
    assert_eq!(droop, [5, 2, 2, 1, 0, 0]);
}

#[test]
fn remainders_say_who_was_next_and_by_how_many_votes() {
    let votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100];
    let log = largest_remainder_log(&votes, 100_000, 10, Quota::Hare, Ties::Refuse).unwrap();
    assert_eq!(log.whole, [4, 1, 1, 1, 0, 0]);
    assert_eq!(log.by_remainder, [0, 1, 4]);
    assert_eq!((log.next, log.short_by), (Some(2), Some(101)));
}

fn told<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn bad_input_is_an_error_with_a_reason() {
    let none: &[u64] = &[];
    let plain = |v: &[u64]| highest_averages(v, 3, &Divisor::DHondt, Ties::WrittenOrder);
    assert_eq!(told(plain(none)), "lists: there is none; there must be at least one");
    assert_eq!(told(plain(&[0, 0])), "votes: there is none; there must be at least one");
    let short = Divisor::Listed(vec![Ratio::new(1, 1)]);
    let exhausted = highest_averages(&[5], 2, &short, Ties::WrittenOrder);
    assert_eq!(told(exhausted), "divisors: 1 given; there must be 2");
    let level = highest_averages(&[5, 5], 1, &Divisor::DHondt, Ties::Refuse);
    assert_eq!(level.unwrap_err().what, What::Level(vec![0, 1]));
    let mut wild = |_: theory::electoral::tie::Tie<'_>| 9;
    let lot = highest_averages(&[5, 5], 1, &Divisor::DHondt, Ties::Lot(&mut wild));
    assert_eq!(told(lot), "lot is 9; it must be below 2");
    let below = largest_remainder(&[5, 5], 9, 1, Quota::Hare, Ties::Refuse);
    assert_eq!(told(below), "total_valid is 9; it must be at least 10, the votes of the lists");
    let left = largest_remainder(&[5], 1_000, 9, Quota::Hare, Ties::Refuse);
    assert_eq!(left.unwrap_err().what, What::Whole(9));
    let many = largest_remainder(&[500, 500], 1_000, 2, Quota::Fixed(100), Ties::Refuse);
    assert_eq!(many.unwrap_err().what, What::Whole(10));
}

proptest! {
    #[test]
    fn so_many_votes_win_the_seats_and_one_fewer_do_not(
        v in prop::collection::vec(0_u64..5_000, 2..8), s in 1_u32..25, wanted in 0_u32..25, d in divisors()
    ) {
        let won = |own: u64| {
            let mut v = v.clone();
            v[1] = own;
            highest_averages(&v, s, &d, Ties::WrittenOrder).map_or(0, |won| won[1])
        };
        match needed_votes(&v, 1, wanted, s, &d).unwrap() {
            Some(needed) => {
                prop_assert!(won(needed) >= wanted);
                prop_assert!(needed == 0 || won(needed - 1) < wanted);
            }
            None => prop_assert!(won(u64::MAX) < wanted),
        }
    }
}
