//! What must hold of the models of sanctions and shocks at any input.

use crate::wild;

use proptest::prelude::*;
use theory::What;
use theory::economy::leontief::{bottleneck, inoperability, output, rounds};
use theory::economy::sanctions::{BASE_RATES, Belief, is_success, success_score};

fn table(n: usize, most: f64) -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(0.0..most, n), n)
}

proptest! {
    #[test]
    fn rounds_of_demand_add_up_to_the_output(
        needs in table(4, 0.24),
        demand in prop::collection::vec(0.0..100.0, 4),
    ) {
        let whole = output(&needs, &demand).unwrap();
        let each = rounds(&needs, &demand, 2000).unwrap();
        for i in 0..4 {
            let sum: f64 = each.iter().map(|r| r[i]).sum();
            prop_assert!((sum - whole[i]).abs() < 1e-6 * (1.0 + whole[i]));
            let used: f64 = (0..4).map(|j| needs[i][j] * whole[j]).sum();
            prop_assert!((whole[i] - used - demand[i]).abs() < 1e-7);
        }
    }

    #[test]
    fn disturbance_spreads_to_the_least_fixed_point(
        depends in table(4, 1.0),
        disturbance in prop::collection::vec(0.0..0.5, 4),
    ) {
        let q = inoperability(&depends, &disturbance).unwrap();
        let mut climbed = [0.0; 4];
        for _ in 0..20_000 {
            climbed = std::array::from_fn(|i| {
                let passed: f64 = (0..4).map(|j| depends[i][j] * climbed[j]).sum();
                (passed + disturbance[i]).min(1.0)
            });
        }
        for (a, b) in q.iter().zip(climbed) {
            prop_assert!((a - b).abs() < 1e-6, "{q:?} {climbed:?}");
        }
    }

    #[test]
    fn the_scarcest_input_binds(
        depends in table(4, 1.0),
        cut in prop::collection::vec(0.0..1.0, 4),
    ) {
        let y = bottleneck(&depends, &cut).unwrap();
        for i in 0..4 {
            let scarcest =
                (0..4).map(|j| 1.0 - depends[i][j] * (1.0 - y[j])).fold(1.0, f64::min);
            prop_assert!((y[i] - (1.0 - cut[i]) * scarcest).abs() < 1e-12);
            prop_assert!(y[i] <= 1.0 - cut[i] + 1e-12);
        }
        // Shortages that do not add up cost no more than those that do.
        for (y, q) in y.iter().zip(inoperability(&depends, &cut).unwrap()) {
            prop_assert!(1.0 - y <= q + 1e-9);
        }
    }

    #[test]
    fn any_numbers_at_all_are_answered_or_refused(
        v in prop::collection::vec(wild::real(), 6),
        judged in any::<(u8, u8)>(),
        most in wild::place(),
    ) {
        let square = vec![v[..2].to_vec(), v[2..4].to_vec()];
        let _ = (output(&square, &v[4..]), rounds(&square, &v[4..], most));
        let _ = (inoperability(&square, &v[4..]), bottleneck(&square, &v[4..]));
        let _ = (success_score(judged.0, judged.1), BASE_RATES[0].prior(v[0]));
    }
}

#[test]
fn the_goals_of_sanctions_add_up_to_all_episodes() {
    let counted: Vec<_> = BASE_RATES.iter().filter(|r| r.count.is_some()).collect();
    let successes = |r: &theory::economy::sanctions::BaseRate| {
        (r.low * f64::from(r.count.unwrap())).round() as u32
    };
    assert_eq!(counted[1..].iter().map(|r| r.count.unwrap()).sum::<u32>(), 204);
    assert_eq!(counted[1..].iter().map(|r| successes(r)).sum::<u32>(), successes(counted[0]));
    for r in &BASE_RATES {
        assert!(0.0 < r.low && r.low <= r.high && r.high < 1.0);
    }
}

#[test]
fn a_prior_is_moved_by_what_is_seen() {
    let prior = BASE_RATES[0].prior(10.0).unwrap();
    assert!((prior.mean() - 70.0 / 204.0).abs() < 1e-12);
    let after = prior.after(0, 10);
    assert!((after.mean() - 35.0 / 204.0).abs() < 1e-12);
    assert!(after.sd() < prior.sd());
    // Uniform: mean 1/2, variance 1/12.
    let even = Belief { successes: 1.0, failures: 1.0 };
    assert!((even.sd() - (1.0_f64 / 12.0).sqrt()).abs() < 1e-12);
}

#[test]
fn only_nine_or_more_of_sixteen_is_success() {
    let wins: Vec<(u8, u8)> = (1..=4)
        .flat_map(|r| (1..=4).map(move |c| (r, c)))
        .filter(|(r, c)| is_success(success_score(*r, *c).unwrap()))
        .collect();
    assert_eq!(wins, [(3, 3), (3, 4), (4, 3), (4, 4)]);
    assert!(success_score(0, 3).is_err());
}

#[test]
fn sectors_that_eat_what_they_make_are_refused() {
    assert_eq!(output(&[vec![1.1]], &[1.0]).unwrap_err().what, What::Singular);
    let circle = output(&[vec![0.0, 1.5], vec![1.5, 0.0]], &[1.0, 1.0]);
    assert_eq!(circle.unwrap_err().what, What::Singular);
    // A closed circle passes all on: a little disturbance puts both out of action.
    assert_eq!(inoperability(&[vec![0.0, 1.0], vec![1.0, 0.0]], &[0.125, 0.0]), Ok(vec![1.0; 2]));
}
