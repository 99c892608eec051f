//! Every electoral law that a case can hold fills the assembly of the tutorial case.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use case::Folder;
use simulate::Model;
use simulate::play::{Play, Until};
use simulate::world::Seats;

/// Assemblies of runs of the tutorial case, its institutions changed.
fn assemblies(change: impl Fn(String) -> String) -> Vec<Seats> {
    let of = |model: &Model<'_>, run| {
        let play = Play { until: Until::Assembly, ..model.play(5, run) };
        play.go().unwrap().assembly.unwrap()
    };
    runs(change, 200, of)
}

/// What is asked of so many runs of the tutorial case, its institutions changed.
fn runs<T>(
    change: impl Fn(String) -> String,
    count: u32,
    of: impl Fn(&Model<'_>, u32) -> T,
) -> Vec<T> {
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
    (0..count).map(|run| of(&model, run)).collect()
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
        &stv(5, ""),
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

const COUNTED: &str = "nomination = { value = 1.2, low = 1, high = 1.5, judged = \"some name too many\" }\n\
                       evenness = { value = 0.7, low = 0.5, high = 0.9, judged = \"a star draws votes\" }\n";

/// A transferable vote whose values are kept to so many decimals.
fn stv(decimals: u32, more: &str) -> String {
    format!(
        "method = \"stv\"\ndecimals = {decimals}\n{COUNTED}within_list = {{ value = 0.8, low = 0.7, \
         high = 0.9, judged = \"voters know their party\" }}\n{more}"
    )
}

/// A vote for one candidate under which a third of every district must be women, of whom so many stand.
fn women(share: f64, behind: f64) -> String {
    format!(
        "method = \"sntv\"\nwomens_quota = 0.34\n{COUNTED}\
         women_candidates = {{ value = {share}, judged = \"as the lists say\" }}\n\
         women_behind = {{ value = {behind}, judged = \"men are better known\" }}\n"
    )
}

#[test]
fn a_quota_of_women_moves_seats_between_lists_where_candidates_are_counted() {
    let plain = format!("method = \"sntv\"\nwomens_quota = 0.34\n{COUNTED}");
    let without = seats(&plain, false);
    // Nobody stands for the quota, or everybody: nothing moves.
    assert_eq!(seats(&women(0.0, 1.0), false), without);
    assert_eq!(seats(&women(1.0, 1.0), false), without);
    let with = seats(&women(0.3, 1.0), false);
    assert!(with.iter().all(|run| run.iter().sum::<u32>() == 25));
    let moved = with.iter().zip(&without).filter(|(with, without)| with != without).count();
    assert!(moved > 20, "{moved} of {} runs", with.len());
    // Women who win by their own votes leave the quota less to do.
    let ahead = seats(&women(0.3, 0.0), false);
    let fewer = ahead.iter().zip(&without).filter(|(with, without)| with != without).count();
    assert!(fewer < moved, "{fewer} and {moved}");
}

#[test]
fn the_journal_tells_whose_man_gave_way_to_whose_woman() {
    let change = |text: String| replaced(&text, LAW, &women(0.3, 1.0));
    let told = |model: &Model<'_>, run| {
        let entries = Play { journal: true, ..model.play(5, run) }.go().unwrap().journal;
        let of = |e: &simulate::journal::Entry| e.process == "election" && e.what.contains("quota");
        entries.iter().find(|e| of(e)).map(|e| e.what.clone())
    };
    let all: Vec<String> = runs(change, 5, told).into_iter().flatten().collect();
    assert!(all.iter().any(|t| t.contains("; by the women's quota a woman of ")), "{all:?}");
    assert!(all.iter().all(|told| told.contains(" for a man of ")), "{all:?}");
}

#[test]
fn papers_that_pass_on_bring_seats_to_the_list_they_pass_on_to() {
    let apart = seats(&stv(5, ""), false);
    let linked = |to: &str| {
        let from = ["reds", "blues", "greens"].into_iter().filter(|from| *from != to);
        let rows = from.map(|from| format!("{{ from = \"{from}\", to = \"{to}\" }}"));
        let rows: Vec<String> = rows.collect();
        seats(&stv(5, &format!("transfers = [{}]\n", rows.join(", "))), false)
    };
    for (list, name) in [(0, "reds"), (1, "blues"), (2, "greens")] {
        let helped = linked(name);
        assert!(mean(&helped, list) > mean(&apart, list), "{name}");
        assert!(helped.iter().all(|run| run.iter().sum::<u32>() == 25));
    }
}

/// The tutorial case with so many small lists in every district.
fn crowded(text: &str, count: u32) -> String {
    let lines = text.lines().map(|line| match line.starts_with("fringe_lists = ") {
        true => format!("fringe_lists = {{ value = {count}, judged = \"everybody stands\" }}\n"),
        false => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn a_count_that_hangs_on_several_lots_draws_none_of_them_twice() {
    // Among sixty small lists many have as many votes, and go one after the other before a seat is filled. An open
    // journal refuses a number drawn twice.
    let change = |text: String| replaced(&crowded(&text, 60), LAW, &stv(5, ""));
    let told = |model: &Model<'_>, run| {
        let told = Play { journal: true, ..model.play(5, run) }.go();
        told.map_err(|fault| fault.to_string())
    };
    for told in runs(change, 5, told) {
        let journal = told.unwrap_or_else(|fault| panic!("{fault}")).journal;
        let counts = journal.iter().filter(|e| e.what.contains("; in the count "));
        let counts: Vec<&str> = counts.map(|entry| entry.what.as_str()).collect();
        assert_eq!(counts.len(), 3, "{counts:?}");
        for stage in [" has a quota", "a surplus of ", "a candidate of a small list is excluded"] {
            assert!(counts.iter().all(|count| count.contains(stage)), "{stage}: {counts:?}");
        }
    }
}

#[test]
fn more_candidates_than_a_count_can_hold_are_a_fault_of_the_run() {
    let eager =
        stv(5, "").replace("value = 1.2, low = 1, high = 1.5", "value = 100, low = 99, high = 100");
    let change = |text: String| replaced(&crowded(&text, 900), LAW, &eager);
    let faults = runs(change, 1, |model, run| {
        let play = Play { until: Until::Assembly, ..model.play(5, run) };
        play.go().map(|_| ()).map_err(|fault| fault.to_string())
    });
    assert!(faults[0].as_ref().is_err_and(|fault| fault.contains("at most 400")), "{faults:?}");
}

#[test]
fn a_list_that_names_too_few_candidates_wins_fewer_seats_than_is_usual_under_the_law() {
    let law = format!("method = \"sntv\"\n{COUNTED}");
    let usual = seats(&law, false);
    let own = "list = \"reds\"\nnomination = { value = 0.3, low = 0.25, high = 0.35, judged = \"they expect little\" }\n";
    let change = |text: String| {
        let text = replaced(&text, LAW, &law);
        let (before, entries) = text.split_once("[[entry]]").unwrap();
        format!("{before}[[entry]]{}", replaced(entries, "list = \"reds\"\n", own))
    };
    let shy: Vec<Vec<u32>> = assemblies(change).into_iter().map(|run| run.lists).collect();
    assert!(mean(&shy, 0) + 2.0 < mean(&usual, 0), "{} {}", mean(&shy, 0), mean(&usual, 0));
}
