//! A person in place of actors: nothing moves until something is decided, and then what was decided is done.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use simulate::Model;
use simulate::person::{Choice, Person};
use simulate::play::{Play, Played};

use crate::playing::built;

/// The tutorial case with every process there is.
fn all_at_work() -> case::Folder {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let names: Vec<&str> = simulate::process::PROCESSES.iter().map(|known| known.name).collect();
    let folder = case::Folder::read(&root).unwrap();
    folder.with_set(&format!("case.processes={names:?}"))
}

fn played(model: &Model<'_>, run: u32, person: Option<Person>) -> Played {
    Play { person, journal: true, ..model.play(1, run) }.go().unwrap()
}

fn everybody(model: &Model<'_>) -> Person {
    Person { actors: (0..model.case.actors.len()).collect(), ..Person::default() }
}

#[test]
fn a_person_who_decides_nothing_plays_the_run_itself() {
    let case = built(&all_at_work());
    let model = Model::new(&case).unwrap();
    let mut kinds = BTreeSet::new();
    for run in 0..20 {
        let plain = played(&model, run, None);
        let person = played(&model, run, Some(everybody(&model)));
        assert_eq!(plain.outcome, person.outcome, "run {run}");
        let told = |p: &Played| p.journal.iter().map(|e| e.what.clone()).collect::<Vec<_>>();
        assert_eq!(told(&plain), told(&person), "run {run}");
        let all = person.choices;
        assert!(all.iter().all(|c| c.taken == c.model && c.taken < c.options.len()));
        let sums =
            |c: &Choice| c.odds.is_empty() || (c.odds.iter().sum::<f64>() - 1.0).abs() < 1e-9;
        assert!(all.iter().all(sums), "{all:?}");
        kinds.extend(all.iter().filter_map(|c| c.id.split('.').next().map(str::to_owned)));
    }
    for kind in ["attack", "decision", "nominee", "order", "visit"] {
        assert!(kinds.contains(kind), "nothing of the kind {kind} among {kinds:?}");
    }
}

#[test]
fn what_is_decided_is_done_and_nobody_elses_luck_moves() {
    let case = built(&all_at_work());
    let model = Model::new(&case).unwrap();
    let plain = played(&model, 3, Some(everybody(&model)));
    // The first strike of the run, or week of it, is held back.
    let first = plain.choices.iter().find(|c| c.id.starts_with("attack.") && c.taken == 1).unwrap();
    let mut person = everybody(&model);
    person.decided.insert((first.day, first.id.clone()), "hold fire".to_owned());
    let held = played(&model, 3, Some(person));
    let same = held.choices.iter().find(|c| (c.day, &c.id) == (first.day, &first.id)).unwrap();
    assert_eq!((same.taken, same.model), (0, 1));
    let before = |p: &Played| -> Vec<Choice> {
        p.choices.iter().filter(|c| c.day < first.day).cloned().collect()
    };
    assert_eq!(before(&plain), before(&held));
    // Held back from the day on, the campaign strikes no more.
    let mut person = everybody(&model);
    person.standing.insert(first.id.clone(), vec![(first.day, "hold fire".to_owned())]);
    let never = played(&model, 3, Some(person));
    assert!(
        never
            .choices
            .iter()
            .filter(|c| c.id == first.id && c.day >= first.day)
            .all(|c| c.taken == 0)
    );
    let total = |p: &Played| {
        let of = model.quantities.iter().zip(&p.outcome.quantities);
        let attacks = of.filter(|(q, _)| q.id.starts_with("escalation.attacks."));
        attacks.filter_map(|(_, value)| *value).sum::<f32>()
    };
    assert!(total(&never) < total(&plain), "{} of {}", total(&never), total(&plain));
}

#[test]
fn a_person_learns_what_is_public_and_what_he_is_party_to() {
    let case = built(&all_at_work());
    let model = Model::new(&case).unwrap();
    let mut private = 0;
    for run in 0..10 {
        for entry in played(&model, run, None).journal {
            let hidden =
                entry.what.starts_with("Sway of") || entry.what.contains("make up their minds");
            assert_eq!(
                hidden || entry.what.contains("ties pull"),
                entry.known == simulate::journal::Known::Nobody
            );
            if let simulate::journal::Known::Among(among) = &entry.known {
                private += 1;
                assert!(entry.known.to(&among[..1]) && !entry.known.to(&[usize::MAX]));
            }
        }
    }
    assert!(private > 0, "no order and no arms in ten runs");
}
