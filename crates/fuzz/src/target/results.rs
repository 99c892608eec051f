//! A folder of results with a file said otherwise: outcomes, tables, manifest.

use std::path::Path;
use std::sync::OnceLock;

use tables::{Columns, Made, Manifest, Part, merge, outcomes, zstd_version};

use crate::{Target, parts, toyland};

pub const TARGET: Target = Target {
    name: "results",
    says: "a folder of results read, taken up and merged, whatever its files hold",
    run,
};

/// Runs asked for, and those that are there.
const ASKED: [u32; 2] = [0, 4];
const THERE: u32 = 3;

/// Files by their names.
type Files = Vec<(String, Vec<u8>)>;

/// Names and bytes of results of the fictional case: whole ones and such as were broken off.
#[allow(clippy::expect_used)]
fn made() -> &'static [Files; 2] {
    static MADE: OnceLock<[Files; 2]> = OnceLock::new();
    MADE.get_or_init(|| {
        let (model, found) = toyland::ready();
        [ASKED[1], THERE].map(|until| {
            let folder = tempfile::tempdir().expect("a folder can be made");
            let made = Made {
                program: "fuzz".to_owned(),
                build: "b0".to_owned(),
                zstd: zstd_version(),
                case: "toyland".to_owned(),
                as_of: None,
                scenarios: Vec::new(),
                set: Vec::new(),
                case_hash: model.case.hash.clone(),
                processes: Vec::new(),
                seed: 1,
            };
            let mut part = Part::begin(folder.path(), made, ASKED, Columns::of(model))
                .expect("results can be begun");
            for (run, outcome) in (0..until).zip(found) {
                part.push(run, outcome).expect("they can be written");
            }
            part.finish().expect("and closed");
            let names = ["manifest.json", "outcomes.jsonl.zst", "runs.parquet", "course.parquet"];
            let read = |name: &str| std::fs::read(folder.path().join(name)).expect("it is there");
            names.map(|name| (name.to_owned(), read(name))).to_vec()
        })
    })
}

/// Each part of the input is a file, by its name; `outcomes.jsonl` is packed first. The manifest then knows the files as
/// they are, unless it is one of them.
fn run(bytes: &[u8]) {
    let said: Files = parts::parts(bytes);
    for good in made() {
        taken(good, &said);
    }
}

#[allow(clippy::expect_used)]
fn taken(good: &[(String, Vec<u8>)], said: &[(String, Vec<u8>)]) {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let folder = dir.path().join("results");
    std::fs::create_dir(&folder).expect("a folder can be made");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("a file can be written");
    };
    good.iter().for_each(|(name, bytes)| write(name, bytes));
    let mut own = false;
    for (name, part) in said {
        match name.as_str() {
            "outcomes.jsonl" => {
                let packed = zstd::bulk::compress(part, 1).expect("it can be packed");
                write("outcomes.jsonl.zst", &packed);
            }
            "manifest.json" => {
                own = true;
                write(name, part);
            }
            "outcomes.jsonl.zst" | "runs.parquet" | "course.parquet" => write(name, part),
            _ => {}
        }
    }
    if !own {
        let mut manifest = Manifest::read(&folder).expect("our own manifest is read");
        let length = std::fs::metadata(folder.join("outcomes.jsonl.zst")).map_or(0, |m| m.len());
        manifest.safe.outcomes = length;
        manifest.safe.run = manifest.runs[1];
        for (name, hash) in &mut manifest.files {
            *hash = tables::manifest::hash(&folder.join(name)).expect("it is there");
        }
        manifest.write(&folder).expect("it can be written");
    }
    use_all(dir.path(), &folder);
}

/// Everything that reads results.
fn use_all(dir: &Path, folder: &Path) {
    if let Ok(all) = outcomes(folder, u32::MAX) {
        for line in all {
            if line.is_err() {
                break;
            }
        }
    }
    if let Ok(joined) = merge(&[folder.to_owned()], &dir.join("joined")) {
        assert!(joined.complete(), "what is merged is whole");
        assert!(joined.verify(&dir.join("joined")).is_ok(), "and is what its manifest says");
    }
    if let Ok(part) = Part::resume(folder) {
        let next = part.next();
        if let Ok(manifest) = part.finish() {
            assert_eq!(manifest.runs[1], next);
        }
    }
}
