//! Parameters weighed by past episodes: planted ones are found, and what says nothing moves nothing.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::calibrate::{Episode, Seen, calibrate};
use case::{Case, Folder};
use simulate::Model;
use simulate::luck::Luck;
use simulate::play::Play;

const PATH: &str = "process.formation.agreement";

fn case() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    // Talks that may take weeks or most of a year, so that days say something of them.
    let wide = format!("{PATH}={{ value = 0.3, low = 0.03, high = 0.97, judged = \"anything\" }}");
    // What a few episodes say is not to be drowned in how far wishes carry.
    let folder = Folder::read(&path).unwrap().with_set(&wide);
    let still = ["anchor.all.kappa=1", "anchor.all.lambda=1", "process.formation.defection=0.01"];
    still.iter().fold(folder, |folder, set| folder.with_set(set)).build(None).case.unwrap()
}

/// Days to a government in worlds in which talks conclude with a given chance a week.
fn planted(model: &Model<'_>, agreement: f64, count: u32) -> Vec<Seen> {
    let place = model.case.beliefs.iter().position(|b| b.path == PATH).unwrap();
    (0..count)
        .map(|n| {
            let mut drawn = model.draw(Luck::new(77, n));
            drawn.set(place, agreement);
            let play = Play { drawn: Some(drawn), ..model.play(77, n) };
            let outcome = play.go().unwrap().outcome;
            Seen { days: outcome.days.map(f64::from), ..Seen::default() }
        })
        .collect()
}

fn episodes<'m>(model: &'m Model<'m>, seen: &[Seen]) -> Vec<Episode<'m>> {
    let episode =
        |(n, seen): (usize, &Seen)| Episode { id: n.to_string(), model, seen: seen.clone() };
    seen.iter().enumerate().map(episode).collect()
}

#[test]
fn a_planted_parameter_is_found_from_either_end_and_others_stay() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let other = "process.formation.surplus_cost";
    let paths = [PATH.to_owned(), other.to_owned()];
    let mut shifts = Vec::new();
    for agreement in [0.04, 0.95] {
        let seen = planted(&model, agreement, 8);
        let found = calibrate(&episodes(&model, &seen), &paths, 1000, 8, 5).unwrap();
        let of = |path: &str| found.parameters.iter().find(|p| p.path == path).unwrap().clone();
        let moved = of(PATH);
        assert!(moved.moved, "{moved:?}");
        let [low, value, high] = moved.pert();
        assert!(low < value && value < high, "{moved:?}");
        assert!(((low + 4.0 * value + high) / 6.0 - moved.posterior[0]).abs() < 0.03);
        assert!(of(other).shift.abs() < 0.5, "{:?}", of(other));
        assert!(found.effective >= 0.1 * 1000.0 - 1.0, "{}", found.effective);
        shifts.push(moved.shift);
    }
    assert!(shifts[0] < -0.2 && shifts[1] > 0.2, "{shifts:?}");
}

#[test]
fn held_out_episodes_are_likelier_under_what_the_others_teach() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let seen = planted(&model, 0.06, 5);
    let found = calibrate(&episodes(&model, &seen), &[PATH.to_owned()], 200, 4, 5).unwrap();
    let gain: f64 = found.held_out.iter().map(|h| h.calibrated - h.prior).sum();
    assert!(gain > 0.0, "{gain}");
    assert_eq!(found.held_out.len(), 5);
}

#[test]
fn episodes_that_say_nothing_move_nothing() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let found = calibrate(
        &episodes(&model, &[Seen::default(), Seen::default()]),
        &[PATH.to_owned()],
        50,
        1,
        5,
    )
    .unwrap();
    assert_eq!(found.power, 1.0);
    assert!((found.effective - 50.0).abs() < 1e-9);
    let kept = &found.parameters[0];
    assert!(kept.shift.abs() < 1e-12 && !kept.moved);
    assert_eq!(kept.prior_points, kept.posterior_points);
}

#[test]
fn the_same_seed_gives_the_same_calibration() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let seen = planted(&model, 0.3, 2);
    let go = || calibrate(&episodes(&model, &seen), &[PATH.to_owned()], 60, 2, 9).unwrap();
    assert_eq!(go(), go());
}
