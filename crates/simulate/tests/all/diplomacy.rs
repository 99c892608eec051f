//! Visits, orders and complaints on the tutorial case, with paired luck.
#![allow(clippy::unwrap_used)]

use crate::conflict::{built, folder, mean, of, runs, share};
use simulate::Model;
use simulate::luck::Luck;
use simulate::pulls::{Pulls, Strengths};

const BOTH: &str = "case.processes=[\"diplomacy\", \"escalation\"]";
const ATTACKS: &str = "escalation.attacks.guard>seaward";

/// A ladder that stands still, visits every week, and orders that hold until the next.
const STEADY: [&str; 7] = [
    BOTH,
    "rivalry.straits.rise=0",
    "process.escalation.provocation=0",
    "process.escalation.transfer=0",
    "visit.northmark>reds.rate=1000000",
    "process.diplomacy.order_days=30",
    "campaign.guard>seaward.rate=2",
];

const SCALE: [&str; 2] = ["anchor.all.kappa=1", "anchor.all.lambda=1"];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&STEADY[..], &SCALE, more].concat()
}

/// The mean control of the Northmark over the Guard in the runs.
fn control(sets: &[&str], count: u32) -> f64 {
    let case = built(&folder(sets));
    let model = Model::new(&case).unwrap();
    let place = |id: &str| case.actor_index(id).unwrap();
    let one = |run| {
        let pulls = Pulls::of(
            &model.network,
            &Strengths::of(&model.network, &model.draw(Luck::new(7, run))),
            |_| 1.0,
        )
        .unwrap();
        pulls.obeys(place("northmark"), place("guard"), simulate::decide::CARES, 1.0)
    };
    (0..count).map(one).sum::<f64>() / f64::from(count)
}

#[test]
fn a_patrons_restraint_lowers_attacks_in_proportion_to_its_control() {
    let speaks = ["visit.northmark>reds.restraint=1", "process.diplomacy.obedience=1"];
    let silent = mean(&of(&runs(&with(&["visit.northmark>reds.restraint=0"]), 300), ATTACKS));
    let mut seen = Vec::new();
    for bandwidth in ["0.05", "0.4", "0.9"] {
        let security = format!("tie.northmark>guard:security.bandwidth={bandwidth}");
        let economic = format!("tie.northmark>guard:economic.bandwidth={bandwidth}");
        let mut sets = with(&speaks);
        sets.extend([security.as_str(), economic.as_str()]);
        let (held, control) = (mean(&of(&runs(&sets, 300), ATTACKS)), control(&sets, 300));
        // The first week's attacks come before the first order counts for the second.
        assert!((held / silent - (1.0 - control)).abs() < 0.06, "{held} of {silent} at {control}");
        seen.push((control, held / silent));
    }
    assert!(seen.windows(2).all(|w| w[1].0 > w[0].0 + 0.05 && w[1].1 < w[0].1 - 0.05), "{seen:?}");
}

#[test]
fn an_order_that_is_not_obeyed_changes_nothing() {
    let deaf = of(&runs(&with(&["process.diplomacy.obedience=0"]), 200), ATTACKS);
    let alone = "case.processes=[\"escalation\"]";
    let without = [&with(&[])[1..], &[alone]].concat();
    assert_eq!(deaf, of(&runs(&without, 200), ATTACKS));
}

#[test]
fn visits_come_more_often_when_something_presses() {
    let visits = "diplomacy.visits.northmark>reds";
    let quiet =
        ["process.diplomacy.heat=0", "process.diplomacy.talks=0", "process.diplomacy.vote=0"];
    let ladder = ["rivalry.straits.rise=0", "rivalry.straits.calm=0"];
    let base = [BOTH, ladder[0], ladder[1], "process.escalation.ceasefire=0"];
    let at = |more: &[&'static str]| mean(&of(&runs(&[&base[..], more].concat(), 400), visits));
    let still = at(&quiet);
    assert!((2.6..3.8).contains(&still), "about three a year: {still}");
    let hot = at(&["rivalry.straits.rung=4"]);
    assert!((2.0..3.2).contains(&(hot / still)), "{hot} at war, {still} in quiet");
    let deaf = at(&[&quiet[..], &["rivalry.straits.rung=4"]].concat());
    assert!((deaf - still).abs() < 1e-9, "where nothing presses the rung does not count");
    let all = "case.processes=[\"diplomacy\", \"election\", \"formation\"]";
    let vote = mean(&of(&runs(&[all], 400), visits));
    let deaf = mean(&of(&runs(&[all, "process.diplomacy.vote=0"], 400), visits));
    assert!(vote > 1.1 * deaf, "{vote} with an election near, {deaf} without");
}

#[test]
fn a_visit_carries_the_tie_and_the_visitors_sway() {
    // Over the Reds in an assembly that the visitor's tie reaches.
    let sway = |sets: &[&str]| {
        let case = built(&folder(sets));
        let model = Model::new(&case).unwrap();
        let at = model.followed.iter().position(|q| q.id == "sway.northmark").unwrap();
        let width = model.followed.len();
        let one = |run| {
            let course = model.play(7, run).go().unwrap().outcome.course;
            let later: Vec<f32> = course.chunks(width).skip(6).map(|s| s[at]).collect();
            f64::from(later.iter().sum::<f32>()) / later.len() as f64
        };
        (0..200).map(one).sum::<f64>() / 200.0
    };
    let all = "case.processes=[\"election\", \"formation\", \"diplomacy\"]";
    let often = "visit.northmark>reds.rate=12";
    let none = "visit.northmark>reds.rate=0";
    let mute = ["process.diplomacy.calm_width=0", "process.diplomacy.warn_width=0"];
    let (busy, quiet) = (sway(&[all, often]), sway(&[all, none]));
    assert!((0.0005..0.05).contains(&(busy - quiet)), "{busy} with visits, {quiet} without");
    assert_eq!(sway(&[all, often, mute[0], mute[1]]), quiet);
}

#[test]
fn strikes_and_crossings_bring_complaints() {
    let id = "diplomacy.complaint.straits";
    let war = [
        BOTH,
        "rivalry.straits.rung=4",
        "rivalry.straits.calm=0",
        "process.escalation.ceasefire=0",
    ];
    let at = |more: &[&'static str]| share(&of(&runs(&[&war[..], more].concat(), 300), id));
    assert!(at(&[]) > 0.9);
    assert_eq!(at(&["process.diplomacy.complaint=0"]), 0.0);
    let none = ["process.escalation.crossing=0", "process.escalation.retaliation=0"];
    assert_eq!(at(&none), 0.0, "nothing to complain of");
}
