//! The spatial model of politics: vectors of an independent implementation, and what must hold of
//! any field of actors.

use crate::wild;

use std::path::PathBuf;

use proptest::prelude::*;
use theory::bargaining::smp::{
    Accommodation, Actor, BargainRule, ChanceRule, Choice, Commitment, Interpolation, Options,
    RiskAdjust, RiskRange, VictoryRule, VotingRule, play,
};
use theory::{Fault, What};

use crate::smp;

#[test]
fn every_vector_is_reproduced_to_a_millionth() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/smp");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 28);
    for file in files {
        let difference = smp::largest_difference(&file).unwrap();
        assert!(difference < 1e-6, "{}: {difference}", file.display());
    }
}

fn actor(issues: usize) -> impl Strategy<Value = Actor> {
    let rows = (
        prop::collection::vec(0.0..=1.0, issues),
        prop::collection::vec(0.0..=1.0 / issues as f64, issues),
    );
    (0.01..500.0, rows).prop_map(|(capability, (position, mut salience))| {
        salience[0] = f64::max(salience[0], 1e-3);
        Actor { capability, position, salience }
    })
}

fn field() -> impl Strategy<Value = Vec<Actor>> {
    (1usize..4, 1usize..9)
        .prop_flat_map(|(issues, actors)| prop::collection::vec(actor(issues), actors))
}

fn options() -> impl Strategy<Value = Options> {
    let first = (
        prop::sample::select(vec![
            VictoryRule::Linear,
            VictoryRule::Square,
            VictoryRule::Quartic,
            VictoryRule::Octic,
            VictoryRule::Binary,
        ]),
        prop::sample::select(vec![
            ChanceRule::Conditional,
            ChanceRule::MarkovUniform,
            ChanceRule::MarkovIncentive,
        ]),
        prop::sample::select(vec![
            VotingRule::Binary,
            VotingRule::PropBin,
            VotingRule::Prop,
            VotingRule::PropCbc,
            VotingRule::Cubic,
            VotingRule::ASymProsp,
        ]),
        prop::sample::select(vec![
            RiskAdjust::None,
            RiskAdjust::OneThird,
            RiskAdjust::Half,
            RiskAdjust::TwoThirds,
            RiskAdjust::Full,
        ]),
    );
    let second = (
        prop::sample::select(vec![RiskRange::Min, RiskRange::Mid, RiskRange::Max]),
        prop::sample::select(vec![
            Commitment::NoCommit,
            Commitment::SemiCommit,
            Commitment::FullCommit,
        ]),
        prop::sample::select(vec![Interpolation::S1P1, Interpolation::S2P2, Interpolation::S2PMax]),
        prop::sample::select(vec![
            BargainRule::InitOnlyInterp,
            BargainRule::InitRcvrInterp,
            BargainRule::PWCompInterp,
        ]),
    );
    (first, second).prop_map(
        |(
            (victory_probability, pce, voting_rule, risk_adjust),
            (range, commit, inter, bargain),
        )| {
            Options {
                victory_probability,
                pce,
                voting_rule,
                risk_adjust,
                risk_range: range,
                third_party_commit: commit,
                interpolation: inter,
                bargain,
                ..Options::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn every_combination_of_options_plays_or_names_its_fault(
        field in field(),
        options in options(),
    ) {
        match play(&field, &Accommodation::Identity, &options, Choice::Surest) {
            Ok(run) => {
                prop_assert!(run.turns.len() <= options.most_turns);
                for chance in run.turns.iter().flat_map(|t| &t.chance) {
                    prop_assert!((chance.iter().sum::<f64>() - 1.0).abs() < 1e-6);
                }
                for k in 0..field.len() {
                    for turn in 1..=run.turns.len() {
                        let why = run.why(turn, k).unwrap();
                        prop_assert_eq!(&why.offers[why.chosen].to, &why.to);
                    }
                }
            }
            Err(Fault { what: What::Unsettled, .. }) => prop_assert!(options.pce != ChanceRule::Conditional),
            Err(Fault { what: What::Overflow, .. }) => {
                prop_assert!(options.bargain != BargainRule::InitOnlyInterp);
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn where_only_the_initiator_bargains_nobody_leaves_the_range_of_positions(
        field in field(),
        options in options(),
    ) {
        let options = Options { bargain: BargainRule::InitOnlyInterp, ..options };
        let run = play(&field, &Accommodation::Identity, &options, Choice::Surest);
        for x in run.iter().flat_map(|r| r.positions.iter().flatten().flatten()) {
            prop_assert!((-5e-5..=1.00005).contains(x));
        }
    }

    #[test]
    fn the_same_draws_give_the_same_run_whatever_the_order_of_asking(
        field in field(),
        options in options(),
        draws in prop::collection::vec(0.0..=1.0, 16),
    ) {
        let lot = |turn: usize, k: usize| draws[(7 * turn + 3 * k) % 16];
        let run = || play(&field, &Accommodation::Identity, &options, Choice::Drawn(&lot));
        prop_assert_eq!(run(), run());
    }

    #[test]
    fn any_numbers_at_all_are_played_or_refused(
        numbers in prop::collection::vec(wild::real(), 9),
        issues in 0usize..3,
        any in options(),
        at in (wild::place(), wild::place()),
    ) {
        let field: Vec<Actor> = numbers
            .chunks(3)
            .map(|c| Actor {
                capability: c[0],
                position: vec![c[1]; issues],
                salience: vec![c[2]; issues],
            })
            .collect();
        let shares = Accommodation::Shares(vec![numbers[..3].to_vec(); 3]);
        let options = Options { settled_below: numbers[0], ..Options::default() };
        let _ = play(&field, &Accommodation::Identity, &Options::default(), Choice::Surest);
        let _ = play(&field, &shares, &options, Choice::Drawn(&|_, _| numbers[4]));
        let sound: Vec<Actor> = field
            .iter()
            .zip([0.1, 0.5, 0.9])
            .map(|(a, x)| {
                let (position, salience) = (vec![x; issues.max(1)], vec![0.3; issues.max(1)]);
                Actor { capability: a.capability, position, salience }
            })
            .collect();
        let any = Options { most_turns: at.0, ..any };
        if let Ok(run) = play(&sound, &shares, &any, Choice::Surest) {
            let _ = (run.why(at.0, at.1), run.outcome());
        }
    }
}

/// Two turns of a field by lot: with a draw of zero everybody keeps the status quo.
#[test]
fn a_draw_of_zero_leaves_everybody_where_they_stand() {
    let actor =
        |capability, x: f64, s: f64| Actor { capability, position: vec![x], salience: vec![s] };
    let field =
        [actor(61.41, 0.3858, 0.4124), actor(31.088, 0.1171, 0.8225), actor(28.0, 0.9, 0.5)];
    let still =
        play(&field, &Accommodation::Identity, &Options::default(), Choice::Drawn(&|_, _| 0.0));
    let still = still.unwrap();
    assert!(!still.turns[0].bargains.is_empty());
    assert_eq!(still.outcome(), still.positions[0]);
    let bad =
        play(&field, &Accommodation::Identity, &Options::default(), Choice::Drawn(&|_, _| 2.0));
    assert_eq!(bad.unwrap_err().place.to_string(), "the draw[1][0]");
}

#[test]
fn the_trace_tells_what_was_offered_and_taken() {
    let actor =
        |capability, x: f64, s: f64| Actor { capability, position: vec![x], salience: vec![s] };
    let field = [actor(61.41, 0.3858, 0.4124), actor(31.088, 0.1171, 0.8225)];
    let run = play(&field, &Accommodation::Identity, &Options::default(), Choice::Surest).unwrap();
    let why = run.why(1, 0).unwrap();
    assert_eq!(why.offers[0].parties, None);
    assert_eq!(why.offers.len(), 1 + run.turns[0].challenges.len());
    let text = why.to_string();
    assert!(text.starts_with("turn 1, actor 0: from [0.3858]"), "{text}");
    assert!(text.contains("took"), "{text}");
    assert_eq!(run.why(0, 0), None);
    assert_eq!(run.why(1, 2), None);
}
