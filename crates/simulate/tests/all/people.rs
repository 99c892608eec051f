//! What the texts say of shortages, people and stories, tried on the tutorial case with paired luck: the direction, a
//! sensible size, and nothing at all where the mechanism is switched off.
#![allow(clippy::unwrap_used)]

use case::Folder;
use jiff::civil::Date;
use simulate::Model;
use simulate::journal::Journal;
use simulate::play::{Play, Until};
use simulate::pulls::{Pulls, Strengths};
use simulate::world::World;

use crate::playing::{
    Runs, Sets, adding, built, feud, folder, mean, moved, place, pushed, runs, same_but, values,
    with,
};

#[test]
fn a_gas_cut_off_brings_shortages_prices_protest_and_levies() {
    let base = folder();
    let cut = with(&base, &["supply.gas.cut=1e6"]);
    // The waiver of the case may run out in either; it is not what is tried here.
    let (base, cut) = (
        &with(&base, &["process.dependence.lapse=0"]),
        &with(&cut, &["process.dependence.lapse=0"]),
    );
    let (flows, dry) = (runs(base), runs(cut));
    let shortage = moved(&flows, &dry, "dependence.shortage");
    assert!((0.2..0.36).contains(&shortage), "0.35 of the need, a fifth replaced: {shortage}");
    assert!((0.1..0.4).contains(&moved(&flows, &dry, "dependence.prices")));
    let outbreaks = |r: &Runs| mean(&values(r, "opinion.outbreaks"));
    assert!(outbreaks(&dry) > 1.3 * outbreaks(&flows), "{} {}", outbreaks(&dry), outbreaks(&flows));
    assert!(mean(&values(&dry, "opinion.protest")) > mean(&values(&flows, "opinion.protest")));
    assert!(moved(&flows, &dry, "opinion.legitimacy") < -0.05);
    // Nobody needs it: nothing but the cuts themselves, and what smugglers would have earned.
    let off = |folder: &Folder| runs(&with(folder, &["supply.gas.share=0"]));
    same_but(&off(base), &off(cut), &["dependence.cuts.gas"]);
    // It is all replaced.
    let off = |folder: &Folder| runs(&with(folder, &["supply.gas.substitute=1"]));
    same_but(&off(base), &off(cut), &["dependence.cuts.gas"]);
}

#[test]
fn unpaid_bills_after_a_waiver_lapses_bring_on_cuts() {
    let base = with(&folder(), &["supply.gas.cut=0.5"]);
    let lasts = |world: &mut World, _: &Journal| {
        world.states.sanctions.waive(0, Some(Date::MAX), None);
    };
    let lapses = |world: &mut World, _: &Journal| {
        world.states.sanctions.waive(0, None, None);
    };
    let (paid, unpaid) = (pushed(&base, lasts), pushed(&base, lapses));
    assert!(
        mean(&values(&unpaid, "dependence.cuts.gas"))
            > 1.05 * mean(&values(&paid, "dependence.cuts.gas"))
    );
    assert!(moved(&paid, &unpaid, "dependence.shortage") > 0.02);
    let off = with(&base, &["process.dependence.lapse=0"]);
    same_but(&pushed(&off, lasts), &pushed(&off, lapses), &[]);
}

#[test]
fn what_a_faction_earns_goes_with_trade_and_with_its_patrons_effort() {
    let judged = |value: &str| format!("{{ value = {value}, judged = \"test\" }}");
    let stream = |actor: &str, stream: &str, payer: &str| {
        let (value, exposed) = (judged("1e6"), judged("0.5"));
        format!(
            "actor = \"{actor}\", stream = \"{stream}\", {payer} value = {value}, exposed = {exposed}, source = \"courier\""
        )
    };
    let entries = [
        ("revenue", stream("harbour", "trade", "")),
        ("revenue", stream("harbour", "patron", "payer = \"seaward\",")),
    ];
    let entries: Vec<(&str, &str)> = entries.iter().map(|(kind, e)| (*kind, e.as_str())).collect();
    let base = adding(&folder(), &entries);
    let incomes = |folder: &Folder, effort: f64| {
        let case = built(folder);
        let mut model = Model::new(&case).unwrap();
        let at = |actor: &str, stream: &str| {
            let of = |r: &case::economy::Revenue| {
                r.actor.get_ref() == actor && r.stream.name() == stream
            };
            case.revenues.iter().position(of).unwrap()
        };
        let places = [at("harbour", "trade"), at("guard", "levies"), at("harbour", "patron")];
        let seen = std::sync::Arc::new(std::sync::Mutex::new([0.0; 3]));
        let last = std::sync::Arc::clone(&seen);
        model.processes.push(Box::new(Sets(move |world: &mut World, _: &Journal| {
            world.states.patronage.spend(effort, None);
            *last.lock().unwrap() = places.map(|p| *world.incomes.of(p).peek());
        })));
        model.play(7, 1).go().unwrap();
        *seen.lock().unwrap()
    };
    let off = with(&base, &["case.processes=[\"dependence\"]", "process.dependence.lapse=0"]);
    let dry = with(&off, &["supply.gas.cut=1e6", "supply.gas.days=10000"]);
    assert_eq!(incomes(&off, 1.0), [1.0, 1.0, 1.0]);
    let [trade, levies, patron] = incomes(&dry, 1.0);
    assert!((0.4..0.9).contains(&trade) && (1.02..1.6).contains(&levies), "{trade} {levies}");
    assert_eq!(patron, 1.0);
    assert!((incomes(&off, 1.5)[2] - 1.5).abs() < 1e-9);
}

#[test]
fn strikes_and_crossings_raise_backlash_which_costs_patrons_favour_and_their_clients_votes() {
    // The client's voters are its community's, whose view of its patron starts in the middle.
    let base = with(&feud(&folder()), &["case.until=2031-06-28"]);
    let at = place(&base, "feud");
    let strikes = move |inside: u32, airspace: u32| {
        move |world: &mut World, _: &Journal| {
            let mut now = *world.states.escalation.strikes(at).peek();
            (now.week, now.inside, now.airspace) = (inside, inside, airspace);
            world.states.escalation.strike(at, now, None);
        }
    };
    let (calm, crossed, struck) =
        (pushed(&base, strikes(0, 0)), pushed(&base, strikes(0, 2)), pushed(&base, strikes(1, 2)));
    let backlash = "opinion.backlash";
    let (some, more) = (moved(&calm, &crossed, backlash), moved(&calm, &struck, backlash));
    assert!(some > 0.5 && more > some + 0.5 && more < 16.0, "{some} {more}");
    for patron in ["opinion.favour.northmark", "opinion.favour.seaward"] {
        let (some, more) = (moved(&calm, &crossed, patron), moved(&calm, &struck, patron));
        assert!(some < -0.1 && more < some - 0.1 && more > -1.2, "{patron}: {some} {more}");
    }
    let case = built(&base);
    let model = Model::new(&case).unwrap();
    let votes = |runs: &Runs, list: &str| {
        let list = model.list(list).unwrap();
        mean(
            &runs
                .0
                .iter()
                .map(|o| f64::from(o.shares[list]) * f64::from(o.turnout))
                .collect::<Vec<_>>(),
        )
    };
    // The Reds live by the Northmark, the Harbour list by the Seaward Union; the Greens have no patron.
    for client in ["reds", "harbour"] {
        let (before, after) = (votes(&calm, client), votes(&struck, client));
        assert!(after < 0.97 * before && after > 0.3 * before, "{client}: {before} {after}");
    }
    let lost = |list: &str| votes(&struck, list) / votes(&calm, list);
    assert!(lost("greens") > lost("reds") + 0.05 && lost("greens") > lost("harbour") + 0.05);
    let turnout = |runs: &Runs| runs.0.iter().map(|o| f64::from(o.turnout)).sum::<f64>();
    assert!(turnout(&struck) < turnout(&calm));
    // The state gains by the rally and loses by the intrusion; here it is switched to each in turn.
    let legitimacy = |sets: &[&str]| {
        let folder = with(&base, sets);
        moved(
            &pushed(&folder, strikes(0, 0)),
            &pushed(&folder, strikes(1, 0)),
            "opinion.legitimacy",
        )
    };
    assert!(legitimacy(&["process.opinion.rally=0"]) < 0.0);
    assert!(legitimacy(&["process.opinion.intrusion_cost=0"]) > 0.0);
    // Nobody minds: nothing changes.
    let off = with(&base, &["process.opinion.strike_anger=0", "process.opinion.airspace_anger=0"]);
    // Only the patron's caution is left, which strikes inside the country wake.
    let calls = ["patronage.restraint.guard>harbour", "patronage.heard.guard>harbour"];
    same_but(&pushed(&off, strikes(0, 0)), &pushed(&off, strikes(1, 2)), &calls);
    // Only the anger is left where nobody is blamed and the state neither gains nor loses by it.
    let off = ["blame=0", "rally=0", "intrusion_cost=0", "anger_grievance=0"]
        .map(|set| format!("process.opinion.{set}"));
    let off: Vec<&str> =
        off.iter().map(String::as_str).chain(["process.patronage.anger_price=0"]).collect();
    let off = with(&base, &off);
    same_but(&pushed(&off, strikes(0, 0)), &pushed(&off, strikes(0, 2)), &[backlash]);
}

#[test]
fn a_boycott_moves_seats_and_the_size_of_the_largest_bloc() {
    let base = with(&folder(), &["case.processes=[\"election\", \"formation\"]"]);
    let stands = base.with_scenario("justice-stands").unwrap();
    let case = built(&base);
    let model = Model::new(&case).unwrap();
    let (away, there) = (runs(&base), runs(&stands));
    let seats = |runs: &Runs, list: &str| {
        let list = model.list(list).unwrap();
        mean(&runs.0.iter().map(|o| f64::from(o.seats[list])).collect::<Vec<_>>())
    };
    assert_eq!(seats(&away, "justice"), 0.0);
    let given = seats(&there, "justice");
    let gained = ["reds", "blues", "greens", "harbour"].map(|l| seats(&away, l) - seats(&there, l));
    assert!(given > 1.0 && gained[0] > 0.3 && gained[1] > 0.3, "{given} {gained:?}");
    assert!(gained[0] + gained[1] > gained[2] + gained[3], "its voters move to the lists it names");
    let bloc =
        |runs: &Runs| mean(&runs.0.iter().map(|o| f64::from(o.bloc_seats)).collect::<Vec<_>>());
    assert!(bloc(&away) > bloc(&there) + 0.5, "{} {}", bloc(&away), bloc(&there));
    let formed = |runs: &Runs| runs.0.iter().filter(|o| o.days.is_some()).count();
    assert!(formed(&away) > 100 && formed(&there) > 100);
    // Nobody follows its call: it makes no difference whether it stands.
    let alone = ["hill", "coast", "border"].map(|d| format!("prior.{d}:justice.share=0"));
    let alone: Vec<&str> = alone
        .iter()
        .filter(|set| {
            let key = set.trim_start_matches("prior.").split('.').next().unwrap();
            case.priors
                .iter()
                .any(|p| format!("{}:{}", p.district.get_ref(), p.list.get_ref()) == key)
        })
        .map(String::as_str)
        .collect();
    assert!(!alone.is_empty());
    same_but(&runs(&with(&base, &alone)), &runs(&with(&stands, &alone)), &[]);
}

#[test]
fn narratives_move_favour_by_their_slant_and_a_denial_dampens_them() {
    let sets = ["narrative.brothers.reach=0", "case.processes=[\"information\", \"opinion\"]"];
    let base = with(&folder(), &sets);
    let favour = "opinion.favour.northmark";
    let slanted = |slant: &str| runs(&with(&base, &[&format!("narrative.money.slant={slant}")]));
    let (blackens, says_nothing, praises) = (slanted("-0.7"), slanted("0"), slanted("0.7"));
    let (down, up) =
        (moved(&says_nothing, &blackens, favour), moved(&says_nothing, &praises, favour));
    assert!((-0.3..-0.01).contains(&down) && (0.01..0.3).contains(&up), "{down} {up}");
    let undenied =
        runs(&with(&base, &["narrative.money.slant=-0.7", "narrative.money.denied=false"]));
    let further = moved(&blackens, &undenied, favour);
    assert!(further < 0.2 * down && further > down, "{further} beside {down}");
    // A story against it dampens it.
    let countered = with(&base, &["narrative.money.slant=-0.7", "narrative.brothers.reach=0.6"]);
    let deaf = |folder: &Folder| with(folder, &["process.information.counter=0"]);
    let (blunted, plain) = (runs(&countered), runs(&deaf(&countered)));
    assert!(mean(&values(&blunted, favour)) != mean(&values(&plain, favour)));
    // Switched off: no one is persuaded, or nobody is reached, or all is denied with success.
    let nothing = |sets: &[&str]| {
        let folder = with(&base, sets);
        let off = with(&folder, &["narrative.money.slant=0"]);
        same_but(&runs(&with(&folder, &["narrative.money.slant=-0.7"])), &runs(&off), &[]);
    };
    nothing(&["process.opinion.persuasion=0"]);
    nothing(&["narrative.money.reach=0"]);
    nothing(&["process.information.denial=1"]);
}

#[test]
fn a_rivalry_sets_its_narratives_going() {
    let judged = |value: &str| format!("{{ value = {value}, judged = \"test\" }}");
    let entry = format!(
        "id = \"threat\", says = \"it means war\", speaker = \"northmark\", about = \"seaward\", rivalry = \"feud\", \
         slant = {}, reach = {}",
        judged("-0.8"),
        judged("0.5")
    );
    let base = adding(&feud(&folder()), &[("narrative", &entry)]);
    let base = with(&base, &["case.processes=[\"information\", \"opinion\"]"]);
    let at = place(&base, "feud");
    let rung = move |rung: u32| {
        move |world: &mut World, _: &Journal| world.states.escalation.put(at, rung, None)
    };
    let (calm, high) = (pushed(&base, rung(0)), pushed(&base, rung(2)));
    assert!(moved(&calm, &high, "information.heard.threat") > 0.1);
    assert!(moved(&calm, &high, "opinion.favour.seaward") < -0.005);
    let loud = with(&base, &["process.information.quiet=1"]);
    same_but(&pushed(&loud, rung(0)), &pushed(&loud, rung(2)), &[]);
}

#[test]
fn a_favour_of_somebody_not_yet_known_leaves_the_others_where_they_are() {
    // The first favour of the case is of somebody who is not there yet; nothing happens that would move any.
    let dir = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    std::fs::create_dir(dir.path().join("documents")).unwrap();
    for folder in ["", "documents"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap().map(|f| f.unwrap().path()) {
            if file.is_file() {
                let to = dir.path().join(folder).join(file.file_name().unwrap());
                std::fs::copy(&file, to).unwrap();
            }
        }
    }
    let ghost = "[[actor]]\nid = \"ghost\"\nname = \"Ghost\"\nkind = \"movement\"\nsince = 2031-12-01\n\
                 autonomy = { value = 1, judged = \"test\" }\n\
                 [[favour]]\nsegment = \"hill-folk\"\nactor = \"ghost\"\nvalue = { value = 0.9, judged = \"test\" }\n";
    let opinion = dir.path().join("opinion.toml");
    let text = std::fs::read_to_string(&opinion).unwrap();
    std::fs::write(&opinion, format!("{ghost}{text}")).unwrap();
    let read = Folder::read(dir.path()).unwrap();
    let base = with(&read, &["case.processes=[\"opinion\", \"election\"]"]);
    let short = runs(&with(&base, &["process.opinion.half_life=10"]));
    let long = runs(&with(&base, &["process.opinion.half_life=1000"]));
    for patron in ["opinion.favour.northmark", "opinion.favour.seaward"] {
        assert_eq!(moved(&short, &long, patron), 0.0);
    }
    let seats = |runs: &Runs| runs.0.iter().map(|o| o.seats.clone()).collect::<Vec<_>>();
    let alone = runs(&with(&base, &["case.processes=[\"election\"]"]));
    assert_eq!(seats(&long), seats(&alone), "and no vote is moved");
}

#[test]
fn sway_is_weighed_over_the_sitting_house_until_a_new_one_is_elected() {
    let base = with(&folder(), &["case.processes=[\"opinion\", \"election\", \"formation\"]"]);
    let case = built(&base);
    let model = Model::new(&case).unwrap();
    let quota = *case
        .bodies
        .iter()
        .find(|b| b.id.get_ref() == case.head.body.get_ref())
        .unwrap()
        .quota
        .get_ref();
    let mut apart = 0;
    for run in 0..60 {
        let outcome = model.play(3, run).go().unwrap().outcome;
        let drawn = model.draw(simulate::luck::Luck::new(3, run));
        let pulls =
            Pulls::of(&model.network, &Strengths::of(&model.network, &drawn), |_| 1.0).unwrap();
        let seats =
            Play { until: Until::Assembly, ..model.play(3, run) }.go().unwrap().assembly.unwrap();
        let power = simulate::power::Power::of(&model, &seats, quota).unwrap();
        let (new, old) = (
            pulls.sway(&power.members),
            pulls.sway(&model.sitting_power.as_ref().unwrap().members),
        );
        let width = model.followed.len();
        for (at, actor) in case.head.focus.iter().enumerate() {
            let actor = case.actor_index(actor.get_ref()).unwrap();
            let (first, last) =
                (outcome.course[at], outcome.course[outcome.course.len() - width + at]);
            assert!((f64::from(first) - old[actor]).abs() < 1e-6, "the sitting house at first");
            assert!((f64::from(last) - new[actor]).abs() < 1e-6, "the elected one at last");
            apart += u32::from((new[actor] - old[actor]).abs() > 1e-4);
        }
    }
    assert!(apart > 0, "the two houses differ in some run");
}
