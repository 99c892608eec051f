//! Foreign threats against a nominee, on the tutorial case, with paired luck.
#![allow(clippy::unwrap_used)]

use crate::conflict::{Runs, runs};

const ASKED: &str = "preference.northmark>rask.value=1";

fn days(e: &Runs, only: impl Fn(usize) -> bool) -> f64 {
    let all = e.all.outcomes.iter().enumerate().filter(|(i, _)| only(*i));
    let days: Vec<f64> = all.filter_map(|(_, o)| o.days).map(f64::from).collect();
    days.iter().sum::<f64>() / days.len() as f64
}

#[test]
fn a_foreign_threat_changes_who_is_named_and_how_long_it_takes() {
    let threat =
        runs(&[ASKED, "preference.seaward>rask.threat=1", "process.formation.veto_hold=1"], 1500);
    let calm =
        runs(&[ASKED, "preference.seaward>rask.threat=0", "process.formation.veto_hold=1"], 1500);
    let weak =
        runs(&[ASKED, "preference.seaward>rask.threat=1", "process.formation.veto_hold=0"], 1500);
    let rask =
        |e: &Runs| e.all.outcomes.iter().filter(|o| o.head == Some(1)).count() as f64 / 1500.0;
    let failed =
        |e: &Runs| e.all.outcomes.iter().filter(|o| o.failed.contains(&1)).count() as f64 / 1500.0;
    let (with, without) = (rask(&threat), rask(&calm));
    assert!((0.05..0.6).contains(&(without - with)), "{with} under threat, {without} without");
    let more = failed(&threat) - failed(&calm);
    assert!((0.04..0.4).contains(&more), "{more} more runs in which the name fails");
    // Another name takes about three weeks to find, where the first one was dropped.
    let dropped = |i: usize| {
        let (a, b) = (&threat.all.outcomes[i], &calm.all.outcomes[i]);
        a.failed.contains(&1) && !b.failed.contains(&1) && b.days.is_some() && a.days.is_some()
    };
    let longer = days(&threat, dropped) - days(&calm, dropped);
    assert!((10.0..60.0).contains(&longer), "{longer} days");
    // A threat that nobody minds, and one that is never made, leave every government as it is.
    assert_eq!(weak.all, calm.all);
}
