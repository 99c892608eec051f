//! Runs that begin in between: after a vote whose result is not known, in the middle of forming a government, and in a
//! house whose members have changed.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};
use jiff::civil::date;
use simulate::Model;
use simulate::play::{Play, Until};

fn toyland(entries: &[(&str, String)], as_of: jiff::civil::Date) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("more.toml");
    let text = |(kind, entry): &(&str, String)| {
        format!("[[add]]\nkind = \"{kind}\"\nentry = {{ {entry}, source = \"yearbook\" }}\n")
    };
    std::fs::write(&patch, entries.iter().map(text).collect::<String>()).unwrap();
    let folder = Folder::read(&path).unwrap().with_scenario(patch.to_str().unwrap()).unwrap();
    let built = folder.build(Some(as_of));
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    built.case.unwrap_or_else(|| panic!("{lines:#?}"))
}

fn reached(stage: &str, day: &str, more: &str) -> (&'static str, String) {
    ("reached", format!("election = \"2031\", stage = \"{stage}\", date = {day}{more}"))
}

#[test]
fn a_vote_whose_result_is_not_known_is_drawn_and_days_count_from_its_day() {
    let case = toyland(&[], date(2031, 3, 20));
    let model = Model::new(&case).unwrap();
    let house = *case.assembly.as_ref().unwrap().seats.get_ref();
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        let held: u32 = outcome.seats.iter().map(|s| u32::from(*s)).sum();
        assert_eq!(held + u32::from(outcome.fringe), house);
        assert!(outcome.turnout > 0.0);
        // Four days have passed: nothing can have been done before.
        assert!(outcome.stage_days.first().is_none_or(|d| *d > 4));
    }
    let drawn: Vec<_> = (0..60)
        .map(|run| {
            Play { until: Until::Assembly, ..model.play(1, run) }
                .go()
                .unwrap()
                .assembly
                .unwrap()
                .lists
        })
        .collect();
    assert!(drawn.iter().any(|lists| *lists != drawn[0]));
}

#[test]
fn a_formation_goes_on_from_the_stages_that_were_reached() {
    let day = date(2031, 5, 1);
    let more = [reached("count", "2031-04-02", ""), reached("session", "2031-04-12", "")];
    let case = toyland(&more, day);
    assert_eq!(case.progress(), (vec![date(2031, 4, 2), date(2031, 4, 12)], None, Vec::new()));
    let model = Model::new(&case).unwrap();
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        assert_eq!(outcome.stage_days[..2], [17, 27]);
        assert!(outcome.stage_days[2..].iter().all(|d| *d > 46));
    }
    // A stage after a gap is not taken as reached, nor one after the as-of date.
    let gap = toyland(&[reached("session", "2031-04-12", "")], day);
    assert!(gap.progress().0.is_empty());
    let early = toyland(&more, date(2031, 4, 5));
    assert_eq!(early.progress().0.len(), 1);
}

#[test]
fn a_nominee_who_was_named_is_the_one_voted_on() {
    let more = [
        reached("count", "2031-04-02", ""),
        reached("session", "2031-04-12", ""),
        reached("president", "2031-04-20", ""),
        reached("nominee", "2031-04-28", ", candidate = \"lind\""),
    ];
    let case = toyland(&more, date(2031, 5, 1));
    let lind = case.candidates.iter().position(|c| c.id.get_ref() == "lind").unwrap();
    let model = Model::new(&case).unwrap();
    let mut confirmed = 0;
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        if outcome.failed.is_empty() && outcome.days.is_some() {
            assert_eq!(outcome.head.map(usize::from), Some(lind));
            confirmed += 1;
        }
    }
    assert!(confirmed > 10, "{confirmed}");
}

#[test]
fn a_name_that_fell_before_counts_as_a_failure_and_comes_last() {
    let more = [
        reached("count", "2031-04-02", ""),
        reached("session", "2031-04-12", ""),
        reached("president", "2031-04-20", ", failed = [\"rask\"]"),
    ];
    let case = toyland(&more, date(2031, 5, 1));
    let rask = case.candidates.iter().position(|c| c.id.get_ref() == "rask").unwrap();
    let model = Model::new(&case).unwrap();
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        assert_eq!(usize::from(outcome.failed[0]), rask);
        assert!(outcome.failures >= 1);
    }
}

#[test]
fn sittings_are_kept_of_the_stages_that_elect() {
    let case = toyland(&[], date(2031, 3, 1));
    let model = Model::new(&case).unwrap();
    let stage = case.stages.iter().position(|s| s.id.get_ref() == "president").unwrap();
    let house = *case.assembly.as_ref().unwrap().seats.get_ref() as u16;
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        let Some(sitting) = outcome.sittings.get(stage).copied().flatten() else { continue };
        assert!(sitting.present <= house && sitting.held >= 1);
        assert_eq!(sitting.votes.is_some(), outcome.stage_days.len() > stage);
        assert!(outcome.sittings.iter().flatten().count() == 1, "one stage elects");
    }
}

#[test]
fn seats_that_changed_hands_count_in_the_sitting_house_from_their_day_on() {
    let seated = |list: &str, seats: u32| {
        let since = "election = \"2027\", since = 2030-01-01";
        ("seated", format!("{since}, list = \"{list}\", seats = {seats}"))
    };
    let changes = [seated("reds", 2), seated("blues", 13)];
    let of = |day| {
        let case = toyland(&changes, day);
        let sitting = case.sitting();
        let held = |id: &str| sitting.iter().find(|(list, _)| *list == id).map(|(_, s)| *s);
        (held("reds"), held("blues"))
    };
    assert_eq!(of(date(2031, 3, 1)), (Some(2), Some(13)));
    assert_eq!(of(date(2029, 3, 1)), (Some(7), Some(8)));
}

#[test]
fn where_no_government_is_to_be_formed_nothing_is_under_way() {
    let counted = (
        "result",
        "election = \"2031\", date = 2031-03-16, list = \"reds\", seats = 25".to_owned(),
    );
    let formed = (
        "formed",
        "election = \"2031\", date = 2031-03-16, confidence = 2031-04-30, head = \"Lind\", top_list_leads = true"
            .to_owned(),
    );
    let steps = [reached("count", "2031-04-02", ""), reached("session", "2031-04-12", "")];
    let case = toyland(&[steps[0].clone(), steps[1].clone(), counted, formed], date(2031, 5, 1));
    assert!(!case.formation_pending());
    let model = Model::new(&case).unwrap();
    assert!(model.play(1, 0).go().unwrap().outcome.stage_days.is_empty());
}
