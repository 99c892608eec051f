//! Tables of others: what they say, and where they are at fault.

use case::proposal::Says;
use tables::import::{ImportError, named};

const POLLS: &str = "\
day,pollster,sample,list,share
2031-02-20,Harbour Courier,1000,Reds,31.5
2031-02-20,Harbour Courier,1000,\"Blues, the\",28 %
2031-02-24,Bay Institute,,Greens,12
";

fn ged_row(id: &str, best: &str) -> String {
    let mut cells = vec![String::new(); 49];
    for (at, cell) in [
        (0, id),
        (5, "2"),
        (14, "The Guard"),
        (17, "Reds"),
        (26, "the hill, \"upper\" town"),
        (37, "1"),
        (38, "2031-01-05 00:00:00.000"),
        (39, "2031-01-05 00:00:00.000"),
        (44, best),
        (45, "5"),
        (46, "2"),
    ] {
        cells[at] = match cell.contains(',') {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        };
    }
    cells.join(",") + "\n"
}

const FTM: &str = r#"{"id": "NK-1", "schema": "Person", "properties": {"name": ["Otto Rask"], "alias": ["أوتو راسك", "Otto  Rask"], "country": ["xx"]}}
{"id": "NK-2", "schema": "Sanction", "properties": {"entity": ["NK-1"]}}

{"id": "NK-3", "schema": "Organization", "properties": {"name": ["The Brotherhood of the Hill"]}, "datasets": ["invented"]}
"#;

fn faults(format: &str, text: &str) -> Vec<String> {
    match named(format).unwrap().rows(text) {
        Err(ImportError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn polls_are_rows_with_the_place_they_stand_at() {
    let rows = named("polls").unwrap().rows(POLLS).unwrap();
    assert_eq!(rows.len(), 3);
    let Says::Poll { day, pollster, list, percent, sample } = &rows[1].says else { panic!() };
    assert_eq!((day.to_string().as_str(), pollster.as_str()), ("2031-02-20", "Harbour Courier"));
    assert_eq!((list.as_str(), *percent, *sample), ("Blues, the", 28.0, Some(1000)));
    let with_mark = format!("\u{feff}{POLLS}");
    for text in [POLLS, with_mark.as_str()] {
        for row in named("polls").unwrap().rows(text).unwrap() {
            assert_eq!(&text[row.start..row.start + row.text.len()], row.text);
            assert_eq!(text.lines().nth(row.line - 1), Some(row.text.as_str()));
        }
    }
}

#[test]
fn every_fault_of_a_table_is_told_with_its_line_and_column() {
    let wrong = POLLS.replace("31.5", "131.5").replace("2031-02-24", "24 February");
    assert_eq!(
        faults("polls", &wrong),
        [
            "2:38: share \"131.5\" is no percentage from 0 to 100",
            "4:1: day \"24 February\" is no day; write YYYY-MM-DD",
        ]
    );
    let cut = POLLS.replace(",12\n", "\n");
    assert_eq!(faults("polls", &cut), ["4:27: 4 columns, where 5 are expected"]);
    let headless = POLLS.replace("pollster,", "who,");
    assert_eq!(faults("polls", &headless), ["1:1: no column pollster"]);
    let ged = ged_row("1", "3") + &ged_row("2", "9");
    assert_eq!(faults("ged", &ged).len(), 1);
    assert!(faults("ged", &ged)[0].ends_with("low 2, best 9 and high 5 do not rise"));
    let broken = FTM.replace("\"name\": [\"The", "\"name\": [The");
    assert!(faults("ftm", &broken)[0].starts_with("4:"), "{:?}", faults("ftm", &broken));
}

#[test]
fn events_of_violence_are_read_with_and_without_their_head() {
    let head: Vec<String> = (0..49)
        .map(|at| match at {
            0 => "id",
            5 => "type_of_violence",
            14 => "side_a",
            17 => "side_b",
            26 => "where_description",
            37 => "date_prec",
            38 => "date_start",
            39 => "date_end",
            44 => "best",
            45 => "high",
            46 => "low",
            _ => "other",
        })
        .map(str::to_owned)
        .collect();
    let row = ged_row("7", "3");
    let (with, without) = (format!("{}\n{row}", head.join(",")), row.clone());
    for (text, line) in [(with, 2), (without, 1)] {
        let rows = named("ged").unwrap().rows(&text).unwrap();
        let [row] = rows.as_slice() else { panic!() };
        let Says::Violence { id, exact, sides, place, deaths, .. } = &row.says else { panic!() };
        assert_eq!((id.as_str(), *exact, row.line), ("7", true, line));
        assert_eq!(sides, &["The Guard", "Reds"]);
        assert_eq!((place.as_str(), deaths), ("the hill, \"upper\" town", &[2, 3, 5]));
    }
}

#[test]
fn entities_are_those_that_may_be_actors_with_all_their_names() {
    let rows = named("ftm").unwrap().rows(FTM).unwrap();
    let said: Vec<&Says> = rows.iter().map(|row| &row.says).collect();
    let [Says::Entity { names, kind, .. }, Says::Entity { kind: other, .. }] = said[..] else {
        panic!()
    };
    assert_eq!(names, &["Otto Rask", "أوتو راسك"]);
    assert_eq!((kind.as_str(), other.as_str()), ("person", "organisation"));
}

#[test]
fn a_file_of_another_kind_says_which_importer_it_looks_like() {
    let told =
        |format: &str, text: &str| named(format).unwrap().rows(text).unwrap_err().to_string();
    assert_eq!(
        told("polls", FTM),
        "it does not look like polls but like ftm: shatterbelt import ftm"
    );
    assert!(told("ftm", &ged_row("1", "3")).contains("like ged"));
    assert!(told("ged", POLLS).contains("like polls"));
    assert_eq!(told("ftm", "{\"schema\": \"Sanction\", \"id\": \"x\"}\n"), "it holds no row");
    assert_eq!(
        named("poll").unwrap_err().to_string(),
        "there is no importer \"poll\"; there are ftm, ged, polls"
    );
}
