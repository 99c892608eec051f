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
    let asked = |more: &[&'static str]| {
        let sure = ["anchor.all.kappa=1", "process.formation.nominee_precision=4"];
        runs(&[&[ASKED][..], &sure, more].concat(), 1500)
    };
    let (made, kept) = ("preference.seaward>rask.threat=1", "preference.seaward>rask.threat=0");
    let (threat, calm) = (asked(&[made]), asked(&[kept]));
    let rask =
        |e: &Runs| e.all.outcomes.iter().filter(|o| o.head == Some(1)).count() as f64 / 1500.0;
    let failed =
        |e: &Runs| e.all.outcomes.iter().filter(|o| o.failed.contains(&1)).count() as f64 / 1500.0;
    let (with, without) = (rask(&threat), rask(&calm));
    assert!((0.02..0.6).contains(&(without - with)), "{with} under threat, {without} without");
    let more = failed(&threat) - failed(&calm);
    assert!((0.02..0.4).contains(&more), "{more} more runs in which the name fails");
    // Another name takes about three weeks to find, where the first one was dropped.
    let dropped = |i: usize| {
        let (a, b) = (&threat.all.outcomes[i], &calm.all.outcomes[i]);
        a.failed.contains(&1) && !b.failed.contains(&1) && b.days.is_some() && a.days.is_some()
    };
    let longer = days(&threat, dropped) - days(&calm, dropped);
    assert!((10.0..60.0).contains(&longer), "{longer} days");
    // A threat has a scale: by a weaker tie it threatens less, and by none it leaves every government as it is.
    let tie = |width: &'static str, threat: &'static str| asked(&[width, threat]);
    let (weak, none) =
        ("tie.seaward>toyland:economic.bandwidth=0.2", "tie.seaward>toyland:economic.bandwidth=0");
    let less = failed(&tie(weak, made)) - failed(&tie(weak, kept));
    assert!(less < more, "{less} by a weak tie, {more} by a strong one");
    assert_eq!(tie(none, made).all, tie(none, kept).all);
}
