//! Power indices at 329 seats: `cargo bench -p shatterbelt-theory --bench power`.

use divan::{Bencher, black_box};
use theory::Fault;
use theory::power::banzhaf::{banzhaf, normalised_f64};
use theory::power::coleman::coleman;
use theory::power::composed::{Body, ComposedGame};
use theory::power::deegan_packel::deegan_packel;
use theory::power::game::WeightedGame;
use theory::power::holler::holler;
use theory::power::johnston::johnston;
use theory::power::owen::owen;
use theory::power::shapley_shubik::{shapley_shubik, shapley_shubik_f64};

#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

const PLAYERS: [usize; 4] = [31, 40, 76, 120];

/// A few large parties, a tail of small ones, 329 seats.
fn assembly(players: usize) -> Result<WeightedGame, Fault> {
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

#[divan::bench(args = PLAYERS)]
fn coleman_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| coleman(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn deegan_packel_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| deegan_packel(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn holler_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| holler(black_box(&game)));
}

#[divan::bench(args = PLAYERS)]
fn johnston_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    bencher.bench(|| johnston(black_box(&game)));
}

/// Unions of three neighbours each.
#[divan::bench(args = PLAYERS)]
fn owen_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    let unions: Vec<usize> = (0..players).map(|i| i / 3).collect();
    bencher.bench(|| owen(black_box(&game), &unions));
}

/// The assembly by two thirds alone, or by half with a council of nine and a president.
#[divan::bench(args = PLAYERS)]
fn composed_exact(bencher: Bencher<'_, '_>, players: usize) {
    let Ok(game) = assembly(players) else { return };
    let body = |weights: &[u64], quotas: &[u64]| Body {
        weights: weights.to_vec(),
        quotas: quotas.to_vec(),
    };
    let bodies = vec![body(game.weights(), &[165, 220]), body(&[1; 9], &[5]), body(&[1], &[1])];
    let Ok(game) = ComposedGame::new(bodies, vec![vec![1, 1, 1], vec![2, 0, 0]]) else { return };
    bencher.bench(|| black_box(&game).shapley_shubik());
}
