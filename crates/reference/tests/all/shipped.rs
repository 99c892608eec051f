//! Every class that is shipped can be read, says what it must, and holds nothing that it may not.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use reference::{Is, Sure, class, classes, leads};

#[test]
fn every_class_can_be_read_and_says_where_it_comes_from() {
    let all = classes().unwrap();
    assert!(all.len() >= 15, "{:?}", all.keys());
    for (id, class) in all {
        assert!(!class.licence.is_empty() && !class.biases.is_empty(), "{id}");
        if class.fit.is_some() {
            assert!(class.rows().is_empty() && class.made.is_some(), "{id}");
            continue;
        }
        assert!(class.columns().any(|(_, column)| column.is.answers()), "{id} answers nothing");
        for row in class.rows() {
            assert!(class.cell(row, "source").is_some(), "{id}: a row of {}", row.country);
            let looked_up = row.sure != Sure::Lead;
            let from_memory = class.cell(row, "source").unwrap().starts_with("memory");
            assert!(looked_up != from_memory || !looked_up, "{id}: a row of {}", row.country);
        }
        for (name, column) in class.columns() {
            let beside = [&column.censored, &column.trials, &column.exposure, &column.level];
            for other in beside.into_iter().flatten() {
                assert_eq!(class.column(other).unwrap().is, Is::Number, "{id}: {name}");
            }
            let numbers = matches!(
                column.is,
                Is::Number | Is::Days | Is::Count | Is::Change | Is::Level | Is::Trials
            );
            for row in class.rows().iter().filter(|_| numbers) {
                let read = class.cell(row, name).is_none_or(|_| class.number(row, name).is_some());
                assert!(read, "{id}: {name} of {}", row.country);
            }
            let truths = class.rows().iter().filter(|_| column.is == Is::Truth);
            for cell in truths.filter_map(|row| class.cell(row, name)) {
                assert!(["y", "n", "partly"].contains(&cell), "{id}: {name} is {cell}");
            }
        }
    }
}

#[test]
fn a_row_is_seen_only_after_the_day_it_became_public() {
    let formation = class("formation").unwrap();
    let before = |day| formation.known_before(day).count();
    assert_eq!(before(date(1900, 1, 1)), 0);
    let row = &formation.rows()[0];
    assert!(!formation.known_before(row.known).any(|r| r == row));
    assert!(formation.known_before(row.known.tomorrow().unwrap()).any(|r| r == row));
    assert_eq!(before(date(2100, 1, 1)), formation.rows().len());
}

#[test]
fn a_name_that_there_is_not_is_told_with_those_there_are() {
    assert!(class("formations").unwrap_err().to_string().contains("formation, "));
    let formation = class("formation").unwrap();
    assert!(formation.column("dayz").unwrap_err().to_string().contains("days"));
    let fault = formation.chooses("kind", "postelection").unwrap_err().to_string();
    assert!(fault.contains("post_election"), "{fault}");
    assert!(formation.chooses("kind", "mid_term").is_ok());
    let weight = leads().unwrap().weight;
    assert!(weight > 0.0 && weight < 1.0);
}

#[test]
fn rows_that_are_kept_apart_for_testing_are_not_shipped() {
    // Four countries are left out of every class; the names are spelt backwards, since no code
    // names one.
    let apart = ["ainsoB", "avodloM", "ainemrA", "aigroeG"].map(|n| n.chars().rev().collect());
    for class in classes().unwrap().values() {
        for row in class.rows() {
            let hit = apart.iter().any(|name: &String| row.country.contains(name.as_str()));
            assert!(!hit, "{}: {}", class.id, row.country);
        }
    }
}
