#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use jiff::civil::date;
use simulate::luck::{Luck, Name, Who, standard_normal};

use super::*;

const THETA: Name = Name::new("test/theta");
const X: Name = Name::new("test/x");

fn number(run: u32, name: Name, n: u32) -> f64 {
    Luck::new(11, run).number(date(2031, 3, 1), name, Who::ALL.nth(n))
}

fn toyland() -> case::Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

fn near(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() < within, "{a} is not {b} ± {within}");
}

fn told(values: Vec<f64>, weighed: &Weighed) -> (f64, f64, f64) {
    let values: Vec<Value> = values.into_iter().map(Value::Number).collect();
    match Answer::of(&values, weighed) {
        Answer::Number { mean, low, high, .. } => (mean, low, high),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_normal_belief_and_a_normal_measurement_give_the_conjugate_posterior() {
    // theta ~ N(0, 1), measured as 0.8 with an error of 0.5: N(0.64, 0.2).
    let theta: Vec<f64> = (0..40_000).map(|r| standard_normal(number(r, THETA, 0))).collect();
    let mut weighed = Weighed::all(theta.len());
    weighed.by(&Column::Measured(theta.iter().copied().map(Some).collect(), 0.8, 0.5));
    let (mean, low, high) = told(theta.clone(), &weighed);
    let sd = 0.2_f64.sqrt();
    near(mean, 0.64, 0.01);
    near(low, 0.64 - 1.6449 * sd, 0.02);
    near(high, 0.64 + 1.6449 * sd, 0.02);
    // A second, independent measurement of 0.2 with an error of 1: precision 1 + 4 + 1, mean (3.2 + 0.2) / 6.
    weighed.by(&Column::Measured(theta.iter().copied().map(Some).collect(), 0.2, 1.0));
    near(told(theta, &weighed).0, 3.4 / 6.0, 0.01);
    assert!(weighed.effective() < 40_000.0 && weighed.effective() > 5_000.0);
}

#[test]
fn a_uniform_belief_and_seven_of_ten_give_the_beta_posterior() {
    // theta ~ U(0, 1), seven of ten trials come out: Beta(8, 4), mean 2/3, 5 % point 0.4356, 95 % point 0.8649.
    let theta: Vec<f64> = (0..60_000).map(|r| number(r, THETA, 0)).collect();
    let hits = |r: u32| (0..10).filter(|n| number(r, X, *n) < theta[r as usize]).count();
    let held: Vec<bool> = (0..60_000).map(|r| hits(r) == 7).collect();
    let mut weighed = Weighed::all(theta.len());
    let step = weighed.by(&Column::Truth(held));
    // Every count from 0 to 10 is equally likely beforehand.
    near(step.kept.unwrap(), 1.0 / 11.0, 0.005);
    let (mean, low, high) = told(theta, &weighed);
    near(mean, 2.0 / 3.0, 0.01);
    near(low, 0.4356, 0.015);
    near(high, 0.8649, 0.015);
    near(weighed.effective(), 60_000.0 / 11.0, 300.0);
}

#[test]
fn a_number_without_an_error_is_met_as_nearly_as_the_runs_allow() {
    // x = theta + noise, both standard normal; x seen at 1: theta ~ N(1/2, 1/2), by a kernel a little wider.
    let theta: Vec<f64> = (0..40_000).map(|r| standard_normal(number(r, THETA, 0))).collect();
    let x = |r: usize| theta[r] + standard_normal(number(r as u32, X, 0));
    let distance = (0..theta.len()).map(|r| Some((x(r) - 1.0).abs() / 2.0_f64.sqrt())).collect();
    let mut weighed = Weighed::all(theta.len());
    let step = weighed.by(&Column::Distance(distance, 2.0_f64.sqrt()));
    near(weighed.effective(), 4_000.0, 5.0);
    assert!(step.width.unwrap() < 0.25, "{step:?}");
    near(told(theta, &weighed).0, 0.5, 0.04);
}

#[test]
fn before_is_the_mean_of_after_over_what_may_be_seen() {
    let case = toyland();
    let model = Model::new(&case).unwrap();
    let of = |text: &str| (text.to_owned(), Ask::read(text, &model).unwrap());
    let questions = [of("government.days > 80"), of("government.days"), of("head")];
    let seen = |text: &str| Observation::read(text, None, &model).unwrap();
    let yes = [seen("failures >= 1 @ 2031-05-24")];
    let no = [seen("not (failures >= 1) @ 2031-05-24")];
    let with = update(&model, &yes, &questions, (1, 2000), &|_| ()).unwrap();
    let without = update(&model, &no, &questions, (1, 2000), &|_| ()).unwrap();
    let p = with.observations[0].probability.unwrap();
    near(p + without.observations[0].probability.unwrap(), 1.0, 1e-12);
    let value = |answer: &Answer| match answer {
        Answer::Truth { chance } => chance.value,
        other => panic!("{other:?}"),
    };
    let (a, b) = (&with.questions[0], &without.questions[0]);
    near(value(&a.before), p * value(&a.after) + (1.0 - p) * value(&b.after), 1e-12);
    assert!(value(&a.after) > value(&b.after) + 0.05, "failures cost days");
    near(with.effective, 2000.0 * p, 1e-6);
    assert!(with.observations[0].later);
    assert_eq!(a.path.last(), Some(&a.after));
}

#[test]
fn two_observations_move_in_the_order_of_their_days_whatever_the_order_given() {
    let case = toyland();
    let model = Model::new(&case).unwrap();
    let questions = [("days".to_owned(), Ask::read("government.days > 80", &model).unwrap())];
    let seen = |text: &str| Observation::read(text, None, &model).unwrap();
    let early = seen("turnout ~ 0.6 +- 0.05");
    let late = seen("failures >= 1 @ 2031-05-24");
    let one = update(&model, &[early.clone(), late.clone()], &questions, (1, 1500), &|_| ());
    let other = update(&model, &[late, early], &questions, (1, 1500), &|_| ());
    assert_eq!(one, other);
    assert_eq!(one.unwrap().questions[0].path.len(), 2);
}

#[test]
fn what_no_run_shows_is_refused_with_what_would_mend_it() {
    let case = toyland();
    let model = Model::new(&case).unwrap();
    let seen = [Observation::read("failures >= 60 @ 2031-05-24", None, &model).unwrap()];
    let error = update(&model, &seen, &[], (1, 300), &|_| ()).unwrap_err();
    assert!(error.to_string().contains("no run of 300"), "{error}");
    for (text, fault) in [
        ("failures >= 1", "on which day"),
        ("failures @ 2031-05-24", "no yes or no"),
        ("turnout ~ 0.5 +- -1", "above zero"),
        ("failures >= 1 @ may", "no day"),
        ("turnout ~ much", "no number"),
    ] {
        let error = Observation::read(text, None, &model).unwrap_err();
        assert!(error.to_string().contains(fault), "{error}");
    }
}
