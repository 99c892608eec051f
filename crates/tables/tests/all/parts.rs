//! Parts join to the very bytes of one run, and broken-off results go on to them, on the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use case::{Case, Folder};
use simulate::Model;
use tables::{Columns, Made, Manifest, Part, TableError, merge, outcomes};

fn case() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

fn made(case: &Case) -> Made {
    Made {
        program: "test".to_owned(),
        case: "toyland".to_owned(),
        as_of: None,
        scenarios: Vec::new(),
        set: Vec::new(),
        case_hash: case.hash.clone(),
        processes: Vec::new(),
        seed: 3,
    }
}

/// Writes runs `asked` into a folder, stopping before run `until`.
fn write(folder: &Path, asked: [u32; 2], until: u32) -> Manifest {
    let case = case();
    let model = Model::new(&case).unwrap();
    let mut part = Part::begin(folder, made(&case), asked, Columns::of(&model)).unwrap();
    go_on(&model, &mut part, until);
    part.finish().unwrap()
}

fn go_on(model: &Model<'_>, part: &mut Part, until: u32) {
    let from = part.next();
    let end = model.stream(3, from..until, &|| true, &mut |run, outcome| part.push(run, &outcome));
    assert_eq!(end.unwrap(), until);
}

fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    ["outcomes.jsonl.zst", "results.csv.zst", "manifest.json"]
        .map(|name| std::fs::read(folder.join(name)).unwrap())
        .to_vec()
}

fn fault(result: Result<Manifest, TableError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn parts_cut_anywhere_join_to_the_bytes_of_one_run() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    write(&at("whole"), [0, 3000], 3000);
    for (name, asked) in [("a", [0, 1]), ("b", [1, 1500]), ("c", [1500, 2048]), ("d", [2048, 3000])]
    {
        write(&at(name), asked, asked[1]);
    }
    let parts: Vec<PathBuf> = ["d", "b", "a", "c"].map(at).to_vec();
    merge(&parts, &at("joined")).unwrap();
    assert_eq!(bytes(&at("whole")), bytes(&at("joined")));
}

#[test]
fn broken_off_results_go_on_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    write(&at("whole"), [100, 2600], 2600);
    for stop in [101, 1024, 1700, 2599] {
        let folder = at(&format!("stop-{stop}"));
        let partial = write(&folder, [100, 2600], stop);
        assert!(!partial.complete());
        // Whatever a kill left after the last safe point is cut off.
        let mut table = std::fs::read(folder.join("results.csv.zst")).unwrap();
        table.extend(b"half a frame");
        std::fs::write(folder.join("results.csv.zst"), table).unwrap();
        let case = case();
        let model = Model::new(&case).unwrap();
        let mut part = Part::resume(&folder).unwrap();
        go_on(&model, &mut part, 2600);
        part.finish().unwrap();
        assert_eq!(bytes(&at("whole")), bytes(&folder), "stopped before run {stop}");
    }
}

#[test]
fn outcomes_come_back_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), [7, 1300], 1300);
    let case = case();
    let model = Model::new(&case).unwrap();
    let mut count = 0;
    for line in outcomes(dir.path(), 1200).unwrap() {
        let (run, outcome) = line.unwrap();
        assert_eq!(run, 7 + count);
        assert_eq!(outcome, model.play(3, run).go().unwrap().outcome);
        count += 1;
    }
    assert_eq!(count, 1193);
}

#[test]
fn what_does_not_fit_together_is_refused_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    write(&at("a"), [0, 50], 50);
    write(&at("late"), [60, 90], 90);
    write(&at("short"), [50, 90], 70);
    let joined = |parts: &[&str], into: &str| {
        merge(&parts.iter().map(|p| at(p)).collect::<Vec<_>>(), &at(into))
    };
    assert!(fault(joined(&["a", "late"], "x")).contains("begins with run 60, but run 50 is due"));
    assert!(fault(joined(&["a", "a"], "x")).contains("begins with run 0, but run 50 is due"));
    assert!(fault(joined(&["a", "short"], "x")).contains("runs 50..70 of 50..90 are there"));
    assert!(fault(joined(&["nowhere"], "x")).contains("name a folder"));
    assert!(fault(joined(&["a"], "a")).contains("already holds results"));
    let mut file = std::fs::read(at("a").join("outcomes.jsonl.zst")).unwrap();
    file[20] ^= 1;
    std::fs::write(at("a").join("outcomes.jsonl.zst"), file).unwrap();
    assert!(
        fault(joined(&["a"], "x")).contains("outcomes.jsonl.zst is not what its manifest says")
    );
    let refused = Part::resume(&at("a")).unwrap_err().to_string();
    assert!(refused.contains("the results are complete"), "{refused}");
}

#[test]
fn a_stream_that_is_told_to_stop_keeps_what_has_no_gap() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let asked = std::sync::atomic::AtomicU32::new(0);
    let mut taken = Vec::new();
    let go_on = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 700;
    let end = model.stream::<()>(3, 0..100_000, &go_on, &mut |run, _| {
        taken.push(run);
        Ok(())
    });
    let end = end.unwrap();
    assert!(end <= 700, "{end} runs after 700 were allowed");
    assert_eq!(taken, (0..end).collect::<Vec<_>>());
}
