#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};

use super::*;

fn toyland(set: &[&str]) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let folder = Folder::read(&path).unwrap();
    set.iter().fold(folder, |folder, s| folder.with_set(s)).build(None).case.unwrap()
}

fn studied(case: &Case, ask: &str, study: Study) -> Sensitivity {
    let model = Model::new(case).unwrap();
    let ask = Ask::read(ask, &model).unwrap();
    sensitivity(&model, &ask, &study, &|_| ()).unwrap()
}

const SMALL: Study = Study { seed: 3, walks: 4, samples: 256, top: 6 };

fn of(found: &Sensitivity, kind: Kind) -> Vec<&Share> {
    let shares = &found.variance.as_ref().unwrap().shares;
    shares.iter().filter(|s| s.input.kind == kind).collect()
}

#[test]
fn seats_hang_on_the_lists_priors_and_on_no_tie() {
    let found = studied(&toyland(&[]), "seats.reds", SMALL);
    let size = |path: &str| found.screened.iter().find(|s| s.input.name == path).unwrap().size;
    assert!(size("prior.hill:reds.share") > 0.0);
    for idle in found.screened.iter().filter(|s| s.input.name.starts_with("tie.")) {
        assert_eq!(idle.size, 0.0, "{}: votes are counted before anybody pulls", idle.input.name);
    }
    let picked = of(&found, Kind::Estimate);
    assert!(picked.iter().any(|s| s.input.name.ends_with(":reds.share")));
    assert!(picked.iter().all(|s| !s.input.name.starts_with("tie.")));
    let variance = found.variance.as_ref().unwrap();
    let reds = variance.tornado.iter().find(|s| s.input.name.ends_with(":reds.share")).unwrap();
    assert!(reds.high - reds.low > reds.error, "a larger expected share wins more seats");
}

#[test]
fn luck_and_numbers_share_the_variance_out_between_them() {
    let found = studied(&toyland(&[]), "seats.reds", Study { samples: 1024, ..SMALL });
    let luck = of(&found, Kind::Luck)[0];
    let alone: f64 = found.variance.as_ref().unwrap().shares.iter().map(|s| s.first).sum();
    assert!(luck.first > 0.05 && luck.first < 0.95, "{}", luck.first);
    assert!(luck.total >= luck.first - 0.1 && luck.total < 1.1, "{}", luck.total);
    assert!(alone > 0.5 && alone < 1.15, "first-order shares are at most the whole: {alone}");
}

#[test]
fn numbers_that_cannot_matter_have_no_total_share() {
    let case = toyland(&[]);
    let model = Model::new(&case).unwrap();
    let ask = Ask::read("seats.reds", &model).unwrap();
    let space = Space::new(&model, &ask, 3);
    let tie = case.beliefs.iter().position(|b| b.path.starts_with("tie.") && b.low < b.high);
    let prior = case.beliefs.iter().position(|b| b.path == "prior.hill:reds.share");
    let blocks = [Block::One(tie.unwrap()), Block::One(prior.unwrap()), Block::Luck];
    let base = variance::base(blocks.len(), 256, 3);
    let (shares, _) = variance::shares(&space, &blocks, &base, 3, &|_| ()).unwrap();
    assert_eq!(shares[0].total, 0.0);
    assert!(shares[0].first.abs() < 1e-12);
    assert!(shares[1].total > 0.0 && shares[2].total > 0.0);
}

#[test]
fn the_bytes_are_the_same_on_one_thread_and_on_two() {
    let case = toyland(&[]);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| studied(&case, "government.days", Study { samples: 64, ..SMALL }))
    };
    assert_eq!(format!("{:?}", on(1)), format!("{:?}", on(2)));
}

#[test]
fn sizes_out_of_range_and_outcomes_without_a_number_are_refused() {
    let case = toyland(&[]);
    let model = Model::new(&case).unwrap();
    let fault = |ask: &str, study: Study| {
        let ask = Ask::read(ask, &model).unwrap();
        sensitivity(&model, &ask, &study, &|_| ()).unwrap_err()
    };
    let wide = Study { top: MOST_PICKED + 1, ..SMALL };
    assert!(matches!(fault("seats.reds", wide), SensitivityError::Size(_)));
    assert_eq!(fault("head", SMALL), SensitivityError::NoNumber);
    let constant = fault("1 + 1", SMALL);
    assert!(matches!(&constant, SensitivityError::Design(fault) if fault.is_absence()));
    assert!(constant.to_string().contains("the same in every run"), "{constant}");
}

#[test]
fn a_correlated_group_is_one_input_and_holds_each_number_once() {
    let mut case = toyland(&[]);
    let alone = {
        let model = Model::new(&case).unwrap();
        let ask = Ask::read("seats.reds", &model).unwrap();
        Space::new(&model, &ask, 3).blocks().len()
    };
    let place = |path: &str| case.beliefs.iter().position(|b| b.path == path).unwrap();
    let members: Vec<(usize, f64)> = ["hill", "coast", "border"]
        .iter()
        .map(|d| (place(&format!("prior.{d}:reds.share")), 1.0))
        .collect();
    let mut rho = case.beliefs[members[0].0].clone();
    (rho.path, rho.low, rho.value, rho.high) = ("group.polls.rho".into(), 0.4, 0.6, 0.8);
    case.beliefs.push(rho);
    let group = case::group::Correlated {
        id: "polls".into(),
        kind: case::group::GroupKind::Common,
        rho: case.beliefs.len() - 1,
        members,
    };
    case.groups.push(group);
    let found = studied(&case, "seats.reds", SMALL);
    // Three members leave, the group comes, and luck is an input of its own.
    assert_eq!(found.inputs, alone - 3 + 1 + 1);
    let groups = of(&found, Kind::Group);
    assert_eq!((groups.len(), groups[0].input.estimates), (1, 4));
    assert!(groups[0].total > 0.0);
    let shares = &found.variance.as_ref().unwrap().shares;
    assert_eq!(shares.iter().map(|s| s.input.estimates).sum::<usize>(), alone + 1);
    let list = &found.variance.as_ref().unwrap().collection;
    let members: Vec<&Item> =
        list.iter().filter(|i| i.within.as_deref() == Some("polls")).collect();
    let group = list.iter().find(|i| i.input.kind == Kind::Group).unwrap();
    assert!(!members.is_empty() && members.len() <= 3);
    assert!(members.iter().all(|m| m.removed < group.removed + 0.1), "{members:?}");
    let swing = &found.variance.as_ref().unwrap().tornado;
    let swing = swing.iter().find(|s| s.input.kind == Kind::Group).unwrap();
    assert!(swing.points.is_none() && swing.high - swing.low > swing.error);
}

#[test]
fn sway_at_the_end_of_a_run_may_be_asked_where_it_moves() {
    let still = toyland(&[]);
    assert!(Ask::read("sway.northmark", &Model::new(&still).unwrap()).is_err());
    let case = toyland(&["case.processes=[\"election\", \"formation\", \"dependence\"]"]);
    let model = Model::new(&case).unwrap();
    let ask = Ask::read("sway.seaward", &model).unwrap();
    let outcome = model.play(1, 1).go().unwrap().outcome;
    let place = model.followed.iter().position(|q| q.id == "sway.seaward").unwrap();
    let last = outcome.course.chunks(model.followed.len()).next_back().unwrap();
    assert_eq!(ask.number(&outcome), Some(f64::from(last[place])));
    assert!(last[place] > 0.0 && place > 0, "not the first of those followed");
}

#[test]
fn days_that_do_not_end_are_counted_to_the_windows_end() {
    let case = toyland(&["case.until=2031-04-20"]);
    let model = Model::new(&case).unwrap();
    let ask = Ask::read("government.days", &model).unwrap();
    let election = model.election_day().unwrap();
    let window = f64::from(model.end.since(election).unwrap().get_days());
    assert!(window > 0.0 && window < 51.0);
    assert_eq!(ask.days_to(model.end), window);
    let space = Space::new(&model, &ask, 3);
    let runs = |row| space.run(space.place(&[Block::Luck], &[0.3], row)).unwrap();
    let late: Vec<_> = (0..50).map(runs).filter(|f| f.unreached).collect();
    assert!(!late.is_empty() && late.iter().all(|f| f.value == window));
}

/// y = x + 2 z + 1.5 w of standard normal x and z that hang together with rho 0.6 and a w of its own: the group's
/// variance is 1 + 4 + 2 * 0.6 * 2 = 7.4, that of w 2.25, and they share the whole out between them.
#[test]
fn a_correlated_groups_share_is_the_closed_form_of_a_linear_function() {
    let mut case = toyland(&[]);
    let place = |path: &str| case.beliefs.iter().position(|b| b.path == path).unwrap();
    let [x, z, w] = ["hill", "coast", "border"].map(|d| place(&format!("prior.{d}:reds.share")));
    let z95 = case::shape::Z95;
    for b in [x, z, w] {
        let belief = &mut case.beliefs[b];
        (belief.low, belief.value, belief.high) = (-z95, 0.0, z95);
        belief.shape = case::Shape::Normal;
    }
    let mut rho = case.beliefs[x].clone();
    (rho.path, rho.low, rho.value, rho.high) = ("group.pair.rho".into(), 0.6, 0.6, 0.6);
    rho.shape = case::Shape::Constant;
    case.beliefs.push(rho);
    case.groups.push(case::group::Correlated {
        id: "pair".into(),
        kind: case::group::GroupKind::Common,
        rho: case.beliefs.len() - 1,
        members: vec![(x, 1.0), (z, 1.0)],
    });
    let model = Model::new(&case).unwrap();
    let ask = Ask::read("seats.reds", &model).unwrap();
    let space = Space::new(&model, &ask, 3);
    let all = space.blocks();
    let pick = |b: usize| all.iter().find(|block| **block == Block::One(b)).unwrap().clone();
    let group = all.iter().find(|b| matches!(b, Block::Many(..))).unwrap().clone();
    let blocks = [group, pick(w)];
    let base = variance::base(2, 4096, 3);
    let points = theory::sensitivity::sobol::points(&base).unwrap();
    let linear = |at: usize| {
        let row = u32::try_from(at / 4).unwrap();
        let place = space.place(&blocks, &points[at], row);
        let drawn = model.drawn(&place.uniforms, &place.factors);
        drawn.peek(x) + 2.0 * drawn.peek(z) + 1.5 * drawn.peek(w)
    };
    let found: Vec<f64> = (0..points.len()).map(linear).collect();
    let draw = |a: usize, b: usize| {
        let who = simulate::luck::Who::ALL.nth(u32::try_from(b).unwrap());
        let name = simulate::luck::Name::new("test/resample");
        simulate::luck::Luck::new(9, u32::try_from(a).unwrap()).number(model.start, name, who)
    };
    use theory::sensitivity::sobol::{Bootstrap, Estimator, indices};
    let bootstrap = Bootstrap { resamples: 300, level: 0.95, draw: &draw };
    let index = indices(2, &found, Estimator::Saltelli, Some(bootstrap)).unwrap();
    // Knowing x alone takes (1 + 0.6 * 2)^2, as it tells of z; z alone (2 + 0.6)^2; w alone its own 2.25.
    let independent: Vec<usize> = (0..points.len()).filter(|at| at % 4 < 2).collect();
    let ys: Vec<f64> = independent.iter().map(|at| found[*at]).collect();
    for (belief, taken) in [(x, 4.84), (z, 6.76), (w, 2.25)] {
        let drawn = |at: &usize| {
            let place = space.place(&blocks, &points[*at], u32::try_from(at / 4).unwrap());
            model.drawn(&place.uniforms, &place.factors).peek(belief)
        };
        let xs: Vec<f64> = independent.iter().map(drawn).collect();
        let (ratio, error) = collection::ratio(&xs, &ys);
        let truth = taken / 9.65;
        assert!((ratio - truth).abs() < error && error < 0.03, "{ratio} ± {error}, not {truth}");
    }
    for (index, variance) in index.iter().zip([7.4, 2.25]) {
        let truth = variance / 9.65;
        for (low, high) in [index.first_interval, index.total_interval] {
            assert!(low <= truth && truth <= high, "{truth} not in {low} {high}");
            assert!(high - low < 0.2, "{low} {high}");
        }
    }
}
