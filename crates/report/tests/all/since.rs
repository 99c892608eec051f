//! A brief held against the one before, and what other parts of the program bring to it.

#![allow(clippy::unwrap_used, reason = "a case that cannot be read fails its test")]

use std::path::Path;

use case::Folder;
use jiff::civil::date;
use report::brief::{Brief, SourceEntry};
use report::compose::{Evidence, Findings, compose, record};
use report::joined::*;
use report::likelihood::Lexicon;
use report::lint::{Form, Held, lint, read};
use report::picture::{Spread, calibration, influence_fan, prim_strip};
use report::record::Record;
use simulate::Model;

fn brief(seed: u64, set: Option<&str>, joined: &Joined) -> (Brief, Record) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let mut folder = Folder::read(&path).unwrap();
    if let Some(set) = set {
        folder = folder.with_set(set);
    }
    let case = folder.build(None).case.unwrap();
    let model = Model::new(&case).unwrap();
    let ensemble = model.ensemble(seed, 0, 400, &|_| {}).unwrap();
    let findings = Findings {
        model: &model,
        ensemble: &ensemble,
        summary: &assess::summary(&model, &ensemble),
        measured: &assess::measure(&model, case.head.body.get_ref(), seed, 200).unwrap(),
        scenarios: &[],
        evidence: &Evidence::default(),
        joined,
        lexicon: Lexicon::Icd203,
        version: "0",
        replay: None,
    };
    let brief = compose(&findings).unwrap();
    assert_eq!(brief.faults(), vec![]);
    let record = record(&findings, &brief);
    (brief, record)
}

const RISEN: &str = "tie.northmark>guard:security.bandwidth={value=0.2,low=0.1,high=0.3,judged=\"the arms stopped\"}";

fn source() -> SourceEntry {
    SourceEntry {
        key: "courier".into(),
        title: "Before the vote: who stands with whom".into(),
        publisher: Some("Harbour Courier".into()),
        published: Some(date(2031, 2, 20)),
        url: None,
        rating: Some("B2".into()),
    }
}

fn since(record: Record, causes: Vec<Cause>) -> Joined {
    Joined { earlier: Some(record), causes, ..Joined::default() }
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let (_, record) = brief(7, None, &Joined::default());
    assert!(
        !record.judgements.is_empty() && record.numbers.len() > 4 && record.estimates.len() > 100
    );
    assert!(Record::read(&record.write().unwrap()).unwrap() == record);
    let other = record.write().unwrap().replacen("\"format\": 1", "\"format\": 9", 1);
    assert!(Record::read(&other).unwrap_err().to_string().contains("form 9"));
    assert!(Record::read("{}").unwrap_err().to_string().contains("write the brief again"));
}

#[test]
fn the_same_case_under_another_seed_has_not_changed() {
    let (_, record) = brief(7, None, &Joined::default());
    let (brief, _) = brief(8, None, &since(record, Vec::new()));
    let changes = brief.changes.unwrap();
    let said: Vec<String> = changes.items.iter().map(|item| item.to_plain()).collect();
    // At three standard errors two seeds hardly ever differ in any of some dozens of judgements.
    assert!(said[0].starts_with("Nothing: "), "{said:?}");
    assert!(changes.detail.is_empty());
}

#[test]
fn a_changed_tie_is_told_with_what_it_moved() {
    let (_, record) = brief(7, None, &Joined::default());
    let joined = since(record, Vec::new());
    let (brief, _) = brief(7, Some(RISEN), &joined);
    let text = report::markdown::write(&brief);
    let changed = text.split("## What changed").nth(1).unwrap();
    let changed = changed.split("\n## ").next().unwrap();
    insta::assert_snapshot!("what-changed", changed);
    let page = read(&text, Form::Markdown);
    let held = Held { page: &page, documents: None, has_earlier: true };
    assert_eq!(lint(&held), vec![]);
}

#[test]
fn what_other_parts_bring_is_told() {
    let (_, earlier) = brief(7, None, &Joined::default());
    let cause = |moved: &str, name: &str, by: f64| Cause {
        moved: moved.into(),
        kind: CauseKind::Document,
        name: name.into(),
        date: Some(date(2031, 2, 20)),
        by,
        error: 0.004,
        sentence: Some(("The Northmark has armed the Guard for a decade.".into(), source())),
    };
    let mut joined = since(
        earlier,
        vec![
            cause("sway.northmark", "Before the vote", -0.021),
            cause("sway.northmark", "The Guard's paymasters", -0.008),
        ],
    );
    let point = |month: i8, value: f64| influence_fan::Point {
        date: date(2031, month, 1),
        spread: Some(
            Spread::new(value, value - 0.02, value + 0.03).with_inner(value - 0.01, value + 0.01),
        ),
    };
    joined.courses = vec![Course {
        name: "The sway of Northmark".into(),
        unit: "share of the decision".into(),
        shares: true,
        points: vec![point(3, 0.07), point(6, 0.08), point(9, 0.09)],
        evidence: vec![influence_fan::Evidence {
            date: date(2031, 4, 2),
            label: "The loans are frozen".into(),
        }],
        rise: Some(0.72),
        runs: 400,
    }];
    joined.discoveries = vec![Discovery {
        outcome: "the cabinet is late".into(),
        sentence: "The cabinet is late where talks conclude seldom.".into(),
        density: 0.81,
        base: 0.44,
        coverage: 0.6,
        runs: (131, 400),
        rules: vec![prim_strip::Rule {
            variable: "chance in a week that talks conclude".into(),
            unit: String::new(),
            tried: (0.1, 0.7),
            least: None,
            most: Some(0.3),
            pieces: vec![(100, 80), (100, 40), (200, 56)],
        }],
    }];
    joined.signs = vec![
        Sign {
            event: "The Seaward Union freezes its loans".into(),
            by: Some(date(2031, 5, 1)),
            outcome: "Ada Lind heads the next government".into(),
            ratio: 0.4,
            range: (0.3, 0.5),
            odds: Some((0.37, 0.19)),
            seen: None,
        },
        Sign {
            event: "The Guard's list is struck off".into(),
            by: None,
            outcome: "Blues wins most seats".into(),
            ratio: 1.8,
            range: (1.5, 2.2),
            odds: None,
            seen: Some((date(2031, 2, 27), "The commission struck the list off.".into(), source())),
        },
    ];
    joined.scored = Some(Scored {
        questions: 2,
        rows: vec![Forecasted {
            question: "Does the sitting premier return?".into(),
            as_of: date(2027, 5, 1),
            outside: Some("22 %".into()),
            runs: Some("40 %".into()),
            forecast: "31 %".into(),
            truth: "no".into(),
            score: 0.096,
            measure: "Brier".into(),
            plain: Some((0.25, "base rate".into())),
        }],
        misses: vec![Missed {
            question: "Is the fee law passed?".into(),
            truth: "yes".into(),
            given: 0.12,
        }],
        standings: vec![Standing {
            against: "base rate".into(),
            measure: "brier".into(),
            questions: 2,
            ours: 0.21,
            theirs: 0.25,
            better: (0.04, -0.1, 0.15),
        }],
        bins: vec![calibration::Bin { said: 0.3, came: 0.5, low: 0.1, high: 0.9, count: 2 }],
    });
    let (brief, _) = brief(7, Some(RISEN), &joined);
    let text = report::markdown::write(&brief);
    let parts =
        ["What changed", "Sway over time", "When it comes about", "Indicators to watch", "Record"];
    let part = |heading: &str| {
        let text = text.split(&format!("## {heading}\n")).nth(1).unwrap();
        format!("## {heading}\n{}", text.split("\n## ").next().unwrap())
    };
    insta::assert_snapshot!("what-is-joined", parts.map(part).join("\n"));
    let page = read(&text, Form::Markdown);
    let found = lint(&Held { page: &page, documents: None, has_earlier: true });
    assert_eq!(found, vec![]);
}
