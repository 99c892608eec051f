//! Designations and waivers on the tutorial case, with paired luck.
#![allow(clippy::unwrap_used)]

use crate::conflict;
use crate::conflict::{mean, of, runs, share};

const ALONE: &str = "case.processes=[\"sanctions\"]";
/// Imposed in the first weeks without fail.
const SURE: [&str; 4] = [
    "designation.seaward>guard:bank.hazard=1000000",
    "designation.seaward>guard:terrorist.hazard=0",
    "process.sanctions.notice=1",
    "process.sanctions.announced=1",
];
const NEVER: [&str; 2] =
    ["designation.seaward>guard:bank.hazard=0", "designation.seaward>guard:terrorist.hazard=0"];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&[ALONE], more].concat()
}

#[test]
fn a_designation_cuts_revenue_and_bank_access_and_feeds_defiance() {
    let sure = [&SURE[..], &["process.sanctions.fade=0"]].concat();
    let (base, none) = (runs(&with(&sure), 200), runs(&with(&NEVER), 200));
    let imposed = of(&base, "sanctions.imposed.seaward>guard:bank");
    assert!(share(&imposed) > 0.95);
    assert_eq!(share(&of(&none, "sanctions.imposed.seaward>guard:bank")), 0.0);
    let revenue = of(&base, "sanctions.revenue.guard");
    // 22 million at 0.3, 15 at 0.8 and 15 at 0.1 exposed: two fifths are, and a cut-off bites 60 % of that.
    let at = |i: usize| !imposed[i].is_nan();
    let hit: Vec<f64> = (0..200).filter(|i| at(*i)).map(|i| revenue[i]).collect();
    assert!((0.62..0.78).contains(&mean(&hit)), "{}", mean(&hit));
    assert!(of(&none, "sanctions.revenue.guard").iter().all(|r| *r == 1.0));
    let access = of(&base, "sanctions.access.guard");
    let open: Vec<f64> = (0..200).filter(|i| at(*i)).map(|i| access[i]).collect();
    assert!((0.35..0.45).contains(&mean(&open)), "1 less the bite: {}", mean(&open));
    assert!(of(&none, "sanctions.access.guard").iter().all(|r| *r == 1.0));
    let defiance = of(&base, "sanctions.defiance.guard");
    let fed: Vec<f64> = (0..200).filter(|i| at(*i)).map(|i| defiance[i]).collect();
    assert!((0.22..0.38).contains(&mean(&fed)), "half of the bite: {}", mean(&fed));
    assert!(of(&none, "sanctions.defiance.guard").iter().all(|d| *d == 0.0));
    let meek = [&sure[..], &["process.sanctions.defy=0"]].concat();
    assert!(of(&runs(&with(&meek), 200), "sanctions.defiance.guard").iter().all(|d| *d == 0.0));
    // A measure that bites nothing does nothing.
    let toothless = [&sure[..], &["process.sanctions.bite_bank=0"]].concat();
    let toothless = runs(&with(&toothless), 200);
    for id in ["sanctions.revenue.guard", "sanctions.access.guard", "sanctions.defiance.guard"] {
        assert_eq!(of(&toothless, id), of(&none, id));
    }
}

#[test]
fn a_designation_raises_the_cost_of_office_for_the_list_of_the_faction() {
    let all = "case.processes=[\"election\", \"formation\", \"sanctions\"]";
    let base = runs(&[&[all], &SURE[..]].concat(), 1500);
    let none = runs(&[&[all], &NEVER[..]].concat(), 1500);
    let free = runs(&[&[all, "process.sanctions.burden=0"], &SURE[..]].concat(), 1500);
    // The Reds are the first of the model's lists to look at: find them by their bit.
    let case = conflict::built(&conflict::folder(&[]));
    let reds = simulate::Model::new(&case).unwrap().list("reds").unwrap();
    let governs = |e: &conflict::Runs| {
        e.all.outcomes.iter().filter(|o| o.coalition >> reds & 1 == 1).count() as f64 / 1500.0
    };
    let lost = governs(&none) - governs(&base);
    assert!((0.02..0.6).contains(&lost), "{} with, {} without", governs(&base), governs(&none));
    for (a, b) in free.all.outcomes.iter().zip(&none.all.outcomes) {
        assert_eq!((a.coalition, a.days, &a.posts), (b.coalition, b.days, &b.posts));
    }
}

#[test]
fn attacks_and_bills_bring_the_designation_nearer() {
    let id = "sanctions.imposed.seaward>guard:bank";
    let both = "case.processes=[\"escalation\", \"sanctions\"]";
    let base = runs(&[both], 600);
    let quiet = runs(&[both, "campaign.guard>seaward.rate=0"], 600);
    let deaf = runs(&[both, "process.sanctions.attacks=0", "process.sanctions.defiance=0"], 600);
    let alone = runs(&[ALONE, "process.sanctions.attacks=0", "process.sanctions.defiance=0"], 600);
    let (with, without) = (share(&of(&base, id)), share(&of(&quiet, id)));
    assert!((0.08..0.4).contains(&(with - without)), "{with} with attacks, {without} without");
    // Where attacks do not count, neither does the process that makes them.
    let same = |a: &f64, b: &f64| a == b || a.is_nan() && b.is_nan();
    assert!(of(&deaf, id).iter().zip(of(&alone, id)).all(|(a, b)| same(a, &b)));
}

#[test]
fn those_who_live_on_exposed_money_give_way_and_the_defiant_do_not() {
    let never = with(&[&SURE[..], &["process.sanctions.prior_weight=1e6"]].concat());
    let exposed = [
        "revenue.guard:patron.exposed=1",
        "revenue.guard:trade.exposed=1",
        "revenue.guard:levies.exposed=1",
        "designation.seaward>guard:bank.hazard=0.5",
        "process.sanctions.defiance=0",
    ];
    let closed = [
        "revenue.guard:patron.exposed=0",
        "revenue.guard:trade.exposed=0",
        "revenue.guard:levies.exposed=0",
        "designation.seaward>guard:bank.hazard=0.5",
        "process.sanctions.defiance=0",
    ];
    let id = "sanctions.imposed.seaward>guard:bank";
    let imposed = |more: &[&'static str]| share(&of(&runs(&[&never[..], more].concat(), 800), id));
    let (open, shut) = (imposed(&exposed), imposed(&closed));
    // A third gives way at the first threat (the published range is 27 to 38 %), some of these meet a second one.
    assert!((0.06..0.18).contains(&(shut - open)), "{open} where exposed, {shut} where not");
}

#[test]
fn a_waiver_is_decided_on_its_last_day_and_tempers_move_its_chance() {
    let id = "sanctions.lapsed.pipe-leave";
    let base = of(&runs(&[ALONE], 2000), id);
    // The first grant ends 121 days after the as-of date, the following ones 120 days apart.
    assert!(base.iter().all(|d| d.is_nan() || [121.0, 241.0, 361.0].contains(d)), "{base:?}");
    let first = base.iter().filter(|d| **d == 121.0).count() as f64 / 2000.0;
    assert!((0.25..0.37).contains(&first), "{first} lapse on the first day: 1 less the renewal");
    let hot = [ALONE, "rivalry.straits.rung=3"];
    let hot = of(&runs(&hot, 2000), id);
    let lapsed = |days: &[f64]| days.iter().filter(|d| **d == 121.0).count() as f64 / 2000.0;
    assert!((0.2..0.5).contains(&(lapsed(&hot) - first)), "{}", lapsed(&hot));
    let deaf = [ALONE, "rivalry.straits.rung=3", "process.sanctions.waiver_pressure=0"];
    assert_eq!(lapsed(&of(&runs(&deaf, 2000), id)), first);
    let sure = of(&runs(&[ALONE, "waiver.pipe-leave.renewal=1"], 300), id);
    assert_eq!(share(&sure), 0.0);
}

#[test]
fn a_gas_cut_presses_on_those_who_grant_the_waiver() {
    let both = "case.processes=[\"dependence\", \"sanctions\"]";
    let id = "sanctions.lapsed.pipe-leave";
    let lapsed = |more: &[&str]| {
        let days = of(&runs(&[&[both, "supply.gas.days=300"], more].concat(), 1500), id);
        days.iter().filter(|d| **d == 121.0).count() as f64 / 1500.0
    };
    let (cut, flows) = (lapsed(&["supply.gas.cut=1000000"]), lapsed(&["supply.gas.cut=0"]));
    assert!((0.03..0.25).contains(&(flows - cut)), "{cut} lapse under a cut, {flows} without");
    let deaf = "process.sanctions.waiver_shortage=0";
    assert_eq!(lapsed(&["supply.gas.cut=1000000", deaf]), lapsed(&["supply.gas.cut=0", deaf]));
}

#[test]
fn a_shock_moves_a_waiver_while_it_lasts() {
    let lapsed = |days: &str| {
        let dir = tempfile::tempdir().unwrap();
        let patch = dir.path().join("scandal.toml");
        let text = format!(
            "[[add]]\nkind = \"shock\"\nentry = {{ id = \"scandal\", name = \"A scandal\", date = \"2031-06-01\", days = {{ value = {days}, judged = \"test\" }} }}\n\
             [[add]]\nkind = \"effect\"\nentry = {{ shock = \"scandal\", on = \"waiver.pipe-leave\", by = {{ value = 0.2, judged = \"test\" }} }}\n"
        );
        std::fs::write(&patch, text).unwrap();
        let folder = conflict::folder(&["case.processes=[\"shock\", \"sanctions\"]"]);
        let runs = conflict::runs_of(&folder.with_scenario(patch.to_str().unwrap()).unwrap(), 800);
        let days = of(&runs, "sanctions.lapsed.pipe-leave");
        days.iter().filter(|d| **d == 121.0).count() as f64 / 800.0
    };
    // The waiver runs out on 30 June: the scandal of 1 June still lasts then, or is over.
    let (lasts, over) = (lapsed("60"), lapsed("10"));
    assert!((0.8..0.92).contains(&lasts), "{lasts}: a fifth of 0.69 is left");
    assert!((0.25..0.37).contains(&over), "{over}");
}

#[test]
fn a_measure_may_come_without_a_threat_and_takes_none_of_another_kind_with_it() {
    let id = "sanctions.imposed.seaward>guard:terrorist";
    let bank = "sanctions.imposed.seaward>guard:bank";
    let sure = ["designation.seaward>guard:bank.hazard=1000000", "process.sanctions.notice=60"];
    let of_days = |more: &[&'static str]| of(&runs(&with(&[&sure[..], more].concat()), 200), bank);
    // Threatened first, it waits for its notice; unannounced it does not.
    let first = |days: &[f64]| days.iter().copied().fold(f64::INFINITY, f64::min);
    let told = of_days(&["process.sanctions.announced=1"]);
    let untold = of_days(&["process.sanctions.announced=0"]);
    assert!(first(&told) >= 60.0 && first(&untold) <= 14.0, "{} {}", first(&told), first(&untold));
    // A measure of another kind is not in the batch.
    let batch = ["process.sanctions.batch=1", "designation.seaward>guard:terrorist.hazard=0"];
    let none = runs(&with(&[&sure[..], &batch[..]].concat()), 50);
    assert_eq!(share(&of(&none, id)), 0.0);
}
