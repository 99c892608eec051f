//! Questions put to runs of the tutorial case, and scores worked by hand.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use assess::ask::{Ask, Value};
use assess::score::{Forecast, PlainForecaster, Row, answer, baseline, board, grade};
use case::question::{Answer, Question, questions};
use case::source_map::SourceMap;
use case::{Case, Folder};
use proptest::prelude::*;
use simulate::{Ensemble, Model};

fn case() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

fn ensemble(model: &Model<'_>) -> Ensemble {
    model.ensemble(11, 0, 400, &|_| {}).unwrap()
}

fn asked(text: &str) -> Result<Vec<Question>, Vec<String>> {
    let mut map = SourceMap::default();
    map.add("q.toml".to_owned(), text.to_owned());
    questions(&map).map_err(|faults| faults.iter().map(|f| f.line(&map)).collect())
}

fn one(lines: &str) -> Question {
    let text = format!("[[question]]\nid = \"q\"\nas_of = 2031-03-01\ntext = \"?\"\n{lines}\n");
    asked(&text).unwrap().remove(0)
}

#[test]
fn what_is_asked_of_a_run_is_what_the_run_holds() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let runs = ensemble(&model);
    let at = |id: &str| model.list(id).unwrap();
    let (reds, blues) = (at("reds"), at("blues"));
    let read = |text: &str| Ask::read(text, &model).unwrap_or_else(|e| panic!("{text}: {e}"));
    let sum = read("seats.reds + 2 * seats.blues - 1");
    let both = read("seats.reds >= seats.blues and not (seats.greens > 3 or turnout < 0.5)");
    let days = read("government.days");
    let early = read("government.date <= 2031-06-15");
    let districts = read("seats.reds@hill + seats.reds@coast + seats.reds@border == seats.reds");
    let head = read("head@2031-03-20 == lind");
    let quiet = read("-government.days < 0 or government.days == 0 or head != lind");
    for run in &runs.outcomes {
        let (r, b) = (f64::from(run.seats[reds]), f64::from(run.seats[blues]));
        assert_eq!(sum.of(run), Value::Number(r + 2.0 * b - 1.0));
        let greens = run.seats[at("greens")];
        let expected = r >= b && !(greens > 3 || run.turnout < 0.5);
        assert_eq!(both.of(run), Value::Truth(expected));
        assert_eq!(days.of(run), run.days.map_or(Value::Missing, |d| Value::Number(d.into())));
        assert_eq!(early.of(run), Value::Truth(run.days.is_some_and(|d| d <= 91)));
        assert_eq!(districts.of(run), Value::Truth(true));
        // Nobody forms a government in four days: the incumbent is still there.
        assert_eq!(head.of(run), Value::Truth(true));
        assert_eq!(quiet.of(run), Value::Truth(true));
    }
}

#[test]
fn days_sittings_and_offices_are_asked_of_a_run() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let runs = ensemble(&model);
    let read = |text: &str| Ask::read(text, &model).unwrap_or_else(|e| panic!("{text}: {e}"));
    let stage = case.stages.iter().position(|s| s.id.get_ref() == "president").unwrap();
    let (present, ballot) = (read("present.president"), read("ballot.president"));
    let (held, day) = (read("sittings.president"), read("day.stage.president <= 2031-05-15"));
    let (filled, all) = (read("offices.filled"), read("offices.all"));
    let ministries: Vec<bool> = case.offices.iter().map(|o| o.ministry).collect();
    for run in &runs.outcomes {
        let sitting = run.sittings.get(stage).copied().flatten();
        let number = |n: Option<u16>| n.map_or(Value::Missing, |n| Value::Number(n.into()));
        assert_eq!(present.of(run), number(sitting.map(|s| s.present)));
        assert_eq!(ballot.of(run), number(sitting.and_then(|s| s.votes)));
        assert_eq!(held.of(run), number(sitting.map(|s| s.held)));
        // 15 May is the sixtieth day after the vote.
        let by = run.stage_days.get(stage).is_some_and(|d| *d <= 60);
        assert_eq!(day.of(run), Value::Truth(by));
        let full = run.posts.iter().zip(&ministries).filter(|(p, m)| **m && **p != 255).count();
        let expected = if run.days.is_some() { Value::Number(full as f64) } else { Value::Missing };
        assert_eq!(filled.of(run), expected);
        let count = ministries.iter().filter(|m| **m).count() as f64;
        assert_eq!(all.of(run), Value::Number(count));
    }
}

#[test]
fn what_is_followed_is_asked_for_on_a_day_and_what_comes_about_by_a_day() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let processes = "case.processes=[\"shock\", \"sanctions\", \"election\", \"formation\"]";
    let case = Folder::read(&path).unwrap().with_set(processes).build(None).case.unwrap();
    let model = Model::new(&case).unwrap();
    let runs = model.ensemble(3, 0, 20, &|_| {}).unwrap();
    let read = |text: &str| Ask::read(text, &model).unwrap_or_else(|e| panic!("{text}: {e}"));
    let at = model.followed.iter().position(|q| q.id == "sway.northmark").unwrap();
    let (first, third) = (read("sway.northmark@2031-03-02"), read("sway.northmark@2031-05-01"));
    let until =
        model.quantities.iter().position(|q| q.id.starts_with("sanctions.imposed")).unwrap();
    let imposed = read(&format!("\"day.{}\" <= 2031-12-31", model.quantities[until].id));
    for run in &runs.outcomes {
        // Samples every four weeks: on 1 May, the sixty-first day, the third is the last.
        let sample = |n: usize| f64::from(run.course[n * model.followed.len() + at]);
        assert_eq!(first.of(run), Value::Number(sample(0)));
        assert_eq!(third.of(run), Value::Number(sample(2)));
        let by = run.quantities[until].is_some_and(|d| d <= 305.0);
        assert_eq!(imposed.of(run), Value::Truth(by));
    }
    assert!(Ask::read("sway.northmark@May", &model).is_err());
}

#[test]
fn a_question_that_cannot_be_put_says_where_and_what_would_mend_it() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let fault = |text: &str| Ask::read(text, &model).unwrap_err().to_string();
    assert_eq!(
        fault("seats.redz > 3"),
        "at character 1: \"seats.redz\": no such quantity in this case; did you mean \"seats.reds\"?"
    );
    assert!(fault("turnout >").contains("at character 10: the question breaks off"));
    assert!(fault("(turnout > 1").contains("at character 1: this bracket is not closed"));
    assert!(fault("turnout 5").contains("at character 9: this is left over"));
    assert!(fault("head@soon == lind").contains("\"soon\" is no day"));
    assert!(fault("turnout ? 3").contains("\"?\" means nothing here"));
    assert!(fault(&"(".repeat(5000)).contains("too many brackets"));
    assert!(fault(&"- ".repeat(5000)).contains("too many signs"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[a-z.@0-9<>=()+*/ \"-]{0,40}") {
        let case = case();
        let model = Model::new(&case).unwrap();
        if let Ok(ask) = Ask::read(&text, &model) {
            let _ = ask.of(&model.play(1, 1).go().unwrap().outcome);
        }
    }
}

#[test]
fn an_ensemble_answers_yes_or_no_numbers_and_names() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let runs = ensemble(&model);
    let n = runs.outcomes.len() as f64;
    let yes = one("kind = \"binary\"\nask = \"turnout > 0.6\"");
    let count = runs.outcomes.iter().filter(|r| r.turnout > 0.6).count() as f64;
    let forecast = answer(&yes, &model, &runs).unwrap().forecast;
    assert_eq!(forecast, Forecast::Probability((count + 0.5) / (n + 1.0)));
    let number = one("kind = \"number\"\nask = \"government.days\"");
    let Forecast::Points(points) = answer(&number, &model, &runs).unwrap().forecast else {
        panic!()
    };
    assert!(points.is_sorted() && points.len() == 200);
    let name = one("kind = \"category\"\nask = \"largest\"\ncategories = [\"reds\", \"other\"]");
    let Forecast::Shares(shares) = answer(&name, &model, &runs).unwrap().forecast else { panic!() };
    assert!((shares.values().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(answer(&one("kind = \"number\"\nask = \"turnout > 0.5\""), &model, &runs).is_err());
    assert!(answer(&one("kind = \"binary\""), &model, &runs).is_err());
}

#[test]
fn plain_forecasters_say_what_a_pencil_would() {
    let yes = one(
        "kind = \"binary\"\nbaseline = { past = [\"yes\", \"no\", \"no\"], last = \"no\", simple = { probability = 0.3, why = \"a guess\" } }",
    );
    let said = |forecaster| baseline(&yes, forecaster).unwrap();
    assert_eq!(said(PlainForecaster::BaseRate), Forecast::Probability(1.5 / 4.0));
    assert_eq!(
        said(PlainForecaster::Persistence),
        Forecast::Probability(0.050_000_000_000_000_044)
    );
    assert_eq!(said(PlainForecaster::Simple), Forecast::Probability(0.3));
    let bare = one("kind = \"number\"");
    assert!(PlainForecaster::ALL.iter().all(|f| baseline(&bare, *f).is_none()));
}

#[test]
fn scores_are_those_worked_by_hand() {
    let yes = one("kind = \"binary\"");
    let graded = grade(&yes, &Forecast::Probability(0.8), &Answer::Name("yes".into())).unwrap();
    assert!((graded.brier.unwrap() - 0.04).abs() < 1e-12);
    assert!((graded.log.unwrap() - 0.223_143_551_314_209_7).abs() < 1e-12);
    // Two points 0 and 10 and the truth 4: mean error (4 + 6) / 2, less half the mean distance 5 of two draws.
    let number = one("kind = \"number\"");
    let graded = grade(&number, &Forecast::Points(vec![0.0, 10.0]), &Answer::Number(4.0)).unwrap();
    assert!((graded.crps.unwrap() - 2.5).abs() < 1e-12);
    assert_eq!(graded.inside, Some(true));
    let name = one("kind = \"category\"\ncategories = [\"a\", \"b\", \"other\"]");
    let shares =
        BTreeMap::from([("a", 0.5), ("b", 0.3), ("other", 0.2)].map(|(k, v)| (k.to_owned(), v)));
    let graded = grade(&name, &Forecast::Shares(shares), &Answer::Name("z".into())).unwrap();
    assert!((graded.brier.unwrap() - (0.25 + 0.09 + 0.64)).abs() < 1e-12);
    assert_eq!(graded.given, 0.2);
}

#[test]
fn a_board_puts_misses_first_and_finds_the_better_forecaster() {
    let row = |id: usize, p: f64, truth: &str| {
        let question = one("kind = \"binary\"\nbaseline = { past = [\"yes\", \"no\"] }");
        let truth_answer = Answer::Name(truth.to_owned());
        let plain = baseline(&question, PlainForecaster::BaseRate).unwrap();
        let theirs = grade(&question, &plain, &truth_answer).unwrap();
        let forecast = Forecast::Probability(p);
        Row {
            id: id.to_string(),
            text: String::new(),
            set: question.set,
            kind: question.kind,
            as_of: question.as_of,
            grade: Some(grade(&question, &forecast, &truth_answer).unwrap()),
            forecast: Ok(forecast),
            truth: Some(truth.to_owned()),
            plain: vec![(PlainForecaster::BaseRate, plain, theirs)],
        }
    };
    let mut rows: Vec<Row> = (0..30).map(|i| row(i, 0.9, "yes")).collect();
    rows.push(row(30, 0.9, "no"));
    rows.push(row(31, 0.7, "no"));
    let board = board(rows, 1);
    let missed: Vec<usize> = board.misses.iter().map(|m| m.row).collect();
    assert_eq!(missed, [30, 31]);
    let brier = board.standings.iter().find(|s| s.score == "brier").unwrap();
    let ours = (30.0 * 0.01 + 0.81 + 0.49) / 32.0;
    assert!((brier.ours - ours).abs() < 1e-12 && (brier.theirs - 0.25).abs() < 1e-12);
    assert!(
        brier.range[0] > 0.0 && brier.range[0] <= brier.better && brier.better <= brier.range[1]
    );
    let bin = board.calibration.last().unwrap();
    assert_eq!((bin.count, bin.bin), (31, [0.9, 1.0]));
    assert!((bin.observed - 30.0 / 31.0).abs() < 1e-12);
}

#[test]
fn a_faulty_question_is_pointed_at() {
    let faults = |text: &str| asked(text).unwrap_err().join("\n");
    let head = "[[question]]\nid = \"q\"\nas_of = 2031-03-01\ntext = \"?\"\n";
    assert!(faults(&format!("{head}kind = \"binry\"\n")).contains("q.toml:5:8"));
    assert!(faults(&format!("{head}kind = \"category\"\n")).contains("no two categories"));
    assert!(
        faults(&format!("{head}kind = \"number\"\ntruth = \"many\"\n")).contains("is not a number")
    );
    assert!(
        faults(&format!("{head}kind = \"number\"\n{head}kind = \"number\"\n"))
            .contains("given twice")
    );
    let simple = "simple = { mean = 3, why = \"no spread\" }";
    assert!(
        faults(&format!("{head}kind = \"number\"\nbaseline = {{ {simple} }}\n"))
            .contains("gives no forecast")
    );
}
