//! Seats of a district, as the simulation asks for them: `cargo bench -p shatterbelt-theory --bench seats`.

use divan::{Bencher, black_box};
use num_rational::Ratio;
use theory::electoral::divisor::Divisor;
use theory::electoral::highest_averages::{highest_averages_into, highest_averages_log};
use theory::electoral::largest_remainder::largest_remainder;
use theory::electoral::quota::Quota;
use theory::electoral::tie::Ties;

#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Lists and seats of a small, a middling and a large district.
const DISTRICTS: [(usize, u32); 3] = [(9, 11), (20, 31), (31, 69)];

fn votes(lists: usize) -> Vec<u64> {
    (0..lists as u64).map(|k| 411_300 / (k + 1) + 977 * (k % 5)).collect()
}

#[divan::bench(args = DISTRICTS)]
fn modified_sainte_lague(bencher: Bencher<'_, '_>, (lists, seats): (usize, u32)) {
    let votes = votes(lists);
    let divisor = Divisor::ModifiedSainteLague { first: Ratio::new(17, 10) };
    let mut won = vec![0; lists];
    bencher.bench_local(|| {
        highest_averages_into(black_box(&votes), seats, &divisor, Ties::WrittenOrder, &mut won)
    });
}

#[divan::bench(args = DISTRICTS)]
fn huntington_hill(bencher: Bencher<'_, '_>, (lists, seats): (usize, u32)) {
    let votes = votes(lists);
    let mut won = vec![0; lists];
    bencher.bench_local(|| {
        let divisor = Divisor::HuntingtonHill;
        highest_averages_into(black_box(&votes), seats, &divisor, Ties::WrittenOrder, &mut won)
    });
}

#[divan::bench(args = DISTRICTS)]
fn with_log(bencher: Bencher<'_, '_>, (lists, seats): (usize, u32)) {
    let votes = votes(lists);
    let divisor = Divisor::SainteLague;
    bencher.bench_local(|| {
        highest_averages_log(black_box(&votes), seats, &divisor, Ties::WrittenOrder)
    });
}

#[divan::bench(args = DISTRICTS)]
fn hare(bencher: Bencher<'_, '_>, (lists, seats): (usize, u32)) {
    let votes = votes(lists);
    let total = votes.iter().sum();
    bencher.bench_local(|| {
        largest_remainder(black_box(&votes), total, seats, Quota::Hare, Ties::WrittenOrder)
    });
}
