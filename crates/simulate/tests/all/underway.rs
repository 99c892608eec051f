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
    let known = case::Advance {
        days: vec![date(2031, 4, 2), date(2031, 4, 12)],
        ..case::Advance::default()
    };
    assert_eq!(case.progress(), known);
    let model = Model::new(&case).unwrap();
    for run in 0..60 {
        let outcome = model.play(1, run).go().unwrap().outcome;
        assert_eq!(outcome.stage_days[..2], [17, 27]);
        assert!(outcome.stage_days[2..].iter().all(|d| *d > 46));
    }
    // A stage after a gap is not taken as reached, nor one after the as-of date.
    let gap = toyland(&[reached("session", "2031-04-12", "")], day);
    assert!(gap.progress().days.is_empty());
    let early = toyland(&more, date(2031, 4, 5));
    assert_eq!(early.progress().days.len(), 1);
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
fn a_nominee_named_ahead_of_the_president_stands_when_his_turn_comes() {
    let begun = |more: Vec<(&str, String)>| {
        let mut all =
            vec![reached("count", "2031-04-02", ""), reached("session", "2031-04-12", "")];
        all.extend(more);
        toyland(&all, date(2031, 5, 1))
    };
    let lind_first = |case: &Case| {
        let lind = case.candidates.iter().position(|c| c.id.get_ref() == "lind").unwrap();
        let model = Model::new(case).unwrap();
        let first = |run| {
            let outcome = model.play(1, run).go().unwrap().outcome;
            outcome.failed.first().copied().or(outcome.head).map(usize::from) == Some(lind)
        };
        (0..120).filter(|run| first(*run)).count()
    };
    let named =
        lind_first(&begun(vec![reached("nominee", "2031-04-28", ", candidate = \"lind\"")]));
    let open = lind_first(&begun(Vec::new()));
    assert!(named > 110 && open < 90, "{named} with the name out, {open} without");
}

/// The days after 1 May on which the president is elected in the runs of a formation that has been deadlocked.
fn president(more: &[(&str, String)]) -> Vec<u16> {
    let mut all = vec![reached("count", "2031-04-02", ""), reached("session", "2031-04-12", "")];
    all.extend_from_slice(more);
    let case = toyland(&all, date(2031, 6, 20));
    let model = Model::new(&case).unwrap();
    let stage = case.stages.iter().position(|s| s.id.get_ref() == "president").unwrap();
    let of = |run| model.play(1, run).go().unwrap().outcome.stage_days.get(stage).copied();
    let mut days: Vec<u16> = (0..400).map(|run| of(run).unwrap_or(u16::MAX)).collect();
    days.sort_unstable();
    days
}

#[test]
fn sittings_that_were_broken_up_teach_that_the_next_will_be() {
    let sitting = |day: &str, more: &str| {
        ("sitting", format!("election = \"2031\", stage = \"president\", date = {day}{more}"))
    };
    let none = president(&[]);
    let broken = president(&[
        sitting("2031-05-20", ""),
        sitting("2031-06-01", ", present = 9"),
        sitting("2031-06-10", ""),
    ]);
    assert!(broken[200] >= none[200] && broken[300] > none[300], "{} {}", broken[300], none[300]);
    // Where the quorum was there and the votes were not, the next is the less likely to be broken up.
    let lost = president(&[sitting("2031-05-20", ", quorum = true"); 1]);
    assert!(lost[300] <= broken[300]);
    // Not yet known on the as-of date.
    assert_eq!(president(&[sitting("2031-07-01", "")]), none);
}

#[test]
fn talks_that_have_lasted_long_are_expected_to_last_longer() {
    let days_left = |as_of, more: &[(&'static str, String)]| {
        let case = toyland(more, as_of);
        let model = Model::new(&case).unwrap();
        let open = |run| {
            let outcome = model.play(1, run).go().unwrap().outcome;
            let vote = case.last_result().map_or(0, |vote| (as_of - vote).get_days());
            let left = outcome.days.map_or(i32::MAX, |days| i32::from(days) - vote);
            left > 120
        };
        (0..400).filter(|run| open(*run)).count()
    };
    let begun = [reached("count", "2031-04-02", ""), reached("session", "2031-04-12", "")];
    let fresh = days_left(date(2031, 4, 13), &begun);
    let stale = days_left(date(2031, 8, 30), &begun);
    assert!(stale > fresh + 20, "{stale} after twenty weeks, {fresh} at the start");
}

#[test]
fn a_step_apart_from_the_package_comes_before_it_and_convention_gives_the_office() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let day = |package: &str| {
        let set = format!("stage.president.package={package}");
        let folder = Folder::read(&path).unwrap().with_set(&set);
        let case = folder.build(Some(date(2031, 3, 1))).case.unwrap();
        let model = Model::new(&case).unwrap();
        let stage = case.stages.iter().position(|s| s.id.get_ref() == "president").unwrap();
        let of = |run| model.play(1, run).go().unwrap().outcome.stage_days.get(stage).copied();
        (0..200).map(|run| u32::from(of(run).unwrap_or(900))).sum::<u32>()
    };
    assert!(day("0") < day("1"));
    let holds = |kept: &str| {
        let set = format!("office.president.kept={kept}");
        let folder = Folder::read(&path).unwrap().with_set(&set);
        let case = folder.build(Some(date(2031, 3, 1))).case.unwrap();
        let model = Model::new(&case).unwrap();
        let blues = u8::try_from(model.list("blues").unwrap()).unwrap();
        let president = case.offices.iter().position(|o| o.id.get_ref() == "president").unwrap();
        let held = |run| model.play(1, run).go().unwrap().outcome.posts.get(president).copied();
        (0..200).filter(|run| held(*run) == Some(blues)).count()
    };
    assert!(holds("1") > holds("0"), "{} {}", holds("1"), holds("0"));
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
