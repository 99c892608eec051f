//! Parts join to the very bytes of one run, and broken-off results go on to them, on the tutorial
//! case.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use case::{Case, Folder};
use simulate::Model;
use tables::{Columns, Made, Manifest, Part, Share, TableError, Taken, merge, outcomes};

fn case() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

fn made(case: &Case) -> Made {
    Made {
        program: "test".to_owned(),
        build: "b0".to_owned(),
        zstd: tables::zstd_version(),
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
    ["outcomes.jsonl.zst", "runs.parquet", "course.parquet", "datapackage.json", "manifest.json"]
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
        let mut kept = std::fs::read(folder.join("outcomes.jsonl.zst")).unwrap();
        kept.extend(b"half a frame");
        std::fs::write(folder.join("outcomes.jsonl.zst"), kept).unwrap();
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
    write(&at("other"), [0, 40], 40);
    assert!(fault(joined(&["a"], "other")).contains("already holds other results"));
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
fn what_joins_is_decided_by_hashes_and_never_by_where_the_case_lay() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let case = case();
    let model = Model::new(&case).unwrap();
    let write = |name: &str, asked: [u32; 2], change: &dyn Fn(&mut Made)| {
        let mut made = made(&case);
        change(&mut made);
        let mut part = Part::begin(&at(name), made, asked, Columns::of(&model)).unwrap();
        go_on(&model, &mut part, asked[1]);
        part.finish().unwrap();
    };
    write("a", [0, 20], &|_| ());
    write("elsewhere", [20, 30], &|made| made.case = "/on/another/machine".to_owned());
    write("seed", [20, 30], &|made| made.seed = 4);
    write("case", [20, 30], &|made| made.case_hash = "0123456789abcdef".to_owned());
    write("build", [20, 30], &|made| made.build = "b1".to_owned());
    merge(&[at("a"), at("elsewhere")], &at("joined")).unwrap();
    let refused = |name: &str| fault(merge(&[at("a"), at(name)], &at("x")));
    assert!(refused("seed").contains("the seed is 4, not 3"), "{}", refused("seed"));
    assert!(refused("case").contains("the case's hash is 0123456789ab, not"));
    assert!(refused("build").contains("the build is b1, not b0"));
    assert!(!at("x").exists() && !at(".x.part").exists(), "a refused merge leaves nothing");
}

#[test]
fn a_merge_that_was_killed_or_done_is_simply_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    write(&at("parts/a"), [0, 1024], 1024);
    write(&at("parts/b"), [1024, 1500], 1500);
    write(&at("whole"), [0, 1500], 1500);
    // What a kill leaves: a folder under the other name, half full.
    std::fs::create_dir_all(at(".joined.part")).unwrap();
    std::fs::write(at(".joined.part/manifest.json"), "{").unwrap();
    for _ in 0..2 {
        merge(&[at("parts")], &at("joined")).unwrap();
        assert_eq!(bytes(&at("whole")), bytes(&at("joined")));
    }
    assert!(!at(".joined.part").exists());
}

#[test]
fn a_part_is_begun_gone_on_with_or_left() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, whole) = (dir.path().join("part"), dir.path().join("whole"));
    write(&whole, [0, 1200], 1200);
    let case = case();
    let model = Model::new(&case).unwrap();
    let take = |asked: [u32; 2]| Part::take_up(&folder, made(&case), asked, Columns::of(&model));
    let Taken::Open(mut part) = take([0, 1200]).unwrap() else { panic!("it was not begun yet") };
    let busy = take([0, 1200]).unwrap_err().to_string();
    assert!(busy.contains("another process is writing these results"), "{busy}");
    go_on(&model, &mut part, 1100);
    // As after a kill: nobody says that it is finished.
    drop(part);
    let Taken::Open(mut part) = take([0, 1200]).unwrap() else { panic!("it is not whole yet") };
    assert_eq!(part.next(), 1024, "what was safe stays");
    go_on(&model, &mut part, 1200);
    part.finish().unwrap();
    assert!(matches!(take([0, 1200]).unwrap(), Taken::Whole(_)));
    assert_eq!(bytes(&whole), bytes(&folder));
    let other = take([0, 1300]).unwrap_err().to_string();
    assert!(other.contains("the range of runs differs"), "{other}");
}

#[test]
fn shares_cover_every_run_once_and_end_with_blocks() {
    let share = |text: &str| text.parse::<Share>().unwrap();
    let all = |runs: [u32; 2], of: u32| -> Vec<[u32; 2]> {
        (1..=of).filter_map(|k| share(&format!("{k}/{of}")).of(runs)).collect()
    };
    assert_eq!(all([0, 10_000], 3), [[0, 3072], [3072, 6144], [6144, 10_000]]);
    assert_eq!(all([0, 10], 4), [[0, 2], [2, 5], [5, 7], [7, 10]]);
    assert_eq!(all([0, 2], 3), [[0, 1], [1, 2]]);
    assert_eq!(all([500, 3000], 2), [[500, 1024], [1024, 3000]]);
    assert_eq!(all([0, u32::MAX], 2)[1][1], u32::MAX);
    for wrong in ["0/3", "4/3", "1", "a/b", "1/0"] {
        assert!(wrong.parse::<Share>().unwrap_err().contains("write K/N"), "{wrong}");
    }
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

#[test]
fn outcomes_that_unpack_without_end_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("runs");
    write(&folder, [0, 3], 3);
    let refused = |text: &[u8]| -> String {
        let packed = zstd::bulk::compress(text, 3).unwrap();
        std::fs::write(folder.join("outcomes.jsonl.zst"), packed).unwrap();
        outcomes(&folder, 3).unwrap().find_map(Result::err).unwrap().to_string()
    };
    let line = refused(&vec![b' '; 40 << 20]);
    assert!(line.contains("the line is longer than outcomes can be"), "{line}");
    write(&dir.path().join("one"), [0, 1], 1);
    let first = std::fs::read(dir.path().join("one/outcomes.jsonl.zst")).unwrap();
    let first = zstd::stream::decode_all(first.as_slice()).unwrap();
    let mut lines = Vec::new();
    while lines.len() < 100 << 20 {
        lines.extend_from_slice(&first);
    }
    let all = refused(&lines);
    assert!(all.contains("it unpacks to more than outcomes can be"), "{all}");
}
