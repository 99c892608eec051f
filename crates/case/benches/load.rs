//! How long it takes to read, build and check a case: the largest shipped one, and an invented one of 5,000 estimates.
//!
//! `cargo bench -p shatterbelt-case`
#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use case::Folder;

fn main() {
    divan::main();
}

fn shipped() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    let size = |path: &PathBuf| -> u64 {
        let files = std::fs::read_dir(path).unwrap();
        files.map(|f| f.unwrap().metadata().unwrap().len()).sum()
    };
    all.sort_by_key(size);
    all
}

/// A case with 50 actors and 2,500 ties between them, each with two estimates, beside what the tutorial case has.
fn invented() -> PathBuf {
    let dir = std::env::temp_dir().join(format!("shatterbelt-bench-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("documents")).unwrap();
    let toyland = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    for folder in ["", "documents"] {
        for entry in std::fs::read_dir(toyland.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, dir.join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let mut text = String::new();
    for i in 0..50 {
        let _ = write!(
            text,
            "[[actor]]\nid = \"a{i}\"\nname = \"Actor {i}\"\nkind = \"list\"\nautonomy = {{ value = 1, low = 0.5, high = 2, judged = \"as ever\" }}\n\n"
        );
    }
    for i in 0..2500 {
        let (from, to) = (i % 50, (i / 50 + 1 + i % 50) % 50);
        let to = if from == to { (to + 1) % 50 } else { to };
        let channel = ["political", "security", "economic", "social", "information"][i / 500];
        let _ = write!(
            text,
            "[[tie]]\nfrom = \"a{from}\"\nto = \"a{to}\"\nchannel = \"{channel}\"\nbandwidth = {{ value = 0.5, low = 0.2, high = 0.8, source = \"yearbook\" }}\ndependence = {{ value = 0.5, low = 0.2, high = 0.8, source = \"courier\", judged = \"as the Courier has it\" }}\nnote = \"{i}\"\n\n"
        );
    }
    std::fs::write(dir.join("zz.toml"), text).unwrap();
    dir
}

#[divan::bench]
fn largest_shipped_case(bencher: divan::Bencher<'_, '_>) {
    let path = shipped().pop().unwrap();
    bencher.bench(|| Folder::read(&path).unwrap().build(None).case.unwrap().beliefs.len());
}

#[divan::bench]
fn largest_shipped_case_with_all_warnings(bencher: divan::Bencher<'_, '_>) {
    let path = shipped().pop().unwrap();
    bencher.bench(|| Folder::read(&path).unwrap().check(None).findings.len());
}

#[divan::bench]
fn five_thousand_estimates(bencher: divan::Bencher<'_, '_>) {
    let path = invented();
    let built = Folder::read(&path).unwrap().build(None);
    let beliefs = built.case.unwrap_or_else(|| panic!("{:#?}", &built.findings[..3])).beliefs.len();
    assert!(beliefs >= 5_000, "only {beliefs} estimates");
    bencher.bench(|| Folder::read(&path).unwrap().build(None).case.unwrap().beliefs.len());
    std::fs::remove_dir_all(path).unwrap();
}
