//! Every electoral law that a case can hold fills the assembly of the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use simulate::Model;
use simulate::play::{Play, Until};
use simulate::world::Seats;

/// Assemblies of runs of the tutorial case, its institutions changed.
fn assemblies(change: impl Fn(String) -> String) -> Vec<Seats> {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        let mut text = std::fs::read_to_string(&path).unwrap();
        if name == "institutions.toml" {
            text = change(text);
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
            let play = Play { until: Until::Assembly, ..model.play(5, run) };
            play.go().unwrap().assembly.unwrap()
        })
        .collect()
}

/// The text with one part of it replaced, which must be there.
fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

const LAW: &str = "method = \"sainte-lague\"\nfirst_divisor = 1.4\n";

/// Seats in runs under a law made of some lines, with each seat a constituency of its own if `cut`.
fn seats(lines: &str, cut: bool) -> Vec<Vec<u32>> {
    let change = |text: String| {
        let mut text = replaced(&text, LAW, lines);
        for seats in [11, 9, 5].into_iter().filter(|_| cut) {
            let old = format!("\nseats = {seats}\n");
            text = replaced(&text, &old, &format!("{old}constituencies = {seats}\n"));
        }
        text
    };
    let all = |assembly: Seats| {
        let mut all = assembly.lists;
        all.push(assembly.fringe);
        all
    };
    assemblies(change).into_iter().map(all).collect()
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

const ABROAD: &str = "name = \"Border\"\n\
    electorate = { value = 300000, low = 290000, high = 310000, judged = \"registered abroad\" }\n\
    turnout = { value = 0.1, low = 0.08, high = 0.12, judged = \"few vote abroad\" }\n";

#[test]
fn voters_abroad_are_a_district_with_voters_and_a_turnout_of_its_own() {
    let mean =
        |runs: &[Seats]| runs.iter().map(|r| r.valid as f64).sum::<f64>() / runs.len() as f64;
    let home = assemblies(|text| text);
    let abroad = assemblies(|text| replaced(&text, "name = \"Border\"\n", ABROAD));
    // A third of 900,000 voters vote at a tenth: 372,000 and 30,000 votes of 558,000.
    let ratio = mean(&abroad) / mean(&home);
    assert!((0.66..0.78).contains(&ratio), "{ratio}");
    for run in abroad.iter().chain(&home) {
        assert_eq!(run.lists.iter().sum::<u32>() + run.fringe, 25);
    }
}

#[test]
fn voters_abroad_may_have_no_seats_and_still_count_for_national_ones() {
    let law = format!("{LAW}national = {{ seats = 5, kind = \"parallel\" }}\n");
    let none = |text: String| {
        let text = replaced(&text, LAW, &law);
        let text = replaced(&text, "name = \"Border\"\n", ABROAD);
        replaced(&text, "\nseats = 5\n", "\nseats = 0\n")
    };
    for run in assemblies(none) {
        assert_eq!(run.lists.iter().sum::<u32>() + run.fringe, 25);
        assert!(run.districts[2].seats.is_empty(), "{:?}", run.districts);
        assert!(run.votes.iter().sum::<u64>() < run.valid);
    }
}

#[test]
fn a_community_of_one_list_takes_its_seats_from_the_others() {
    let quota = "\n[[quota]]\ndistrict = \"hill\"\ncommunity = \"coast\"\nseats = 9\n\
                 lists = [\"harbour\"]\nsource = \"gazette\"\n";
    let reserved = |text: String| format!("{text}{quota}");
    let (open, under) = (assemblies(|text| text), assemblies(reserved));
    let most_of = |runs: &[Seats]| -> u16 {
        let of = |run: &Seats| run.districts[0].seats.iter().map(|(_, s)| *s).max().unwrap_or(0);
        runs.iter().map(of).min().unwrap_or(0)
    };
    // Nine of the eleven seats of the district are for one list, however few votes it has there.
    assert!(most_of(&open) < 9 && most_of(&under) >= 9, "{} {}", most_of(&open), most_of(&under));
    for run in under {
        assert_eq!(run.lists.iter().sum::<u32>() + run.fringe, 25);
    }
}

#[test]
fn lists_owe_women_in_the_runs_where_the_law_says_how() {
    let law = format!("{LAW}womens_quota = 0.25\nwomens_divisors = [4, 3]\n");
    for run in assemblies(|text| replaced(&text, LAW, &law)) {
        // Three, two and one women of 11, 9 and 5 seats, as far as whole parts go.
        let women: u32 = run.women.iter().sum();
        assert!((2..=6).contains(&women), "{women}");
        assert!(run.women.iter().zip(&run.lists).all(|(w, s)| 3 * w <= *s), "{run:?}");
    }
    assert!(assemblies(|text| text).iter().all(|run| run.women.is_empty()));
}
