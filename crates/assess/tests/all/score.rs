//! Questions put to runs of the tutorial case, and scores worked by hand.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use assess::ask::{Ask, Value};
use assess::outside::NoOutside;
use assess::score::{
    Asked, Forecast, Forecaster, PlainForecaster, Row, Silence, View, answer, baseline, board,
    grade, rows,
};
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
        // Where no government came about there is no head to speak of.
        assert_eq!(quiet.of(run), Value::Truth(run.days.is_some()));
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
    assert!(fault(&"(".repeat(500)).contains("too many brackets"));
    assert!(fault(&"- ".repeat(500)).contains("too many signs"));
    let long = format!("1{} > 0", " + 1".repeat(100_000));
    assert!(fault(&long).contains("more than 1000 words and signs"));
    assert!(Ask::read(&format!("1{} > 0", " + 1".repeat(400)), &model).is_ok());
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
            inside: View { said: Ok(forecast.clone()), grade: None },
            outside: View { said: Err(NoOutside::Unnamed), grade: None },
            weight: None,
            joined: None,
            slope: None,
            forecast: Ok(forecast),
            truth: Some(truth.to_owned()),
            plain: vec![(PlainForecaster::BaseRate, plain, theirs)],
            others: Vec::new(),
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

#[test]
fn what_has_not_come_about_is_open_whichever_way_it_is_asked() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let mut run = ensemble(&model).outcomes.remove(0);
    run.days = None;
    run.head = None;
    let read = |text: &str| Ask::read(text, &model).unwrap_or_else(|e| panic!("{text}: {e}"));
    let of = |text: &str| read(text).of(&run);
    // The window is a year long: it settles that day 60 passed without a government.
    for yes in
        ["government.days > 60", "not (government.days <= 60)", "government.date > 2031-06-01"]
    {
        assert_eq!(of(yes), Value::Truth(true), "{yes}");
    }
    for no in ["government.days <= 60", "head != lind", "head == lind", "not (head == lind)"] {
        assert_eq!(of(no), Value::Truth(false), "{no}");
    }
    // Either way of putting it is the other's opposite or both are open; one decides for the other.
    assert_eq!(of("head == lind or government.days > 60"), Value::Truth(true));
    assert_eq!(of("head == lind and government.days <= 60"), Value::Truth(false));
    assert_eq!(of("government.date - 2031-03-16"), Value::Missing);
}

#[test]
fn comparisons_count_in_sums_and_days_are_subtracted() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let runs = ensemble(&model);
    let at = |id: &str| model.list(id).unwrap();
    let read = |text: &str| Ask::read(text, &model).unwrap_or_else(|e| panic!("{text}: {e}"));
    let many = read("(seats.reds > 5) + (seats.blues > 5) + (seats.greens > 5)");
    let most = read("(seats.reds > 5) + (seats.blues > 5) >= 2");
    // The vote is on 16 March 2031.
    let wait = read("government.date - 2031-03-16");
    let later = read("government.date + 7 <= 2031-06-01");
    for run in &runs.outcomes {
        let over = |id: &str| u8::from(run.seats[at(id)] > 5);
        let count = over("reds") + over("blues") + over("greens");
        assert_eq!(many.of(run), Value::Number(f64::from(count)));
        assert_eq!(most.of(run), Value::Truth(over("reds") + over("blues") == 2));
        let days = run.days.map_or(Value::Missing, |d| Value::Number(d.into()));
        assert_eq!(wait.of(run), days);
        // 1 June is the 77th day after the vote.
        assert_eq!(later.of(run), Value::Truth(run.days.is_some_and(|d| d <= 70)));
    }
    // A wait without an end counts as the window's, which ends 351 days after the vote.
    assert_eq!(wait.days_at_end(model.end), Some(351.0));
    assert_eq!(read("government.days").days_at_end(model.end), Some(351.0));
    assert_eq!(read("turnout").days_at_end(model.end), None);
}

#[test]
fn a_name_that_cannot_be_the_answer_is_a_fault() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let fault = |text: &str| Ask::read(text, &model).unwrap_err().to_string();
    assert!(fault("head == reds").contains("\"reds\" is no candidate"));
    assert!(fault("largest == lind").contains("\"lind\" is no list"));
    assert!(fault("largest != redz").contains("\"redz\": no such quantity"));
    assert!(fault("seats.reds@hil > 2").contains("no such quantity"));
}

fn set(lines: &str) -> Vec<Question> {
    asked(lines).unwrap_or_else(|faults| panic!("{}", faults.join("\n")))
}

#[test]
fn the_outside_view_sees_only_what_was_known_before() {
    let on = |day: &str| {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = {day}\ntext = \"?\"\nkind = \"number\"\n\
             class = {{ of = \"formation\", asks = \"days\", where = {{ kind = \"post_election\" }} }}\n"
        );
        assess::outside::outside(&set(&text)[0], "Nowhere")
    };
    let (early, late) = (on("2012-01-01").unwrap(), on("2025-01-01").unwrap());
    assert!(early.rows < late.rows && early.own == 0);
    let formation = reference::class("formation").unwrap();
    let known = |day| {
        let before = formation.known_before(day);
        before
            .filter(|r| formation.cell(r, "kind") == Some("post_election"))
            .filter(|r| formation.cell(r, "days").or(formation.cell(r, "censored_days")).is_some())
            .count()
    };
    assert_eq!(early.rows, known(jiff::civil::date(2012, 1, 1)));
    assert_eq!(
        on("1990-01-01").unwrap_err(),
        NoOutside::Short("no row of the class was known yet")
    );
}

#[test]
fn days_that_have_gone_by_are_taken_in() {
    let with = |as_of: &str| {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = {as_of}\ntext = \"?\"\nkind = \"binary\"\n\
             class = {{ of = \"formation\", asks = \"days\", since = 2020-01-01, by = 2020-12-31 }}\n"
        );
        match assess::outside::outside(&set(&text)[0], "Nowhere").unwrap().forecast {
            Forecast::Probability(p) => p,
            _ => panic!(),
        }
    };
    // Whoever has waited for eleven months is less likely to be done within the year than at its start.
    assert!(with("2020-01-01") > 0.85 && with("2020-12-01") < 0.5);
}

#[test]
fn the_record_of_the_country_is_its_own_group_of_the_class() {
    let asked = |past: &str| {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = 2025-01-01\ntext = \"?\"\nkind = \"binary\"\n\
             class = {{ of = \"protest\", asks = \"yes\" }}\nbaseline = {{ past = [{past}] }}\n"
        );
        let found = assess::outside::outside(&set(&text)[0], "Nowhere").unwrap();
        match found.forecast {
            Forecast::Probability(p) => (p, found.own),
            _ => panic!(),
        }
    };
    let (none, of_none) = asked("");
    let (never, of_never) = asked("\"no\", \"no\", \"no\", \"no\"");
    assert_eq!((of_none, of_never), (0, 4));
    assert!(never < none && never > 0.0, "{never} {none}");
}

#[test]
fn classes_are_joined_by_and_or_and_not() {
    let p = |class: &str| {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = 2025-01-01\ntext = \"?\"\nkind = \"binary\"\n\
             class = {class}\n"
        );
        match assess::outside::outside(&set(&text)[0], "Nowhere").unwrap().forecast {
            Forecast::Probability(p) => p,
            _ => panic!(),
        }
    };
    let (a, b) = (p("{ of = \"waiver\" }"), p("{ of = \"withdrawal\" }"));
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12);
    near(p("{ of = \"waiver\", and = { of = \"withdrawal\" } }"), a * b);
    near(p("{ of = \"waiver\", or = { of = \"withdrawal\" } }"), 1.0 - (1.0 - a) * (1.0 - b));
    near(p("{ of = \"waiver\", not = true, and = { of = \"withdrawal\" } }"), (1.0 - a) * b);
}

#[test]
fn a_class_that_cannot_answer_says_what_would_mend_it() {
    let head = "[[question]]\nid = \"q\"\nas_of = 2031-03-01\ntext = \"?\"\nkind = \"binary\"\n";
    let fault = |class: &str| asked(&format!("{head}class = {class}\n")).unwrap_err().join("\n");
    assert!(fault("{ of = \"formations\" }").contains("there is no reference class"));
    assert!(fault("{ of = \"formation\" }").contains("name one by asks"));
    assert!(fault("{ of = \"formation\", asks = \"kind\" }").contains("only describes rows"));
    let kind = "{ of = \"formation\", asks = \"days\", where = { kind = \"post\" } }";
    assert!(fault(kind).contains("it has mid_term, post_election"));
    assert!(fault("{ of = \"swing\", asks = \"share\" }").contains("leave out asks"));
}

/// Twelve questions of six episodes, of which a forecaster called `inside` is right or wrong.
fn trials(right: bool) -> (String, Vec<Forecast>) {
    let mut text = String::new();
    let mut inside = Vec::new();
    for n in 0..12 {
        let yes = n % 2 == 0;
        let truth = if yes { "yes" } else { "no" };
        text.push_str(&format!(
            "[[question]]\nid = \"q{n}\"\nas_of = 2025-01-01\ntext = \"?\"\nkind = \"binary\"\n\
             class = {{ of = \"withdrawal\" }}\nepisode = \"{}\"\ntruth = \"{truth}\"\n",
            n / 2
        ));
        inside.push(Forecast::Probability(if yes == right { 0.9 } else { 0.1 }));
    }
    (text, inside)
}

#[test]
fn runs_that_were_right_elsewhere_weigh_much_and_runs_that_were_wrong_little() {
    let weights = |right: bool| -> Vec<f64> {
        let (text, inside) = trials(right);
        let questions = set(&text);
        let asked = (questions.iter().zip(inside))
            .map(|(question, inside)| Asked { question, inside: Ok(inside), frozen: None })
            .collect();
        let rows = rows(asked, "Nowhere", true).unwrap();
        assert!(rows.iter().all(|row| row.weight.unwrap().questions == 10));
        rows.iter().map(|row| row.weight.unwrap().inside).collect()
    };
    assert!(weights(true).iter().all(|w| *w > 0.75), "{:?}", weights(true));
    assert!(weights(false).iter().all(|w| *w < 0.25), "{:?}", weights(false));
}

#[test]
fn without_other_questions_the_two_views_weigh_alike() {
    let (text, inside) = trials(true);
    let questions = set(&text);
    let asked =
        vec![Asked { question: &questions[0], inside: Ok(inside[0].clone()), frozen: None }];
    let row = rows(asked, "Nowhere", true).unwrap().remove(0);
    assert!((row.weight.unwrap().inside - 0.5).abs() < 1e-12);
    let Some(Forecast::Probability(joined)) = row.joined else { panic!() };
    let Ok(outside) = row.outside.said else { panic!() };
    let Forecast::Probability(outside) = outside.forecast else { panic!() };
    // Half-way in log odds: the root of the product of odds.
    let odds = (9.0 * outside / (1.0 - outside)).sqrt();
    assert!((joined - odds / (1.0 + odds)).abs() < 1e-12);
    // What the runs do not answer, the class answers alone.
    let silent =
        vec![Asked { question: &questions[0], inside: Err(Silence::NotFrozen), frozen: None }];
    let alone = rows(silent, "Nowhere", true).unwrap().remove(0);
    assert_eq!(alone.joined.unwrap(), Forecast::Probability(outside));
    assert!(alone.weight.is_none());
}

#[test]
fn who_was_too_sure_is_drawn_toward_even_odds_by_the_answers_of_other_episodes() {
    // Said 9 in 10 each time: right in nine of ten, or in six of ten. A class that knows nothing stands beside.
    let slopes = |wrong: usize| -> Vec<f64> {
        let mut text = String::new();
        for n in 0..60 {
            let truth = if n % 10 < wrong { "no" } else { "yes" };
            text.push_str(&format!(
                "[[question]]\nid = \"q{n}\"\nas_of = 1990-01-01\ntext = \"?\"\nkind = \"binary\"\n\
                 episode = \"{}\"\ntruth = \"{truth}\"\n",
                n / 10
            ));
        }
        let questions = set(&text);
        // Weighed one half beside even odds, 81 to 1 is 9 to 1.
        let said = || Ok(Forecast::Probability(81.0 / 82.0));
        let asked = (questions.iter())
            .map(|question| Asked { question, inside: said(), frozen: None })
            .collect();
        let rows = rows(asked, "Nowhere", true).unwrap();
        for row in &rows {
            let slope = row.slope.unwrap();
            // Ten of the sixty are of its own episode; nothing on record was known then.
            assert_eq!((slope.own, slope.others), (50, 0));
            let (Some(Forecast::Probability(joined)), Ok(Forecast::Probability(said))) =
                (&row.joined, &row.forecast)
            else {
                panic!()
            };
            let odds = |p: f64| (p / (1.0 - p)).ln();
            assert!((odds(*said) - slope.slope * odds(*joined)).abs() < 1e-9);
        }
        rows.iter().map(|row| row.slope.unwrap().slope).collect()
    };
    // Four wrong of ten bear odds of 3 to 2 where 9 to 1 were said: a slope of ln 1.5 / ln 9.
    let bold = slopes(4);
    assert!(bold.iter().all(|slope| (0.05..0.35).contains(slope)), "{bold:?}");
    let right = slopes(1);
    assert!(right.iter().all(|slope| *slope > 0.75), "{right:?}");
}

#[test]
fn forecasts_on_record_teach_other_countries_once_their_answers_are_out() {
    let record = reference::record().unwrap();
    let of = |country: &str, as_of: &str| {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = {as_of}\ntext = \"?\"\nkind = \"binary\"\nask = \"turnout > 0.5\"\n"
        );
        let questions = set(&text);
        let inside = Ok(Forecast::Probability(0.9));
        let asked = vec![Asked { question: &questions[0], inside, frozen: None }];
        rows(asked, country, true).unwrap().remove(0).slope.unwrap()
    };
    assert_eq!(of("Nowhere", "1990-01-01").others, 0);
    assert_eq!(of("Nowhere", "2999-01-01").others, record.len());
    let own = &record[0].country;
    let mine = record.iter().filter(|past| past.country == *own).count();
    assert_eq!(of(own, "2999-01-01").others, record.len() - mine);
    let day = record.iter().map(|past| past.known).max().unwrap();
    assert!(of("Nowhere", &day.to_string()).others < record.len());
}

#[test]
fn all_questions_come_first_with_every_forecaster_beside_a_coin() {
    let (text, mut inside) = trials(true);
    let questions = set(&text);
    // One question without an answer of the runs: even odds.
    let last = inside.pop().unwrap();
    assert_eq!(last, Forecast::Probability(0.1));
    let mut asked: Vec<Asked<'_>> = (questions.iter().zip(inside))
        .map(|(question, inside)| Asked { question, inside: Ok(inside), frozen: None })
        .collect();
    asked.push(Asked { question: &questions[11], inside: Err(Silence::NotFrozen), frozen: None });
    let board = board(rows(asked, "Nowhere", true).unwrap(), 1);
    let all = &board.overall[0];
    assert_eq!((all.questions, board.overall.len()), (12, 1));
    let line = |who| all.lines.iter().find(|l| l.forecaster == who).unwrap();
    assert_eq!((line(Forecaster::Coin).brier, line(Forecaster::Coin).answered), (Some(0.25), 0));
    let runs = line(Forecaster::Inside);
    assert_eq!(runs.answered, 11);
    assert!((runs.brier.unwrap() - (11.0 * 0.01 + 0.25) / 12.0).abs() < 1e-12);
    assert!((runs.brier_answered.unwrap() - 0.01).abs() < 1e-12);
    assert!((line(Forecaster::Climatology).brier.unwrap() - 0.25).abs() < 1e-12);
    assert_eq!(line(Forecaster::Joined).answered, 12);
}

#[test]
fn persistence_of_a_number_spreads_by_the_changes_on_record() {
    let number = one("kind = \"number\"\nbaseline = { past = [100, 120, 110], last = 110 }");
    let Some(Forecast::Points(points)) = baseline(&number, PlainForecaster::Persistence) else {
        panic!()
    };
    // Changes of 20 and 10, up or down, about 110.
    assert!(points[0] >= 90.0 && points[199] <= 130.0 && points[0] < 95.0 && points[199] > 125.0);
    let bare = one("kind = \"number\"\nbaseline = { last = 7 }");
    assert_eq!(
        baseline(&bare, PlainForecaster::Persistence),
        Some(Forecast::Points(vec![7.0; 200]))
    );
}

#[test]
fn what_others_said_is_scored_beside_ours_and_not_joined_with_it() {
    let with = one(
        "kind = \"binary\"\ntruth = \"yes\"\nothers = [{ by = \"a market\", on = 2031-02-20, p = 0.6 }]",
    );
    let without = one("kind = \"binary\"\ntruth = \"yes\"");
    let board_of = |question: &Question| {
        let inside = Ok(Forecast::Probability(0.8));
        rows(vec![Asked { question, inside, frozen: None }], "Nowhere", true).unwrap().remove(0)
    };
    let (told, untold) = (board_of(&with), board_of(&without));
    assert_eq!(told.forecast, untold.forecast);
    let [(other, Some(theirs))] = &told.others[..] else { panic!("{:?}", told.others) };
    assert_eq!(other.by, "a market");
    assert!((theirs.brier.unwrap() - 0.16).abs() < 1e-12);
    for (line, fault) in [
        ("{ by = \"m\", on = 2031-03-02, p = 0.5 }", "is of 2031-03-02, after 2031-03-01"),
        ("{ by = \"m\", on = 2031-02-20, p = 60 }", "has p = 60"),
    ] {
        let text = format!(
            "[[question]]\nid = \"q\"\nas_of = 2031-03-01\ntext = \"?\"\nkind = \"binary\"\nothers = [{line}]\n"
        );
        let faults = asked(&text).unwrap_err();
        assert!(faults[0].contains(fault), "{faults:?}");
    }
}
