//! Seats that belong to a community or are owed to women.

use proptest::prelude::*;
use theory::electoral::seat_quotas::{self, SeatQuota, fill_quotas, seats_under_quotas};
use theory::electoral::tie::Ties;
use theory::electoral::womens_quota::women_owed;

#[test]
fn a_list_without_members_of_a_community_loses_the_seat_to_one_that_has_some() {
    let quota = |seats, lists: &[bool]| SeatQuota { seats, lists: lists.to_vec() };
    // The first list won two of three seats, but has nobody for the two of the second community.
    let quotas = [quota(1, &[true, true]), quota(2, &[false, true])];
    assert_eq!(seats_under_quotas(&[60, 40], &[2, 1], &quotas), Ok(vec![1, 2]));
    // Where members of the second can make room in the first quota, nobody loses anything.
    let quotas = [quota(2, &[true, true]), quota(1, &[false, true])];
    assert_eq!(seats_under_quotas(&[40, 60], &[2, 1], &quotas), Ok(vec![2, 1]));
    // A quota that nobody stands for stays empty.
    assert_eq!(seats_under_quotas(&[1], &[2], &[quota(1, &[true])]), Ok(vec![1]));
    assert!(seats_under_quotas(&[1, 2], &[2], &[]).is_err());
}

#[test]
fn a_seat_nobody_of_the_list_may_hold_goes_down_the_order() {
    let person = |list, quota, votes| seat_quotas::Candidate { list, quota, votes, of: 100 };
    // List 0 won two seats; its second candidate's quota is full by then.
    let candidates = [person(0, 0, 40), person(0, 0, 30), person(1, 1, 10), person(1, 1, 5)];
    let filled = fill_quotas(&candidates, &[2, 1], &[1, 2], Ties::Refuse).unwrap();
    assert_eq!((filled.elected, filled.moved, filled.empty), (vec![0, 2, 3], vec![3], 0));
    // A list without a seat takes no part, and a seat may stay empty.
    let filled = fill_quotas(&candidates, &[2, 0], &[1, 2], Ties::Refuse).unwrap();
    assert_eq!((filled.elected, filled.moved, filled.empty), (vec![0], vec![], 1));
    // Shares of districts of different size, and level ones that stand in each other's way.
    let level = [person(0, 0, 30), person(1, 0, 30)];
    assert!(fill_quotas(&level, &[1, 1], &[1], Ties::Refuse).is_err());
    let apart = [person(0, 0, 30), person(1, 1, 30)];
    assert_eq!(fill_quotas(&apart, &[1, 1], &[1, 1], Ties::Refuse).unwrap().elected, [0, 1]);
    let far = fill_quotas(&[person(3, 0, 1)], &[1], &[1], Ties::Refuse).unwrap_err();
    assert!(far.to_string().starts_with("candidates[0]: list"), "{far}");
}

#[test]
fn women_owed_by_lists_are_rounded_down_and_made_up_by_the_next_divisor() {
    assert_eq!(women_owed(&[9, 5, 3, 1], 5, &[4, 3]), Ok(vec![3, 1, 1, 0]));
    // Enough by the first: the second is not asked.
    assert_eq!(women_owed(&[8, 4], 3, &[4, 3]), Ok(vec![2, 1]));
    assert_eq!(women_owed(&[7], 9, &[4, 3]), Ok(vec![2]));
    assert!(women_owed(&[7], 1, &[3, 4]).unwrap_err().to_string().contains("divisors"));
    assert!(women_owed(&[7], 1, &[0]).is_err());
}

proptest! {
    #[test]
    fn quotas_are_kept_and_no_seat_is_lost_while_anybody_can_hold_it(
        votes in prop::collection::vec(1_u64..100, 3), won in prop::collection::vec(0_u32..5, 3),
        sizes in prop::collection::vec(1_u32..5, 3), stands in prop::collection::vec(any::<bool>(), 9)
    ) {
        let quotas: Vec<SeatQuota> = (0..3)
            .map(|q| SeatQuota { seats: sizes[q], lists: stands[3 * q..3 * q + 3].to_vec() })
            .collect();
        let seats = seats_under_quotas(&votes, &won, &quotas).unwrap();
        let can = |lists: &[usize]| -> u32 {
            quotas.iter().filter(|q| lists.iter().any(|l| q.lists[*l])).map(|q| q.seats).sum()
        };
        // Hall: no group of lists holds more than the quotas it stands for.
        for group in [vec![0], vec![1], vec![2], vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]] {
            let held: u32 = group.iter().map(|l| seats[*l]).sum();
            prop_assert!(held <= can(&group), "{group:?} hold {held}");
        }
        let all: u32 = won.iter().sum();
        prop_assert_eq!(seats.iter().sum::<u32>(), all.min(can(&[0, 1, 2])));
        let most = *votes.iter().max().unwrap();
        let first = votes.iter().position(|v| *v == most).unwrap();
        prop_assert!(seats[first] >= won[first].min(can(&[first])));
    }
}
