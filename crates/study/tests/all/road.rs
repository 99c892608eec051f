//! The road can be walked in steps and left at any stage.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use case::Folder;
use report::compose::Evidence;
use report::likelihood::Lexicon;
use study::opening::{built, ready};
use study::{Alone, Asked, Fault, Findings, Follow, Reach, Stage, Study};

fn toyland() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")
}

fn asked(runs: u32, pilot: Option<u32>) -> Asked {
    let (root, set, seed, since) = (toyland(), Vec::new(), 1, None);
    Asked { root, set, runs, pilot, seed, lexicon: Lexicon::Icd203, since }
}

/// What the documents hold, read into a store of its own.
fn evidence(case: &case::Case, follow: &dyn Follow) -> Result<Evidence, Fault> {
    let dir = tempfile::tempdir().unwrap();
    let mut store = evidence::Store::open(dir.path().join("evidence.sqlite")).unwrap();
    study::read(case, &toyland(), &mut store, &evidence::Limits::default(), follow)
}

#[test]
fn a_road_walked_in_steps_ends_where_one_walked_at_once_does() {
    let folder = Folder::read(&toyland()).unwrap();
    let case = built(&folder, None).unwrap();
    let model = ready(&folder, &case).unwrap();
    let found = Arc::new(evidence(&case, &Alone).unwrap());
    let once = asked(240, None);
    let study = Study { asked: &once, folder: &folder, case: &case, model: &model };
    let whole = study.walk(found.clone(), None, Reach::Whole, &Alone, &mut |_| Ok(())).unwrap();
    assert!(whole.is_whole());
    let steps = asked(240, Some(80));
    let study = Study { asked: &steps, folder: &folder, case: &case, model: &model };
    let mut versions = Vec::new();
    let mut news = |found: &Findings| {
        versions.push((found.runs(), found.is_whole(), study.compose(found)?));
        Ok(())
    };
    let ran = study.walk(found.clone(), None, Reach::Runs, &Alone, &mut news).unwrap();
    let compared = study.walk(found.clone(), Some(ran), Reach::Scenarios, &Alone, &mut news);
    study.walk(found, Some(compared.unwrap()), Reach::Whole, &Alone, &mut news).unwrap();
    let told: Vec<(u32, bool)> = versions.iter().map(|(runs, whole, _)| (*runs, *whole)).collect();
    assert_eq!(told, [(80, false), (240, false), (240, false), (240, true)]);
    for (_, whole, composed) in &versions {
        assert_eq!(composed.brief.method.replay.is_some(), *whole, "only the whole is made again");
    }
    let last = &versions.last().unwrap().2;
    let at_once = study.compose(&whole).unwrap();
    let text = report::markdown::write;
    assert!(text(&last.brief) == text(&at_once.brief), "the two briefs differ");
    assert_eq!(last.record.write().unwrap(), at_once.record.write().unwrap());
}

/// Stops as soon as a stage begins.
struct Until {
    stage: Stage,
    begun: AtomicBool,
    seen: Mutex<Vec<Stage>>,
}

impl Follow for Until {
    fn begin(&self, stage: Stage, _: u64) {
        self.seen.lock().unwrap().push(stage);
        if stage == self.stage {
            self.begun.store(true, Ordering::SeqCst);
        }
    }

    fn done(&self, _: u64) {}

    fn goes_on(&self) -> bool {
        !self.begun.load(Ordering::SeqCst)
    }
}

#[test]
fn whoever_follows_can_leave_the_road_in_every_stage() {
    let folder = Folder::read(&toyland()).unwrap();
    let case = built(&folder, None).unwrap();
    let model = ready(&folder, &case).unwrap();
    let asked = asked(40, None);
    let study = Study { asked: &asked, folder: &folder, case: &case, model: &model };
    let stages = [
        Stage::Documents,
        Stage::Sway,
        Stage::Futures,
        Stage::Scenarios,
        Stage::Signs,
        Stage::Influence,
    ];
    for (at, stage) in stages.into_iter().enumerate() {
        let until = Until { stage, begun: AtomicBool::new(false), seen: Mutex::default() };
        let left = evidence(&case, &until).and_then(|found| {
            study.walk(Arc::new(found), None, Reach::Whole, &until, &mut |_| Ok(()))
        });
        assert!(matches!(left, Err(Fault::Cancelled)), "{stage:?}: {left:?}");
        assert_eq!(*until.seen.lock().unwrap(), stages[..=at], "nothing begins after it");
    }
}

#[test]
fn a_case_with_faults_is_refused_with_all_of_them_and_their_places() {
    let folder = Folder::read(&toyland()).unwrap().with_set("actor.reds.autonomy=\"many\"");
    let refused = built(&folder, None).unwrap_err();
    let told = refused.errors().any(|fault| {
        let line = fault.line(&refused.map);
        line.contains("--set") && line.contains("autonomy")
    });
    let lines: Vec<String> = refused.errors().map(|fault| fault.line(&refused.map)).collect();
    assert!(told, "{lines:?}");
    let count = format!("cannot be used: {} faults", lines.len());
    assert!(lines.len() > 1 && refused.to_string().ends_with(&count), "{refused}");
}
