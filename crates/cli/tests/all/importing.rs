//! `import`: tables become proposals, and nothing else.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::running::{error, out, root, shatterbelt};

/// A copy of toyland in a folder of its own, and its state elsewhere.
fn toyland(into: &Path) -> String {
    let made = shatterbelt(&["demo", into.join("toyland").to_str().unwrap()]);
    assert!(made.status.success(), "{}", error(&made));
    into.join("toyland").to_str().unwrap().to_owned()
}

fn bytes(case: &str) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(case).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<_> = files
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

fn proposals(case: &str, kind: &str) -> Vec<(String, String)> {
    let told = shatterbelt(&["evidence", "review", case, "--kind", kind, "--json"]);
    assert!(told.status.success(), "{}", error(&told));
    let all: serde_json::Value = serde_json::from_str(&out(&told)).unwrap();
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(|one| (text(one, "id"), text(one, "title"))).collect()
}

#[test]
fn polls_become_proposals_and_the_case_only_when_they_are_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let before = bytes(&case);
    let file = dir.path().join("polls.csv");
    std::fs::write(
        &file,
        "day,pollster,sample,list,share\n2031-02-20,Bay Institute,1000,Reds,31.5\n2031-02-20,Bay Institute,1000,Sailors,4\n",
    )
    .unwrap();
    let words =
        ["import", "polls", file.to_str().unwrap(), "--case", &case, "--published", "2031-02-21"];
    let nobody = shatterbelt(&words);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(error(&nobody).contains("say who published it: --publisher NAME"));
    let more = ["--publisher", "Bay Institute", "--licence", "CC BY 4.0"];
    let taken = shatterbelt(&[&words[..], &more[..]].concat());
    assert!(taken.status.success(), "{}", error(&taken));
    assert!(out(&taken).contains("2 rows taken in"), "{}", out(&taken));
    assert!(out(&taken).contains("Sailors"), "{}", out(&taken));
    assert_eq!(bytes(&case), before, "an import changes no file of the case");
    let all = proposals(&case, "poll");
    let [(id, title)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(title, "Bay Institute, 2031-02-20: 31.5 % for Reds");
    let accepted = shatterbelt(&["evidence", "accept", id, "--case", &case, "--on", "2031-03-01"]);
    assert!(accepted.status.success(), "{}", error(&accepted));
    let text: String = bytes(&case)
        .into_iter()
        .filter(|(n, _)| n.ends_with(".toml"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    for words in [
        "[[poll]]",
        "value = 31.5",
        "low = 28.7",
        "licence: CC BY 4.0",
        "publisher = \"Bay Institute\"",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(shatterbelt(&["check", &case]).status.success());
    assert!(proposals(&case, "poll").is_empty());
    assert!(shatterbelt(&["evidence", "undo", &case]).status.success());
    assert_eq!(bytes(&case), before);
}

#[test]
fn violence_between_actors_and_names_of_them_are_proposed() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let (ged, ftm, map) =
        (dir.path().join("ged.csv"), dir.path().join("ftm.json"), dir.path().join("map.toml"));
    let mut cells = [""; 49];
    for (at, cell) in [
        (0, "77"),
        (5, "2"),
        (14, "Hill Guards"),
        (17, "Reds"),
        (26, "Fenland"),
        (37, "2"),
        (38, "2031-01-05"),
        (39, "2031-01-07"),
        (44, "3"),
        (45, "5"),
        (46, "2"),
    ] {
        cells[at] = cell;
    }
    std::fs::write(&ged, cells.join(",") + "\n").unwrap();
    std::fs::write(&map, "\"Hill Guards\" = \"guard\"\n").unwrap();
    std::fs::write(
        &ftm,
        concat!(
            r#"{"id": "NK-1", "schema": "Organization", "properties": {"name": ["The Guard"], "alias": ["Hill Lancers"]}}"#, "\n",
            r#"{"id": "NK-2", "schema": "Person", "properties": {"name": ["Nora Vale"]}}"#, "\n"
        ),
    )
    .unwrap();
    for (format, file, more) in [
        ("ged", &ged, vec!["--map", map.to_str().unwrap()]),
        ("ftm", &ftm, vec!["--publisher", "An invented list"]),
    ] {
        let words = [
            "import",
            format,
            file.to_str().unwrap(),
            "--case",
            &case,
            "--published",
            "2031-02-21",
        ];
        let taken = shatterbelt(&[&words[..], &more[..]].concat());
        assert!(taken.status.success(), "{}", error(&taken));
    }
    let titles =
        |kind: &str| proposals(&case, kind).into_iter().map(|(_, title)| title).collect::<Vec<_>>();
    assert_eq!(titles("event"), ["ASSAULT 2031-01-05: guard and Reds, 3 deaths (2 to 5)"]);
    assert_eq!(titles("alias"), ["The Guard is also called \"Hill Lancers\""]);
    assert_eq!(titles("actor"), ["\"Nora Vale\" may be an actor"]);
    for kind in ["event", "alias", "actor"] {
        let id = proposals(&case, kind).remove(0).0;
        let accepted =
            shatterbelt(&["evidence", "accept", &id, "--case", &case, "--on", "2031-03-01"]);
        assert!(accepted.status.success(), "{kind}: {}", error(&accepted));
    }
    assert!(shatterbelt(&["check", &case]).status.success());
}

#[test]
fn a_wrong_file_is_named_with_its_line_and_column() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("polls.csv");
    std::fs::write(&file, "day,pollster,sample,list,share\n2031-02-20,Bay,1000,Reds,many\n")
        .unwrap();
    let case = root().join("cases/toyland");
    let told = shatterbelt(&[
        "import",
        "polls",
        file.to_str().unwrap(),
        "--case",
        case.to_str().unwrap(),
        "--publisher",
        "Bay",
        "--published",
        "2031-02-21",
    ]);
    assert_eq!(told.status.code(), Some(3));
    assert!(
        error(&told).contains("polls.csv:2:26: share \"many\" is no percentage"),
        "{}",
        error(&told)
    );
}
