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
fn a_row_behind_blank_lines_or_in_several_stands_where_it_begins() {
    let text = "day,pollster,sample,list,share\n\n\n2031-02-20,\"Harbour\nCourier\",1000,Reds,31.5\r\n\r\n2031-02-24,Bay,,Greens,12\n";
    let rows = named("polls").unwrap().rows(text).unwrap();
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 7]);
    assert!(rows.iter().all(|row| text[row.start..].starts_with(&row.text)));
    // A cell behind a line's end within its row.
    assert_eq!(
        faults("polls", &text.replace("31.5", "131.5").replace(",12", ",x")),
        [
            "5:20: share \"131.5\" is no percentage from 0 to 100",
            "7:24: share \"x\" is no percentage from 0 to 100",
        ]
    );
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
        "there is no importer \"poll\"; there are acled, bibtex, csl, ftm, gdelt, ged, parlgov, polecat, polls"
    );
}

const BIB: &str = r#"@comment{a list of what was read}
@online{courier,
  title = {{Before the vote: who stands with whom}},
  organization = {Harbour Courier},
  date = {2031-02-20},
  url = {https://courier.example/vote?a_b=1%20},
  copyright = {CC BY 4.0},
}

@article{lind2030, author = {Lind, Ada}, title = "Fifty \% \& more", journal = {Bay Review}, year = 2030, month = feb}
"#;

/// Key, title, publisher, day and whether it is known, address and licence of the sources of a text.
fn sources(format: &str, text: &str) -> Vec<String> {
    let rows = named(format).unwrap().rows(text).unwrap();
    let told = |row: &case::proposal::Row| {
        assert_eq!(&text[row.start..row.start + row.text.len()], row.text);
        let Says::Source { key, title, publisher, published, exact, url, licence, .. } = &row.says
        else {
            panic!()
        };
        format!("{key}|{title}|{publisher:?}|{published}|{exact}|{url:?}|{licence:?}")
    };
    rows.iter().map(told).collect()
}

#[test]
fn entries_of_a_bibliography_are_sources_with_day_address_and_terms() {
    assert_eq!(
        sources("bibtex", BIB),
        [
            "courier|Before the vote: who stands with whom|Some(\"Harbour Courier\")|2031-02-20|true|\
             Some(\"https://courier.example/vote?a_b=1%20\")|Some(\"CC BY 4.0\")",
            "lind2030|Fifty % & more|Some(\"Bay Review\")|2030-02-28|false|None|None",
        ]
    );
    let csl = r#"[
  {"id": "courier", "type": "webpage", "title": "Before the vote", "publisher": "Harbour Courier",
   "issued": {"date-parts": [[2031, 2, 20]]}, "URL": "https://courier.example/vote", "custom": {"licence": "CC BY 4.0"}},
  {"id": 7, "title": "No month", "author": [{"family": "Lind", "given": "Ada"}], "issued": {"date-parts": [["2030"]]}}
]
"#;
    assert_eq!(
        sources("csl", csl),
        [
            "courier|Before the vote|Some(\"Harbour Courier\")|2031-02-20|true|\
             Some(\"https://courier.example/vote\")|Some(\"CC BY 4.0\")",
            "7|No month|Some(\"Ada Lind\")|2030-12-31|false|None|None",
        ]
    );
}

#[test]
fn a_broken_bibliography_is_told_where_it_breaks() {
    assert_eq!(
        faults("bibtex", &BIB.replace("  date = {2031-02-20},\n", "")),
        ["2:1: the entry \"courier\" has no date of publication with a year"]
    );
    assert!(faults("bibtex", &BIB.replace("feb}", "febr}"))[0].starts_with("10:"));
    let cut = "[\n  {\"id\": \"a\", \"title\": \"b\",\n   \"issued\": 3}\n]\n";
    assert!(faults("csl", cut)[0].starts_with("3:"), "{:?}", faults("csl", cut));
    assert_eq!(
        faults("csl", "[{\"id\": \"a\", \"title\": \"\"}]\n"),
        ["1:2: the entry \"a\" has no title"]
    );
}

const PARLGOV: &str = "\
country_name_short,country_name,election_type,election_date,vote_share,seats,seats_total,party_name_short,party_name,party_name_english
TOY,Toyland,parliament,2023-03-12,31.5,9,25,R,Die Roten,Reds
TOY,Toyland,ep,2024-06-09,30,2,5,R,Die Roten,Reds
TOY,Toyland,parliament,2023-03-12,NA,,25,B,,Blues
";

#[test]
fn results_of_parliaments_are_read_and_those_of_other_elections_passed_over() {
    let rows = named("parlgov").unwrap().rows(PARLGOV).unwrap();
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let Says::Result { country, date, names, percent, seats, of } = &row.says else {
                panic!()
            };
            format!("{} {date} {names:?} {percent:?} {seats:?} {of:?}", country[1])
        })
        .collect();
    assert_eq!(
        told,
        [
            "Toyland 2023-03-12 [\"Reds\", \"Die Roten\", \"R\"] Some(31.5) Some(9) Some(25)",
            "Toyland 2023-03-12 [\"Blues\", \"B\"] None None Some(25)",
        ]
    );
    let wrong = PARLGOV.replace("31.5,9", "131.5,9").replace("NA,,25", "NA,26,25");
    assert_eq!(
        faults("parlgov", &wrong),
        [
            "2:35: vote_share 131.5 is no percentage from 0 to 100",
            "4:38: seats 26 are more than seats_total 25",
        ]
    );
    assert_eq!(
        faults("parlgov", &PARLGOV.replace(",seats_total", ",all")),
        ["1:1: no column seats_total"]
    );
}

/// A row of ACLED, invented.
fn acled(cells: &[(usize, &str)]) -> String {
    const HEAD: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";
    let mut row = vec![""; 31];
    for (at, cell) in [
        (0, "TOY1"),
        (1, "05 January 2031"),
        (3, "1"),
        (5, "Battles"),
        (6, "Armed clash"),
        (7, "The Guard"),
        (9, "Rebel group"),
        (10, "Reds"),
        (12, "3"),
        (21, "Fenland"),
        (28, "4"),
    ] {
        row[at] = cell;
    }
    for (at, cell) in cells {
        row[*at] = cell;
    }
    format!("\u{feff}{HEAD}\n{}\n", row.join(","))
}

#[test]
fn deeds_are_read_from_three_tables_of_events() {
    let told = |format: &str, text: &str| -> String {
        let rows = named(format).unwrap().rows(text).unwrap();
        let Says::Deed { id, date, exact, class, what, by, to, place, deaths } = &rows[0].says
        else {
            panic!()
        };
        let (class, line) = (class.as_deref().unwrap_or("none"), rows[0].line);
        format!("{line} {id} {date} {exact} {class} {what} {by:?} {to:?} {place} {deaths:?}")
    };
    let battle =
        "2 TOY1 2031-01-05 true ASSAULT Armed clash [\"The Guard\"] [\"Reds\"] Fenland Some(4)";
    assert_eq!(told("acled", &acled(&[])), battle);
    assert_eq!(
        told("acled", &acled(&[(1, "2031-01-05"), (9, "2"), (12, "Political militia")])),
        battle
    );
    let rows = named("acled").unwrap().rows(&acled(&[])).unwrap();
    assert_eq!(rows[0].text, "TOY1", "nothing but the id of a row is kept");

    let mut gdelt = vec![""; 61];
    for (at, cell) in [
        (0, "900"),
        (1, "20310105"),
        (6, "NORTHMARK"),
        (16, "REDS"),
        (26, "042"),
        (28, "04"),
        (52, "Bay"),
    ] {
        gdelt[at] = cell;
    }
    assert_eq!(
        told("gdelt", &(gdelt.join("\t") + "\n")),
        "1 900 2031-01-05 true CONSULT consults (CAMEO 042) [\"NORTHMARK\"] [\"REDS\"] Bay None"
    );
    let polecat = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tRecipient Name\tCountry\n\
                   P1\t2031-01-05\tPROTEST\tdemo\tReds; Gr\u{fc}ne\tNone\tToyland\n";
    assert_eq!(
        told("polecat", polecat),
        "2 P1 2031-01-05 true PROTEST demo [\"Reds\", \"Gr\u{fc}ne\"] [] Toyland None"
    );
    for format in ["acled", "gdelt", "polecat"] {
        assert!(named(format).unwrap().rows(POLLS).unwrap_err().to_string().contains("like polls"));
    }
}

#[test]
fn faults_of_tables_of_events_are_told_with_line_and_column() {
    let one = |format: &str, text: &str| faults(format, text).join("\n");
    assert_eq!(
        one("acled", &acled(&[(9, "11")])),
        "2:57: inter1 \"11\" is neither a number from 0 to 8 nor a sort of actor"
    );
    assert!(
        one("acled", &acled(&[(5, "Battle")]))
            .contains("event_type \"Battle\" is none of Battles,")
    );
    assert!(one("acled", &acled(&[(1, "5/1/2031")])).starts_with("2:6: event_date"));
    let mut gdelt = vec![""; 61];
    (gdelt[0], gdelt[1], gdelt[28]) = ("900", "20310105", "21");
    assert!(one("gdelt", &(gdelt.join("\t") + "\n")).contains("\"21\" is no root code of CAMEO"));
    let short = gdelt.join("\t") + "\n" + &gdelt[..60].join("\t") + "\n";
    assert!(one("gdelt", &short).starts_with("2:"), "{}", one("gdelt", &short));
}
