//! The account of a game leaves nothing out that its future counts.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use simulate::person::Person;
use simulate::play::Play;
use study::game::{Decided, Game, Table, deciders};

fn toyland() -> (case::Folder, case::Case) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let folder = case::Folder::read(&root).unwrap();
    let case = study::opening::built(&folder, None).unwrap();
    (folder, case)
}

/// A game in which one thing was decided.
fn game(case: &case::Case, actor: usize, run: u32, decided: Decided) -> Game {
    Game {
        actor: case.actors[actor].id.get_ref().to_string(),
        as_of: case.as_of,
        seed: 1,
        run,
        scenarios: Vec::new(),
        set: Vec::new(),
        decided: vec![decided],
    }
}

#[test]
fn what_comes_out_otherwise_is_told_whatever_it_is() {
    let (folder, case) = toyland();
    let model = study::opening::ready(&folder, &case).unwrap();
    let (mut otherwise, mut alike) = (0, 0);
    for run in 0..6 {
        for (actor, _) in deciders(&model, 1, run).unwrap() {
            let alone = Person { actors: vec![actor], ..Person::default() };
            let put = Play { person: Some(alone.clone()), ..model.play(1, run) }.go().unwrap();
            for choice in put.choices.iter().take(4) {
                let other = (choice.model + 1) % choice.options.len();
                let option = choice.options[other].clone();
                let mut person = alone.clone();
                person.decided.insert((choice.day, choice.id.clone()), option.clone());
                let with = Play { person: Some(person), ..model.play(1, run) }.go().unwrap();
                let (day, id) = (choice.day, choice.id.clone());
                let decided = Decided { day, id, option, always: false };
                let game = game(&case, actor, run, decided);
                let account = Table::open(&model, game).unwrap().account().unwrap();
                let mut plain = put.outcome.clone();
                // What is followed week by week is told by no row.
                plain.course.clone_from(&with.outcome.course);
                let differs = with.outcome != plain;
                assert_eq!(differs, !account.changed.is_empty(), "{choice:?}: {account:?}");
                assert_eq!(account.moves.len(), 1, "{account:?}");
                if differs { otherwise += 1 } else { alike += 1 }
            }
        }
    }
    assert!(otherwise > 0 && alike > 0, "{otherwise} and {alike}");
}

#[test]
fn a_decision_for_what_nobody_offers_is_told_as_idle() {
    let (folder, case) = toyland();
    let model = study::opening::ready(&folder, &case).unwrap();
    let (actor, _) = deciders(&model, 1, 0).unwrap()[0];
    let alone = Person { actors: vec![actor], ..Person::default() };
    let put = Play { person: Some(alone), ..model.play(1, 0) }.go().unwrap();
    let first = &put.choices[0];
    let decided = Decided {
        day: first.day,
        id: first.id.clone(),
        option: "a third way".to_owned(),
        always: true,
    };
    let game = game(&case, actor, 0, decided.clone());
    let account = Table::open(&model, game).unwrap().account().unwrap();
    assert_eq!((account.moves.len(), account.idle.as_slice()), (0, [decided].as_slice()));
}
