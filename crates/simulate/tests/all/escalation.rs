//! Attacks, rungs and reach on the tutorial case, with paired luck.
#![allow(clippy::unwrap_used)]

use crate::conflict;
use crate::conflict::{of, runs};

const ATTACKS: &str = "escalation.attacks.guard>seaward";

#[test]
fn a_weapon_that_is_short_of_every_target_is_not_used() {
    // The port lies 400 km from the Guard's camp, the depot 44 km.
    let only_port = "rivalry.straits.targets=[\"seaward-port\", \"northmark-base\"]";
    let none = "process.escalation.transfer=0";
    let attacks = |sets: &[&str]| {
        let mut all = vec!["case.processes=[\"escalation\"]", none];
        all.extend(sets);
        of(&runs(&all, 300), ATTACKS)
    };
    let near = attacks(&[]);
    let short = attacks(&[only_port, "weapon.guard-rockets.range=395"]);
    let far = attacks(&[only_port, "weapon.guard-rockets.range=405"]);
    assert!(short.iter().all(|n| *n == 0.0), "no weapon reaches, so no attack happens");
    assert_eq!(near, far, "what reaches is used as if it were near");
    assert!(near.iter().sum::<f64>() / 300.0 > 10.0);
}

#[test]
fn arms_from_the_patron_widen_the_reach_and_the_rate() {
    let only_port = "rivalry.straits.targets=[\"seaward-port\", \"northmark-base\"]";
    let alone = "case.processes=[\"escalation\"]";
    let without = of(&runs(&[alone, only_port, "process.escalation.transfer=0"], 300), ATTACKS);
    let sent = of(&runs(&[alone, only_port, "process.escalation.transfer=2"], 300), ATTACKS);
    assert_eq!(without.iter().sum::<f64>(), 0.0);
    let reached = sent.iter().filter(|n| **n > 0.0).count();
    // Two transfers a year: all but one run in seven gets one in a year, most of these attack after it.
    assert!((200..=270).contains(&reached), "{reached} of 300");
    let rate = |sets: &[&str]| {
        let mut all = vec![alone, "process.escalation.transfer=2"];
        all.extend(sets);
        of(&runs(&all, 300), ATTACKS).iter().sum::<f64>()
    };
    assert!(rate(&["process.escalation.arms=0.3"]) > 1.1 * rate(&["process.escalation.arms=0"]));
}

#[test]
fn attacks_raise_the_rung_and_the_rung_brings_strikes_through_the_airspace() {
    let alone = "case.processes=[\"escalation\"]";
    let base = runs(&[alone], 400);
    let quiet = runs(&[alone, "campaign.guard>seaward.rate=0"], 400);
    let deaf = runs(&[alone, "process.escalation.provocation=0"], 400);
    let none = ["process.escalation.provocation=0", "campaign.guard>seaward.rate=0"];
    let none = runs(&[alone, none[0], none[1]], 400);
    let mean = |e, id: &str| conflict::mean(&of(e, id));
    let peak = "escalation.peak.straits";
    assert!(mean(&base, peak) > mean(&quiet, peak) + 0.2);
    // Attacks that provoke nobody leave the ladder as it is without attacks.
    let (a, b) = (of(&none, peak), of(&deaf, peak));
    assert_eq!(a, b);
    let crossings = "escalation.crossings.straits";
    assert!(mean(&base, crossings) > mean(&quiet, crossings));
    let low = runs(&[alone, "process.escalation.crossing=0"], 400);
    assert_eq!(mean(&low, crossings), 0.0);
    for (weeks, crossed) in of(&base, "escalation.weeks.straits").iter().zip(of(&base, crossings)) {
        assert!(crossed == 0.0 || *weeks > 0.0, "crossings only at the rung of strikes");
    }
    // A cease-fire shortens the weeks of strikes.
    let weeks = "escalation.weeks.straits";
    let lasting = runs(&[alone, "process.escalation.ceasefire=0"], 400);
    assert!(mean(&lasting, weeks) > 1.3 * mean(&base, weeks));
}

#[test]
fn defiance_raises_attacks_only_where_sanctions_fall() {
    let sets = ["case.processes=[\"escalation\"]", "process.escalation.defiance=0"];
    let alone = "case.processes=[\"escalation\"]";
    assert_eq!(runs(&sets, 100), runs(&[alone], 100), "nobody is defiant without sanctions");
}
