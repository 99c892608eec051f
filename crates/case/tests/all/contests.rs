//! Several contests from one folder: which of them is in play on a date, and what comes with it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::toyland::{change, copy, replace};
use case::{Case, Folder};
use jiff::civil::{Date, date};

const OLDER: &str = r#"
[[assembly]]
from = 2019-01-01
name = "Diet"
seats = 21
majority = 11
source = "old-gazette"

[[contest]]
id = "2027"
date = 2027-03-14
law = "act-2019"
electorate = { value = 800000, judged = "before the census" }
turnout = { value = 0.6, low = 0.5, high = 0.7, judged = "as ever" }
source = "old-gazette"

[[law]]
id = "act-2019"
name = "Electoral Act 2019"
from = 2019-01-01
method = "largest-remainder"
quota = "droop"
national = { seats = 3, kind = "compensatory", method = "dhondt", threshold = 0.03 }
threshold = 0.05
threshold_level = "national"
womens_quota = 0.25
preferential = true
source = "old-gazette"

[[district]]
id = "hill"
laws = ["act-2019"]
name = "Hill"
seats = 10
fringe = { value = 0.06, low = 0.02, high = 0.12, judged = "as ever" }
fringe_lists = { value = 3, low = 1, high = 5, judged = "as ever" }
source = "old-gazette"

[[district]]
id = "coast"
laws = ["act-2019"]
name = "Coast"
seats = 7
fringe = { value = 0.05, low = 0.02, high = 0.1, judged = "as ever" }
fringe_lists = { value = 3, low = 1, high = 5, judged = "as ever" }
source = "old-gazette"

[[reserved]]
list = "harbour"
seats = 1
laws = ["act-2019"]
source = "old-gazette"

[[quota]]
district = "hill"
community = "coast"
seats = 2
laws = ["act-2019"]
source = "old-gazette"

[[entry]]
contest = "2027"
list = "blues"
participates = true
source = "old-gazette"

[[candidate]]
contest = "2027"
id = "lind"
name = "Ada Lind"
list = "blues"
appeal = { value = 0.3, low = 0, high = 0.6, judged = "new" }

[[preference]]
contest = "2027"
actor = "seaward"
candidate = "lind"
value = { value = 0.4, low = 0.1, high = 0.7, judged = "they have met" }

[[formed]]
election = "2027"
date = 2027-03-14
confidence = 2027-05-20
head = "Ada Lind"
top_list_leads = true
source = "yearbook"

[[source]]
key = "old-gazette"
title = "Electoral Act 2019"
publisher = "Toyland Gazette"
published = 2019-01-01
reliability = "A"
credibility = 1
"#;

/// The tutorial case with the election before as well.
fn two_contests() -> tempfile::TempDir {
    let dir = copy();
    let at = dir.path();
    change(at, "older.toml", |_| OLDER.to_owned());
    change(at, "institutions.toml", |text| {
        text.replace("[assembly]\n", "[[assembly]]\nfrom = 2027-06-01\n")
            .replace("[contest]", "[[contest]]")
            .replace("[[entry]]", "[[entry]]\ncontest = \"2031\"")
            .replace("[[candidate]]", "[[candidate]]\ncontest = \"2031\"")
            .replace("[[preference]]", "[[preference]]\ncontest = \"2031\"")
            .replace("[[district]]", "[[district]]\nlaws = [\"act-2027\"]")
    });
    change(at, "prior.csv", |text| {
        let rows = text.lines().map(|line| match line {
            remark if remark.starts_with('#') => remark.to_owned(),
            head if head.starts_with("district") => format!("contest,{head}"),
            row => format!("2031,{row}"),
        });
        let old =
            "2027,hill,blues,0.4,0.3,0.5,,as before\n2027,coast,blues,0.4,0.3,0.5,,as before\n";
        rows.collect::<Vec<_>>().join("\n") + "\n" + old
    });
    replace(at, "case.toml", "until = 2032-03-01", "until = 2032-03-01\nhorizon = 300");
    dir
}

fn as_of(dir: &Path, day: Date) -> Case {
    let folder = Folder::read(dir).unwrap();
    let built = folder.build(Some(day));
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    built.case.unwrap_or_else(|| panic!("{day}: {lines:#?}"))
}

fn ids(case: &Case) -> (Option<&str>, usize, usize, usize, u32) {
    (
        case.contest.as_ref().map(|c| c.id.get_ref().as_str()),
        case.entries.len(),
        case.priors.len(),
        case.districts.len(),
        case.assembly.as_ref().map_or(0, |a| *a.seats.get_ref()),
    )
}

#[test]
fn one_folder_gives_the_contest_of_each_date() {
    let dir = two_contests();
    let early = as_of(dir.path(), date(2026, 1, 1));
    assert_eq!(ids(&early), (Some("2027"), 1, 2, 2, 21));
    assert_eq!(early.head.until, date(2026, 10, 28), "the horizon moves with the date");
    assert_eq!(early.quotas.len(), 1);
    assert!(early.beliefs.iter().any(|b| b.path == "prior.2027:hill:blues.share"));
    assert!(early.beliefs.iter().any(|b| b.path == "contest.2027.turnout"));
    assert!(early.beliefs.iter().any(|b| b.path == "district.act-2019:hill.fringe"));
    assert!(!early.beliefs.iter().any(|b| b.path.contains("2031")), "nothing of the other contest");

    let eve = as_of(dir.path(), date(2031, 3, 1));
    assert_eq!(ids(&eve), (Some("2031"), 5, 15, 3, 25));
    assert_eq!(eve.candidates.len(), 3);
    assert_eq!(eve.quotas.len(), 0);
    assert_eq!(eve.head.until, date(2032, 3, 1), "the case's own date keeps its window");
    assert!(!eve.beliefs.iter().any(|b| b.path.contains(".2027:")));
    let contest = eve.contest.as_ref().unwrap();
    assert_eq!(eve.belief(&contest.turnout).path, "contest.2031.turnout");
    assert_eq!(eve.belief(&eve.priors[14].share).path, "prior.2031:border:justice.share");
}

#[test]
fn between_elections_nothing_is_coming_and_nothing_pending() {
    let dir = two_contests();
    // The contest of 2031 is announced by a source of 2031 only.
    replace(
        dir.path(),
        "institutions.toml",
        "source = \"yearbook\" }\nsource = \"gazette\"\n\n[[entry]]",
        "source = \"yearbook\" }\nsource = \"courier\"\n\n[[entry]]",
    );
    let between = as_of(dir.path(), date(2028, 6, 1));
    assert_eq!(ids(&between).0, None);
    assert!(between.entries.is_empty() && between.priors.is_empty());
    assert!(!between.formation_pending(), "the government of 2027 was formed");
    assert_eq!(between.candidates.len(), 1, "the candidates of the last contest stay");
    assert_eq!(between.sitting().len(), 5);
}

#[test]
fn after_election_day_a_contest_without_a_known_result_is_still_in_play() {
    let dir = two_contests();
    let after = as_of(dir.path(), date(2031, 3, 18));
    assert_eq!(ids(&after).0, Some("2031"));
    assert!(after.formation_pending());
}

#[test]
fn what_belongs_to_a_contest_must_say_to_which_if_there_are_several() {
    let dir = two_contests();
    replace(
        dir.path(),
        "institutions.toml",
        "contest = \"2031\"\nlist = \"greens\"",
        "list = \"greens\"",
    );
    let folder = Folder::read(dir.path()).unwrap();
    let found = folder.build(None).findings;
    assert!(
        found.iter().any(|f| f.message == "this entry says not of which contest it is"),
        "{found:#?}"
    );
}

#[test]
fn a_fault_in_a_contest_that_is_not_in_play_is_found_all_the_same() {
    for (from, to, fault) in [
        (
            "list = \"blues\"\nparticipates",
            "list = \"bluse\"\nparticipates",
            "\"bluse\": no such actor",
        ),
        ("contest = \"2027\"\nlist", "contest = \"2028\"\nlist", "\"2028\": no such contest"),
        (
            "seats = 7",
            "seats = 8",
            "the assembly has 21 seats, but districts have 18, 3 are national and 1 are reserved in contest \"2027\"",
        ),
        ("seats = 2\n", "seats = 12\n", "quotas take 12 seats of district \"hill\", which has 10"),
        (
            "laws = [\"act-2019\"]\nsource",
            "laws = [\"act-2091\"]\nsource",
            "\"act-2091\": no such law",
        ),
        ("candidate = \"lind\"", "candidate = \"lund\"", "\"lund\": no such candidate"),
        ("quota = \"droop\"\n", "", "law \"act-2019\" names no quota"),
    ] {
        let dir = two_contests();
        replace(dir.path(), "older.toml", from, to);
        let folder = Folder::read(dir.path()).unwrap();
        let found = folder.build(None).findings;
        assert!(found.iter().any(|f| f.message == fault), "{fault}: {found:#?}");
    }
}

#[test]
fn paths_reach_what_belongs_to_a_contest_by_its_id_first() {
    let dir = two_contests();
    let folder = Folder::read(dir.path())
        .unwrap()
        .with_set("prior.2031:hill:reds.share=0.5")
        .with_set("contest.2031.turnout=0.4")
        .with_set("preference.2031:northmark>rask.value=0.1")
        .with_set("assembly.2027-06-01.majority=14");
    let built = folder.build(None);
    assert_eq!(built.errors(), 0, "{:#?}", built.findings);
    let case = built.case.unwrap();
    assert_eq!(case.belief(&case.priors[0].share).value, 0.5);
    assert_eq!(*case.assembly.unwrap().majority.get_ref(), 14);
}
