//! Power indices at 329 seats: `cargo bench -p theory --bench power`.

use divan::{Bencher, black_box};
use theory::power::PowerError;
use theory::power::banzhaf::{banzhaf, normalised_f64};
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::{shapley_shubik, shapley_shubik_f64};

#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

const PLAYERS: [usize; 4] = [31, 40, 76, 120];

/// A few large parties, a tail of small ones, 329 seats.
fn assembly(players: usize) -> Result<WeightedGame, PowerError> {
    let mut seats: Vec<u64> = (0..players as u64).map(|k| 1 + 40 / (k + 1)).collect();
    let mut left = 329 - seats.iter().sum::<u64>();
    let mut turn = 0;
    while left > 0 {
        let more = left.min(1 + turn % 3);
        seats[turn as usize % 12] += more;
        left -= more;
        turn += 1;
    }
    WeightedGame::new(seats, 165)
}

#[divan::bench(args = PLAYERS)]
fn shapley_shubik_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| shapley_shubik(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn shapley_shubik_floating(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| shapley_shubik_f64(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn banzhaf_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| banzhaf(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn banzhaf_floating(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| normalised_f64(black_box(&game)));
}
