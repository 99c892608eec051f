//! A dialogue over troops, energy and the reform of a faction, with spoilers, on the tutorial case.
#![allow(clippy::unwrap_used)]

mod conflict;
use conflict::{mean, of, runs, share};

const ALONE: &str = "case.processes=[\"bargaining\"]";
const BOTH: &str = "case.processes=[\"escalation\", \"bargaining\"]";
const CALM: [&str; 3] = [
    "process.bargaining.breakdown=0",
    "process.bargaining.spoiler=0",
    "process.bargaining.reservation=0",
];
const ATTACKS: &str = "escalation.attacks.guard>seaward";

fn with(base: &'static str, more: &[&'static str]) -> Vec<&'static str> {
    [&[base], more].concat()
}

fn agreed(sets: &[&'static str], issue: &str) -> f64 {
    mean(&of(&runs(sets, 400), &format!("bargaining.agreed.talks:{issue}")))
}

#[test]
fn a_dialogue_trades_troops_energy_and_reform() {
    let calm = with(ALONE, &CALM);
    let apart = [&calm[..], &["process.bargaining.linkage=0"]].concat();
    let linked = [&calm[..], &["process.bargaining.linkage=1"]].concat();
    assert_eq!(share(&of(&runs(&calm, 100), "bargaining.settled.talks")), 1.0);
    let rounds = mean(&of(&runs(&calm, 400), "bargaining.rounds.talks"));
    assert!((4.7..5.7).contains(&rounds), "{rounds}");
    // Apart: between how things stand and the wishes of the three, by their weight.
    for (issue, low, high) in [("troops", 0.2, 0.5), ("energy", 0.45, 0.7), ("reform", 0.35, 0.55)]
    {
        let x = agreed(&apart, issue);
        assert!((low..high).contains(&x), "{issue}: {x}");
    }
    // Linked: the Seaward Union, which minds reform, gives on energy, which the envoys mind.
    let moved = |issue| agreed(&linked, issue) - agreed(&apart, issue);
    assert!(moved("reform") > 0.005, "{}", moved("reform"));
    assert!(moved("energy").abs() + moved("troops").abs() > 0.01);
    let half = [&calm[..], &["process.bargaining.linkage=0.5"]].concat();
    let middle = (agreed(&linked, "reform") + agreed(&apart, "reform")) / 2.0;
    assert!((agreed(&half, "reform") - middle).abs() < 0.01, "in proportion to the linkage");
}

#[test]
fn spoilers_signal_by_attacks_while_the_talks_go_against_them() {
    let base = runs(&[BOTH], 600);
    let quiet = runs(&[BOTH, "process.escalation.spoiling=0"], 600);
    let alone = runs(&["case.processes=[\"escalation\"]", "process.escalation.spoiling=0"], 600);
    assert_eq!(of(&quiet, ATTACKS), of(&alone, ATTACKS), "switched off, talks bring no attacks");
    let (with, without) = (mean(&of(&base, ATTACKS)), mean(&of(&quiet, ATTACKS)));
    assert!((1.05..1.8).contains(&(with / without)), "{with} with, {without} without");
    // Talks that go the spoiler's way bring none: its patron stands where the others do.
    let friendly = [
        "position.northmark:troops.position=0.5",
        "position.northmark:energy.position=1",
        "position.northmark:reform.position=1",
    ];
    let on = of(&runs(&[&[BOTH], &friendly[..]].concat(), 200), ATTACKS);
    let off = [&[BOTH, "process.escalation.spoiling=0"], &friendly[..]].concat();
    assert_eq!(on, of(&runs(&off, 200), ATTACKS));
}

#[test]
fn attacks_by_spoilers_raise_the_chance_that_talks_break_down() {
    let settled = "bargaining.settled.talks";
    let base = share(&of(&runs(&[BOTH], 600), settled));
    let deaf = share(&of(&runs(&[BOTH, "process.bargaining.spoiler=0"], 600), settled));
    let quiet = ["campaign.guard>seaward.rate=0", "process.bargaining.spoiler=0"];
    let still = share(&of(&runs(&with(BOTH, &quiet), 600), settled));
    assert!((0.08..0.6).contains(&(deaf - base)), "{base} with attacks counted, {deaf} without");
    // Attacks that do not count at the table wear down a capability, no more.
    assert!((still - deaf).abs() < 0.05, "{still} without attacks, {deaf} deaf to them");
    // On breakdown everything stays as it stands.
    let broken = ["process.bargaining.breakdown=1000000"];
    let x = agreed(&with(ALONE, &broken), "troops");
    assert!((0.88..0.92).contains(&x), "{x}");
    assert_eq!(share(&of(&runs(&with(ALONE, &broken), 100), settled)), 0.0);
}

#[test]
fn a_party_that_loses_on_everything_does_not_sign() {
    let settled = "bargaining.settled.talks";
    let only = [
        "process.bargaining.breakdown=0",
        "process.bargaining.linkage=0",
        "dialogue.talks.issues=[\"troops\"]",
    ];
    // The Seaward Union alone wants things as they stand; every step away is its loss.
    let hurt =
        |r: &'static str| share(&of(&runs(&[&[ALONE, r], &only[..]].concat(), 400), settled));
    assert_eq!(hurt("process.bargaining.reservation=0"), 1.0);
    let (mild, firm) =
        (hurt("process.bargaining.reservation=1"), hurt("process.bargaining.reservation=4"));
    assert!(firm < mild - 0.1 && mild < 0.95, "{firm} firm, {mild} mild");
}

#[test]
fn sway_at_home_and_attacks_move_capability() {
    let calm = with(BOTH, &CALM);
    let reform = |more: &[&'static str]| agreed(&[&calm[..], more].concat(), "reform");
    let strong =
        reform(&["process.bargaining.sway=2", "tie.northmark>reds:diplomatic.bandwidth=1"]);
    let weak = reform(&["process.bargaining.sway=0", "tie.northmark>reds:diplomatic.bandwidth=1"]);
    assert!(strong < weak, "{strong} where the Northmark's sway counts, {weak} where not");
    let worn = reform(&["process.bargaining.attacks=0.3"]);
    let firm = reform(&["process.bargaining.attacks=0"]);
    assert!(worn < firm - 0.01, "{worn} where attacks wear the Seaward Union down, {firm} else");
}

#[test]
fn every_model_of_bargaining_can_be_named() {
    let calm = with(ALONE, &CALM);
    let mut seen = Vec::new();
    for model in ["mean", "median", "nash", "challenge", "smp"] {
        let set: &'static str =
            Box::leak(format!("dialogue.talks.model=\"{model}\"").into_boxed_str());
        let sets = [&calm[..], &[set]].concat();
        let x: Vec<f64> = ["troops", "energy", "reform"].iter().map(|i| agreed(&sets, i)).collect();
        assert!(x.iter().all(|x| (0.0..=1.0).contains(x)), "{model}: {x:?}");
        assert!(!seen.contains(&x), "{model} says what another says: {x:?}");
        seen.push(x);
    }
}
