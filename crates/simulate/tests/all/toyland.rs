//! What must hold of every run, tried on the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::{Case, Folder};
use simulate::{Ensemble, Model, Play, Played};

fn folder() -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")).unwrap()
}

fn built(folder: &Folder) -> Case {
    let built = folder.build(None);
    let lines: Vec<String> = built.findings.iter().map(|f| f.line(&folder.map)).collect();
    built.case.unwrap_or_else(|| panic!("{lines:#?}"))
}

fn ensemble(case: &Case, runs: u32) -> Ensemble {
    Model::new(case).unwrap().ensemble(7, 0, runs, &|_| {}).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let case = built(&folder());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| ensemble(&case, 400)))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(16));
}

#[test]
fn a_run_can_be_repeated_alone_by_its_number() {
    let case = built(&folder());
    let all = ensemble(&case, 60);
    let model = Model::new(&case).unwrap();
    for run in [0_u32, 17, 59] {
        assert_eq!(model.play(7, run).go().unwrap().outcome, all.outcomes[run as usize]);
        assert_eq!(
            Play { journal: true, ..model.play(7, run) }.go().unwrap().outcome,
            all.outcomes[run as usize]
        );
    }
}

#[test]
fn no_number_is_drawn_twice_under_one_name_on_a_day() {
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    for run in 0..300 {
        // An open journal refuses a second draw.
        Play { journal: true, ..model.play(7, run) }.go().unwrap();
    }
}

#[test]
fn what_only_moves_dates_deals_nobody_other_luck() {
    let base = folder();
    // Talks that conclude at once, and tries that follow each other three times as fast.
    let sets = ["process.formation.agreement=1", "process.formation.retry_days=5"];
    let faster = sets.iter().fold(base.clone(), |folder, set| folder.with_set(set));
    let (slow, fast) = (ensemble(&built(&base), 500), ensemble(&built(&faster), 500));
    let (mut sooner, mut pairs) = (0, 0);
    for (a, b) in slow.outcomes.iter().zip(&fast.outcomes) {
        let (Some(slow_days), Some(fast_days)) = (a.days, b.days) else { continue };
        let of = |r: &simulate::Outcome| {
            (r.head, r.coalition, r.failed.clone(), r.failures, r.posts.clone())
        };
        assert_eq!(of(a), of(b), "only the dates differ");
        assert!(fast_days <= slow_days, "{fast_days} after {slow_days}");
        sooner += u32::from(fast_days < slow_days);
        pairs += 1;
    }
    assert!(pairs > 400 && sooner > pairs / 2, "{sooner} of {pairs}");
}

#[test]
fn a_scenario_equal_to_its_base_differs_in_nothing() {
    let base = folder();
    let same = base.with_set("entry.reds.participates=true").with_set("assembly.majority=13");
    assert_eq!(ensemble(&built(&base), 300), ensemble(&built(&same), 300));
}

#[test]
fn taking_a_process_out_moves_nobody_elses_luck() {
    let base = folder();
    let alone = base.with_set("case.processes=[\"election\"]");
    let (both, one) = (ensemble(&built(&base), 200), ensemble(&built(&alone), 200));
    for (a, b) in both.outcomes.iter().zip(&one.outcomes) {
        assert_eq!((&a.seats, a.fringe, a.turnout), (&b.seats, b.fringe, b.turnout));
        assert_eq!(b.days, None);
    }
}

#[test]
fn an_actor_more_in_the_case_moves_nobody_elses_luck() {
    let base = folder();
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("newcomer.toml");
    let text = "[[add]]\nkind = \"actor\"\nentry = { id = \"aaa\", name = \"Newcomer\", kind = \"movement\" }\n";
    std::fs::write(&patch, text).unwrap();
    let more = base.with_scenario(patch.to_str().unwrap()).unwrap();
    assert_eq!(ensemble(&built(&base), 200), ensemble(&built(&more), 200));
}

#[test]
fn every_assembly_is_full_and_every_government_has_a_majority_of_seats() {
    let case = built(&folder());
    let all = ensemble(&case, 2000);
    let mut formed = 0;
    for outcome in &all.outcomes {
        let seats: u32 = outcome.seats.iter().map(|s| u32::from(*s)).sum();
        assert_eq!(seats + u32::from(outcome.fringe), 25);
        if outcome.days.is_some() {
            formed += 1;
            let held: u32 = (0..outcome.seats.len())
                .filter(|l| outcome.coalition >> l & 1 == 1)
                .map(|l| u32::from(outcome.seats[l]))
                .sum();
            assert!(held >= 13, "{outcome:?}");
            assert_eq!(outcome.stage_days.len(), 5);
            assert!(outcome.stage_days.is_sorted());
            assert_eq!(outcome.posts.len(), 5);
        }
    }
    assert!(formed > 1500, "only {formed} of 2000 runs form a government");
}

#[test]
fn a_source_published_after_the_as_of_date_changes_nothing() {
    let base = folder();
    let dir = tempfile::tempdir().unwrap();
    let poisoned = dir.path().join("toyland");
    std::fs::create_dir_all(poisoned.join("documents")).unwrap();
    for file in base.map.files() {
        let name = Path::new(&file.name).file_name().unwrap();
        // Every prior, tie and result gets a later statement that would turn the election round.
        let mut text = file.text.clone();
        if name == "ties.toml" {
            text = text.replace(
                "bandwidth = { value = 0.8, low = 0.6, high = 0.95, source = \"courier\"",
                "bandwidth = [{ value = 0.01, from = 2031-02-26, source = \"late\" }, { value = 0.8, low = 0.6, high = 0.95, source = \"courier\"",
            );
            text = text
                .replace("armed the Guard for a decade\" }", "armed the Guard for a decade\" }]");
            text = text.replace("\"the list of the Guard\" }", "\"the list of the Guard\" }]");
        }
        if name == "result.csv" {
            text.push_str("2029,2029-03-01,,reds,,90,25,late,\n");
        }
        std::fs::write(poisoned.join(name), text).unwrap();
    }
    for (name, path) in &base.documents {
        std::fs::copy(path, poisoned.join(name)).unwrap();
    }
    let poisoned = Folder::read(&poisoned).unwrap();
    assert_ne!(base.hash(), poisoned.hash(), "the poison is in the files");
    assert_eq!(ensemble(&built(&base), 300), ensemble(&built(&poisoned), 300));
    // Once the source is out, it counts.
    let after = poisoned.build(Some(jiff::civil::date(2031, 3, 20)));
    let case = after.case.unwrap();
    assert!(case.beliefs.iter().any(|b| b.sources == ["late"] && b.value == 0.01));
    assert_eq!(case.sitting(), [("reds", 25)]);
}

#[test]
fn a_boycott_moves_seats_and_the_largest_bloc() {
    let base = folder();
    let stands = base.with_scenario("justice-stands").unwrap();
    let (stays_away, stands) = (ensemble(&built(&base), 500), ensemble(&built(&stands), 500));
    let mean = |e: &Ensemble, f: &dyn Fn(&simulate::Outcome) -> f64| {
        e.outcomes.iter().map(f).sum::<f64>() / e.outcomes.len() as f64
    };
    let bloc = |o: &simulate::Outcome| f64::from(o.bloc_seats);
    assert!(mean(&stays_away, &bloc) > mean(&stands, &bloc) + 0.5);
    let turnout = |o: &simulate::Outcome| f64::from(o.turnout);
    assert!(mean(&stands, &turnout) > mean(&stays_away, &turnout) + 0.03);
}

#[test]
fn a_patrons_threat_costs_its_target_the_office() {
    let base = folder();
    let calm = base.with_set("preference.seaward>rask.threat=0");
    let (threat, calm) = (ensemble(&built(&base), 1000), ensemble(&built(&calm), 1000));
    let rask = |e: &Ensemble| e.outcomes.iter().filter(|o| o.head == Some(1)).count();
    assert!(rask(&calm) > rask(&threat), "{} with, {} without", rask(&threat), rask(&calm));
    // Where the threat is never made nothing else may differ.
    for (a, b) in threat.outcomes.iter().zip(&calm.outcomes) {
        assert_eq!(a.seats, b.seats);
        if !a.failed.contains(&1) && !b.failed.contains(&1) {
            assert_eq!(a, b);
        }
    }
}

#[test]
fn once_the_result_is_known_the_election_is_not_held_again() {
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("count.toml");
    let rows = [("reds", 9), ("blues", 8), ("greens", 5), ("harbour", 3)].map(|(list, seats)| {
        format!(
            "[[add]]\nkind = \"result\"\nentry = {{ election = \"2031\", date = 2031-03-16, list = \"{list}\", seats = {seats}, source = \"late\" }}\n"
        )
    });
    std::fs::write(&patch, rows.concat()).unwrap();
    let folder = folder().with_scenario(patch.to_str().unwrap()).unwrap();
    let on = |day| folder.build(Some(day)).case.unwrap();
    let before = on(jiff::civil::date(2031, 3, 1));
    assert!(Model::new(&before).unwrap().elects(), "the count is not known yet");
    let held = on(jiff::civil::date(2031, 3, 18));
    let model = Model::new(&held).unwrap();
    assert!(model.elects(), "it was held, and the count is not known yet");
    let runs = model.ensemble(7, 0, 200, &|_| {}).unwrap();
    let seats: std::collections::BTreeSet<_> = runs.outcomes.iter().map(|o| &o.seats).collect();
    assert!(seats.len() > 20, "what the ballots hold is still open");
    assert!(runs.outcomes.iter().all(|o| o.seats.iter().sum::<u16>() + o.fringe == 25));
    let counted = |o: &simulate::Outcome| o.stage_days.first().copied();
    assert!(
        runs.outcomes.iter().all(|o| counted(o).is_some_and(|day| (3..40).contains(&day))),
        "steps are counted from the day of the vote, and none was done before the as-of date"
    );
    let after = on(jiff::civil::date(2031, 3, 25));
    let model = Model::new(&after).unwrap();
    assert!(!model.elects());
    let runs = model.ensemble(7, 0, 200, &|_| {}).unwrap();
    assert!(runs.outcomes.iter().all(|o| o.seats[..4] == [9, 8, 5, 3]));
    let days: std::collections::BTreeSet<_> = runs.outcomes.iter().map(|o| o.days).collect();
    assert!(days.len() > 20, "forming a government is still open");
}

#[test]
fn extreme_inputs_end_in_a_clear_error_or_a_sane_result() {
    let base = folder();
    let patches: &[&[&str]] = &[
        &["contest.turnout=0"],
        &["contest.turnout=1"],
        &["contest.electorate=1"],
        &["process.election.national_swing=0", "process.election.district_swing=0"],
        &["process.election.national_swing=50"],
        &["prior.hill:reds.share=0", "prior.hill:blues.share=0", "prior.hill:greens.share=0"],
        &["district.hill.fringe=1", "district.hill.fringe_lists=1000"],
        &["district.hill.fringe_lists=0"],
        &["district.hill.seats=0", "assembly.seats=14", "assembly.majority=8"],
        &["process.formation.discipline=0"],
        &["process.formation.attendance=0"],
        &["process.formation.agreement=0"],
        &["process.formation.retry_days=0", "process.formation.defection=1"],
        &["process.formation.coalition_precision=1e6"],
        &["process.formation.nominee_precision=0"],
        &["membership.reds>hill-front.cohesion=1", "membership.blues>hill-front.cohesion=1"],
        &["assembly.majority=25"],
        &["case.until=9999-12-31"],
        &["case.until=2031-03-02"],
        &["stage.count.days=10000"],
        &["actor.guard.autonomy=1e-6"],
        &["channels.security=1000"],
    ];
    for patch in patches {
        let folder = patch.iter().fold(base.clone(), |folder, set| folder.with_set(set));
        let found = folder.build(None);
        let Some(case) = found.case else {
            assert!(found.errors() > 0, "{patch:?}: no case and no reason");
            continue;
        };
        let model = match Model::new(&case) {
            Ok(model) => model,
            Err(findings) => {
                assert!(!findings.is_empty(), "{patch:?}");
                continue;
            }
        };
        for run in 0..40 {
            let Ok(Played { outcome, .. }) = model.play(3, run).go() else { continue };
            assert!(outcome.shares.iter().all(|s| s.is_finite()), "{patch:?}");
            assert!(outcome.turnout.is_finite(), "{patch:?}");
            let coalition = (0..outcome.seats.len()).filter(|l| outcome.coalition >> l & 1 == 1);
            let held: u32 = coalition.map(|l| u32::from(outcome.seats[l])).sum();
            let needed = case.stages.last().unwrap().threshold.unwrap();
            assert!(outcome.days.is_none() || held >= needed, "{patch:?}: {outcome:?}");
        }
    }
}

#[test]
fn estimates_of_a_group_err_together_and_each_keeps_its_own_spread() {
    let base = folder();
    let dir = tempfile::tempdir().unwrap();
    let grouped = |rho: &str, second: &str| {
        let patch = dir.path().join("group.toml");
        let entry = format!(
            "id = \"polls\", rho = {rho}, judged = \"one house asked for all\", members = [\"prior.hill:reds.share\", \"{second}\"]"
        );
        std::fs::write(&patch, format!("[[add]]\nkind = \"group\"\nentry = {{ {entry} }}\n"))
            .unwrap();
        built(&base.with_scenario(patch.to_str().unwrap()).unwrap())
    };
    let pair = |case: &Case| {
        let at = |path: &str| case.beliefs.iter().position(|b| b.path == path).unwrap();
        let (a, b) = (at("prior.hill:reds.share"), at("prior.hill:blues.share"));
        let model = Model::new(case).unwrap();
        let draws: Vec<(f64, f64)> = (0..4000)
            .map(|run| {
                let drawn = model.draw(simulate::luck::Luck::new(9, run));
                (drawn.peek(a), drawn.peek(b))
            })
            .collect();
        let n = draws.len() as f64;
        let mean = |f: &dyn Fn(&(f64, f64)) -> f64| draws.iter().map(f).sum::<f64>() / n;
        let (ma, mb) = (mean(&|d| d.0), mean(&|d| d.1));
        let (va, vb) = (mean(&|d| (d.0 - ma).powi(2)), mean(&|d| (d.1 - mb).powi(2)));
        (mean(&|d| (d.0 - ma) * (d.1 - mb)) / (va * vb).sqrt(), va)
    };
    let (apart, spread) = pair(&built(&base));
    let (together, same_spread) = pair(&grouped("0.8", "prior.hill:blues.share"));
    let (against, _) = pair(&grouped("0.8", "-prior.hill:blues.share"));
    assert!(apart.abs() < 0.05, "{apart}");
    assert!((together - 0.8).abs() < 0.05, "{together}");
    assert!((against + 0.8).abs() < 0.05, "{against}");
    assert!((spread / same_spread - 1.0).abs() < 0.06, "{spread} {same_spread}");
}
