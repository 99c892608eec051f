//! What sharing posts and choosing by logit promise.

use proptest::prelude::*;
use theory::What;
use theory::coalition::portfolio::{gamson_shares, share_posts};
use theory::coalition::quantal_choice::{choose, probabilities};

proptest! {
    #[test]
    fn all_posts_go_and_nobody_ends_beyond_one_post_of_its_due(
        seats in prop::collection::vec(0_u64..80, 1..10),
        points in prop::collection::vec(1_u64..16, 0..40),
    ) {
        prop_assume!(seats.iter().any(|s| *s > 0));
        let picks = share_posts(&seats, &points, &[]).unwrap();
        let mut posts: Vec<usize> = picks.iter().map(|p| p.post).collect();
        posts.sort_unstable();
        prop_assert_eq!(posts, (0..points.len()).collect::<Vec<_>>());
        let all: u64 = points.iter().sum();
        let dearest = points.iter().max().copied().unwrap_or(0) as f64;
        for (i, due) in gamson_shares(&seats).unwrap().iter().enumerate() {
            let got: u64 =
                picks.iter().filter(|p| p.member == i).map(|p| points[p.post]).sum();
            // Only the furthest below its due picks, so nobody goes beyond it by more than one
            // post.
            prop_assert!(got as f64 - due * all as f64 <= dearest + 1e-9);
            prop_assert!(seats[i] > 0 || got == 0);
        }
    }

    #[test]
    fn logit_probabilities_sum_to_one_keep_order_and_ignore_a_shift(
        u in prop::collection::vec(-500.0_f64..500.0, 1..12), lambda in 0.0_f64..50.0, by in -1e3_f64..1e3
    ) {
        let p = probabilities(&u, lambda).unwrap();
        prop_assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let moved: Vec<f64> = u.iter().map(|x| x + by).collect();
        let q = probabilities(&moved, lambda).unwrap();
        for i in 0..u.len() {
            prop_assert!((p[i] - q[i]).abs() < 1e-9);
            for j in 0..u.len() {
                prop_assert!(u[i] < u[j] || p[i] >= p[j]);
            }
        }
    }

    #[test]
    fn a_uniform_number_picks_each_option_as_often_as_its_probability(
        u in prop::collection::vec(-2.0_f64..2.0, 1..6)
    ) {
        let p = probabilities(&u, 1.0).unwrap();
        let mut hits = vec![0_u32; p.len()];
        for k in 0..10_000 {
            hits[choose(&p, (f64::from(k) + 0.5) / 10_000.0).unwrap()] += 1;
        }
        for (hit, p) in hits.iter().zip(&p) {
            prop_assert!((f64::from(*hit) / 10_000.0 - p).abs() < 2e-4);
        }
    }
}

#[test]
fn what_someone_wants_goes_first_and_a_dear_post_costs_several_turns() {
    // Dues are 20 and 10 of 30 points: the larger party takes the dear post and then waits.
    let picks = share_posts(&[20, 10], &[15, 5, 5, 5], &[]).unwrap();
    let order: Vec<usize> = picks.iter().map(|p| p.member).collect();
    assert_eq!(order, [0, 1, 0, 1]);
    let wants = [vec![0.0, 0.0, 9.0, 0.0], vec![1.0, 0.0, 0.0, 0.0]];
    let picks = share_posts(&[20, 10], &[15, 5, 5, 5], &wants).unwrap();
    assert_eq!((picks[0].post, picks[1].member, picks[1].post), (2, 0, 0));
}

#[test]
fn impossible_options_are_never_chosen_and_nonsense_is_refused() {
    let never = f64::NEG_INFINITY;
    let p = probabilities(&[never, 0.0, never], 3.0).unwrap();
    assert_eq!(p, [0.0, 1.0, 0.0]);
    assert_eq!(choose(&p, 0.0), Ok(1));
    assert_eq!(choose(&p, 0.999_999), Ok(1));
    assert!(probabilities(&[never], 1.0).unwrap_err().is_absence());
    assert!(probabilities(&[], 1.0).unwrap_err().is_absence());
    assert_eq!(probabilities(&[1.0], f64::NAN).unwrap_err().place.to_string(), "lambda");
    let bad = probabilities(&[1.0, f64::NAN], 1.0).unwrap_err();
    assert_eq!(bad.place.to_string(), "utilities[1]");
    assert_eq!(choose(&p, 1.0).unwrap_err().what, What::Number(1.0));
    assert_eq!(choose(&[0.4, 0.4], 0.9).unwrap_err().what, What::Unfit);
}
