//! What the texts say of patrons and of shocks, tried on the tutorial case with paired luck: the direction, a sensible
//! size, and nothing at all where the mechanism is switched off.
#![allow(clippy::unwrap_used)]

use case::Folder;
use simulate::journal::Journal;
use simulate::world::World;
use simulate::{Model, Play};

use crate::playing::{
    ALL, RUNS, Runs, adding, built, feud, folder, mean, moved, place, pushed, runs, same_but,
    values, with,
};

#[test]
fn an_allys_fall_raises_what_the_state_is_worth_and_the_effort_spent() {
    let base = folder();
    let falls = with(&base, &["pillar.fenland.hazard=1e6"]);
    let (stands, fallen) = (runs(&base), runs(&falls));
    // Worth 0.8 of the state, of which about 0.7 moves on, to the state and 0.5 of another pillar: 1 + 0.56 / 1.5.
    let worth = moved(&stands, &fallen, "patronage.worth.northmark");
    assert!((0.25..0.5).contains(&worth), "{worth}");
    let effort = moved(&stands, &fallen, "patronage.effort.northmark");
    assert!((0.15..0.45).contains(&effort), "{effort}");
    // It shows in the patron's sway, the first that is followed, at the end of nearly every run.
    let sway = |runs: &Runs| -> Vec<f64> {
        let case = built(&base);
        let width = Model::new(&case).unwrap().followed.len();
        runs.0.iter().map(|o| f64::from(o.course[o.course.len() - width])).collect()
    };
    let (before, after) = (sway(&stands), sway(&fallen));
    let higher = before.iter().zip(&after).filter(|(a, b)| b > a).count();
    assert!(higher > 190, "{higher} of {RUNS}");
    assert!((0.005..0.1).contains(&(mean(&after) - mean(&before))));
    // The other patron leans on nothing there.
    assert_eq!(moved(&stands, &fallen, "patronage.worth.seaward"), 0.0);
    // Switched off, the fall is a fall and nothing else.
    let off = |folder: &Folder| runs(&with(folder, &["process.patronage.pillar_gain=0"]));
    same_but(&off(&base), &off(&falls), &["shock.pillar.fenland"]);
    let off = ["process.patronage.elasticity=0", "process.patronage.caution=0"];
    let off = |folder: &Folder| runs(&with(folder, &off));
    same_but(&off(&base), &off(&falls), &["shock.pillar.fenland", "patronage.worth.northmark"]);
}

#[test]
fn a_shock_may_take_a_pillar_along_on_its_day() {
    let base = folder().with_scenario("fen-rising").unwrap();
    let struck = runs(&base);
    assert!(values(&struck, "shock.april-rising").iter().all(|v| *v == 1.0));
    let fell = mean(&values(&struck, "shock.pillar.fenland"));
    assert!((0.58..0.8).contains(&fell), "the effect's chance is about 0.69: {fell}");
    let case = built(&base);
    let model = Model::new(&case).unwrap();
    let told = Play { journal: true, ..model.play(7, 3) }.go().unwrap();
    let entry = told.journal.iter().find(|e| e.what == "A rising in the Fenland in April").unwrap();
    assert_eq!(entry.day, jiff::civil::date(2031, 4, 6));
}

#[test]
fn sanctions_on_a_patron_and_its_client_raise_the_price_of_effort() {
    let listed = |actor: &str| {
        let entry = format!(
            "by = \"seaward\", actor = \"{actor}\", measure = \"embargo\", source = \"courier\", \
             hazard = {{ value = 0, judged = \"test\" }}"
        );
        let folder = adding(&folder(), &[("designation", &entry)]);
        let case = built(&folder);
        let at = case.designations.iter().position(|d| {
            d.actor.get_ref() == actor && d.measure == case::economy::Measure::Embargo
        });
        let at = at.unwrap();
        let set = move |on: bool| {
            move |world: &mut World, _: &Journal| world.states.sanctions.impose(at, on, None)
        };
        (folder.clone(), pushed(&folder, set(false)), pushed(&folder, set(true)), at)
    };
    let (folder, free, patron, at) = listed("northmark");
    let effort = moved(&free, &patron, "patronage.effort.northmark");
    assert!((-0.16..-0.03).contains(&effort), "about the drag of one: {effort}");
    let off = with(&folder, &["process.patronage.drag=0", "process.patronage.sanction_price=0"]);
    let set =
        move |on| move |world: &mut World, _: &Journal| world.states.sanctions.impose(at, on, None);
    same_but(&pushed(&off, set(false)), &pushed(&off, set(true)), &[]);
    let (_, free, client, _) = listed("guard");
    let effort = moved(&free, &client, "patronage.effort.northmark");
    assert!((-0.35..-0.05).contains(&effort), "the same money buys less: {effort}");
    assert_eq!(moved(&free, &client, "patronage.effort.seaward"), 0.0);
}

#[test]
fn a_patron_calls_for_restraint_where_strikes_are_near_and_is_heard_as_far_as_it_controls() {
    let base = feud(&folder());
    let calls = "patronage.restraint.guard>harbour";
    let heard = "patronage.heard.guard>harbour";
    let rung = |rung: u32| {
        let at = place(&base, "feud");
        pushed(&base, move |world, _| world.states.escalation.put(at, rung, None))
    };
    let (calm, near, open) = (rung(0), rung(1), rung(2));
    let often = [&calm, &near, &open].map(|r| mean(&values(r, calls)));
    assert!(often.is_sorted() && often[0] > 0.5 && often[2] > 1.3 * often[0], "{often:?}");
    assert!(often[2] < 6.0, "an order lasts eight weeks: {often:?}");
    // Obedience grows with the tie and is nothing without it.
    let tied = |width: &str| {
        let security = format!("tie.northmark>guard:security.bandwidth={width}");
        let economic = format!("tie.northmark>guard:economic.bandwidth={width}");
        let folder = with(&base, &[&security, &economic]);
        let at = place(&folder, "feud");
        let runs = pushed(&folder, move |world, _| world.states.escalation.put(at, 2, None));
        mean(&values(&runs, heard)) / mean(&values(&runs, calls))
    };
    let (none, weak, strong) = (tied("0"), tied("0.3"), tied("0.95"));
    assert_eq!(none, 0.0);
    assert!(weak > 0.1 && strong > weak + 0.1 && strong < 0.8, "{weak} {strong}");
    // Worth makes it speak more often; no caution, no calls.
    let falls = with(&base, &["pillar.fenland.hazard=1e6", "pillar.uplanders.hazard=1e6"]);
    assert!(mean(&values(&runs(&falls), calls)) > mean(&values(&runs(&base), calls)));
    let off = runs(&with(&base, &["process.patronage.caution=0"]));
    assert_eq!(mean(&values(&off, calls)), 0.0);
}

#[test]
fn what_a_shock_does_ends_with_it() {
    let never = folder();
    let flood = "id = \"flood\", name = \"The spring flood\", date = 2031-04-06, \
                 days = { value = 30, judged = \"test\" }";
    let removed = |folder: &Folder, path: &str| {
        let dir = tempfile::tempdir().unwrap();
        let patch = dir.path().join("less.toml");
        std::fs::write(&patch, format!("[[remove]]\npath = \"{path}\"\n")).unwrap();
        folder.with_scenario(patch.to_str().unwrap()).unwrap()
    };
    let base = adding(&removed(&never, "shock.flood"), &[("shock", flood)]);
    // Prices are back by the end of the year, and its end is told.
    let (flood, dry) = (runs(&base), runs(&never));
    let prices = moved(&dry, &flood, "dependence.prices").abs();
    assert!(prices < 1e-6, "{prices}");
    let lasts = runs(&with(&base, &["shock.flood.days=10000"]));
    assert!((0.03..0.15).contains(&moved(&dry, &lasts, "dependence.prices")));
    let turnout = |r: &Runs| mean(&r.0.iter().map(|o| f64::from(o.turnout)).collect::<Vec<_>>());
    assert!(turnout(&lasts) < turnout(&dry) - 0.01, "it still rains on election day");
    let case = built(&base);
    let told = Play { journal: true, ..Model::new(&case).unwrap().play(7, 5) }.go().unwrap();
    let over = told.journal.iter().find(|e| e.what == "It is over: The spring flood").unwrap();
    assert_eq!(over.day, jiff::civil::date(2031, 5, 6));
    // A hazard of two a year comes about as often as that says.
    let hazard = with(&never, &["shock.flood.hazard=0.7"]);
    let came = mean(&values(&runs(&hazard), "shock.flood"));
    assert!((came - 0.503).abs() < 0.1, "1 - exp(-0.7) within a year: {came}");
}

#[test]
fn runs_are_pure_with_every_process_of_society_in_play() {
    let base = feud(&folder());
    let base =
        with(&base, &["supply.gas.cut=2", "pillar.fenland.hazard=1", "shock.flood.hazard=2"]);
    let case = built(&base);
    let model = Model::new(&case).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| model.ensemble(7, 0, RUNS, &|_| {}).unwrap())
    };
    let one = on(1);
    assert_eq!(format!("{one:?}"), format!("{:?}", on(16)));
    for run in 0..60 {
        // An open journal refuses a second draw under one name, and telling a run changes nothing.
        assert_eq!(
            Play { journal: true, ..model.play(7, run) }.go().unwrap().outcome,
            one.outcomes[run as usize]
        );
    }
    let same = with(&base, &["assembly.majority=13"]);
    same_but(&runs(&base), &runs(&same), &[]);
}

#[test]
fn a_process_less_moves_nobody_elses_luck() {
    let base = with(&folder(), &["supply.gas.cut=1", "shock.flood.hazard=1"]);
    let all = runs(&base);
    for left_out in ["information", "opinion", "patronage"] {
        let rest: Vec<&str> = ALL.into_iter().filter(|p| *p != left_out).collect();
        let rest = runs(&with(&base, &[&format!("case.processes={rest:?}")]));
        for id in ["dependence.cuts.gas", "dependence.shortage", "shock.flood"] {
            assert_eq!(values(&all, id), values(&rest, id), "{id} without {left_out}");
        }
    }
}
