//! `import`: tables become proposals, and nothing else; `new --from`: they become a case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::running::{error, out, printed, root, shatterbelt};

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

/// Takes a text in and gives what is said of it.
fn taken(case: &str, format: &str, name: &str, bytes: &[u8], more: &[&str]) -> String {
    let file = Path::new(case).parent().unwrap().join(name);
    std::fs::write(&file, bytes).unwrap();
    let words = ["import", format, file.to_str().unwrap(), "--case", case];
    let told = shatterbelt(&[&words[..], more].concat());
    assert!(told.status.success(), "{}", error(&told));
    out(&told)
}

#[test]
fn sources_of_a_bibliography_are_written_with_their_terms_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let before = bytes(&case);
    let bib = "@online{Bay_2031, title = {The ships}, publisher = {Bay Institute}, date = {2031-02-22}, \
               url = {https://bay.example/ships}, copyright = {CC BY 4.0}}\n\
               @misc{courier, title = {Known}, publisher = {Harbour Courier}, year = 2031}\n";
    let told = taken(&case, "bibtex", "read.bib", bib.as_bytes(), &[]);
    assert!(told.contains("2 sources taken in"), "{told}");
    let all = proposals(&case, "source");
    let [(id, title)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(title, "\"The ships\", Bay Institute, 2031-02-22");
    let accept =
        ["evidence", "accept", id, "--case", &case, "--on", "2031-03-01", "--rating", "B2"];
    let accepted = shatterbelt(&accept);
    assert!(accepted.status.success(), "{}", error(&accepted));
    let sources = std::fs::read_to_string(format!("{case}/sources.toml")).unwrap();
    for words in ["key = \"Bay_2031\"", "reliability = \"B\"", "note = \"licence: CC BY 4.0\""] {
        assert!(sources.contains(words), "{words} in\n{sources}");
    }
    assert!(!sources.contains("read.bib"), "the bibliography itself is no source");
    assert!(shatterbelt(&["check", &case]).status.success());
    assert!(shatterbelt(&["evidence", "undo", &case]).status.success());
    assert_eq!(bytes(&case), before);
}

#[test]
fn results_of_one_country_are_proposed_to_lists_of_the_case() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let table = "country_name_short,country_name,election_type,election_date,vote_share,seats,seats_total,party_name_short,party_name_english\n\
                 TOY,Toyland,parliament,2023-03-12,31.5,9,25,R,Reds\n\
                 TOY,Toyland,parliament,2027-03-14,27.1,7,25,R,Reds\n\
                 TOY,Toyland,parliament,2023-03-12,3,1,25,S,Sailors\n\
                 FEN,Fenland,parliament,2023-05-01,60,30,50,R,Reds\n";
    let file = dir.path().join("parlgov.csv");
    std::fs::write(&file, table).unwrap();
    let words =
        ["import", "parlgov", file.to_str().unwrap(), "--case", &case, "--published", "2030-01-01"];
    let which = shatterbelt(&words);
    assert_eq!(which.status.code(), Some(2));
    assert!(
        error(&which)
            .contains("2 countries, Fenland and Toyland among them: say which by --country")
    );
    let none = shatterbelt(&[&words[..], &["--country", "Toylnd"]].concat());
    assert!(error(&none).contains("did you mean \"Toyland\"?"), "{}", error(&none));
    let more = ["--published", "2030-01-01", "--country", "toy"];
    let told = taken(&case, "parlgov", "parlgov.csv", table.as_bytes(), &more);
    assert!(told.contains("3 rows taken in") && told.contains("Sailors"), "{told}");
    let all = proposals(&case, "result");
    let [(id, title)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(title, "Reds on 2023-03-12: 31.5 %, 9 seats");
    let accepted = shatterbelt(&["evidence", "accept", id, "--case", &case, "--on", "2031-03-01"]);
    assert!(accepted.status.success(), "{}", error(&accepted));
    assert!(shatterbelt(&["check", &case]).status.success());
    assert!(proposals(&case, "result").is_empty());
}

#[test]
fn deeds_between_actors_are_proposed_from_a_table_in_an_old_encoding() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let head =
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tRecipient Name\tCountry\n";
    let rows = "P1\t2031-01-05\tCONSULT\tvisit\tNorthmark\tThe Guard\tToyland\n\
                P2\t2031-01-06\tPROTEST\tdemo\tGr\u{fc}ne\tNone\tToyland\n";
    let latin: Vec<u8> =
        format!("{head}{rows}").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let told = taken(&case, "polecat", "week.txt", &latin, &["--published", "2031-02-01"]);
    assert!(told.contains("Gr\u{fc}ne"), "{told}");
    let titles: Vec<String> =
        proposals(&case, "event").into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles, ["CONSULT 2031-01-05: Northmark, The Guard: visit at Toyland"]);
}

#[test]
fn a_case_is_begun_from_tables_of_others_and_says_what_they_leave_open() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let parlgov = write(
        "parlgov.csv",
        "country_name_short,country_name,election_type,election_date,vote_share,seats,seats_total,party_name_short,party_name_english\n\
         RUR,Ruritania,parliament,2027-03-14,44,13,25,R,Red Union\n\
         RUR,Ruritania,parliament,2027-03-14,36,10,25,BF,Blue Front\n\
         RUR,Ruritania,parliament,2027-03-14,8,2,25,G,Green Way\n\
         RUR,Ruritania,parliament,2027-03-14,1,0,25,T,Tiny\n",
    );
    let polls = write(
        "polls.csv",
        "day,pollster,sample,list,share\n2031-01-20,Bay Institute,1000,Red Union,40\n2031-01-20,Bay Institute,1000,BF,38\n",
    );
    let fights = |id: &str, day: &str, best: &str| {
        let mut cells = [""; 49];
        for (at, cell) in [
            (0, id),
            (5, "1"),
            (14, "Government of Ruritania"),
            (17, "Hill Army"),
            (26, "Fenland"),
            (37, "1"),
            (38, day),
            (39, day),
            (44, best),
            (45, "9"),
            (46, "1"),
        ] {
            cells[at] = cell;
        }
        cells.join(",") + "\n"
    };
    let ged = write("ged.csv", &(fights("1", "2028-05-01", "5") + &fights("2", "2030-06-02", "3")));
    let ftm = write(
        "ftm.json",
        "{\"id\": \"Q1\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Nora Vale\"]}}\n",
    );
    let case = dir.path().join("ruritania");
    let case = case.to_str().unwrap();
    let mut words = vec!["new", case];
    for file in [&parlgov, &polls, &ged, &ftm] {
        words.extend(["--from", file.as_str()]);
    }
    words.extend(["--country", "RUR"]);
    let told = printed(&words);
    for line in ["1 × actor", "3 × result", "2 × poll", "2 × event", "institutions.toml: "] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    assert!(!told.contains("decisions.toml"), "{told}");
    printed(&["check", case]);
    let file = |name: &str| std::fs::read_to_string(format!("{case}/{name}")).unwrap();
    assert!(file("case.toml").contains("as_of = 2031-01-20"));
    assert!(file("contest.toml").contains("date = 2031-03-14"), "four years after the last");
    assert!(file("institutions.toml").contains("seats = 25"));
    // The poll is later than the vote, and the Greens stand in no poll.
    assert!(file("prior.csv").contains("ruritania,red-union,0.400,"), "{}", file("prior.csv"));
    assert!(file("prior.csv").contains("ruritania,green-way,0.080,"));
    assert!(file("questions.toml").contains("past = [5, 0, 3]"), "a year without a row is 0");
    assert!(file("sources.toml").contains("Uppsala Conflict Data Program"));
    let brief = dir.path().join("brief.md");
    printed(&["report", case, "--runs", "300", "--out", brief.to_str().unwrap()]);
    let brief = std::fs::read_to_string(brief).unwrap();
    for words in ["Which list will have most seats?", "Who will lead the government?", "Red Union"]
    {
        assert!(brief.contains(words), "{words} in\n{brief}");
    }
}

#[test]
fn a_new_case_from_something_else_than_a_table_is_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let (file, case) = (dir.path().join("notes.txt"), dir.path().join("x"));
    std::fs::write(&file, "Nothing in rows.\n").unwrap();
    let told = shatterbelt(&["new", case.to_str().unwrap(), "--from", file.to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(3));
    assert!(
        error(&told).contains("notes.txt: it looks like none of acled, bibtex"),
        "{}",
        error(&told)
    );
    assert!(!case.exists());
}
