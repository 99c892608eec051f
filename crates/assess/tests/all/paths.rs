//! Which process carried an effect, and comparisons of dates.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::Ask;
use assess::compare::{carried, compare, paired_ensemble};
use case::{Case, Folder};
use jiff::civil::date;
use simulate::Model;
use simulate::blind::Blind;
use simulate::play::{Play, Until};

const MOVING: &str = "case.processes=[\"shock\", \"escalation\", \"patronage\", \"dependence\", \
                      \"opinion\", \"election\", \"formation\"]";

fn folder(set: &[&str]) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    set.iter().fold(Folder::read(&path).unwrap(), |folder, s| folder.with_set(s))
}

fn toyland(set: &[&str]) -> Case {
    let built = folder(set).build(None);
    built.case.unwrap_or_else(|| panic!("{:?}", built.findings))
}

#[test]
fn an_effect_that_one_process_reads_goes_when_it_goes_on_reading_the_base() {
    let (base, scenario) =
        (toyland(&[MOVING]), toyland(&[MOVING, "entry.justice.participates=true"]));
    let (old, new) = (Model::new(&base).unwrap(), Model::new(&scenario).unwrap());
    let found = carried(&old, &new, &["seats.justice".to_owned()], (1, 60), &|_| ()).unwrap();
    let effect = &found[0];
    assert!(effect.unreadable.is_none(), "{:?}", effect.unreadable);
    assert!(effect.effect > 1.0, "{}", effect.effect);
    let off = |name: &str| {
        let path = effect.paths.iter().find(|p| p.process.as_deref() == Some(name)).unwrap();
        path.reading.unwrap()
    };
    let election = off("election");
    assert_eq!(election.left, 0.0, "who stands is read on election day alone");
    assert_eq!(election.gone, effect.effect);
    assert_eq!(off("shock").gone, 0.0);
    let last = effect.paths.last().unwrap();
    assert_eq!((last.process.as_ref(), last.reading.unwrap().left), (None, 0.0));
    let kept = effect.paths.iter().find(|p| p.process.as_deref() == Some("election")).unwrap();
    assert!(kept.absent.is_none() && kept.kept.is_some());
    let left_out = effect.paths.iter().find(|p| p.process.as_deref() == Some("patronage")).unwrap();
    assert!(left_out.absent.is_some() && left_out.kept.is_none());
}

#[test]
fn a_scenario_that_adds_something_says_why_no_process_can_read_the_base() {
    let base = toyland(&[MOVING]);
    let scenario = folder(&[MOVING]).with_scenario("fen-rising").unwrap().build(None).case.unwrap();
    let (old, new) = (Model::new(&base).unwrap(), Model::new(&scenario).unwrap());
    let found = carried(&old, &new, &["government.days".to_owned()], (1, 20), &|_| ()).unwrap();
    assert!(found[0].unreadable.is_some());
    assert!(found[0].paths.iter().all(|p| p.reading.is_none()));
    assert!(found[0].paths.iter().any(|p| p.absent.is_some()));
}

#[test]
fn a_run_that_reads_the_base_everywhere_is_the_base_where_nothing_starts_differently() {
    let (base, scenario) =
        (toyland(&[MOVING]), toyland(&[MOVING, "entry.justice.participates=true"]));
    let (old, new) = (Model::new(&base).unwrap(), Model::new(&scenario).unwrap());
    let all: Vec<&str> = new.processes.iter().map(|p| p.name()).collect();
    for run in 0..20 {
        let blind = |processes| {
            let blind = Some(Blind { other: &old, processes });
            Play { blind, ..new.play(7, run) }.go().unwrap().outcome
        };
        assert_eq!(blind(&all), old.play(7, run).go().unwrap().outcome);
        assert_eq!(blind(&[]), new.play(7, run).go().unwrap().outcome);
    }
}

#[test]
fn a_run_played_no_further_than_asked_says_the_same() {
    let case = toyland(&[MOVING]);
    let model = Model::new(&case).unwrap();
    for (text, reach) in [
        ("seats.reds", Until::Assembly),
        ("turnout", Until::Assembly),
        ("government.days", Until::Government),
        ("failures + bloc.seats", Until::Government),
        ("\"sway.northmark\"", Until::End),
    ] {
        let ask = Ask::read(text, &model).unwrap();
        assert_eq!(ask.reach(), reach, "{text}");
        for run in 0..40 {
            let whole = model.play(5, run).go().unwrap().outcome;
            let part = Play { until: ask.reach(), ..model.play(5, run) }.go().unwrap().outcome;
            assert_eq!(ask.of(&part), ask.of(&whole), "{text}, run {run}");
        }
    }
}

#[test]
fn two_dates_on_which_the_same_is_known_differ_in_nothing_but_luck_that_falls_on_other_days() {
    let folder = folder(&[]);
    let case = |day| folder.build(Some(day)).case.unwrap();
    let (old, new) = (case(date(2031, 2, 26)), case(date(2031, 3, 1)));
    let (a, b) = (Model::new(&old).unwrap(), Model::new(&new).unwrap());
    let runs = |m: &Model<'_>| paired_ensemble(m, a.start, 1, 200, &|_| ()).unwrap();
    let (first, second) = (runs(&a), runs(&b));
    assert_eq!(first, a.ensemble(1, 0, 200, &|_| ()).unwrap());
    let compared = compare((&a, &first), (&b, &second)).unwrap();
    for d in compared.differences.iter().filter(|d| d.quantity.starts_with("seats of")) {
        assert_eq!(d.changed, 0.0, "{}: election day is the same", d.quantity);
    }
}

#[test]
fn what_processes_report_is_compared_too() {
    let base = toyland(&[MOVING]);
    let scenario = folder(&[MOVING]).with_scenario("fen-rising").unwrap().build(None).case.unwrap();
    let (old, new) = (Model::new(&base).unwrap(), Model::new(&scenario).unwrap());
    let runs = |m: &Model<'_>| m.ensemble(1, 0, 100, &|_| ()).unwrap();
    let compared = compare((&old, &runs(&old)), (&new, &runs(&new))).unwrap();
    assert!(compared.reported.iter().any(|r| r.changed > 0.0 && r.id.contains("fenland")));
    assert!(compared.reported.iter().any(|r| r.id == "sway.northmark"));
}
