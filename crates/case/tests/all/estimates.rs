//! Shapes, units, dated statements and groups, from text to beliefs.
#![allow(clippy::unwrap_used)]

use crate::toyland::{copy, replace};
use case::{Case, Folder, Shape};
use jiff::civil::date;

const WRITTEN: &str = r#"bandwidth = { value = 0.8, low = 0.6, high = 0.95, source = "courier", quote = "The Northmark has armed the Guard for a decade" }"#;

fn with_bandwidth(estimate: &str) -> Case {
    let dir = copy();
    replace(dir.path(), "ties.toml", WRITTEN, &format!("bandwidth = {estimate}"));
    let built = Folder::read(dir.path()).unwrap().build(None);
    built.case.unwrap_or_else(|| panic!("{:#?}", built.findings))
}

#[test]
fn a_belief_takes_its_unit_from_its_field_and_its_choices_from_its_values() {
    let case = with_bandwidth(
        r#"{ value = 0.8, values = [0.8, 0.6], weights = [3, 1], shape = "discrete", unit = "share", judged = "two reports", checked = 2031-02-28 }"#,
    );
    let path = "tie.northmark>guard:security.bandwidth";
    let belief = case.beliefs.iter().find(|b| b.path == path).unwrap();
    assert_eq!(belief.shape, Shape::Discrete);
    assert_eq!(belief.choices, [(0.6, 1.0), (0.8, 3.0)]);
    assert_eq!((belief.low, belief.high), (0.6, 0.8));
    assert_eq!(belief.unit.as_deref(), Some("share"));
    assert_eq!(belief.checked, Some(date(2031, 2, 28)));
    assert_eq!(case.belief(&case.stages[0].days).unit.as_deref(), Some("days"));
}

#[test]
fn a_judged_statement_stands_for_times_before_any_source() {
    let dir = copy();
    let old = "district_swing = { value = 0.12, low = 0.05, high = 0.25, judged = \"half of the national swing\" }";
    let new = "district_swing = [\n  { value = 0.3, low = 0.1, high = 0.5, judged = \"before any count\" },\n  { value = 0.12, low = 0.05, high = 0.25, from = 2031-02-20, source = \"courier\" },\n]";
    replace(dir.path(), "case.toml", old, new);
    let folder = Folder::read(dir.path()).unwrap();
    let value = |day| {
        let case = folder.build(Some(day)).case.unwrap();
        case.belief(&case.processes["election"]["district_swing"]).value
    };
    assert_eq!(value(date(2031, 2, 19)), 0.3);
    assert_eq!(value(date(2031, 3, 1)), 0.12);
}

#[test]
fn a_group_is_resolved_to_the_places_of_its_members() {
    let dir = copy();
    let group = r#"[[group]]
id = "hill-poll"
members = ["prior.hill:reds.share", "-prior.hill:blues.share", "prior.coast:*.share"]
rho = { value = 0.5, low = 0.2, high = 0.8, judged = "one pollster asked for all" }

[[group]]
id = "paymaster"
members = ["tie.northmark>guard:security.bandwidth", "tie.northmark>guard:economic.bandwidth"]
rho = -0.3
source = "observer"

[assembly]"#;
    replace(dir.path(), "institutions.toml", "[assembly]", group);
    let folder = Folder::read(dir.path()).unwrap();
    let built = folder.build(None);
    let case = built.case.unwrap_or_else(|| panic!("{:#?}", built.findings));
    assert_eq!(case.groups.len(), 2);
    let poll = &case.groups[0];
    assert_eq!(case.beliefs[poll.rho].path, "group.hill-poll.rho");
    assert_eq!(poll.members.len(), 7);
    let sign = |path: &str| {
        poll.members.iter().find(|(id, _)| case.beliefs[*id].path == path).map(|(_, sign)| *sign)
    };
    assert_eq!(sign("prior.hill:reds.share"), Some(1.0));
    assert_eq!(sign("prior.hill:blues.share"), Some(-1.0));
    let paymaster = &case.groups[1];
    assert_eq!(case.beliefs[paymaster.rho].value, -0.3);
    assert_eq!(case.beliefs[paymaster.rho].sources, ["observer"]);

    // Before the observer wrote, its group is not known, and neither is one of the ties.
    let early = folder.build(Some(date(2031, 2, 22))).case.unwrap();
    assert_eq!(early.groups.len(), 1);
    assert!(early.hidden.contains(&"group.paymaster".to_owned()));
}
