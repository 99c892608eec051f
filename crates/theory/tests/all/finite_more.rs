//! The rest of the models under the same law as in `finite`: finite numbers in, finite numbers out or a
//! fault; and a check that no public function of numbers is left out of both.

#![allow(clippy::unwrap_used)]

use crate::finite::{finite, no_number, row};
use proptest::prelude::*;
use std::path::Path;
use theory::Fault;
use theory::bargaining::smp::{self, Accommodation, Actor, Choice, Options, VictoryRule};
use theory::coalition::deadlock::{again, concludes, survival};
use theory::coalition::policy::{median_member, minimal_connected_winning, minimal_range};
use theory::coalition::portfolio::{gamson_shares, share_posts, share_posts_above};
use theory::coalition::quantal_choice::choose as by_lot;
use theory::decision::anchor::{self, Grid, Settled};
use theory::decision::choice::{choose, gumbel};
use theory::decision::wish::{coercive_cost, settled};
use theory::economy::sanctions::BASE_RATES;
use theory::escalation::counts::SelfExciting;
use theory::escalation::hawkes::{Event, Hawkes};
use theory::escalation::ladder::Ladder;
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::matrix::Matrix;
use theory::influence::signed::{Direction, SignedNetwork, Tie, pn_centrality, walk_balance};
use theory::influence::sparse::Plan;
use theory::normal::ln_cumulative;
use theory::opinion::deffuant::pair;
use theory::opinion::hegselmann_krause::settle;
use theory::pooling::{
    BetaBinomial, Events, GammaPoisson, Kernel, Pooled, Record, Span, StudentT, Trials,
    effective_sample_size, kaplan_meier, log_odds_pool, quantile_pool, recalibrated,
    recalibration_slope, share_mean, survival_on, tilt,
};
use theory::power::banzhaf::{normalised_f64, penrose_f64};
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::shapley_shubik_f64;
use theory::score::log;
use theory::sensitivity::morris::trajectories;
use theory::sensitivity::prim::{Region, at_least, quasi_p_values};

macro_rules! sound {
    ($($call:expr),* $(,)?) => {$(
        let out = $call;
        prop_assert_eq!(no_number(&out), None, "{}", stringify!($call));
    )*};
}

/// A finite number that is not negative, as most things that are counted are.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![3 => finite().prop_map(f64::abs), 1 => 0.0_f64..50.0]
}

fn amounts(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(amount(), n)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn pools_of_finite_numbers_are_finite(
        counts in amounts(4..5), times in amounts(4..5), values in row(4), share in 0.001_f64..0.999,
        ended in prop::collection::vec(any::<bool>(), 4), df in amount(), n in 0_u32..9
    ) {
        let of = |i: usize| Trials { yes: counts[i].min(times[i]), trials: times[i] };
        let trials = [of(0), of(1), of(2)];
        sound!(BetaBinomial::fit(&trials));
        if let Ok(found) = BetaBinomial::fit(&trials) {
            sound!(found.chance(trials[0]), Ok(found.shapes()));
        }
        let events: Vec<Events> =
            (0..3).map(|i| Events { count: counts[i], exposure: times[i] }).collect();
        sound!(GammaPoisson::fit(&events));
        if let Ok(found) = GammaPoisson::fit(&events) {
            sound!(found.chance_of(n, times[3], events[0]));
        }
        let span = |i: usize| Span { length: times[i], ended: ended[i], weight: counts[i] };
        let spans = [span(0), span(1), span(2), span(3)];
        sound!(kaplan_meier(&spans));
        if let Ok(steps) = &kaplan_meier(&spans) {
            sound!(Ok(survival_on(steps, values[0])));
        }
        let student = StudentT::new(values[0], values[1], df);
        if let Ok(student) = student {
            sound!(student.quantile(share));
            let _ = student.ln_density(values[2]);
        }
        sound!(StudentT::fit(&values, &[1.0, 4.0, 30.0]));
    }

    #[test]
    fn pools_of_opinions_and_tilts_are_finite(
        p in prop::collection::vec(0.0_f64..=1.0, 3), w in 0.0_f64..=1.0, points in row(6),
        functions in prop::collection::vec(row(5), 2), part in 0.0_f64..1.0, floor in 0.0_f64..5.0
    ) {
        let weights = [w, 1.0 - w];
        let mut rising = points.clone();
        rising[..3].sort_by(f64::total_cmp);
        rising[3..].sort_by(f64::total_cmp);
        // Between the least and the most of each function, so that most calls get that far.
        let target = |f: &Vec<f64>| {
            let low = f.iter().copied().fold(f64::INFINITY, f64::min);
            let high = f.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            low * (1.0 - part) + high * part
        };
        let targets: Vec<f64> = functions.iter().map(target).collect();
        sound!(
            log_odds_pool(&p[..2], &weights),
            recalibrated(p[0], p[1]),
            recalibration_slope(&p[..2], &[true, false]),
            share_mean(|share| Ok(share * floor.ln())),
            share_mean(|share| Ok((share - p[0]).ln())),
            quantile_pool(&[&rising[..3], &rising[3..]], &weights),
            tilt(&functions, &targets, floor),
            tilt(&functions[..1], &targets[..1], floor),
            Ok(effective_sample_size(&p)),
        );
    }

    #[test]
    fn delays_and_posts_of_finite_numbers_are_finite(
        x in row(4), a in amount(), b in amount(), c in amount(), times in 0_u32..9,
        seats in prop::collection::vec(any::<u32>(), 4), u in 0.0_f64..1.0
    ) {
        let seats: Vec<u64> = seats.into_iter().map(u64::from).collect();
        let wants = vec![x.clone(); 4];
        sound!(
            survival(a, b),
            concludes(a, b, c),
            again(u, a, times, times + 3),
            gamson_shares(&seats),
            share_posts(&seats, &[10, 6, 5, 4], &wants),
            share_posts_above(&seats, &[10, 6, 5, 4], &wants, None),
            by_lot(&[u, 1.0 - u], 1.0 - u),
        );
        let total: u64 = seats.iter().sum();
        if let Ok(game) = WeightedGame::new(seats.clone(), total / 2 + 1) {
            sound!(
                minimal_range(&game, &x, 100),
                minimal_connected_winning(&game, &x),
                median_member(&game, &x),
                penrose_f64(&game),
                normalised_f64(&game),
                shapley_shubik_f64(&game),
            );
        }
    }

    #[test]
    fn decisions_on_finite_numbers_are_finite(
        wishes in prop::collection::vec(prop::collection::vec(-1.0_f64..=1.0, 3), 4),
        precisions in amounts(2..3), prior in row(4), u in prop::collection::vec(0.0_f64..=1.0, 3),
        utility in row(3), care in prop::collection::vec(0.0_f64..=1.0, 3)
    ) {
        let grid = Grid {
            scales: vec![0.5, 2.0],
            precisions,
            prior: vec![prior[..2].to_vec(), prior[2..].to_vec()],
        };
        let decision = |at: usize| Settled {
            wishes: vec![wishes[at].clone(), wishes[at + 1].clone()],
            outcome: at % 3,
            group: at,
        };
        let found = anchor::posterior(grid, &[decision(0), decision(1), decision(2)]);
        if let Ok(found) = found {
            let weights = found.weights();
            sound!(
                Ok(weights.clone()),
                Ok(found.without(0)),
                Ok((found.scales(), found.precisions())),
                found.predict(&weights, &wishes[..2]),
            );
        }
        let level = anchor::posterior(Grid::level(vec![1.0], vec![2.0]), &[]).unwrap();
        sound!(
            Ok(level.weights()),
            anchor::quantile(&[(utility[0], u[0]), (utility[1], u[1])], care[0]),
            gumbel(u[0]),
            choose(&utility, utility[0], &u),
            settled(&u, &care, &wishes[0]),
            coercive_cost(u[0], u[1]),
        );
    }

    #[test]
    fn counts_of_finite_numbers_are_finite(
        series in amounts(2..6), luck in prop::collection::vec(0.0_f64..1.0, 7), background in amount(),
        shape in amount(), u in 0.0_f64..1.0, until in amount(), rates in amounts(4..5),
        episodes in finite()
    ) {
        let process = SelfExciting {
            background,
            lasting: 0.2,
            excitation: 0.5 * u,
            memory: u,
            shape,
        };
        let mut at = 0;
        let mut draw = || {
            at += 1;
            luck[at % luck.len()]
        };
        sound!(process.path(&series, 3, &mut draw), SelfExciting::fit(std::slice::from_ref(&series)));
        if let Ok(found) = SelfExciting::fit(std::slice::from_ref(&series)) {
            sound!(Ok(found.ln_likelihood(std::slice::from_ref(&series))));
        }
        let hawkes =
            Hawkes { background: vec![background], excitation: vec![vec![u]], decay: shape };
        sound!(hawkes.simulate(until, 20, &|k| luck[k as usize % luck.len()]));
        // Minus infinity is the logarithm of what cannot be, and no NaN.
        let events = [Event { time: until / 2.0, kind: 0 }];
        if let Ok(log) = hawkes.log_likelihood(&events, until) {
            prop_assert!(!log.is_nan() && log < f64::INFINITY, "{log}");
        }
        let ladder = Ladder { up: rates[..2].to_vec(), down: rates[2..].to_vec() };
        if let Ok(time) = ladder.mean_time(0, 2) {
            prop_assert!(!time.is_nan() && time >= 0.0, "{time}");
        }
        for rate in BASE_RATES {
            sound!(rate.prior(episodes));
            if let Ok(belief) = rate.prior(episodes) {
                sound!(Ok((belief.mean(), belief.sd())));
            }
        }
    }

    #[test]
    fn networks_and_plans_of_finite_numbers_are_finite(
        cells in row(4), row2 in row(2), own in row(2), x in row(3), e in row(3), apart in finite(),
        friendly in prop::collection::vec(any::<bool>(), 3), u in 0.0_f64..1.0,
        p in prop::collection::vec(0.0_f64..=1.0, 3)
    ) {
        sound!(Matrix::from_rows(&[cells[..2].to_vec(), cells[2..].to_vec()]));
        if let Ok(h) = Matrix::new(2, cells.clone())
            && let Ok(v) = total_effects(&h)
        {
            sound!(v.first_hops_by(0, 1, &h), Ok(v.effect(0, 1)));
        }
        if let Ok(plan) = Plan::new(2, &[(0, 1), (1, 0)])
            && let Ok(factors) = plan.factor(&row2, &own)
        {
            sound!(Ok(factors.column(&own)));
        }
        let plan = Plan::new(2, &[(0, 1), (1, 0)]).unwrap();
        if let (Ok(whole), Ok(part)) =
            (plan.factor(&row2, &own), plan.factor_behind(&row2, &own, &plan.behind(&[0])))
        {
            let bits = |row: Vec<f64>| row.into_iter().map(f64::to_bits).collect::<Vec<_>>();
            prop_assert_eq!(bits(whole.row(&[1.0, 0.0])), bits(part.row(&[1.0, 0.0])));
        }
        let _ = plan.closed(&row2, &own);
        let tie = |from: usize, to: usize| Tie { from, to, friendly: friendly[from] };
        let network = SignedNetwork::mutual(3, &[tie(0, 1), tie(1, 2), tie(2, 0)]).unwrap();
        sound!(Ok(walk_balance(&network)));
        for direction in [Direction::Mutual, Direction::In, Direction::Out] {
            sound!(pn_centrality(&network, direction));
        }
        if let Ok(field) = settle(&x, &e, 20) {
            sound!(Ok(field.camps(apart)));
        }
        let _ = pair(3, u);
        let forecast = [p[0] / 2.0, 1.0 - p[0] / 2.0];
        sound!(Ok(ln_cumulative(apart.clamp(-1e150, 1e150))), Ok(at_least(3, 9, apart)));
        if let Ok(score) = log(&forecast, 0) {
            prop_assert!(!score.is_nan(), "{score}");
        }
        sound!(trajectories(2, 3, 4, &|i, k| p[(i + k) % 3]));
        let points = vec![x.clone(), e.clone()];
        let ends = vec![(Some(x[0]), None), (None, Some(e[1])), (None, None)];
        let region = Region { ends, count: 1, mass: 0.5, coverage: 1.0, density: 1.0 };
        let _ = region.holds(&x);
        sound!(quasi_p_values(&region, &points, &[1.0, 0.0]));
    }

    #[test]
    fn the_challenge_model_of_finite_numbers_is_finite(
        capability in amounts(3..4), places in prop::collection::vec(0.0_f64..=1.0, 6),
        cares in prop::collection::vec(0.0_f64..=0.5, 6), rule in 0_usize..5
    ) {
        let actor = |i: usize| Actor {
            capability: capability[i],
            position: places[2 * i..2 * i + 2].to_vec(),
            salience: cares[2 * i..2 * i + 2].to_vec(),
        };
        let rules = [
            VictoryRule::Linear,
            VictoryRule::Square,
            VictoryRule::Quartic,
            VictoryRule::Octic,
            VictoryRule::Binary,
        ];
        let options =
            Options { victory_probability: rules[rule], most_turns: 3, ..Options::default() };
        let actors = [actor(0), actor(1), actor(2)];
        sound!(smp::play(&actors, &Accommodation::Identity, &options, Choice::Surest));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn locations_of_groups_of_finite_numbers_are_finite(
        values in row(5), censored in prop::collection::vec(any::<bool>(), 5),
        weights in amounts(5..6), df in amount(), share in 0.001_f64..0.999
    ) {
        let record = |i: usize| Record {
            group: i % 2,
            value: values[i],
            censored: censored[i],
            weight: weights[i],
        };
        let records: Vec<Record> = (0..5).map(record).collect();
        for kernel in [Kernel::Normal, Kernel::StudentT(df)] {
            let Ok(found) = Pooled::fit(&records, 2, kernel) else { continue };
            let mixture = found.predict(Some(0));
            sound!(
                Ok(found.spreads()),
                mixture.quantile(share),
                Ok((mixture.location(), mixture.cumulative(values[0]))),
            );
        }
    }
}

#[test]
fn numbers_beyond_arithmetic_are_faults_and_no_answers() {
    let many = [Trials { yes: 1e308, trials: 1e308 }, Trials { yes: 0.0, trials: 1e308 }];
    assert!(BetaBinomial::fit(&many).is_err());
    let flat = [vec![1e308, 1e308, -1e308]];
    assert!(tilt(&flat, &[0.0], 0.0).is_err());
    // The products of a variance with a hazard and with a wait are each beyond any number; their
    // quotient is 1.
    let next = concludes(1e10, 1e10, 1e308).unwrap();
    assert!((0.0..1e-300).contains(&next), "{next}");
    let tiny = Plan::new(2, &[(0, 1)]).unwrap().factor(&[5e-324], &[0.0, 0.0]).map(|_| ());
    assert!(tiny.unwrap_err().to_string().contains("divide"));
    assert!(SelfExciting::fit(&[vec![1e308, 1e308, 1e308]]).is_err());
    assert!(anchor::quantile(&[(-1.0, 0.5), (1.0, 0.5)], 0.7).is_err());
    let grid = Grid::level(vec![1.0], vec![1.0, 1e4]);
    let against = Settled { wishes: vec![vec![1.0, -1.0]], outcome: 1, group: 0 };
    let found = anchor::posterior(grid, &[against]).unwrap();
    // Its own decision rules out the larger precision; without it both are even.
    assert_eq!(found.weights(), [1.0, 0.0]);
    assert_eq!(found.without(0), [0.5, 0.5]);
}

/// Names of the public functions of the theory that take or give numbers with a fraction.
fn functions(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices("pub fn ") {
            let rest = &code[at + "pub fn ".len()..];
            let signature = rest.split('{').next().unwrap_or_default();
            let name: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if signature.contains("f64") {
                found.push(format!("{}: {name}", path.file_stem().unwrap().to_string_lossy()));
            }
        }
    }
}

#[test]
fn every_public_function_of_numbers_is_held_to_it() {
    /// Functions of private modules, which the model they belong to calls.
    const WITHIN: [&str; 15] = [
        "attitudes",
        "coalitions",
        "distance",
        "drawn",
        "election",
        "gain",
        "of",
        "outcome",
        "row",
        "row_mut",
        "surest",
        "target",
        "utility",
        "victory",
        "vote",
    ];
    let mut found = Vec::new();
    functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    let tests = concat!(include_str!("finite.rs"), include_str!("finite_more.rs"));
    let words: Vec<&str> = tests.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let name = |place: &&String| place.rsplit(' ').next().unwrap_or_default().to_owned();
    let left: Vec<&String> = found
        .iter()
        .filter(|place| !words.contains(&name(place).as_str()))
        .filter(|place| !WITHIN.contains(&name(place).as_str()))
        .collect();
    assert!(left.is_empty(), "not in finite.rs or finite_more.rs: {left:?}");
}

/// What a fault says, so that a reader of a failed property sees why a call was refused.
#[test]
fn a_fault_of_overflow_names_what_overflowed() {
    let fault: Fault = tilt(&[vec![1e308, 1e308, -1e308]], &[0.0], 0.0).unwrap_err();
    assert!(fault.to_string().contains("the mean of a function"), "{fault}");
}
