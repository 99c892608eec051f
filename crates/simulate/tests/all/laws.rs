//! Every electoral law that a case can hold fills the assembly of the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use simulate::Model;
use simulate::play::{Play, Until};

/// Seats in runs under a law made of some lines, with each seat a constituency of its own if `cut`.
fn seats(lines: &str, cut: bool) -> Vec<Vec<u32>> {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        let mut text = std::fs::read_to_string(&path).unwrap();
        if name == "institutions.toml" {
            let law = "method = \"sainte-lague\"\nfirst_divisor = 1.4\n";
            assert!(text.contains(law));
            text = text.replacen(law, lines, 1);
            for seats in [11, 9, 5].into_iter().filter(|_| cut) {
                let (old, new) =
                    (format!("\nseats = {seats}\n"), format!("constituencies = {seats}\n"));
                assert!(text.contains(&old));
                text = text.replacen(&old, &format!("{old}{new}"), 1);
            }
        }
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    std::fs::create_dir(dir.path().join("documents")).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland/documents");
    for entry in std::fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.path().join("documents").join(path.file_name().unwrap())).unwrap();
    }
    let built = Folder::read(dir.path()).unwrap().build(None);
    let case = built.case.unwrap_or_else(|| panic!("{:#?}", built.findings));
    let model = Model::new(&case).unwrap_or_else(|f| panic!("{f:#?}"));
    (0..200)
        .map(|run| {
            let assembly = Play { until: Until::Assembly, ..model.play(5, run) }
                .go()
                .unwrap()
                .assembly
                .unwrap();
            let mut all = assembly.lists.clone();
            all.push(assembly.fringe);
            all
        })
        .collect()
}

fn mean(runs: &[Vec<u32>], list: usize) -> f64 {
    runs.iter().map(|r| f64::from(r[list])).sum::<f64>() / runs.len() as f64
}

#[test]
fn every_method_fills_the_assembly() {
    let sntv = "method = \"sntv\"\nnomination = { value = 1.2, low = 1, high = 1.5, judged = \"some name too many\" }\n\
                evenness = { value = 0.7, low = 0.5, high = 0.9, judged = \"a star draws votes\" }\n";
    for law in [
        "method = \"dhondt\"\n",
        "method = \"sainte-lague\"\nthreshold = 0.1\n",
        "method = \"sainte-lague\"\nthreshold = 0.1\nthreshold_level = \"national\"\n",
        "method = \"largest-remainder\"\nquota = \"droop\"\n",
        "method = \"hare-largest-remainder\"\nthreshold_level = \"quotient\"\n",
        sntv,
        "method = \"block-vote\"\n",
    ] {
        for run in seats(law, false) {
            assert_eq!(run.iter().sum::<u32>(), 25, "{law}");
        }
    }
}

#[test]
fn a_bar_to_small_lists_helps_large_ones_and_winners_take_all_most() {
    let open = seats("method = \"sainte-lague\"\n", false);
    let barred = seats(
        "method = \"sainte-lague\"\nthreshold = 0.15\nthreshold_level = \"national\"\n",
        false,
    );
    let block = seats("method = \"block-vote\"\n", false);
    let largest = (0..5).max_by(|a, b| mean(&open, *a).total_cmp(&mean(&open, *b))).unwrap();
    assert!(mean(&barred, largest) > mean(&open, largest) + 0.5);
    assert!(mean(&block, largest) > mean(&barred, largest) + 2.0);
    // Small lists and independents have nothing under the bar.
    assert_eq!(mean(&barred, 5), 0.0);
}

#[test]
fn constituencies_bring_in_lists_that_are_strong_somewhere() {
    let sntv = "method = \"sntv\"\nnomination = { value = 1, low = 0.9, high = 1.1, judged = \"as many as are sure\" }\n\
                evenness = { value = 0.9, low = 0.8, high = 1, judged = \"well led\" }\n";
    let plain = "method = \"block-vote\"\n";
    let whole = seats(plain, false);
    let cut = seats(plain, true);
    let beaten = |runs: &[Vec<u32>]| {
        let most = (0..5).map(|l| mean(runs, l)).fold(0.0, f64::max);
        25.0 - most
    };
    assert!(beaten(&cut) > beaten(&whole), "{} {}", beaten(&cut), beaten(&whole));
    for run in seats(sntv, true).iter().chain(&cut) {
        assert_eq!(run.iter().sum::<u32>(), 25);
    }
}
