//! What must hold of measures, comparisons and explanations, tried on the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::compare::{CompareError, Comparison, Unit, compare_first};
use assess::{compare, explain, measure, summary};
use case::{Case, Folder};
use simulate::{Model, Play};

fn folder() -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")).unwrap()
}

fn built(folder: &Folder) -> Case {
    folder.build(None).case.unwrap()
}

#[test]
fn sway_adds_up_by_channel_by_first_hop_and_in_all() {
    let case = built(&folder());
    let measured = measure(&Model::new(&case).unwrap(), "government", 3, 200).unwrap();
    let mut whole = measured.fringe.mean;
    for actor in &measured.actors {
        let by_channel: f64 = actor.channels.values().sum();
        let by_hop: f64 = actor.hops.iter().map(|h| h.share).sum();
        assert!((actor.own + by_channel - actor.total.mean).abs() < 1e-12, "{}", actor.name);
        assert!((by_channel - by_hop).abs() < 1e-12, "{}", actor.name);
        whole += actor.total.mean;
    }
    assert!((whole - 1.0).abs() < 1e-9, "{whole}");
    assert_eq!(measured.ahead.len(), 1, "one pair of watched powers");
}

#[test]
fn without_ties_members_keep_the_whole_decision() {
    let case = built(&folder());
    let mut alone = folder();
    let dir = tempfile::tempdir().unwrap();
    let patch = dir.path().join("alone.toml");
    let ties = case.ties.iter().map(|t| {
        let (from, to) = (t.from.get_ref(), t.to.get_ref());
        format!("[[remove]]\npath = \"tie.{from}>{to}:{}\"\n", t.channel.name())
    });
    // Effects and terms on a tie go with it.
    let effects = case.effects.iter().filter(|e| e.on.get_ref().starts_with("tie.")).map(|e| {
        format!("[[remove]]\npath = \"effect.{}>{}\"\n", e.shock.get_ref(), e.on.get_ref())
    });
    let terms = case.terms.iter().filter(|t| t.on.get_ref().starts_with("tie.")).map(|t| {
        let (dialogue, issue) = (t.dialogue.get_ref(), t.issue.get_ref());
        format!("[[remove]]\npath = \"term.{dialogue}:{issue}>{}\"\n", t.on.get_ref())
    });
    std::fs::write(&patch, ties.chain(effects).chain(terms).collect::<String>()).unwrap();
    alone = alone.with_scenario(patch.to_str().unwrap()).unwrap();
    let case = built(&alone);
    let measured = measure(&Model::new(&case).unwrap(), "government", 3, 50).unwrap();
    assert!(measured.actors.iter().all(|a| a.channels.is_empty()));
    let own: f64 = measured.actors.iter().map(|a| a.own).sum::<f64>() + measured.fringe.mean;
    assert!((own - 1.0).abs() < 1e-9);
}

#[test]
fn a_stronger_tie_means_more_sway() {
    let sway = |bandwidth: &str| {
        let folder =
            folder().with_set(&format!("tie.northmark>guard:security.bandwidth={bandwidth}"));
        let case = built(&folder);
        let measured = measure(&Model::new(&case).unwrap(), "government", 3, 100).unwrap();
        measured.actors.iter().find(|a| a.actor == "northmark").unwrap().total.mean
    };
    let (weak, middling, strong) = (sway("0.1"), sway("0.5"), sway("0.9"));
    assert!(weak < middling && middling < strong, "{weak} {middling} {strong}");
}

#[test]
fn a_scenario_equal_to_its_base_differs_by_exactly_nothing() {
    let base = folder();
    let (a, b) = (built(&base), built(&base.with_set("entry.blues.participates=true")));
    let (old, new) = (Model::new(&a).unwrap(), Model::new(&b).unwrap());
    let runs = |model: &Model<'_>| model.ensemble(5, 0, 300, &|_| {}).unwrap();
    let comparison = compare((&old, &runs(&old)), (&new, &runs(&new))).unwrap();
    assert_eq!(comparison.changed, 0.0);
    for row in &comparison.differences {
        assert_eq!((row.difference.mean, row.changed), (0.0, 0.0), "{}", row.quantity);
        assert_eq!((row.difference.low, row.difference.high), (0.0, 0.0), "{}", row.quantity);
    }
}

#[test]
fn ensembles_that_are_not_paired_are_not_compared() {
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    let runs = |seed, count| model.ensemble(seed, 0, count, &|_| {}).unwrap();
    let refused = compare((&model, &runs(1, 20)), (&model, &runs(2, 20)));
    assert_eq!(refused, Err(CompareError::Unpaired));
    let refused = compare((&model, &runs(1, 20)), (&model, &runs(1, 21)));
    assert_eq!(refused, Err(CompareError::Unpaired));
}

#[test]
fn a_base_with_more_runs_keeps_its_numbers_and_the_pairs_tell_the_difference() {
    let (folder, scenario) = (folder(), folder().with_scenario("justice-stands").unwrap());
    let (case, changed) = (folder.build(None).case.unwrap(), scenario.build(None).case.unwrap());
    let (old, new) = (Model::new(&case).unwrap(), Model::new(&changed).unwrap());
    let runs = |model: &Model<'_>, count| model.ensemble(1, 0, count, &|_| ()).unwrap();
    let (all, few) = (runs(&old, 300), runs(&new, 100));
    let told = compare_first((&old, &all), (&new, &few)).unwrap();
    let pairs = compare((&old, &runs(&old, 100)), (&new, &few)).unwrap();
    let full = compare((&old, &all), (&old, &all)).unwrap();
    let of = |of: &Comparison, name: &str| {
        of.differences.iter().find(|d| d.quantity == name).cloned().unwrap()
    };
    assert!(pairs.changed > 0.0);
    for row in &told.differences {
        let (pair, base) = (of(&pairs, &row.quantity), of(&full, &row.quantity));
        assert_eq!((row.runs, row.error), (pair.runs, pair.error));
        assert_eq!(row.difference, pair.difference);
        assert!((row.base - base.base).abs() < 1e-12, "{}", row.quantity);
        let sum = row.base + row.difference.mean;
        let whole = if row.unit == Unit::Probability { sum.clamp(0.0, 1.0) } else { sum };
        assert!((row.scenario - whole).abs() < 1e-12, "{}", row.quantity);
    }
    assert!(compare_first((&new, &few), (&old, &all)).is_err());
}

#[test]
fn a_summarys_shares_are_shares_of_all_runs() {
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    let runs = model.ensemble(5, 0, 1000, &|_| {}).unwrap();
    let summary = summary(&model, &runs);
    let first: f64 = summary.lists.iter().map(|l| l.first).sum();
    assert!((first - 1.0).abs() < 1e-9, "ties for most seats are shared: {first}");
    let heads: f64 = summary.heads.iter().map(|h| h.share).sum();
    assert!((heads - summary.days.formed).abs() < 1e-9);
    let dots = summary.days.hundred.iter().filter(|d| d.is_some()).count();
    assert!((dots as f64 / 100.0 - summary.days.formed).abs() < 0.011);
    assert!(summary.stages.windows(2).all(|s| s[0].by.median <= s[1].by.median));
}

#[test]
fn the_walk_from_the_outcome_reaches_sources_judgements_and_chance() {
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    let runs = model.ensemble(1, 0, 200, &|_| {}).unwrap();
    let run = explain::typical(&runs).unwrap();
    let told = Play { journal: true, ..model.play(1, run) }.go().unwrap();
    assert_eq!(told.outcome, runs.outcomes[run as usize]);
    let last = told.journal.len() - 1;
    let walk = explain::walk(&model, &told, last, 30, 1000).unwrap().join("\n");
    for wanted in
        ["Harbour Courier, 2031-02-20 (B2)", "judged:", "chance formation/nominee", "(Blues)"]
    {
        assert!(walk.contains(wanted), "{wanted} is not in the walk");
    }
    // Every prior of the election is reached: causes are what was read, not what was listed.
    for prior in &case.priors {
        let path = &case.belief(&prior.share).path;
        assert!(walk.contains(path.as_str()), "{path} is not in the walk");
    }
    assert_eq!(explain::walk(&model, &told, last + 1, 3, 3), None);
}

#[test]
fn the_medoid_is_the_run_nearest_the_mean_of_its_outcome() {
    use explain::medoid::{Centres, Ending};
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    let formed = model.ensemble(1, 0, 200, &|_| {}).unwrap().outcomes;
    let one = formed.into_iter().find(|r| r.head.is_some()).unwrap();
    // Six runs alike but for the days; their mean is 40, and twice that of nobody.
    let days = [10, 20, 30, 41, 100, 39];
    let runs: Vec<_> =
        days.iter().map(|d| simulate::Outcome { days: Some(*d), ..one.clone() }).collect();
    let mut none = one.clone();
    (none.head, none.days, none.coalition) = (None, None, 0);
    let mut centres = Centres::new(&model);
    runs.iter().chain([&none]).for_each(|r| centres.push(r));
    let mut search = centres.search();
    (0..).zip(runs.iter().chain([&none])).for_each(|(i, r)| search.push(i, r));
    let medoids = search.medoids(&model);
    let of = |ending| medoids.iter().find(|m| m.ending == ending).unwrap();
    let head = of(Ending::Head(one.head.unwrap()));
    assert_eq!(head.run, 3, "41 and 39 are equally near; the first counts");
    let deviation = (days.iter().map(|d| (f64::from(*d) - 40.0).powi(2)).sum::<f64>() / 6.0).sqrt();
    assert!((head.distance - 1.0 / deviation).abs() < 1e-12);
    assert!((head.share - 6.0 / 7.0).abs() < 1e-12);
    assert_eq!((of(Ending::None).run, of(Ending::None).distance), (6, 0.0));
}

#[test]
fn paired_runs_part_where_the_scenario_reaches_and_the_chain_leads_to_the_outcome() {
    use explain::parting::parting;
    use simulate::journal::Cause;
    let case = built(&folder());
    let model = Model::new(&case).unwrap();
    let path = "process.formation.agreement";
    let faster = built(&folder().with_set(&format!("{path}=0.9")));
    let faster = Model::new(&faster).unwrap();
    let mut parted = 0;
    for run in 0..20 {
        let told = Play { journal: true, ..model.play(1, run) }.go().unwrap();
        assert_eq!(
            parting((&model, &told), (&model, &told)),
            None,
            "a run does not part from itself"
        );
        let other = Play { journal: true, ..faster.play(1, run) }.go().unwrap();
        let Some(parting) = parting((&model, &told), (&faster, &other)) else {
            assert_eq!(told.outcome, other.outcome);
            continue;
        };
        parted += 1;
        let (old, new) = (&told.journal, &other.journal);
        let says = |e: &simulate::journal::Entry| (e.day, e.process, e.what.clone());
        for at in 0..parting.alike {
            assert_eq!(says(&old[at]), says(&new[at]));
        }
        let first = parting.scenario.or(parting.base).unwrap();
        assert_eq!(first.place(), parting.alike);
        let journal = if parting.scenario.is_some() { new } else { old };
        let entry = &journal[first.place()];
        assert_eq!(entry.process, "formation", "the election is not reached: {}", entry.what);
        let changed: Vec<&str> = parting.changed.iter().map(|c| c.path.as_str()).collect();
        assert_eq!(changed, [path]);
        assert_eq!(parting.changed[0].scenario, Some(0.9));
        for (chain, journal) in [(&parting.base_chain, old), (&parting.scenario_chain, new)] {
            let Some(last) = chain.last() else { continue };
            assert_eq!(chain[0], first);
            assert_eq!(last.place(), journal.len() - 1, "toyland's runs end with the government");
            for pair in chain.windows(2) {
                assert!(journal[pair[1].place()].causes.contains(&Cause::Entry { id: pair[0] }));
            }
        }
    }
    assert!(parted > 10, "{parted}");
}
