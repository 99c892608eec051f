//! Estimates by their names in words: no page shows what only the files of a case need.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use report::compose::plain_path;

#[test]
fn every_estimate_of_the_shipped_cases_has_words() {
    for name in ["toyland", "iraq", "lebanon", "kosovo"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
        let case = Folder::read(&path).unwrap().build(None).case.unwrap();
        for belief in &case.beliefs {
            let told = plain_path(&case, &belief.path);
            let raw = told == belief.path || told.contains(['{', '}', '>', '_']);
            assert!(!raw, "{name}: {} is told as {told}", belief.path);
        }
    }
}

#[test]
fn an_estimate_is_told_as_what_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let case = Folder::read(&path).unwrap().build(None).case.unwrap();
    let told = |path: &str| plain_path(&case, path);
    assert_eq!(told("stage.president.days"), "days of “President”");
    assert_eq!(
        told("stage.president.package"),
        "chance that “President” waits for the talks on all offices"
    );
    assert_eq!(
        told("tie.northmark>guard:security.dependence"),
        "how much the Guard depends on the security tie from Northmark"
    );
    assert_eq!(told("prior.2031:hill:reds.share"), "expected share of Reds in Hill");
    let care = told("wish.northmark>harbour-lease:leased for ten years.care");
    assert_eq!(care, "how much Northmark cares about a pier for the Northmark's navy");
    assert_eq!(
        told("effect.flood>tie.seaward>toyland:economic.by"),
        "what “the spring flood” does to the economic tie from the Seaward Union to the Government of Toyland"
    );
}
