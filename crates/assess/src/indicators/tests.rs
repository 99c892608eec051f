#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use jiff::civil::date;
use simulate::luck::{Luck, Name, Who};
use simulate::play::{Looks, Play};
use simulate::quantity::{Key, Quantity, Unit};

use super::signs::Of;
use super::trip::trip;
use super::*;

const SIGN: Name = Name::new("test/sign");
const OUTCOME: Name = Name::new("test/outcome");

fn toyland() -> case::Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

/// Runs with a base of 0.4, a sign that shows in 0.6 of runs with the outcome and 0.2 of those without, and eleven that
/// tell nothing.
fn planted(case: &case::Case, seed: u64) -> (simulate::Model<'_>, Watched) {
    let model = simulate::Model::new(case).unwrap();
    let day = date(2031, 5, 1);
    let runs = 6000_u32;
    let number = |run, name, n| Luck::new(seed, run).number(day, name, Who::ALL.nth(n));
    let class: Vec<u8> = (0..runs).map(|r| u8::from(number(r, OUTCOME, 0) >= 0.4)).collect();
    let chance = |sign: u32, with: bool| match (sign, with) {
        (3, true) => 0.6,
        (3, false) => 0.2,
        _ => 0.3,
    };
    let sign = |n: u32| Sign {
        id: format!("sign.{n}"),
        name: format!("Sign {n}"),
        kind: Kind::Event,
        of: Of::Failures,
        shown: None,
    };
    let column = |s: u32| {
        let shows = |r: u32| number(r, SIGN, s) < chance(s, class[r as usize] == 0);
        (0..runs).map(|r| f32::from(u8::from(shows(r)))).collect::<Vec<f32>>()
    };
    let watched = Watched {
        days: vec![day],
        signs: (0..12).map(sign).collect(),
        open: vec![vec![true; runs as usize]],
        values: vec![(0..12).map(column).collect()],
        class,
    };
    (model, watched)
}

#[test]
fn a_planted_sign_is_found_with_its_ratio_and_noise_is_not_claimed() {
    let case = toyland();
    let mut claimed = 0;
    for seed in 0..10 {
        let (model, watched) = planted(&case, seed);
        let found = of_watched(&model, &watched, &Plan::default()).unwrap();
        let first = &found.indicators[0];
        assert_eq!(first.sign.id, "sign.3");
        let (low, high) = first.ratio.interval;
        assert!(low > 2.0 && high < 4.5 && (2.4..3.7).contains(&first.ratio.value));
        // Bayes: 0.6 x 0.4 / (0.6 x 0.4 + 0.2 x 0.6) = 2/3, and 0.16 / (0.16 + 0.48) = 1/4.
        assert!((first.if_seen.value - 2.0 / 3.0).abs() < 0.05);
        assert!((first.if_unseen.value - 0.25).abs() < 0.04);
        claimed += found.indicators.len() - 1;
    }
    // Each of ten studies claims any of eleven that tell nothing with a chance of 5 %.
    assert!(claimed <= 3, "{claimed}");
}

#[test]
fn runs_that_are_decided_by_a_landmark_say_nothing_of_it() {
    let case = toyland();
    let (model, mut watched) = planted(&case, 1);
    // The sign now shows in all decided runs with the outcome: it is the outcome.
    for run in 0..watched.class.len() {
        if watched.class[run] == 0 && run % 3 == 0 {
            watched.open[0][run] = false;
            watched.values[0][5][run] = 1.0;
        }
    }
    let found = of_watched(&model, &watched, &Plan::default()).unwrap();
    assert!(found.indicators.iter().all(|i| i.sign.id != "sign.5"));
}

#[test]
fn what_the_question_reads_is_no_sign_and_the_last_step_is_never_seen_while_it_is_open() {
    let case = toyland();
    let model = simulate::Model::new(&case).unwrap();
    let of = Ask::read("government.days > 60", &model).unwrap();
    let plan = Plan { runs: 1500, ..Plan::default() };
    let watched =
        watched::watch(&model, std::slice::from_ref(&of), &plan, &|| true, &|_| ()).unwrap();
    let last = case.stages.last().map(|s| format!("stage.{}", s.id.get_ref())).unwrap();
    let sign = watched.signs.iter().position(|s| s.id == last).unwrap();
    for day in 0..watched.days.len() {
        let open_and_done = (0..watched.class.len())
            .filter(|r| watched.open[day][*r] && watched.values[day][sign][*r] > 0.5);
        assert_eq!(open_and_done.count(), 0);
    }
    for quantity in &model.quantities {
        let of = Ask::read(&format!("\"{}\" >= 1", quantity.id), &model).unwrap();
        let signs = signs::all(&model, &of.quantities(), true);
        assert!(signs.iter().all(|s| s.id != quantity.id));
    }
}

#[test]
fn the_question_of_an_indicator_is_true_exactly_where_the_sign_has_shown() {
    let case = toyland();
    let model = simulate::Model::new(&case).unwrap();
    let day = date(2031, 6, 15);
    for sign in signs::all(&model, &[], true) {
        let threshold = 1.0;
        let ask = Ask::read(&sign.ask(&model, threshold, day), &model).unwrap();
        for run in 0..20 {
            let mut look = |_, stands: &simulate::Outcome| {
                let shown = sign.value(stands).is_some_and(|v| f64::from(v) >= threshold);
                assert_eq!(ask.of(stands) == crate::ask::Value::Truth(true), shown, "{}", sign.id);
            };
            let looks = Some(Looks { days: &[day], look: &mut look });
            Play { looks, ..model.play(3, run) }.go().unwrap();
        }
    }
}

#[test]
fn an_indicator_is_tripped_by_as_many_distinct_events_as_it_takes() {
    let case = toyland();
    let (model, watched) = planted(&case, 2);
    let mut indicator =
        of_watched(&model, &watched, &Plan::default()).unwrap().indicators.remove(0);
    let (guard, northmark) = ("guard".to_owned(), "northmark".to_owned());
    let attacks = Quantity::new(Key::new("escalation", "attacks"), "Attacks", Unit::Count);
    indicator.sign.shown = attacks.shown(&["ASSAULT"], &[&guard], &[&northmark]).shown;
    indicator.threshold = 2.0;
    let event = |class: &str, day, source: &str| Sighting {
        class: class.to_owned(),
        sources: vec!["guard".to_owned()],
        recipients: vec!["northmark".to_owned()],
        day,
        sentence: "The Guard fired on the Northmark.".to_owned(),
        source: source.to_owned(),
        title: None,
        shows: None,
    };
    let day = date(2031, 3, 20);
    let once = [event("ASSAULT", day, "a"), event("ASSAULT", day, "b"), event("CONSULT", day, "a")];
    let found = trip(&case, &indicator, &once).unwrap();
    assert_eq!((found.seen, found.tripped, found.sightings.len()), (1, false, 2));
    let twice = [event("ASSAULT", day, "a"), event("ASSAULT", date(2031, 4, 2), "a")];
    assert!(trip(&case, &indicator, &twice).unwrap().tripped);
    // Before the as-of date, or after the indicator's day, nothing counts.
    let outside = [event("ASSAULT", case.as_of, "a"), event("ASSAULT", date(2031, 9, 1), "a")];
    assert_eq!(trip(&case, &indicator, &outside).unwrap().seen, 0);
}

#[test]
fn a_statement_trips_what_it_implies_of_the_same_quantity_and_nothing_else() {
    let case = toyland();
    let (model, watched) = planted(&case, 2);
    let mut indicator =
        of_watched(&model, &watched, &Plan::default()).unwrap().indicators.remove(0);
    indicator.sign.id = "stage.president".to_owned();
    let mut told = |shows: &str, ask: &str| {
        indicator.ask = ask.to_owned();
        let event = Sighting {
            class: String::new(),
            sources: Vec::new(),
            recipients: Vec::new(),
            day: date(2031, 4, 20),
            sentence: "The president was elected.".to_owned(),
            source: "gazette".to_owned(),
            title: None,
            shows: Some(shows.to_owned()),
        };
        trip(&case, &indicator, &[event]).is_some_and(|t| t.tripped)
    };
    assert!(told("stage.president <= 35", "stage.president <= 60"));
    assert!(!told("stage.president <= 70", "stage.president <= 60"));
    assert!(
        told("seats.reds >= 12", "seats.reds >= 10")
            && told("seats.reds == 12", "seats.reds >= 10")
    );
    assert!(!told("seats.blues >= 12", "seats.reds >= 10"));
    assert!(!told("seats.reds >= 12", "seats.reds <= 14"));
    assert!(told("head == lind", "head == lind"));
}
