//! Extreme inputs end in a clear error or a sane result, never in a panic or a number that is none.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use case::Folder;
use simulate::quantity::Unit;
use simulate::{Model, Outcome, Play};

use crate::playing::{ALL, adding, built, feud, folder, with};

/// How a case ended.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum End {
    /// It could not be read, made ready or run, and it was said why.
    Refused,
    /// It ran.
    Ran,
}

/// Builds and runs a case, and holds every number of it to its kind.
fn tried(folder: &Folder, runs: u32, what: &str) -> End {
    let found = folder.build(None);
    let Some(case) = &found.case else {
        assert!(found.errors() > 0, "{what}: no case and no reason");
        assert!(found.findings.iter().all(|f| !f.message.is_empty()), "{what}");
        return End::Refused;
    };
    if found.errors() > 0 {
        return End::Refused;
    }
    let model = match Model::new(case) {
        Ok(model) => model,
        Err(findings) => {
            assert!(findings.iter().any(|f| !f.message.is_empty()), "{what}: no reason");
            return End::Refused;
        }
    };
    for run in 0..runs {
        match model.play(3, run).go().map(|played| played.outcome) {
            Ok(outcome) => sane(&model, &outcome, what),
            Err(error) => {
                assert!(!error.fault.is_empty(), "{what}");
                return End::Refused;
            }
        }
    }
    // An open journal finds what is drawn twice.
    Play { journal: true, ..model.play(3, 0) }.go().unwrap();
    End::Ran
}

fn sane(model: &Model<'_>, outcome: &Outcome, what: &str) {
    assert_eq!(outcome.quantities.len(), model.quantities.len(), "{what}");
    for (quantity, value) in model.quantities.iter().zip(&outcome.quantities) {
        let Some(value) = value else { continue };
        let fits = match quantity.unit {
            Unit::Share | Unit::Happens | Unit::Position => (0.0..=1.0).contains(value),
            Unit::Favour => (-1.0..=1.0).contains(value),
            Unit::Count | Unit::Days | Unit::DaysUntil | Unit::Rung | Unit::Multiple => {
                value.is_finite() && *value >= 0.0
            }
        };
        assert!(fits, "{what}: {} is {value}", quantity.id);
    }
    assert!(outcome.course.iter().all(|v| v.is_finite()), "{what}: {:?}", outcome.course);
    assert!(outcome.shares.iter().all(|v| (0.0..=1.0).contains(v)), "{what}: {:?}", outcome.shares);
    assert!((0.0..=1.0).contains(&outcome.turnout), "{what}: turnout {}", outcome.turnout);
}

#[test]
fn every_belief_of_the_case_at_its_extremes() {
    let base = feud(&folder().with_scenario("fen-rising").unwrap());
    let base = with(&base, &["case.until=2031-09-01"]);
    let paths: Vec<String> =
        base.build(None).case.unwrap().beliefs.iter().map(|b| b.path.clone()).collect();
    let mut ran = 0;
    for path in &paths {
        for value in ["-1e6", "0", "1", "1e6"] {
            let what = format!("{path}={value}");
            ran += usize::from(tried(&base.with_set(&what), 3, &what) == End::Ran);
        }
    }
    // Bounds refuse some of them; most must run.
    assert!(ran > 2 * paths.len(), "{ran} of {} ran", 4 * paths.len());
}

#[test]
fn all_hazards_at_once() {
    let everything = [
        "supply.gas.cut=1e6",
        "supply.grain.cut=1e6",
        "supply.gas.days=0",
        "pillar.fenland.hazard=1e6",
        "pillar.uplanders.hazard=1e6",
        "shock.flood.hazard=1e6",
        "shock.flood.days=0",
        "process.opinion.outbreaks=1e6",
        "process.opinion.spread=1e6",
        "process.patronage.caution=1e6",
    ];
    assert_eq!(tried(&with(&feud(&folder()), &everything), 40, "all hazards"), End::Ran);
    let shares = [
        "segment.hill-folk.share=1",
        "segment.coast-folk.share=1",
        "supply.gas.share=1",
        "supply.grain.share=1",
        "supply.gas.substitute=0",
        "prior.hill:reds.share=1",
        "prior.hill:blues.share=1",
        "prior.hill:greens.share=1",
        "district.hill.fringe=1",
    ];
    assert_eq!(tried(&with(&folder(), &shares), 40, "shares above one"), End::Ran);
    let none = [
        "segment.hill-folk.share=0",
        "segment.coast-folk.share=0",
        "supply.gas.value=0",
        "supply.grain.value=0",
    ];
    assert_eq!(tried(&with(&folder(), &none), 40, "shares of nothing"), End::Ran);
    let nothing = ["hill", "coast", "border"]
        .map(|d| ["reds", "blues", "greens", "harbour"].map(|l| format!("prior.{d}:{l}.share=0")));
    let case = folder().build(None).case.unwrap();
    let known = |set: &&String| case.beliefs.iter().any(|b| set.starts_with(&b.path));
    let nothing: Vec<&str> = nothing.iter().flatten().filter(known).map(String::as_str).collect();
    assert_eq!(tried(&with(&folder(), &nothing), 40, "no votes"), End::Ran);
}

#[test]
fn windows_and_dates_at_the_ends_of_time() {
    for (sets, end) in [
        (&["case.until=9999-12-31", "case.as_of=9999-01-01"][..], None),
        (&["case.until=9999-12-31", "case.as_of=9999-12-01", "contest.date=9999-12-20"], None),
        (&["case.until=0001-01-01"], Some(End::Refused)),
        (&["case.until=2031-03-02"], Some(End::Ran)),
        (&["case.until=2031-03-01"], Some(End::Refused)),
        (&["contest.date=2031-03-02"], Some(End::Ran)),
        (&["contest.date=9999-12-31"], Some(End::Ran)),
        (&["case.until=not a day"], Some(End::Refused)),
    ] {
        let got = tried(&with(&folder(), sets), 20, &format!("{sets:?}"));
        assert!(end.is_none_or(|end| end == got), "{sets:?}: {got:?}");
    }
}

/// A case of its own, written to a folder.
fn written(files: &[(&str, &str)]) -> Folder {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    Folder::read(dir.path()).unwrap()
}

fn head(processes: &[&str], until: &str) -> String {
    format!(
        "[case]\nformat = 1\ntitle = \"Small\"\nsummary = \"Next to nothing.\"\nstate = \"alone\"\n\
         as_of = 2031-03-01\nuntil = {until}\nprocesses = {processes:?}\nbody = \"government\"\n"
    )
}

const SOURCE: &str = "[[source]]\nkey = \"s\"\ntitle = \"S\"\npublisher = \"S\"\npublished = 2030-01-01\nreliability = \"A\"\ncredibility = 1\n";

/// The parameters of all processes, from the tutorial case.
fn parameters() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let mut all = String::new();
    for file in ["case.toml", "region.toml", "supply.toml", "opinion.toml"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let mut keep = false;
        for line in text.lines() {
            if line.starts_with('[') {
                keep = line.starts_with("[process.");
            }
            if keep {
                writeln!(all, "{line}").unwrap();
            }
        }
    }
    all
}

#[test]
fn one_actor_alone() {
    let actor = "[[actor]]\nid = \"alone\"\nname = \"Alone\"\nkind = \"government\"\n";
    let body = "[[body]]\nid = \"government\"\nname = \"government\"\nquota = 1\nsource = \"s\"\n";
    let society: Vec<&str> =
        ALL.into_iter().filter(|p| *p != "election" && *p != "formation").collect();
    let rest = format!("{actor}{body}{SOURCE}{}", parameters());
    let case = format!("{}{rest}", head(&society, "2032-03-01"));
    assert_eq!(tried(&written(&[("case.toml", &case)]), 5, "one actor"), End::Ran);
    // Without districts and offices there is nothing to elect: that is said.
    let case = format!("{}{rest}", head(&ALL, "2032-03-01"));
    assert_eq!(tried(&written(&[("case.toml", &case)]), 5, "one actor votes"), End::Refused);
    // Nothing at all to do.
    let case = format!("{}{actor}{body}{SOURCE}", head(&[], "2032-03-01"));
    assert_eq!(tried(&written(&[("case.toml", &case)]), 5, "no process"), End::Ran);
}

#[test]
fn an_assembly_without_seats() {
    for sets in [
        &["assembly.seats=0", "assembly.majority=0"][..],
        &["assembly.seats=0", "assembly.majority=1", "body.government.quota=0"],
        &[
            "district.hill.seats=0",
            "district.coast.seats=0",
            "district.border.seats=0",
            "assembly.seats=0",
        ],
        &["district.hill.seats=0", "district.coast.seats=0", "district.border.seats=0"],
    ] {
        assert_eq!(
            tried(&with(&folder(), sets), 5, &format!("{sets:?}")),
            End::Refused,
            "{sets:?}"
        );
    }
}

#[test]
fn five_hundred_actors_in_a_thick_web() {
    let judged = |value: f64| format!("{{ value = {value}, judged = \"test\" }}");
    let society: Vec<&str> =
        ALL.into_iter().filter(|p| *p != "election" && *p != "formation").collect();
    let mut case = head(&society, "2031-09-01");
    case.push_str("focus = [\"p1\"]\n[channels]\n");
    for channel in ["political", "security", "economic", "social", "information", "diplomatic"] {
        writeln!(case, "{channel} = {}", judged(0.7)).unwrap();
    }
    case.push_str(
        "[[body]]\nid = \"government\"\nname = \"government\"\nquota = 1\nsource = \"s\"\n",
    );
    case.push_str(SOURCE);
    case.push_str("[[actor]]\nid = \"alone\"\nname = \"State\"\nkind = \"government\"\nautonomy = { value = 1, judged = \"test\" }\n");
    for i in 1..500 {
        let kind = if i <= 20 { "state" } else { "faction" };
        let autonomy = judged(0.2 + f64::from(i % 7) / 3.0);
        write!(
            case,
            "[[actor]]\nid = \"p{i}\"\nname = \"P {i}\"\nkind = \"{kind}\"\nautonomy = {autonomy}\n"
        )
        .unwrap();
    }
    let mut place = 7_u32;
    let mut next = |below: u32| {
        place = place.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (place >> 8) % below
    };
    let mut seen = std::collections::BTreeSet::new();
    let channels = ["political", "security", "economic"];
    for _ in 0..3000 {
        let (from, to, channel) = (1 + next(499), 1 + next(499), channels[next(3) as usize]);
        if from != to && seen.insert((from, to, channel)) {
            let (width, depends) = (judged(0.9), judged(0.9));
            write!(case, "[[tie]]\nfrom = \"p{from}\"\nto = \"p{to}\"\nchannel = \"{channel}\"\nbandwidth = {width}\ndependence = {depends}\nsource = \"s\"\n").unwrap();
        }
    }
    for i in 1..=20 {
        write!(case, "[[pillar]]\nid = \"l{i}\"\nname = \"L {i}\"\npatron = \"p{i}\"\nweight = {}\nhazard = {}\nsource = \"s\"\n", judged(1.0), judged(3.0)).unwrap();
        write!(case, "[[supply]]\nid = \"s{i}\"\nname = \"S {i}\"\nfrom = \"p{i}\"\nto = \"alone\"\nvalue = {}\nshare = {}\nsubstitute = {}\ncut = {}\ndays = {}\nsource = \"s\"\n", judged(1e9), judged(0.2), judged(0.0), judged(2.0), judged(30.0)).unwrap();
        write!(
            case,
            "[[favour]]\nsegment = \"all\"\nactor = \"p{i}\"\nvalue = {}\n",
            judged(if i % 2 == 0 { 1.0 } else { -1.0 })
        )
        .unwrap();
        write!(case, "[[narrative]]\nid = \"n{i}\"\nsays = \"x\"\nspeaker = \"p{i}\"\nabout = \"p{}\"\nslant = {}\nreach = {}\nsource = \"s\"\n", 1 + i % 20, judged(-1.0), judged(1.0)).unwrap();
    }
    write!(
        case,
        "[[segment]]\nid = \"all\"\nname = \"All\"\nshare = {}\nsource = \"s\"\n",
        judged(1.0)
    )
    .unwrap();
    case.push_str(&parameters());
    assert_eq!(tried(&written(&[("case.toml", &case)]), 3, "500 actors"), End::Ran);
}

#[test]
fn more_lists_than_can_be_followed_are_refused() {
    let actor = |i: u32| format!("id = \"l{i}\", name = \"L {i}\", kind = \"list\"");
    let entry = |i: u32| format!("list = \"l{i}\", participates = true, source = \"courier\"");
    let entries: Vec<(&str, String)> =
        (0..130).flat_map(|i| [("actor", actor(i)), ("entry", entry(i))]).collect();
    let entries: Vec<(&str, &str)> = entries.iter().map(|(kind, e)| (*kind, e.as_str())).collect();
    let case = built(&adding(&folder(), &entries));
    let findings = Model::new(&case).unwrap_err();
    assert!(findings.iter().any(|f| f.message.contains("at most 127")), "{findings:?}");
}
