//! Scenarios: what a patch may do, and what it may not.
#![allow(clippy::unwrap_used)]

use crate::toyland::{change, copy};
use case::Folder;
use case::folder::FolderError;
use jiff::civil::date;

const SHOCK: &str = r#"
[[shock]]
id = "frost"
name = "Frost in the hills"
hazard = { value = 0.1, low = 0.05, high = 0.2, judged = "one winter in ten" }
source = "courier"
"#;

fn under(scenarios: &[&str]) -> (tempfile::TempDir, Folder) {
    let dir = copy();
    change(dir.path(), "shocks.toml", |_| SHOCK.to_owned());
    let mut folder = Folder::read(dir.path()).unwrap();
    for (i, text) in scenarios.iter().enumerate() {
        let name = format!("s{i}");
        let path = dir.path().join("scenarios").join(format!("{name}.toml"));
        std::fs::write(path, text).unwrap();
        folder = folder.with_scenario(&name).unwrap();
    }
    (dir, folder)
}

fn messages(folder: &Folder) -> Vec<String> {
    folder.build(None).findings.into_iter().map(|f| format!("{}: {}", f.rule, f.message)).collect()
}

#[test]
fn a_date_moves_to_a_day_or_by_days_and_moves_add_up() {
    let later = "[[move]]\npath = \"contest.date\"\nby = 30\n";
    let (_dir, folder) = under(&[later, later]);
    let case = folder.build(None).case.unwrap();
    assert_eq!(*case.contest.unwrap().date.get_ref(), date(2031, 5, 15));
    let (_dir, folder) = under(&["[[move]]\npath = \"contest.date\"\nto = 2031-06-01\n"]);
    let case = folder.build(None).case.unwrap();
    assert_eq!(*case.contest.unwrap().date.get_ref(), date(2031, 6, 1));
}

#[test]
fn a_later_scenario_is_laid_over_an_earlier_one() {
    let set =
        |value: &str| format!("[[set]]\npath = \"entry.justice.participates\"\nvalue = {value}\n");
    let (_dir, folder) = under(&[&set("true"), &set("false"), &set("true")]);
    let case = folder.build(None).case.unwrap();
    assert!(case.entries.iter().find(|e| e.list.get_ref() == "justice").unwrap().participates);
}

#[test]
fn a_forced_shock_has_its_day() {
    let (_dir, folder) = under(&["[[force]]\nwhat = \"shock.frost\"\ndate = 2031-04-01\n"]);
    let case = folder.build(None).case.unwrap();
    let frost = case.shocks.iter().find(|s| s.id.get_ref() == "frost").unwrap();
    assert_eq!(frost.date, Some(date(2031, 4, 1)));
    assert_eq!(case.forced.len(), 1);
    assert_eq!((case.forced[0].kind.as_str(), case.forced[0].key.as_str()), ("shock", "frost"));
}

#[test]
fn patches_that_cannot_be_laid_are_faults() {
    for (text, fault) in [
        (
            "[[force]]\nwhat = \"shock.frots\"\ndate = 2031-04-01\n",
            "patch: \"shock.frots\" reaches nothing: there is no \"frots\"",
        ),
        (
            "[[force]]\nwhat = \"actor.reds\"\ndate = 2031-04-01\n",
            "forced: \"actor.reds\" is nothing that can be forced",
        ),
        ("[[force]]\nwhat = \"shock.frost\"\ndate = \"soon\"\n", "patch: \"date\" must be a date"),
        ("[[force]]\nwhat = \"shock.frost\"\n", "patch: [[force]] needs \"date\""),
        (
            "[[move]]\npath = \"contest.id\"\nby = 3\n",
            "patch: \"contest.id\" is no date and cannot be moved",
        ),
        ("[[move]]\npath = \"contest.date\"\n", "patch: [[move]] needs either \"to\" or \"by\""),
        (
            "[[move]]\npath = \"contest.date\"\nby = 99999999999\n",
            "patch: \"by\" must be a number of days that leads to a date",
        ),
        ("[[move]]\npath = \"contest.date\"\nto = \"never\"\n", "patch: \"to\" must be a date"),
        ("[[shift]]\npath = \"contest.date\"\n", "patch: a scenario has no \"shift\" like this"),
    ] {
        let (_dir, folder) = under(&[text]);
        assert!(folder.build(None).case.is_none(), "{text}");
        assert!(messages(&folder).contains(&fault.to_owned()), "{fault}: {:#?}", messages(&folder));
    }
}

#[test]
fn a_patch_that_changes_nothing_is_a_warning() {
    for text in [
        "[[set]]\npath = \"entry.reds.participates\"\nvalue = true\n",
        "[[set]]\npath = \"tie.northmark>guard:security.bandwidth.value\"\nvalue = 0.80\n",
        "[[move]]\npath = \"contest.date\"\nto = 2031-03-16\n",
        "[[set]]\npath = \"entry.justice.transfers\"\nvalue = [\"blues\", \"reds\"]\n",
    ] {
        let (_dir, folder) = under(&[text]);
        assert!(folder.build(None).case.is_some());
        assert!(
            messages(&folder).iter().any(|m| m.starts_with("idle: ")),
            "{text}: {:#?}",
            messages(&folder)
        );
    }
}

#[test]
fn a_scenario_that_is_not_there_is_named_with_the_nearest() {
    let (_dir, folder) = under(&[]);
    let error: FolderError = folder.with_scenario("justice-stand").unwrap_err();
    assert!(error.hint.contains("justice-stands"), "{error}");
}
