//! What must hold of sanctions, escalation, diplomacy, legislation and bargaining together.
#![allow(clippy::unwrap_used)]

use crate::conflict::{Runs, built, folder, of, runs, runs_of};
use simulate::{Model, Play};

const ALL: &str = "case.processes=[\"election\", \"formation\", \"legislation\", \"bargaining\", \"sanctions\", \"diplomacy\", \"escalation\"]";

#[test]
fn no_number_is_drawn_twice_and_every_run_can_be_repeated() {
    let case = built(&folder(&[ALL]));
    let model = Model::new(&case).unwrap();
    let all = model.ensemble(7, 0, 150, &|_| {}).unwrap();
    for run in 0..150 {
        let told = Play { journal: true, ..model.play(7, run) }.go().unwrap();
        assert_eq!(told.outcome, all.outcomes[run as usize]);
        assert_eq!(told.outcome.quantities.len(), model.quantities.len());
        assert_eq!(told.outcome.course.len() % model.followed.len(), 0);
        for entry in &told.journal {
            assert!(!entry.what.is_empty());
            assert!(!entry.what.contains('_'), "{}: names, not ids", entry.what);
        }
    }
}

#[test]
fn taking_one_process_out_leaves_the_draws_of_the_others() {
    // Escalation is moved by none of these where nothing is said, imposed or agreed.
    let still = [
        "process.diplomacy.obedience=0",
        "process.escalation.defiance=0",
        "process.escalation.spoiling=0",
    ];
    let with = runs(&[&[ALL], &still[..]].concat(), 100);
    let alone = "case.processes=[\"escalation\"]";
    let without = runs(&[&[alone], &still[..]].concat(), 100);
    for id in &without.ids {
        assert_eq!(of(&with, id), of(&without, id), "{id}");
    }
}

#[test]
fn a_case_with_nothing_for_a_process_runs_without_it() {
    let sets = [("rivalry.straits", vec!["escalation"]), ("dialogue.talks", vec!["bargaining"])];
    for (path, names) in sets {
        let dir = tempfile::tempdir().unwrap();
        let patch = dir.path().join("less.toml");
        let mut text = format!("[[remove]]\npath = \"{path}\"\n");
        if path.starts_with("rivalry") {
            text.push_str("[[remove]]\npath = \"campaign.guard>seaward\"\n");
        } else {
            // What an agreement moves goes with the dialogue.
            for term in &built(&folder(&[])).terms {
                let (issue, on) = (term.issue.get_ref(), term.on.get_ref());
                text.push_str(&format!("[[remove]]\npath = \"term.talks:{issue}>{on}\"\n"));
            }
        }
        std::fs::write(&patch, text).unwrap();
        let folder = folder(&[ALL]).with_scenario(patch.to_str().unwrap()).unwrap();
        let runs: Runs = runs_of(&folder, 20);
        for name in names {
            assert!(!runs.ids.iter().any(|id| id.starts_with(name)), "{name}: {:?}", runs.ids);
        }
    }
}

#[test]
fn what_a_process_lacks_is_said_with_a_hint() {
    let bare = folder(&["case.processes=[\"bargaining\"]"]);
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("less.toml");
    let text = "[[remove]]\npath = \"position.envoys:energy\"\n[[remove]]\npath = \"position.seaward:energy\"\n[[remove]]\npath = \"position.northmark:energy\"\n";
    std::fs::write(&patch, text).unwrap();
    let case = built(&bare.with_scenario(patch.to_str().unwrap()).unwrap());
    let findings = Model::new(&case).unwrap_err();
    assert!(findings[0].message.contains("nobody stands on \"energy\""), "{findings:?}");
}

#[test]
fn what_is_missing_unknown_or_outside_its_bounds_is_said_at_once() {
    let sets = ["process.diplomacy.near=-1", "process.diplomacy.call=1.5"];
    let case = built(&folder(&[&["case.processes=[\"diplomacy\"]"][..], &sets].concat()));
    let findings = Model::new(&case).unwrap_err();
    let said: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        said,
        ["-1 is outside the bounds of \"near\"", "1.5 is outside the bounds of \"call\""]
    );
    let hint = findings[1].hint.as_deref();
    assert_eq!(hint, Some("it must be from 0 to 1 (share)"));
    let mut less = case.clone();
    let given = less.processes.get_mut("diplomacy").unwrap();
    let heat = given.remove("heat").unwrap();
    given.insert("heet".to_owned(), heat);
    let said: Vec<String> = Model::new(&less).unwrap_err().into_iter().map(|f| f.message).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.contains(&"process \"diplomacy\" lacks its parameter \"heat\"".to_owned()));
    assert!(said.contains(&"process \"diplomacy\" has no parameter \"heet\"".to_owned()));
}

#[test]
fn every_parameter_of_a_process_is_declared_with_a_known_unit_and_a_sentence() {
    for process in simulate::process::PROCESSES {
        for p in process.parameters {
            let what = format!("{}.{}", process.name, p.name);
            assert!(case::unit::NAMES.contains(&p.unit), "{what}: {}", p.unit);
            assert!(p.low < p.high && p.low.is_finite(), "{what}: {}", p.bounds());
            assert!(p.doc.ends_with('.') && p.doc.len() > 20, "{what}: {}", p.doc);
        }
    }
}

#[test]
fn extreme_beliefs_end_in_a_sane_result() {
    let patches: &[&[&str]] = &[
        &["campaign.guard>seaward.rate=1000", "campaign.guard>seaward.branching=0.99"],
        &["campaign.guard>seaward.heat=100", "rivalry.straits.rung=4", "rivalry.straits.rise=1"],
        &["process.escalation.memory=0", "process.escalation.transfer=1e9"],
        &["process.escalation.memory=-5", "process.escalation.strikes=1e300"],
        &["process.escalation.provocation=7", "process.escalation.retaliation=-3"],
        &["process.escalation.spoiling=1e300", "process.escalation.arms=-1e300"],
        &["weapon.guard-rockets.range=0", "weapon.northmark-missiles.range=0"],
        &["rivalry.straits.resting=9"],
        &["process.diplomacy.weeks=0", "process.diplomacy.calm_width=1e300"],
        &["process.diplomacy.weeks=1e300", "visit.northmark>reds.rate=1000000"],
        &["process.diplomacy.obedience=1e9", "process.diplomacy.order_days=-1e300"],
        &["process.diplomacy.air=1e300", "process.diplomacy.near=-1"],
        &["process.sanctions.bite_bank=1", "process.sanctions.bite_terrorist=1"],
        &["process.sanctions.notice=-1e300", "process.sanctions.attacks=1e300"],
        &["process.sanctions.prior_weight=0", "process.sanctions.fade=9"],
        &["waiver.pipe-leave.renewal=0", "process.sanctions.waiver_regrant=1"],
        &["waiver.pipe-leave.term=1"],
        &["revenue.guard:patron.value=0", "revenue.guard:trade.value=0"],
        &["process.legislation.precision=1e300", "process.legislation.bill_days=0"],
        &["process.legislation.precision=0", "process.legislation.attendance=0"],
        &["anchor.all.lambda=0", "anchor.all.kappa=0.001"],
        &["anchor.all.lambda=1000", "anchor.all.kappa=1000"],
        &["dialogue.talks.rounds=1", "dialogue.talks.interval=1"],
        &["dialogue.talks.rounds=1000", "dialogue.talks.interval=10000"],
        &["dialogue.talks.from=2020-01-01"],
        &["dialogue.talks.model=\"smp\"", "position.seaward:reform.capability=0"],
        &["dialogue.talks.model=\"challenge\"", "position.seaward:reform.salience=0"],
        &["process.bargaining.sway=1e300", "process.bargaining.linkage=-4"],
        &["process.bargaining.attacks=1", "process.bargaining.reservation=1e300"],
        &["actor.guard.autonomy=1e-6", "actor.treasury.autonomy=1e6"],
        &["case.until=9999-12-31"],
    ];
    let mut refused = 0;
    for patch in patches {
        let far = patch[0].starts_with("case.until");
        let sets = [&[ALL], *patch].concat();
        let case = built(&folder(&sets));
        let model = match Model::new(&case) {
            Ok(model) => model,
            // What lies outside a parameter's bounds is refused, and nothing else is.
            Err(findings) => {
                let outside = |f: &case::Diagnostic| f.message.contains("is outside the bounds of");
                assert!(findings.iter().all(outside), "{patch:?}: {findings:?}");
                refused += 1;
                continue;
            }
        };
        // Eight thousand years take a while: one run of them is enough.
        for run in 0..if far { 1 } else { 15 } {
            let outcome = match model.play(3, run).go().map(|played| played.outcome) {
                Ok(outcome) => outcome,
                Err(error) => panic!("{patch:?}: {error}"),
            };
            for (q, value) in model.quantities.iter().zip(&outcome.quantities) {
                let sane = |v: f32| v.is_finite() && v >= 0.0;
                assert!(value.is_none_or(sane), "{patch:?}: {} is {value:?}", q.id);
                let share = matches!(
                    q.unit,
                    simulate::quantity::Unit::Share | simulate::quantity::Unit::Position
                );
                assert!(
                    !share || value.is_none_or(|v| v <= 1.0),
                    "{patch:?}: {} is {value:?}",
                    q.id
                );
            }
            assert!(outcome.course.iter().all(|v| v.is_finite()), "{patch:?}");
        }
    }
    assert_eq!(refused, 8, "of {} patches", patches.len());
}

#[test]
fn the_published_parameters_are_those_of_the_processes() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let page = std::fs::read_to_string(docs.join("process-parameters.md")).unwrap();
    assert!(
        page == simulate::parameters::reference(),
        "run: shatterbelt schema --parameters > docs/process-parameters.md"
    );
    let schema = std::fs::read_to_string(docs.join("schema/case.json")).unwrap();
    let schema: serde_json::Value = schema.parse().unwrap();
    let process = &schema["properties"]["process"];
    let estimate = &process["additionalProperties"]["additionalProperties"];
    assert!(
        *process == simulate::parameters::schema(estimate),
        "run: shatterbelt schema > docs/schema/case.json"
    );
}
