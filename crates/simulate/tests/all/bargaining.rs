//! A dialogue over troops, energy and the reform of a faction, with spoilers, on the tutorial case.
#![allow(clippy::unwrap_used)]

use crate::conflict;
use crate::conflict::{built, folder, mean, of, runs, share};
use simulate::Model;
use simulate::journal::Journal;
use simulate::luck::Luck;
use simulate::process::{Process, StepError};
use simulate::world::World;

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

/// Tells at the end of a run what agreements have made of a tie, a supply, a waiver and a revenue.
#[derive(Debug)]
struct Watch;

impl Process for Watch {
    fn name(&self) -> &'static str {
        "test"
    }
    fn step(
        &self,
        _model: &Model<'_>,
        _world: &mut World,
        _luck: Luck,
        _journal: &Journal,
    ) -> Result<(), StepError> {
        Ok(())
    }
    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        let (case, own) = (model.case, &world.states.bargaining);
        let at = |id: &str| case.actor_index(id).unwrap();
        let (from, to) = (at("seaward"), at("toyland"));
        let tie = model.network.ties.iter().position(|t| t.0 == from && t.1 == to).unwrap();
        let gas = case.supplies.iter().position(|s| s.id.get_ref() == "gas").unwrap();
        let levies = case.revenues.iter().position(|r| r.stream.name() == "levies").unwrap();
        let all = [world.ties.of(tie), own.reliance(gas), own.leave(0), world.incomes.of(levies)];
        values.extend(all.map(|factor| Some(*factor.peek() as f32)));
    }
}

/// What agreements have made of the four by the end, run by run, and the other quantities.
fn watched(sets: &[&str]) -> (Vec<[f64; 4]>, conflict::Runs) {
    let case = built(&folder(sets));
    let mut model = Model::new(&case).unwrap();
    let ids: Vec<String> = model.quantities.iter().map(|q| q.id.clone()).collect();
    model.processes.push(Box::new(Watch));
    let mut all = model.ensemble(7, 0, 300, &|_| {}).unwrap();
    let mut factors = Vec::new();
    for outcome in &mut all.outcomes {
        let last = outcome.quantities.split_off(ids.len());
        factors.push([0, 1, 2, 3].map(|i| f64::from(last[i].unwrap())));
    }
    (factors, conflict::Runs { ids, all })
}

const TERMS: [&str; 7] = [
    "issue.troops.status_quo=0.9",
    "issue.energy.status_quo=0.1",
    "issue.reform.status_quo=0.05",
    "term.talks:troops>tie.seaward>toyland:economic.by=2",
    "term.talks:energy>supply.gas.by=0.4",
    "term.talks:energy>waiver.pipe-leave.by=1.5",
    "term.talks:reform>revenue.guard:levies.by=0.2",
];

#[test]
fn an_agreement_moves_what_it_is_about_as_far_as_the_issue_has_moved() {
    let sets = [&with(ALONE, &CALM)[..], &TERMS].concat();
    let (factors, runs) = watched(&sets);
    let x = |issue: &str| of(&runs, &format!("bargaining.agreed.talks:{issue}"));
    let (troops, energy, reform) = (x("troops"), x("energy"), x("reform"));
    for (run, factor) in factors.iter().enumerate() {
        let expected = [
            2_f64.powf(troops[run] - 0.9),
            0.4_f64.powf(energy[run] - 0.1),
            1.5_f64.powf(energy[run] - 0.1),
            0.2_f64.powf(reform[run] - 0.05),
        ];
        for (one, other) in factor.iter().zip(expected) {
            assert!((one - other).abs() < 1e-5, "run {run}: {factor:?}, not {expected:?}");
        }
    }
    // Troops go home, the republic needs less gas and gets more leave, the Guard's tolls dry up.
    let mean = |at: usize| factors.iter().map(|f| f[at]).sum::<f64>() / factors.len() as f64;
    assert!((0.55..0.85).contains(&mean(0)), "{}", mean(0));
    assert!((0.5..0.8).contains(&mean(1)) && (1.1..1.35).contains(&mean(2)));
    assert!((0.4..0.75).contains(&mean(3)), "{}", mean(3));
}

#[test]
fn an_agreement_whose_terms_move_nothing_and_talks_that_fail_move_nothing() {
    let base = [&with(ALONE, &CALM)[..], &TERMS].concat();
    let off = [
        "term.talks:troops>tie.seaward>toyland:economic.by=1",
        "term.talks:energy>supply.gas.by=1",
        "term.talks:energy>waiver.pipe-leave.by=1",
        "term.talks:reform>revenue.guard:levies.by=1",
    ];
    let (factors, still) = watched(&[&base[..], &off].concat());
    assert!(factors.iter().flatten().all(|f| *f == 1.0));
    let (_, moved) = watched(&base);
    let talks = |r: &conflict::Runs| {
        ["settled.talks", "rounds.talks", "agreed.talks:troops"]
            .map(|id| of(r, &format!("bargaining.{id}")))
    };
    assert_eq!(talks(&still), talks(&moved), "what is carried out comes after the talks");
    let (factors, _) = watched(&with(ALONE, &["process.bargaining.breakdown=1000000"]));
    assert!(factors.iter().flatten().all(|f| *f == 1.0));
}

#[test]
fn troops_that_go_take_their_sway_with_them_and_leave_is_given_more_freely() {
    let all = "case.processes=[\"sanctions\", \"bargaining\"]";
    let calm = [&[all], &CALM[..], &TERMS].concat();
    let (gone, stayed) = (
        [&calm[..], &["term.talks:troops>tie.seaward>toyland:economic.by=20"]].concat(),
        [&calm[..], &["term.talks:troops>tie.seaward>toyland:economic.by=1"]].concat(),
    );
    let case = built(&folder(&calm));
    let model = Model::new(&case).unwrap();
    let place = model.followed.iter().position(|q| q.id == "sway.seaward").unwrap();
    let last = |r: &conflict::Runs, run: usize| {
        let course = &r.all.outcomes[run].course;
        f64::from(course[course.len() - model.followed.len() + place])
    };
    let (gone, stayed) = (runs(&gone, 200), runs(&stayed, 200));
    let lost: Vec<f64> = (0..200).map(|run| last(&stayed, run) - last(&gone, run)).collect();
    assert!(lost.iter().all(|l| *l >= -1e-6), "sway falls in every run or stays");
    assert!((0.005..0.2).contains(&mean(&lost)), "{}", mean(&lost));
    let lapses = |by: &'static str| {
        share(&of(&runs(&[&calm[..], &[by]].concat(), 400), "sanctions.lapsed.pipe-leave"))
    };
    let (freely, as_ever) = (
        lapses("term.talks:energy>waiver.pipe-leave.by=3"),
        lapses("term.talks:energy>waiver.pipe-leave.by=1"),
    );
    assert!(freely < as_ever - 0.02, "{freely} with the agreement, {as_ever} without");
}
