//! All processes of the list in play at once: what one sets another takes up.
#![allow(clippy::unwrap_used)]

use simulate::Model;
use simulate::play::{Play, Until};
use simulate::process::PROCESSES;

use crate::playing::{Runs, built, folder, mean, moved, runs, same_but, values, with};

fn all() -> case::Folder {
    let names: Vec<&str> = PROCESSES.iter().map(|known| known.name).collect();
    folder().with_set(&format!("case.processes={names:?}"))
}

fn attacks(runs: &Runs) -> f64 {
    let ids = runs.1.iter().filter(|id| id.starts_with("escalation.attacks."));
    ids.map(|id| mean(&values(runs, id))).sum()
}

#[test]
fn every_process_runs_beside_every_other() {
    let case = built(&all());
    let model = Model::new(&case).unwrap();
    assert_eq!(model.processes.len(), PROCESSES.len(), "each has something to do in the case");
    let ensemble = model.ensemble(7, 0, 120, &|_| {}).unwrap();
    for run in 0..40 {
        assert_eq!(
            Play { journal: true, ..model.play(7, run) }.go().unwrap().outcome,
            ensemble.outcomes[run as usize]
        );
    }
}

#[test]
fn an_assembly_for_itself_is_the_one_of_the_run() {
    let case = built(&all());
    let model = Model::new(&case).unwrap();
    for run in 0..150 {
        let assembly = Play { until: Until::Assembly, ..model.play(1, run) }.go().unwrap().assembly;
        let seats: Vec<u32> =
            model.play(1, run).go().unwrap().outcome.seats.iter().map(|s| u32::from(*s)).collect();
        assert_eq!(assembly.unwrap().lists, seats, "run {run}");
    }
}

#[test]
fn a_patrons_caution_lowers_the_attacks_of_those_it_controls() {
    // The rivalry stands below strikes and stays there; visits carry no orders of their own.
    let base = with(
        &all(),
        &[
            "rivalry.straits.rung=2",
            "rivalry.straits.resting=2",
            "rivalry.straits.rise=0",
            "process.escalation.provocation=0",
            "process.diplomacy.obedience=0",
        ],
    );
    let careless = runs(&with(&base, &["process.patronage.caution=0"]));
    let careful = runs(&with(&base, &["process.patronage.caution=3"]));
    let deaf =
        runs(&with(&base, &["process.patronage.caution=3", "process.patronage.obedience=0"]));
    assert!(
        attacks(&careful) < 0.9 * attacks(&careless),
        "{} {}",
        attacks(&careful),
        attacks(&careless)
    );
    assert!(attacks(&careful) > 0.2 * attacks(&careless), "control is not whole");
    assert_eq!(attacks(&deaf), attacks(&careless), "an order nobody obeys changes nothing");
}

#[test]
fn open_fighting_through_the_air_of_the_state_turns_its_people_against_both_sides() {
    let base = with(&all(), &["process.escalation.ceasefire=0", "rivalry.straits.calm=0"]);
    let calm = runs(&with(
        &base,
        &[
            "rivalry.straits.rung=1",
            "rivalry.straits.rise=0",
            "process.escalation.provocation=0",
            "process.escalation.retaliation=0",
        ],
    ));
    let open = runs(&with(&base, &["rivalry.straits.rung=3"]));
    assert!(moved(&calm, &open, "opinion.backlash") > 0.5);
    for patron in ["northmark", "seaward"] {
        let id = format!("opinion.favour.{patron}");
        let (before, after) = (mean(&values(&calm, &id)), mean(&values(&open, &id)));
        assert!(after < before - 0.1, "{id}: {before} {after}");
    }
    // Nobody crosses and nobody strikes inside: nothing to be angry about but meddling.
    let crossing = ["process.escalation.crossing=0", "process.escalation.retaliation=0"];
    let distant = runs(&with(&base, &[&["rivalry.straits.rung=3"], &crossing[..]].concat()));
    assert!(
        mean(&values(&distant, "opinion.backlash"))
            < 0.2 * mean(&values(&open, "opinion.backlash"))
    );
}

#[test]
fn a_scenario_that_changes_nothing_changes_nothing() {
    let base = all();
    let same = with(&base, &["entry.reds.participates=true"]);
    same_but(&runs(&base), &runs(&same), &[]);
}
