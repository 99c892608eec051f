//! Bills and decrees on the tutorial case, with paired luck.
#![allow(clippy::unwrap_used)]

use crate::conflict;
use crate::conflict::{built, folder, mean, of, runs, share};
use simulate::{Model, Play};

const ALONE: &str = "case.processes=[\"election\", \"formation\", \"legislation\"]";
/// The decree comes in the first weeks, the bill never.
const DECREE: [&str; 3] = [ALONE, "bill.freeze.hazard=1000000", "bill.guard-act.hazard=0"];
/// Nobody abroad pulls on the government.
const QUIET: &str = "tie.seaward>toyland:economic.dependence=0";
/// The bill comes in the first weeks, the decree never.
const BILL: [&str; 3] = [ALONE, "bill.freeze.hazard=0", "bill.guard-act.hazard=1000000"];

fn with(base: [&'static str; 3], more: &[&'static str]) -> Vec<&'static str> {
    [&base[..], more].concat()
}

#[test]
fn a_decree_is_reversed_within_days_when_those_with_sway_over_its_executors_oppose_it() {
    let at = |more: &[&'static str]| {
        share(&of(&runs(&with(DECREE, more), 400), "legislation.reversed.freeze"))
    };
    let base = at(&[]);
    assert!((0.5..1.0).contains(&base), "{base} reversed");
    // When they do not oppose it, it stands in every run.
    assert_eq!(at(&["position.northmark:guests.position=0"]), 0.0);
    // When they oppose it but hold no sway over the Treasury, it mostly stands.
    let cut =
        ["tie.guard>treasury:security.bandwidth=0", "tie.northmark>treasury:political.bandwidth=0"];
    let deaf = at(&cut);
    assert!(deaf < 0.1, "{deaf} reversed without the ties");
    let half = at(&[cut[0]]);
    assert!(deaf < half && half < base, "{deaf}, {half}, {base}: in order of the ties");
    let all = runs(&with(DECREE, &[]), 200);
    assert_eq!(share(&of(&all, "legislation.passed.freeze")), 1.0, "every decree was issued first");
}

#[test]
fn the_journal_names_those_who_had_the_decree_reversed_and_after_how_many_days() {
    let case = built(&folder(&DECREE));
    let model = Model::new(&case).unwrap();
    let mut seen = 0;
    for run in 0..40 {
        let told = Play { journal: true, ..model.play(7, run) }.go().unwrap();
        let on = |what: &str| {
            told.journal.iter().find(|e| e.process == "legislation" && e.what.contains(what))
        };
        let (Some(issued), Some(reversed)) = (on("is issued"), on(" reversed")) else { continue };
        let days = reversed.day.since(issued.day).unwrap().get_days();
        assert!((1..=15).contains(&days), "{days} days");
        assert!(reversed.what.contains("Northmark") || reversed.what.contains("Guard"));
        let follows = |c: &simulate::journal::Cause| matches!(c, simulate::journal::Cause::Entry { id } if *id == issued.id);
        assert!(reversed.causes.iter().any(follows), "the reversal knows the decree");
        seen += 1;
    }
    assert!(seen > 15, "{seen} reversals in 40 runs");
}

#[test]
fn a_bill_is_pulled_under_foreign_pressure() {
    let pulled = "legislation.pulled.guard-act";
    let at = |more: &[&'static str]| share(&of(&runs(&with(BILL, more), 400), pulled));
    let no_veto = "veto.seaward>guard-act.strength=0";
    let base = at(&[no_veto]);
    assert!((0.25..1.0).contains(&base), "{base} pulled");
    // Where whoever presses gains by it, or does not mind, or has no hold, the government keeps its bill.
    assert_eq!(at(&[no_veto, "position.seaward:guard-pay.position=1"]), 0.0);
    assert_eq!(at(&[no_veto, "position.seaward:guard-pay.salience=0"]), 0.0);
    assert_eq!(at(&[no_veto, QUIET]), 0.0);
    let doubtful = at(&[no_veto, "process.legislation.precision=1"]);
    assert!(doubtful < base, "{doubtful} where nobody is sure, {base} else");
    // A veto without a law behind it takes some of the rest.
    assert!(at(&[QUIET]) > 0.02);
}

#[test]
fn a_formal_veto_rejects_what_an_informal_one_has_pulled() {
    let quiet = QUIET;
    let sure = "veto.seaward>guard-act.strength=1";
    let informal = runs(&with(BILL, &[quiet, sure]), 300);
    let formal = runs(&with(BILL, &[quiet, sure, "veto.seaward>guard-act.formal=true"]), 300);
    let (pulled, passed) = ("legislation.pulled.guard-act", "legislation.passed.guard-act");
    assert!(share(&of(&informal, pulled)) > 0.6);
    assert_eq!(share(&of(&formal, pulled)), 0.0);
    assert_eq!(of(&formal, passed), of(&informal, passed));
}

#[test]
fn a_bill_passes_as_the_lists_stand_and_pulls_move_them() {
    let quiet = [QUIET, "veto.seaward>guard-act.strength=0"];
    let passed = |more: &[&'static str]| {
        let sets = with(BILL, &[&quiet[..], more].concat());
        share(&of(&runs(&sets, 400), "legislation.passed.guard-act"))
    };
    let base = passed(&[]);
    assert!((0.02..0.6).contains(&base), "{base}: the Reds alone have no majority");
    let friendly = passed(&[
        "position.blues:guard-pay.position=0.9",
        "position.greens:guard-pay.position=0.9",
    ]);
    assert!(friendly > base + 0.3, "{friendly} where the others agree");
    // The Harbour list hears its one customer: pulled on by a Seaward Union that is for the bill, it is for it too.
    let bought = passed(&[
        "position.seaward:guard-pay.position=1",
        "tie.seaward>harbour:economic.bandwidth=1",
    ]);
    assert!(bought > base, "{bought} with the customer for it");
    assert_eq!(passed(&["bill.guard-act.quota=26"]), 0.0, "more votes than seats");
}

#[test]
fn decisions_take_their_days() {
    let days = of(&runs(&with(BILL, &[QUIET]), 400), "legislation.days.guard-act");
    // Proposed in the first week or two, decided after half to one and a half of some 85 days.
    assert!((70.0..130.0).contains(&mean(&days)), "{}", mean(&days));
    assert!(share(&days) > 0.95);
    let never = of(&runs(&[ALONE, "bill.guard-act.hazard=0"], 100), "legislation.days.guard-act");
    assert!(never.iter().all(|d| d.is_nan()));
}

#[test]
fn bills_bring_sanctions_and_a_sponsor_that_gives_way_takes_its_bill_back() {
    let election = "case.processes=[\"election\", \"formation\", \"legislation\", \"sanctions\"]";
    let id = "sanctions.imposed.seaward>guard:bank";
    let pushed = [election, "bill.guard-act.hazard=1000000", "process.sanctions.bills=2"];
    let deaf = [election, "bill.guard-act.hazard=1000000", "process.sanctions.bills=0"];
    let (with, without) = (share(&of(&runs(&pushed, 600), id)), share(&of(&runs(&deaf, 600), id)));
    assert!((0.02..0.3).contains(&(with - without)), "{with} with, {without} without");
    let sure = [
        election,
        "bill.guard-act.hazard=1000000",
        QUIET,
        "veto.seaward>guard-act.strength=0",
        "process.sanctions.notice=7",
        "designation.seaward>guard:bank.hazard=20",
        "revenue.guard:patron.exposed=1",
        "revenue.guard:trade.exposed=1",
        "revenue.guard:levies.exposed=1",
    ];
    let pulled = "legislation.pulled.guard-act";
    let given = share(&of(&runs(&sure, 400), pulled));
    assert!(given > 0.1, "{given} taken back");
    let meek = [
        &sure[..],
        &[
            "revenue.guard:patron.exposed=0",
            "revenue.guard:trade.exposed=0",
            "revenue.guard:levies.exposed=0",
        ],
    ]
    .concat();
    assert_eq!(
        share(&of(&runs(&meek, 400), pulled)),
        0.0,
        "nobody gave way, nothing is taken back"
    );
}

#[test]
fn a_bill_that_was_settled_comes_back_where_it_may_and_nowhere_else() {
    let decided = |more: &str| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old-act.toml");
        let judged = |value: &str| format!("{{ value = {value}, judged = \"test\" }}");
        let entry = format!(
            "id = \"old-act\", name = \"the old bill\", kind = \"bill\", issue = \"guard-pay\", position = {}, \
             status_quo = {}, sponsors = [\"reds\"], source = \"courier\"{more}",
            judged("0.9"),
            judged("0.3")
        );
        std::fs::write(&path, format!("[[add]]\nkind = \"bill\"\nentry = {{ {entry} }}\n"))
            .unwrap();
        let base = folder(&BILL).with_scenario(path.to_str().unwrap()).unwrap();
        let all = conflict::runs_of(&base, 60);
        all.ids
            .iter()
            .any(|id| id == "legislation.days.old-act")
            .then(|| of(&all, "legislation.days.old-act").iter().filter(|d| !d.is_nan()).count())
    };
    let past = ", proposed = 2031-01-10, settled = 2031-02-01";
    let hazard = ", hazard = { value = 1000000, judged = \"test\" }";
    let open = decided(hazard).unwrap();
    assert!(open > 30, "{open} of 60 decided");
    assert_eq!(decided(&format!("{past}{hazard}")), Some(open), "as one that was never proposed");
    assert_eq!(decided(past), None, "what may not come back is history");
}
