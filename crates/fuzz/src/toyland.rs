//! The fictional case of the sources, with a file of it said otherwise.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use case::{Built, Case, Folder};
use simulate::{Model, Outcome};

/// Its folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland")
}

/// Names and texts of its files, in the order of their names.
///
/// # Panics
/// Where the case cannot be read.
#[must_use]
#[allow(clippy::expect_used)]
pub fn files() -> &'static [(String, String)] {
    static FILES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = Folder::read(&root()).expect("the fictional case can be read");
        let all = folder.map.files().iter();
        all.map(|file| (file.short_name().to_owned(), file.text.clone())).collect()
    })
}

/// The case with a file in the place of the one of its name, or beside the others; it knows the documents of the sources.
#[must_use]
pub fn with(name: &str, text: &str) -> Folder {
    let others = files().iter().filter(|(other, _)| other != name).cloned();
    let mut all: Vec<(String, String)> = others.collect();
    all.push((name.to_owned(), text.to_owned()));
    all.sort();
    Folder::of_texts(root(), all)
}

/// Asserts what must hold of everything that is found wrong with a case.
pub fn findings_hold(folder: &Folder, built: &Built) {
    for finding in &built.findings {
        assert!(!finding.message.is_empty(), "a finding says nothing: {finding:?}");
        for spot in std::iter::once(&finding.spot).chain(finding.also.iter().map(|(spot, _)| spot))
        {
            assert!(folder.map.text(spot).is_some(), "a finding points at no text: {finding:?}");
        }
        let record = finding.record(&folder.map);
        assert!(record.line.is_some_and(|line| line > 0), "{finding:?}");
        assert!(finding.line(&folder.map).contains(finding.rule));
        for colour in [false, true] {
            assert!(finding.render(&folder.map, colour).contains(finding.rule));
        }
    }
    assert_eq!(built.case.is_some(), built.errors() == 0, "a case with faults, or none without");
}

/// Reads a case as `check` does, and plays one future of what passes: a case without a fault runs.
pub fn checked(folder: &Folder) {
    let built = folder.check(None);
    findings_hold(folder, &built);
    let Some(case) = built.case else { return };
    // A long window is no fault, only slow.
    if case.head.until.duration_since(case.as_of).as_hours() > 24 * 800 {
        return;
    }
    if let Ok(model) = Model::new(&case) {
        // A step that cannot be taken is an error with its run.
        let one = |_| model.ensemble(1, 0, 1, &|_| ()).map(|all| all.outcomes);
        if let [Ok(first), Ok(again)] = [0, 1].map(one) {
            assert_eq!(first, again, "the same seed gives another future");
        }
    }
}

/// The case as it is, ready to run, with some of its futures.
///
/// # Panics
/// Where the case cannot be run.
#[allow(clippy::expect_used)]
pub fn ready() -> &'static (Model<'static>, Vec<Outcome>) {
    static READY: OnceLock<(Model<'static>, Vec<Outcome>)> = OnceLock::new();
    READY.get_or_init(|| {
        let folder = Folder::read(&root()).expect("the fictional case can be read");
        let case: &'static Case = Box::leak(Box::new(folder.build(None).case.expect("it passes")));
        let model = Model::new(case).expect("it can be run");
        let outcomes = model.ensemble(1, 0, 6, &|_| ()).expect("it runs").outcomes;
        (model, outcomes)
    })
}
