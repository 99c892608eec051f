//! The verbs that write and compare cases: new, fmt, diff, schema, check.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use crate::running::{copy, error, out, root, shatterbelt};

#[test]
fn a_new_case_passes_check_runs_and_reports() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("ruritania");
    let path = case.to_str().unwrap();
    let made = shatterbelt(&[
        "new",
        path,
        "--districts",
        "North=7,South",
        "--seats",
        "20",
        "--lists",
        "Reds,Blues,Greens",
        "--patrons",
        "Northmark",
        "--as-of",
        "2031-03-01",
        "--election",
        "2031-06-15",
    ]);
    assert!(made.status.success(), "{}", error(&made));
    let checked = shatterbelt(&["check", path, "--json"]);
    assert!(checked.status.success(), "{}", out(&checked));
    let findings: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
    assert_eq!((&findings["errors"], &findings["warnings"]), (&0.into(), &0.into()), "{findings}");
    let run = shatterbelt(&["run", path, "--runs", "50"]);
    assert!(run.status.success(), "{}", error(&run));
    let brief = dir.path().join("brief.html");
    let report = shatterbelt(&["report", path, "--runs", "50", "--out", brief.to_str().unwrap()]);
    assert!(report.status.success(), "{}", error(&report));
    assert!(brief.is_file());
    let again = shatterbelt(&["new", path]);
    assert_eq!(again.status.code(), Some(3), "an existing folder is left alone");
    assert!(error(&again).contains("exists already"));
    let formatted = shatterbelt(&["fmt", "--check", path]);
    assert!(formatted.status.success(), "a new case is in form: {}", out(&formatted));
}

#[test]
fn a_new_case_that_cannot_be_is_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for (flags, reason) in [
        (&["--seats", "10", "--districts", "A=4,B=5"][..], "the districts have 9 together"),
        (&["--districts", "A=x"], "write NAME=SEATS"),
        (&["--lists", "Reds"], "two lists at least"),
        (&["--lists", "Reds,reds"], "the id \"reds\""),
        (&["--as-of", "2031-01-01", "--election", "2030-01-01"], "is not after"),
        (&["--as-of", "yesterday"], "invalid value"),
    ] {
        let case = dir.path().join("x");
        let mut arguments = vec!["new", case.to_str().unwrap()];
        arguments.extend(flags);
        let made = shatterbelt(&arguments);
        assert_eq!(made.status.code(), Some(2), "{flags:?}: {}", error(&made));
        assert!(error(&made).contains(reason), "{flags:?}: {}", error(&made));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}

fn copied(case: &str, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(root().join(case)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_diff_says_in_words_what_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("mine");
    copied("cases/toyland", &mine);
    let path = mine.to_str().unwrap();
    assert_eq!(out(&shatterbelt(&["diff", "cases/toyland", path])), "nothing changed\n");
    replace(
        &mine.join("ties.toml"),
        "{ value = 0.8, low = 0.6, high = 0.95",
        "{ value = 0.6, low = 0.4, high = 0.8",
    );
    replace(
        &mine.join("actors.toml"),
        "[[actor]]\nid = \"hill-front\"",
        "[[actor]]\nid = \"front\"",
    );
    replace(&mine.join("prior.csv"), "hill,reds,0.34,0.24,0.44", "hill,reds,0.31,0.24,0.44");
    replace(&mine.join("case.toml"), "until = 2032-03-01", "until = 2032-06-01");
    let told = out(&shatterbelt(&["diff", "cases/toyland", path]));
    assert_eq!(
        told,
        "case: 1 changed
  case
      until: 2032-03-01 → 2032-06-01
actor: 1 added, 1 removed
  + front
  - hill-front
tie: 1 changed
  northmark>guard:security
      bandwidth: 0.8 (0.6 to 0.95), “The Northmark has armed the Guard for a decade”, from courier → 0.6 (0.4 to 0.8), “The Northmark has armed the Guard for a decade”, from courier
prior: 1 changed
  hill:reds
      share: 0.34 (0.24 to 0.44), from yearbook → 0.31 (0.24 to 0.44), from yearbook
"
    );
    let json: serde_json::Value =
        serde_json::from_str(&out(&shatterbelt(&["diff", "cases/toyland", path, "--json"])))
            .unwrap();
    assert_eq!(json.as_array().unwrap().len(), 5);
}

#[test]
fn a_diff_reads_revisions_and_says_what_is_wrong_with_one() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("mine");
    copied("cases/toyland", &mine);
    let path = mine.to_str().unwrap();
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"];
        let done = Command::new("git")
            .arg("-C")
            .arg(dir.path())
            .args(who)
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let outside = shatterbelt(&["diff", &format!("{path}@HEAD"), path]);
    assert_eq!(outside.status.code(), Some(3));
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    replace(&mine.join("result.csv"), "27.1,7", "27.2,7");
    let told = out(&shatterbelt(&["diff", &format!("{path}@HEAD"), path]));
    assert_eq!(told, "result: 1 changed\n  2027:-:reds\n      percent: 27.1 → 27.2\n");
    let wrong = shatterbelt(&["diff", &format!("{path}@nowhere"), path]);
    assert_eq!(wrong.status.code(), Some(3));
    assert!(error(&wrong).contains("knows no revision \"nowhere\""), "{}", error(&wrong));
    let option = shatterbelt(&["diff", &format!("{path}@--output=x"), path]);
    assert_eq!(option.status.code(), Some(2));
}

#[test]
fn check_takes_several_cases_groups_warnings_and_lists_what_is_hidden() {
    let all = shatterbelt(&["check", "cases/toyland", "cases/toyland", "--json"]);
    assert!(all.status.success());
    let reports: serde_json::Value = serde_json::from_str(&out(&all)).unwrap();
    assert_eq!(reports.as_array().unwrap().len(), 2);
    // one that cannot be read keeps nobody from the others
    let some = shatterbelt(&["check", "cases/nowhere", "cases/toyland", "cases/noplace"]);
    assert_eq!(some.status.code(), Some(3));
    assert!(out(&some).contains("Toyland as of 2031-03-01"), "{}", out(&some));
    for missing in ["cases/nowhere", "cases/noplace"] {
        assert_eq!(error(&some).matches(missing).count(), 1, "{}", error(&some));
    }
    let hidden = out(&shatterbelt(&["check", "cases/toyland", "--hidden"]));
    assert!(hidden.contains("  not yet known: source.late"), "{hidden}");
    let short = out(&shatterbelt(&["check", "cases/toyland"]));
    let full = out(&shatterbelt(&["check", "cases/toyland", "--warnings", "--plain"]));
    assert!(short.lines().count() < full.lines().count());
    assert_eq!(short.matches("warning[single-source]").count(), 1);
    let sarif: serde_json::Value =
        serde_json::from_str(&out(&shatterbelt(&["check", "cases/toyland", "--sarif"]))).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let bad = shatterbelt(&[
        "check",
        "cases/toyland",
        "--set",
        "tie.guard>reds:political.bandwidth.value=7",
    ]);
    assert_eq!(bad.status.code(), Some(4));
}

#[test]
fn completions_and_manual_pages_know_every_verb() {
    let help = out(&shatterbelt(&["--help"]));
    let verbs = (help.lines().skip_while(|line| *line != "Commands:").skip(1))
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let script = out(&shatterbelt(&["completions", "bash"]));
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("man1");
    let pages = out(&shatterbelt(&["manual", folder.to_str().unwrap()]));
    let mut seen = 0;
    for verb in verbs.filter(|verb| *verb != "help") {
        seen += 1;
        assert!(script.contains(&format!("shatterbelt,{verb})")), "{verb}");
        assert!(pages.contains(&format!("shatterbelt-{verb}.1")), "{verb}");
    }
    assert!(seen > 15, "{help}");
    let page = std::fs::read_to_string(folder.join("shatterbelt-evidence-review.1")).unwrap();
    assert!(page.contains("evidence review"), "{page}");
}

/// A copy of the invented case in a folder.
fn toyland(dir: &Path) -> std::path::PathBuf {
    let case = dir.join("my toyland");
    let made = shatterbelt(&["demo", case.to_str().unwrap()]);
    assert!(made.status.success(), "{}", error(&made));
    // What is to be typed next can be.
    assert!(
        out(&made).contains(&format!("shatterbelt check '{}'", case.display())),
        "{}",
        out(&made)
    );
    case
}

#[test]
fn check_finds_what_scenarios_break_and_what_cannot_be_asked() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let path = case.to_str().unwrap();
    assert!(shatterbelt(&["check", path]).status.success());
    let scenario = case.join("scenarios/broken.toml");
    for (text, said) in [
        ("zzz = \n", "broken.toml"),
        ("[[set]]\npath = \"entry.nobody.participates\"\nvalue = true\n", "nobody"),
    ] {
        std::fs::write(&scenario, text).unwrap();
        let checked = shatterbelt(&["check", path]);
        assert_eq!(checked.status.code(), Some(4), "{text}: {}", out(&checked));
        assert!(out(&checked).contains(said), "{}", out(&checked));
    }
    std::fs::remove_file(&scenario).unwrap();
    let questions = case.join("more-questions.toml");
    let ask = "[[question]]\nid = \"typo\"\nas_of = 2031-03-01\ntext = \"?\"\nkind = \"binary\"\nno_class = \"a test\"\nask = \"turnut > 0.5\"\n";
    std::fs::write(questions, ask).unwrap();
    let checked = shatterbelt(&["check", path, "--plain"]);
    assert_eq!(checked.status.code(), Some(4));
    assert!(out(&checked).contains("did you mean \"turnout\""), "{}", out(&checked));
}

#[test]
fn a_vote_whose_result_is_not_known_is_pointed_at() {
    let checked = shatterbelt(&["check", "cases/toyland", "--as-of", "2031-06-01", "--json"]);
    let findings: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
    let rules: Vec<&str> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|f| f["rule"].as_str())
        .collect();
    assert!(rules.contains(&"uncounted"), "{rules:?}");
}

#[test]
fn a_document_of_the_case_is_that_however_it_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let case = toyland(dir.path());
    let path = case.to_str().unwrap();
    let store = dir.path().join("store.db");
    let store = store.to_str().unwrap();
    let document = case.join("documents/../documents/before-the-vote.txt");
    for documents in [Some(document.to_str().unwrap()), None] {
        let mut words = vec!["read", "--case", path, "--store", store];
        words.extend(documents);
        let read = shatterbelt(&words);
        assert!(read.status.success(), "{}", error(&read));
    }
    let listed = shatterbelt(&["evidence", "documents", path, "--store", store]);
    assert!(out(&listed).contains("2 documents, 0 of them near-copies"), "{}", out(&listed));
}

/// A district cut into constituencies swings once, and a run of it can be told from end to end.
#[test]
fn a_run_of_districts_with_constituencies_is_explained() {
    let told = shatterbelt(&["explain", "cases/nepal", "--runs", "40"]);
    assert!(told.status.success(), "{}", error(&told));
    assert!(out(&told).contains("election"), "{}", out(&told));
}

/// The verb that learns an anchor asks for none; what would play a decision does.
#[test]
fn an_anchor_is_learnt_before_there_is_one() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("nepal");
    copy(&root().join("cases/nepal"), &case);
    let choices = std::fs::read_to_string(case.join("choices.toml")).unwrap();
    let anchor = choices.find("[[anchor]]").unwrap();
    let after = anchor + choices[anchor..].find("[[decision]]").unwrap();
    std::fs::write(
        case.join("choices.toml"),
        format!("{}{}", &choices[..anchor], &choices[after..]),
    )
    .unwrap();
    let path = case.to_str().unwrap();
    let learnt = shatterbelt(&["anchor", path]);
    assert!(learnt.status.success(), "{}", error(&learnt));
    assert!(out(&learnt).contains("\n[[anchor]]\nof = \"all\"\nkappa = "), "{}", out(&learnt));
    let run = shatterbelt(&["run", path, "--runs", "5"]);
    assert!(!run.status.success() && error(&run).contains("`shatterbelt anchor` prints them"));
}

/// What was kept of a case that lay there before is no part of a new one, and names in any script have ids of their own.
#[test]
fn a_new_case_begins_with_nothing_of_one_that_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let case = dir.path().join("borduria");
    let path = case.to_str().unwrap();
    let new = |lists: &str| {
        let day = ["--as-of", "2031-03-01", "--election", "2031-06-15"];
        let made = shatterbelt(&[&["new", path, "--lists", lists][..], &day].concat());
        assert!(made.status.success(), "{}", error(&made));
    };
    new("Reds,Blues");
    let polls = dir.path().join("polls.csv");
    std::fs::write(&polls, "day,pollster,sample,list,share\n2031-02-01,Bay,900,Reds,31\n").unwrap();
    let polls = polls.to_str().unwrap();
    let taken = ["import", "polls", polls, "--case", path, "--published", "2031-02-02"];
    let told = shatterbelt(&[&taken[..], &["--publisher", "Bay"]].concat());
    assert!(told.status.success(), "{}", error(&told));
    let review = || out(&shatterbelt(&["evidence", "review", path, "--kind", "poll"]));
    assert!(review().contains("Bay, 2031-02-01"), "{}", review());
    for lists in ["Reds,Blues", "حزب الشعب,民主党"] {
        std::fs::remove_dir_all(&case).unwrap();
        new(lists);
        assert!(!review().contains("Bay, 2031-02-01"), "{}", review());
    }
    let checked = shatterbelt(&["check", path]);
    assert!(checked.status.success(), "{}", out(&checked));
}
