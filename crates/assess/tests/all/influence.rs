//! Who gets what he wants: identities that hold exactly, and directions that must hold.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::influence::{By, Influence, OfActor, Query, influence, over};
use case::{Case, Folder};
use simulate::Model;
use simulate::silence::{Part, Silence};

fn case_of(name: &str, sets: &[&str]) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
    let folder = sets.iter().fold(Folder::read(&path).unwrap(), |folder, set| folder.with_set(set));
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    built.case.unwrap_or_else(|| panic!("{lines:#?}"))
}

const PLAYED: &str = "case.processes=[\"election\", \"formation\", \"decision\"]";

fn toyland(sets: &[&str]) -> Case {
    case_of("toyland", &[&[PLAYED, "anchor.all.kappa=0.5", "anchor.all.lambda=2"], sets].concat())
}

fn told(case: &Case, of: &str, by: By, runs: u32) -> Influence {
    let model = Model::new(case).unwrap();
    let query = Query { actors: Vec::new(), of: Some(of.to_owned()), by, seed: 7, runs };
    influence(&model, &query).unwrap()
}

fn actor<'i>(found: &'i Influence, id: &str) -> &'i OfActor {
    let camp = found.camps.iter().position(|c| c.actor == id).unwrap();
    found.matters[0].actors.iter().find(|a| a.camp == camp).unwrap()
}

#[test]
fn success_is_luck_and_decisiveness_and_the_parts_add_up_to_it_exactly() {
    let case = toyland(&[]);
    let found = told(&case, "harbour-lease", By::Channel, 400);
    for actor in &found.matters[0].actors {
        assert!((actor.success - actor.luck - actor.decisiveness).abs() < 1e-12);
        let parts: f64 = actor.parts.iter().map(|p| p.share).sum();
        assert!((parts - actor.decisiveness).abs() < 1e-12, "{parts} {}", actor.decisiveness);
    }
    let through = told(&case, "harbour-lease", By::Through, 400);
    for actor in &through.matters[0].actors {
        let parts: f64 = actor.parts.iter().map(|p| p.share).sum();
        assert!((parts - actor.decisiveness).abs() < 1e-12);
    }
    let whole: f64 = found.matters[0].comes.iter().map(|(_, share)| share).sum();
    assert!((whole - 1.0).abs() < 1e-12);
}

#[test]
fn runs_that_were_played_are_not_played_again_and_the_first_pairs_tell_what_is_decided() {
    let case = toyland(&[]);
    let model = Model::new(&case).unwrap();
    let ran = model.ensemble(7, 0, 600, &|_| ()).unwrap();
    let query = |by, runs| {
        let of = Some("harbour-lease".to_owned());
        Query { actors: Vec::new(), of, by, seed: 7, runs }
    };
    let go = |runs| over(&model, &query(By::Channel, runs), 100, &ran.outcomes, &|| true, &|_| ());
    let full = go(600).unwrap();
    assert_eq!(full.whole, influence(&model, &query(By::Whole, 600)).unwrap());
    assert_eq!(full.parts, influence(&model, &query(By::Channel, 100)).unwrap());
    let some = go(200).unwrap();
    assert_eq!(some.whole.runs, 200);
    let pairs = influence(&model, &query(By::Whole, 200)).unwrap();
    assert_eq!(some.whole.matters[0].comes, full.whole.matters[0].comes);
    let all = some.whole.matters[0].actors.iter().zip(&full.whole.matters[0].actors);
    for ((some, full), pairs) in all.zip(&pairs.matters[0].actors) {
        assert_eq!((some.success, &some.wants), (full.success, &full.wants));
        assert_eq!((some.decisiveness, some.between), (pairs.decisiveness, pairs.between));
        assert!((some.success - some.luck - some.decisiveness).abs() < 1e-12);
    }
}

/// Success is counted by the wishes of each run, so what is wanted in some runs alone must be told.
#[test]
fn what_is_wanted_in_some_runs_alone_is_told_with_its_share() {
    let wish = "wish.northmark>harbour-lease:leased for one year";
    let unsure = [("value", "0"), ("low", "-0.9"), ("high", "0.9")]
        .map(|(field, number)| format!("{wish}.value.{field}={number}"));
    let sets: Vec<&str> = unsure.iter().map(String::as_str).collect();
    let found = told(&toyland(&sets), "harbour-lease", By::Whole, 400);
    let northmark = actor(&found, "northmark");
    let one = northmark.sometimes.iter().find(|(words, _)| words == "leased for one year");
    let share = one.expect("wanted in some runs").1;
    assert!((0.2..=0.5).contains(&share), "{share}");
    assert!(!northmark.wants.contains(&"leased for one year".to_owned()));
}

#[test]
fn a_patron_with_ties_and_a_wish_decides_and_without_either_it_does_not() {
    let base = told(&toyland(&[]), "harbour-lease", By::Whole, 1500);
    let seaward = actor(&base, "seaward");
    assert!(seaward.between.0 > 0.02, "{seaward:?}");
    assert!(seaward.impose.mean > 0.0 && seaward.block.mean >= seaward.impose.mean);
    // All wishes alike: it wants nothing, and decides exactly nothing.
    let alike = [
        "wish.seaward>harbour-lease:leased for ten years.value=0.2",
        "wish.seaward>harbour-lease:leased for one year.value=0.2",
        "wish.seaward>harbour-lease:refused.value=0.2",
    ];
    let none = told(&toyland(&alike), "harbour-lease", By::Whole, 300);
    let none = actor(&none, "seaward");
    assert_eq!((none.success, none.decisiveness), (0.0, 0.0));
    // Without a tie to anybody its threats fall on nobody and its wishes reach nobody.
    let cut =
        ["tie.seaward>toyland:economic.bandwidth=0", "tie.seaward>harbour:economic.bandwidth=0"];
    let alone = told(&toyland(&cut), "harbour-lease", By::Whole, 300);
    let alone = actor(&alone, "seaward");
    assert_eq!((alone.decisiveness, alone.moves), (0.0, 0.0));
}

#[test]
fn a_wish_reversed_reverses_what_comes_of_it() {
    let comes = |sets: &[&str]| {
        let found = told(&toyland(sets), "harbour-lease", By::Whole, 1500);
        found.matters[0].comes.iter().find(|(words, _)| words == "refused").unwrap().1
    };
    let quiet = [
        "wish.seaward>harbour-lease:leased for ten years.threat=0",
        "wish.seaward>harbour-lease:leased for one year.threat=0",
    ];
    let turned = [
        "wish.seaward>harbour-lease:leased for ten years.value=0.9",
        "wish.seaward>harbour-lease:leased for one year.value=0.5",
        "wish.seaward>harbour-lease:refused.value=-0.8",
    ];
    let (kept, turned) = (comes(&quiet), comes(&[quiet, [turned[0], turned[1]]].concat()));
    assert!(turned < kept - 0.03, "{turned} refused where it asks for the pier, {kept} where not");
}

#[test]
fn patrons_weakened_alike_decide_less_alike() {
    let strong = told(&toyland(&["anchor.all.kappa=0.3"]), "harbour-lease", By::Whole, 2000);
    let weak = told(&toyland(&["anchor.all.kappa=30"]), "harbour-lease", By::Whole, 2000);
    let seaward = |found: &Influence| actor(found, "seaward").impose.mean;
    assert!(seaward(&weak) < 0.2 * seaward(&strong), "{} {}", seaward(&weak), seaward(&strong));
    // A threat has its own scale, so it is taken out here: what is left hangs on what is held.
    let quiet = |kappa: &'static str| {
        toyland(&[
            kappa,
            "wish.seaward>harbour-lease:leased for ten years.threat=0",
            "wish.seaward>harbour-lease:leased for one year.threat=0",
        ])
    };
    let decides = |kappa| {
        let found = told(&quiet(kappa), "harbour-lease", By::Whole, 2000);
        actor(&found, "seaward").decisiveness
    };
    let (near, far) = (decides("anchor.all.kappa=0.3"), decides("anchor.all.kappa=30"));
    assert!(near > far + 0.03 && far.abs() < 0.03, "{near} {far}");
}

#[test]
fn a_whole_silence_is_its_parts_together_and_silence_of_nobody_changes_nothing() {
    let case = toyland(&[]);
    let model = Model::new(&case).unwrap();
    let actors = [case.actor_index("northmark").unwrap()];
    for parts in [Part::channels(&model, &actors), Part::hops(&model, &actors)] {
        let mut silence = Silence::none(&model);
        parts.iter().for_each(|part| silence.part(&model, &actors, *part));
        assert_eq!(silence, Silence::of(&model, &actors));
    }
    let nothing = Silence::none(&model);
    for run in 0..50 {
        let base = model.play(7, run).go().unwrap();
        let silent = simulate::Play { silence: Some(&nothing), ..model.play(7, run) }.go().unwrap();
        assert_eq!(base.outcome, silent.outcome);
    }
}

#[test]
fn the_autonomies_of_a_case_have_no_scale_of_their_own() {
    // Twice every autonomy at half the scale is the same case.
    let double = |case: &mut Case| {
        for actor in case.kinds.actors.clone() {
            if let Some(own) = &actor.autonomy {
                let belief = &mut case.beliefs[own.id];
                belief.value *= 2.0;
                belief.low *= 2.0;
                belief.high *= 2.0;
            }
        }
    };
    let base = toyland(&["anchor.all.kappa=1"]);
    let mut scaled = toyland(&["anchor.all.kappa=0.5"]);
    double(&mut scaled);
    let (a, b) = (Model::new(&base).unwrap(), Model::new(&scaled).unwrap());
    for run in 0..100 {
        let (a, b) = (a.play(7, run).go().unwrap(), b.play(7, run).go().unwrap());
        assert_eq!(a.outcome.matters, b.outcome.matters);
        assert_eq!((a.outcome.head, a.outcome.days), (b.outcome.head, b.outcome.days));
    }
}

/// In the flagship case: who is taken out must move what it is said to hold.
#[test]
fn the_patrons_of_the_shipped_cases_are_felt() {
    let case = case_of("iraq", &[]);
    let model = Model::new(&case).unwrap();
    let query = Query {
        actors: vec!["iran".to_owned(), "united-states".to_owned()],
        of: None,
        by: By::Whole,
        seed: 1,
        runs: 300,
    };
    let found = influence(&model, &query).unwrap();
    let of = |id: &str, camp: usize| {
        let matter = found.matters.iter().find(|m| m.id == id).unwrap();
        matter.actors.iter().find(|a| a.camp == camp).unwrap()
    };
    // Both hold the fuel of the power stations between them, and want the opposite.
    let (iran, america) = (of("iranian-gas", 0), of("iranian-gas", 1));
    assert!(iran.between.0 > 0.0 && america.between.0 > 0.0, "{iran:?} {america:?}");
    // Taken out, each would have let another man govern in some of the runs.
    let heads: Vec<&OfActor> =
        found.matters.iter().filter(|m| m.stands.is_none()).flat_map(|m| &m.actors).collect();
    assert!(heads.iter().all(|a| a.moves > 0.03), "{heads:?}");
}

/// The example of docs/influence.md, recomputed.
#[test]
fn the_example_by_hand_comes_out_as_the_docs_say() {
    use theory::coalition::quantal_choice::probabilities;
    use theory::decision::wish::settled;
    let signs = |held: &[f64]| {
        let care = [0.9, 0.6];
        let of = |wishes: [f64; 2]| settled(held, &care, &wishes).unwrap();
        probabilities(&[of([1.0, -1.0]), of([-1.0, 1.0])], 0.87).unwrap()[0]
    };
    let (with, without) = (signs(&[0.2, 0.8]), signs(&[0.0, 1.0]));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/influence.md");
    let docs = std::fs::read_to_string(root).unwrap();
    for share in [with, without] {
        let words = format!("{:.1} %", 100.0 * share);
        assert!(docs.contains(&words), "the docs do not say {words}");
    }
    let words = format!("decides {:.1} points", 100.0 * (with - without));
    assert!(docs.contains(&words), "the docs do not say {words}");
}

/// What the shipped cases keep is what their precedents say on their own dates.
#[test]
fn the_anchors_of_the_cases_are_those_that_are_learned() {
    for name in ["toyland", "kosovo", "lebanon"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
        let folder = Folder::read(&path).unwrap();
        let case = folder.build(None).case.unwrap();
        let found = assess::anchor::anchor(&folder, &case, Default::default()).unwrap();
        let kept = case.anchors.iter().find(|a| a.of.get_ref() == "all").unwrap();
        for (kept, found) in [(&kept.kappa, found.kappa), (&kept.lambda, found.lambda)] {
            let kept = case.belief(kept.as_ref().unwrap());
            for (a, b) in
                [(kept.low, found.low), (kept.value, found.median), (kept.high, found.high)]
            {
                assert!((a - b).abs() < 0.002 * b.max(1.0), "{name}: {a} kept, {b} learned");
            }
        }
        assert!(found.precedents.iter().all(|p| p.date <= case.as_of));
        assert_eq!(found.board.len(), 4);
    }
}
