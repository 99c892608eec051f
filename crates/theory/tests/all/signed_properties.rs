//! What must hold of every signed network.

use proptest::prelude::*;
use theory::What;
use theory::influence::signed::{
    Direction, SignedNetwork, Tie, frustration, pn_centrality, triangles, walk_balance,
};

fn ties(actors: usize) -> impl Strategy<Value = Vec<Tie>> {
    let pairs: Vec<(usize, usize)> =
        (0..actors).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
    prop::collection::vec(0_u8..4, pairs.len()).prop_map(move |kinds| {
        let tie = |((from, to), kind): (&(usize, usize), &u8)| {
            (*kind < 2).then_some(Tie { from: *from, to: *to, friendly: *kind == 0 })
        };
        pairs.iter().zip(&kinds).filter_map(tie).collect()
    })
}

fn against(ties: &[Tie], camp: impl Fn(usize) -> bool) -> usize {
    ties.iter().filter(|t| (camp(t.from) == camp(t.to)) != t.friendly).count()
}

proptest! {
    #[test]
    fn no_division_has_fewer_ties_against_it_than_the_index(ties in ties(8)) {
        let network = SignedNetwork::mutual(8, &ties).unwrap();
        let found = frustration(&network, 1_000_000).unwrap();
        prop_assert_eq!(against(&ties, |i| found.with_first[i]), found.frustrated);
        let least = (0..128_u32).map(|side| against(&ties, |i| side >> i & 1 == 1)).min();
        prop_assert_eq!(Some(found.frustrated), least);
        let whole = triangles(&network);
        if found.frustrated == 0 {
            prop_assert_eq!(whole.all, whole.balanced);
            prop_assert!((walk_balance(&network) - 1.0).abs() < 1e-9);
        }
        prop_assert_eq!(network.pairs(), ties.len());
    }

    #[test]
    fn changing_sides_in_every_tie_of_an_actor_leaves_balance_as_it_was(
        ties in ties(9),
        turncoat in 0_usize..9,
    ) {
        let turn = |t: &Tie| {
            let touched = t.from == turncoat || t.to == turncoat;
            Tie { friendly: t.friendly != touched, ..*t }
        };
        let before = SignedNetwork::mutual(9, &ties).unwrap();
        let after = SignedNetwork::mutual(9, &ties.iter().map(turn).collect::<Vec<_>>()).unwrap();
        let index = |n: &SignedNetwork| frustration(n, 1_000_000).unwrap().frustrated;
        prop_assert_eq!(index(&before), index(&after));
        prop_assert_eq!(triangles(&before), triangles(&after));
        prop_assert!((walk_balance(&before) - walk_balance(&after)).abs() < 1e-9);
    }

    #[test]
    fn standing_solves_its_equation_and_rises_with_friends(ties in ties(7)) {
        let network = SignedNetwork::mutual(7, &ties).unwrap();
        let s = pn_centrality(&network, Direction::Mutual).unwrap();
        for i in 0..7 {
            let worth = |j: usize| match network.sign(i, j) {
                1 => s[j],
                -1 => -2.0 * s[j],
                _ => 0.0,
            };
            let sum: f64 = (0..7).map(worth).sum();
            prop_assert!((s[i] - 1.0 - sum / 12.0).abs() < 1e-9);
        }
        prop_assert!(pn_centrality(&network, Direction::In).is_ok());
    }
}

#[test]
fn ties_that_cannot_be_are_refused() {
    let tie = |from, to, friendly| Tie { from, to, friendly };
    let build = |ties: &[Tie]| SignedNetwork::mutual(3, ties).unwrap_err().to_string();
    assert_eq!(build(&[tie(0, 3, true)]), "ties: actor is 3; it must be below 3");
    assert_eq!(build(&[tie(1, 1, true)]), "ties must be between two actors: 1 has one with itself");
    assert_eq!(
        build(&[tie(0, 1, true), tie(1, 0, false)]),
        "ties must be of one sign: that from 1 to 0 is given both as friendly and as hostile"
    );
    assert_eq!(SignedNetwork::mutual(0, &[]).unwrap_err().what, What::Whole(0));
    let network = SignedNetwork::mutual(3, &[tie(0, 1, false), tie(1, 2, false), tie(0, 2, false)]);
    let network = network.unwrap();
    assert_eq!(frustration(&network, 1).unwrap_err().what, What::Unsettled);
    assert_eq!(frustration(&network, 100).unwrap().frustrated, 1);
}

/// A star has a largest eigenvalue far below its widest row: nothing may overflow or vanish.
#[test]
fn a_large_balanced_star_has_a_walk_balance_of_one() {
    let ties: Vec<Tie> = (1..200).map(|to| Tie { from: 0, to, friendly: to % 2 == 0 }).collect();
    let network = SignedNetwork::mutual(200, &ties).unwrap();
    assert!((walk_balance(&network) - 1.0).abs() < 1e-9);
    assert_eq!(frustration(&network, 10_000).unwrap().frustrated, 0);
}
